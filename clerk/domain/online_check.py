"""The check of a promise by the certificate library (在线核查), on the applicant's written consent.

Only what the promise was about is asked, only of the applicant himself, and only where he signed
that he agrees to it. What the library says is evidence for a person; that it says nothing is no
finding at all.
"""

from datetime import datetime
from enum import StrEnum

from clerk.domain.after_check import checks_own_intake, open_checks
from clerk.domain.case import Case, CaseEventKind
from clerk.domain.certificate import CertificateStatus, Holder
from clerk.domain.check_records import OnlineAnswer
from clerk.domain.course import CaseRules, done, event_by
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.identity import Session
from clerk.domain.material import SignedLetter
from clerk.domain.promise_terms import CheckMethod
from clerk.values import replace

_APPLICANT = "applicant"


class OnlineBar(StrEnum):
    """Why the library is not asked about a promise."""

    NOTHING_OPEN = "nothing_open"
    OTHER_METHOD = "other_method"
    NO_CERTIFICATE = "no_certificate"
    ANOTHER_HOLDER = "another_holder"
    NO_CONSENT = "no_consent"


_REFUSED = {
    OnlineBar.NOTHING_OPEN: "这份承诺没有待做的核查，没有查证照库。按 F5 刷新后看最新进度",
    OnlineBar.OTHER_METHOD: "这份承诺不是在线核查，没有查证照库。按标准写的方式核查",
    OnlineBar.NO_CERTIFICATE: "这份承诺没有对应的电子证照，没有查证照库。用别的方式核查",
    OnlineBar.ANOTHER_HOLDER: "对应的证照不是申请人本人的，没有查证照库。用别的方式核查",
    OnlineBar.NO_CONSENT: "承诺书里没有申请人本人同意查证照库，没有查。用别的方式核查",
}


def online_bar(rules: CaseRules, case: Case, code: str) -> OnlineBar | None:
    """Return why the library is not asked about this promise, None where it may be."""
    if code not in open_checks(case):
        return OnlineBar.NOTHING_OPEN
    asked = rules.standard.requirement(code)
    if asked.promise is None or asked.promise.terms.check is not CheckMethod.ONLINE:
        return OnlineBar.OTHER_METHOD
    if asked.certificate is None:
        return OnlineBar.NO_CERTIFICATE
    if asked.certificate.holder != _APPLICANT:
        return OnlineBar.ANOTHER_HOLDER
    letter = letter_of(case, code)
    return None if letter is not None and letter.online_check else OnlineBar.NO_CONSENT


def askable(rules: CaseRules, case: Case) -> tuple[str, ...]:
    """Return the promised proofs about which the library may be asked now."""
    return tuple(
        code for code in sorted(open_checks(case)) if online_bar(rules, case, code) is None
    )


def letter_of(case: Case, code: str) -> SignedLetter | None:
    """Return the letter that stands for the proof."""
    held = case.evidence.get(code)
    return held.letter if held else None


def require_askable(rules: CaseRules, case: Case, code: str, session: Session) -> Holder:
    """Return whose certificate is asked for: the applicant's and nobody else's.

    Raises:
        NotAllowed: this person had a hand in taking the case in.
        NotAcceptable: nothing is to be checked so, or the applicant did not agree to it himself.
    """
    if checks_own_intake(case, session):
        raise NotAllowed("这件是你收的，不能由你核查，没有查证照库。由没有经手的人核查")
    barred = online_bar(rules, case, code)
    party = case.applicant.party if case.applicant else None
    if barred is not None or party is None:
        raise NotAcceptable(_REFUSED[barred or OnlineBar.NO_CONSENT])
    return Holder(name=party.name, id_type=party.id_kind.code, id_number=party.id_number)


def answered_online(
    rules: CaseRules, case: Case, answer: OnlineAnswer, session: Session, at: datetime
) -> Case:
    """Keep what the library said, or that it said nothing; a person finds what it means."""
    told = event_by(
        session,
        CaseEventKind.PROMISE_ASKED_ONLINE,
        at,
        subject=answer.material,
        outcome=answer.outcome.value,
        authorisation=answer.authorisation_id,
        valid="、".join(
            one.number for one in answer.certificates if one.status is CertificateStatus.VALID
        ),
    )
    checks = replace(case.checks, online=(*case.checks.online, answer))
    return done(rules, replace(case, checks=checks), told)
