"""Who asks and who stands at the window: the applicant's card (申请人、代办人)."""

from datetime import date

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.caring import age_of_applicant, suggests_elderly
from clerk.domain.case import Case
from clerk.domain.masking import grouped_identity_number
from clerk.domain.office import OfficeRules
from clerk.domain.party import Handler, HandlerKind, Party, PartyKind, Source
from clerk.domain.residents import age_on
from clerk.ui import theme
from clerk.ui.care import CareStrip
from clerk.ui.intake_alike import AlikeStrip
from clerk.ui.intake_fields import MARKS
from clerk.ui.intake_flow import OpenCase
from clerk.ui.widgets import Button, Card, Icon, Label, Line, SourceMark
from clerk.wording import MANDATE_ACTS, SEXES, clock
from clerk.wording_care import suggestion


def person_hint(party: Party, on: date) -> str:
    """Sex and age, as far as they are known: ``女·83 岁``."""
    age = f"{age_on(party.birth_on, on)} 岁" if party.birth_on else ""
    return "·".join(part for part in (SEXES.get(party.sex, ""), age) if part)


def source_words(party: Party) -> str:
    """How the person was identified and when."""
    how = {Source.ID_CARD: "已读", Source.CERTIFICATE: "证照"}.get(party.source, "手录")
    return f"{how} {clock(party.identified_at)}"


class _Person(QWidget):
    """Name, sex and age, number and address; the full number is shown only here."""

    def __init__(self, *, face: bool) -> None:
        super().__init__()
        self.name = Label(size=16 if face else 14, bold=True, elide=not face, wrap=face)
        self.hint = Label(size=13, tone="t2")
        self.number = Label(size=14 if face else 13, elide=True)
        self.address = Label(size=12, tone="t3", elide=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(10))
        row.setSpacing(theme.px(12))
        if face:
            row.addWidget(Icon("user-round", 30, "t3", disc=56), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        top.addWidget(self.name)
        top.addWidget(self.hint, 1)
        column.addLayout(top)
        column.addWidget(self.number)
        column.addWidget(self.address)
        row.addLayout(column, 1)

    def show_party(self, party: Party, hint: str) -> None:
        self.name.setText(party.name or "还差名称")
        self.hint.setVisible(bool(hint))
        self.name.set_tone("t1" if party.name else "bad")
        self.hint.setText(hint)
        number = party.id_number
        body = party.kind is not PartyKind.PERSON
        self.number.setText(number if body else grouped_identity_number(number))
        self.number.setVisible(bool(number))
        self.address.setText(party.address)
        self.address.setVisible(bool(party.address))


class _Section(QWidget):
    """A heading with where it comes from, and the person below."""

    def __init__(self, title: str, *, face: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        head.setFixedHeight(theme.px(38))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        row.setSpacing(theme.px(8))
        self.title = Label(title, bold=True)
        self.hint = Label(size=12, tone="t3", elide=True)
        self.mark = SourceMark(MARKS[Source.ID_CARD])
        self.change = Button("", kind="text", small=True)
        row.addWidget(self.title)
        row.addWidget(self.hint, 1)
        row.addWidget(self.change)
        row.addWidget(self.mark)
        self.person = _Person(face=face)
        column.addWidget(head)
        column.addWidget(self.person)

    def show_party(self, party: Party, hint: str, person_words: str) -> None:
        self.person.show_party(party, person_words)
        self.hint.setText(hint)
        self.mark.setVisible(bool(party.name))
        self.mark.show_source(MARKS[party.source], source_words(party))


class ApplicantCard(Card):
    """Applicant, representative and handler, each with how he was identified."""

    read_wanted = pyqtSignal()
    type_wanted = pyqtSignal()
    body_wanted = pyqtSignal()
    handler_wanted = pyqtSignal()
    handler_dropped = pyqtSignal()
    mandate_wanted = pyqtSignal()
    care_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.applicant = _Section("申请人", face=True)
        self.representative = _Section("负责人", face=False)
        self.handler = _Section("代办人", face=False)
        self.alike = AlikeStrip()
        self.lines = (Line(), Line())
        self.nobody = QWidget()
        column = QVBoxLayout(self.nobody)
        column.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(14))
        column.setSpacing(theme.px(8))
        column.addWidget(Label("还没有申请人，放上身份证就填好", size=13, tone="t2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.read = Button("读身份证", key="Ctrl R", small=True)
        self.type = Button("手工录入", small=True)
        row.addWidget(self.read)
        row.addWidget(self.type)
        row.addStretch(1)
        column.addLayout(row)
        self.mandate = Label(size=12, tone="t2", wrap=True)
        self.mandate.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(10))
        self.sign = Button("请委托人签委托书", small=True)
        self.care = CareStrip()
        self.care.wanted.connect(self.care_wanted)
        for widget in (
            self.applicant,
            self.nobody,
            self.alike,
            self.care,
            self.lines[0],
            self.representative,
            self.lines[1],
            self.handler,
            self.mandate,
        ):
            self.body.addWidget(widget)
        signing = QHBoxLayout()
        signing.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(10))
        signing.addWidget(self.sign)
        signing.addStretch(1)
        self.body.addLayout(signing)
        self.body.addStretch(1)
        self.read.clicked.connect(self.read_wanted)
        self.type.clicked.connect(self.type_wanted)
        self.applicant.change.clicked.connect(self.body_wanted)
        self.representative.change.clicked.connect(self.read_wanted)
        self.handler.change.clicked.connect(self.handler_wanted)
        self.sign.clicked.connect(self.mandate_wanted)
        self.representative.change.setText("换人")
        self.handler.change.setText("改委托")

    def first_button(self) -> Button:
        """Where the focus goes when something about the people is open."""
        for button in (self.read, self.handler.change, self.applicant.change):
            if button.isVisible():
                return button
        return self.applicant.change

    def show_case(self, opened: OpenCase, on: date, office: OfficeRules) -> None:
        """Show who applies, how he is to be served, and who acts for him."""
        case = opened.case
        self.alike.show_case(opened)
        self._show_care(opened, on, office)
        applicant = case.applicant
        known = applicant is not None
        self.nobody.setVisible(not known)
        self.applicant.person.setVisible(known)
        self.applicant.mark.setVisible(known)
        self.applicant.change.setVisible(known and opened.editable)
        if applicant is None:
            self.applicant.hint.setText("")
            self._show_more(None, None, opened)
            return
        party = applicant.party
        person = party.kind is PartyKind.PERSON
        self.applicant.change.setText("代办" if person and case.handler is None else "修改")
        self.applicant.show_party(
            party,
            "代办" if case.handler else "本人办理" if person else "",
            person_hint(party, on),
        )
        self._show_more(applicant.representative, case.handler, opened)

    def _show_care(self, opened: OpenCase, on: date, office: OfficeRules) -> None:
        case = opened.case
        age = age_of_applicant(case, on)
        suggests = age is not None and suggests_elderly(case, office, on)
        self.care.setVisible(case.applicant is not None)
        self.care.show_care(
            case.care, suggestion(age or 0) if suggests else "", editable=opened.editable
        )

    def _show_more(
        self, representative: Party | None, handler: Handler | None, opened: OpenCase
    ) -> None:
        self.representative.setVisible(representative is not None)
        self.lines[0].setVisible(representative is not None)
        self.handler.setVisible(handler is not None)
        self.lines[1].setVisible(handler is not None)
        self.mandate.setVisible(handler is not None)
        self.representative.change.setVisible(opened.editable)
        self.handler.change.setVisible(opened.editable)
        agent = handler is not None and handler.kind is HandlerKind.AGENT
        unsigned = handler is not None and not handler.mandate.signed
        not_taken_in = opened.case.received_at is None
        self.sign.setVisible(agent and unsigned and opened.editable and not_taken_in)
        if representative is not None:
            self.representative.show_party(representative, "", "")
        if handler is not None:
            self.handler.show_party(handler.party, handler.relation, "")
            self.mandate.setText(mandate_words(handler))
            self.mandate.set_tone("t2" if handler.mandate.signed else "bad")


def mandate_words(handler: Handler) -> str:
    """What the handler may do, until when, and whether that was signed."""
    mandate = handler.mandate
    acts = "、".join(words for act, words in MANDATE_ACTS.items() if act in mandate.acts)
    until = f"到 {mandate.until_on.isoformat()}"
    return f"可{acts}，{until}" if mandate.signed else f"委托书还没签名（{acts}，{until}）"


def wants_person(case: Case) -> bool:
    """Whether a card that is placed now fills the applicant without asking."""
    applicant = case.applicant
    if applicant is None:
        return True
    return applicant.party.kind is not PartyKind.PERSON and applicant.representative is None
