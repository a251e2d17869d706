"""Words of papers that come later (容缺) and of the applicant's credit, for screen and course."""

from collections.abc import Mapping
from typing import Final

from clerk.domain.case import CaseEvent, CaseEventKind
from clerk.domain.credit import CreditAnswer, CreditOutcome, CreditRecord
from clerk.domain.deferral_gate import BarredDeferral, DeferralBar
from clerk.domain.standard import Way
from clerk.wording import WAYS, day

CREDIT_OUTCOMES: Final[Mapping[CreditOutcome, str]] = {
    CreditOutcome.GOOD: "没有失信记录",
    CreditOutcome.BAD: "有没修复的失信记录",
    CreditOutcome.UNKNOWN: "信用平台没有他的信息，不算失信",
    CreditOutcome.SERVICE_DOWN: "信用平台没有答复，不算失信",
}


def credit_line(answer: CreditAnswer) -> str:
    """What came of the question, and what follows from it, in one line."""
    if answer.records:
        return f"信用：{record_words(answer.records[0])}"
    said = f"信用：{CREDIT_OUTCOMES[answer.outcome]}"
    if answer.outcome is CreditOutcome.GOOD:
        return said
    return f"{said}。照常办理，以后自动再查"


def record_words(record: CreditRecord) -> str:
    """A bad record and the way back: ``示例县民政局记录（2025-09-10）：…``."""
    return (
        f"{record.source}记录（{record.recorded_on}）：{record.fact}。"
        f"修复：{record.repair}，{record.contact}。"
    )


def why_not_later(name: str, barred: BarredDeferral) -> str:
    """Why a paper may not come later, and what to do instead."""
    match barred.bar:
        case DeferralBar.MAIN:
            return f"{name}是主件，不能容缺。收原件，或一次性告知"
        case DeferralBar.NOT_LISTED:
            return f"{name}不在容缺清单内，不能后补。收原件，或一次性告知"
        case DeferralBar.PROMISED:
            return f"{name}已经签了告知承诺，不再容缺。要改，先按 Del 去掉承诺"
        case DeferralBar.NO_APPLICANT:
            return "还不知道申请人是谁，不能容缺。放上身份证，或按 F4 补上"
        case DeferralBar.NO_MANDATE:
            return "委托书没写可以代为补正，不能代办容缺。由申请人本人来办，或交材料"
        case DeferralBar.MAIN_MISSING:
            return f"主件要先齐，还差{'、'.join(barred.lacking)}。收齐再办容缺"
        case DeferralBar.BAD_CREDIT:
            record = barred.record
            said = record_words(record) if record else ""
            return f"不能容缺，也不能承诺，{said}也可以现在交材料"


def late_note(event: CaseEvent) -> str:
    """What else is to be said of an event around late papers and credit; empty for others."""
    detail = event.detail
    match event.kind:
        case CaseEventKind.SUPPLIED:
            way = WAYS[Way(detail["way"])] if "way" in detail else ""
            where = f"{detail['counter']} 号窗收" if "counter" in detail else ""
            arrived = f"{day(event.on)}送到" if event.on else ""
            return _and(arrived, way, where, detail.get("reason", ""))
        case CaseEventKind.CREDIT_ASKED:
            outcome = CREDIT_OUTCOMES[CreditOutcome(detail["outcome"])]
            return _and(outcome, detail.get("source", ""), detail.get("record", ""))
        case CaseEventKind.FALSE_PROMISE_REPORTED:
            return detail.get("fact", "")
        case CaseEventKind.DEFERRAL_SIGNED:
            return "扫描件留存" if detail.get("way") == "scan" else "纸质件存档"
        case CaseEventKind.TASK_DONE:
            return detail.get("note", "")
        case _:
            return ""


def _and(*parts: str) -> str:
    return "，".join(part for part in parts if part)
