"""Words for what comes around a result: originals, the way out, parcels, fees, reminders."""

from collections.abc import Mapping
from typing import Final

from clerk.domain.bringing import Bringing, BringingAnswer
from clerk.domain.bundles import LineOutcome
from clerk.domain.case import CaseEvent, CaseEventKind
from clerk.domain.fee_lines import FeeState
from clerk.domain.fee_terms import Exemption
from clerk.domain.fees import code_of
from clerk.domain.originals import OriginalHeld, OriginalPlace, TransferKind
from clerk.domain.parcel import ParcelState, ResultWay
from clerk.domain.receiving import IdentityCheck, ReceiverRole
from clerk.domain.reminder import ReminderWay
from clerk.domain.standard import ItemStandard
from clerk.wording import day, short_day

ORIGINAL_PLACES: Final[Mapping[OriginalPlace, str]] = {
    OriginalPlace.SEEN: "核对后当场退还",
    OriginalPlace.KEPT: "留存待退",
    OriginalPlace.HANDED_ON: "随件转部门",
    OriginalPlace.FILED: "入卷",
    OriginalPlace.RETURNED: "已退还",
}

TRANSFER_KINDS: Final[Mapping[TransferKind, str]] = {
    TransferKind.WITH_CASE: "收件随件流转",
    TransferKind.SUPPLEMENT: "补件流转",
    TransferKind.AGAIN: "再次流转",
}


def transfer_words(held: OriginalHeld) -> str:
    """Where originals are that went on: ``随件转部门，袋 D-017，还没签收``."""
    bag = f"，袋 {held.bag}" if held.bag else ""
    if held.signed_at is None:
        return f"{ORIGINAL_PLACES[held.place]}{bag}，{held.to}还没签收"
    return f"{ORIGINAL_PLACES[held.place]}{bag}，{held.to}{held.signed_by}已签收"


RESULT_WAYS: Final[Mapping[ResultWay, str]] = {
    ResultWay.WINDOW: "窗口领取",
    ResultWay.COURIER: "寄递",
    ResultWay.PROXY: "代领",
    ResultWay.VAN: "直通车送达",
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

BRINGING_ANSWERS: Final[Mapping[BringingAnswer, str]] = {
    BringingAnswer.ACCEPTED: "申请人同意",
    BringingAnswer.DECLINED: "申请人不要，自己来领",
    BringingAnswer.NO_ANSWER: "没有联系上",
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


ROSTER_OUTCOMES: Final[Mapping[LineOutcome, str]] = {
    LineOutcome.TAKEN: "收下",
    LineOutcome.RETURNED: "退回",
    LineOutcome.TO_COMPLETE: "要求补全",
}
ROSTER_WAITS: Final = "还没处理"

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
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
NOT_LEFT: Final = "没有留"
"""Where no telephone number or address was left: no mandatory cell of a paper is ever empty."""
ANY_COURIER: Final = "由快递公司填写"
BY_THE_COURIER: Final = "由快递公司按地址填写"


def waybill_words(number: str) -> str:
    """``运单 LX0000000001``."""
    return f"运单 {number}"


def bringing_words(one: Bringing) -> str:
    """``寄递`` or ``直通车送达，清河镇线，样本村村委会，5 月 6 日（周三）``."""
    on = short_day(one.on) if one.on else ""
    return "，".join(part for part in (RESULT_WAYS[one.way], one.route, one.stop, on) if part)


def money(amount_fen: int) -> str:
    """An amount as papers write it: ``12.50 元``."""
    return f"{amount_fen // 100}.{amount_fen % 100:02} 元"


def in_capitals(amount_fen: int) -> str:
    """An amount as a money paper must also write it (大写): ``人民币壹佰贰拾元伍角整``."""
    yuan, cents = divmod(amount_fen, 100)
    jiao, fen = divmod(cents, 10)
    said = f"{_whole_in_capitals(yuan)}元" if yuan else ""
    if not cents:
        return f"人民币{said or '零元'}整"
    said += f"{_DIGITS[jiao]}角" if jiao else "零" if said else ""
    return f"人民币{said}" + (f"{_DIGITS[fen]}分" if fen else "整")


def _whole_in_capitals(number: int) -> str:
    said, empty = "", False
    for power, (unit, group) in enumerate(_groups(number)):
        if not group:
            empty = bool(said)
            continue
        between = "零" if said and (empty or _gap_below(number, power)) else ""
        said = f"{_group_in_capitals(group)}{unit}{between}{said}"
        empty = False
    return said


def _groups(number: int) -> list[tuple[str, int]]:
    """Split by ten thousands, the lowest first: 元, 万, 亿."""
    return [("", number % 10**4), ("万", number // 10**4 % 10**4), ("亿", number // 10**8)]


def _gap_below(number: int, power: int) -> bool:
    """Whether the group below this one begins with a zero."""
    below: int = number // 10 ** (4 * (power - 1)) % 10**4
    return below < 1000


def _group_in_capitals(group: int) -> str:
    said, gap = "", False
    for place, unit in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = group // place % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + unit
        gap = not digit
    return said


def counted_words(count: int, free: int, unit: str, each_fen: int) -> str:
    """What was counted: ``3 本，其中 1 本不收，2 本每本 10.00 元``."""
    left = f"，其中 {free} {unit}不收" if free else ""
    return f"{count} {unit}{left}，{max(count - free, 0)} {unit}每{unit} {money(each_fen)}"


def exemption_words(reason: Exemption) -> str:
    """A listed reason to pay nothing, with what has to show it."""
    return f"{reason.label}，凭{reason.proof}" if reason.proof else reason.label


def result_event(event: CaseEvent, standard: ItemStandard) -> str:
    """One line for an event of this module's subjects; empty for any other."""
    detail = event.detail
    match event.kind:
        case CaseEventKind.ORIGINALS_MOVED:
            name = standard.requirement(event.subject).name
            return f"原件{ORIGINAL_PLACES[OriginalPlace(detail['place'])]}：{name}"
        case CaseEventKind.TRANSFER_RECEIVED:
            return f"部门签收原件 {detail['count']} 份"
        case CaseEventKind.WAY_CHANGED:
            return f"改领取方式：{RESULT_WAYS[ResultWay(detail['way'])]}"
        case CaseEventKind.PARCEL_MOVED:
            return PARCEL_STATES[ParcelState(detail["state"])]
        case CaseEventKind.FEE_CHANGED:
            names = {code_of(fee): fee.name for fee in standard.fees}
            state = FEE_STATES[FeeState(detail["state"])]
            return f"{names.get(event.subject, event.subject)}：{state}"
        case CaseEventKind.REMINDED:
            return f"{REMINDER_WAYS[ReminderWay(detail['way'])]}提醒：{detail['to']}"
        case CaseEventKind.BRINGING_OFFERED:
            way = RESULT_WAYS[ResultWay(event.subject)]
            return f"提议{way}，{BRINGING_ANSWERS[BringingAnswer(detail['answer'])]}"
        case CaseEventKind.CERTIFICATE_PRINTED:
            return f"印制证照：空白证 {event.subject}"
        case CaseEventKind.CERTIFICATE_VOIDED:
            return f"印坏作废：空白证 {event.subject}"
        case CaseEventKind.CERTIFICATE_FILED:
            return _FILED[detail["change"]]
        case CaseEventKind.CERTIFICATE_QUESTIONED:
            return f"证照纠错{_QUESTIONED[detail['state']]}：{detail['type']}"
        case _:
            return ""


def result_note(event: CaseEvent) -> str:
    """What else is to be said of such an event; empty for any other."""
    detail = event.detail
    match event.kind:
        case CaseEventKind.ORIGINALS_MOVED:
            number = f"流转单 {detail['number']}" if detail["number"] else ""
            to = f"交{detail['to']}" if detail["to"] else ""
            bag = f"袋 {detail['bag']}" if "bag" in detail else ""
            return "，".join(part for part in (number, bag, to, detail["note"]) if part)
        case CaseEventKind.TRANSFER_RECEIVED:
            return f"流转单 {detail['number']}，袋 {detail['bag']}，{detail['to']}{detail['signed_by']}签收"
        case CaseEventKind.PARCEL_MOVED:
            number = f"运单 {detail['waybill']}" if detail.get("waybill") else ""
            return "，".join(part for part in (number, detail.get("trouble", "")) if part)
        case CaseEventKind.FEE_CHANGED:
            number = f"票据号 {detail['number']}" if detail.get("number") else ""
            proof = f"凭{detail['proof']}" if detail.get("proof") else ""
            return "，".join(part for part in (number, proof) if part)
        case CaseEventKind.REMINDED:
            return detail["proof"]
        case CaseEventKind.BRINGING_OFFERED:
            on = f"{day(event.until_on)}" if event.until_on else ""
            parts = (detail["to"], detail["route"], detail["stop"], on, detail["proof"])
            return "，".join(part for part in parts if part)
        case CaseEventKind.WAY_CHANGED:
            return detail["reason"]
        case CaseEventKind.HANDED_OUT if detail.get("waybill"):
            return "，".join((f"运单 {detail['waybill']}", *_with_blank(detail)))
        case CaseEventKind.HANDED_OUT if detail.get("role"):
            role = RECEIVER_ROLES[ReceiverRole(detail["role"])]
            said = (role, detail.get("reason", ""), *_with_blank(detail))
            return "，".join(part for part in said if part)
        case CaseEventKind.CERTIFICATE_PRINTED:
            return f"证照号 {detail['number']}" if detail.get("number") else ""
        case CaseEventKind.CERTIFICATE_VOIDED:
            return detail["reason"]
        case CaseEventKind.CERTIFICATE_FILED:
            return f"回执 {event.subject}"
        case CaseEventKind.CERTIFICATE_QUESTIONED:
            said = (detail["field"], detail["text"], detail["number"])
            return "，".join(part for part in said if part)
        case _:
            return ""


_FILED: Final[Mapping[str, str]] = {
    "submitted": "证照已送省证照库",
    "withdrawn": "已从省证照库撤下",
}
_QUESTIONED: Final[Mapping[str, str]] = {
    "received": "对方已收到",
    "corrected": "已更正",
    "not_corrected": "不予更正",
}


def _with_blank(detail: Mapping[str, str]) -> tuple[str, ...]:
    """Which certificate left with the result, where one was made."""
    if not detail.get("blank"):
        return ()
    return (f"证照号 {detail['certificate']}，空白证 {detail['blank']}",)
