"""Hand a result out at the window (送达): who takes it, checked against the card; a receipt."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError
from clerk.domain.id_card import IdCard
from clerk.domain.identifiers import IdKind, check_identifier, normal_number
from clerk.domain.masking import masked_identity_number
from clerk.domain.party import MandateAct, Party
from clerk.domain.standard import ItemStandard
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.actions import CaseActions
from clerk.ui.acts import Act
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice, Source, Spinner
from clerk.wording import clock, id_fault
from clerk.wording_cases import decision


class HandOutDialog(Dialog):
    """Registers who took the result. ``handed_out`` carries the case as it is afterwards.

    ``read_card`` runs in the DEVICE lane; without a reader name and number are typed.
    """

    handed_out = pyqtSignal(object)

    def __init__(
        self,
        case: Case,
        actions: CaseActions,
        jobs: Jobs,
        *,
        read_card: Callable[[], IdCard] | None,
        show_papers: Callable[[Case], None],
    ) -> None:
        super().__init__("登记送达", width=560, height=400)
        self._case, self._actions, self._jobs = case, actions, jobs
        self._read_card, self._show_papers = read_card, show_papers
        self._busy = False
        self._kind = IdKind.RESIDENT_ID
        self._done: Case | None = None
        self.receiver = Field("领取人姓名")
        self.id_number = Field("领取人身份证号")
        self.who = Label(size=13, tone="t2", wrap=True)
        self.notice = Notice("bad")
        self.spinner = Spinner()
        self.read_button = Button("读身份证", key="Ctrl R", icon="id-card")
        self.give_button = Button("登记送达", key="F9", kind="compact")
        self.receipt_button = Button("看送达回证", key="F9", kind="compact")
        self._lay_out()
        self.read_button.clicked.connect(self._on_read)
        self.give_button.clicked.connect(self._on_give)
        self.receipt_button.clicked.connect(self._on_receipt)
        self.receiver.committed.connect(lambda _: self._say_who())
        self.receiver.next_gap.connect(self.id_number.focus_editor)
        self.id_number.committed.connect(lambda _: self._on_typed())
        self.id_number.next_gap.connect(self.give_button.setFocus)
        self._say_who()

    def _lay_out(self) -> None:
        case, standard = self._case, self._standard()
        what = f"{case.label}　{case.item_name}，{case.applicant_name}"
        self.body.addWidget(Label(what, bold=True, elide=True))
        given = f"{decision(case, standard)}，交给领取人：{standard.result.name}"
        self.body.addWidget(Label(given, size=13, tone="t2", wrap=True))
        self.body.addWidget(Label(self._may_take(), size=13, tone="t2", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setContentsMargins(0, theme.px(6), 0, 0)
        grid.addWidget(self.receiver, 0, 0)
        grid.addWidget(self.id_number, 0, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.who)
        self.body.addWidget(self.notice)
        wait = QHBoxLayout()
        wait.addWidget(self.spinner)
        wait.addStretch(1)
        self.body.addLayout(wait)
        self.body.addStretch(1)
        self.foot.addWidget(self.read_button)
        if self._read_card is None:
            self.read_button.hide()
        self.foot.addStretch(1)
        self.foot.addWidget(self.receipt_button)
        self.foot.addWidget(self.give_button)
        self.receipt_button.hide()

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name="读身份证",
                key="Ctrl+R",
                trigger=self._on_read,
                enabled=lambda: self._read_card is not None and self._done is None,
            ),
            Act(
                name=lambda: "登记送达" if self._done is None else "看送达回证",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=lambda: self._on_give() if self._done is None else self._on_receipt(),
            ),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.receiver.editor if self._read_card is None else self.read_button

    # ---- who takes it ----------------------------------------------------------------------

    def _standard(self) -> ItemStandard:
        return self._actions.here.standard(self._case.item_code, self._case.standard_version)

    def _may_take(self) -> str:
        names = [person.name for person in self._applicants()]
        handler = self._collecting_handler()
        if handler is not None:
            names.append(f"{handler.name}（委托书写明可以领取）")
        return f"可以领的人：{'、'.join(names)}" if names else ""

    def _applicants(self) -> tuple[Party, ...]:
        """The people who may take it in their own right: a body acts through its head."""
        applicant = self._case.applicant
        if applicant is None:
            return ()
        return (applicant.representative or applicant.party,)

    def _collecting_handler(self) -> Party | None:
        handler = self._case.handler
        on = local_date(self._actions.here.now())
        if handler is None or not handler.mandate.carries(MandateAct.COLLECT, on):
            return None
        return handler.party

    def _say_who(self) -> None:
        name = self.receiver.value()
        number = normal_number(self.id_number.value())
        handler = self._collecting_handler()
        people = [*self._applicants(), *([handler] if handler else [])]
        same = next((person for person in people if person.name == name), None)
        tone = "t2"
        if not name:
            text = "放上领取人的身份证，或填姓名和身份证号"
        elif same is None:
            text, tone = f"{name}不在可以领的人里。看过委托书再登记", "warn"
        elif number and number != same.id_number:
            text, tone = f"证件号和收件时{name}的不一样。对照证件再看一眼", "warn"
        else:
            text, tone = (f"{name}可以领，证件号一致" if number else f"{name}可以领"), "ok"
        self.who.setText(text)
        self.who.set_tone(tone)

    def _on_typed(self) -> None:
        self._kind = IdKind.RESIDENT_ID
        self.id_number.set_source(Source.TYPED)
        self._check_number()

    def _check_number(self) -> bool:
        text = self.id_number.value()
        today = local_date(self._actions.here.now())
        found = check_identifier(self._kind, text, today)
        self.id_number.set_error(id_fault(self._kind, found))
        self._say_who()
        return found.valid

    def _on_read(self) -> None:
        if self._read_card is None or self._busy or self._done is not None:
            return
        self._start("正在读卡")
        self._jobs.run(
            Lane.DEVICE,
            self._read_card,
            owner=self,
            then=self._on_card,
            failed=self._on_trouble,
        )

    def _on_card(self, card: IdCard) -> None:
        self._stop()
        self._kind = card.kind
        at = clock(self._actions.here.now())
        for field, value in ((self.receiver, card.name), (self.id_number, card.id_number)):
            field.set_value(value)
            field.set_error("")
            field.set_source(Source.CARD, f"已读 {at}")
        self._say_who()
        self.give_button.setFocus()

    # ---- handing out -----------------------------------------------------------------------

    def _on_give(self) -> None:
        if self._busy or self._done is not None:
            return
        if not self.receiver.value():
            self.receiver.set_error("还差领取人姓名")
            self.receiver.focus_editor()
            return
        self.receiver.set_error("")
        if not self._check_number():
            self.id_number.focus_editor()
            return
        number = normal_number(self.id_number.value())
        self._start("正在登记")
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.hand_out, self._case, self.receiver.value(), number),
            owner=self,
            then=self._on_given,
            failed=self._on_trouble,
        )

    def _on_given(self, case: Case) -> None:
        self._stop()
        self._done = case
        masked = masked_identity_number(normal_number(self.id_number.value()))
        for field, value in ((self.receiver, self.receiver.value()), (self.id_number, masked)):
            field.editor.setModified(False)
            field.set_value(value)
            field.set_known(True)
            field.editor.setReadOnly(True)
        self.who.setText("")
        self.notice.set_kind("ok")
        at = clock(self._actions.here.now())
        self.notice.show_trouble(
            f"已送达，{at} {self.receiver.value()}领取", masked, "，送达回证已备好"
        )
        self.give_button.hide()
        self.read_button.hide()
        self.receipt_button.show()
        self.receipt_button.setFocus()
        self.handed_out.emit(case)

    def _on_receipt(self) -> None:
        case = self._done
        if case is not None:
            self.close_dialog()
            self._show_papers(case)

    def _start(self, text: str) -> None:
        self._busy = True
        self.notice.clear()
        self.spinner.start(text)

    def _stop(self) -> None:
        self._busy = False
        self.spinner.stop()

    def _on_trouble(self, error: ClerkError) -> None:
        self._stop()
        self.notice.show_error(error)
