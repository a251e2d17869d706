"""What a printed paper tells besides its PDF: its values by label, and where each one stands.

How it is drawn is in ``notice_html``, which the press's child alone loads.
"""

import hashlib
import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from clerk import assets
from clerk.documents.marks import SEAL_PLACE, Mark
from clerk.documents.plain import plain
from clerk.domain.days import local_time
from clerk.domain.errors import PaperTrouble
from clerk.domain.issued import PlacedValue
from clerk.domain.papers import (
    DeferredRow,
    FormRow,
    HandlerLine,
    MaterialRow,
    MissingRow,
    Paper,
    PaperKind,
    ProcedureRow,
)
from clerk.domain.quoted import ABOUT, Quote

LIST_MARK = "；"
"""Stands between the materials of a quoted list; no name of a material holds it."""

FOLDER = "notices/"
"""Where the templates lie."""
_SHARED = ("base.html", "large.css", "parts.html", "print.css", "refusal_foot.html", "seal.svg")


@lru_cache(maxsize=1)
def _field_names() -> dict[str, str]:
    return {
        name: str(label)
        for name, label in tomllib.loads(
            assets.read_text("templates", FOLDER + "fields.toml")
        ).items()
    }


def require_complete(paper: Paper) -> None:
    """Let a paper pass that has every mandatory value.

    Raises:
        PaperTrouble: one is missing; the sentence names every one.
    """
    missing = paper.missing()
    if missing:
        names = "、".join(_field_names()[name] for name in missing)
        raise PaperTrouble(f"文书还缺{names}，没有生成，办件未改动。补齐后再出一次")


def template_sha256(kind: PaperKind) -> str:
    """Return one digest over everything that shapes a paper of this kind."""
    digest = hashlib.sha256()
    for name in (f"{kind.value}.html", *_SHARED):
        digest.update(assets.read_bytes("templates", FOLDER + name))
    return digest.hexdigest()


def quoted(paper: Paper, marks: Sequence[Mark]) -> tuple[tuple[str, str], ...]:
    """Return what was filled in, by its label, in the order in which it stands on the page."""
    names = dict.fromkeys(mark.field.partition(ABOUT)[0] for mark in marks)
    labels = _field_names()
    values = ((labels[name], getattr(paper, name, None)) for name in names if name in labels)
    told = ((label, _told(value)) for label, value in values if value)
    return tuple((label, text) for label, text in told if text)


def quotes(paper: Paper, marks: Sequence[Mark]) -> tuple[Quote, ...]:
    """Return the same one by one, each line of a list by itself, by the names of their places."""
    found = (_quote(paper, field) for field in dict.fromkeys(mark.field for mark in marks))
    return tuple(quote for quote in found if quote is not None and quote.text)


def _quote(paper: Paper, field: str) -> Quote | None:
    """Return what stands under the marks of a field; None where that is no value."""
    name, _, subject = field.partition(ABOUT)
    labels, value = _field_names(), getattr(paper, name, None)
    rows = [row for row in value if row.code == subject] if subject and value else []
    match rows:
        case [FormRow() as row, *_]:
            return Quote(field=field, label=row.label, text=plain(row.value))
        case [row, *_]:
            return Quote(field=field, label=labels[name], text=plain(_line(row)))
    return Quote(field=field, label=labels[name], text=_told(value)) if name in labels else None


def materials_label() -> str:
    """Return the label under which a paper quotes the materials it lists."""
    return _field_names()["materials"]


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return LIST_MARK.join(plain(text) for text in map(_line, value) if text)
    if isinstance(value, HandlerLine):
        return plain(f"{value.name}（{value.relation}）")
    if not isinstance(value, str | date | int):
        return ""
    return f"{local_time(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


def _line(row: object) -> str:
    """Return a line of a list as it is quoted; what is missing with what to do about it."""
    match row:
        case MaterialRow() | ProcedureRow():
            return row.name
        case DeferredRow():
            return f"{row.name}，{row.due_on}"
        case MissingRow():
            return f"{row.name}，{row.lacking}，{row.remedy}"
        case str():
            return row
        case _:
            return ""


def placed(marks: Sequence[Mark]) -> tuple[PlacedValue, ...]:
    """Return where the values stand, in whole tenths of a millimetre, to be kept with the paper."""
    return tuple(_in_tenths(mark) for mark in marks if mark.field != SEAL_PLACE)


def seal_place(marks: Sequence[Mark]) -> PlacedValue | None:
    """Return where the office's seal stands, the last of them; None where there is none."""
    found = [mark for mark in marks if mark.field == SEAL_PLACE]
    return _in_tenths(found[-1]) if found else None


def _in_tenths(mark: Mark) -> PlacedValue:
    return PlacedValue(
        field=mark.field,
        page=mark.page,
        left=round(mark.x_mm * 10),
        top=round(mark.y_mm * 10),
        width=round(mark.width_mm * 10),
        height=round(mark.height_mm * 10),
    )
