"""Dialogs in which people are named by hand: applicant, company, handler with his mandate."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from PyQt6.QtWidgets import QGridLayout, QWidget

from clerk.domain.days import local_date
from clerk.domain.identifiers import IdKind, check_identifier, check_resident_id
from clerk.domain.masking import grouped_identity_number
from clerk.domain.names import check_name
from clerk.domain.party import Handler, HandlerKind, Mandate, MandateAct, Party, PartyKind, Source
from clerk.domain.residents import resident_birth_on, resident_sex
from clerk.ui import theme
from clerk.ui.id_words import id_fault, name_fault
from clerk.ui.intake_strip import Tick
from clerk.ui.widgets import Button, Choice, Dialog, Field, Label
from clerk.wording import MANDATE_ACTS, PARTY_KINDS

_MANDATE_DAYS = 30


def typed_person(name: str, number: str, address: str, at: datetime) -> Party:
    """Make a person out of what was typed from an identity card."""
    normal = check_resident_id(number, local_date(at)).number
    return Party(
        kind=PartyKind.PERSON,
        name=name.strip(),
        id_kind=IdKind.RESIDENT_ID,
        id_number=normal,
        source=Source.TYPED,
        identified_at=at,
        address=address.strip(),
        sex=resident_sex(normal).value,
        birth_on=resident_birth_on(normal),
    )


class _NamingDialog(Dialog):
    """A dialog of fields with one button; Enter goes to the next field, on the last confirms."""

    def __init__(self, title: str, words: str, *, width: int = 560) -> None:
        super().__init__(title, width=width)
        self.fields: list[Field] = []
        self.confirm = Button(words, key="Enter", kind="compact")
        self.confirm.clicked.connect(self._on_confirmed)
        self.foot.addStretch(1)
        self.foot.addWidget(self.confirm)

    def add_field(self, label: str) -> Field:
        """Add a field below the others."""
        field = Field(label)
        field.next_gap.connect(lambda: self._on_entered(field))
        field.editor.textChanged.connect(lambda _text: field.set_error(""))
        self.fields.append(field)
        self.body.addWidget(field)
        return field

    def first_focus(self) -> QWidget | None:
        return self.fields[0].editor if self.fields else None

    def _on_entered(self, field: Field) -> None:
        at = self.fields.index(field)
        if at + 1 < len(self.fields):
            self.fields[at + 1].focus_editor()
        else:
            self._on_confirmed()

    def _on_confirmed(self) -> None:
        raise NotImplementedError

    def refused(self, field: Field, said: str) -> bool:
        """Say what is wrong with a field and go there; nothing where ``said`` is empty."""
        if said:
            field.set_error(said)
            field.focus_editor()
        return bool(said)


class PersonDialog(_NamingDialog):
    """An applicant without a card on the reader: name and number are typed and checked."""

    def __init__(
        self,
        now: Callable[[], datetime],
        take: Callable[[Party], None],
        *,
        title: str = "录入申请人",
    ) -> None:
        super().__init__(title, "录入")
        self._now, self._take = now, take
        self.name = self.add_field("姓名")
        self.number = self.add_field("身份证号")
        self.address = self.add_field("住址（可不填）")

    def _on_confirmed(self) -> None:
        if self.refused(self.name, name_fault("姓名", check_name(self.name.value()))):
            return
        at = self._now()
        check = check_resident_id(self.number.value(), local_date(at))
        if self.refused(self.number, id_fault(IdKind.RESIDENT_ID, check) if check.refused else ""):
            return
        party = typed_person(
            check_name(self.name.value()).name, check.number, self.address.value(), at
        )
        self.close_dialog()
        self._take(party)


class BodyDialog(_NamingDialog):
    """A company, trader or institution: name and unified code; a doubtful code only warns."""

    def __init__(
        self,
        now: Callable[[], datetime],
        kinds: Sequence[PartyKind],
        held: Party | None,
        take: Callable[[Party], None],
    ) -> None:
        super().__init__("录入单位", "录入")
        self._now, self._take = now, take
        self._kinds = tuple(kind for kind in kinds if kind is not PartyKind.PERSON)
        self.kind = Choice([PARTY_KINDS[kind] for kind in self._kinds], label="主体类型")
        self.kind.set_chosen(0 if self._kinds else None)
        self.body.addWidget(self.kind)
        self.name = self.add_field("名称（与执照一致）")
        self.code = self.add_field("统一社会信用代码")
        self.address = self.add_field("住所（可不填）")
        self._warned_of = ""
        if held is not None and held.kind in self._kinds:
            self.kind.set_chosen(self._kinds.index(held.kind))
            self.name.set_value(held.name)
            self.code.set_value(held.id_number)
            self.address.set_value(held.address)

    def _on_confirmed(self) -> None:
        if self.refused(self.name, name_fault("名称", check_name(self.name.value()))):
            return
        at = self._now()
        check = check_identifier(IdKind.UNIFIED_CODE, self.code.value(), local_date(at))
        said = id_fault(IdKind.UNIFIED_CODE, check)
        if said and self._warned_of != check.number:
            self._warned_of = check.number or ""
            self.refused(self.code, f"{said}。照样用就再按一次 Enter" if check.number else said)
            return
        party = Party(
            kind=self._kinds[self.kind.chosen() or 0],
            name=check_name(self.name.value()).name,
            id_kind=IdKind.UNIFIED_CODE,
            id_number=check.number,
            source=Source.TYPED,
            identified_at=at,
            address=self.address.value(),
        )
        self.close_dialog()
        self._take(party)


class HandlerDialog(_NamingDialog):
    """Who acts for the applicant, what he may do, until when, and whether that was signed."""

    def __init__(
        self,
        now: Callable[[], datetime],
        held: Handler | None,
        person: Party | None,
        take: Callable[[Handler | None], None],
    ) -> None:
        super().__init__("代办人和委托", "登记代办人", width=620)
        self._now, self._take = now, take
        self._person = person or (held.party if held else None)
        self._on = local_date(now())
        mandate = held.mandate if held else None
        if self._person is None:
            self.name = self.add_field("代办人姓名")
            self.number = self.add_field("代办人身份证号")
        else:
            number = grouped_identity_number(self._person.id_number)
            self.body.addWidget(Label(f"{self._person.name}　{number}", bold=True))
        self.relation = self.add_field("与申请人的关系")
        self.relation.set_value(held.relation if held else "")
        self.agent = Tick("帮办代办员（政务服务机构或村、社区的，不收费）", two_states=True)
        self.agent.set_holds(held is not None and held.kind is HandlerKind.AGENT)
        self.body.addWidget(self.agent)
        until = mandate.until_on if mandate else self._on + timedelta(days=_MANDATE_DAYS)
        self.until = self.add_field("委托到哪天")
        self.until.set_value(until.isoformat())
        self.body.addWidget(Label("委托书写明可以", size=12, tone="t3"))
        grid = QGridLayout()
        grid.setSpacing(theme.px(4))
        usual = {MandateAct.SUBMIT, MandateAct.CORRECT, MandateAct.COLLECT}
        self.acts_ticks: dict[MandateAct, Tick] = {}
        for place, (act, words) in enumerate(MANDATE_ACTS.items()):
            tick = Tick(words, two_states=True)
            tick.set_holds(act in (mandate.acts if mandate else usual))
            grid.addWidget(tick, place // 3, place % 3)
            self.acts_ticks[act] = tick
        self.body.addLayout(grid)
        self.signed = Tick("委托人已在委托书上签名（看过原件）", two_states=True)
        self.signed.set_holds(mandate.signed if mandate else False)
        self.body.addWidget(self.signed)
        if held is not None:
            alone = Button("改为本人办理")
            alone.clicked.connect(self._on_alone)
            self.foot.insertWidget(0, alone)

    def _on_alone(self) -> None:
        self.close_dialog()
        self._take(None)

    def _on_confirmed(self) -> None:
        person = self._person or self._typed_person()
        if person is None:
            return
        if self.refused(self.relation, "" if self.relation.value() else "还差与申请人的关系"):
            return
        until_on = _day(self.until.value())
        if until_on is None or until_on < self._on:
            self.refused(self.until, "委托到期日要写成 2026-04-30，不早于今天")
            return
        mandate = Mandate(
            acts=frozenset(act for act, tick in self.acts_ticks.items() if tick.holds()),
            from_on=self._on,
            until_on=until_on,
            signed=bool(self.signed.holds()),
        )
        self.close_dialog()
        kind = HandlerKind.AGENT if self.agent.holds() else HandlerKind.OWN
        relation = self.relation.value()
        self._take(Handler(party=person, relation=relation, mandate=mandate, kind=kind))

    def _typed_person(self) -> Party | None:
        if self.refused(self.name, name_fault("代办人姓名", check_name(self.name.value()))):
            return None
        at = self._now()
        check = check_resident_id(self.number.value(), local_date(at))
        if self.refused(self.number, id_fault(IdKind.RESIDENT_ID, check) if check.refused else ""):
            return None
        return typed_person(check_name(self.name.value()).name, check.number, "", at)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
