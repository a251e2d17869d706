"""The Chinese for approval: why somebody may not decide, what was found, what a sample came to.

Pure functions and tables, like ``clerk.wording``; nothing here decides anything.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from clerk.domain.batch import BatchBar
from clerk.domain.case import Case, Decision
from clerk.domain.certificate_making import made_certificate
from clerk.domain.days import local_date, local_time
from clerk.domain.decision_bars import Barred, DecisionBar
from clerk.domain.identity import Account
from clerk.domain.mandate import ApprovalMandate
from clerk.domain.party import PartyKind
from clerk.domain.refusal import HEARD, WAIVED
from clerk.domain.review import PointOutcome
from clerk.domain.sampling import AT_FAULT, IN_ORDER
from clerk.domain.standard import ItemStandard, LawKind
from clerk.domain.statement import Statement
from clerk.wording import day

POINT_OUTCOMES: Final[Mapping[PointOutcome, str]] = {
    PointOutcome.MET: "符合",
    PointOutcome.NOT_MET: "不符合",
    PointOutcome.NOT_APPLICABLE: "不适用",
}
SAMPLE_RESULTS: Final[Mapping[str, str]] = {IN_ORDER: "没有问题", AT_FAULT: "有问题"}
STATEMENT_ANSWERS: Final[Mapping[str, str]] = {
    HEARD: "申请人陈述了",
    WAIVED: "申请人放弃",
}
BATCH_BARS: Final[Mapping[BatchBar, str]] = {
    BatchBar.NOT_MARKED: "授权书没有让这个事项批量审批",
    BatchBar.MAY_NOT_DECIDE: "不能由你决定",
    BatchBar.OWN_INTAKE: "自己收的件",
    BatchBar.NOT_CLEAN: "核对没有全部通过，或还有容缺、退回",
    BatchBar.NOT_LOOKED_AT: "有要你看的还没看",
    BatchBar.SAMPLED: "抽中了，要打开逐件审批",
}
_KINDS: Final[Mapping[PartyKind, str]] = {
    PartyKind.PERSON: "自然人",
    PartyKind.SOLE_TRADER: "个体工商户",
    PartyKind.COMPANY: "企业法人",
    PartyKind.INSTITUTION: "事业单位、社会组织等",
}
_MOST_NAMES: Final = 3


def why_not(barred: Barred, standard: ItemStandard, others: Sequence[Account]) -> str:
    """Why this person may not decide, by which limit or date, and who may decide instead."""
    if barred.bar is DecisionBar.BACK_OFFICE_DECIDES:
        return f"本事项由{standard.body.short_name}后台决定，不在窗口审批"
    return f"{_reason(barred, standard)}。{_instead(others)}"


def _reason(barred: Barred, standard: ItemStandard) -> str:
    mandate, limit = barred.mandate, barred.limit
    of = f"{_called(mandate)}" if mandate else ""
    match barred.bar:
        case DecisionBar.NO_MANDATE:
            return "当前账号没有审批授权书"
        case DecisionBar.OTHER_ITEM:
            return f"{of}不包括{standard.name}"
        case DecisionBar.NOT_BEGUN if mandate:
            return f"{of}从 {mandate.from_on} 起才生效"
        case DecisionBar.ENDED if mandate:
            return f"{of}到 {_end(mandate)} 已经期满"
        case DecisionBar.FIELD_UNKNOWN if limit:
            label, unit = _field(standard, limit.field)
            return f"{of}按{label}限权，这件的{label}没有填成数字{unit and f'（{unit}）'}"
        case DecisionBar.OVER_LIMIT if limit:
            label, unit = _field(standard, limit.field)
            return f"{of}只到{label} {limit.at_most} {unit}，这件是 {barred.value} {unit}"
        case DecisionBar.UNDER_LIMIT if limit:
            label, unit = _field(standard, limit.field)
            return f"{of}从{label} {limit.at_least} {unit}起，这件是 {barred.value} {unit}"
        case DecisionBar.APPLICANT_KIND if limit:
            kinds = "、".join(_KINDS[kind] for kind in sorted(limit.applicant_kinds))
            return f"{of}只能审{kinds}的申请"
        case DecisionBar.ONLY_ON_THE_SPOT:
            return f"{of}只能审即办件，这件是{barred.value}"
        case DecisionBar.OWN_INTAKE:
            return "自己收的件不能自己审批"
        case DecisionBar.OWN_INTAKE_PERMIT_ENDED if mandate:
            until = mandate.own_intake_until_on
            return f"自收自批的许可 {mandate.own_intake_permit} 到 {until} 已经期满"
        case _:
            return "申请人或经办人和你同名或就是你，要回避"


def _called(mandate: ApprovalMandate) -> str:
    return f"代理授权书 {mandate.number} " if mandate.deputises_for else f"授权书 {mandate.number} "


def _end(mandate: ApprovalMandate) -> str:
    if mandate.until_at is not None:
        return instant(mandate.until_at)
    return str(mandate.until_on)


def instant(at: datetime) -> str:
    """A moment, to the minute, as the hall's clock shows it."""
    return local_time(at).strftime("%Y-%m-%d %H:%M")


def _field(standard: ItemStandard, code: str) -> tuple[str, str]:
    found = next((line for line in standard.fields if line.code == code), None)
    return (found.label, found.unit) if found else (code, "")


def _instead(others: Sequence[Account]) -> str:
    if not others:
        return "现在没有别的首席代表能审，请授权单位办理授权或代理"
    names = "、".join(one.display_name for one in others[:_MOST_NAMES])
    return f"可以由{names}审批"


def mandates_held(mandates: Sequence[ApprovalMandate], at: datetime) -> str:
    """What a person may decide now, in a line; empty where he holds no mandate."""
    if not mandates:
        return ""
    running = [mandate for mandate in mandates if mandate.runs(at)]
    if not running:
        return f"授权书 {mandates[-1].number} 不在有效期，现在不能审批"
    items = frozenset[str]().union(*(mandate.items for mandate in running))
    first = min(running, key=lambda mandate: mandate.until_on)
    deputy = next((one.deputises_for_name for one in running if one.deputises_for), "")
    beside = f"，代理{deputy}" if deputy else ""
    return f"授权 {len(items)} 个事项，至 {_end(first)}{beside}"


def signed_by(decision: Decision) -> str:
    """Who signed a decision; a deputy signs for somebody (代)."""
    return (
        f"{decision.by_name}（代{decision.deputy_for}）"
        if decision.deputy_for
        else decision.by_name
    )


def correction_note(detail: Mapping[str, str]) -> str:
    """Which decision was corrected, by which, and why."""
    old, new = detail.get("replaces", ""), detail.get("number", "")
    said = f"文号 {new}，代替 {old}" if old else f"文号 {new}" if new else ""
    return "，".join(part for part in (said, detail.get("reason", "")) if part)


def statement_words(told: Statement | None) -> str:
    """What came of telling the applicant before a refusal; empty where he was not told."""
    if told is None:
        return ""
    since = f"陈述申辩：{day(local_date(told.told_at))}告知"
    if told.answered_at is None:
        return f"{since}，到 {day(told.until_on)}没有提出"
    said = "放弃" if told.waived else "陈述"
    return f"{since}，{day(local_date(told.answered_at))}{said}：{told.record}"


_DECISIONS: Final[Mapping[LawKind, tuple[str, str]]] = {
    LawKind.PERMIT: ("准予行政许可决定书", "不予行政许可决定书"),
    LawKind.REGISTRATION: ("准予登记通知书", "不予登记通知书"),
    LawKind.FILING: ("备案通知书", "不予备案通知书"),
}
_OTHER_DECISION: Final = "办理结果通知书"


def decision_paper(law_kind: LawKind, *, granted: bool) -> str:
    """What the paper of a decision is called under the law of its item."""
    yes, no = _DECISIONS.get(law_kind, (_OTHER_DECISION, _OTHER_DECISION))
    return yes if granted else no


def handed_over(case: Case, standard: ItemStandard) -> tuple[tuple[str, str], ...]:
    """What leaves the window when a case was decided, as (name, number): of a no its paper alone."""
    decided = case.decision
    if decided is None:
        return ((standard.result.name, ""),)
    paper = (decision_paper(standard.law_kind, granted=decided.granted), decided.number)
    made = made_certificate(case)
    result = (standard.result.name, made.number if made else "")
    return (result, paper) if decided.granted else (paper,)
