"""What the certificate library is asked again when it is back (证照库恢复后再核), and what follows.

A paper taken while the library was down, and a certificate whose status nobody could read again,
are to be verified later. By itself only what somebody's leave still covers: leave that has not run
out, the holder's own word for one later check, or the duty by which it was called before. The rest
is a person's task. What the library says changes nothing in the file: the same is noted, anything
else is put before a person, old and new.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Final

from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    CertificateUse,
)
from clerk.domain.certificate_compared import RecheckOutcome
from clerk.domain.certificate_status import (
    FRESH,
    read_at,
)
from clerk.domain.changes import Change
from clerk.domain.course import CaseRules, done, event_by, settled
from clerk.domain.days import local_date
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.intake import editable
from clerk.domain.material import Evidence, Origin, Unasked
from clerk.domain.material_checks import holder_of
from clerk.domain.party import Party, PartyKind
from clerk.domain.standard import ItemStandard, Requirement, Way
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set
from clerk.values import dataclass, replace

K = CaseEventKind
HANDED_OVER: Final = frozenset({Origin.HANDED_IN, Origin.SCANNED, Origin.CHOSEN_FILE})
_ON_PAPER: Final = frozenset({Way.PAPER, Way.SCAN, Way.FILE})
_HANDLER: Final = "handler"


class RecheckBasis(StrEnum):
    """By what right the library is asked once more, or that a person looked himself."""

    LEAVE = "leave"
    CONSENT = "consent"
    DUTY = "duty"
    BEFORE_ACCEPTANCE = "before_acceptance"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecked:
    """The library's word on one material, compared with what lies in the file.

    ``authorisation_id`` names the leave it was asked by, ``number`` the certificate that was meant.
    """

    material: str
    outcome: RecheckOutcome
    basis: RecheckBasis
    number: str = ""
    authorisation_id: str = ""
    changed: tuple[Change, ...] = ()


def noted_unasked(standard: ItemStandard, case: Case, was_down: Callable[[datetime], bool]) -> Case:
    """Note on each paper with a certificate behind it that the library was down when it came."""
    noted = {
        asked.code: replace(held, unasked=Unasked(at=held.at))
        for asked, held in _papers(standard, case)
        if held.unasked is None and was_down(held.at)
    }
    return replace(case, evidence={**case.evidence, **noted}) if noted else case


def agreeable(standard: ItemStandard, case: Case) -> tuple[str, ...]:
    """Return the papers whose holder stands here and may agree to one later check."""
    papers = _papers(standard, case)
    return tuple(asked.code for asked, held in papers if may_agree(asked, held, case))


def may_agree(asked: Requirement, held: Evidence, case: Case) -> bool:
    """Whether the library was down for this paper, and its holder is here and has not agreed yet."""
    waits = held.unasked is not None and held.unasked.consent_at is None
    return waits and _holder_is_here(asked, case)


def agreed_to_later_check(
    standard: ItemStandard, case: Case, session: Session, at: datetime
) -> Case:
    """Write down that the holder lets the library be asked once about these papers (同意恢复后核一次).

    Raises:
        NotAcceptable: there is no such paper, or its holder does not stand here.
    """
    editable(case)
    codes = agreeable(standard, case)
    if not codes:
        raise NotAcceptable("没有证照库不通时收的、持证人在场的材料，没有记。以后由人核验")
    by = session.account.account_id
    agreed = {code: _agreed(case.evidence[code], by, at) for code in codes}
    noted = replace(case, evidence={**case.evidence, **agreed})
    for code in codes:
        holder = holder_of(standard.requirement(code), case)
        name = holder.name if holder else ""
        said = event_by(session, K.LATER_CHECK_AGREED, at, subject=code, holder=name)
        noted = noted.with_event(said)
    return noted


def _agreed(held: Evidence, by: str, at: datetime) -> Evidence:
    unasked = held.unasked or Unasked(at=held.at)
    return replace(held, unasked=replace(unasked, consent_at=at, consent_by=by))


def unverified(standard: ItemStandard, case: Case, at: datetime) -> tuple[str, ...]:
    """Return the materials that nobody has verified and that the library can tell of.

    Papers taken while it was down, and in a case that was only received the certificates whose
    status nobody had read lately when it was.
    """
    papers = [asked.code for asked, held in _papers(standard, case) if held.unasked is not None]
    certificates = [
        code
        for code, held in case.evidence.items()
        if held.certificate is not None
        and held.way is Way.CERTIFICATE
        and case.accepted_at is None
        and _taken_in_at(case, at) - read_at(held.certificate) > FRESH
    ]
    return tuple(code for code in sorted({*papers, *certificates}) if not verified(case, code))


def _taken_in_at(case: Case, at: datetime) -> datetime:
    """Return when the case was last taken in, ``at`` for a draft."""
    kinds = {K.RECEIVED, K.CORRECTED}
    return next((event.at for event in reversed(case.events) if event.kind in kinds), at)


def verified(case: Case, code: str) -> bool:
    """Whether the material as it lies there was found to be true after it came."""
    held = case.evidence.get(code)
    return held is not None and any(
        event.kind is K.CERTIFICATE_RECHECKED
        and event.subject == code
        and event.at >= held.at
        and event.detail.get("outcome") == RecheckOutcome.SAME
        for event in case.events
    )


def with_rechecks(rules: CaseRules, case: Case, at: datetime) -> Case:
    """Return a case that was taken in, with the task to verify what nobody could verify.

    What was asked about already is with a person, or behind him.
    """
    if case.state is CaseState.DRAFT:
        return case
    due_on = local_date(at)
    new = [
        task_set(TaskKind.RECHECK_CERTIFICATE, due_on, at, code)
        for code in unverified(rules.standard, case, at)
        if not _is_under_way(case, code)
    ]
    return settled(rules, case, new) if new else case


def _is_under_way(case: Case, code: str) -> bool:
    kinds = (TaskKind.RECHECK_CERTIFICATE, TaskKind.VERIFY_CERTIFICATE)
    told, came_at = last_recheck(case, code), case.evidence[code].at
    return any(is_open(case, kind, code) for kind in kinds) or (
        told is not None and told.at >= came_at
    )


def basis_of(
    standard: ItemStandard,
    case: Case,
    code: str,
    at: datetime,
    *,
    leave: Authorisation | None,
    by_duty: bool,
) -> RecheckBasis | None:
    """Return by what right the library may be asked about a material now; None: a person's task.

    Args:
        standard: the version the case was taken in under.
        case: the case as it stands.
        code: the material.
        at: the instant.
        leave: the holder's leave for this case and material, where it is still in memory.
        by_duty: whether whoever is signed in may call by duty.
    """
    asked, held = standard.requirement(code), case.evidence.get(code)
    if held is None or asked.certificate is None:
        return None
    use = held.certificate
    if held.way is Way.CERTIFICATE and use is not None:
        return _basis_of_certificate(use, at, by_duty=by_duty)
    holder = holder_of(asked, case)
    if leave is not None and leave.granted(at) and _is_holder(leave, holder):
        return RecheckBasis.LEAVE
    agreed = held.unasked is not None and held.unasked.consent_at is not None
    if agreed and _holder_is_here(asked, case) and not _spent(case, code, held):
        return RecheckBasis.CONSENT
    return None


def _basis_of_certificate(
    use: CertificateUse, at: datetime, *, by_duty: bool
) -> RecheckBasis | None:
    if use.leave_until_at is not None and at < use.leave_until_at:
        return RecheckBasis.LEAVE
    duty = use.mode is AuthorisationMode.BY_DUTY and by_duty and not use.relation
    return RecheckBasis.DUTY if duty else None


def _is_holder(leave: Authorisation, holder: Party | None) -> bool:
    return holder is not None and leave.holder.id_number.upper() == holder.id_number.upper()


def _spent(case: Case, code: str, held: Evidence) -> bool:
    """Whether the one later check was made: it covers one answer and no second."""
    return any(
        event.kind is K.CERTIFICATE_RECHECKED
        and event.subject == code
        and event.detail.get("basis") == RecheckBasis.CONSENT
        and event.at >= held.at
        for event in case.events
    )


def rechecked(
    rules: CaseRules, case: Case, found: Rechecked, session: Session, at: datetime
) -> Case:
    """Return the case with the library's word in its course; nothing in its file changes.

    The same ends the matter. Anything else is a task for a person who decides what follows.
    """
    told = _told(found, session, at)
    over = task_done(TaskKind.RECHECK_CERTIFICATE, None, at, found.material)
    if found.outcome is RecheckOutcome.SAME:
        return settled(rules, case, (told, over))
    look = task_set(TaskKind.LOOK_AT_CERTIFICATE, local_date(at), at, found.material)
    return settled(rules, case, (told, over, look))


def left_to_a_person(rules: CaseRules, case: Case, code: str, at: datetime) -> Case:
    """Return the case with the task to ask the holder again, or to verify by hand."""
    over = task_done(TaskKind.RECHECK_CERTIFICATE, None, at, code)
    if code not in unverified(rules.standard, case, at):
        return settled(rules, case, (over,))  # another paper lies there now
    ask = task_set(TaskKind.VERIFY_CERTIFICATE, local_date(at), at, code)
    return settled(rules, case, (over, ask))


def verify_by_hand(
    rules: CaseRules,
    case: Case,
    code: str,
    outcome: str,
    grounds: str,
    session: Session,
    at: datetime,
) -> Case:
    """Write down what a person found who verified the material himself (人工核验).

    Raises:
        NotAcceptable: there is nothing to verify of this material.
        BadInput: it is not said what was found, or how it is known.
    """
    if not is_open(case, TaskKind.VERIFY_CERTIFICATE, code):
        raise NotAcceptable("这份材料没有待核验的，没有登记。按 F5 刷新后看最新进度")
    if outcome not in set(RecheckOutcome):
        raise BadInput("还没选核验结果，没有登记。选一项再办")
    if not grounds.strip():
        raise BadInput("还没写凭什么认定，没有登记。写明怎么核的，看到什么")
    said = Rechecked(material=code, outcome=RecheckOutcome(outcome), basis=RecheckBasis.BY_HAND)
    told = _told(said, session, at)
    told = replace(told, detail={**told.detail, "grounds": grounds.strip()})
    over = task_done(TaskKind.VERIFY_CERTIFICATE, session, at, code)
    if said.outcome is RecheckOutcome.SAME:
        return done(rules, case, told, over)
    look = task_set(TaskKind.LOOK_AT_CERTIFICATE, local_date(at), at, code)
    return done(rules, case, told, over, look)


def look_at_change(
    rules: CaseRules, case: Case, code: str, note: str, session: Session, at: datetime
) -> Case:
    """Write down what a person concludes from a certificate that tells otherwise (核看证照变化).

    Raises:
        NotAcceptable: there is nothing to look at.
        BadInput: nothing was written.
    """
    if not is_open(case, TaskKind.LOOK_AT_CERTIFICATE, code):
        raise NotAcceptable("这份材料没有要核看的证照变化，没有登记。按 F5 刷新后看最新进度")
    if not note.strip():
        raise BadInput("还没写怎么处理，没有登记。写明再办")
    seen = task_done(TaskKind.LOOK_AT_CERTIFICATE, session, at, code)
    return done(rules, case, replace(seen, detail={"note": note.strip()}))


def last_recheck(case: Case, code: str) -> CaseEvent | None:
    """Return the last word on a material, None where there was none."""
    told = (
        event
        for event in reversed(case.events)
        if event.kind is K.CERTIFICATE_RECHECKED and event.subject == code
    )
    return next(told, None)


def _told(found: Rechecked, session: Session, at: datetime) -> CaseEvent:
    return event_by(
        session,
        K.CERTIFICATE_RECHECKED,
        at,
        subject=found.material,
        changed=found.changed,
        outcome=found.outcome.value,
        basis=found.basis.value,
        number=found.number,
        authorisation=found.authorisation_id,
    )


def _papers(standard: ItemStandard, case: Case) -> Iterator[tuple[Requirement, Evidence]]:
    """Return the papers that a certificate of the library could have stood for."""
    for asked in standard.requirements:
        held = case.evidence.get(asked.code)
        if held is None or asked.certificate is None or Way.CERTIFICATE not in asked.ways:
            continue
        if held.way in _ON_PAPER and held.origin in HANDED_OVER:
            yield asked, held


def _holder_is_here(asked: Requirement, case: Case) -> bool:
    """Whether the holder himself stands at the window: nobody consents for a third person."""
    link, party = asked.certificate, holder_of(asked, case)
    if link is None or party is None or not party.id_number:
        return False
    if case.handler is not None:
        return link.holder == _HANDLER
    return _can_speak(party, case)


def _can_speak(party: Party, case: Case) -> bool:
    """Whether a person speaks for himself, or a body by its representative who stands here."""
    applicant = case.applicant
    if applicant is None:
        return False
    himself = party.kind is PartyKind.PERSON or applicant.representative is not None
    return himself and party in {applicant.party, applicant.representative}
