"""Words of a case's course (经过): what happened, what else is to be said of it, when and by whom."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from clerk.domain.bundles import LineOutcome
from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState
from clerk.domain.certificate import AuthorisationMode
from clerk.domain.changes import Change, ChangeKind
from clerk.domain.deadlines import Term
from clerk.domain.paper_signature import SignWay
from clerk.domain.papers import PaperKind
from clerk.domain.standard import ItemStandard, LawKind, Way
from clerk.domain.tasks import kind_and_subject
from clerk.domain.told import TOO_LATE
from clerk.wording import AUTHORISATION_MODES, STATES, WAYS, day, short_day
from clerk.wording_approval import SAMPLE_RESULTS, correction_note
from clerk.wording_care import care_event
from clerk.wording_cases import decision, moment, return_reasons
from clerk.wording_certificates import recheck_note, recheck_title
from clerk.wording_checks import check_note, check_subject
from clerk.wording_course import TASKS, TERMS
from clerk.wording_deferral import late_note
from clerk.wording_results import result_event, result_note
from clerk.wording_reuse import reused_note
from clerk.wording_shared import objection_event, shared_event

K = CaseEventKind
Words = Callable[[CaseEvent, Case, ItemStandard], str]


def event_title(event: CaseEvent, case: Case, standard: ItemStandard) -> str:
    """What happened, in one line."""
    special = _TITLES.get(event.kind)
    if special is not None:
        return special(event, case, standard)
    about, title = check_subject(event, standard), _EVENTS.get(event.kind, "")
    return result_event(event, standard) or (f"{title}：{about}" if about else title)


def event_note(event: CaseEvent, case: Case, standard: ItemStandard) -> str:
    """What else is to be said of it; mostly empty. An answer that came too late did nothing."""
    if TOO_LATE in event.detail:
        return (
            f"部门答复来晚了，这件那时{STATES[CaseState(event.detail[TOO_LATE])]}，什么都没有改动"
        )
    said = _NOTES.get(event.kind)
    if said is not None:
        return said(event, case, standard)
    return result_note(event) or late_note(event) or check_note(event) or care_event(event)


def event_by(event: CaseEvent, today: date) -> str:
    """When and by whom."""
    handler = f"，代办人{event.handler}" if event.handler else ""
    return f"{moment(event.at, today)}，{event.actor_name or '系统'}{handler}"


_EVENTS: Final[Mapping[CaseEventKind, str]] = {
    K.OPENED: "起件",
    K.CARD_READ: "读身份证",
    K.RECEIVED: "收件",
    K.ACCEPTED: "受理",
    K.NOTIFIED_ONCE: "一次性告知",
    K.CORRECTED: "补正交齐",
    K.DEEMED_ACCEPTED: "五日内没有告知，视为受理",
    K.DEFERRED: "容缺后补",
    K.SUPPLIED: "容缺补齐",
    K.DEFERRAL_EXCUSED: "容缺延期",
    K.PROCEDURE_STARTED: "特别程序开始",
    K.PROCEDURE_ENDED: "特别程序结束，接着计时",
    K.EXTENDED: "延长审批",
    K.WITHDRAWN: "申请人撤回",
    K.LAPSED: "逾期没有补齐，终止",
    K.VOIDED: "作废",
    K.PASSED_ON: "转报上级，本级办结",
    K.STEP_DONE: "给出意见",
    K.STEP_RETURNED: "退回前面环节",
    K.CONCLUDED: "即收即办，已办结",
    K.DECISION_CORRECTED: "更正决定",
    K.STATEMENT_OFFERED: "告知可以陈述申辩",
    K.STATEMENT_HEARD: "听取陈述申辩",
    K.STATEMENT_WAIVED: "放弃陈述申辩",
    K.SAMPLE_CHECKED: "抽查过了",
    K.SIGNED_FOR: "部门签收",
    K.RETURNED_INTERNALLY: "退回补核，计时不停",
    K.RETAKEN: "补核重扫",
    K.RETURN_ANSWERED: "补核已办，转回审批",
    K.RESULT_READY: "结果已到窗口，等领取",
    K.NUMBER_MAPPED: "临时收件号换成办件编号",
    K.NUMBER_VOIDED: "文号作废",
    K.CREDIT_ASKED: "查信用",
    K.DEFERRAL_SIGNED: "收容缺承诺书，已签名",
    K.FALSE_PROMISE_REPORTED: "向信用平台报送虚假承诺",
    K.BUNDLED: "随批次上报",
    K.CARE_NOTED: "登记服务需求",
    K.KEPT_BESIDE: "看过相同的件，仍另办",
    K.SHARED_DATA_ASKED: "核共享数据",
    K.SHARED_DATA_DISPUTED: "对共享数据提异议",
    K.PAPER_LEFT: "申请人允许再用",
    K.LEAVE_TAKEN_BACK: "申请人撤回留用",
    K.PAPER_REUSED: "用上次留下的材料",
    K.VISITED: "上门服务",
    K.POSTED_IN: "收到寄来的材料",
    K.URGED: "督办",
    K.URGING_ANSWERED: "回复督办",
    K.TASK_SET: "列入待做",
    K.TASK_DONE: "待做办结",
    K.FILE_REVIEWED: "案卷评查",
    K.ARCHIVED: "归档",
    K.PAPER_SIGNED: "签收文书",
    K.LATER_CHECK_AGREED: "同意证照库通后再核一次",
    K.DECISION_REVOKED: "撤销决定",
    K.REVOCATION_SERVED: "撤销决定书送达",
    K.CORRECTED_ON_THE_SPOT: "当场更正",
    K.PROMISE_DECLINED: "不承诺，交材料",
    K.PROMISE_WITHDRAWN: "撤回承诺，改交材料",
    K.PROMISE_CHECKED: "核查承诺",
    K.PROMISE_ASKED_ONLINE: "在线核查承诺",
    K.REPAIR_ORDERED: "责令限期整改",
    K.HEARING_OFFERED: "告知拟撤销，可以陈述申辩",
    K.HEARING_ANSWERED: "听取陈述申辩",
    K.SITE_CHECK_AGREED: "约定现场核查",
    K.SITE_CHECKED: "现场核查",
}


_SIGN_WAYS: Final[Mapping[str, str]] = {
    SignWay.PEN.value: "在屏上签收",
    SignWay.PAPER.value: "在纸上签收",
    SignWay.REFUSED.value: "不愿签收",
}
_HIS_OWN: Final = frozenset({PaperKind.APPLICATION.value, PaperKind.AGENCY_MANDATE.value})
"""Papers of the applicant himself: he signs them, nothing is handed to him by them."""


LINE_OUTCOMES: Final[Mapping[LineOutcome, str]] = {
    LineOutcome.TAKEN: "批次里收下",
    LineOutcome.RETURNED: "批次里退回",
    LineOutcome.TO_COMPLETE: "批次里要求补全",
}


def _told(name: str) -> Words:
    """Return the words that say one detail of the event."""
    return lambda event, _, __: event.detail.get(name, "")


def _notified_title(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    points = event.detail.get("points", "")
    return f"一次性告知 {points} 项" if points.isdigit() else "一次性告知"


def _declined_title(_: CaseEvent, __: Case, standard: ItemStandard) -> str:
    permit = standard.law_kind is LawKind.PERMIT
    return STATES[CaseState.DECLINED] if permit else "不受理"


def _material_title(event: CaseEvent, _: Case, standard: ItemStandard) -> str:
    return f"{_EVENTS[event.kind]}：{standard.requirement(event.subject).name}"


def _extended_title(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    added = f" {event.limit.amount} 个工作日" if event.limit else ""
    return f"{_EVENTS[event.kind]}{added}"


def _signed_title(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    way = _SIGN_WAYS.get(event.detail.get("way", ""), _EVENTS[event.kind])
    if event.subject in _HIS_OWN:
        way = way.replace("签收", "签字")
    return f"{way}：{event.detail.get('paper', '')}"


def _task_title(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    return f"{_EVENTS[event.kind]}：{TASKS[kind_and_subject(event.subject)[0]]}"


_TITLES: Final[Mapping[K, Words]] = MappingProxyType(
    {
        K.CERTIFICATE_USED: lambda event, _, __: f"调用证照：{event.detail.get('certificate', '')}",
        K.CERTIFICATE_RECHECKED: recheck_title,
        K.LETTER_SIGNED: lambda event, _, __: f"签告知承诺书：{event.detail.get('material', '')}",
        K.PAPER_SIGNED: _signed_title,
        K.NOTIFIED_ONCE: _notified_title,
        K.DECLINED: _declined_title,
        K.HANDED_OFF: lambda event, _, __: f"已转{event.actor_name}，对方已签收",
        K.DECIDED: lambda _, case, standard: decision(case, standard) or "作出决定",
        K.DEFERRED: _material_title,
        K.SUPPLIED: _material_title,
        K.RETAKEN: _material_title,
        K.PAPER_LEFT: _material_title,
        K.LEAVE_TAKEN_BACK: _material_title,
        K.PAPER_REUSED: _material_title,
        K.LATER_CHECK_AGREED: _material_title,
        K.DEFERRAL_EXCUSED: _material_title,
        K.PROCEDURE_STARTED: lambda event, _, __: f"{_EVENTS[event.kind]}：{event.subject}",
        K.URGED: lambda event, _, __: f"督办{event.subject}",
        K.URGING_WENT_UP: lambda event, _, __: f"督办逾期没有回复，报{event.subject}",
        K.BUNDLE_LINE: lambda event, _, __: LINE_OUTCOMES[LineOutcome(event.detail["outcome"])],
        K.STEP_DONE: lambda event, _, standard: (
            f"{_step(event, standard)}：{'同意' if event.granted else '不同意'}"
        ),
        K.STEP_RETURNED: lambda event, _, standard: f"退回{_step(event, standard)}",
        K.EXTENDED: _extended_title,
        K.TASK_SET: _task_title,
        K.TASK_DONE: _task_title,
        K.HANDED_OUT: lambda event, _, __: f"送达，{event.detail.get('receiver', '')}领取",
    }
)


def _certificate_note(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    mode = event.detail.get("mode")
    return f"{AUTHORISATION_MODES[AuthorisationMode(mode)]}，只用于本件" if mode else ""


def _agreed_note(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    return f"{event.detail.get('holder', '')}当面同意，只核一次，只用于本件"


def _number_note(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    number = event.detail.get("number")
    return f"编号 {number}" if number else ""


def _mapped_note(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    return f"{event.detail.get('provisional', '')} 换成 {event.detail.get('number', '')}"


def _voided_note(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    said = event.detail
    instead = f"改用 {said['number']}" if said["number"] else ""
    return _and(f"{said['void']} 作废", instead, said["reason"])


def _declined_note(event: CaseEvent, _: Case, standard: ItemStandard) -> str:
    texts = {reason.code: reason.text for reason in standard.decline_reasons}
    body = event.detail.get("competent_body", "")
    said = texts.get(event.detail.get("reason", ""), "")
    who, phone = event.detail.get("receiver", ""), event.detail.get("receiver_phone", "")
    sent_on = "，".join(part for part in (f"可向{body}申请", who and f"找{who}", phone) if part)
    return f"{said}。{sent_on}" if body else said


def _until_note(until: str) -> Words:
    def said(event: CaseEvent, _: Case, __: ItemStandard) -> str:
        on = until.format(day(event.until_on)) if event.until_on else ""
        return _and(on, event.detail.get("reason", "")) if on else ""

    return said


def _procedure_note(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    until = f"预计到 {day(event.until_on)}" if event.until_on else ""
    return _and(until, f"告知书 {event.detail['document']}" if "document" in event.detail else "")


def _extended_note(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    detail = event.detail
    approved, document = detail.get("approved_by", ""), detail.get("document", "")
    return _and(f"{approved}批准", f"告知书 {document}", detail.get("reason", ""))


def _sample_note(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    return _and(SAMPLE_RESULTS[event.detail["result"]], event.detail.get("remark", ""))


def _urged_note(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    until = f"{day(event.until_on)}前回复" if event.until_on else ""
    return _and(_urged_term(event.detail), event.detail.get("words", ""), until)


def _went_up_note(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    asked_by = date.fromisoformat(event.detail["asked_by_on"])
    person = f"件在{event.detail['person']}手里" if event.detail["person"] else ""
    return _and(person, f"{short_day(asked_by)}前没有回复", _urged_term(event.detail))


def _passed_note(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    return _and(event.detail.get("authority", ""), event.detail.get("reason", ""))


def _changed_note(event: CaseEvent, _: Case, standard: ItemStandard) -> str:
    return "；".join(changed(one, standard) for one in event.changed)


def _reviewed_note(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    detail = event.detail
    failed, unclear = detail.get("failed", "0"), detail.get("cannot_tell", "0")
    return f"{detail.get('passed', '0')} 项通过，{failed} 项不合，{unclear} 项查不到"


def _archived_note(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    digest = event.detail.get("digest", "")[:16]
    return _and(f"归档包校验码 {digest}", event.detail.get("reason", ""))


def _beside_note(event: CaseEvent, _: Case, __: ItemStandard) -> str:
    other, name = event.detail.get("label", ""), event.detail.get("name", "")
    return _and(other or "另一份草稿", name, event.detail.get("reason", ""))


def _decided_note(event: CaseEvent, case: Case, _: ItemStandard) -> str:
    number = event.detail.get("number", "")
    opinion = case.decision.opinion if case.decision else ""
    return _and(f"文号 {number}" if number else "", opinion)


_NOTES: Final[Mapping[K, Words]] = MappingProxyType(
    {
        K.CERTIFICATE_USED: _certificate_note,
        K.CERTIFICATE_RECHECKED: recheck_note,
        K.RECEIVED: _number_note,
        K.ACCEPTED: _number_note,
        K.NUMBER_MAPPED: _mapped_note,
        K.NUMBER_VOIDED: _voided_note,
        K.DECLINED: _declined_note,
        K.DEFERRED: _until_note("{}前补"),
        K.DEFERRAL_EXCUSED: _until_note("{}前补"),
        K.PROCEDURE_STARTED: _procedure_note,
        K.PROCEDURE_ENDED: _told("result"),
        K.EXTENDED: _extended_note,
        K.WITHDRAWN: _told("reason"),
        K.LAPSED: _told("reason"),
        K.VOIDED: _told("reason"),
        K.DECISION_CORRECTED: lambda event, _, __: correction_note(event.detail),
        K.STATEMENT_OFFERED: _until_note("{}前可以陈述"),
        K.STATEMENT_HEARD: _told("record"),
        K.STATEMENT_WAIVED: _told("record"),
        K.SAMPLE_CHECKED: _sample_note,
        K.URGED: _urged_note,
        K.URGING_WENT_UP: _went_up_note,
        K.URGING_ANSWERED: _told("words"),
        K.STEP_DONE: _told("opinion"),
        K.BUNDLE_LINE: _told("reason"),
        K.STEP_RETURNED: _passed_note,
        K.PASSED_ON: _passed_note,
        K.RETAKEN: lambda event, _, __: f"新图像 {event.detail.get('pages', '')} 页，旧图像留着",
        K.CORRECTED: _changed_note,
        K.RETURN_ANSWERED: _changed_note,
        K.RETURNED_INTERNALLY: lambda event, _, standard: return_reasons(
            event.detail.get("points", ""), standard
        ),
        K.FILE_REVIEWED: _reviewed_note,
        K.ARCHIVED: _archived_note,
        K.PAPER_SIGNED: _told("signer"),
        K.LATER_CHECK_AGREED: _agreed_note,
        K.DECIDED: _decided_note,
        K.KEPT_BESIDE: _beside_note,
        K.SHARED_DATA_ASKED: lambda event, _, __: shared_event(event),
        K.SHARED_DATA_DISPUTED: lambda event, _, __: objection_event(event),
        K.PAPER_REUSED: lambda event, _, __: reused_note(event),
    }
)


def _urged_term(detail: Mapping[str, str]) -> str:
    """Which clock ran when it was urged: ``承诺时限到 3 月 25 日``."""
    if not detail.get("term"):
        return ""
    ends_on = date.fromisoformat(detail["term_ends_on"])
    return f"{TERMS[Term(detail['term'])]}到 {short_day(ends_on)}"


def _step(event: CaseEvent, standard: ItemStandard) -> str:
    names = {step.code: step.name for step in standard.chain}
    return names.get(event.subject, event.subject)


def changed(change: Change, standard: ItemStandard) -> str:
    """What a correction changed: ``经营面积，85 改为 92``, ``平面图，第 2 页换过``."""
    if change.kind is ChangeKind.FIELD:
        names = {one.code: one.label for one in standard.fields}
        before, after = change.before or "没填", change.after or "清空"
        return f"{names.get(change.code, change.code)}，{before} 改为 {after}"
    name = standard.requirement(change.code).name
    pages = "、".join(str(page) for page in change.pages)
    if change.before == change.after:
        return f"{name}，第 {pages} 页换过"
    ways = [WAYS[Way(way)] if way else "没有" for way in (change.before, change.after)]
    return _and(f"{name}，{ways[0]} 改为 {ways[1]}", f"第 {pages} 页" if pages else "")


def _and(*parts: str) -> str:
    return "，".join(part for part in parts if part)
