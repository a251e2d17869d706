"""Asks the certificate library again: a status before acceptance, and what it could not tell before.

Behind the window, and only what leave still covers (``clerk.domain.certificate_recheck``). No
transaction is open while the library is asked.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from clerk.domain.case import Case
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationState,
    CertificateSummary,
    CertificateUse,
)
from clerk.domain.certificate_call import LaterRight
from clerk.domain.certificate_compared import compared
from clerk.domain.certificate_recheck import (
    RecheckBasis,
    Rechecked,
    agreed_to_later_check,
    basis_of,
    left_to_a_person,
    noted_unasked,
    rechecked,
    unverified,
    with_rechecks,
)
from clerk.domain.certificate_status import (
    READ_AHEAD,
    StatusRead,
    certificates_held,
    status_of,
    unread,
)
from clerk.domain.errors import NotAllowed, RemoteGarbled, RemoteRefused, RemoteTrouble
from clerk.domain.identity import Act, Session
from clerk.domain.standard import Requirement
from clerk.domain.tasks import TaskKind, is_open
from clerk.services.certificate_leave import duty_calls_left
from clerk.services.certificate_purpose import holder_in, purpose_of
from clerk.services.desk import Desk
from clerk.services.library_asking import asked_by_duty, listed
from clerk.services.records import record
from clerk.storage import cases, settings, tasks
from clerk.values import dataclass

NEXT_ROUND: Final = "certificates.next_round_at"
BETWEEN_ROUNDS: Final = timedelta(minutes=1)
"""So long a library that did not answer is left alone."""

AT_ONCE: Final = 10
_RIGHTS: Final = {
    RecheckBasis.CONSENT: LaterRight.SPOKEN_WORD,
    RecheckBasis.DUTY: LaterRight.DUTY,
}
"""Those without a leave of the holder's that still runs."""

_REASONS: Final = {
    RecheckBasis.LEAVE: "证照库恢复后核验{}，在原授权期限内",
    RecheckBasis.CONSENT: "证照库恢复后核验一次{}，凭持证人当面同意",
    RecheckBasis.DUTY: "证照库恢复后核验{}，沿用本件依职责用证的事由",
}


def with_library_state(desk: Desk, case: Case) -> Case:
    """Return the case with a note on each paper that came while the library was down."""
    standard = desk.standard(case.item_code, case.standard_version)
    return noted_unasked(standard, case, lambda at: desk.library.was_down(at, case.case_id))


def agree_to_later_check(desk: Desk, session: Session, case: Case) -> Case:
    """Return the draft with the holder's word that the library may be asked once when it is back.

    Raises:
        NotAcceptable: no paper came while it was down, or its holder does not stand here.
    """
    session.require(Act.CALL_CERTIFICATE)
    standard = desk.standard(case.item_code, case.standard_version)
    return agreed_to_later_check(standard, case, session, desk.now())


def taken_in(desk: Desk, case: Case, at: datetime) -> Case:
    """Return a case that is being taken in, with the task to verify what nobody could verify."""
    return with_rechecks(desk.rules(case), with_library_state(desk, case), at)


def unread_statuses(desk: Desk, case: Case) -> tuple[str, ...]:
    """Return the materials whose certificate must be read again before F9."""
    return unread(case, desk.now(), READ_AHEAD)


def read_statuses(desk: Desk, session: Session, case: Case) -> tuple[StatusRead, ...]:
    """Read the status of every certificate of the draft that was not read lately.

    The caller lets the answers stand with the draft by ``certificate_status.with_statuses``.

    Raises:
        NotAllowed: the leave it came by has run out; the holder shows his code once more.
        RemoteTrouble: the library did not answer; nothing is accepted upon it.
    """
    session.require(Act.CALL_CERTIFICATE)
    standard = desk.standard(case.item_code, case.standard_version)
    stale = unread_statuses(desk, case)
    return tuple(_read(desk, session, case, standard.requirement(code)) for code in stale)


def _read(desk: Desk, session: Session, case: Case, asked: Requirement) -> StatusRead:
    use = certificates_held(case)[asked.code]
    if use.leave_until_at is not None and desk.now() >= use.leave_until_at:
        raise NotAllowed(f"{asked.name}的授权已过期，状态没有再读。请持证人再亮一次码，或收纸质件")
    standard = desk.standard(case.item_code, case.standard_version)
    purpose = purpose_of(standard, (asked,), case, f"受理前再读{asked.name}的状态")
    found = listed(desk, session, case, asked, _leave_of(use), purpose)
    return status_of(asked.code, use, found, desk.now())


def ask_again(desk: Desk, session: Session) -> int:
    """Verify what could not be verified when it was taken in; how many cases changed.

    Called behind the window every few seconds. While the library does not answer nothing changes;
    whoever may not call certificates leaves it to another window.
    """
    if not session.may(Act.CALL_CERTIFICATE):
        return 0
    now = desk.now()
    with desk.store.read() as tx:
        waiting = tasks.due_by(tx, desk.today(), {TaskKind.RECHECK_CERTIFICATE}, AT_ONCE)
        said = settings.get(tx, settings.COUNTER, NEXT_ROUND) if waiting else None
    if not waiting or (said and now < datetime.fromisoformat(said) <= now + BETWEEN_ROUNDS):
        return 0  # one that lies further ahead was written by a clock that was wrong
    try:
        desk.certificates.ping(desk.call(session, None))
        for line in waiting:
            _verify(desk, session, line.case_id, line.subject)
    except RemoteTrouble as trouble:
        desk.library.failed(trouble, now, None)
        with desk.store.begin() as tx:
            settings.put(tx, settings.COUNTER, NEXT_ROUND, (now + BETWEEN_ROUNDS).isoformat())
        raise
    return len(waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What the library said; ``found`` is None where it gave no leave."""

    basis: RecheckBasis
    authorisation_id: str
    found: Sequence[CertificateSummary] | None


def _verify(desk: Desk, session: Session, case_id: UUID, code: str) -> None:
    """Ask about one material if somebody's leave covers it; else it is left to a person."""
    with desk.store.read() as tx:
        case = cases.load(tx, case_id)
    answer = None
    if code in unverified(desk.rules(case).standard, case, desk.now()):
        answer = _asked(desk, session, case, code)
    with desk.store.begin() as tx:
        now_held = cases.load(tx, case_id)
        if not is_open(now_held, TaskKind.RECHECK_CERTIFICATE, code):
            return
        same_paper = now_held.evidence.get(code) == case.evidence.get(code)
        after = _after(desk, session, now_held, code, answer if same_paper else None)
        cases.save(tx, after)
        record(
            desk,
            tx,
            session,
            "case.certificate_rechecked",
            case_id,
            material=code,
            basis=answer.basis.value if answer else "",
        )


def _after(desk: Desk, session: Session, case: Case, code: str, answer: _Answer | None) -> Case:
    rules, now = desk.rules(case), desk.now()
    if answer is None or answer.found is None:
        return left_to_a_person(rules, case, code, now)
    outcome, number, changed = compared(rules.standard, case, code, answer.found, desk.today())
    said = Rechecked(
        material=code,
        outcome=outcome,
        basis=answer.basis,
        number=number,
        authorisation_id=answer.authorisation_id,
        changed=changed,
    )
    return rechecked(rules, case, said, session, now)


def _asked(desk: Desk, session: Session, case: Case, code: str) -> _Answer | None:
    """Ask the library by whatever right there is; what cannot be used is no answer about it.

    One case that is always answered badly may not hold up those behind it: it goes to a person.
    So does what is asked by duty alone, without anybody's word, once the day's cap is reached.
    """
    standard = desk.rules(case).standard
    asked, held = standard.requirement(code), case.evidence[code]
    leave = desk.library.leave_of(case.case_id, code, desk.now())
    by_duty = session.may(Act.CALL_BY_DUTY) and duty_calls_left(desk, session) > 0
    basis = basis_of(standard, case, code, desk.now(), leave=leave, by_duty=by_duty)
    if basis is None or asked.certificate is None:
        return None
    purpose = purpose_of(standard, (asked,), case, _REASONS[basis].format(asked.name))
    use = held.certificate
    try:
        right = _RIGHTS.get(basis)
        if right is not None:
            holder = use.holder if use else holder_in(asked, case)
            leave = asked_by_duty(desk, session, case, asked, holder, purpose, right)
        elif use is not None:
            leave = _leave_of(use)
        if leave is None or not leave.granted(desk.now()):
            return _Answer(basis=basis, authorisation_id="", found=None)
        found = listed(desk, session, case, asked, leave, purpose, right)
    except (RemoteRefused, RemoteGarbled):
        return _Answer(basis=basis, authorisation_id="", found=None)
    return _Answer(basis=basis, authorisation_id=leave.authorisation_id, found=found)


def _leave_of(use: CertificateUse) -> Authorisation:
    """Return the leave that a certificate of the file came by."""
    return Authorisation(
        authorisation_id=use.authorisation_id,
        state=AuthorisationState.GRANTED,
        mode=use.mode,
        holder=use.holder,
        valid_until_at=use.leave_until_at,
    )
