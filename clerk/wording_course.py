"""Words of a case's course: what happened, which terms run, what may be done and why not."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from clerk.domain.alarms import OVERDUE, Alarm
from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState
from clerk.domain.case_acts import ActBar, CaseAct
from clerk.domain.certificate import AuthorisationMode
from clerk.domain.deadlines import Term
from clerk.domain.standard import ItemStandard, LawKind
from clerk.wording import AUTHORISATION_MODES, STATES, day, short_day
from clerk.wording_cases import decision, moment, return_reasons


def event_title(event: CaseEvent, case: Case, standard: ItemStandard) -> str:
    """What happened, in one line."""
    detail = event.detail
    match event.kind:
        case CaseEventKind.CERTIFICATE_USED:
            return f"调用证照：{detail.get('certificate', '')}"
        case CaseEventKind.LETTER_SIGNED:
            return f"签告知承诺书：{detail.get('material', '')}"
        case CaseEventKind.NOTIFIED_ONCE:
            points = detail.get("points", "")
            return f"一次性告知 {points} 项" if points.isdigit() else "一次性告知"
        case CaseEventKind.DECLINED:
            permit = standard.law_kind is LawKind.PERMIT
            return STATES[CaseState.DECLINED] if permit else "不受理"
        case CaseEventKind.HANDED_OFF:
            return f"已转{event.actor_name}，对方已签收"
        case CaseEventKind.DECIDED:
            return decision(case, standard) or "作出决定"
        case CaseEventKind.DEFERRED | CaseEventKind.SUPPLIED | CaseEventKind.DEFERRAL_EXCUSED:
            return f"{_EVENTS[event.kind]}：{standard.requirement(event.subject).name}"
        case CaseEventKind.PROCEDURE_STARTED:
            return f"{_EVENTS[event.kind]}：{event.subject}"
        case CaseEventKind.EXTENDED if event.limit:
            return f"{_EVENTS[event.kind]} {event.limit.amount} 个工作日"
        case CaseEventKind.HANDED_OUT:
            return f"送达，{detail.get('receiver', '')}领取"
        case _:
            return _EVENTS[event.kind]


_EVENTS: Final[Mapping[CaseEventKind, str]] = {
    CaseEventKind.OPENED: "起件",
    CaseEventKind.CARD_READ: "读身份证",
    CaseEventKind.RECEIVED: "收件",
    CaseEventKind.ACCEPTED: "受理",
    CaseEventKind.NOTIFIED_ONCE: "一次性告知",
    CaseEventKind.CORRECTED: "补正交齐",
    CaseEventKind.DEEMED_ACCEPTED: "五日内没有告知，视为受理",
    CaseEventKind.DEFERRED: "容缺后补",
    CaseEventKind.SUPPLIED: "容缺补齐",
    CaseEventKind.DEFERRAL_EXCUSED: "容缺延期",
    CaseEventKind.PROCEDURE_STARTED: "特别程序开始",
    CaseEventKind.PROCEDURE_ENDED: "特别程序结束，接着计时",
    CaseEventKind.EXTENDED: "延长审批",
    CaseEventKind.WITHDRAWN: "申请人撤回",
    CaseEventKind.LAPSED: "逾期没有补齐，终止",
    CaseEventKind.VOIDED: "作废",
    CaseEventKind.PASSED_ON: "转报上级，本级办结",
    CaseEventKind.DECISION_CORRECTED: "更正决定",
    CaseEventKind.SIGNED_FOR: "部门签收",
    CaseEventKind.RETURNED_INTERNALLY: "退回补核，计时不停",
    CaseEventKind.RETURN_ANSWERED: "补核已办，转回审批",
    CaseEventKind.RESULT_READY: "结果已到窗口，等领取",
    CaseEventKind.NUMBER_MAPPED: "临时收件号换成办件编号",
}


def event_note(event: CaseEvent, case: Case, standard: ItemStandard) -> str:
    """What else is to be said of it; mostly empty."""
    detail = event.detail
    match event.kind:
        case CaseEventKind.CERTIFICATE_USED if detail.get("mode"):
            return f"{AUTHORISATION_MODES[AuthorisationMode(detail['mode'])]}，只用于本件"
        case CaseEventKind.RECEIVED | CaseEventKind.ACCEPTED if detail.get("number"):
            return f"编号 {detail['number']}"
        case CaseEventKind.NUMBER_MAPPED:
            return f"{detail.get('provisional', '')} 换成 {detail.get('number', '')}"
        case CaseEventKind.DECLINED:
            texts = {reason.code: reason.text for reason in standard.decline_reasons}
            body = detail.get("competent_body", "")
            said = texts.get(detail.get("reason", ""), "")
            return f"{said}。可向{body}申请" if body else said
        case CaseEventKind.DEFERRED | CaseEventKind.DEFERRAL_EXCUSED if event.until_on:
            return _and(f"{day(event.until_on)}前补", detail.get("reason", ""))
        case CaseEventKind.PROCEDURE_STARTED:
            until = f"预计到 {day(event.until_on)}" if event.until_on else ""
            return _and(until, f"告知书 {detail['document']}" if "document" in detail else "")
        case CaseEventKind.EXTENDED:
            approved, document = detail.get("approved_by", ""), detail.get("document", "")
            return _and(f"{approved}批准", f"告知书 {document}", detail.get("reason", ""))
        case CaseEventKind.WITHDRAWN | CaseEventKind.LAPSED | CaseEventKind.VOIDED:
            return detail.get("reason", "")
        case CaseEventKind.PROCEDURE_ENDED:
            return detail.get("result", "")
        case CaseEventKind.RETURNED_INTERNALLY:
            return return_reasons(detail.get("points", ""), standard)
        case CaseEventKind.DECIDED:
            number = detail.get("number", "")
            opinion = case.decision.opinion if case.decision else ""
            return _and(f"文号 {number}" if number else "", opinion)
        case _:
            return ""


def event_by(event: CaseEvent, today: date) -> str:
    """When and by whom."""
    return f"{moment(event.at, today)}，{event.actor_name or '系统'}"


def _and(*parts: str) -> str:
    return "，".join(part for part in parts if part)


TERMS: Final[Mapping[Term, str]] = {
    Term.NOTICE: "一次性告知期限",
    Term.CORRECTION: "补正期限",
    Term.DEFERRAL: "容缺期限",
    Term.PROMISED: "承诺时限",
    Term.STATUTORY: "法定时限",
    Term.PROCEDURE: "特别程序预计结束",
    Term.DELIVERY: "送达期限",
}


def alarm_words(alarm: Alarm, today: date) -> str:
    """Which term, and how it stands: ``承诺时限，3 月 25 日（周三），剩 1 个工作日``."""
    name = TERMS[alarm.term]
    if alarm.due_on == today:
        return f"{name}，今天到期"
    on = short_day(alarm.due_on)
    return (
        f"{name} {on} 已过" if alarm.step == OVERDUE else f"{name} {on}，剩 {alarm.step} 个工作日"
    )


ACTS: Final[Mapping[CaseAct, str]] = {
    CaseAct.SUPPLY: "收容缺补件",
    CaseAct.EXCUSE: "容缺延期",
    CaseAct.FAIL_DEFERRAL: "容缺逾期终止",
    CaseAct.LAPSE: "补正逾期终止",
    CaseAct.WITHDRAW: "申请人撤回",
    CaseAct.START_PROCEDURE: "启动特别程序",
    CaseAct.END_PROCEDURE: "结束特别程序",
    CaseAct.EXTEND: "延长审批",
    CaseAct.VOID: "作废",
}

BARS: Final[Mapping[ActBar, str]] = {
    ActBar.NOT_YOUR_ROLE: "不归你办",
    ActBar.NOT_IN_THIS_STATE: "现在的状态不能办",
    ActBar.NOTHING_DEFERRED: "没有没补的容缺材料",
    ActBar.TERM_STILL_RUNS: "期限还没满",
    ActBar.NO_TERM: "没有定补正期限",
    ActBar.NOT_LISTED: "事项标准没有列",
    ActBar.EXTENDED_BEFORE: "已经延长过一次",
    ActBar.TERM_PASSED: "法定时限已经过了",
}
