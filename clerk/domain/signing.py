"""What is done when a paper is signed: which ones ask for it, and how the case takes note."""

from datetime import datetime

from clerk.domain.case import Case, CaseEventKind
from clerk.domain.course import event_by
from clerk.domain.errors import NotAcceptable
from clerk.domain.handwriting import Handwriting, HandwritingRefused
from clerk.domain.identity import Session
from clerk.domain.issued import IssuedPaper
from clerk.domain.material import StoredFile
from clerk.domain.paper_signature import SIGN_PLACE, PaperSignature, SignWay
from clerk.values import replace


def asks_signature(paper: IssuedPaper) -> bool:
    """Whether the page has a place for the applicant's signature."""
    return any(value.field == SIGN_PLACE for value in paper.placed)


def is_signed(paper: IssuedPaper) -> bool:
    """Whether it was signed; a refusal is none, he may still change his mind."""
    return paper.signature is not None and paper.signature.way is not SignWay.REFUSED


def tells_by_signature(paper: IssuedPaper) -> bool:
    """Whether a signature says that the whole paper reached him.

    On the screen he saw the page as it is; one with a blank for a pen is whole on paper only.
    """
    if paper.signature is None or not is_signed(paper):
        return False
    return paper.signature.way is SignWay.PAPER or not paper.pdf.by_hand


def signer_of(case: Case) -> str:
    """Return who signs for the case: whoever stands at the window."""
    return case.handler.party.name if case.handler else case.applicant_name


def require_signable(paper: IssuedPaper) -> None:
    """Let a paper be signed once, where it has a place for that.

    Raises:
        NotAcceptable: it has none, or was signed before.
    """
    if not asks_signature(paper):
        raise NotAcceptable(f"{paper.title}不用申请人签字，没有改动。直接打印就行")
    if is_signed(paper):
        raise NotAcceptable(f"{paper.title}已经签过字，没有改动。要看就看这一份")


def require_own_hand(case: Case, hand: Handwriting) -> None:
    """Let only him sign on the screen whom the screen named.

    Raises:
        HandwritingRefused: the case is another person's by now.
    """
    if hand.signer != signer_of(case):
        raise HandwritingRefused("来办事的人换过了，这次签名没有用上。请现在的申请人看过再签")


def require_same_people(case: Case, shown: Case) -> None:
    """Let what was signed count only for the case, and the people, that its pages named.

    Raises:
        NotAcceptable: it is another case, or somebody else applies or acts for him by now.
    """
    named, now = ((one.case_id, one.applicant, one.handler) for one in (shown, case))
    if named != now:
        raise NotAcceptable("来办事的人或委托换过了，签名没有记上，办件没有改动，请再签一次")


def signature_of(
    paper: IssuedPaper,
    case: Case,
    session: Session,
    at: datetime,
    *,
    way: SignWay,
    handwriting: StoredFile | None = None,
) -> PaperSignature:
    """Return the signature as it is kept with the paper and with its case."""
    return PaperSignature(
        kind=paper.kind,
        number=paper.number,
        way=way,
        signer=signer_of(case),
        at=at,
        by=session.account.account_id,
        handwriting=handwriting,
        shown=paper.pdf if way is SignWay.PEN else None,
    )


def with_signature(case: Case, session: Session, title: str, signature: PaperSignature) -> Case:
    """Note in the course of the case that one of its papers was signed, or was not."""
    told = event_by(
        session,
        CaseEventKind.PAPER_SIGNED,
        signature.at,
        subject=signature.kind.value,
        paper=title,
        number=signature.number,
        way=signature.way.value,
        signer=signature.signer,
    )
    return replace(case, signatures=(*case.signatures, signature)).with_event(told)
