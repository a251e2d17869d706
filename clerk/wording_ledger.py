"""The words of the certificate ledger: calls, differences, reports (用证台账)."""

from collections.abc import Iterator, Mapping
from typing import Final

from clerk.domain.certificate_call import (
    ASK_SHARED_DATA,
    REPORT_USE,
    CallEnd,
    CertificateCall,
    LaterRight,
)
from clerk.domain.certificate_holder import KnownBy
from clerk.domain.certificate_report import CertificateReport, IssuerCount, ReportState
from clerk.domain.journal_check import JournalCheck
from clerk.domain.shared_data import SharedBasis
from clerk.domain.use_list import LISTED, Differs, UseComparison, UseDifference
from clerk.wording_shared import SOURCES

OPERATIONS: Final[Mapping[str, str]] = {
    "verify_use_code": "核验本人亮的码",
    "request_authorisation": "请求本人授权",
    "query": "查询证照目录",
    "fetch": "调取证照文件",
    "read_status": "再读证照状态",
    REPORT_USE: "登记使用结果",
    ASK_SHARED_DATA: "核验共享数据",
}
MODES: Final[Mapping[str, str]] = {
    "code": "本人亮码",
    "phone": "本人手机授权",
    "entrusted": "委托授权",
    "by_duty": "依职责核验",
    SharedBasis.CONSENT: "本人同意",
    SharedBasis.DUTY: "依职责核验",
}
RIGHTS: Final[Mapping[str, str]] = {
    LaterRight.WRITTEN_WORD: "凭本人书面同意核查",
    LaterRight.SPOKEN_WORD: "凭本人当面同意核一次",
    LaterRight.DUTY: "依职责再核",
}
"""By what right the library was asked where the holder did not stand there."""
ENDS: Final[Mapping[CallEnd, str]] = {
    CallEnd.OPEN: "结果还在核实",
    CallEnd.ANSWERED: "已办",
    CallEnd.FAILED: "没有办成",
    CallEnd.REFUSED_HERE: "本窗口未采用",
    CallEnd.ACTED: "已办（事后核实）",
    CallEnd.NEVER_ACTED: "没有发生（事后核实）",
    CallEnd.UNKNOWN: "无法核实",
}
USES: Final[Mapping[str, str]] = {
    "ATTACHED": "用作办件材料",
    "VIEWED": "只看过，未使用",
    "REJECTED": "不能使用",
    "ABANDONED": "没有使用",
    "DELETED": "已删除",
}
KNOWN_BY: Final[Mapping[KnownBy, str]] = {
    KnownBy.CARD: "本人持身份证在窗口读卡",
    KnownBy.PAPERS: "窗口核对本人证件",
    KnownBy.AUDIT: "审计查询",
}
USE_HEADS: Final = (
    "序",
    "时间",
    "窗口和经办人",
    "做了什么",
    "为什么用",
    "授权方式",
    "结果和回执号",
)
NO_USES: Final = "所查日期内，本窗口数据里没有调用过这个证件号的电子证照和共享数据。"


DIFFERS: Final[Mapping[Differs, str]] = {
    Differs.MISSING_THERE: "省库没有",
    Differs.UNKNOWN_HERE: "本大厅没有",
    Differs.OPERATION: "做的事不同",
    Differs.CERTIFICATE: "证照不同",
    Differs.OUTCOME: "使用结果不同",
}
DIFFERENCE_HEADS: Final = ("时间", "差在哪", "本大厅记的", "省证照库记的", "报文编号")
NO_DIFFERENCES: Final = "两边逐条一致，没有差异。"
REPORT_STATES: Final[Mapping[ReportState, str]] = {
    ReportState.REPORTED: "已上报，等答复",
    ReportState.RECEIVED: "对方已收到",
    ReportState.CORRECTED: "已更正",
    ReportState.NOT_CORRECTED: "不予更正",
}


def operation(call: CertificateCall) -> str:
    """Return what was asked, with what became of a certificate where that was told."""
    name, _, asked_by = call.operation.partition(":")
    if name == REPORT_USE:
        return USES.get(call.words.get("use", ""), OPERATIONS[name])
    if name == "request_authorisation" and call.words.get("mode") == "by_duty":
        with_word = asked_by in RIGHTS and asked_by != LaterRight.DUTY
        return "凭本人同意申请用证" if with_word else "依职责申请用证"
    return OPERATIONS.get(name, name)


def window(call: CertificateCall) -> str:
    """Return at which window it was made."""
    code = call.words.get("counter", "")
    return f"{code} 号窗" if code else ""


def certificate(call: CertificateCall) -> str:
    """Return which certificate or source it was, empty where a call is about none in particular."""
    if call.source is not None:
        return SOURCES[call.source]
    return call.words.get("type", "") or call.certificate_id


def mode(call: CertificateCall) -> str:
    """Return how leave had been given, or by what right the library was asked later."""
    right = RIGHTS.get(call.words.get("right", ""))
    return right or MODES.get(call.words.get("mode", ""), "")


def purpose(call: CertificateCall) -> str:
    """Return what it was for: item, case number, reason."""
    words = call.words
    said = (words.get("item", ""), case_number(call), words.get("reason", ""))
    return "，".join(part for part in said if part)


def case_number(call: CertificateCall) -> str:
    """Return the number of the case; before it had one it is said so, not its internal name."""
    number = call.words.get("number", "")
    return "收件前" if number and number == str(call.case_id) else number


def end(call: CertificateCall) -> str:
    """Return what came of it, for the person whose certificate it is."""
    return ENDS[call.end]


def compared_line(found: UseComparison) -> str:
    """Return how one day stands, in a line."""
    if not found.differences:
        return f"{found.on.isoformat()}，{found.listed} 条，全部一致"
    seen = "，已看过" if found.looked_at else ""
    return f"{found.on.isoformat()}，{found.listed} 条，{len(found.differences)} 条对不上{seen}"


def side(said: str) -> str:
    """Return what one of the two lists says of a message, the operation in our words."""
    first, _, rest = said.partition(" ")
    ours = {theirs: name for name, theirs in LISTED.items()}
    return " ".join(part for part in (OPERATIONS.get(ours.get(first, ""), first), rest) if part)


def difference_line(one: UseDifference) -> str:
    """Return one difference, in a line."""
    ours, theirs = side(one.ours) or "没有记", side(one.theirs) or "没有记"
    return f"{DIFFERS[one.kind]}：本大厅{ours}，省库{theirs}"


def report_line(report: CertificateReport) -> str:
    """Return what was reported and how it stands, in a line."""
    number = f"（{report.number}）" if report.number else ""
    said = f"：{report.answer}" if report.answer else ""
    fault = report.fault
    wrong = f"原件是{fault.paper_says}" if fault.paper_says else fault.remark
    return (
        f"{report.type_name}，{fault.field}，{wrong}，{REPORT_STATES[report.state]}{number}{said}"
    )


def issuer_line(count: IssuerCount) -> str:
    """Return how many reports one issuer got, in a line."""
    return f"{count.issuer_name}：报过 {count.reported} 份，更正 {count.corrected} 份"


def journal_lines(found: JournalCheck) -> Iterator[str]:
    """Yield what a walk along one chain found, its end last."""
    chain = "链完整" if found.broken_at is None else f"从第 {found.broken_at} 条起对不上"
    yield f"{found.station}：日志 {found.lines} 条，{chain}"
    if found.calls:
        wrong = f"，答非所问 {found.wrong_replies} 次" if found.wrong_replies else ""
        yield f"  证照调用 {found.calls} 次，没有结果的 {len(found.open_intents)} 次{wrong}"
    for intent in found.open_intents:
        yield f"    第 {intent.sequence} 条 {intent.operation} {intent.message_id}"
    for sequence in found.unlike:
        yield f"  台账与日志第 {sequence} 条不一致"
    if found.digest:
        yield f"  链尾 {found.station}:{found.lines}:{found.digest}"


def journal_summary(found: int, whole: int) -> str:
    """Return the last line of the command."""
    bad = found - whole
    return f"核验了 {found} 条链，都完整" if not bad else f"核验了 {found} 条链，{bad} 条有问题"
