"""A bureau's item becomes the draft of an item standard (docs/standard-format.md, as a mapping).

What the list says goes in; what a list cannot say, such as questions, rules and the form, is taken
over from the version in force. Where the list says what the version in force says, that version's
own value stays, so a list that was written out comes back without a difference.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from clerk.domain.sheet_columns import SheetMapping, SheetVocabulary
from clerk.domain.sheet_materials import requirements_of
from clerk.domain.sheet_plain import Plain, PlainValues, clauses_of, fees_of, parts_of, phone_in
from clerk.domain.sheet_reading import SheetItem, numbered_lines
from clerk.domain.sheet_values import YES
from clerk.domain.sheet_writing import (
    BODY,
    CODED,
    LIMITS,
    LINES,
    LISTS_OF_CODES,
    SUB_NAME,
    TEXTS,
    item_texts,
    with_sub_name,
)
from clerk.values import dataclass

_TASK_CODE_LENGTH: Final = 31
_BODY_LENGTH: Final = 18
_IN_USE: Final = "1"
_ON_THE_SPOT: Final = "1"
_PERMIT: Final = "permit"
_OF_THE_VERSION: Final = frozenset({"version", "effective_on", "starter"})
"""What tells one version from the next without being a change of the item."""


class DraftChange(StrEnum):
    """What an item of the list is to what is in force."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseVersion:
    """The version in force that an item of the list goes on from."""

    item_code: str
    version: int
    table: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDraft:
    """The draft of one item of the list; ``row`` is the item's first row."""

    item_code: str
    name: str
    row: int
    change: DraftChange
    base_version: int
    table: Mapping[str, Any]


def draft_of(
    item: SheetItem,
    base: BaseVersion | None,
    vocabulary: SheetVocabulary,
    mapping: SheetMapping,
    today: date,
) -> SheetDraft:
    """Return the draft of an item that has no errors."""
    before = base.table if base else {}
    table = _Drafting(item, before, PlainValues(vocabulary, mapping), today).table()
    code = base.item_code if base else _new_code(item)
    table["item_code"] = code
    table["version"] = (base.version if base else 0) + 1
    return SheetDraft(
        item_code=code,
        name=str(table.get("name", "")),
        row=item.row,
        change=_change(base, table),
        base_version=base.version if base else 0,
        table=table,
    )


def _new_code(item: SheetItem) -> str:
    values = item.values
    return values.get("handle_item_code") or values.get("task_code") or values["local_code"]


def _change(base: BaseVersion | None, table: Mapping[str, Any]) -> DraftChange:
    if base is None:
        return DraftChange.ADDED
    if _content(base.table) == _content(table):
        return DraftChange.SAME
    offered = table.get("state", {}).get("code") == _IN_USE and "ended_on" not in table
    was = base.table.get("state", {}).get("code") == _IN_USE and "ended_on" not in base.table
    return DraftChange.ENDED if was and not offered else DraftChange.CHANGED


def _content(table: Mapping[str, Any]) -> Plain:
    return {key: value for key, value in table.items() if key not in _OF_THE_VERSION}


class _Drafting:
    """One item on its way to a draft; ``_before`` is the version in force or empty."""

    def __init__(
        self, item: SheetItem, before: Mapping[str, Any], plain: PlainValues, today: date
    ) -> None:
        self._item, self._before, self._plain, self._today = item, before, plain, today
        self._texts = item_texts(before, plain.vocabulary) if before else {}
        self._table: Plain = dict(before)

    def table(self) -> Plain:
        self._head()
        self._texts_and_codes()
        self._body()
        self._limits()
        self._fees()
        self._result()
        self._elements()
        requirements_of(self._item, self._table, self._plain)
        if not self._before:
            self._minimum()
        self._table.pop("starter", None)
        return {key: value for key, value in self._table.items() if value != []}

    def _new(self, *codes: str) -> bool:
        """Whether the list says something here that the version in force does not say."""
        said = [self._item.values.get(code) for code in codes]
        had = [self._texts.get(code) for code in codes]
        return any(text and text != old for text, old in zip(said, had, strict=True))

    def _said(self, code: str) -> str:
        """What the list says in a column, else what the version in force says."""
        return self._item.values.get(code) or self._texts.get(code, "")

    def _put(self, code: str, value: Callable[[str], Any], key: str = "") -> None:
        """Put what the list says into the table, unless it means the same as before."""
        if not self._new(code):
            return
        found = value(self._item.values[code])
        if code not in self._texts or found != value(self._texts[code]):
            self._table[key or code] = found

    def _head(self) -> None:
        if self._new("name", SUB_NAME):
            name = self._item.values.get("name", "")
            self._table["name"] = with_sub_name(name, self._said(SUB_NAME))
        self._table["effective_on"] = max(self._day("effective_on") or self._today, self._today)
        ended = self._day("ended_on")
        if ended:
            self._table["ended_on"] = ended

    def _day(self, code: str) -> date | None:
        text = self._item.values.get(code, "")
        return date.fromisoformat(text) if text else None

    def _texts_and_codes(self) -> None:
        plain = self._plain
        for code in TEXTS:
            self._put(code, str)
        for code in CODED:
            self._put(code, lambda text, code=code: plain.coded(code, text))  # type: ignore[misc]
        for code in LISTS_OF_CODES:
            self._put(code, lambda text, code=code: plain.coded_list(code, text))  # type: ignore[misc]
        for code in LINES:
            self._put(code, lambda text: list(numbered_lines(text)))
        self._put("bases", clauses_of)
        self._put("visits", int)
        self._put("aliases", lambda text: list(parts_of(text)))

    def _body(self) -> None:
        body = dict(self._table.get("body", {}))
        for code, key in BODY.items():
            if self._new(code):
                body[key] = self._item.values[code]
        if self._new("body_kind"):
            body["kind"] = self._plain.coded("body_kind", self._item.values["body_kind"])
        self._table["body"] = body

    def _limits(self) -> None:
        for code, key in LIMITS.items():
            days, unit = f"{code}_days", f"{code}_unit"
            if self._new(days, unit):
                found = self._plain.limit(
                    self._said(days), self._item.values.get(unit, ""), self._before.get(key)
                )
                if found:
                    self._table[key] = found

    def _fees(self) -> None:
        values = self._item.values
        if values.get("charged") and self._new("charged"):
            self._table["charged"] = values["charged"] == YES
        if not self._table.get("charged"):
            self._table["charged"] = False
            self._table.pop("fees", None)
        elif self._new("fees", "fee_basis"):
            basis = next(iter(clauses_of(self._said("fee_basis"))), None)
            had = {str(fee.get("name")): fee for fee in self._before.get("fees", ())}
            found = fees_of(self._said("fees"), basis)
            self._table["fees"] = [dict(had.get(fee["name"], {})) | fee for fee in found]

    def _result(self) -> None:
        result = dict(self._table.get("result", {}))
        if self._new("result_name"):
            result["name"] = self._item.values["result_name"]
        if self._new("result_kind"):
            result["kind"] = self._plain.coded("result_kind", self._item.values["result_kind"])
        if result:
            self._table["result"] = result

    def _elements(self) -> None:
        elements = {**self._before.get("elements", {}), **self._item.kept}
        for code in (SUB_NAME, "special_procedures"):
            if self._new(code):
                elements[self._plain.vocabulary.columns[code].label] = self._item.values[code]
        if elements:
            self._table["elements"] = elements

    def _minimum(self) -> None:
        """Fill in what follows from the list, and the little a draft begins with."""
        table, minimum = self._table, self._plain.minimum
        self._from_task_code()
        table.setdefault("state", self._plain.coded("state", minimum["state"]))
        for code in ("handle_item_code", "local_code"):
            table.setdefault(code, "")
        item_type = table.get("item_type", {}).get("code", "")
        table["law_kind"] = minimum["law_kinds"].get(item_type, "other")
        if table["law_kind"] == _PERMIT:
            table["decision_limit_workdays"] = minimum["acceptance_decision_workdays"]
        table["decided_by"] = minimum["decided_by"]
        kinds = self._plain.applicant_kinds(table.get("service_objects", ()))
        if kinds:
            table["applicant_kinds"] = kinds
        if table.get("project_type", {}).get("code") == _ON_THE_SPOT:
            table.setdefault("promised_limit", {"amount": 0, "unit": "workdays"})
        body = table["body"]
        body.setdefault("short_name", body.get("name", ""))
        if phone := phone_in(table.get("consult", "")):
            body.setdefault("phone", phone)
        for key in ("fields", "questions", "rules"):
            table.setdefault(key, [])
        basis = next(iter(table.get("bases", ())), None)
        if basis:
            table["decline_reasons"] = [
                {
                    "code": "NOT_COMPETENT",
                    "text": minimum["decline"],
                    "basis": dict(basis),
                    "not_required": False,
                    "needs_competent_body": True,
                }
            ]

    def _from_task_code(self) -> None:
        """Take apart the code of 31: body, level, basic code (composition as the platform's)."""
        code = str(self._table.get("task_code", ""))
        if len(code) != _TASK_CODE_LENGTH:
            return
        self._table["body"].setdefault("code", code[:_BODY_LENGTH])
        self._table.setdefault("catalog_code", code[_BODY_LENGTH + 1 :])
        level = code[_BODY_LENGTH]
        use_level = self._plain.vocabulary.columns["use_level"]
        if level in self._plain.vocabulary.code_sets[use_level.code_set]:
            self._table.setdefault("use_level", self._plain.coded("use_level", level))
