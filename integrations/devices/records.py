"""Text records of identity cards: 256 bytes of UTF-16LE, each field padded with blanks.

Four layouts are in use: residents, residents of Hong Kong, Macao and Taiwan (J), foreign permanent
residents before (I) and since (Y) December 2023. Widths count UTF-16 units of two bytes.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from integrations.devices.trouble import garbled, unknown_card

RECORD_BYTES: Final = 256
_TYPE_AT: Final = 248
_PADDING: Final = " \0"

Layout = tuple[tuple[str, int], ...]


class CardType(StrEnum):
    """The letter by which a record names its layout; a resident's card leaves it blank."""

    RESIDENT = " "
    HMT = "J"
    FOREIGN_2017 = "I"
    FOREIGN_2023 = "Y"


_RESIDENT: Final[Layout] = (
    ("name", 15),
    ("sex", 1),
    ("nation", 2),
    ("birth", 8),
    ("address", 35),
    ("number", 18),
    ("issuer", 15),
    ("from", 8),
    ("until", 8),
    ("", 18),
)
_HMT: Final[Layout] = (
    ("name", 15),
    ("sex", 1),
    ("", 2),
    ("birth", 8),
    ("address", 35),
    ("number", 18),
    ("issuer", 15),
    ("from", 8),
    ("until", 8),
    ("travel_permit", 9),
    ("times_issued", 2),
    ("", 3),
    ("type", 1),
    ("", 3),
)
_FOREIGN_2017: Final[Layout] = (
    ("latin_name", 60),
    ("sex", 1),
    ("number", 15),
    ("nationality", 3),
    ("name", 15),
    ("from", 8),
    ("until", 8),
    ("birth", 8),
    ("version", 2),
    ("authority", 4),
    ("type", 1),
    ("", 3),
)
_FOREIGN_2023: Final[Layout] = (
    ("name", 15),
    ("sex", 1),
    ("times_renewed", 2),
    ("birth", 8),
    ("latin_name", 35),
    ("number", 18),
    ("", 15),
    ("from", 8),
    ("until", 8),
    ("latin_name_rest", 11),
    ("nationality", 3),
    ("type", 1),
    ("old_link", 3),
)
_LAYOUTS: Final[Mapping[CardType, Layout]] = {
    CardType.RESIDENT: _RESIDENT,
    CardType.HMT: _HMT,
    CardType.FOREIGN_2017: _FOREIGN_2017,
    CardType.FOREIGN_2023: _FOREIGN_2023,
}


def fields_in(record: bytes) -> tuple[CardType, Mapping[str, str]]:
    """Return a record's type and its fields without their padding.

    Raises:
        AnswerGarbled: it is not 256 bytes of UTF-16.
        CardRejected: its type is unknown.
    """
    if len(record) != RECORD_BYTES:
        raise garbled()
    letter = _text(record[_TYPE_AT : _TYPE_AT + 2])
    try:
        card_type = CardType(letter or " ")
    except ValueError as error:
        raise unknown_card() from error
    fields, at = {}, 0
    for name, width in _LAYOUTS[card_type]:
        if name:
            fields[name] = _text(record[at : at + 2 * width])
        at += 2 * width
    return card_type, fields


def record_of(card_type: CardType, fields: Mapping[str, str]) -> bytes:
    """Return the record that says ``fields``; for the simulated reader.

    Raises:
        ValueError: a field is longer than the layout has room for.
    """
    record = b""
    for name, width in _LAYOUTS[card_type]:
        text = card_type.value if name == "type" else fields.get(name, "")
        units = len(text.encode("utf-16-le")) // 2
        if units > width:
            raise ValueError(name)
        record += (text + " " * (width - units)).encode("utf-16-le")
    return record


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-16-le").rstrip(_PADDING)
    except UnicodeDecodeError as error:
        raise garbled() from error
