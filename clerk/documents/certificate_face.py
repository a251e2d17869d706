"""What is printed on a blank certificate (证照), as HTML for the press."""

import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from string import Template
from typing import Any

from clerk import assets
from clerk.documents.plain import escape, plain
from clerk.domain.case import Case
from clerk.domain.days import local_date
from clerk.domain.errors import PaperTrouble
from clerk.domain.standard import ItemStandard
from clerk.wording_day import CERTIFICATE_NOTES, PREVIEW, SAMPLE, UNTIL
from clerk.wording_letters import paper_day


@lru_cache(maxsize=1)
def _faces() -> Mapping[str, Any]:
    return tomllib.loads(assets.read_text("templates", "certificates/faces.toml"))


def _face(kind: str) -> Mapping[str, Any]:
    face: Mapping[str, Any] | None = _faces().get(kind)
    if face is None:
        raise PaperTrouble(f"还没有{kind}的打印样式，没有印制。在部门系统里印好再登记空白证号")
    return face


def series_mark(kind: str) -> str:
    """Return how numbers of the practice series begin on this kind of certificate.

    Raises:
        PaperTrouble: this kind has no face here.
    """
    return str(_face(kind)["mark"])


def html_for(
    case: Case,
    standard: ItemStandard,
    *,
    blank: str,
    number: str,
    effective: bool,
    practice: bool,
) -> str:
    """Return the certificate's one page.

    Raises:
        PaperTrouble: this kind has no face here, or a value it shows is missing.
    """
    kind = standard.result.name
    face = _face(kind)
    marks = []
    if practice:
        marks.append(f'<div class="mark">{CERTIFICATE_NOTES[True]}</div>')
    if not effective:
        marks.append(f'<div class="mark preview">{PREVIEW}</div>')
    decision = case.decision
    return Template(assets.read_text("templates", "certificates/certificate.html")).substitute(
        title=escape(kind),
        kind=f'<div class="kind">（{escape(face["kind"])}）</div>' if "kind" in face else "",
        number=escape(plain(number)),
        blank=escape(plain(blank)),
        marks="".join(marks),
        sample=f'<div class="sample">{SAMPLE}</div>' if practice else "",
        rows="".join(_row(row, case, standard) for row in face["rows"]),
        note=CERTIFICATE_NOTES[practice],
        body=escape(standard.body.name),
        decided_on=paper_day(local_date(decision.at)) if decision else "",
    )


def face_of(case: Case, standard: ItemStandard) -> dict[str, str]:
    """Return what stands on the certificate by its labels, empty where it has no face here."""
    face = _faces().get(standard.result.name, {})
    return {row["label"]: _value(row["source"], case, standard) for row in face.get("rows", ())}


def _row(row: Mapping[str, str], case: Case, standard: ItemStandard) -> str:
    value = _value(row["source"], case, standard)
    if not value:
        raise PaperTrouble(f"还差{row['label']}，证照没有生成。核对这件的表单")
    return f"<tr><th>{escape(row['label'])}</th><td>{escape(plain(value))}</td></tr>"


def _value(source: str, case: Case, standard: ItemStandard) -> str:
    special = _SPECIAL.get(source)
    if special is not None:
        return special(case, standard)
    held = case.values.get(source)
    return held.value if held is not None else ""


def _decided_on(case: Case, _: ItemStandard) -> str:
    return paper_day(local_date(case.decision.at)) if case.decision else ""


def _valid_until_on(case: Case, standard: ItemStandard) -> str:
    until = case.decision.valid_until_on if case.decision else None
    return UNTIL.format(paper_day(until)) if until else standard.result.validity.partition("（")[0]


_SPECIAL: Mapping[str, Callable[[Case, ItemStandard], str]] = {
    "decided_on": _decided_on,
    "valid_until_on": _valid_until_on,
}
