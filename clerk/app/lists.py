"""What a person opens over the pages by Ctrl K: the day's sheet, bundles, visits, ledgers.

Each stands in a module of its own, which is loaded when somebody first opens it: who takes cases
in hardly ever does, and what is loaded takes memory all day.
"""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from clerk.domain.identity import Act as Right
from clerk.jobs import Jobs
from clerk.ui.actions import Actions
from clerk.ui.acts import Act
from clerk.ui.documents_printer import Printers
from clerk.ui.ledger_actions import LedgerActions
from clerk.ui.number_actions import NumberActions
from clerk.ui.shell import Shell

if TYPE_CHECKING:
    from clerk.ui.archiving_many import ArchiveWork
    from clerk.ui.bundles import BundleWork
    from clerk.ui.certificate_report import ReportsWork
    from clerk.ui.certificate_uses import UsesWork
    from clerk.ui.day_acts import DayWork
    from clerk.ui.number_ledger import NumbersWork
    from clerk.ui.promise_rates import PromiseRateWork
    from clerk.ui.seal_check import SealWork
    from clerk.ui.step_times import StepTimesWork
    from clerk.ui.use_comparison import ComparisonWork
    from clerk.ui.visits import VisitWork


class _Lists:
    """The lists of one person; each is made once, the shell keeps it from then on."""

    def __init__(
        self,
        shell: Shell,
        actions: Actions,
        ledger: LedgerActions,
        numbers: NumberActions,
        jobs: Jobs,
        printers: Printers | None,
        open_case: Callable[[UUID], None],
    ) -> None:
        self._shell, self._jobs, self._say = shell, jobs, shell.say
        self._actions, self._ledger, self._numbers = actions, ledger, numbers
        self._printers, self._open_case = printers, open_case

    @cached_property
    def day(self) -> "DayWork":
        from clerk.ui.day_acts import DayWork

        return DayWork(
            self._shell, self._actions.day, self._jobs, self._say, printers=self._printers
        )

    @cached_property
    def bundles(self) -> "BundleWork":
        from clerk.ui.bundles import BundleWork

        return BundleWork(
            self._shell, self._actions.bundles, self._jobs, self._say, printers=self._printers
        )

    @cached_property
    def visits(self) -> "VisitWork":
        from clerk.ui.visits import VisitWork

        return VisitWork(
            self._shell,
            self._actions.visits,
            self._jobs,
            self._say,
            lambda line: self._open_case(line.case_id),
            printers=self._printers,
        )

    @cached_property
    def promise_rates(self) -> "PromiseRateWork":
        from clerk.ui.promise_rates import PromiseRateWork

        return PromiseRateWork(
            self._shell, self._actions.counts.promise_rates, self._jobs, self._say
        )

    @cached_property
    def step_times(self) -> "StepTimesWork":
        from clerk.ui.step_times import StepTimesWork

        return StepTimesWork(self._shell, self._actions.counts.step_times, self._jobs, self._say)

    @cached_property
    def uses(self) -> "UsesWork":
        from clerk.ui.certificate_uses import UsesWork

        return UsesWork(self._shell, self._ledger, self._jobs, self._say, printers=self._printers)

    @cached_property
    def comparison(self) -> "ComparisonWork":
        from clerk.ui.use_comparison import ComparisonWork

        return ComparisonWork(
            self._shell, self._ledger, self._jobs, self._say, printers=self._printers
        )

    @cached_property
    def reports(self) -> "ReportsWork":
        from clerk.ui.certificate_report import ReportsWork

        return ReportsWork(self._shell, self._ledger, self._jobs, self._say)

    @cached_property
    def number_ledger(self) -> "NumbersWork":
        from clerk.ui.number_ledger import NumbersWork

        return NumbersWork(
            self._shell, self._numbers, self._jobs, self._say, printers=self._printers
        )

    @cached_property
    def seals(self) -> "SealWork":
        from clerk.ui.seal_check import SealWork

        return SealWork(self._shell, self._actions.papers.seals, self._jobs)

    @cached_property
    def archive(self) -> "ArchiveWork":
        from clerk.ui.archiving_many import ArchiveWork

        return ArchiveWork(self._shell, self._actions.archive, self._jobs)


_OFFERED: Final[tuple[tuple[Right, str, Callable[[_Lists], None]], ...]] = (
    (Right.CLOSE_DAY, "日终核对", lambda lists: lists.day.open_sheet()),
    (Right.MANAGE_BLANKS, "空白证照台账", lambda lists: lists.day.open_blanks()),
    (Right.PUBLISH_PERMITS, "双公示导出", lambda lists: lists.day.open_publishing()),
    (Right.RUN_CHAIN, "批次上报", lambda lists: lists.bundles.open_hand_up()),
    (Right.RUN_CHAIN, "收批次", lambda lists: lists.bundles.open_take()),
    (Right.RUN_CHAIN, "批次名单", lambda lists: lists.bundles.open_rosters()),
    (Right.NOTE_CARE, "上门服务名单", lambda lists: lists.visits.open_list()),
    (Right.CHECK_PROMISE, "承诺核查情况", lambda lists: lists.promise_rates.open()),
    (
        Right.SEE_STEP_TIMES,
        "分步用时：办一件的时间花在哪一步",
        lambda lists: lists.step_times.open(),
    ),
    (Right.SHOW_USES, "用证记录（本人查询）", lambda lists: lists.uses.open()),
    (Right.COMPARE_USES, "用证对账", lambda lists: lists.comparison.open()),
    (Right.REPORT_CERTIFICATE, "证照纠错的答复", lambda lists: lists.reports.open()),
    (Right.MANAGE_NUMBERS, "文号台账", lambda lists: lists.number_ledger.open()),
    (Right.READ_CASE, "验签", lambda lists: lists.seals.open()),
    (Right.ARCHIVE, "归档已办结的件", lambda lists: lists.archive.open()),
)


def acts_of_lists(
    shell: Shell,
    actions: Actions,
    ledger: LedgerActions,
    numbers: NumberActions,
    jobs: Jobs,
    printers: Printers | None,
    open_case: Callable[[UUID], None],
) -> Sequence[Act]:
    """Return what this person may open, in its order; every use case asks again who may."""
    may = actions.cases.here.session.may
    lists = _Lists(shell, actions, ledger, numbers, jobs, printers, open_case)
    return [
        Act(name=name, trigger=partial(open_it, lists))
        for right, name, open_it in _OFFERED
        if may(right)
    ]
