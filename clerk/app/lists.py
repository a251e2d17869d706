"""What a person opens over the pages by Ctrl K: the day's sheet, bundles, visits, promises."""

from collections.abc import Callable
from uuid import UUID

from clerk.jobs import Jobs
from clerk.ui.actions import Actions
from clerk.ui.bundles import BundleWork
from clerk.ui.day_acts import DayWork
from clerk.ui.documents_printer import Printers
from clerk.ui.promise_rates import PromiseRateWork
from clerk.ui.shell import Shell
from clerk.ui.visits import VisitWork

Work = DayWork | BundleWork | VisitWork | PromiseRateWork


def lists_for(
    shell: Shell,
    actions: Actions,
    jobs: Jobs,
    printers: Printers | None,
    open_case: Callable[[UUID], None],
) -> tuple[Work, ...]:
    """Return what offers these acts, in the order in which they are offered."""
    return (
        DayWork(shell, actions.day, jobs, shell.say, printers=printers),
        BundleWork(shell, actions.bundles, jobs, shell.say, printers=printers),
        VisitWork(
            shell,
            actions.visits,
            jobs,
            shell.say,
            lambda line: open_case(line.case_id),
            printers=printers,
        ),
        PromiseRateWork(shell, actions.cases.here.session, actions.promise_rates, jobs, shell.say),
    )
