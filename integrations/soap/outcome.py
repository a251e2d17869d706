"""Every way a call can end badly, each with one sentence and with what we know of its sending.

The list is closed: a test tells each lie to the client and expects its kind here.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from clerk.domain.errors import RemoteGarbled, RemoteRefused, RemoteTrouble, RemoteUnavailable
from clerk.values import dataclass


class Sent(StrEnum):
    """Whether the other end acted on what we sent."""

    NO = "no"
    UNKNOWN = "unknown"
    ANSWERED = "answered"


class Kind(StrEnum):
    """What went wrong; faults with a code are ``fault:<code>`` beside this list."""

    UNREACHABLE = "unreachable"
    TLS_UNTRUSTED = "tls-untrusted"
    DEADLINE = "deadline"
    BROKEN_CONNECTION = "broken-connection"
    CANCELLED = "cancelled"
    UNREAD = "unread"
    TRUNCATED = "truncated"
    EMPTY = "empty"
    STATUS = "status"
    REDIRECT = "redirect"
    CONTENT_CODING = "content-coding"
    MULTIPART = "multipart"
    TOO_LARGE = "too-large"
    NOT_SOAP = "not-soap"
    MALFORMED = "malformed"
    DTD = "dtd"
    PROCESSING_INSTRUCTION = "processing-instruction"
    BODY_SHAPE = "body-shape"
    MUST_UNDERSTAND = "must-understand"
    WRONG_ELEMENT = "wrong-element"
    SCHEMA = "schema"
    MODEL = "model"
    WRONG_REPLY = "wrong-reply"
    SIGNATURE = "signature"
    OPEN_CIRCUIT = "open-circuit"
    FAULT = "fault"
    NOT_OFFERED = "not-offered"


class Doubt(StrEnum):
    """What in an answer cannot be, though it keeps the schema; as the sentence names it."""

    HOLDER_NAME = "持证人姓名"
    HOLDER_NUMBER = "持证人证件号码"
    AUTHORISATION_ID = "授权编号"
    TOTAL = "证照总数"
    FILE_VERSION = "文件版本"
    DIGEST_METHOD = "摘要算法"
    DIGEST = "文件摘要"
    SAME_CERTIFICATE_TWICE = "证照标识重复"
    SAME_FIELD_TWICE = "照面信息重复"
    VALIDITY = "有效期"
    CERTIFICATE_ID = "证照标识"
    CERTIFICATE_TYPE = "证照类型"
    HOLDER = "持证主体"
    PIECE = "文件分段"
    FILE = "证照文件格式"
    BLOCK_SIZE = "号段数量"
    BLOCK_CONTENT = "号段内容"
    CASE_ID = "办件标识"
    RECEIPT = "回执编号"
    CREDIT_SUBJECT = "信用查询对象"
    CREDIT_RECORDS = "失信记录"
    SHARED_SUBJECT = "共享数据查询对象"
    SHARED_RECORD = "共享数据记录"


class Lacking(StrEnum):
    """What a library of another generation may lack, as the sentence names it."""

    PHONE = "手机授权"
    ENTRUSTED = "委托授权"
    AUTHORISATION = "授权查询"
    USE_REPORT = "用证结果反馈"
    RECEIPT = "回执查询"


class SignatureDoubt(StrEnum):
    """Why an answer that must be signed does not count as signed; as the sentence names it."""

    MISSING = "没有签名"
    AMBIGUOUS = "签名结构不唯一"
    NOT_COVERED = "正文或时间不在签名之内"
    ALTERED = "内容与签名不符"
    SIGNER = "不是约定的签名证书"
    EXPIRED = "签名时间不在有效期内"


@dataclass(frozen=True, slots=True)
class _Way:
    error: type[RemoteTrouble]
    sent: Sent
    sentence: str


UNKNOWN_TYPE: Final = "类型不明"
_GARBLED_END: Final = "未采用其中任何内容，可改收纸质材料，并请系统管理员联系对方"

_WAYS: Final = {
    Kind.UNREACHABLE: _Way(
        RemoteUnavailable, Sent.NO, "暂时连接不上{peer}，本次请求没有发出，请稍后重试或改用其他方式"
    ),
    Kind.TLS_UNTRUSTED: _Way(
        RemoteUnavailable,
        Sent.NO,
        "无法确认对方就是{peer}，为保护申请人信息没有发送任何内容，请联系系统管理员核对证书",
    ),
    Kind.DEADLINE: _Way(
        RemoteUnavailable,
        Sent.UNKNOWN,
        "{peer}在规定时间内没有答复，已录入的内容都在，请稍后重试或改用其他方式",
    ),
    Kind.BROKEN_CONNECTION: _Way(
        RemoteUnavailable,
        Sent.UNKNOWN,
        "与{peer}的连接中断，对方是否收到尚不确定，重试不会重复办理，请稍后重试",
    ),
    Kind.CANCELLED: _Way(
        RemoteUnavailable,
        Sent.UNKNOWN,
        "已停止等待{peer}的答复，已录入的内容都在，需要时请重新发起",
    ),
    Kind.UNREAD: _Way(
        RemoteUnavailable,
        Sent.UNKNOWN,
        "与{peer}收发报文的程序中断，未采用答复的任何内容，重试不会重复办理，请稍后重试",
    ),
    Kind.TRUNCATED: _Way(
        RemoteUnavailable,
        Sent.UNKNOWN,
        "{peer}的答复没有收完整，未采用其中任何内容，重试不会重复办理，请稍后重试",
    ),
    Kind.EMPTY: _Way(
        RemoteUnavailable,
        Sent.UNKNOWN,
        "{peer}的答复是空的，对方是否收到尚不确定，重试不会重复办理，请稍后重试",
    ),
    Kind.STATUS: _Way(
        RemoteUnavailable, Sent.ANSWERED, "{peer}暂不提供服务（{note}），请稍后重试或改用其他方式"
    ),
    Kind.REDIRECT: _Way(
        RemoteGarbled,
        Sent.ANSWERED,
        "{peer}要求转到别的地址，为保护申请人信息没有转发，请系统管理员核对接口地址",
    ),
    Kind.CONTENT_CODING: _Way(
        RemoteGarbled, Sent.ANSWERED, "{peer}的答复用了约定之外的压缩方式，" + _GARBLED_END
    ),
    Kind.MULTIPART: _Way(
        RemoteGarbled, Sent.ANSWERED, "{peer}的答复用了约定之外的附件格式，" + _GARBLED_END
    ),
    Kind.TOO_LARGE: _Way(
        RemoteGarbled, Sent.ANSWERED, "{peer}的答复超过了大小上限，" + _GARBLED_END
    ),
    Kind.NOT_SOAP: _Way(
        RemoteGarbled,
        Sent.ANSWERED,
        "{peer}返回的不是接口答复（{note}，可能是登录页或错误页），未采用其中任何内容，"
        "请系统管理员检查网络和接口地址",
    ),
    Kind.MALFORMED: _Way(
        RemoteGarbled, Sent.ANSWERED, "{peer}的答复残缺或格式有误，" + _GARBLED_END
    ),
    Kind.DTD: _Way(
        RemoteGarbled, Sent.ANSWERED, "{peer}的答复带有不允许的外部声明，" + _GARBLED_END
    ),
    Kind.PROCESSING_INSTRUCTION: _Way(
        RemoteGarbled, Sent.ANSWERED, "{peer}的答复带有不允许的处理指令，" + _GARBLED_END
    ),
    Kind.BODY_SHAPE: _Way(
        RemoteGarbled, Sent.ANSWERED, "{peer}的答复里不是恰好一份内容，" + _GARBLED_END
    ),
    Kind.MUST_UNDERSTAND: _Way(
        RemoteGarbled, Sent.ANSWERED, "{peer}的答复带有本系统不认识的必须处理项，" + _GARBLED_END
    ),
    Kind.WRONG_ELEMENT: _Way(
        RemoteGarbled, Sent.ANSWERED, "{peer}答复的不是所问的事项，" + _GARBLED_END
    ),
    Kind.SCHEMA: _Way(RemoteGarbled, Sent.ANSWERED, "{peer}的答复不符合接口规范，" + _GARBLED_END),
    Kind.MODEL: _Way(
        RemoteGarbled, Sent.ANSWERED, "{peer}的答复内容不合理（{note}），" + _GARBLED_END
    ),
    Kind.WRONG_REPLY: _Way(
        RemoteGarbled,
        Sent.ANSWERED,
        "{peer}的答复对应的不是本次请求，已全部丢弃没有显示，请停止调用并立即告知系统管理员",
    ),
    Kind.OPEN_CIRCUIT: _Way(
        RemoteUnavailable,
        Sent.NO,
        "{peer}接连没有答复，半分钟内不再去等，本次请求没有发出，可收纸质件或先收件，通了会自动接着用",
    ),
    Kind.SIGNATURE: _Way(
        RemoteGarbled, Sent.ANSWERED, "{peer}的答复无法确认真伪（{note}），" + _GARBLED_END
    ),
    Kind.FAULT: _Way(
        RemoteRefused, Sent.ANSWERED, "{peer}没有办理本次请求（{note}），请核对后重试或改用其他方式"
    ),
    Kind.NOT_OFFERED: _Way(
        RemoteRefused, Sent.NO, "{peer}的接口没有{note}这项功能，什么都没有发出，请改用其他方式"
    ),
}

_NEXT_STEPS: Final = {
    "AUTHN_FAILED": "请系统管理员核对本窗口的接入凭证",
    "ACCESS_DENIED": "本窗口无权调用，请改收纸质材料",
    "USECODE_INVALID": "请申请人重新出示亮证码",
    "USECODE_EXPIRED": "请申请人刷新后重新出示亮证码",
    "AUTHORIZATION_REQUIRED": "请先取得持证人授权，或改收纸质材料",
    "NOT_FOUND": "请核对姓名、证件号码或编号后重试",
    "CERT_REVOKED": "该证照已注销，不能使用，请改收其他有效材料",
    "INVALID_ARGUMENT": "请核对录入内容，仍不行请联系系统管理员",
    "REPLAYED": "请联系系统管理员核对报文",
    "OUT_OF_ORDER": "请等待前一条报文送达，仍不行请联系系统管理员",
    "DIGEST_MISMATCH": "请联系系统管理员核对报文",
    "NUMBER_TAKEN": "该编号已被其他办件占用，请联系系统管理员",
    "NUMBER_UNKNOWN": "该编号不是本平台发放的，请联系系统管理员",
    "ADDRESS_NOT_SERVED": "这个地址快递不送，请和申请人改领取方式",
    "CLOCK_SKEW": "请系统管理员校准本机时间",
    "BUSY": "对方繁忙，请稍后重试",
    "UPSTREAM_TIMEOUT": "对方的上游系统超时，请稍后重试",
    "FILE_CHANGED": "证照文件刚刚更新，请重新获取",
    "INTERNAL": "对方系统出错，请稍后重试或改用其他方式",
    "SESSION_OVER": "请系统管理员核对本窗口的接入账号",
}

_NEVER_AGAIN: Final = frozenset(
    {
        "AUTHN_FAILED",
        "ACCESS_DENIED",
        "USECODE_INVALID",
        "USECODE_EXPIRED",
        "AUTHORIZATION_REQUIRED",
        "CERT_REVOKED",
        "INVALID_ARGUMENT",
        "REPLAYED",
        "CLOCK_SKEW",
    }
)
"""Repeating changes nothing here, whatever the peer says (soap.md 6.5)."""

CLOCK_SKEW: Final = f"{Kind.FAULT}:CLOCK_SKEW"
_NOTE_CHARACTERS: Final = 120
_NAMED_TYPES: Final = frozenset(
    {"text/html", "text/plain", "text/xml", "application/json", "application/xhtml+xml"}
)
_LONG_NUMBER: Final = re.compile(r"[0-9][0-9Xx]{7,}")
_UNCERTAIN_STATUSES: Final = frozenset({502, 504})
_REFUSING_STATUSES: Final = frozenset({401, 403, 407})
STATUSES_OF_THEIR_OWN: Final = _UNCERTAIN_STATUSES | _REFUSING_STATUSES | {429, 503}


class RemoteBusy(RemoteUnavailable):
    """The peer named a time after which the same call may go through.

    ``retry_after_seconds`` is what it asked for, at most an hour; None where it named none.
    """

    def __init__(
        self, message: str, *, kind: str, sent: str, retry_after_seconds: int | None
    ) -> None:
        super().__init__(message, kind=kind, sent=sent)
        self.retry_after_seconds = retry_after_seconds


def trouble(peer: str, kind: Kind, *, note: str = "", sent: Sent | None = None) -> RemoteTrouble:
    """Return the error of ``kind``; ``sent`` where it differs from what the kind implies."""
    way = _WAYS[kind]
    return way.error(way.sentence.format(peer=peer, note=note), kind=kind, sent=sent or way.sent)


def bad_status(peer: str, status: int, retry_after_seconds: int | None) -> RemoteTrouble:
    """Return the error of an HTTP status that is no SOAP answer."""
    note = f"状态码{status}"
    if status in _REFUSING_STATUSES:
        return RemoteRefused(
            f"{peer}不接受本窗口的接入（{note}），请系统管理员核对接入凭证，可改收纸质材料",
            kind=Kind.STATUS,
            sent=Sent.ANSWERED,
        )
    if status in STATUSES_OF_THEIR_OWN:
        sent = Sent.UNKNOWN if status in _UNCERTAIN_STATUSES else Sent.ANSWERED
        return RemoteBusy(
            _WAYS[Kind.STATUS].sentence.format(peer=peer, note=note),
            kind=Kind.STATUS,
            sent=sent,
            retry_after_seconds=retry_after_seconds,
        )
    return trouble(peer, Kind.NOT_SOAP, note=note)


def fault(
    peer: str, *, code: str, text: str, retryable: bool, retry_after_seconds: int | None
) -> RemoteTrouble:
    """Return the error of a SOAP fault; ``code`` empty where the peer gave none we know."""
    said = _one_line(text)
    if code not in _NEXT_STEPS:
        return trouble(peer, Kind.FAULT, note=said or "未说明原因")
    sentence = f"{peer}没有办理本次请求（{said or code}），{_NEXT_STEPS[code]}"
    kind = f"{Kind.FAULT}:{code}"
    if retryable and code not in _NEVER_AGAIN:
        return RemoteBusy(
            sentence, kind=kind, sent=Sent.ANSWERED, retry_after_seconds=retry_after_seconds
        )
    return RemoteRefused(sentence, kind=kind, sent=Sent.ANSWERED)


def not_soap(peer: str, media_type: str) -> RemoteTrouble:
    """Return the error of an answer that is something else; only usual types are named."""
    note = media_type if media_type in _NAMED_TYPES else UNKNOWN_TYPE
    return trouble(peer, Kind.NOT_SOAP, note=note)


def unsigned_fault(peer: str, code: str) -> RemoteTrouble:
    """Return the error of a refusal that is not signed though it must be; its text counts not."""
    note = f"{SignatureDoubt.MISSING}，{code}" if code in _NEXT_STEPS else SignatureDoubt.MISSING
    return trouble(peer, Kind.SIGNATURE, note=note)


def clock_skew(peer: str, ahead_seconds: int) -> RemoteTrouble:
    """Return the error of a peer that finds our clock wrong, by how much being measured.

    ``ahead_seconds`` is by how much our clock is ahead of the peer's, negative where it is behind.
    """
    minutes, seconds = divmod(abs(ahead_seconds), 60)
    by_how_much = f"{minutes}分{seconds}秒" if minutes else f"{seconds}秒"
    return RemoteRefused(
        f"{peer}没有办理本次请求：本机时间比对方{'快' if ahead_seconds > 0 else '慢'}{by_how_much}，"
        "本系统没有改动时间，请系统管理员校准本机时间后重试",
        kind=CLOCK_SKEW,
        sent=Sent.ANSWERED,
    )


def code_perhaps_used_up(peer: str, lost: RemoteUnavailable) -> RemoteUnavailable:
    """Return the error of a lost answer that a peer would not recognise again as the same one."""
    return RemoteUnavailable(
        f"{peer}没有答复，亮证码可能已经用掉，请持证人刷新后重新出示，或改收纸质材料",
        kind=lost.kind,
        sent=lost.sent,
    )


def tell_trouble(error: RemoteTrouble) -> dict[str, object]:
    """Return an error of this module as plain values; ``told_trouble`` makes it again."""
    after = error.retry_after_seconds if isinstance(error, RemoteBusy) else None
    return {
        "error": type(error).__name__,
        "sentence": str(error),
        "kind": error.kind,
        "sent": error.sent,
        "retry_after_seconds": after,
    }


def told_trouble(told: Mapping[str, Any]) -> RemoteTrouble:
    """Return the error that ``tell_trouble`` told."""
    sentence, kind, sent = str(told["sentence"]), str(told["kind"]), Sent(told["sent"])
    if told["error"] == RemoteBusy.__name__:
        after = told["retry_after_seconds"]
        return RemoteBusy(sentence, kind=kind, sent=sent, retry_after_seconds=after)
    return _ERRORS[told["error"]](sentence, kind=kind, sent=sent)


_ERRORS: Final = {
    error.__name__: error for error in (RemoteUnavailable, RemoteRefused, RemoteGarbled)
}


def _one_line(text: str) -> str:
    """What a peer says goes on the screen as one short line without anybody's number."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return _LONG_NUMBER.sub("…", line)[:_NOTE_CHARACTERS]
