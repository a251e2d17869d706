"""The places 办件 and 审批, made when somebody first goes there.

Their panels are loaded then, within some ten milliseconds: who takes cases in all day may need
neither, and who decides starts in 审批.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from clerk.domain.case import Case
from clerk.jobs import Jobs
from clerk.ui.actions import Actions
from clerk.ui.ledger_actions import LedgerActions
from clerk.ui.rail import Place
from clerk.ui.shell import Shell

if TYPE_CHECKING:
    from clerk.ui.approval import ApprovalPage
    from clerk.ui.cases import CasesPage


def make_cases(
    shell: Shell,
    actions: Actions,
    ledger: LedgerActions,
    jobs: Jobs,
    open_case: Callable[[UUID], None],
    show_papers: Callable[[Case], None],
) -> "CasesPage":
    """Return 办件 with what this person may do there."""
    from clerk.ui.cases import CasesPage

    return CasesPage(
        actions.cases,
        jobs,
        open_case,
        show_papers,
        read_card=actions.intake.read_card,
        say=shell.say,
        archive=actions.archive,
        making=actions.making,
        ledger=ledger,
        load_setting=actions.load_setting,
        save_setting=actions.save_setting,
        in_pieces=True,
    )


def make_approval(shell: Shell, actions: Actions, jobs: Jobs) -> "ApprovalPage":
    """Return 审批; how much waits there is shown on the rail."""
    from clerk.ui.approval import ApprovalPage

    page = ApprovalPage(actions.approval, jobs, shell.offer_undo, shell.say, in_pieces=True)
    page.counted.connect(partial(shell.set_badge, Place.APPROVAL))
    return page
