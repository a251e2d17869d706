"""Letters (告知承诺书、容缺承诺书、委托书): what is filled in, and what comes of it.

How a template is filled is in ``letter_filling``, which the press's child alone loads.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from clerk.documents.letter_fields import (
    Field,
    LetterValues,
    ListField,
    fields_file,
    known_fields,
    known_lists,
    known_pictures,
)
from clerk.domain.commitment import Commitment
from clerk.domain.papers import Paper, PaperKind
from clerk.domain.quoted import Quote
from clerk.values import dataclass
from clerk.wording_letters import paper_day


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledLetter:
    """A letter as it will be signed: the docx, which template made it, and its words.

    ``text`` is the body, a line per paragraph, tables in reading order; the two hashes, hex, fix
    what was shown and what it was made from. ``quoted`` are the values that were put in, each by
    its field's name with the words around it.
    """

    docx: bytes
    template: str
    template_version: str
    template_sha256: str
    text: str
    text_sha256: str
    quoted: Sequence[Sequence[str]] = ()


def template_of(kind: PaperKind) -> str:
    """Return the template of a paper that is a letter; empty where it is a notice."""
    return str(fields_file()["papers"].get(kind.value, ""))


def values_for(letter: Commitment | Paper) -> LetterValues:
    """Return what each placeholder stands for; what may be missing reads as its ``empty``."""
    found: dict[str, str | Sequence[Mapping[str, str]]] = {
        field.placeholder: _said(getattr(letter, name, ""), field) or field.empty or ""
        for name, field in known_fields().items()
    }
    marks, mark = fields_file()["marks"], known_fields()["mark"].placeholder
    if not letter.effective:
        found[mark] = str(marks["preview"])
    elif letter.practice:
        found[mark] = str(marks["practice"])
    for name, listed in known_lists().items():
        found[listed.placeholder] = _rows(getattr(letter, name, ()), listed)
    for picture in known_pictures().values():
        if picture.value:
            found[picture.placeholder] = getattr(letter, picture.value, "")
    return found


def quotes_of(filled: FilledLetter) -> tuple[Quote, ...]:
    """Return what was filled into a letter, each value once, in reading order."""
    labels = {name: field.placeholder for name, field in known_fields().items()}
    labels |= {name: listed.placeholder for name, listed in known_lists().items()}
    said: dict[str, dict[str, None]] = {}
    for name, *_, value in filled.quoted:
        said.setdefault(name, {})[value] = None
    return tuple(
        Quote(field=name, label=labels[name], text="、".join(values))
        for name, values in said.items()
    )


def _rows(rows: Sequence[object], listed: ListField) -> list[Mapping[str, str]]:
    return [
        {
            column.placeholder: _said(getattr(row, name, order), column)
            for name, column in listed.columns.items()
        }
        for order, row in enumerate(rows, 1)
    ]


def _said(value: object, field: Field) -> str:
    match value:
        case date():
            return paper_day(value)
        case tuple():
            return "、".join(_said(one, field) for one in value)
        case str():
            return field.names.get(value, value)
    return str(value)


def agrees_to_online_check(text: str) -> bool:
    """Whether the letter says that the certificate library may be asked for the check later.

    A bureau's own template may not say it; then the library is not asked.
    """
    return str(fields_file()["consent"]["online_check"]) in text
