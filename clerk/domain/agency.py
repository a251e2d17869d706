"""Agents of the hall or the village (帮办代办): their mandate is signed before anything is handed in.

Whoever entrusts an agent signs the mandate as a letter while the case is taken in; the letter then
stays with the case, and what it lets the agent do counts from that signature on.
"""

from typing import Final

from clerk.domain.case import Case, CaseEventKind
from clerk.domain.course import event_by
from clerk.domain.errors import NotAcceptable
from clerk.domain.handwriting import Handwriting, HandwritingRefused
from clerk.domain.identity import Session
from clerk.domain.intake import with_evidence
from clerk.domain.material import Evidence, Origin, SignedLetter
from clerk.domain.paper_signature import SignWay
from clerk.domain.papers import PaperKind
from clerk.domain.party import Handler, HandlerKind
from clerk.domain.signing import require_same_people
from clerk.domain.standard import ItemStandard, Way
from clerk.values import replace

MANDATE: Final = "MANDATE"
"""The code under which standards ask for a mandate as a material (授权委托书)."""


def is_agency(case: Case) -> bool:
    """Whether an agent of the hall or the village, not a relative or employee, acts here."""
    return case.handler is not None and case.handler.kind is HandlerKind.AGENT


def principal_of(case: Case) -> str:
    """Return who entrusts the agent: the applicant, for a body whoever represents it."""
    applicant = case.applicant
    if applicant is not None and applicant.representative is not None:
        return applicant.representative.name
    return case.applicant_name


def require_open_mandate(case: Case) -> Handler:
    """Let a mandate be signed once, as long as nothing was handed in.

    Raises:
        NotAcceptable: nobody was entrusted, it is signed already, or the case was taken in.
    """
    handler = case.handler
    if handler is None or handler.kind is not HandlerKind.AGENT:
        raise NotAcceptable("这件没有登记帮办代办员，不用签委托书。先在代办人里登记")
    if case.received_at is not None:
        raise NotAcceptable("这件已经收下，委托书不再改签，没有改动。新的委托另开一件")
    if handler.mandate.signed:
        raise NotAcceptable("委托书已经签过，没有改动。要改委托内容，先改委托再签")
    return handler


def require_principals_hand(case: Case, hand: Handwriting) -> None:
    """Let only him sign the mandate on the screen who gives it.

    Raises:
        HandwritingRefused: the case is another person's by now.
    """
    if hand.signer != principal_of(case):
        raise HandwritingRefused("委托人换过了，这次签名没有用上。请现在的委托人看过再签")


def mandate_was_signed(
    standard: ItemStandard,
    case: Case,
    session: Session,
    letter: SignedLetter,
    title: str,
    *,
    shown: Case,
) -> Case:
    """Let the mandate carry from now on, and note in the course of the case that it was signed.

    Where the item asks for the mandate as a material, the signed letter is that material.

    Args:
        standard: the item as it stands for the case.
        case: as it is now.
        session: who had it signed.
        letter: what was kept of it.
        title: the name of the paper, for the course.
        shown: the case as it was when its pages were shown.

    Raises:
        NotAcceptable: it is no mandate to be signed any more, another case, or says by now who
            entrusts whom otherwise.
        HandwritingRefused: another person signed than the principal.
    """
    handler = require_open_mandate(case)
    require_same_people(case, shown)
    if letter.signer != principal_of(case):
        raise HandwritingRefused("签的人不是委托人，签名没有记上，没有改动，请委托人再签一次")
    told = event_by(
        session,
        CaseEventKind.PAPER_SIGNED,
        letter.signed_at,
        subject=PaperKind.AGENCY_MANDATE.value,
        paper=title,
        number="",
        way=SignWay.PEN.value,
        signer=letter.signer,
    )
    mandate = replace(handler.mandate, signed=True)
    entrusted = replace(handler, mandate=mandate)
    if any(asked.code == MANDATE for asked in standard.requirements):
        held = Evidence(
            way=Way.FILE,
            origin=Origin.SIGNED_MANDATE,
            at=letter.signed_at,
            by=session.account.account_id,
            files=(letter.pdf,),
            originals=1,
            signed=True,
        )
        case = with_evidence(case, MANDATE, held)
    return replace(case, handler=entrusted, mandate_letter=letter).with_event(told)
