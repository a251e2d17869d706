"""The materials of a bureau's item become the requirements of a draft."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from clerk.domain.sheet_columns import MaterialTypeMeaning
from clerk.domain.sheet_plain import Plain, PlainValues, clauses_of
from clerk.domain.sheet_reading import SheetItem, SheetMaterial
from clerk.domain.sheet_writing import (
    MATERIAL_CODED,
    MATERIAL_TEXTS,
    TYPE_OF,
    material_texts,
    material_type_text,
)

_ORIGINAL: Final = "1"
_COPY: Final = "2"
_BOTH: Final = "3"
_PAPER: Final = "1"
_ELECTRONIC: Final = "2"
_NEEDED: Final = "1"
_WAYS: Final[Mapping[str, Sequence[str]]] = {
    _PAPER: ("scan", "paper"),
    _ELECTRONIC: ("file",),
    _BOTH: ("scan", "file", "paper"),
}
"""Ways to take a material by its form (材料形式)."""


def requirements_of(item: SheetItem, table: Plain, plain: PlainValues) -> None:
    """Put the materials of the list into the table; a list without any leaves them as they are."""
    if not item.materials:
        return
    before: Sequence[Mapping[str, Any]] = table.get("requirements", ())
    waiting: dict[str, list[Mapping[str, Any]]] = {}
    for asked in before:
        waiting.setdefault(str(asked.get("name")), []).append(asked)
    codes = {str(asked.get("code")) for asked in before}
    found: list[Plain] = []
    for material in item.materials:
        name = material.values.get("material_name", "")
        if name in waiting and not waiting[name]:
            continue  # said twice; two of one name stay two only where they already are
        earlier = waiting[name].pop(0) if name in waiting else None
        made = _Material(material, earlier or {}, table, plain).made()
        if earlier is None:
            made["code"] = _new_code(codes)
            codes.add(made["code"])
            waiting[name] = []
        found.append(made)
    table["requirements"] = found


def _new_code(taken: set[str]) -> str:
    return next(code for n in range(1, len(taken) + 2) if (code := f"M{n:02}") not in taken)


class _Material:
    """One material; ``_before`` is the requirement of the same name in force, or empty."""

    def __init__(
        self, material: SheetMaterial, before: Mapping[str, Any], table: Plain, plain: PlainValues
    ) -> None:
        self._values, self._before = material.values, before
        self._table, self._plain = table, plain
        self._texts = material_texts(before) if before else {}
        self._asked: Plain = dict(before)

    def made(self) -> Plain:
        for code, key in MATERIAL_TEXTS.items():
            if self._new(code):
                self._asked[key] = self._values[code]
        for code, key in MATERIAL_CODED.items():
            if self._new(code):
                self._asked[key] = self._plain.coded(code, self._values[code])
        self._type()
        self._numbers()
        if self._new("material_basis"):
            found = next(iter(clauses_of(self._values["material_basis"])), None)
            had = next(iter(clauses_of(self._texts.get("material_basis", ""))), None)
            if found and found != had:
                self._asked["basis"] = found
        if not self._before:
            self._minimum()
        self._certificate()
        self._deferral()
        return self._asked

    def _new(self, code: str) -> bool:
        text = self._values.get(code)
        return bool(text) and text != self._texts.get(code)

    def _type(self) -> None:
        """材料类型 in the meaning that a person chose for this list."""
        meaning, code = self._plain.material_type, self._values.get("material_type", "")
        if code and code != material_type_text(self._before, meaning):
            self._asked[TYPE_OF[meaning]] = self._plain.material_type_coded(meaning, code)

    def _numbers(self) -> None:
        for code in ("originals", "copies"):
            if self._new(code):
                self._asked[code] = int(self._values[code])
        if not self._before:
            pieces = int(self._values.get("pieces", "0"))
            only_copies = self._asked.get("copy_kind", {}).get("code") == _COPY
            if pieces and "originals" not in self._asked and "copies" not in self._asked:
                self._asked["copies" if only_copies else "originals"] = pieces

    def _minimum(self) -> None:
        asked, minimum, plain = self._asked, self._plain.minimum, self._plain
        for code, key in MATERIAL_CODED.items():
            asked.setdefault(key, plain.coded(code, minimum[code]))
        kinds = MaterialTypeMeaning.MATERIAL_KIND
        asked.setdefault(
            "material_kind", plain.material_type_coded(kinds, minimum["material_kind"])
        )
        originals, copies = asked.get("originals", 0), asked.get("copies", 0)
        said = _BOTH if originals and copies else _COPY if copies else _ORIGINAL
        asked.setdefault(
            "copy_kind", plain.material_type_coded(MaterialTypeMeaning.COPY_KIND, said)
        )
        kind = asked["copy_kind"]["code"]
        if not originals and not copies:
            asked["originals"], asked["copies"] = int(kind != _COPY), int(kind != _ORIGINAL)
        asked.setdefault("originals", 0)
        asked.setdefault("copies", 0)
        asked.setdefault("acceptance_standard", minimum["acceptance_standard"])
        if asked["source"]["code"] == minimum["applicants_own"]:
            asked.setdefault("issuer", minimum["by_applicant"])
        if "source" in self._values:
            asked.setdefault("where_to_get", asked["source"]["label"])
        asked["main"] = asked["necessity"]["code"] == _NEEDED
        asked["ways"] = list(_WAYS.get(asked["form"]["code"], _WAYS[_BOTH]))

    def _certificate(self) -> None:
        if not (self._new("certificate_code") or self._new("certificate_name")):
            return
        link = dict(self._before.get("certificate") or {"holder": "applicant"})
        link["type_code"] = self._values.get("certificate_code", link.get("type_code", ""))
        link["type_name"] = self._values.get("certificate_name", link.get("type_name", ""))
        if link["type_code"]:
            self._asked["certificate"] = link
            self._offer("certificate", first=True)

    def _deferral(self) -> None:
        if self._new("deferral_days") and (days := int(self._values["deferral_days"])):
            self._asked["deferral_workdays"] = days
            self._asked["main"] = False
            self._offer("deferral")

    def _offer(self, way: str, *, first: bool = False) -> None:
        others = [one for one in self._asked.get("ways", ()) if one != way]
        self._asked["ways"] = [way, *others] if first else [*others, way]
