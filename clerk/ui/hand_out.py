"""Hand a result out at the window (送达): who takes it, checked against the card; a receipt."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.certificate_making import made_certificate
from clerk.domain.custody import owed, unaccounted
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError
from clerk.domain.fees import unpaid
from clerk.domain.hand_out import Taker, taker_of, takers
from clerk.domain.id_card import IdCard
from clerk.domain.identifiers import IdKind, check_identifier, normal_number
from clerk.domain.identity import Act as Right
from clerk.domain.masking import masked_identity_number
from clerk.domain.names import check_name
from clerk.domain.parcel import ResultWay
from clerk.domain.parcels import plan_of, under_way
from clerk.domain.receiving import IdentityCheck, ReceiverRole, Receiving
from clerk.domain.standard import ItemStandard
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.actions import CaseActions
from clerk.ui.acts import Act
from clerk.ui.id_words import id_fault, name_fault
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice, Source, Spinner
from clerk.wording import clock
from clerk.wording_approval import handed_over
from clerk.wording_cases import decision
from clerk.wording_results import ORIGINAL_PLACES, PARCEL_STATES, RECEIVER_ROLES, RESULT_WAYS, money


class HandOutDialog(Dialog):
    """Registers who took the result. ``handed_out`` carries the case as it is afterwards.

    ``read_card`` runs in the DEVICE lane; without a reader name and number are typed. Whoever is
    not known to the case needs papers and a reason, and a supervisor's word where he has none.
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
        super().__init__("登记送达", width=600, height=540)
        self._case, self._actions, self._jobs = case, actions, jobs
        self._read_card, self._show_papers = read_card, show_papers
        self._busy = False
        self._kind = IdKind.RESIDENT_ID
        self._done: Case | None = None
        self._card_of = ("", "")
        self.receiver = Field("领取人姓名")
        self.id_number = Field("领取人身份证号")
        self.mandate = Field("委托书和双方证件，如 3 月 17 日的委托书")
        self.reason = Field("申请人为什么不能自己来")
        self.phone = Field("代领人手机")
        self.stay = Field("原件不随结果退的原因，随结果退的不填")
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
        self.id_number.next_gap.connect(self._on_number_entered)
        self.mandate.next_gap.connect(self.reason.focus_editor)
        self.reason.next_gap.connect(self.phone.focus_editor)
        self.phone.next_gap.connect(self.give_button.setFocus)
        self._say_who()

    def _lay_out(self) -> None:
        case, standard = self._case, self._standard()
        what = f"{case.label}　{case.item_name}，{case.applicant_name}"
        self.body.addWidget(Label(what, bold=True, elide=True))
        leaves = "、".join(name for name, _ in handed_over(case, standard))
        given = f"{decision(case, standard)}，交给领取人：{leaves}"
        self.body.addWidget(Label(given, size=13, tone="t2", wrap=True))
        self.body.addWidget(Label(self._may_take(), size=13, tone="t2", wrap=True))
        self.kept = Label(self._kept_words(), size=13, tone="warn", wrap=True)
        self.body.addWidget(self.kept)
        self.kept.setVisible(bool(self.kept.text()))  # not before: alone it would be a window
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setContentsMargins(0, theme.px(6), 0, 0)
        grid.addWidget(self.receiver, 0, 0)
        grid.addWidget(self.id_number, 0, 1)
        grid.addWidget(self.mandate, 1, 0)
        grid.addWidget(self.reason, 1, 1)
        grid.addWidget(self.phone, 2, 0)
        for more in (self.mandate, self.reason, self.phone):
            more.hide()
        self.body.addLayout(grid)
        self.body.addWidget(self.who)
        self.body.addWidget(self.stay)
        self.stay.setVisible(bool(owed(self._standard(), case)))
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
        names = [
            one.party.name
            if one.role in {ReceiverRole.APPLICANT, ReceiverRole.REPRESENTATIVE}
            else f"{one.party.name}（委托书写明可以领取）"
            for one in self._takers()
        ]
        plan = plan_of(self._standard(), self._case)
        way = f"约定{RESULT_WAYS[plan.way]}"
        who = f"代领人{plan.receiver}" if plan.way is ResultWay.PROXY else ""
        can = f"可以领的人：{'、'.join(names)}" if names else ""
        return "，".join(part for part in (way, who, can) if part)

    def _takers(self) -> tuple[Taker, ...]:
        return takers(self._case, local_date(self._actions.here.now()))

    def _kept_words(self) -> str:
        """What has to be settled before the result leaves, and what goes along with it."""
        case, standard = self._case, self._standard()
        made = made_certificate(case)
        said = [f"连同{made.kind} {made.number}，空白证 {made.blank}"] if made else []
        said += [f"{fee.name} {money(fee.amount_fen)}还没缴" for fee in unpaid(standard, case)]
        said += [f"{line.name}的原件没登记去向" for line in unaccounted(standard, case)]
        parcel = under_way(case)
        if parcel is not None:
            said.append(f"{PARCEL_STATES[parcel.state]}，运单 {parcel.waybill_number or '还没有'}")
        said += [
            f"{line.name}原件 {line.count} 份{ORIGINAL_PLACES[line.place]}，随结果退还"
            for line in owed(standard, case)
            if line.place is not None
        ]
        return "；".join(said)

    def _say_who(self) -> None:
        name = self.receiver.value()
        number = normal_number(self.id_number.value())
        on = local_date(self._actions.here.now())
        known = next((one for one in self._takers() if one.party.name == name), None)
        sure = taker_of(self._case, name, number, on)
        tone = "warn"
        if not name:
            text, tone = "放上领取人的身份证，或填姓名和身份证号", "t2"
        elif sure is not None:
            text, tone = f"{name}可以领，证件号一致，{RECEIVER_ROLES[sure.role]}", "ok"
        elif known is not None and not number:
            text, tone = f"{name}可以领，再填身份证号", "t2"
        elif known is not None:
            text = f"证件号和收件时{name}的不一样。对照证件再看一眼"
        else:
            text = f"{name}不在可以领的人里。看过委托书和双方证件，写明再登记"
        other = bool(name and number and sure is None)
        for field in (self.mandate, self.reason, self.phone):
            field.setVisible(other)
        self.who.setText(text)
        self.who.set_tone(tone)

    def _on_typed(self) -> None:
        self._kind = IdKind.RESIDENT_ID
        self.id_number.set_source(Source.TYPED)
        self._check_number()

    def _on_number_entered(self) -> None:
        if self.mandate.isVisible():
            self.mandate.focus_editor()
        else:
            self.give_button.setFocus()

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
        self._card_of = (card.name, normal_number(card.id_number))
        at = clock(self._actions.here.now())
        for field, value in ((self.receiver, card.name), (self.id_number, card.id_number)):
            field.set_value(value)
            field.set_error("")
            field.set_source(Source.CARD, f"已读 {at}")
        self._say_who()
        self._on_number_entered()

    # ---- handing out -----------------------------------------------------------------------

    def _on_give(self) -> None:
        if self._busy or self._done is not None:
            return
        wrong = name_fault("领取人姓名", check_name(self.receiver.value()))
        self.receiver.set_error(wrong)
        if wrong:
            self.receiver.focus_editor()
            return
        if not self._check_number():
            self.id_number.focus_editor()
            return
        self._start("正在登记")
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.hand_out, self._case, self._receiving()),
            owner=self,
            then=self._on_given,
            failed=self._on_trouble,
        )

    def _receiving(self) -> Receiving:
        """What was written down; who was known to the case needs no further papers."""
        other = self.mandate.isVisible()
        mandate = self.mandate.value().strip() if other else ""
        may = self._actions.here.session.may(Right.LET_THROUGH)
        read = self._card_of == (self.receiver.value(), normal_number(self.id_number.value()))
        return Receiving(
            name=self.receiver.value(),
            id_number=normal_number(self.id_number.value()),
            identity=IdentityCheck.CARD_READ if read else IdentityCheck.CARD_SEEN,
            mandate=mandate,
            reason=self.reason.value().strip() if other else "",
            phone=self.phone.value().strip() if other else "",
            let_through=other and may and not mandate,
            originals_stay=self.stay.value().strip(),
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
        self.kept.hide()
        for more in (self.mandate, self.reason, self.phone, self.stay):
            more.hide()
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
        if self.mandate.isVisible() and not self.mandate.value():
            self.mandate.focus_editor()
