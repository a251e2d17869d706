"""The holder's leave to look (本人授权): by code, by phone, by mandate, by duty.

One leave covers all certificates of its holder that the materials of the case ask for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from typing import Final

from clerk.domain.call import Call
from clerk.domain.case import Case
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    AuthorisationState,
    CertificateSummary,
)
from clerk.domain.certificate_call import CallAbout, LaterRight
from clerk.domain.certificate_matching import type_codes
from clerk.domain.days import HALL_ZONE
from clerk.domain.errors import BadInput, NotAllowed
from clerk.domain.identity import Act, Session
from clerk.domain.secret import Secret
from clerk.services.call_journal import journaled, note_asking_ended
from clerk.services.certificate_memory import HeldList
from clerk.services.certificate_purpose import (
    holder_in,
    link_of,
    purpose_of,
    require_leave_of_principal,
    wanted_under,
    wanted_with,
)
from clerk.services.desk import Desk
from clerk.storage import certificate_calls

_ASKED_BY_DUTY: Final = tuple(
    f"request_authorisation:{why.value}" for why in (AuthorisationMode.BY_DUTY, LaterRight.DUTY)
)
"""What counts to the day's cap: whatever is asked without the holder's word (soap.md 6.3)."""


def authorise_by_code(
    desk: Desk, session: Session, case: Case, requirement_code: str, code: Secret
) -> Authorisation:
    """Exchange the code the holder shows for his leave; what it covers is kept for ``match``.

    The code is a secret: it is never written anywhere, and nothing of it is left afterwards.

    Raises:
        NotAllowed: the person at the window may not authorise this for the holder, or whoever
            showed the code holds nothing that the case asks for.
        RemoteTrouble: no leave was given, or nobody knows; the paper way stays open.
    """
    session.require(Act.CALL_CERTIFICATE)
    standard, asked, _ = link_of(desk, case, requirement_code)
    require_leave_of_principal(desk, case, asked, AuthorisationMode.CODE)
    purpose = purpose_of(standard, wanted_with(desk, case, asked), case)
    call = desk.call(session, case.case_id)
    shown = code.take()
    with cancellable(desk, call):
        granted, found = journaled(
            desk,
            call,
            "verify_use_code",
            asked.code,
            lambda: desk.certificates.verify_use_code(call, shown, purpose),
            CallAbout(purpose=purpose, mode=AuthorisationMode.CODE),
            leave_of=lambda answer: answer[0],
        )
    _hold(desk, case, granted, found)
    return granted


def request_authorisation(
    desk: Desk,
    session: Session,
    case: Case,
    requirement_code: str,
    mode: AuthorisationMode,
    reason: str,
) -> Authorisation:
    """Ask the holder's phone once for all he is asked for, or call by duty with a listed reason.

    Raises:
        NotAllowed: the mandate does not cover it, the role may not call by duty, or has done so
            too often today.
        BadInput: it is by duty and no reason was given.
        RemoteTrouble: as ``authorise_by_code``.
    """
    by_duty = mode is AuthorisationMode.BY_DUTY
    session.require(Act.CALL_BY_DUTY if by_duty else Act.CALL_CERTIFICATE)
    standard, asked, _ = link_of(desk, case, requirement_code)
    require_leave_of_principal(desk, case, asked, mode)
    if by_duty:
        if not reason.strip():
            raise BadInput("依职责核验要写明理由，没有调取。选好理由再调")
        _require_duty_left(desk, session)
    holder, wanted = holder_in(asked, case), wanted_with(desk, case, asked)
    purpose, types = purpose_of(standard, wanted, case, reason), type_codes(wanted)
    call = desk.call(session, case.case_id)
    with cancellable(desk, call):
        return journaled(
            desk,
            call,
            f"request_authorisation:{mode.value}",
            asked.code,
            lambda: desk.certificates.request_authorisation(call, holder, types, purpose, mode),
            CallAbout(purpose=purpose, holder=holder, mode=mode),
            leave_of=lambda answer: answer,
        )


def poll_authorisation(
    desk: Desk, session: Session, case: Case, asked_for: Authorisation
) -> Authorisation:
    """Ask where an authorisation stands; only the answer that ends the asking is journaled."""
    session.require(Act.CALL_CERTIFICATE)
    call = desk.call(session, case.case_id)
    with cancellable(desk, call):
        leave = desk.certificates.authorisation(
            call, asked_for.authorisation_id, asked_for.holder, asked_for.mode
        )
    if leave.state is not AuthorisationState.PENDING:
        note_asking_ended(desk, call, leave)
    return leave


def duty_calls_left(desk: Desk, session: Session) -> int:
    """Return how often this person may still call by duty today, whatever window he sits at.

    Certificates that are read again by duty behind the window count like those he asks for.
    """
    session.require(Act.CALL_BY_DUTY)
    local = desk.now().astimezone(HALL_ZONE)
    since = datetime.combine(local.date(), time(), HALL_ZONE)
    with desk.store.read() as tx:
        made = certificate_calls.count_by(tx, session.account.account_id, _ASKED_BY_DUTY, since)
    return max(0, desk.office.calls_by_duty_a_day - made)


def leaves_at_hand(desk: Desk, session: Session, case: Case) -> tuple[Authorisation, ...]:
    """Return the leaves given for this case that still run: nobody is asked twice for one."""
    session.require(Act.CALL_CERTIFICATE)
    standard = desk.standard(case.item_code, case.standard_version)
    now = desk.now()
    held = (desk.library.leave_of(case.case_id, asked.code, now) for asked in standard.requirements)
    return tuple({one.authorisation_id: one for one in held if one is not None}.values())


@contextmanager
def cancellable(desk: Desk, call: Call) -> Iterator[None]:
    """Let ``cancel_calls`` end this call while it is under way."""
    if call.case_id is None:
        yield
        return
    desk.certificate_memory.began(call.case_id, call.message_id)
    try:
        yield
    finally:
        desk.certificate_memory.ended(call.case_id, call.message_id)


def cancel_calls(desk: Desk, session: Session, case: Case) -> None:
    """End whatever is under way for a case; the sockets close at once."""
    session.require(Act.CALL_CERTIFICATE)
    for message_id in desk.certificate_memory.under_way(case.case_id):
        desk.certificates.cancel(message_id)


def _hold(
    desk: Desk, case: Case, leave: Authorisation, found: tuple[CertificateSummary, ...]
) -> None:
    """Keep leave and list with the materials they may serve; with none nothing is kept."""
    for asked in wanted_under(desk, case, leave):
        desk.library.hold(case.case_id, asked.code, leave)
    held = HeldList(leave=leave, found=found, at=desk.now())
    desk.certificate_memory.keep_list(case.case_id, held)


def _require_duty_left(desk: Desk, session: Session) -> None:
    if duty_calls_left(desk, session) == 0:
        most = desk.office.calls_by_duty_a_day
        raise NotAllowed(
            f"今天依职责核验已满 {most} 次，没有调取。请持证人亮码或在手机上确认，或收纸质件"
        )
