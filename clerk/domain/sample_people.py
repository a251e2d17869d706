"""The invented people who apply in sample cases, as old on every day as their file says."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from clerk.domain.check_digits import (
    organisation_check_character,
    resident_check_digit,
    unified_code_check_character,
)
from clerk.domain.errors import BadInput, SamplesFaulty
from clerk.domain.identifiers import IdKind
from clerk.domain.party import Party, PartyKind, Source
from clerk.domain.residents import Sex, resident_sex
from clerk.domain.sample_case import SampleWho
from clerk.domain.toml_reading import Table
from clerk.values import dataclass, replace

AREA: Final = "990123"
"""No place has this number, so none of these people exists."""
_HALF_A_YEAR: Final = timedelta(days=180)
_DAYS_LEFT_ON_CARD: Final = timedelta(days=3650)


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePerson:
    """An invented person; ``order`` is the order number in his card's number, odd for a man."""

    key: str
    name: str
    age: int
    order: str
    address: str

    def party(self, on: date, at: datetime) -> Party:
        """Return him as the card reader would on ``on``, half a year past his birthday."""
        born_on = _years_before(on - _HALF_A_YEAR, self.age)
        body = f"{AREA}{born_on:%Y%m%d}{self.order}"
        number = body + resident_check_digit(body)
        return Party(
            kind=PartyKind.PERSON,
            name=self.name,
            id_kind=IdKind.RESIDENT_ID,
            id_number=number,
            source=Source.ID_CARD,
            identified_at=at,
            address=self.address,
            sex=resident_sex(number).value,
            birth_on=born_on,
            id_valid_until_on=on + _DAYS_LEFT_ON_CARD,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleBody:
    """An invented body and the person who stands for it; ``code`` lacks its two check digits."""

    key: str
    name: str
    kind: PartyKind
    code: str
    address: str
    representative: str

    def party(self, at: datetime) -> Party:
        """Return it as it is typed at the window."""
        checked = self.code + organisation_check_character(self.code[8:])
        return Party(
            kind=self.kind,
            name=self.name,
            id_kind=IdKind.UNIFIED_CODE,
            id_number=checked + unified_code_check_character(checked),
            source=Source.TYPED,
            identified_at=at,
            address=self.address,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePeople:
    """Everybody, by key; ``faces`` says what of a holder stands on a certificate."""

    persons: Mapping[str, SamplePerson]
    bodies: Mapping[str, SampleBody]
    faces: Mapping[str, str]

    def knows(self, who: SampleWho) -> bool:
        """Whether there is somebody of that key; only a person can be of another age or sex."""
        changed = who.age is not None or who.sex
        return who.key in self.persons or (who.key in self.bodies and not changed)

    def person(self, who: SampleWho) -> SamplePerson:
        """Return the person, or the one who stands for the body, as old as he is to be."""
        body = self.bodies.get(who.key)
        found = self.persons[body.representative if body else who.key]
        if who.age is not None:
            found = replace(found, age=who.age)
        if who.sex:
            parity = int(who.sex is Sex.MALE)
            order = int(found.order)
            found = replace(found, order=f"{order + (order % 2 != parity):03d}")
        return found

    def face(self, holder: Party, representative: Party) -> Mapping[str, str]:
        """Return what a certificate of ``holder`` shows by itself."""
        shown = {name: _shown(path, holder, representative) for name, path in self.faces.items()}
        return {name: value for name, value in shown.items() if value}


def people_from(mapping: Mapping[str, object]) -> SamplePeople:
    """Return the people that ``mapping`` says.

    Raises:
        SamplesFaulty: it has faults; all of them are listed.
    """
    faults: list[BadInput] = []
    table = Table(mapping, "", faults)
    people = SamplePeople(
        persons={one.key: one for one in _persons(table)},
        bodies={one.key: one for one in _bodies(table)},
        faces=table.plain_texts("faces"),
    )
    table.close()
    faults.extend(
        BadInput(f"bodies {body.key}：没有人 {body.representative}")
        for body in people.bodies.values()
        if body.representative not in people.persons
    )
    faults.extend(
        BadInput(f"faces.{name}：不认识的来源 {path}")
        for name, path in people.faces.items()
        if not _is_path(path)
    )
    if faults:
        raise SamplesFaulty(
            f"样例人物有{len(faults)}处问题，没有采用。请按所列各处改正",
            tuple(dict.fromkeys(map(str, faults))),
        )
    return people


def _persons(table: Table) -> Iterator[SamplePerson]:
    for line in table.tables("persons", required=True):
        yield SamplePerson(
            key=line.text("key"),
            name=line.text("name"),
            age=line.integer("age"),
            order=line.text("order"),
            address=line.text("address"),
        )
        line.close()


def _bodies(table: Table) -> Iterator[SampleBody]:
    for line in table.tables("bodies"):
        yield SampleBody(
            key=line.text("key"),
            name=line.text("name"),
            kind=line.word("kind", PartyKind),
            code=line.text("code"),
            address=line.text("address"),
            representative=line.text("representative"),
        )
        line.close()


def _years_before(day: date, years: int) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year - years, day.month, last)


def _is_path(path: str) -> bool:
    who, _, what = path.partition(".")
    return who in {"holder", "representative"} and what in {
        "name",
        "id_number",
        "address",
        "sex",
        "birth_on",
    }


def _shown(path: str, holder: Party, representative: Party) -> str:
    who, _, what = path.partition(".")
    party = holder if who == "holder" else representative
    value = getattr(party, what)
    return value.isoformat() if isinstance(value, date) else str(value or "")
