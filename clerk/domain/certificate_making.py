"""Making the certificate (证照制作): a counted blank is printed for a granted case, or voided again.

The case's course says which blank carries its certificate; the blank's ledger says the same from
the other side, and both are written in one transaction.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from clerk.domain.blanks import Blank, BlankState, require_in_stock, require_reason
from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.course import CaseRules, event_by, settled
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Session
from clerk.values import dataclass, replace

MAKEABLE = frozenset({CaseState.GRANTED, CaseState.RESULT_WAITING})
"""Where a certificate is made: decided, and not handed out yet."""
LONGEST_NUMBER = 40
"""Characters of a certificate's number."""


class MakingBar(StrEnum):
    """Why no certificate is made of a case; the words are in ``clerk.wording_day``."""

    NOT_GRANTED = "not_granted"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCertificate:
    """The certificate a case has now; ``sheet`` is the digest of the page that was printed."""

    kind: str
    blank: str
    number: str
    at: datetime
    sheet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateOffer:
    """What may be made of a case now.

    ``blank`` and ``number`` are suggested: the next blank in stock, empty where there is none, and
    the number the certificate had before or the next of the series. ``made`` is what it has.
    """

    case_id: UUID
    kind: str
    blank: str
    left: int
    number: str
    made: MadeCertificate | None


def made_certificate(case: Case) -> MadeCertificate | None:
    """Return the certificate of a case: the last one printed, unless it was voided."""
    made = None
    for event in case.events:
        if event.kind is CaseEventKind.CERTIFICATE_PRINTED:
            made = MadeCertificate(
                kind=event.detail.get("kind_of_blank", ""),
                blank=event.subject,
                number=event.detail.get("number", ""),
                at=event.at,
                sheet=event.detail.get("sheet", ""),
            )
        elif event.kind is CaseEventKind.CERTIFICATE_VOIDED:
            made = None
    return made


def last_number(case: Case) -> str:
    """Return the number its certificate had last; a reprint bears the same. Empty for none."""
    printed = [one for one in case.events if one.kind is CaseEventKind.CERTIFICATE_PRINTED]
    return printed[-1].detail.get("number", "") if printed else ""


def making_bar(case: Case) -> MakingBar | None:
    """Return why no certificate is made of this case now; None where one may be."""
    if case.decision is None or not case.decision.granted:
        return MakingBar.NOT_GRANTED
    return None if case.state in MAKEABLE else MakingBar.TOO_LATE


def require_makeable(case: Case) -> None:
    """Raise ``NotAcceptable`` unless a certificate may be made of this case now."""
    match making_bar(case):
        case MakingBar.NOT_GRANTED:
            raise NotAcceptable("这件没有准予的决定，没有印制。核对办件")
        case MakingBar.TOO_LATE:
            raise NotAcceptable("结果已经送达或已撤销，证照不再印制或作废。核对办件")


def require_number(text: str) -> str:
    """Return the certificate's number as it is printed; raises ``BadInput`` for none."""
    number = text.strip()
    if not number:
        raise BadInput("还没写证照号，没有印制。填好再印")
    if len(number) > LONGEST_NUMBER or not number.isprintable():
        raise BadInput(f"证照号不对，没有印制。最多 {LONGEST_NUMBER} 个字")
    return number


def printed_on(
    rules: CaseRules,
    case: Case,
    blank: Blank | None,
    number: str,
    sheet: str,
    session: Session,
    at: datetime,
) -> tuple[Case, Blank]:
    """Bind a blank to the case and its certificate's number; return both as they are then.

    Raises:
        NotAcceptable: the case is not granted, has a certificate already, or the blank is not in
            stock.
        BadInput: no number.
    """
    require_makeable(case)
    if made_certificate(case) is not None:
        raise NotAcceptable("这件已经印过证照，没有再印。印坏了先作废再印")
    used = replace(
        require_in_stock(blank),
        state=BlankState.USED,
        at=at,
        by=session.account.account_id,
        case_id=case.case_id,
        certificate_number=require_number(number),
    )
    event = event_by(
        session,
        CaseEventKind.CERTIFICATE_PRINTED,
        at,
        subject=used.number,
        kind_of_blank=used.kind,
        number=used.certificate_number,
        sheet=sheet,
    )
    return settled(rules, case, (event,)), used


def voided(
    rules: CaseRules, case: Case, blank: Blank | None, reason: str, session: Session, at: datetime
) -> tuple[Case, Blank]:
    """Void a misprinted certificate: its blank is spoilt for good, the case has none again.

    Raises:
        NotAcceptable: the case has none, it was handed out, or the ledger knows the blank otherwise.
        BadInput: no reason.
    """
    require_makeable(case)
    made = made_certificate(case)
    bound = blank is not None and (blank.state, blank.case_id) == (BlankState.USED, case.case_id)
    if made is None or blank is None or not bound:
        raise NotAcceptable("这件没有印好的证照，没有作废。按 F5 看最新")
    why = require_reason(reason)
    by = session.account.account_id
    spoilt = replace(blank, state=BlankState.SPOILT, at=at, by=by, reason=why)
    event = event_by(
        session,
        CaseEventKind.CERTIFICATE_VOIDED,
        at,
        subject=made.blank,
        kind_of_blank=made.kind,
        number=made.number,
        reason=why,
    )
    return settled(rules, case, (event,)), spoilt


def handed_with(case: Case) -> dict[str, str]:
    """Return which certificate leaves with the result, for the event of its hand-over."""
    made = made_certificate(case)
    return {"blank": made.blank, "certificate": made.number} if made else {}
