"""Cases with a promise, decided, for the tests of what is looked at afterwards."""

from datetime import UTC, date, datetime

from clerk.domain import intake
from clerk.domain.after_check import CheckNote, checks_to_set, record_check
from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.check_records import CheckFinding
from clerk.domain.course import done, event_by, settled
from clerk.domain.identity import Role
from clerk.domain.life import accept
from clerk.domain.material import SignedLetter
from clerk.domain.promise_terms import CheckMethod
from clerk.domain.revocation import SPOKE, answer_hearing, offer_hearing
from tests.domain.at_the_window import (
    CLERK,
    FOOD,
    NOW,
    NUMBER,
    check,
    chief,
    noodle_shop_complete,
    rules,
    scan,
    session,
)

CHECKER = session(Role.SUPERVISOR, account_id="wu")
CHIEF = chief()
FALSE = CheckNote(
    material="PREMISES",
    finding=CheckFinding.FALSE,
    method=CheckMethod.ON_SITE,
    grounds="产权人没有同意出租",
)
REASON = "承诺的场所没有合法使用权"
BASIS = "《行政许可法》第六十九条"


def at(day: date) -> datetime:
    """Ten o'clock of that day in the hall."""
    return datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)


def letter() -> SignedLetter:
    return SignedLetter(
        template="proof 2026-1",
        template_sha256="cd" * 32,
        text_sha256="ef" * 32,
        offered_at=NOW,
        signed_at=NOW,
        signer="示例县清河面馆",
        docx=scan("告知承诺书.docx"),
        pdf=scan("告知承诺书.pdf"),
    )


def promised_draft() -> Case:
    """The noodle shop with a promise in place of the proof of its premises."""
    asked = FOOD.requirement("PREMISES")
    case = intake.with_evidence(
        noodle_shop_complete(), "PREMISES", intake.promised(asked, letter(), CLERK)
    )
    return intake.letter_was_signed(case, CLERK, asked, NOW)


def promised_case() -> Case:
    """The same after 受理."""
    draft = promised_draft()
    return accept(rules(), draft, check(draft), NUMBER, CLERK, NOW)


def granted_case() -> Case:
    """The same, granted by another on the day after."""
    case, day = promised_case(), date(2026, 3, 19)
    taken = event_by(
        CHIEF, CaseEventKind.DECIDED, at(day), granted=True, number="示审决〔2026〕1 号"
    )
    checks = checks_to_set(rules(), case, day, at(day))
    return done(rules(), case, taken, *checks)


def found_false(case: Case | None = None, day: date = date(2026, 4, 10)) -> Case:
    return record_check(rules(), case or granted_case(), FALSE, CHECKER, at(day))


def heard_case() -> Case:
    """A false promise on which the applicant was heard."""
    told = offer_hearing(rules(), found_false(), REASON, CHIEF, at(date(2026, 4, 10)))
    return answer_hearing(rules(), told, SPOKE, "愿意搬迁，请求从轻", CHIEF, at(date(2026, 4, 14)))


def handed_out(case: Case, day: date) -> Case:
    """Let the result reach the applicant."""
    ready = event_by(CHIEF, CaseEventKind.RESULT_READY, at(day))
    given = event_by(CHIEF, CaseEventKind.HANDED_OUT, at(day), receiver="张示例")
    case = settled(rules(), case, (ready, given))
    assert case.state is CaseState.HANDED_OUT
    return case
