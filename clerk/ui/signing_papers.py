"""The button of 文书 that has the paper in front signed (请申请人签字)."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtWidgets import QWidget

from clerk.domain.case import Case
from clerk.domain.errors import ClerkError
from clerk.domain.issued import IssuedPaper, PageImage, ShownPages
from clerk.domain.paper_signature import SignWay
from clerk.domain.papers import PaperKind
from clerk.domain.signing import asks_signature, is_signed, signer_of
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import Here
from clerk.ui.acts import Act
from clerk.ui.asked_to_sign import SIGNING_WIDTH, Signing, ask_to_sign
from clerk.ui.documents_aloud import spoken
from clerk.ui.documents_words import signed_words
from clerk.ui.signing_actions import SigningActions
from clerk.ui.widgets import Button, Dialog, open_dialog

_ASK = "请申请人签字"
_KEPT = {
    SignWay.PEN: "已签收，签名在文书里，签收时间记在办件过程",
    SignWay.PAPER: "已记下在纸上签收",
    SignWay.REFUSED: "已记下申请人不签，照样算告知。在存根上注明，见证人可以签",
}
_OWN_KEPT = {
    SignWay.PEN: "已签字，签名在申请书里，签字时间记在办件过程",
    SignWay.PAPER: "已记下在纸上签字",
    SignWay.REFUSED: "已记下申请人没有签申请书。没有签字的申请书不能入卷，问清楚再请他签",
}
"""Of the applicant's own paper: that he does not sign it tells him nothing."""


class PaperSigning:
    """Opens the signing window for the paper in front; ``changed`` follows when it was signed."""

    def __init__(
        self,
        host: QWidget,
        jobs: Jobs,
        here: Here,
        actions: SigningActions,
        *,
        pages: Callable[[IssuedPaper, int], Sequence[PageImage]],
        paper: Callable[[], IssuedPaper | None],
        case: Callable[[], Case | None],
        changed: Callable[[], None],
        say: Callable[[str], None],
        open_dialog: Callable[[QWidget, Dialog], None] = open_dialog,
    ) -> None:
        self._host, self._jobs, self._here, self._actions = host, jobs, here, actions
        self._pages, self._paper, self._case = pages, paper, case
        self._changed, self._say, self._open = changed, say, open_dialog
        self.button = Button(_ASK, key="Ctrl J")
        self.button.clicked.connect(self.turn)
        self.follow()

    def act(self) -> Act:
        """The key that does the same as the button."""
        return Act(
            name=self.button.words,
            key="Ctrl+J",
            trigger=self.turn,
            enabled=lambda: not self.why_not(),
            why_not=self.why_not,
        )

    def follow(self) -> None:
        """Show the button where the paper in front has a place for a signature."""
        paper = self._paper()
        self.button.setVisible(paper is not None and asks_signature(paper))
        signed = paper is not None and is_signed(paper)
        self.button.setText(signed_words(paper) if paper is not None and signed else _ASK)
        self.button.setEnabled(not self.why_not())

    def why_not(self) -> str:
        """Why it cannot be signed now; empty where it can."""
        paper = self._paper()
        if paper is None or not asks_signature(paper):
            return "这份文书不用申请人签字"
        return f"这份文书{signed_words(paper)}" if is_signed(paper) else ""

    def turn(self) -> None:
        """Let the applicant read it and sign."""
        paper, case = self._paper(), self._case()
        if paper is None or case is None or self.why_not():
            return
        wanted = Signing(
            title=paper.title,
            signer=signer_of(case),
            pages=lambda: ShownPages(
                pages=tuple(self._pages(paper, SIGNING_WIDTH)),
                sha256=paper.pdf.sha256,
                text=spoken(paper),
                placed=paper.placed,
            ),
            keep=partial(self._actions.sign_paper, paper, SignWay.PEN),
            take=self._on_kept,
            refused=partial(self._note, paper, SignWay.REFUSED),
            on_paper=partial(self._note, paper, SignWay.PAPER),
        )
        ask_to_sign(
            self._host, wanted, self._jobs, self._here, say=self._say, open_dialog=self._open
        )

    def _note(self, paper: IssuedPaper, way: SignWay) -> None:
        """Write down that it was signed on paper, or not at all."""
        self._jobs.run(
            Lane.PAPER,
            partial(self._actions.sign_paper, paper, way, None),
            owner=self._host,
            then=self._on_kept,
            failed=self._failed,
        )

    def _on_kept(self, paper: IssuedPaper) -> None:
        if paper.signature is not None:
            own = paper.kind is PaperKind.APPLICATION
            self._say((_OWN_KEPT if own else _KEPT)[paper.signature.way])
        self._changed()

    def _failed(self, error: ClerkError) -> None:
        self._say(str(error))
