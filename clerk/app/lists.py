"""What a person opens over the pages by Ctrl K: the day's sheet, bundles, visits, ledgers."""

from collections.abc import Callable
from uuid import UUID

from clerk.jobs import Jobs
from clerk.ui.actions import Actions
from clerk.ui.archiving_many import ArchiveWork
from clerk.ui.bundles import BundleWork
from clerk.ui.certificate_report import ReportsWork
from clerk.ui.certificate_uses import UsesWork
from clerk.ui.day_acts import DayWork
from clerk.ui.documents_printer import Printers
from clerk.ui.ledger_actions import LedgerActions
from clerk.ui.number_actions import NumberActions
from clerk.ui.number_ledger import NumbersWork
from clerk.ui.promise_rates import PromiseRateWork
from clerk.ui.seal_check import SealWork
from clerk.ui.shell import Shell
from clerk.ui.step_times import StepTimesWork
from clerk.ui.use_comparison import ComparisonWork
from clerk.ui.visits import VisitWork

Work = (
    DayWork
    | BundleWork
    | VisitWork
    | PromiseRateWork
    | StepTimesWork
    | UsesWork
    | ComparisonWork
    | ReportsWork
    | NumbersWork
    | SealWork
    | ArchiveWork
)


def lists_for(
    shell: Shell,
    actions: Actions,
    ledger: LedgerActions,
    numbers: NumberActions,
    jobs: Jobs,
    printers: Printers | None,
    open_case: Callable[[UUID], None],
) -> tuple[Work, ...]:
    """Return what offers these acts, in the order in which they are offered."""
    me = actions.cases.here.session
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
        PromiseRateWork(shell, me, actions.counts.promise_rates, jobs, shell.say),
        StepTimesWork(shell, me, actions.counts.step_times, jobs, shell.say),
        UsesWork(shell, ledger, jobs, shell.say, printers=printers),
        ComparisonWork(shell, ledger, jobs, shell.say, printers=printers),
        ReportsWork(shell, ledger, jobs, shell.say),
        NumbersWork(shell, numbers, jobs, shell.say, printers=printers),
        SealWork(shell, me, actions.papers.seals, jobs),
        ArchiveWork(shell, actions.archive, jobs),
    )
