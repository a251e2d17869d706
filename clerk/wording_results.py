"""Words for what comes around a result: originals, the way out, parcels, fees, reminders."""

from collections.abc import Mapping
from typing import Final

from clerk.domain.case import CaseEvent, CaseEventKind
from clerk.domain.fee_lines import FeeState
from clerk.domain.fees import charged, code_of
from clerk.domain.originals import OriginalPlace
from clerk.domain.parcel import ParcelState, ResultWay
from clerk.domain.receiving import IdentityCheck, ReceiverRole
from clerk.domain.reminder import ReminderWay
from clerk.domain.standard import ItemStandard

ORIGINAL_PLACES: Final[Mapping[OriginalPlace, str]] = {
    OriginalPlace.SEEN: "核对后当场退还",
    OriginalPlace.KEPT: "留存待退",
    OriginalPlace.HANDED_ON: "随件转部门",
    OriginalPlace.FILED: "入卷",
    OriginalPlace.RETURNED: "已退还",
}

RESULT_WAYS: Final[Mapping[ResultWay, str]] = {
    ResultWay.WINDOW: "窗口领取",
    ResultWay.COURIER: "寄递",
    ResultWay.PROXY: "代领",
}

PARCEL_STATES: Final[Mapping[ParcelState, str]] = {
    ParcelState.ASKED: "已交寄，等运单号",
    ParcelState.BOOKED: "快递已接单",
    ParcelState.PICKED_UP: "快递已揽收",
    ParcelState.IN_TRANSIT: "寄递途中",
    ParcelState.DELIVERED: "快递已签收",
    ParcelState.CAME_BACK: "快件退回窗口",
}

REMINDER_WAYS: Final[Mapping[ReminderWay, str]] = {
    ReminderWay.PHONE: "电话",
    ReminderWay.MESSAGE: "短信",
    ReminderWay.LETTER: "信函",
    ReminderWay.IN_PERSON: "当面",
}

FEE_STATES: Final[Mapping[FeeState, str]] = {
    FeeState.NOTIFIED: "已开缴费通知",
    FeeState.PAID: "已缴",
    FeeState.EXEMPT: "免缴",
    FeeState.REFUNDED: "已退费",
}

FEE_ACTS: Final[Mapping[FeeState, str]] = {
    FeeState.NOTIFIED: "开缴费通知",
    FeeState.PAID: "登记已缴",
    FeeState.EXEMPT: "登记免缴",
    FeeState.REFUNDED: "登记退费",
}

IDENTITY_CHECKS: Final[Mapping[IdentityCheck, str]] = {
    IdentityCheck.CARD_READ: "读卡，人证核对一致后签字",
    IdentityCheck.CARD_SEEN: "经办人当面核对证件后签字",
    IdentityCheck.BY_COURIER: "快递员投递时核对收件人",
}

RECEIVER_ROLES: Final[Mapping[ReceiverRole, str]] = {
    ReceiverRole.APPLICANT: "申请人本人",
    ReceiverRole.REPRESENTATIVE: "法定代表人、负责人",
    ReceiverRole.HANDLER: "经办人，委托书写明可以领取",
    ReceiverRole.PROXY: "代领人",
    ReceiverRole.LET_THROUGH: "值班长放行",
    ReceiverRole.AT_THE_DOOR: "快递签收人",
}


DECISION_SEAL: Final = "审批专用章"
HOW_TO_PAY: Final = (
    "凭本通知书到代收银行或者扫码缴入财政专户，窗口不收现金。缴费后把财政票据号告知窗口登记"
)
ORIGINAL: Final = "原件"
PUBLISHED_HEADINGS: Final = (
    "行政相对人名称",
    "统一社会信用代码",
    "许可决定文书号",
    "许可事项",
    "许可决定",
    "许可决定日期",
    "有效期至",
    "许可机关",
    "许可机关统一社会信用代码",
)
GRANTED: Final = "准予许可"
REFUSED: Final = "不予许可"
NO_END: Final = "长期"
AT_THE_DOOR: Final = "寄递时由同住或同单位的人签收"
BY_COURIER: Final = "快递签收"
ID_CARD: Final = "居民身份证"
ON_THE_WAYBILL: Final = "以快递面单为准"


def waybill_words(number: str) -> str:
    """``运单 LX0000000001``."""
    return f"运单 {number}"


def money(amount_fen: int) -> str:
    """An amount as papers write it: ``12.50 元``."""
    return f"{amount_fen // 100}.{amount_fen % 100:02} 元"


def result_event(event: CaseEvent, standard: ItemStandard) -> str:
    """One line for an event of this module's subjects; empty for any other."""
    detail = event.detail
    match event.kind:
        case CaseEventKind.ORIGINALS_MOVED:
            name = standard.requirement(event.subject).name
            return f"原件{ORIGINAL_PLACES[OriginalPlace(detail['place'])]}：{name}"
        case CaseEventKind.WAY_CHANGED:
            return f"改领取方式：{RESULT_WAYS[ResultWay(detail['way'])]}"
        case CaseEventKind.PARCEL_MOVED:
            return PARCEL_STATES[ParcelState(detail["state"])]
        case CaseEventKind.FEE_CHANGED:
            names = {code_of(fee): fee.name for fee in charged(standard)}
            state = FEE_STATES[FeeState(detail["state"])]
            return f"{names.get(event.subject, event.subject)}：{state}"
        case CaseEventKind.REMINDED:
            return f"{REMINDER_WAYS[ReminderWay(detail['way'])]}提醒：{detail['to']}"
        case CaseEventKind.CERTIFICATE_PRINTED:
            return f"印制证照：空白证 {event.subject}"
        case _:
            return ""


def result_note(event: CaseEvent) -> str:
    """What else is to be said of such an event; empty for any other."""
    detail = event.detail
    match event.kind:
        case CaseEventKind.ORIGINALS_MOVED:
            number = f"流转单 {detail['number']}" if detail["number"] else ""
            to = f"交{detail['to']}" if detail["to"] else ""
            return "，".join(part for part in (number, to, detail["note"]) if part)
        case CaseEventKind.PARCEL_MOVED:
            number = f"运单 {detail['waybill']}" if detail.get("waybill") else ""
            return "，".join(part for part in (number, detail.get("trouble", "")) if part)
        case CaseEventKind.FEE_CHANGED:
            return f"票据号 {detail['number']}" if detail.get("number") else ""
        case CaseEventKind.REMINDED:
            return detail["proof"]
        case CaseEventKind.WAY_CHANGED:
            return detail["reason"]
        case CaseEventKind.HANDED_OUT if detail.get("waybill"):
            return f"运单 {detail['waybill']}"
        case CaseEventKind.HANDED_OUT if detail.get("role"):
            role = RECEIVER_ROLES[ReceiverRole(detail["role"])]
            return "，".join(part for part in (role, detail.get("reason", "")) if part)
        case CaseEventKind.CERTIFICATE_PRINTED:
            return f"证照号 {detail['number']}" if detail.get("number") else ""
        case _:
            return ""
