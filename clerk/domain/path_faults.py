"""Paths to values (``applicant.name``, ``certificate:<type>:<field>`` …) and the rules on them."""

from collections.abc import Iterator
from typing import Final

from clerk.domain.errors import BadInput
from clerk.domain.findings import Group
from clerk.domain.standard import FieldKind, ItemStandard, Rule, RuleKind

_OF_A_PARTY: Final = frozenset({"name", "id_number", "address", "sex", "birth_on"})
_PARTIES: Final = frozenset({"applicant", "representative", "handler"})


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
            linked = {r.certificate.type_code for r in standard.requirements if r.certificate}
            if type_code not in linked:
                yield BadInput(f"{place}：没有材料关联证照类型 {type_code}")
            if not name:
                yield BadInput(f"{place}：没写证照的哪一项")
        case [who_and_what]:
            who, _, what = who_and_what.partition(".")
            of_handler = (who, what) == ("handler", "relation")
            if not of_handler and not (who in _PARTIES and what in _OF_A_PARTY):
                yield BadInput(f"{place}：不认识的来源 {path}")
        case _:
            yield BadInput(f"{place}：不认识的来源 {path}")


def rule_faults(standard: ItemStandard) -> Iterator[BadInput]:
    """Yield what is wrong with the rules across the case, their conditions left out."""
    groups = {group.value for group in Group}
    for rule in standard.rules:
        place = f"rules {rule.code}"
        if rule.group not in groups:
            allowed = "、".join(group.value for group in Group)
            yield BadInput(f"{place}.group：应为 {allowed} 之一")
        if rule.competent_body and not rule.ends:
            yield BadInput(f"{place}：写了有权机关，没写 ends")
        if rule.ends and not rule.hard:
            yield BadInput(f"{place}：软规则不能终止办理")
        yield from _by_kind(rule, standard, place)
        for path in rule.subjects:
            yield from path_faults(path, standard, f"{place}.subjects")


def _by_kind(rule: Rule, standard: ItemStandard, place: str) -> Iterator[BadInput]:
    wanted = {
        RuleKind.HOLDS: 0,
        RuleKind.FIELDS_EQUAL: 2,
        RuleKind.NAME_MATCHES_CERTIFICATE: 2,
        RuleKind.DATE_NOT_BEFORE_TODAY: 1,
    }[rule.kind]
    if len(rule.subjects) != wanted:
        yield BadInput(f"{place}.subjects：{rule.kind.value} 要有{wanted}个")
        return
    if (rule.must is not None) != (rule.kind is RuleKind.HOLDS):
        yield BadInput(f"{place}.must：只有 holds 要写，也必须写")
    if rule.kind is RuleKind.NAME_MATCHES_CERTIFICATE and not rule.subjects[1].startswith(
        "certificate:"
    ):
        yield BadInput(f"{place}.subjects：第二个应为证照的一项")
    if rule.kind is RuleKind.DATE_NOT_BEFORE_TODAY:
        days = {f"field:{line.code}" for line in standard.fields if line.kind is FieldKind.DATE}
        if rule.subjects[0] not in days:
            yield BadInput(f"{place}.subjects：应为一个日期表单项")
