"""Automatic numbers of a Word file (编号): which number a paragraph bears, and where its text begins.

A list is an abstract definition with up to nine levels; a paragraph names list and level, itself or
through its style (ECMA-376 part 1, 17.9).
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Final

from lxml import etree

from clerk.documents.letter_style import Properties, W, properties
from clerk.values import dataclass

_DIGITS: Final = "〇一二三四五六七八九"
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN: Final = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """What stands before a paragraph: its text, the level's own indents, what follows it."""

    text: str
    paragraph: Properties
    suffix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    start: int
    form: str
    text: str
    suffix: str
    paragraph: Properties


@dataclass(slots=True)
class Numbering:
    """The lists of one file; ``next`` counts on, so paragraphs are asked for in their order."""

    lists: Mapping[str, tuple[str, Mapping[int, _Level]]]
    _counted: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> "Numbering":
        """Read ``word/numbering.xml``; a file without it has no lists."""
        if root is None:
            return cls({})
        abstract = {
            str(one.get(f"{W}abstractNumId")): _levels(one)
            for one in root.iterchildren(f"{W}abstractNum")
        }
        found = {}
        for one in root.iterchildren(f"{W}num"):
            named = properties(one).get("abstractNumId", {}).get("val", "")
            if named in abstract:
                overridden = {**abstract[named], **_overridden(one, abstract[named])}
                found[str(one.get(f"{W}numId"))] = (named, overridden)
        return cls(found)

    def next(self, list_id: str, level: int) -> Number | None:
        """Return the number of the next paragraph of a list; None where it bears none."""
        if list_id not in self.lists or level not in self.lists[list_id][1]:
            return None
        counted_by, levels = self.lists[list_id]
        at = self._counted.get((counted_by, level))
        self._counted[counted_by, level] = levels[level].start if at is None else at + 1
        for below in range(level + 1, _LEVELS):
            self._counted.pop((counted_by, below), None)
        text = levels[level].text
        for above in range(level + 1):
            if above in levels:
                number = self._counted.get((counted_by, above), levels[above].start)
                text = text.replace(f"%{above + 1}", _written(levels[above].form, number))
        return Number(text=text, paragraph=levels[level].paragraph, suffix=levels[level].suffix)


def _levels(parent: etree._Element) -> dict[int, _Level]:
    return {int(one.get(f"{W}ilvl", "0")): _level(one) for one in parent.iterchildren(f"{W}lvl")}


def _level(level: etree._Element) -> _Level:
    found = properties(level)
    return _Level(
        start=int(found.get("start", {}).get("val", "1")),
        form=found.get("numFmt", {}).get("val", "decimal"),
        text=found.get("lvlText", {}).get("val", ""),
        suffix=found.get("suff", {}).get("val", "tab"),
        paragraph=properties(level.find(f"{W}pPr")),
    )


def _overridden(one: etree._Element, levels: Mapping[int, _Level]) -> dict[int, _Level]:
    """Return the levels that a list of its own defines anew."""
    found = {}
    for override in one.iterchildren(f"{W}lvlOverride"):
        at = int(override.get(f"{W}ilvl", "0"))
        own = override.find(f"{W}lvl")
        if own is not None:
            found[at] = _level(own)
        elif at in levels and "startOverride" in properties(override):
            begin = int(properties(override)["startOverride"].get("val", "1"))
            same = levels[at]
            found[at] = _Level(
                start=begin,
                form=same.form,
                text=same.text,
                suffix=same.suffix,
                paragraph=same.paragraph,
            )
    return found


def _written(form: str, number: int) -> str:
    write = _FORMS.get(form)
    return str(number) if write is None else write(number)


def _chinese(number: int) -> str:
    """Write a number up to 99 in Chinese, as in 十二; longer ones digit by digit."""
    if not 0 < number < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _letter(number: int) -> str:
    """Write a, b … z, aa, bb … as Word does."""
    turn, at = divmod(number - 1, 26)
    return chr(ord("a") + at) * (turn + 1)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text += sign
            number -= value
    return text


def _circled(number: int) -> str:
    return _CIRCLED[number - 1] if 0 < number <= len(_CIRCLED) else str(number)


_FORMS: Final[Mapping[str, Callable[[int], str]]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "ideographDigital": _chinese,
    "japaneseCounting": _chinese,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "bullet": lambda _: "",
    "none": lambda _: "",
}
