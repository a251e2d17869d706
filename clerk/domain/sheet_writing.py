"""An item standard as the texts of a worksheet (实施清单表), the way back from ``sheet_drafts``.

Texts are as a worksheet's reader keeps them: ISO days, codes without their labels. ``cell_text``
makes of a code what people read.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from clerk.domain.sheet_columns import (
    MaterialTypeMeaning,
    SheetColumn,
    SheetKind,
    SheetLevel,
    SheetVocabulary,
)
from clerk.domain.sheet_plain import written_clause, written_lines
from clerk.domain.sheet_values import NO, YES

Table = Mapping[str, Any]
SUB_NAME: Final = "sub_name"
TEXTS: Final = (
    "catalog_code",
    "task_code",
    "handle_item_code",
    "local_code",
    "visit_reason",
    "place",
    "hours",
    "consult",
    "remedies",
)
CODED: Final = ("item_type", "state", "use_level", "power_source", "project_type")
LISTS_OF_CODES: Final = ("service_objects", "handling_forms")
LINES: Final = ("acceptance_conditions", "process")
BODY: Final = {
    "body_name": "name",
    "body_code": "code",
    "body_phone": "phone",
    "supervise": "supervise_phone",
    "body_address": "address",
    "document_mark": "document_mark",
}
LIMITS: Final = {"statutory": "statutory_limit", "promised": "promised_limit"}
MATERIAL_TEXTS: Final = {
    "material_name": "name",
    "page_format": "page_format",
    "source_note": "where_to_get",
    "issuer": "issuer",
    "fill_note": "fill_note",
    "acceptance_standard": "acceptance_standard",
}
MATERIAL_CODED: Final = {"necessity": "necessity", "material_form": "form", "source": "source"}
TYPE_OF: Final = {
    MaterialTypeMeaning.COPY_KIND: "copy_kind",
    MaterialTypeMeaning.MATERIAL_KIND: "material_kind",
}
_UNITS: Final = {"workdays": "W", "days": "N"}
_PARTS_BETWEEN: Final = "\u3001"
_PAGE_FORMAT: Final = "A4"


def item_texts(table: Table, vocabulary: SheetVocabulary) -> dict[str, str]:
    """Return what the columns of an item say of a standard; empty ones are left out."""
    elements: Mapping[str, str] = table.get("elements", {})
    found = {code: _text(table.get(code)) for code in ("name", *TEXTS, *BODY, "visits", "version")}
    sub_name = elements.get(vocabulary.columns[SUB_NAME].label, "")
    found["name"], found[SUB_NAME] = without_sub_name(found["name"], sub_name), sub_name
    found |= {code: _text(table.get(code, {}).get("code")) for code in CODED}
    found |= {
        code: _PARTS_BETWEEN.join(str(one["label"]) for one in table.get(code, ()))
        for code in LISTS_OF_CODES
    }
    found |= {code: written_lines(table.get(code, ())) for code in LINES}
    body = table.get("body", {})
    found |= {code: _text(body.get(key)) for code, key in BODY.items()}
    found["body_kind"] = _text(body.get("kind", {}).get("code"))
    for code, key in LIMITS.items():
        limit = table.get(key, {})
        found[f"{code}_days"] = _text(limit.get("amount"))
        found[f"{code}_unit"] = _UNITS.get(limit.get("unit", ""), "")
    for key in ("effective_on", "ended_on"):
        day = table.get(key)
        found[key] = day.isoformat() if isinstance(day, date) else ""
    found["bases"] = written_lines([written_clause(one) for one in table.get("bases", ())])
    found["aliases"] = _PARTS_BETWEEN.join(table.get("aliases", ()))
    found |= _fees(table)
    result = table.get("result", {})
    found["result_name"] = _text(result.get("name"))
    found["result_kind"] = _text(result.get("kind", {}).get("code"))
    found["special_procedures"] = elements.get(
        vocabulary.columns["special_procedures"].label,
        written_lines([str(one["name"]) for one in table.get("special_procedures", ())]),
    )
    return {code: text for code, text in found.items() if text}


def _fees(table: Table) -> dict[str, str]:
    fees: Sequence[Table] = table.get("fees", ())
    clauses = dict.fromkeys(written_clause(fee.get("basis", {})) for fee in fees)
    return {
        "charged": YES if table.get("charged") else NO,
        "fees": written_lines([_fee(fee) for fee in fees]),
        "fee_basis": written_lines([clause for clause in clauses if clause]),
    }


def _fee(fee: Table) -> str:
    name, standard = str(fee.get("name", "")), str(fee.get("standard", ""))
    return standard if standard.startswith(name) else f"{name}\uff1a{standard}"


def material_texts(asked: Table) -> dict[str, str]:
    """Return what the columns of a material say of a requirement, 材料类型 left out."""
    found = {code: _text(asked.get(key)) for code, key in MATERIAL_TEXTS.items()}
    found["page_format"] = found["page_format"] or _PAGE_FORMAT
    found |= {code: _text(asked.get(key, {}).get("code")) for code, key in MATERIAL_CODED.items()}
    found |= {code: _text(asked.get(code)) for code in ("originals", "copies")}
    found["material_basis"] = written_clause(asked["basis"]) if asked.get("basis") else ""
    link = asked.get("certificate") or {}
    found["certificate_name"] = _text(link.get("type_name"))
    found["certificate_code"] = _text(link.get("type_code"))
    found["deferral_days"] = _text(asked.get("deferral_workdays"))
    return {code: text for code, text in found.items() if text}


def material_type_text(asked: Table, meaning: MaterialTypeMeaning) -> str:
    """Return the code of 材料类型 in one of its two meanings."""
    return _text((asked.get(TYPE_OF[meaning]) or {}).get("code"))


def with_sub_name(name: str, sub_name: str) -> str:
    """Return the name of an item that is one of several 办理项 of a main one."""
    behind = f"\uff08{sub_name}\uff09"
    if not sub_name or sub_name in name:
        return name
    return name + behind if name not in sub_name else sub_name


def without_sub_name(name: str, sub_name: str) -> str:
    """Return the name of the main item again."""
    return name.removesuffix(f"\uff08{sub_name}\uff09") if sub_name else name


def _text(value: object) -> str:
    return "" if value is None else str(value)


def cell_text(
    column: SheetColumn, text: str, labels: Mapping[str, str], *, with_code: bool = True
) -> str:
    """Return what people read of a text of the column: its code with the label."""
    if column.kind is SheetKind.TEXT or text not in labels:
        return text
    with_code = with_code and column.kind is SheetKind.CHOICE
    return f"{text} {labels[text]}" if with_code else labels[text]


class SheetWriting:
    """The columns of a list that goes out, and its rows: one a material, the item's cells repeated.

    ``kept`` are the elements that nobody here knows, each a column of its own.
    """

    def __init__(
        self, vocabulary: SheetVocabulary, meaning: MaterialTypeMeaning, kept: Sequence[str]
    ) -> None:
        self._vocabulary, self._meaning, self._kept = vocabulary, meaning, tuple(kept)
        columns = [one for one in vocabulary.columns.values() if one.code not in _NOT_WRITTEN]
        self._columns = sorted(columns, key=lambda one: one.level is not SheetLevel.ITEM)

    @property
    def headings(self) -> tuple[str, ...]:
        """The first row of the list."""
        return (*(column.label for column in self._columns), *self._kept)

    def rows(self, table: Table) -> Iterator[tuple[str, ...]]:
        """Return the rows of one standard."""
        elements: Mapping[str, str] = table.get("elements", {})
        of_item = item_texts(table, self._vocabulary)
        kept = tuple(elements.get(key, "") for key in self._kept)
        requirements: Sequence[Table] = table.get("requirements") or ({},)
        for asked in requirements:
            texts = of_item | (material_texts(asked) if asked else {})
            texts["material_type"] = material_type_text(asked, self._meaning)
            cells = (self._cell(column, texts.get(column.code, "")) for column in self._columns)
            yield (*cells, *kept)

    def _cell(self, column: SheetColumn, text: str) -> str:
        name = column.code_set
        if column.code == "material_type":
            name = f"{name}_{self._meaning.value}"
        return cell_text(column, text, self._vocabulary.code_sets.get(name, {}))


_NOT_WRITTEN: Final = frozenset({"materials_text", "pieces"})


def kept_elements(table: Table, vocabulary: SheetVocabulary) -> tuple[str, ...]:
    """Name the elements of a standard that no column of ours says."""
    ours = {vocabulary.columns[code].label for code in (SUB_NAME, "special_procedures")}
    return tuple(key for key in table.get("elements", {}) if key not in ours)
