"""What signing asks for, kept in memory; knobs say what goes wrong."""

from dataclasses import replace
from uuid import UUID

from clerk.domain.case import Case
from clerk.domain.errors import ClerkError
from clerk.domain.handwriting import Handwriting
from clerk.domain.issued import IssuedPaper, PageImage, ShownPages
from clerk.domain.material import SignedLetter
from clerk.domain.paper_signature import PaperSignature, SignWay
from clerk.ui.signing_actions import SigningActions
from tests.ui.example_values import NOW, page_picture, stored_file

PAGE = "5e" * 32


class SigningDesk:
    """Shows two pages, keeps what is signed."""

    def __init__(self) -> None:
        self.pages: tuple[PageImage, ...] = (page_picture(), page_picture("二"))
        self.page_sha256 = PAGE
        self.trouble: ClerkError | None = None
        self.kept: list[Handwriting] = []
        self.papers: dict[UUID, IssuedPaper] = {}

    def actions(self) -> SigningActions:
        return SigningActions(
            letter_pages=lambda _case, _code, _width: self.shown(),
            sign_letter=self.sign_letter,
            mandate_pages=lambda _case, _width: self.shown(),
            sign_mandate=self.sign_mandate,
            sign_paper=self.sign_paper,
        )

    def shown(self) -> ShownPages:
        return ShownPages(pages=self.pages, sha256=self.page_sha256, text="告知承诺书")

    def keep(self, hand: Handwriting) -> Handwriting:
        if self.trouble is not None:
            raise self.trouble
        self.kept.append(hand)
        return hand

    def sign_letter(self, _case: Case, code: str, hand: Handwriting) -> SignedLetter:
        self.keep(hand)
        return self._letter(code, hand)

    def sign_mandate(self, _case: Case, hand: Handwriting) -> SignedLetter:
        self.keep(hand)
        return self._letter("mandate", hand)

    def _letter(self, code: str, hand: Handwriting) -> SignedLetter:
        return SignedLetter(
            template="commitment",
            template_sha256="0" * 64,
            text_sha256="1" * 64,
            offered_at=NOW,
            signed_at=NOW,
            signer=hand.signer,
            docx=stored_file(f"{code}.docx"),
            pdf=stored_file(f"{code}.pdf"),
            handwriting=stored_file(f"{code}.json"),
            shown_sha256=hand.page_sha256,
        )

    def sign_paper(self, paper: IssuedPaper, way: SignWay, hand: Handwriting | None) -> IssuedPaper:
        if hand is not None:
            self.keep(hand)
        signature = PaperSignature(
            kind=paper.kind, number=paper.number, way=way, signer="张示例", at=NOW, by="zhou"
        )
        signed = replace(paper, signature=signature)
        self.papers[paper.paper_id] = signed
        return signed
