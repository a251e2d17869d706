"""Words of 调证照: whose leave it is, what a certificate says, why it cannot be used."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from clerk.domain.case import Case
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    AuthorisationState,
    CertificateSummary,
    Unusable,
)
from clerk.domain.certificate_file import SealState
from clerk.domain.certificate_matching import CertificateLook, MaterialMatch
from clerk.domain.identity import Act, Session
from clerk.domain.party import Party
from clerk.domain.standard import Requirement
from clerk.wording import AUTHORISATION_STATES, CERTIFICATE_STATUSES, UNUSABLE
from clerk.wording_certificates import SEALS

DUTY_REASONS: Final = (
    "法律法规规定由受理机关主动核验",
    "持证人到场，手机不能亮码，按事项标准核验",
    "对已收证照的状态有疑问，依职责核对",
)
"""Reasons under which an office may look without the holder's own act (依职责核验)."""

_GRANTED: Final[Mapping[AuthorisationMode, str]] = MappingProxyType(
    {
        AuthorisationMode.CODE: "{name}已亮码授权",
        AuthorisationMode.PHONE: "{name}已在手机上同意",
        AuthorisationMode.ENTRUSTED: "{name}已凭委托书授权",
        AuthorisationMode.BY_DUTY: "依职责核验{name}的证照",
    }
)
_NAME_CHARACTERS: Final = 24
UNOPENABLE: Final = "文件打不开"
TOO_LONG: Final = "20 秒里没有等到省证照库的答复，已经停下，什么都没有改动"
CHANGED_FILE: Final = "文件盖章以后被改动过，不能用。按 F7 扫描纸质件，再用“证照纠错”上报"
FILE_RENEWED: Final = "省证照库刚换了这份文件，已经重新取过"
LOOK_FIRST: Final = "签章本机不能断定。看过原件没有问题，在右边打勾再用"
_SEAL_HOLDS: Final[Mapping[SealState, bool]] = MappingProxyType(
    {
        SealState.INTACT: True,
        SealState.RESEALED: True,
        SealState.CHANGED: False,
    }
)
CODE_AGAIN: Final = "亮证码用过就清掉，没有留下。请持证人再亮一次"
CODE_GONE: Final = "亮证码放了 60 秒，已经清掉，没有发出。再亮一次"
NOBODY_ANSWERED: Final = "两分钟里没有等到确认，什么都没有调取。再推送一次，或请持证人亮码"


def _short(name: str) -> str:
    """A name as one line has room for; the whole one stands on the list and in the case."""
    return name if len(name) <= _NAME_CHARACTERS else f"{name[: _NAME_CHARACTERS - 1]}…"


def why_blocked(case: Case, asked: Requirement, holder: Party | None, session: Session) -> str:
    """Why nothing may be called at all; empty where it may.

    A principal's certificate is not called, in any way, before he signed the mandate.
    """
    if asked.certificate is None:
        return f"{asked.name}没有对应的电子证照。收原件或扫描"
    if not session.may(Act.CALL_CERTIFICATE):
        return "当前账号不能调证照，什么都没有调取。换有权限的人登录"
    handler = case.handler
    if handler is not None and asked.certificate.holder != "handler" and not handler.mandate.signed:
        return (
            f"{handler.party.name}的授权委托书还没有委托人签名，什么都没有调取。"
            "请委托人先签，或收纸质件"
        )
    if holder is None:
        return "还不知道申请人是谁，什么都没有调取。先读身份证"
    return ""


def span(seconds: int) -> str:
    """Minutes and seconds: ``8 分 42 秒``."""
    minutes, rest = divmod(max(0, seconds), 60)
    return f"{minutes} 分 {rest:02d} 秒" if minutes else f"{rest} 秒"


def granted(leave: Authorisation, item_name: str, at: datetime) -> tuple[str, str]:
    """Who gave leave and how; then what for and how long it lasts."""
    who = _GRANTED[leave.mode].format(name=_short(leave.holder.name))
    lasts = ""
    if leave.valid_until_at is not None:
        lasts = f"，{span(int((leave.valid_until_at - at).total_seconds()))}后失效"
    return who, f"只用于{item_name}{lasts}"


def not_granted(state: AuthorisationState) -> str:
    """Why there is no leave, and what to do."""
    return f"{AUTHORISATION_STATES[state]}，什么都没有调取。请持证人再亮码，或收纸质件"


def issued(certificate: CertificateSummary) -> str:
    """Day, validity and issuer, for the second line of a row."""
    return "，".join(
        (f"{certificate.issued_on} 签发", validity(certificate), certificate.issuer_name)
    )


def validity(certificate: CertificateSummary) -> str:
    """How long it is good for."""
    until = certificate.valid_until_on
    return f"有效期至 {until}" if until else "长期有效"


def why_not(certificate: CertificateSummary, reasons: Sequence[Unusable]) -> str:
    """The first reason in a few words, for the chip."""
    reason = reasons[0]
    until = certificate.valid_until_on
    if reason is Unusable.EXPIRED and until is not None:
        return f"{until} {UNUSABLE[reason]}"
    return UNUSABLE[reason]


def why_not_in_full(certificate: CertificateSummary, reasons: Sequence[Unusable]) -> str:
    """Every reason, and what to do instead."""
    words = "、".join(UNUSABLE[reason] for reason in reasons)
    return f"这份{certificate.type_name}不能用：{words}。换一份，或扫描纸质件"


def checks(
    row: MaterialMatch, wanted_name: str, seal: SealState, found: CertificateLook | None, on: date
) -> tuple[tuple[bool | None, str], ...]:
    """What was looked at here, each with whether it holds; None where nobody can tell."""
    certificate = row.certificate
    until = certificate.valid_until_on
    same = certificate.holder_name == wanted_name
    return (
        (
            certificate.status.value == "VALID",
            f"状态{CERTIFICATE_STATUSES[certificate.status]}",
        ),
        (until is None or until >= on, validity(certificate)),
        (same, f"持证人是{certificate.holder_name}" + ("" if same else f"，不是{wanted_name}")),
        (_SEAL_HOLDS.get(seal), SEALS[seal]),
        (None, "未接入国密验签"),
        *_left_open(found),
    )


def _left_open(found: CertificateLook | None) -> Iterator[tuple[None, str]]:
    """What our own look into a file leaves open, whatever it found."""
    if found is None:
        return
    if found.look.seals:
        yield None, "时间戳、吊销没有核"
    if not found.look.followed:
        yield None, "签发机构没有核"
    if found.undigested:
        yield None, "库没有给文件摘要"


def summed_up(usable: int, rest: int, missing: Sequence[str], unnamed: int) -> str:
    """How many can be used, what was not found, and how many are not listed."""
    parts = [f"可用 {usable} 份" if usable else all_unusable(rest)]
    if usable and rest:
        parts.append(f"{rest} 份不能用")
    if missing:
        parts.append(f"没查到{'、'.join(missing)}")
    if unnamed:
        parts.append(f"另有 {unnamed} 份本件不要，不列名")
    return "，".join(parts)


def duty_left(left: int) -> str:
    """How often one may still look by duty today."""
    if not left:
        return "今天依职责核验的次数用完了。请持证人亮码，或收纸质件"
    return f"理由写进用证记录，持证人可查。不选就不调取。今天还能核验 {left} 次，自动再核的也算"


def left_over(used: int, left: int) -> str:
    """What is left to choose one by one after everything plain was used."""
    if not left:
        return f"已用 {used} 份。" if used else "没有可以一起用的。看每份后面的原因，或按 F7 扫描"
    done = f"已用 {used} 份。" if used else "没有可以一起用的。"
    return f"{done}还有 {left} 项要逐份看：有冲突、要选一份、签章要人看，或者文件不能用"


def fills(count: int, conflicts: int) -> str:
    """How much the certificate brings into the form."""
    return (
        f"带入申请表 {count} 项，{conflicts} 项和手填的不一样"
        if conflicts
        else (f"带入申请表 {count} 项，没有冲突")
    )


def nothing_found(holder_name: str, type_name: str) -> str:
    """The library answered: there is none."""
    return f"省证照库里没有{holder_name}的{type_name}"


def all_unusable(count: int) -> str:
    """The library answered, but nothing of it may be used."""
    return f"查到 {count} 份，都不能用，原因写在后面"


def ready(count: int) -> str:
    """That more can be used under the same leave; nobody waits for it."""
    return f"这次授权还能用在 {count} 项材料，到材料上按 F8，不用再亮码"


def ways_on(asked: Requirement) -> str:
    """What may be done without the library, by what the standard allows."""
    later = asked.deferral_workdays is not None and not asked.main
    return f"{TWO_WAYS}。这项可以容缺，回到材料按 5" if later else TWO_WAYS


LIBRARY_DOWN: Final = "省证照库没有响应"
TWO_WAYS: Final = "可扫描纸质件；也可先收件，五个工作日内核验后再定。已录入的内容都在"
