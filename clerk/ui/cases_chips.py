"""How the lists of cases show time left and state: chips and bars for a line."""

from datetime import date

from clerk.domain.case import CaseState
from clerk.domain.case_list import CaseLine
from clerk.domain.days import local_date
from clerk.domain.deadlines import WorkCalendar, workdays_between
from clerk.domain.tasks import TaskKind, kind_and_subject
from clerk.ui.care import care_chip
from clerk.ui.chips import ChipKind, ChipSpec, DeadlineSpec, LinesSpec, days_left, overdue
from clerk.wording_care import mark_words
from clerk.wording_cases import HELD_BY_NOBODY, held_for, holder, state_of
from clerk.wording_course import TASKS, urged_words

_RUNNING = {CaseState.ACCEPTED, CaseState.UNDER_REVIEW, CaseState.SPECIAL_PROCEDURE}


def workdays_left(on: date, today: date, calendar: WorkCalendar) -> int:
    """Working days until ``on``: 0 on the day itself, negative as soon as it has passed.

    A limit that ended on Friday has passed on Saturday, though no working day lies between.
    """
    if on == today:
        return 0
    left = workdays_between(today, on, calendar)
    return max(1, left) if on > today else min(-1, left)


def remaining(line: CaseLine, today: date, calendar: WorkCalendar) -> ChipSpec | DeadlineSpec:
    """The clock that runs for this case (剩余); promised and statutory limit are told apart."""
    if line.state in _RUNNING:
        return _limits(line, today, calendar)
    match line.state:
        case CaseState.DRAFT:
            return ChipSpec(ChipKind.PLAIN, "还没收件")
        case CaseState.RECEIVED if line.next_due_on is not None:
            return _to_decide(workdays_left(line.next_due_on, today, calendar), line)
        case CaseState.RECEIVED:
            return ChipSpec(ChipKind.PLAIN, "等部门定")
        case CaseState.CORRECTION_DUE if line.next_due_on is not None:
            on = line.next_due_on
            return ChipSpec(ChipKind.WAITING, f"{_about(line)}补正至 {on.month}月{on.day}日")
        case CaseState.CORRECTION_DUE:
            return ChipSpec(ChipKind.WAITING, "等补正")
        case CaseState.GRANTED | CaseState.REFUSED:
            return ChipSpec(ChipKind.DONE, "已决定")
        case CaseState.RESULT_WAITING:
            return ChipSpec(ChipKind.WAITING, "等领取")
        case CaseState.HANDED_OUT:
            return ChipSpec(ChipKind.DONE, "已办结")
        case CaseState.REVOKED if line.next_due_on is not None:
            on = line.next_due_on
            return ChipSpec(ChipKind.WAITING, f"{_about(line)}送达至 {on.month}月{on.day}日")
        case _:
            return ChipSpec(ChipKind.PLAIN, "不再计时")


def _limits(line: CaseLine, today: date, calendar: WorkCalendar) -> ChipSpec | DeadlineSpec:
    if line.state is CaseState.SPECIAL_PROCEDURE:
        return ChipSpec(ChipKind.PAUSED, "暂停计时")
    for on, statutory in ((line.statutory_due_on, True), (line.due_on, False)):
        if on is not None and on < today:
            return overdue(-workdays_left(on, today, calendar), statutory=statutory)
    on = line.due_on or line.next_due_on
    if on is None:
        return ChipSpec(ChipKind.PLAIN, "没有期限")
    paper_on = line.next_due_on
    if line.deferred and paper_on is not None and paper_on < on:
        return _deferred(workdays_left(paper_on, today, calendar), line)
    left = workdays_left(on, today, calendar)
    return days_left(left, f"{_about(line)}剩 {left} 天" if left else "")


def _deferred(left: int, line: CaseLine) -> ChipSpec | DeadlineSpec:
    """A paper that may follow is due before the case is."""
    if left < 0:
        return ChipSpec(ChipKind.WARN, f"容缺过期 {-left} 天", "hourglass")
    if left == 0:
        return ChipSpec(ChipKind.DUE_TODAY, "容缺今天到期")
    return days_left(left, f"{_about(line)}容缺剩 {left} 天")


def _to_decide(left: int, line: CaseLine) -> ChipSpec | DeadlineSpec:
    if left < 0:
        return ChipSpec(ChipKind.OVER_STATUTORY, f"受理期限已过 {-left} 天")
    if left == 0:
        return ChipSpec(ChipKind.DUE_TODAY, "今天内定")
    return days_left(left, f"{_about(line)}{left} 天内定")


def _about(line: CaseLine) -> str:
    return "约" if line.dates_estimated else ""


def state_chip(line: CaseLine) -> ChipSpec:
    """Where the case stands, filled only where somebody at the window must act."""
    text = state_of(line)
    match line.state:
        case CaseState.ACCEPTED | CaseState.UNDER_REVIEW if line.returned:
            return ChipSpec(ChipKind.INFO, text)
        case CaseState.ACCEPTED | CaseState.UNDER_REVIEW if line.deferred:
            return ChipSpec(ChipKind.DEFER, text)
        case CaseState.UNDER_REVIEW | CaseState.SPECIAL_PROCEDURE:
            return ChipSpec(ChipKind.RUNNING, text)
        case CaseState.CORRECTION_DUE:
            return ChipSpec(ChipKind.DEFER, text)
        case CaseState.RESULT_WAITING:
            return ChipSpec(ChipKind.INFO, text)
        case CaseState.DRAFT | CaseState.RECEIVED | CaseState.ACCEPTED:
            return ChipSpec(ChipKind.NEUTRAL, text)
        case CaseState.GRANTED | CaseState.REFUSED:
            return ChipSpec(ChipKind.RUNNING, text)
        case _:
            return ChipSpec(ChipKind.PLAIN, text)


def is_urged(line: CaseLine) -> bool:
    """Whether a supervisor waits for an answer about it (督办)."""
    return any(name == TaskKind.ANSWER_URGING.value for name, _ in line.tasks)


def standing_chip(line: CaseLine) -> ChipSpec:
    """Where the case stands; one that is urged says so instead, and about which clock."""
    if is_urged(line):
        return ChipSpec(ChipKind.WARN, urged_words(line.term), "bell")
    return state_chip(line)


def holder_cell(line: CaseLine, today: date, calendar: WorkCalendar) -> LinesSpec:
    """In whose hands it is, and for how many working days."""
    if line.held_at is None or line.state in HELD_BY_NOBODY:
        return LinesSpec(holder(line), beside=True)
    days = workdays_between(local_date(line.held_at), today, calendar)
    return LinesSpec(holder(line), held_for(days), beside=True)


def item_cell(line: CaseLine) -> LinesSpec | None:
    """The item, and how the person is to be served where that is marked; None without."""
    chip = care_chip(line.care)
    return LinesSpec(line.item_name, beside=True, chip=chip) if chip else None


def item_said(line: CaseLine) -> str:
    """The item as a screen reader says it."""
    return "，".join((line.item_name, *mark_words(line.care)))


def number_cell(line: CaseLine, today: date) -> LinesSpec | None:
    """The number without what every number of this year begins with; None where there is none."""
    if not line.label:
        return None
    short = "-".join(line.label.split("-")[-2:]).removeprefix(str(today.year))
    return LinesSpec(f"临 {short}" if line.provisional else short, beside=True)


def task_of(line: CaseLine, kinds: frozenset[TaskKind]) -> tuple[TaskKind, date] | None:
    """Return what somebody with these kinds of task has to do first, and by when."""
    named = ((kind_and_subject(name)[0], on) for name, on in line.tasks)
    return next(((kind, on) for kind, on in named if kind in kinds), None)


def task_chip(line: CaseLine, kinds: frozenset[TaskKind]) -> ChipSpec:
    """Which tasks wait, what is due first before the rest; each kind is named once."""
    named = dict.fromkeys(kind_and_subject(name)[0] for name, _ in line.tasks)
    mine = [kind for kind in named if kind in kinds]
    urging = TaskKind.ANSWER_URGING in mine
    return ChipSpec(
        ChipKind.WARN if urging else ChipKind.PLAIN,
        "、".join(TASKS[kind] for kind in mine),
        "bell" if urging else "",
    )


def task_clock(
    line: CaseLine, kinds: frozenset[TaskKind], today: date, calendar: WorkCalendar
) -> ChipSpec | DeadlineSpec:
    """By when the first task is to be done."""
    first = task_of(line, kinds)
    if first is None:
        return ChipSpec(ChipKind.PLAIN, "")
    on = first[1]
    left = workdays_left(on, today, calendar)
    if left < 0:
        return ChipSpec(ChipKind.OVER_PROMISED, f"{on.month}月{on.day}日已过")
    return days_left(left, f"{on.month}月{on.day}日前" if left else "今天要办")
