"""What the list of cases shows of each, column by column."""

from collections.abc import Callable

from clerk.domain.case_list import CaseLine
from clerk.domain.days import local_date
from clerk.domain.tasks import kinds_of
from clerk.ui.actions import CaseActions
from clerk.ui.cases_chips import (
    holder_cell,
    is_urged,
    item_cell,
    item_said,
    number_cell,
    remaining,
    standing_chip,
    task_chip,
    task_clock,
)
from clerk.ui.chips import CellSpec, ChipSpec
from clerk.ui.paging import Column
from clerk.wording_cases import accepted_on, held, holder, state_of
from clerk.wording_course import urged_words


def columns_of(
    actions: CaseActions, tasks: Callable[[], bool] = lambda: False
) -> tuple[Column[CaseLine], ...]:
    """The columns of the list; days left are counted by the hall's calendar.

    While ``tasks`` says so, a line is about what this person has to do and by when (待做).
    """
    calendar, now = actions.here.calendar, actions.here.now
    kinds = kinds_of(actions.here.session.account.roles)

    def _left(line: CaseLine) -> CellSpec:
        if tasks():
            return task_clock(line, kinds, local_date(now()), calendar)
        return remaining(line, local_date(now()), calendar)

    def _state(line: CaseLine) -> ChipSpec:
        return task_chip(line, kinds) if tasks() else standing_chip(line)

    def _said(line: CaseLine) -> str:
        if tasks():
            return task_chip(line, kinds).spoken
        urged = f"，督办{holder(line)}，{urged_words(line.term)}" if is_urged(line) else ""
        return f"{state_of(line)}{urged}"

    return (
        Column(title="剩余（工作日）↑", text=lambda line: _left(line).spoken, cell=_left),
        Column(
            title="办件号",
            text=_number,
            cell=lambda line: number_cell(line, local_date(now())),
            tone=lambda _: "t3",
        ),
        Column(title="申请人", text=lambda line: line.applicant_name or "还没有"),
        Column(title="事项", text=item_said, cell=item_cell),
        Column(title="状态", text=_said, cell=_state),
        Column(
            title="在谁手里，几天",
            text=lambda line: held(line, local_date(now())),
            cell=lambda line: holder_cell(line, local_date(now()), calendar),
        ),
        Column(
            title="受理",
            text=accepted_on,
            tone=lambda line: "t2" if line.accepted_at else "t3",
        ),
    )


def _number(line: CaseLine) -> str:
    if not line.label:
        return "还没有"
    return f"临 {line.label}" if line.provisional else line.label
