"""Rules across the case that contradict their own kind."""

from collections.abc import Iterator
from typing import Final

from clerk.domain.errors import BadInput
from clerk.domain.findings import Group
from clerk.domain.path_faults import material_faults, path_faults
from clerk.domain.rule import Rule, RuleKind
from clerk.domain.standard import FieldKind, ItemStandard, Way

_SUBJECTS: Final = {
    RuleKind.HOLDS: 0,
    RuleKind.FIELDS_EQUAL: 2,
    RuleKind.NAME_MATCHES_CERTIFICATE: 2,
    RuleKind.DATE_NOT_BEFORE_TODAY: 1,
    RuleKind.NUMBERS_CLOSE: 2,
}
_NUMERIC: Final = frozenset({FieldKind.NUMBER, FieldKind.INTEGER, FieldKind.MONEY})


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
        if (rule.must is not None) != (rule.kind is RuleKind.HOLDS):
            yield BadInput(f"{place}.must：只有 holds 要写，也必须写")
        yield from _tolerance(rule, place)
        if rule.kind is RuleKind.NOT_TOGETHER:
            yield from _together(rule, standard, place)
            continue
        yield from _subjects(rule, standard, place)
        for path in rule.subjects:
            yield from path_faults(path, standard, f"{place}.subjects")


def _tolerance(rule: Rule, place: str) -> Iterator[BadInput]:
    given = [one for one in (rule.tolerance, rule.tolerance_percent) if one is not None]
    if rule.kind is not RuleKind.NUMBERS_CLOSE:
        if given or rule.units:
            yield BadInput(f"{place}：只有 numbers_close 写允许的误差和单位")
    elif len(given) != 1 or given[0] < 0:
        yield BadInput(f"{place}：tolerance 和 tolerance_percent 写一个，不小于0")


def _subjects(rule: Rule, standard: ItemStandard, place: str) -> Iterator[BadInput]:
    wanted = _SUBJECTS[rule.kind]
    if len(rule.subjects) != wanted:
        yield BadInput(f"{place}.subjects：{rule.kind.value} 要有{wanted}个")
        return
    certificate = RuleKind.NAME_MATCHES_CERTIFICATE
    if rule.kind is certificate and not rule.subjects[1].startswith("certificate:"):
        yield BadInput(f"{place}.subjects：第二个应为证照的一项")
    lines = {f"field:{line.code}": line for line in standard.fields}
    if rule.kind is RuleKind.DATE_NOT_BEFORE_TODAY:
        subject = rule.subjects[0]
        line = lines.get(subject)
        if line.kind is not FieldKind.DATE if line else not subject.startswith("field:"):
            yield BadInput(f"{place}.subjects：应为一个日期表单项")
    if rule.kind is RuleKind.NUMBERS_CLOSE:
        for path in rule.subjects:
            line = lines.get(path)
            if line is not None and line.kind not in _NUMERIC:
                yield BadInput(f"{place}.subjects：表单项 {line.code} 不是数，不能比较")


def _together(rule: Rule, standard: ItemStandard, place: str) -> Iterator[BadInput]:
    if len(set(rule.subjects)) < 2:
        yield BadInput(f"{place}.subjects：not_together 至少要有两个不同的材料")
    ways = {way.value for way in Way}
    for subject in rule.subjects:
        word, _, named = subject.partition(":")
        code, _, way = named.partition(":")
        if word != "material" or (way and way not in ways):
            yield BadInput(
                f"{place}.subjects：{subject} 应写成 material:代码 或 material:代码:方式"
            )
            continue
        yield from material_faults(code, standard, f"{place}.subjects")
