"""What became of the promises of all cases (告知承诺核查情况), and the check by the library."""

from collections.abc import Sequence
from uuid import UUID

from clerk.domain.case import Case
from clerk.domain.certificate import CertificateSummary, Holder
from clerk.domain.certificate_call import LaterRight
from clerk.domain.check_records import OnlineAnswer, OnlineCertificate, OnlineOutcome
from clerk.domain.errors import RemoteTrouble
from clerk.domain.identity import Act, Session
from clerk.domain.online_check import answered_online, require_askable
from clerk.domain.promise_rate import PromiseRate
from clerk.services.certificate_purpose import check_purpose
from clerk.services.desk import Desk
from clerk.services.library_asking import asked_by_duty, listed
from clerk.services.records import record
from clerk.storage import cases, promise_rates
from clerk.values import replace

_RIGHT = LaterRight.WRITTEN_WORD


def false_promise_rates(desk: Desk, session: Session) -> Sequence[PromiseRate]:
    """Return for each item how many promises were made, looked at, and found false."""
    session.require(Act.CHECK_PROMISE)
    with desk.store.read() as tx:
        return promise_rates.rates(tx)


def ask_online(desk: Desk, session: Session, case_id: UUID, code: str) -> Case:
    """Ask the certificate library about a promised proof, and keep what it says with the case.

    A library that does not answer, or does not let us look, is an answer of its own and never a
    finding. No transaction is open while it is asked.

    Raises:
        NotAllowed: the checker had a hand in taking the case in, or his role does not check.
        NotAcceptable: nothing is to be checked so, or the applicant did not agree to it himself.
    """
    session.require(Act.CHECK_PROMISE)
    with desk.store.read() as tx:
        case = cases.load(tx, case_id)
    holder = require_askable(desk.rules(case), case, code, session)
    answer = _answer(desk, session, case, code, holder)
    with desk.store.begin() as tx:
        now = cases.load(tx, case_id)
        rules = desk.rules(now)
        require_askable(rules, now, code, session)
        saved = cases.save(tx, answered_online(rules, now, answer, session, desk.now()))
        record(
            desk,
            tx,
            session,
            "case.check_online",
            case_id,
            material=code,
            outcome=answer.outcome.value,
        )
    return saved


def _answer(desk: Desk, session: Session, case: Case, code: str, holder: Holder) -> OnlineAnswer:
    standard = desk.standard(case.item_code, case.standard_version)
    asked = standard.requirement(code)
    account = session.account
    said = OnlineAnswer(
        material=code,
        outcome=OnlineOutcome.NO_ANSWER,
        at=desk.now(),
        by=account.account_id,
        by_name=account.display_name,
    )
    if asked.certificate is None:
        return said
    purpose = check_purpose(standard, asked, case)
    try:
        leave = asked_by_duty(desk, session, case, asked, holder, purpose, _RIGHT)
        said = replace(said, authorisation_id=leave.authorisation_id)
        if not leave.granted(desk.now()):
            return said
        found = listed(desk, session, case, asked, leave, purpose, _RIGHT)
    except RemoteTrouble as trouble:
        return replace(said, authorisation_id="", trouble=str(trouble))
    return replace(
        said,
        outcome=OnlineOutcome.FOUND if found else OnlineOutcome.NOT_FOUND,
        certificates=tuple(_line(one) for one in found),
    )


def _line(one: CertificateSummary) -> OnlineCertificate:
    return OnlineCertificate(
        type_name=one.type_name,
        number=one.number,
        issuer_name=one.issuer_name,
        status=one.status,
        valid_until_on=one.valid_until_on,
    )
