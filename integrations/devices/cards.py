"""From a card's text record to a value the rest of the program trusts, and back again."""

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Final

from clerk import assets
from clerk.domain.id_card import IdCard
from clerk.domain.identifiers import IdKind
from clerk.domain.residents import Sex
from integrations.devices.records import CardType, fields_in, record_of
from integrations.devices.trouble import garbled

LONG_TERM: Final = "长期"

_KINDS: Final = {
    CardType.RESIDENT: IdKind.RESIDENT_ID,
    CardType.HMT: IdKind.HMT_RESIDENCE_PERMIT,
    CardType.FOREIGN_2017: IdKind.FOREIGN_RESIDENCE_CARD,
    CardType.FOREIGN_2023: IdKind.FOREIGN_RESIDENCE_CARD,
}
_DAY: Final = "%Y%m%d"
_LATIN_NAME_WIDTH: Final = 35


def read_nations() -> Mapping[str, str]:
    """Return the labels of the nation codes (民族)."""
    labels = tomllib.loads(assets.read_text("resources", "codes/nations.toml"))["labels"]
    return {str(code): str(label) for code, label in labels.items()}


def card_in(record: bytes, nations: Mapping[str, str]) -> IdCard:
    """Return the card that a text record tells of.

    What contradicts itself stays (``IdCard.doubts``); what cannot be read at all is trouble.

    Raises:
        AnswerGarbled: no name or number, or a date or sex that is none.
        CardRejected: a type of card that is not known.
    """
    card_type, fields = fields_in(record)
    latin_name = _latin_name(fields)
    name, number = fields["name"] or latin_name, fields["number"]
    if not name or not number:
        raise garbled()
    nation_code = fields.get("nation", "")
    return IdCard(
        kind=_KINDS[card_type],
        name=name,
        sex=_sex(fields["sex"], card_type),
        birth_on=_day(fields["birth"]),
        id_number=number.upper(),
        valid_from_on=_day(fields["from"]),
        valid_until_on=None if fields["until"] == LONG_TERM else _day(fields["until"]),
        nation_code=nation_code,
        nation=nations.get(nation_code, ""),
        address=fields.get("address", ""),
        issuer=fields.get("issuer", ""),
        latin_name=latin_name,
        nationality=fields.get("nationality", ""),
        travel_permit_number=fields.get("travel_permit", ""),
    )


def record_for(card: IdCard) -> bytes:
    """Return the text record of ``card`` as its chip would hold it; for the simulated reader.

    Raises:
        ValueError: a field is longer than a card has room for, or no reader reads such a card.
    """
    card_type = _type_of(card)
    fields = {
        "name": "" if card.name == card.latin_name else card.name,
        "sex": card.sex.value,
        "birth": card.birth_on.strftime(_DAY),
        "number": card.id_number,
        "from": card.valid_from_on.strftime(_DAY),
        "until": card.valid_until_on.strftime(_DAY) if card.valid_until_on else LONG_TERM,
        "nation": card.nation_code,
        "address": card.address,
        "issuer": card.issuer,
        "nationality": card.nationality,
        "travel_permit": card.travel_permit_number,
        "latin_name": card.latin_name,
    }
    if card_type is CardType.FOREIGN_2023:
        fields["latin_name"] = card.latin_name[:_LATIN_NAME_WIDTH]
        fields["latin_name_rest"] = card.latin_name[_LATIN_NAME_WIDTH:]
    return record_of(card_type, fields)


def _type_of(card: IdCard) -> CardType:
    match card.kind:
        case IdKind.RESIDENT_ID:
            return CardType.RESIDENT
        case IdKind.HMT_RESIDENCE_PERMIT:
            return CardType.HMT
        case IdKind.FOREIGN_RESIDENCE_CARD:
            return CardType.FOREIGN_2017 if len(card.id_number) == 15 else CardType.FOREIGN_2023
    raise ValueError(card.kind)


def _latin_name(fields: Mapping[str, str]) -> str:
    """A blank that falls on the border of the two fields belongs to the name."""
    name, rest = fields.get("latin_name", ""), fields.get("latin_name_rest", "")
    return name.ljust(_LATIN_NAME_WIDTH) + rest if rest else name


def _sex(code: str, card_type: CardType) -> Sex:
    if card_type in {CardType.FOREIGN_2017, CardType.FOREIGN_2023}:
        return Sex.MALE if code == "1" else Sex.FEMALE  # all that public sources say of these
    try:
        return Sex(code)
    except ValueError as error:
        raise garbled() from error


def _day(text: str) -> date:
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        raise garbled()
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError as error:
        raise garbled() from error
