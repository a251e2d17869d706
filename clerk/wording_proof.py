"""One answer for every way of a material: satisfied by what, proven how, until when (D1).

The same words wherever a material is shown: the row of 受理, the chief's view, the drawer of 办件,
the papers and the archived file.
"""

import re
from typing import Final

from clerk.domain.case import Case
from clerk.domain.certificate import CertificateUse
from clerk.domain.days import local_date
from clerk.domain.masking import masked_identity_number
from clerk.domain.material import Evidence, Origin
from clerk.domain.shared_data import SharedAnswer
from clerk.domain.standard import ItemStandard, Requirement, Way
from clerk.values import dataclass
from clerk.wording import CERTIFICATE_STATUSES, ORIGINS, clock, short_day
from clerk.wording_reuse import earlier_words
from clerk.wording_shared import SOURCES

LIST_TITLE: Final = "材料清单"
_NO_END: Final = "长期有效"
_RESIDENT_NUMBER: Final = re.compile(r"[0-9]{6}(?:19|20)[0-9]{9}[0-9X]")
"""As GB 11643 writes it; a body's code has no year there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """``by`` says what satisfies the material, ``how`` how that is known, ``until`` for how long.

    ``until`` is empty where nothing runs out.
    """

    by: str
    how: str
    until: str = ""

    @property
    def line(self) -> str:
        """All three in one line."""
        return "，".join(part for part in (self.by, self.how, self.until) if part)


def proof_of(asked: Requirement, held: Evidence, case: Case) -> Proof:
    """Return what satisfies ``asked`` in this case, how that is known, and until when it holds."""
    who = _name_of(held.by, case)
    seen = f"{who} {short_day(local_date(held.at))} {clock(held.at)}"
    match held.way:
        case Way.CERTIFICATE if held.certificate is not None:
            use = held.certificate
            status = CERTIFICATE_STATUSES[use.status]
            at = f"{short_day(local_date(use.fetched_at))} {clock(use.fetched_at)}"
            return Proof(
                by="电子证照",
                how=f"{use.number or use.type_name}，{at} 调取，状态{status}",
                until=_until(held) or _NO_END,
            )
        case Way.SHARED_DATA:
            return _by_source(held)
        case Way.COMMITMENT:
            signer = held.letter.signer if held.letter else ""
            return Proof(
                by="告知承诺书",
                how=f"{signer}，{short_day(local_date(held.at))}签".lstrip("，"),
            )
        case Way.DEFERRAL:
            due = f"{short_day(held.due_on)}前补交" if held.due_on else ""
            return Proof(by="容缺后补", how="申请人书面承诺补交", until=due)
        case Way.EXEMPT:
            return Proof(by="免提交", how=f"{asked.exemption}，{seen} 认定".lstrip("，"))
        case _:
            return _by_paper(held, seen)


def proof_lines(standard: ItemStandard, case: Case) -> tuple[tuple[str, str], ...]:
    """Return every material that is there by name, in the standard's order, with its proof."""
    return tuple(
        (asked.name, proof_of(asked, case.evidence[asked.code], case).line)
        for asked in standard.requirements
        if asked.code in case.evidence
    )


def proof_on_paper(asked: Requirement, held: Evidence, case: Case) -> str:
    """Return what a paper says beside how a material came: of copies and pages it has columns."""
    proof = proof_of(asked, held, case)
    match held.way:
        case Way.CERTIFICATE if held.certificate is not None:
            parts = [_number_shown(held.certificate), proof.until]
        case Way.SHARED_DATA if held.shared is not None:
            parts = [_record(held.shared)]
        case Way.COMMITMENT:
            parts = [proof.how]
        case Way.EXEMPT:
            parts = [asked.exemption]
        case _:
            parts = [proof.until]
    return "，".join(part for part in parts if part)


def _name_of(account: str, case: Case) -> str:
    """Return the name that whoever took a material bore; the case's course knows its people."""
    if account == case.clerk:
        return case.clerk_name
    return next((one.actor_name for one in case.events if one.actor == account), account)


def _number_shown(use: CertificateUse) -> str:
    """Return a certificate's number; a card that is numbered like its holder shows no birthday."""
    number = use.number or use.type_name
    whole = _RESIDENT_NUMBER.search(number)
    if whole is None:
        return number
    return number.replace(whole[0], masked_identity_number(whole[0]))


def _by_source(held: Evidence) -> Proof:
    answer = held.shared
    if answer is None:
        return Proof(by=ORIGINS[Origin.SHARED_DATA], how="没有留下记录号")
    return Proof(
        by=ORIGINS[Origin.SHARED_DATA],
        how=f"{_record(answer)}，{answer.reason}",
        until=f"{short_day(local_date(answer.at))} {clock(answer.at)} 核的",
    )


def _record(answer: SharedAnswer) -> str:
    as_of = f"，{short_day(answer.as_of)}的数据" if answer.as_of else ""
    return f"{SOURCES[answer.source]} 记录 {answer.record_number}{as_of}"


def _by_paper(held: Evidence, seen: str) -> Proof:
    """A paper, however it came: read from the chip, seen by somebody, scanned, chosen, left here."""
    pages = f" {held.pages} 页" if held.pages else ""
    match held.origin:
        case Origin.READ_FROM_CARD:
            return Proof(by="居民身份证", how=f"读卡，{seen}", until=_until(held) or _NO_END)
        case Origin.MADE_BY_SYSTEM:
            return Proof(by=f"申请表{pages}", how="由填好的申请表生成，已签名")
        case Origin.SIGNED_MANDATE:
            return Proof(by=f"委托书{pages}", how="委托人在屏上签名")
        case Origin.EARLIER:
            return Proof(by=earlier_words(held), how=seen, until=_until(held))
        case Origin.HANDED_IN:
            counted = (("原件", held.originals), ("复印件", held.copies))
            papers = "，".join(f"{name} {count} 份" for name, count in counted if count)
            return Proof(by="纸质件", how=f"{papers}，{seen} 看过".lstrip("，"), until=_until(held))
        case _:
            issued = f"，{short_day(held.issued_on)}开具" if held.issued_on else ""
            return Proof(
                by=f"{ORIGINS[held.origin]}{pages}", how=f"{seen} 存{issued}", until=_until(held)
            )


def _until(held: Evidence) -> str:
    return f"有效期至 {held.valid_until_on.isoformat()}" if held.valid_until_on else ""
