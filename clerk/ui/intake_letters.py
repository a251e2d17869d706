"""Dialogs in which the applicant stands in for a paper: a promise, or bringing it later."""

from collections.abc import Callable, Sequence
from datetime import date

from PyQt6.QtWidgets import QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.issued import PageImage
from clerk.domain.material import SignedLetter
from clerk.domain.standard import Requirement
from clerk.jobs import Jobs, Lane
from clerk.ui.acts import Act
from clerk.ui.intake_credit import CreditLine
from clerk.ui.intake_pages import preview as page_preview
from clerk.ui.intake_strip import Tick
from clerk.ui.widgets import Button, Choice, Dialog, Label, Notice
from clerk.wording import day

_PROMISE, _BRING = 0, 1


class PromiseDialog(Dialog):
    """The commitment letter as it will be signed; promising is always the applicant's choice.

    ``shown`` is called when there is something to read, ``take`` with the signed letter,
    ``declined`` where the applicant would rather bring the paper, ``on_screen`` where he reads and
    signs it on the signing screen; there he says himself that he has come to its end.
    """

    def __init__(
        self,
        asked: Requirement,
        jobs: Jobs,
        *,
        preview: Callable[[], Sequence[PageImage]],
        sign: Callable[[], SignedLetter],
        take: Callable[[SignedLetter], None],
        shown: Callable[[], None],
        credit: CreditLine,
        declined: Callable[[], None],
        on_screen: Callable[[], None],
    ) -> None:
        super().__init__(f"告知承诺：{asked.name}", width=820, height=640)
        self._jobs, self._sign, self._take = jobs, sign, take
        self._declined, self._on_screen = declined, on_screen
        self._signing = False  # then an answer about the credit, which may come late, moves nothing
        self.credit = credit
        self.choice = Choice(["签承诺书，不交证明", "不承诺，交材料"], label="申请人怎么选")
        self.pages = page_preview(jobs)
        self.read = Tick("申请人已看完全文，明白写的是什么", two_states=True)
        self.notice = Notice("bad")
        self.screen_button = Button("在屏上签", key="Ctrl E")
        self.screen_button.setEnabled(False)
        self.confirm = Button("签承诺书", key="Enter", kind="compact")
        self.confirm.setEnabled(False)
        self.body.addWidget(
            Label("先问申请人：签承诺书，还是交材料。两样都可以", size=13, tone="t2")
        )
        self.body.addWidget(self.choice)
        self.body.addWidget(self.pages, 1)
        self.body.addWidget(self.credit)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.read)
        self.foot.addStretch(1)
        self.foot.addWidget(self.screen_button)
        self.foot.addWidget(self.confirm)
        self.choice.picked.connect(self._on_picked)
        self.read.turned.connect(lambda _holds: self._refresh())
        self.pages.loaded.connect(self._on_loaded)
        self.pages.loaded.connect(shown)
        self.credit.changed.connect(self._refresh)
        self.confirm.clicked.connect(self._on_confirmed)
        self.screen_button.clicked.connect(self._sign_on_screen)
        self.pages.load(preview)
        self._refresh()

    def first_focus(self) -> QWidget:
        return self.choice

    def acts(self) -> Sequence[Act]:
        """On the screen, while that is offered."""
        return (
            Act(
                name="在屏上签",
                key="Ctrl+E",
                trigger=self._sign_on_screen,
                enabled=self.screen_button.isEnabled,
            ),
        )

    def _sign_on_screen(self) -> None:
        if self.screen_button.isEnabled():
            self.close_dialog()
            self._on_screen()

    def _on_picked(self, position: int) -> None:
        if position == _BRING:
            self.close_dialog()
            self._declined()
        else:
            self._refresh()
            self.read.setFocus()

    def _on_loaded(self) -> None:
        """Go on to the tick if the answer came before the letter did."""
        self._refresh()
        if self.read.isEnabled() and self.choice.hasFocus():
            self.read.setFocus()

    def _refresh(self) -> None:
        chosen = self.choice.chosen() == _PROMISE and not self.credit.bars()
        self.read.setEnabled(chosen and self.pages.has_pages())
        self.screen_button.setEnabled(self.read.isEnabled() and not self._signing)
        self.confirm.setEnabled(chosen and bool(self.read.holds()) and not self._signing)
        if self.confirm.isEnabled():
            self.confirm.setFocus()

    def _on_confirmed(self) -> None:
        self._signing = True
        self.confirm.setEnabled(False)
        self.notice.clear()
        self._jobs.run(
            Lane.PAPER, self._sign, owner=self, then=self._on_signed, failed=self._on_failed
        )

    def _on_signed(self, letter: SignedLetter) -> None:
        self.close_dialog()
        self._take(letter)

    def _on_failed(self, error: ClerkError) -> None:
        self._signing = False
        self.notice.show_error(error)
        self._refresh()


class DeferralDialog(Dialog):
    """The paper may follow: by when, that the applicant said yes, and what his credit says."""

    def __init__(
        self, asked: Requirement, due_on: date, take: Callable[[], None], credit: CreditLine
    ) -> None:
        super().__init__(f"容缺后补：{asked.name}", width=640, height=380)
        self._take = take
        self.credit = credit
        said = (
            f"申请人书面承诺 {day(due_on)}前补交{asked.name}。"
            "其他材料齐全先受理，补齐前不作出决定。受理后打印通知书和承诺书，各两份。"
        )
        self.body.addWidget(Label(said, size=14, wrap=True))
        self.agreed = Tick(f"申请人同意 {day(due_on)}前补交", two_states=True)
        self.body.addWidget(self.agreed)
        self.body.addWidget(self.credit)
        self.body.addStretch(1)
        self.confirm = Button("登记容缺", key="Enter", kind="compact")
        self.confirm.setEnabled(False)
        self.foot.addStretch(1)
        self.foot.addWidget(self.confirm)
        self.agreed.turned.connect(self._on_turned)
        self.credit.changed.connect(self._refresh)
        self.confirm.clicked.connect(self._on_confirmed)

    def first_focus(self) -> QWidget:
        return self.agreed

    def _on_turned(self, holds: object) -> None:
        self._refresh()
        if holds and self.confirm.isEnabled():
            self.confirm.setFocus()

    def _refresh(self) -> None:
        self.confirm.setEnabled(bool(self.agreed.holds()) and not self.credit.bars())
        self.agreed.setEnabled(not self.credit.bars())

    def _on_confirmed(self) -> None:
        self.close_dialog()
        self._take()
