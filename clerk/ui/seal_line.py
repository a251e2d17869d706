"""The line on the seal of the paper in front: our own look at the very file that is stored."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from clerk.domain.certificate_file import FileLook
from clerk.domain.errors import ClerkError
from clerk.domain.issued import IssuedPaper
from clerk.jobs import Jobs, Lane
from clerk.ui import seal_words as words
from clerk.ui.seal_actions import SealActions
from clerk.ui.widgets import Label


class SealLine(Label):
    """Follows the paper in front; a file that was looked at is not looked at again.

    ``look`` is called once the paper's pages are there: they come first.
    """

    def __init__(self, *, practice: bool) -> None:
        super().__init__(words.NOT_SM, size=12, tone="t3", wrap=True)
        self._practice = practice
        self._asked: UUID | None = None
        self._known: dict[str, FileLook] = {}
        self._asking: Callable[[], None] | None = None

    def follow(self, paper: IssuedPaper, actions: SealActions, jobs: Jobs) -> None:
        """Tell of this paper from now on."""
        self._asked, self._asking = paper.paper_id, None
        known = self._known.get(paper.pdf.sha256)
        if known is not None:
            self._show(known)
            return
        self.set_tone("t3")
        self.setText(words.LOOKING)
        self._asking = partial(
            jobs.run,
            Lane.CERTIFICATES,
            partial(actions.of_paper, paper),
            owner=self,
            then=partial(self._on_look, paper),
            failed=partial(self._on_failed, paper),
        )

    def look(self) -> None:
        """Look at the file of the paper that is followed."""
        asking, self._asking = self._asking, None
        if asking is not None:
            asking()

    def _on_look(self, paper: IssuedPaper, look: FileLook) -> None:
        self._known[paper.pdf.sha256] = look
        if paper.paper_id == self._asked:
            self._show(look)

    def _on_failed(self, paper: IssuedPaper, _: ClerkError) -> None:
        if paper.paper_id == self._asked:
            self.setText(words.NOT_LOOKED)

    def _show(self, look: FileLook) -> None:
        self.set_tone(words.tone(look.seal))
        self.setText(words.line(look, practice=self._practice))
