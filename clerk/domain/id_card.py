"""What an identity card says of its holder, as read by a machine."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from clerk.domain.identifiers import IdKind, check_identifier
from clerk.domain.names import character_fault
from clerk.domain.residents import Sex, resident_birth_on, resident_sex
from clerk.values import dataclass


class CardDoubt(StrEnum):
    """A difference on a card that the clerk is shown; none blocks."""

    NUMBER = "number"
    BIRTH_DIFFERS = "birth_differs"
    SEX_DIFFERS = "sex_differs"
    ODD_CHARACTERS = "odd_characters"
    NATION_UNKNOWN = "nation_unknown"
    VALIDITY = "validity"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdCard:
    """A card as its chip tells it, text unchanged but for the padding.

    ``valid_until_on`` is the last day included, None for 长期. ``nation`` is the label to
    ``nation_code`` (GB/T 3304), both empty on cards that name none; ``nationality`` has the three
    letters of GB/T 2659. ``travel_permit_number`` stands on a permit of Hong Kong, Macao and
    Taiwan residents. ``name`` is the Latin one where a foreigner's card has no Chinese name.
    """

    kind: IdKind
    name: str
    sex: Sex
    birth_on: date
    id_number: str
    valid_from_on: date
    valid_until_on: date | None
    nation_code: str = ""
    nation: str = ""
    address: str = ""
    issuer: str = ""
    latin_name: str = ""
    nationality: str = ""
    travel_permit_number: str = ""

    def valid_on(self, day: date) -> bool:
        """Whether the card counts on ``day``, first and last day included."""
        ended = self.valid_until_on is not None and self.valid_until_on < day
        return self.valid_from_on <= day and not ended

    def doubts(self, today: date) -> tuple[CardDoubt, ...]:
        """Return every difference between what the card says in two places, for a person."""
        return tuple(self._doubts(today))

    def _doubts(self, today: date) -> Iterator[CardDoubt]:
        if not check_identifier(self.kind, self.id_number, today).valid:
            yield CardDoubt.NUMBER
        if len(self.id_number) == 18 and self.birth_on != resident_birth_on(self.id_number):
            yield CardDoubt.BIRTH_DIFFERS
        if self._sex_differs():
            yield CardDoubt.SEX_DIFFERS
        # old firmware hands over rare characters as private-use ones
        if any(character_fault(character) for character in self.name + self.address):
            yield CardDoubt.ODD_CHARACTERS
        if self.nation_code and not self.nation:
            yield CardDoubt.NATION_UNKNOWN
        if self.valid_until_on is not None and self.valid_until_on < self.valid_from_on:
            yield CardDoubt.VALIDITY

    def _sex_differs(self) -> bool:
        """A foreigner's number does not tell the sex for certain."""
        return (
            self.kind is not IdKind.FOREIGN_RESIDENCE_CARD
            and self.sex in {Sex.MALE, Sex.FEMALE}
            and self.sex is not resident_sex(self.id_number)
        )
