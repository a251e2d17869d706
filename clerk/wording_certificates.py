"""Words of certificates that are asked about again: course, tasks, and the row at the counter."""

from collections.abc import Mapping
from typing import Final

from clerk.domain.case import Case, CaseEvent
from clerk.domain.certificate import CertificateStatus, CertificateUse
from clerk.domain.certificate_compared import RecheckOutcome
from clerk.domain.certificate_file import SealState
from clerk.domain.certificate_matching import HolderRelation
from clerk.domain.certificate_recheck import RecheckBasis, last_recheck
from clerk.domain.certificate_status import HOLDER, ISSUER, NUMBER, STATUS, VALID_UNTIL, read_at
from clerk.domain.changes import Change
from clerk.domain.material import Evidence
from clerk.domain.standard import ItemStandard, Way
from clerk.wording import CERTIFICATE_STATUSES, clock

VERIFIED_BY_HAND: Final[Mapping[str, str]] = {
    RecheckOutcome.SAME.value: "核过了，和卷里的一致",
    RecheckOutcome.DIFFERENT.value: "和卷里的不一致",
    RecheckOutcome.NOT_FOUND.value: "查不到这本证照",
}

SEALS: Final[Mapping[SealState, str]] = {
    SealState.UNCHECKED: "签章还没看",
    SealState.NONE: "没有签章",
    SealState.INTACT: "签章完好",
    SealState.RESEALED: "签章完好，后来又加盖",
    SealState.UNTRUSTED: "签章签发机构不受信任",
    SealState.PARTLY: "签章未覆盖全部内容",
    SealState.CHANGED: "盖章后被改动",
    SealState.UNDECIDED: "签章不能判断",
}
"""What our own look found; it never says 验签通过."""

RELATIONS: Final[Mapping[HolderRelation, str]] = {
    HolderRelation.HEAD: "法定代表人、负责人或经营者",
    HolderRelation.BODY: "申请人名下或代表的单位",
    HolderRelation.AGENT: "受托人",
    HolderRelation.GUARDIAN: "监护人",
    HolderRelation.HOUSEHOLD: "同户人",
}
"""What the holder of a certificate is to the applicant."""

READING_AGAIN: Final = "正在再读状态"
AGREE: Final = "同意再核"
STATUS_UNREAD: Final = "状态没读到"
NOT_ACCEPTED_UPON: Final = "不能凭它受理，按 1 扫描纸质件，或 Shift F9 先收件"

_OUTCOMES: Final[Mapping[RecheckOutcome, str]] = {
    RecheckOutcome.SAME: "和卷里的一致",
    RecheckOutcome.DIFFERENT: "和卷里的不一致，卷里没有改，由人核看",
    RecheckOutcome.NOT_FOUND: "库里没有这本证照，卷里没有改，由人核看",
}
_BASES: Final[Mapping[RecheckBasis, str]] = {
    RecheckBasis.LEAVE: "省证照库，在原授权期限内",
    RecheckBasis.CONSENT: "省证照库，凭持证人同意的一次后续核验",
    RecheckBasis.DUTY: "省证照库，依职责",
    RecheckBasis.BEFORE_ACCEPTANCE: "省证照库，受理前再读",
    RecheckBasis.BY_HAND: "人工核验",
}
_NAMES: Final[Mapping[str, str]] = {
    STATUS: "状态",
    VALID_UNTIL: "有效期至",
    HOLDER: "持证人",
    NUMBER: "证号",
    ISSUER: "发证机关",
}


def whose_and_sealed(use: CertificateUse) -> str:
    """What a file's seal showed here, and what a holder who is not the applicant is to him."""
    seal = f"{SEALS[use.seal]}，未接入国密验签"
    relation = next((one for one in HolderRelation if one.value == use.relation), None)
    if relation is None:
        return seal
    return f"{use.holder.name}（{RELATIONS[relation]}），{seal}"


def recheck_title(event: CaseEvent, _: Case, standard: ItemStandard) -> str:
    """What was verified again: ``再核证照：营业执照``."""
    return f"再核证照：{standard.requirement(event.subject).name}"


def recheck_note(event: CaseEvent, _: Case, standard: ItemStandard) -> str:
    """What came of it, who said so, and what is different, old and new."""
    basis = RecheckBasis(event.detail["basis"])
    parts = [_BASES[basis]]
    if basis is not RecheckBasis.BEFORE_ACCEPTANCE:
        parts.append(_OUTCOMES[RecheckOutcome(event.detail["outcome"])])
    parts += [change_words(one, standard) for one in event.changed]
    return "，".join(part for part in (*parts, event.detail.get("grounds", "")) if part)


def change_words(change: Change, standard: ItemStandard) -> str:
    """One difference, old and new: ``经营场所 原 A，现 B``."""
    labels = {line.code: line.label for line in standard.fields}
    name = _NAMES.get(change.code) or labels.get(change.code, change.code)
    before, after = change.before, change.after
    if change.code == STATUS:
        before, after = _status(before), _status(after)
    return f"{name} 原 {before or '没有'}，现 {after or '没有'}"


def change_line(standard: ItemStandard, case: Case, code: str) -> str:
    """A material with what is different about its certificate, for the list of what to look at."""
    name, told = standard.requirement(code).name, last_recheck(case, code)
    if told is None:
        return name
    said = "；".join(change_words(one, standard) for one in told.changed)
    outcome = RecheckOutcome(told.detail["outcome"])
    return f"{name}，{said or VERIFIED_BY_HAND[outcome.value]}"


def status_line(held: Evidence) -> str:
    """When the library last told the status, for the right end of a row; empty for papers."""
    use = held.certificate if held.way is Way.CERTIFICATE else None
    return f"状态 {clock(read_at(use))} 读" if use is not None else ""


def unasked_line(held: Evidence) -> str:
    """What becomes of a paper that came while the library was down; empty for the rest."""
    if held.unasked is None:
        return ""
    return "证照库通了再核" if held.unasked.consent_at else "证照库不通，待核"


def not_read(why: str) -> str:
    """That a status could not be read before acceptance, why, and the ways that stay open."""
    return f"证照状态没有读到，不能凭它受理。{why}。收纸质件，或按 Shift F9 先收件"


def _status(code: str) -> str:
    known = code in set(CertificateStatus)
    return CERTIFICATE_STATUSES[CertificateStatus(code)] if known else code
