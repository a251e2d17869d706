"""F9 and Shift F9: accept (受理), receive (收件), tell once (一次性告知), decline (不予受理).

Each is one transaction: the case, its number, the journal line, and what others must be told. It
is on disk when the function returns, or nothing of it is.
"""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection

from clerk.documents.content import document_number
from clerk.domain.case import Case, CaseEventKind, CaseState, Notice
from clerk.domain.certificate_status import require_read
from clerk.domain.concluding import conclude, concludes
from clerk.domain.course import CaseRules
from clerk.domain.custody import ask_where
from clerk.domain.deadlines import due_date
from clerk.domain.errors import NotAcceptable
from clerk.domain.findings import NextAct, Verdict
from clerk.domain.hand_off import CaseNumber, MessageKind
from clerk.domain.hand_off_body import claim_body
from clerk.domain.identity import Act, Session
from clerk.domain.life import (
    accept,
    correct,
    decline,
    notify_once,
    receive,
    with_paper_number,
)
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.notice_points import notice_points, require_complete_list
from clerk.domain.office import counted_on
from clerk.domain.papers import PaperKind
from clerk.domain.papers_due import with_number
from clerk.domain.referral import Referral
from clerk.domain.standard import ItemStandard, LawKind
from clerk.domain.step_times import Step
from clerk.services.certificate_rechecks import taken_in
from clerk.services.desk import Desk
from clerk.services.draft_version import require_version_in_force
from clerk.services.drafts import typed_in
from clerk.services.numbers import number_of, numbered_paper, take_number
from clerk.services.rechecking import keep_checked
from clerk.services.records import record, tell, tell_of_case
from clerk.storage import intake_steps, typed_values
from clerk.storage import numbers as storage_numbers

CORRECTION_WORKDAYS = 30
"""The term for corrections is local; a bureau replaces it with its own in the item standard."""


def take_in(
    desk: Desk,
    session: Session,
    case: Case,
    act: NextAct,
    seconds: Mapping[Step, int] | None = None,
) -> Case:
    """Accept or receive the case and queue its hand-off.

    Args:
        desk: what the window has at hand.
        session: who acts.
        case: the draft as the clerk sees it, at the version it was last saved.
        act: what the verdict named; checked again here under the case's own version.
        seconds: how long each step took, kept for the item; None where not all was measured.

    Raises:
        NotAllowed: the role or the window may not do it.
        NotAcceptable: a finding still blocks the case.
        CaseChanged: another window saved the case meanwhile.
        StoreTrouble: nothing was kept.
    """
    accepting = act is NextAct.ACCEPT_AND_PASS_ON
    session.require(Act.ACCEPT if accepting else Act.RECEIVE)
    rules = desk.rules(case)
    standard = rules.standard
    now = desk.now()
    verdict = desk.verdict(session, case)
    if accepting:
        require_read(standard, case, now)
    desk.store.require_room_for_case()
    with desk.store.begin() as tx:
        require_version_in_force(desk, tx, case)
        borne = number_of(case)
        number = borne or take_number(desk, tx, case.case_id)
        taken = _taken(rules, case, verdict, number, act, session, now)
        if accepting:
            for kind in _numbered_kinds(rules, taken):
                taken = numbered_paper(desk, tx, session, taken, kind)
            if concludes(rules, taken):
                taken = conclude(rules, taken, session, now)
        if case.state is CaseState.CORRECTION_DUE:
            taken = _with_supplement(desk, tx, session, case, taken)
        changed = ask_where(rules, taken_in(desk, taken, now), now)
        saved = keep_checked(desk, session, tx, case, changed, verdict, now)
        _remember_typed(tx, saved, now)
        if seconds is not None:
            intake_steps.add(tx, saved, seconds, desk.today(), line_id=desk.new_id())
        tell_of_case(desk, tx, saved, verdict, number if borne is None else None)
        record(
            desk,
            tx,
            session,
            "case.accepted" if accepting else "case.received",
            saved.case_id,
            number=number.text,
            standard_version=standard.version,
        )
    return saved


def _with_supplement(desk: Desk, tx: Connection, session: Session, case: Case, taken: Case) -> Case:
    """Give the paper that says what was handed in late (补件单) its number."""
    kind = PaperKind.SUPPLEMENT_RECEIPT
    taken = numbered_paper(desk, tx, session, taken, kind)
    return with_number(case, taken, kind, taken.paper_numbers[kind.value])


def _taken(
    rules: CaseRules,
    case: Case,
    verdict: Verdict,
    number: CaseNumber,
    act: NextAct,
    session: Session,
    now: datetime,
) -> Case:
    if act is NextAct.ACCEPT_AND_PASS_ON:
        return accept(rules, case, verdict, number, session, now)
    if case.state is CaseState.CORRECTION_DUE:
        return correct(rules, case, verdict, session, now)
    return receive(rules, case, number, session, now)


def foreseen(desk: Desk, session: Session, case: Case, act: NextAct) -> Case | None:
    """Return the case as ``take_in`` would leave it now; nothing is taken and nothing kept.

    None where no leased number is left: a temporary one is not worth foreseeing.

    Raises:
        NotAcceptable: a finding still blocks the case.
    """
    rules = desk.rules(case)
    standard = rules.standard
    year, now = desk.today().year, desk.now()
    with desk.store.read() as tx:
        number = number_of(case) or storage_numbers.expected(tx, desk.counter.code)
    if number is None:
        return None
    taken = _taken(rules, case, desk.verdict(session, case), number, act, session, now)
    if act is not NextAct.ACCEPT_AND_PASS_ON:
        return taken
    for kind in _numbered_kinds(rules, taken):
        with desk.store.read() as tx:
            count = storage_numbers.expected_paper_number(tx, standard.body.code, kind.value, year)
        text = document_number(standard, kind, year, count)
        taken = with_paper_number(taken, kind.value, text)
    return conclude(rules, taken, session, now) if concludes(rules, taken) else taken


def _numbered_kinds(rules: CaseRules, accepted: Case) -> tuple[PaperKind, ...]:
    """The papers that acceptance gives a 文号: its own, that of what comes later, the result's."""
    put_off = any(event.kind is CaseEventKind.DEFERRED for event in accepted.events)
    later = (PaperKind.DEFERRAL_NOTICE,) if put_off else ()
    return (PaperKind.ACCEPTANCE, *later, *_RESULT[concludes(rules, accepted)])


_RESULT = {True: (PaperKind.DECISION,), False: ()}


def tell_once(desk: Desk, session: Session, case: Case, remarks: Mapping[str, str]) -> Case:
    """Tell everything that is missing, once; ``remarks`` adds a bounded word per subject.

    Raises:
        NotAcceptable: told before, nothing to tell, a list that could still grow longer, or a
            remark that names nothing that is missing.
    """
    session.require(Act.NOTIFY_ONCE)
    rules = desk.rules(case)
    standard = rules.standard
    verdict = desk.verdict(session, case)
    require_complete_list(verdict)
    points = notice_points(verdict)
    stray = set(remarks) - set(points)
    if stray:
        raise NotAcceptable("告知书只能写核对出来的问题，没有发出。去掉多出来的内容")
    now = desk.now()
    with desk.store.begin() as tx:
        require_version_in_force(desk, tx, case)
        borne = number_of(case)
        number = borne or take_number(desk, tx, case.case_id)
        notice = Notice(
            points=points,
            remarks={subject: text.strip() for subject, text in remarks.items() if text.strip()},
            at=now,
            reply_by_on=reply_by_on(desk, standard),
        )
        told = notify_once(rules, case, number, notice, correction_term(standard), session)
        changed = numbered_paper(desk, tx, session, told, PaperKind.CORRECTION_NOTICE)
        saved = keep_checked(desk, session, tx, case, changed, verdict, now)
        _remember_typed(tx, saved, now)
        if borne is None:
            tell(desk, tx, saved.case_id, MessageKind.CLAIM_NUMBER, claim_body(saved, number))
        record(desk, tx, session, "case.notified_once", saved.case_id, points=list(points))
    return saved


def reply_by_on(desk: Desk, standard: ItemStandard) -> date | None:
    """Return the last day for corrections told today, None where no term is set."""
    term = correction_term(standard)
    counted = counted_on(desk.office, desk.now(), desk.calendar) or desk.today()
    return None if term is None else due_date(counted, term, desk.calendar).on


def correction_term(standard: ItemStandard) -> Limit | None:
    """Return the term for corrections; only permits have one by default."""
    if standard.law_kind is not LawKind.PERMIT:
        return None
    return Limit(amount=CORRECTION_WORKDAYS, unit=LimitUnit.WORKDAYS)


def decline_case(
    desk: Desk, session: Session, case: Case, reason_code: str, referral: Referral
) -> Case:
    """Say no before acceptance, for a reason of the item's closed list.

    Raises:
        NotAcceptable: the reason is not on the list, or sends the applicant to another office
            and it is not said who receives him there.
    """
    session.require(Act.DECLINE)
    standard = desk.standard(case.item_code, case.standard_version)
    reason = next((one for one in standard.decline_reasons if one.code == reason_code), None)
    if reason is None:
        raise NotAcceptable("不予受理只能用事项标准列出的理由，没有出决定书。另选一条")
    now = desk.now()
    verdict = desk.verdict(session, case)
    with desk.store.begin() as tx:
        require_version_in_force(desk, tx, case)
        declined = decline(desk.rules(case), case, reason, referral, session, now)
        kind = PaperKind.NOT_REQUIRED if reason.not_required else PaperKind.DECLINE
        changed = numbered_paper(desk, tx, session, declined, kind)
        saved = keep_checked(desk, session, tx, case, changed, verdict, now)
        record(desk, tx, session, "case.declined", saved.case_id, reason=reason.code)
    return saved


def _remember_typed(tx: Connection, case: Case, at: datetime) -> None:
    if case.applicant is None:
        return
    party = case.applicant.representative or case.applicant.party
    typed_values.remember(tx, party.id_number, typed_in(case), case_id=case.case_id, at=at)
