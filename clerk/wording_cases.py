"""The Chinese for a case on its way: lists, its course, its deliveries, its decision.

Pure functions and tables, like ``clerk.wording``; nothing here decides anything.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from clerk.domain.case import Case, CaseState
from clerk.domain.case_list import CaseLine, CaseView, Deliveries, Today
from clerk.domain.days import local_date
from clerk.domain.duplicates import Alike
from clerk.domain.findings import Verdict
from clerk.domain.standard import ItemStandard, LawKind
from clerk.wording import STATES, clock, day, short_day

VIEWS: Final[Mapping[CaseView, str]] = {
    CaseView.TO_DECIDE: "审批中",
    CaseView.DUE_TODAY: "今天到期",
    CaseView.RETURNED: "退回补核",
    CaseView.WITH_APPLICANT: "等群众补",
    CaseView.RESULT_WAITING: "待送达",
    CaseView.DRAFTS: "草稿",
    CaseView.TASKS: "待做",
    CaseView.ALL: "全部",
}
STAGES: Final = ("收件", "受理", "审批", "办结", "送达")
HELD_BY_NOBODY: Final = frozenset({CaseState.DRAFT, CaseState.HANDED_OUT})
"""Not received yet, or with the applicant: how long it lies there is nobody's question."""
LATE_DELIVERY_MINUTES: Final = 30
"""From so long on, a message that nobody signed for is shown as late."""

_STAGE_AT: Final[Mapping[CaseState, int]] = {
    CaseState.DRAFT: 0,
    CaseState.RECEIVED: 1,
    CaseState.CORRECTION_DUE: 1,
    CaseState.ACCEPTED: 2,
    CaseState.UNDER_REVIEW: 2,
    CaseState.SPECIAL_PROCEDURE: 2,
    CaseState.GRANTED: 3,
    CaseState.REFUSED: 3,
    CaseState.RESULT_WAITING: 4,
    CaseState.HANDED_OUT: 5,
}


def stage_of(state: CaseState) -> int | None:
    """Which of ``STAGES`` a case is in; their number once all are done, None off the way."""
    return _STAGE_AT.get(state)


EXPORT_SHEET: Final = "办件"
EXPORT_HEADINGS: Final = (
    "办件号",
    "申请人",
    "证件号（脱敏）",
    "事项",
    "状态",
    "在谁手里",
    "收件日期",
    "受理日期",
    "承诺时限",
    "法定时限",
)


def state_of(line: CaseLine) -> str:
    """Where the case stands, in a word or two."""
    match line.state:
        case CaseState.RECEIVED:
            return "已收件，待受理"
        case CaseState.CORRECTION_DUE:
            return "收件，待补正"
        case CaseState.ACCEPTED | CaseState.UNDER_REVIEW if line.returned:
            return "退回补核"
        case CaseState.ACCEPTED | CaseState.UNDER_REVIEW if line.deferred:
            return "容缺待补"
        case CaseState.ACCEPTED if line.undelivered:
            return "已受理，等待转办"
        case CaseState.GRANTED | CaseState.REFUSED:
            return f"{STATES[line.state]}，等结果"
        case CaseState.RESULT_WAITING:
            return "待送达"
        case _:
            return STATES[line.state]


def holder(line: CaseLine) -> str:
    """In whose hands the case is (在谁手里)."""
    match line.state:
        case CaseState.DRAFT:
            return f"{line.clerk}，还没收件"
        case CaseState.RESULT_WAITING:
            return "出件窗口，等领取"
        case CaseState.REVOKED if line.next_due_on is not None:
            return "出件窗口，等送达撤销决定书"
        case CaseState.HANDED_OUT:
            return "已交领取人"
        case CaseState.CORRECTION_DUE:
            return f"申请人 {line.with_whom}".strip()
        case CaseState.RECEIVED:
            return line.with_whom or line.clerk
        case _:
            return line.with_whom or "已结束"


def held_for(workdays: int) -> str:
    """How long it is in those hands, short enough for a list."""
    return f"{workdays} 天" if workdays else "今天"


def held(line: CaseLine, today: date) -> str:
    """In whose hands the case is, and since when: ``县民政局，3 月 17 日 15:20 起``."""
    if line.held_at is None or line.state in HELD_BY_NOBODY:
        return holder(line)
    return f"{holder(line)}，{moment(line.held_at, today)} 起"


def accepted_on(line: CaseLine) -> str:
    """The day of acceptance, or that there was none."""
    if line.accepted_at is None:
        return "未受理"
    on = local_date(line.accepted_at)
    return f"{on.month}月{on.day}日"


def moment(at: datetime, today: date) -> str:
    """An instant as people say it: ``今天 09:26``, ``3 月 17 日 15:20``."""
    on = local_date(at)
    if on == today:
        return f"今天 {clock(at)}"
    year = "" if on.year == today.year else f"{on.year} 年 "
    return f"{year}{short_day(on)} {clock(at)}"


def delivery_of(line: CaseLine) -> str:
    """Whether the other side has signed for everything it was to be told."""
    if line.state is CaseState.DRAFT:
        return "没有要转的"
    if line.undelivered:
        return f"等待转办，{line.undelivered} 份没签收，后台接着送"
    return "已送达，对方已签收"


def return_reasons(points: str, standard: ItemStandard) -> str:
    """The standard's words for return reasons that are given as codes."""
    texts = {reason.code: reason.text for reason in standard.return_reasons}
    return "；".join(texts.get(code, code) for code in points.split("、") if code)


def decision(case: Case, standard: ItemStandard) -> str:
    """What was decided; empty while nothing is."""
    if case.decision is None:
        return ""
    return grant_name(standard) if case.decision.granted else refusal_name(standard)


def grant_name(standard: ItemStandard) -> str:
    """准予许可 is a word of permits only."""
    return {LawKind.PERMIT: "准予许可", LawKind.REGISTRATION: "准予登记"}.get(
        standard.law_kind, "同意办理"
    )


def refusal_name(standard: ItemStandard) -> str:
    """不予许可 is a word of permits only."""
    return {LawKind.PERMIT: "不予许可", LawKind.REGISTRATION: "不予登记"}.get(
        standard.law_kind, "不予办理"
    )


def due(on: date | None, left: int | None, *, estimated: bool) -> str:
    """A limit's last day and what is left of it, in working days."""
    if on is None:
        return "还没开始计算"
    about = "约 " if estimated else ""
    if left is None:
        return f"{about}{day(on)}"
    if left > 0:
        return f"{about}{day(on)}，剩 {left} 个工作日"
    return f"{about}{day(on)}，" + ("今天到期" if left == 0 else f"已超 {-left} 个工作日")


def due_tile(today: Today) -> str:
    """The small print below the number of what is due."""
    if today.over_statutory:
        return f"{today.over_statutory} 件超法定时限，{today.over_promised} 件超承诺时限"
    if today.over_promised:
        return f"{today.over_promised} 件超承诺时限，没有超法定"
    return "没有超时限的"


def first_act(line: CaseLine, *, decides: bool = False) -> str:
    """The one thing to do about a case that stands among the first.

    ``decides`` says whether it is this person's to decide on the item.
    """
    match line.state:
        case CaseState.DRAFT:
            return "继续"
        case CaseState.RESULT_WAITING:
            return "送达"
        case CaseState.CORRECTION_DUE:
            return "看补正"
        case _:
            pass
    if line.returned:
        return "看进度" if decides else "补核"
    waits = line.state in {CaseState.ACCEPTED, CaseState.UNDER_REVIEW}
    return "审批" if decides and waits else "看进度"


def first_note(line: CaseLine, today: date) -> str:
    """What to know of a case that stands among the first, in one line."""
    parts = [holder(line)]
    if line.returned:
        parts.append("退回补核，计时不停")
    if line.deferred:
        parts.append("容缺材料还没补")
    if line.state is CaseState.RECEIVED:
        parts.append("收到，尚未受理")
    statutory = line.statutory_due_on
    late = line.due_on is not None and line.due_on < today
    if late and statutory is not None and statutory >= today:
        parts.append(f"法定时限 {short_day(statutory)}，还没到")
    if line.undelivered:
        parts.append(f"{line.undelivered} 份等待转办")
    return "；".join(parts)


def waiting_minutes(deliveries: Deliveries, now: datetime) -> int:
    """How long the oldest message has been waiting for the other side's signature."""
    if deliveries.oldest_waiting_at is None:
        return 0
    return max(0, int((now - deliveries.oldest_waiting_at).total_seconds()) // 60)


def waiting_for(minutes: int) -> str:
    """A waiting time as people say it."""
    if minutes < 1:
        return "刚转出"
    return f"已等 {minutes} 分" if minutes < 120 else f"已等 {minutes // 60} 小时"


def check_headline(verdict: Verdict) -> str:
    """The machine's headline before a decision; never a suggestion to approve."""
    failed = len(verdict.failed) + len(verdict.open)
    return f"有 {failed} 项没通过" if failed else "自动核对通过"


def check_counts(verdict: Verdict, to_look_at: int) -> str:
    """How much was checked, how much is left to the eye, and who decides."""
    passed = f"{len(verdict.passed)} 项通过"
    eyes = f"{to_look_at} 处要你看，" if to_look_at else ""
    return f"{passed}，{eyes}是否同意由你决定"


def alike_words(left: Alike) -> str:
    """What stands on the applicant's card: ``同事项还有 1 件没办完``."""
    same, other = len(left.same_item), len(left.other_names)
    said = [f"同事项还有 {same} 件没办完"] if same else []
    said += [f"同证件号 {other} 件是别的名字"] if other else []
    return "，".join(said)


def alike_rows(case: Case, other: CaseLine) -> tuple[tuple[str, str, str], ...]:
    """Two cases side by side: what it is, of the case at hand, of the other one."""
    return (
        ("申请人", case.applicant_name, other.applicant_name),
        ("事项", case.item_name, other.item_name),
        ("状态", STATES[case.state], STATES[other.state]),
        ("起件", _opened(case.opened_at), _opened(other.opened_at)),
        ("收件人", case.clerk_name, other.clerk),
        ("在谁手里", case.with_whom or "本窗口", other.with_whom or "窗口"),
    )


def _opened(at: datetime) -> str:
    return f"{short_day(local_date(at))} {clock(at)}"
