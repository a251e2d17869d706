"""The place 标准, made when somebody first goes there: most people at a window never do."""

from functools import partial
from typing import TYPE_CHECKING

from clerk.app.opening import OpenCounter
from clerk.domain.identity import Session
from clerk.jobs import Jobs
from clerk.ui.actions import Here
from clerk.ui.shell import Shell
from clerk.ui.widgets import open_dialog

if TYPE_CHECKING:
    from clerk.ui.standards import StandardsPage


def make_standards(
    opened: OpenCounter, session: Session, here: Here, jobs: Jobs, shell: Shell
) -> "StandardsPage":
    """Return the page with what this person may do there."""
    from clerk.app.letter_template_wiring import letter_template_actions
    from clerk.app.package_wiring import package_actions
    from clerk.app.standards_wiring import standards_actions
    from clerk.ui.letter_templates_open import LetterTemplates
    from clerk.ui.package_take import open_package
    from clerk.ui.sheet_export import open_export
    from clerk.ui.sheet_import import open_import
    from clerk.ui.standards import StandardsPage
    from clerk.ui.standards_sheets import Sheets

    actions = standards_actions(opened, session, here)
    sheets = Sheets(
        take=partial(open_import, shell, actions.imports, jobs, open_dialog),
        give=partial(open_export, shell, actions.imports, jobs, open_dialog),
        package=partial(open_package, shell, package_actions(opened, session), jobs, open_dialog),
    )
    letters = LetterTemplates(
        shell, letter_template_actions(opened.desk, session), jobs, open_dialog, shell.say
    )
    return StandardsPage(
        actions,
        jobs,
        shell.offer_undo,
        shell.say,
        sheets=sheets if actions.may_edit else None,
        letters=letters.open,
        in_pieces=True,
    )
