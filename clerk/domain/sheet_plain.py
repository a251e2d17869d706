"""What the texts of a worksheet say, as the plain values of an item standard.

A code never stands alone: it comes with the set it belongs to and its label. What a text does not
say is left out, so that the standard's own checks name it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from clerk.domain.sheet_columns import (
    MaterialTypeMeaning,
    NationalSet,
    SheetMapping,
    SheetVocabulary,
)
from clerk.domain.sheet_reading import numbered_lines

Plain = dict[str, Any]

_NUMERAL: Final = r"[\u3007\u96f6\u4e00-\u9fa5\d]{1,8}?"
_ONE_ARTICLE: Final = (
    rf"\u7b2c{_NUMERAL}\u6761(?:\u4e4b{_NUMERAL[:-1]})?"  # 第…条之…
    rf"(?:\u7b2c{_NUMERAL}\u6b3e)?(?:\u7b2c[\uff08(]?{_NUMERAL}[\uff09)]?\u9879)?"  # 第…款第…项
)
_ARTICLES: Final = re.compile(rf"{_ONE_ARTICLE}(?:[\u3001\u548c\u53ca]{_ONE_ARTICLE})*")
_NUMBER_OF_PAPER: Final = re.compile(  # 国办发〔2019〕5号
    r"[\u4e00-\u9fa5]{0,8}[\u3014\[\uff3b(\uff08]\d{4}[\u3015\]\uff3d)\uff09]\u7b2c?\d+\u53f7"
)
_TITLE: Final = re.compile(r"\u300a([^\u300b]+)\u300b")
_AROUND: Final = " \t\r\n\uff1a:\uff0c,\u3002;\uff1b\u3001\uff08\uff09()\u201c\u201d\u300c\u300d"
_PARTS: Final = re.compile(r"[\^\u3001,\uff0c;\uff1b|/\n\r\t ]+")
_MONEY: Final = re.compile(r"(\d+(?:\.\d{1,2})?)\s*\u5143")
_BEFORE_STANDARD: Final = re.compile(r"[\uff1a:]|(?=\d)")
_PHONE: Final = re.compile(r"\d{3,4}-\d{7,8}|1\d{10}|\d{7,8}|\d{5}")
_FEN: Final = 100


def clauses_of(text: str) -> list[Plain]:
    """Return the clauses that a text cites, one a numbered line."""
    return [_clause(line) for line in numbered_lines(text)]


def _clause(line: str) -> Plain:
    title, articles = _TITLE.search(line), _ARTICLES.search(line)
    number = _NUMBER_OF_PAPER.search(line)
    place = articles or number
    found: Plain = {}
    if title:
        found["law"] = title[1].strip()
    elif place:
        found["law"] = line[: place.start()].strip(_AROUND)
    else:
        found["law"] = line.strip(_AROUND)
    if place:
        found["article"] = place[0].strip()
        gist = line[place.end() :].strip(_AROUND)
        if gist:
            found["gist"] = gist
    return {key: value for key, value in found.items() if value}


def written_clause(clause: Mapping[str, Any]) -> str:
    """Return a clause as a line of the worksheet."""
    law, article, gist = (str(clause.get(key, "")) for key in ("law", "article", "gist"))
    named = f"\u300a{law}\u300b{article}" if law else article
    return f"{named}\uff1a{gist}" if gist else named


def written_lines(lines: Sequence[str]) -> str:
    """Return lines as one numbered text, a single line without its number."""
    if len(lines) < 2:
        return "".join(lines)
    return "\n".join(f"{number}.{line}" for number, line in enumerate(lines, 1))


def parts_of(text: str) -> tuple[str, ...]:
    """Return the values that one cell lists (joined with ``^`` on the platform)."""
    return tuple(dict.fromkeys(part for part in _PARTS.split(text) if part))


def phone_in(text: str) -> str:
    """Return the first telephone number of a text, empty without one."""
    found = _PHONE.search(text)
    return found[0] if found else ""


def fees_of(text: str, basis: Plain | None) -> list[Plain]:
    """Return the charges of a text; an amount that is not one plain sum is left out."""
    return [_fee(number, line, basis) for number, line in enumerate(numbered_lines(text), 1)]


def _fee(number: int, line: str, basis: Plain | None) -> Plain:
    name = _BEFORE_STANDARD.split(line, maxsplit=1)[0].strip(_AROUND)
    found: Plain = {"code": f"F{number}", "name": name or line, "standard": line}
    sums = _MONEY.findall(line)
    if len(sums) == 1:
        whole, _, rest = sums[0].partition(".")
        found["amount_fen"] = int(whole) * _FEN + int((rest + "00")[:2])
    if basis:
        found["basis"] = dict(basis)
    return found


class PlainValues:
    """Makes plain values out of the texts of one list, by its own codes."""

    def __init__(self, vocabulary: SheetVocabulary, mapping: SheetMapping) -> None:
        self.vocabulary = vocabulary
        self.minimum = vocabulary.minimum
        self._national: NationalSet = mapping.national_set
        self.material_type = mapping.material_type or MaterialTypeMeaning.COPY_KIND

    def coded(self, column_code: str, code: str) -> Plain:
        """Return a code of a column with its set and label."""
        column = self.vocabulary.columns[column_code]
        labels = self.vocabulary.labels(column, self._national)
        whose = self.vocabulary.set_of(column, self._national)
        return {"code": code, "set": whose, "label": labels.get(code, code)}

    def material_type_coded(self, meaning: MaterialTypeMeaning, code: str) -> Plain:
        """Return a 材料类型 in one of its two meanings."""
        labels = self.vocabulary.code_sets[f"material_type_{meaning.value}"]
        return {"code": code, "set": "P", "label": labels.get(code, code)}

    def coded_list(self, column_code: str, text: str) -> list[Plain]:
        """Return the coded values that a cell lists; words without a code stay local (L)."""
        column = self.vocabulary.columns[column_code]
        labels = self.vocabulary.labels(column, self._national)
        whose = self.vocabulary.set_of(column, self._national)
        by_label = {label: code for code, label in labels.items()}
        found = []
        for part in parts_of(text):
            code = part if part in labels else by_label.get(part)
            if code is None:
                found.append({"code": part, "set": "L", "label": part})
            else:
                found.append({"code": code, "set": whose, "label": labels[code]})
        return found

    def limit(self, days: str, unit: str, before: Mapping[str, Any] | None) -> Plain | None:
        """Return a limit; without a unit that of the version before, else working days."""
        if not days.isdigit():
            return None
        kept = str((before or {}).get("unit", "workdays"))
        chosen = {"W": "workdays", "N": "days"}.get(unit, kept)
        found: Plain = {"amount": int(days), "unit": chosen}
        if before and before.get("note") and (before["amount"], kept) == (int(days), chosen):
            found["note"] = before["note"]
        return found

    def applicant_kinds(self, objects: Sequence[Mapping[str, Any]]) -> list[str]:
        """Return the kinds of applicants that the service objects name."""
        named: Mapping[str, Sequence[str]] = self.minimum["applicant_kinds"]
        kinds = (kind for one in objects for kind in named.get(str(one["label"]), ()))
        return list(dict.fromkeys(kinds))
