"""Paths to values (``applicant.name``, ``certificate:<type>:<field>`` …) that lead nowhere."""

from collections.abc import Iterator
from typing import Final

from clerk.domain.errors import BadInput
from clerk.domain.moved_day import MovedDay
from clerk.domain.path_values import OF_A_MATERIAL
from clerk.domain.shared_data import SharedSource
from clerk.domain.standard import FieldKind, ItemStandard

_OF_A_PARTY: Final = frozenset({"name", "id_number", "address", "sex", "birth_on"})
_PARTIES: Final = frozenset({"applicant", "representative", "handler"})
_NO_DAY_OF_A_CERTIFICATE: Final = frozenset({"number", "holder_name", "issuer_name"})


def path_faults(path: str, standard: ItemStandard, place: str) -> Iterator[BadInput]:
    """Yield what is wrong with one path; docs/standard-format.md lists all forms."""
    match path.split(":"):
        case ["today"] | ["earlier"]:
            return
        case ["answer", question]:
            if question not in {q.code for q in standard.questions}:
                yield BadInput(f"{place}：没有问题 {question}")
        case ["field", code]:
            if code not in {line.code for line in standard.fields}:
                yield BadInput(f"{place}：没有表单项 {code}")
        case ["certificate", type_code, name]:
            yield from certificate_faults(type_code, standard, place)
            if not name:
                yield BadInput(f"{place}：没写证照的哪一项")
        case ["shared", source, _]:
            if source not in {one.value for one in SharedSource}:
                yield BadInput(f"{place}：没有共享数据 {source}")
        case ["material", code, what]:
            yield from material_faults(code, standard, place)
            if what not in OF_A_MATERIAL:
                yield BadInput(f"{place}：材料只记 {'、'.join(sorted(OF_A_MATERIAL))}")
        case [who_and_what]:
            who, _, what = who_and_what.partition(".")
            of_handler = (who, what) == ("handler", "relation")
            if not of_handler and not (who in _PARTIES and what in _OF_A_PARTY):
                yield BadInput(f"{place}：不认识的来源 {path}")
        case _:
            yield BadInput(f"{place}：不认识的来源 {path}")


def condition_path_faults(path: str, standard: ItemStandard, place: str) -> Iterator[BadInput]:
    """Yield what is wrong with a path that a condition follows: not every path leads there."""
    if path in ("today", "earlier") or path.startswith("answer:"):
        yield BadInput(f"{place}：条件里不能用 {path}")
        return
    yield from path_faults(path, standard, place)


def day_faults(path: str, standard: ItemStandard, place: str) -> Iterator[BadInput]:
    """Yield what is wrong with a path that must lead to a day."""
    if path == "today":
        return
    faults = list(condition_path_faults(path, standard, place))
    yield from faults
    if not faults and not _may_be_a_day(path, standard):
        yield BadInput(f"{place}：{path} 不是日期")


def moved_day_faults(day: MovedDay, standard: ItemStandard, place: str) -> Iterator[BadInput]:
    """Yield what is wrong with a day that is counted from another."""
    if day.day is None:
        yield from day_faults(day.path, standard, place)


def certificate_faults(type_code: str, standard: ItemStandard, place: str) -> Iterator[BadInput]:
    """Yield that no material of the standard may come as a certificate of this type."""
    if type_code not in {r.certificate.type_code for r in standard.requirements if r.certificate}:
        yield BadInput(f"{place}：没有材料关联证照类型 {type_code}")


def material_faults(code: str, standard: ItemStandard, place: str) -> Iterator[BadInput]:
    """Yield that the standard asks for no such material."""
    if code not in {asked.code for asked in standard.requirements}:
        yield BadInput(f"{place}：没有材料 {code}")


def _may_be_a_day(path: str, standard: ItemStandard) -> bool:
    match path.split(":"):
        case ["field", code]:
            return any(f.code == code and f.kind is FieldKind.DATE for f in standard.fields)
        case ["certificate", _, name]:
            return name not in _NO_DAY_OF_A_CERTIFICATE
        case ["material", _, _]:
            return True
        case _:
            return path.endswith(".birth_on")
