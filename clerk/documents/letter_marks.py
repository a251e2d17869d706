"""The marks of a letter template: what stands between 【 and 】, and where they stand.

``【申请人名称】`` is a value, ``【暂缺材料.名称】`` a column of a list, whose row is repeated,
``【☐办理方式=本人办理】`` a box that is ticked where it is so, and ``【若：委托代理人】`` … ``【若完】``
a part that is printed only where it is so (``【若非：…】`` where it is not).
"""

import re
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from lxml import etree

from clerk.values import dataclass

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MARK: Final = re.compile("【([^【】]*)】")
FILLED_PART: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
BOXES: Final = "☐□○"
TICKED: Final = "☑☒■●√"
USUAL_TICK: Final = "☑"
_INNER: Final = f".//{W}p"
_END: Final = "若完"
_CONDITION: Final = re.compile(r"若(非?)[：:](.+)")
_CHECK: Final = re.compile(f"([{BOXES}])([{TICKED}]?)(.+)")
_NAMED: Final = re.compile(r"([^.．=＝]+)(?:[.．]([^=＝]+))?(?:[=＝](.*))?")


class MarkKind(Enum):
    """What a mark asks for."""

    VALUE = auto()
    CHECK = auto()
    PART = auto()
    END = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterMark:
    """A mark as it reads; ``equals`` is the value it asks for, None where any will do.

    ``sign`` and ``ticked`` are the box of a check, empty and ticked.
    """

    kind: MarkKind
    name: str = ""
    column: str = ""
    equals: str | None = None
    negated: bool = False
    sign: str = ""
    ticked: str = ""

    @property
    def path(self) -> str:
        """The field it asks for: a column as ``list.column``."""
        return f"{self.name}.{self.column}" if self.column else self.name


@lru_cache(maxsize=256)
def read_mark(inside: str) -> LetterMark:
    """Return what stands between two brackets."""
    inside = inside.strip()
    if inside == _END:
        return LetterMark(kind=MarkKind.END)
    if part := _CONDITION.fullmatch(inside):
        return _named(part[2], LetterMark(kind=MarkKind.PART, negated=bool(part[1])))
    if check := _CHECK.fullmatch(inside):
        sign, ticked = check[1], check[2] or USUAL_TICK
        return _named(check[3], LetterMark(kind=MarkKind.CHECK, sign=sign, ticked=ticked))
    return _named(inside, LetterMark(kind=MarkKind.VALUE))


def _named(told: str, mark: LetterMark) -> LetterMark:
    found = _NAMED.fullmatch(told)
    if found is None or (mark.kind is MarkKind.VALUE and found[3] is not None):
        name, column, equals = told, "", None
    else:
        name, column, equals = found[1], found[2] or "", found[3]
    return LetterMark(
        kind=mark.kind,
        name=name.strip(),
        column=column.strip(),
        equals=None if equals is None else equals.strip(),
        negated=mark.negated,
        sign=mark.sign,
        ticked=mark.ticked,
    )


def sole_mark(element: etree._Element) -> LetterMark | None:
    """Return the mark that a paragraph or a row consists of: it opens or closes a part.

    None where something else stands there too, or the mark is of another kind.
    """
    if element.tag not in {f"{W}p", f"{W}tr"}:
        return None
    paragraphs = [element] if element.tag == f"{W}p" else list(element.iter(f"{W}p"))
    found = MARK.fullmatch("".join(said(one) for one in paragraphs).strip())
    mark = None if found is None else read_mark(found[1])
    return mark if mark is not None and mark.kind in {MarkKind.PART, MarkKind.END} else None


def paragraphs_of(root: etree._Element) -> list[etree._Element]:
    """Return every paragraph once: of two drawings of one thing, the one that counts."""
    return [
        one
        for one in root.iter(f"{W}p")
        if next(one.iterancestors(f"{_COMPATIBILITY}Fallback"), None) is None
    ]


def pieces_of(paragraph: etree._Element) -> list[etree._Element]:
    """Return the texts of a paragraph, without those of a box that hangs on it."""
    return standing_in(paragraph, f"{W}t")


def standing_in(paragraph: etree._Element, tag: str) -> list[etree._Element]:
    """Return what of this tag stands in a paragraph itself, not in one inside it."""
    found = list(paragraph.iter(tag))
    if paragraph.find(_INNER) is None:
        return found
    return [one for one in found if paragraph_of(one) is paragraph]


def said(paragraph: etree._Element) -> str:
    """Return the words of a paragraph in one."""
    return "".join(text.text or "" for text in pieces_of(paragraph))


def paragraph_of(node: etree._Element) -> etree._Element | None:
    """Return the paragraph that a piece stands in."""
    return next(node.iterancestors(f"{W}p"), None)


def row_of(paragraph: etree._Element) -> etree._Element:
    """Return what is repeated with a paragraph: the row it stands in, itself outside a table.

    In a repeating section of Word's own (重复节) it is the whole item.
    """
    for around in paragraph.iterancestors(f"{W}sdt"):
        if around.find(f"{W}sdtPr/{{*}}repeatingSectionItem") is not None:
            return around
    return next(paragraph.iterancestors(f"{W}tr"), paragraph)
