"""Numbers that name people, bodies, places, items and certificates, and what is wrong with them.

Every check is pure, brings the text into its normal form first and returns an ``IdCheck``.
Real registers hold numbers that break the standards, so only identity cards that are typed by
hand are refused; everything else is a warning. Region codes never fail a check.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Final

from clerk.domain.check_digits import (
    UNIFIED_CODE_ALPHABET,
    mod_37_36_check_character,
    organisation_check_character,
    resident_check_digit,
    unified_code_check_character,
)
from clerk.domain.residents import resident_birth_on
from clerk.values import dataclass


class IdKind(StrEnum):
    """The kind of document that names a person or body (证件类型).

    The value is this program's own word; other systems are told ``code``.
    """

    RESIDENT_ID = "resident_id"
    HMT_RESIDENCE_PERMIT = "hmt_residence_permit"
    FOREIGN_RESIDENCE_CARD = "foreign_residence_card"
    HMT_TRAVEL_PERMIT = "hmt_travel_permit"
    TAIWAN_TRAVEL_PERMIT = "taiwan_travel_permit"
    CHINESE_PASSPORT = "chinese_passport"
    FOREIGN_PASSPORT = "foreign_passport"
    OTHER_PERSON = "other_person"
    UNIFIED_CODE = "unified_code"
    ORGANISATION_CODE = "organisation_code"
    OTHER_BODY = "other_body"

    @property
    def code(self) -> str:
        """The three digits of ``ID_KIND_CODE_SET``; several kinds may share them.

        The set as published names no code of its own for 港澳台居民居住证 and 组织机构代码.
        """
        return _CODES[self]


ID_KIND_CODE_SET: Final = "GA/T 2000.156"

_CODES: Final = {
    IdKind.RESIDENT_ID: "111",
    IdKind.HMT_RESIDENCE_PERMIT: "999",
    IdKind.FOREIGN_RESIDENCE_CARD: "553",
    IdKind.HMT_TRAVEL_PERMIT: "516",
    IdKind.TAIWAN_TRAVEL_PERMIT: "511",
    IdKind.CHINESE_PASSPORT: "414",
    IdKind.FOREIGN_PASSPORT: "414",
    IdKind.OTHER_PERSON: "999",
    IdKind.UNIFIED_CODE: "001",
    IdKind.ORGANISATION_CODE: "099",
    IdKind.OTHER_BODY: "099",
}


class IdFault(StrEnum):
    """What is wrong with a number."""

    EMPTY = "empty"
    LENGTH = "length"
    CHARACTER = "character"
    FIRST_GENERATION = "first_generation"
    BIRTH_DATE = "birth_date"
    BIRTH_IN_FUTURE = "birth_in_future"
    CHECK_CHARACTER = "check_character"
    FORM = "form"
    REGION = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdCheck:
    """A number in normal form and what was found wrong with it first.

    ``position`` counts characters from 1. ``expected`` is the check character that would be
    right; ``length`` is the number of characters the kind has. Each is None where it says nothing.
    """

    number: str
    fault: IdFault | None = None
    blocks: bool = False
    position: int | None = None
    expected: str | None = None
    length: int | None = None

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault is None

    @property
    def refused(self) -> bool:
        """Whether the typed number may not be used."""
        return self.fault is not None and self.blocks

    @property
    def warned(self) -> bool:
        """Whether the number may be used, but the clerk is told."""
        return self.fault is not None and not self.blocks


_DASHES: Final = "-‐‑‒–—−"
_IDENTITY_CARD = re.compile(r"[0-9]{17}[0-9X]")
_HMT_REGIONS: Final = ("810000", "820000", "830000")
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")
_CERTIFICATE_IDENTIFIER = re.compile(
    r"1\.2\.156\.3005\.2\.([0-9A-Z]{21})\.([0-9A-Z]{6}|[0-9A-Z]{9}|[0-9A-Z]{18})"
    r"\.([0-9A-Z]+)\.([0-9]{3})\.([0-9A-Z])"
)
_FOREIGN_CARD_2004 = re.compile(r"[A-Z]{3}[0-9]{12}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_CHINESE_PASSPORT = re.compile(r"[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|(?:SE|PE|DE)[0-9]{7}")
_FOREIGN_PASSPORT = re.compile(r"[A-Z0-9]{5,17}")
_HMT_TRAVEL_PERMIT = re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?")
_TAIWAN_TRAVEL_PERMIT = re.compile(r"[0-9]{8}|[0-9]{10}(?:\([A-Z]\)|[A-Z])?")
_TASK_CODE = re.compile(r"[0-9A-Za-z-]{1,50}")
_TASK_CODE_LENGTHS: Final = (31, 33)


def normal_number(text: str, *, capitals: bool = True, dashes: bool = False) -> str:
    """Return ``text`` as registers write numbers.

    Full-width characters become ASCII, blanks and invisible characters go, small letters become
    capitals unless ``capitals`` is False, dashes go unless ``dashes`` is True.
    """
    if text.isascii() and text.isalnum():  # nearly every number is in this form already
        return text.upper() if capitals else text
    kept = []
    for character in text:
        narrow = chr(ord(character) - 0xFEE0) if "！" <= character <= "～" else character
        if narrow.isspace() or unicodedata.category(narrow) == "Cf":
            continue
        if narrow in _DASHES:
            narrow = "-" if dashes else ""
        kept.append(narrow.upper() if capitals and narrow.isascii() else narrow)
    return "".join(kept)


def check_identifier(kind: IdKind, text: str, today: date) -> IdCheck:
    """Check the number of a document of ``kind``; a birth date after ``today`` cannot be right."""
    return _CHECKS[kind](text, today)


def check_resident_id(text: str, today: date) -> IdCheck:
    """Check a citizen's number (公民身份号码). Source: GB 11643; 15 digits ended in 2013."""
    number = normal_number(text)
    if re.fullmatch(r"[0-9]{15}", number):
        return IdCheck(number=number, fault=IdFault.FIRST_GENERATION, blocks=True, length=18)
    return _check_card_number(number, today)


def check_hmt_residence_permit(text: str, today: date) -> IdCheck:
    """Check a residence permit of Hong Kong, Macao and Taiwan residents (港澳台居民居住证)."""
    found = _check_card_number(normal_number(text), today)
    if found.valid and not found.number.startswith(_HMT_REGIONS):
        return IdCheck(number=found.number, fault=IdFault.FORM, position=1)
    return found


def check_foreign_residence_card(text: str, today: date) -> IdCheck:
    """Check a foreign permanent resident's card (外国人永久居留身份证), old or new.

    The old one has 15 characters and no published check rule; the new one, from 2023-12-01, has
    18 digits that begin with 9. Only its check digit is certain, so its birth date only warns.
    """
    number = normal_number(text)
    if len(number) == 15:
        return _check_form(number, _FOREIGN_CARD_2004)
    found = _check_shape(number)
    if found.fault is not None:
        return found
    if not number.startswith("9"):
        return IdCheck(number=number, fault=IdFault.FORM, blocks=True, position=1)
    found = _check_last(number, resident_check_digit(number[:-1]), blocks=True)
    return found if found.fault is not None else _check_birth(number, today, blocks=False)


def check_unified_code(text: str) -> IdCheck:
    """Check a unified social credit code (统一社会信用代码). Source: GB 32100-2015."""
    number = normal_number(text)
    if not number:
        return IdCheck(number=number, fault=IdFault.EMPTY)
    if len(number) != 18:
        return IdCheck(number=number, fault=IdFault.LENGTH, length=18)
    stranger = _first_outside(number, UNIFIED_CODE_ALPHABET)
    if stranger is not None:
        return IdCheck(number=number, fault=IdFault.CHARACTER, position=stranger)
    return _check_last(number, unified_code_check_character(number[:-1]), blocks=False)


def check_organisation_code(text: str) -> IdCheck:
    """Check an organisation code (组织机构代码), hyphen or not. Source: GB 11714."""
    number = normal_number(text)
    found = _check_form(number, re.compile(r"[0-9A-Z]{8}[0-9X]"))
    if found.fault is not None:
        return found
    return _check_last(number, organisation_check_character(number[:-1]), blocks=False)


def check_region_code(text: str) -> IdCheck:
    """Look at the form of a region code (行政区划): 6 digits, or 12 with township and village.

    An unknown province is a warning at most. Source: GB/T 2260.
    """
    number = normal_number(text)
    found = _check_form(number, re.compile(r"[0-9]{6}(?:[0-9]{6})?"))
    if found.valid and not _PROVINCE.match(number):
        return IdCheck(number=number, fault=IdFault.REGION, position=1)
    return found


def check_mobile(text: str) -> IdCheck:
    """Look at the form of a mobile number (手机号); a leading +86 is taken off."""
    number = normal_number(text)
    for prefix in ("+86", "0086", "86"):
        if number.startswith(prefix) and len(number) == len(prefix) + 11:
            number = number.removeprefix(prefix)
            break
    return _check_form(number, _MOBILE, length=11)


def check_chinese_passport(text: str) -> IdCheck:
    """Look at the form of a Chinese passport's number: ordinary, public affairs, diplomatic."""
    return _check_form(normal_number(text), _CHINESE_PASSPORT, length=9)


def check_foreign_passport(text: str) -> IdCheck:
    """Look at the form of a foreign passport's number."""
    return _check_form(normal_number(text), _FOREIGN_PASSPORT)


def check_hmt_travel_permit(text: str) -> IdCheck:
    """Look at the form of a 港澳居民来往内地通行证."""
    return _check_form(normal_number(text), _HMT_TRAVEL_PERMIT)


def check_taiwan_travel_permit(text: str) -> IdCheck:
    """Look at the form of a 台湾居民来往大陆通行证: a card's 8 digits or the old booklet's 10."""
    return _check_form(normal_number(text), _TAIWAN_TRAVEL_PERMIT)


def check_task_code(text: str) -> IdCheck:
    """Look at the form of an implementation code (实施编码, 业务办理项编码) and its body's code.

    Codes of provinces differ from the national form, so nothing here is more than a warning.
    """
    number = normal_number(text, capitals=False, dashes=True)
    found = _check_form(number, _TASK_CODE)
    if found.fault is not None:
        return found
    if len(number) not in _TASK_CODE_LENGTHS:
        return IdCheck(number=number, fault=IdFault.LENGTH, length=31)
    body = check_unified_code(number[:18])
    if body.fault is None:
        return IdCheck(number=number)
    return IdCheck(number=number, fault=body.fault, position=body.position, expected=body.expected)


def check_certificate_identifier(text: str) -> IdCheck:
    """Check an electronic certificate's identifier (电子证照标识). Source: GB/T 36904-2018.

    Identifiers in use are known to carry a wrong check character: a warning, no proof of forgery.
    """
    number = normal_number(text)
    parts = _CERTIFICATE_IDENTIFIER.fullmatch(number)
    if parts is None:
        return _check_form(number, _CERTIFICATE_IDENTIFIER)
    return _check_last(
        number, mod_37_36_check_character("".join(parts.groups()[:-1])), blocks=False
    )


def _check_card_number(number: str, today: date) -> IdCheck:
    found = _check_shape(number)
    if found.fault is None:
        found = _check_birth(number, today, blocks=True)
    if found.fault is None:
        found = _check_last(number, resident_check_digit(number[:-1]), blocks=True)
    return found


def _check_shape(number: str) -> IdCheck:
    if not number:
        return IdCheck(number=number, fault=IdFault.EMPTY, blocks=True)
    if len(number) != 18:
        return IdCheck(number=number, fault=IdFault.LENGTH, blocks=True, length=18)
    if _IDENTITY_CARD.fullmatch(number):
        return IdCheck(number=number)
    position = _first_outside(number[:-1], "0123456789") or 18
    return IdCheck(number=number, fault=IdFault.CHARACTER, blocks=True, position=position)


def _check_birth(number: str, today: date, *, blocks: bool) -> IdCheck:
    birth_on = resident_birth_on(number)
    if birth_on is None:
        return IdCheck(number=number, fault=IdFault.BIRTH_DATE, blocks=blocks, position=7)
    if birth_on > today:
        return IdCheck(number=number, fault=IdFault.BIRTH_IN_FUTURE, blocks=blocks, position=7)
    return IdCheck(number=number)


def _check_last(number: str, expected: str, *, blocks: bool) -> IdCheck:
    if number.endswith(expected):
        return IdCheck(number=number)
    return IdCheck(
        number=number,
        fault=IdFault.CHECK_CHARACTER,
        blocks=blocks,
        position=len(number),
        expected=expected,
    )


def _check_form(number: str, form: re.Pattern[str], *, length: int | None = None) -> IdCheck:
    if not number:
        return IdCheck(number=number, fault=IdFault.EMPTY)
    if form.fullmatch(number):
        return IdCheck(number=number)
    if length is not None and len(number) != length:
        return IdCheck(number=number, fault=IdFault.LENGTH, length=length)
    return IdCheck(number=number, fault=IdFault.FORM)


def _check_any(text: str, _today: date) -> IdCheck:
    number = normal_number(text, capitals=False, dashes=True)
    return IdCheck(number=number, fault=None if number else IdFault.EMPTY)


def _first_outside(text: str, alphabet: str) -> int | None:
    for position, character in enumerate(text, start=1):
        if character not in alphabet:
            return position
    return None


def _timeless(check: Callable[[str], IdCheck]) -> Callable[[str, date], IdCheck]:
    def checked(text: str, _today: date) -> IdCheck:
        return check(text)

    return checked


_CHECKS: Final[dict[IdKind, Callable[[str, date], IdCheck]]] = {
    IdKind.RESIDENT_ID: check_resident_id,
    IdKind.HMT_RESIDENCE_PERMIT: check_hmt_residence_permit,
    IdKind.FOREIGN_RESIDENCE_CARD: check_foreign_residence_card,
    IdKind.HMT_TRAVEL_PERMIT: _timeless(check_hmt_travel_permit),
    IdKind.TAIWAN_TRAVEL_PERMIT: _timeless(check_taiwan_travel_permit),
    IdKind.CHINESE_PASSPORT: _timeless(check_chinese_passport),
    IdKind.FOREIGN_PASSPORT: _timeless(check_foreign_passport),
    IdKind.OTHER_PERSON: _check_any,
    IdKind.UNIFIED_CODE: _timeless(check_unified_code),
    IdKind.ORGANISATION_CODE: _timeless(check_organisation_code),
    IdKind.OTHER_BODY: _check_any,
}
