"""Conditions, rules and requirements of a standard, each said in one plain Chinese sentence.

Also what a check compared by them.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from clerk.domain.compared import ACTS_FOR, ACTS_HIMSELF, NOT
from clerk.domain.computed import Computed, ComputedKind
from clerk.domain.condition import (
    AgeCompares,
    AllOf,
    AnswerIs,
    AnyOf,
    ApplicantIs,
    CertificateUsed,
    Condition,
    CounterIs,
    DateCompares,
    FieldCompares,
    FieldIs,
    HandlerActs,
    Leaf,
    MaterialGiven,
    Not,
    PlaceWithin,
    ValueCompares,
    ValueContains,
    ValueIs,
)
from clerk.domain.facts import Comparison
from clerk.domain.findings import Check, Finding
from clerk.domain.moved_day import DayUnit, MovedDay
from clerk.domain.paper_terms import bounds
from clerk.domain.rule import Rule, RuleKind
from clerk.domain.standard import ItemStandard, Requirement, Way
from clerk.wording import CERTIFICATE_STATUSES, PARTY_KINDS, WAYS
from clerk.wording_shared import SOURCES

_NUMBERS: Final[Mapping[Comparison, str]] = {
    Comparison.LESS: "小于",
    Comparison.AT_MOST: "不大于",
    Comparison.EQUAL: "等于",
    Comparison.AT_LEAST: "不小于",
    Comparison.MORE: "大于",
}
_DAYS: Final[Mapping[Comparison, str]] = {
    Comparison.LESS: "早于",
    Comparison.AT_MOST: "不晚于",
    Comparison.EQUAL: "就是",
    Comparison.AT_LEAST: "不早于",
    Comparison.MORE: "晚于",
}
_AGES: Final[Mapping[Comparison, str]] = {
    Comparison.LESS: "不满{years}周岁",
    Comparison.AT_MOST: "不超过{years}周岁",
    Comparison.EQUAL: "正好{years}周岁",
    Comparison.AT_LEAST: "年满{years}周岁",
    Comparison.MORE: "超过{years}周岁",
}
_OPPOSITE: Final[Mapping[Comparison, Comparison]] = {
    Comparison.LESS: Comparison.AT_LEAST,
    Comparison.AT_MOST: Comparison.MORE,
    Comparison.AT_LEAST: Comparison.LESS,
    Comparison.MORE: Comparison.AT_MOST,
}
UNITS: Final[Mapping[DayUnit, str]] = {
    DayUnit.DAYS: "天",
    DayUnit.WORKDAYS: "个工作日",
    DayUnit.MONTHS: "个月",
    DayUnit.YEARS: "年",
}
_PARTIES: Final = {"applicant": "申请人", "representative": "负责人", "handler": "代办人"}
_OF_A_PARTY: Final = {
    "name": "姓名或名称",
    "id_number": "证件号码",
    "address": "地址",
    "sex": "性别",
    "birth_on": "出生日期",
    "relation": "与申请人的关系",
}
_OF_THE_LIBRARY: Final = {
    "number": "证照编号",
    "holder_name": "持证主体",
    "issuer_name": "签发机关",
    "valid_until_on": "有效期截止日",
}
_SHARED: Final = {source.value: words for source, words in SOURCES.items()}
_OF_A_MATERIAL: Final = {"issued_on": "开具日期", "valid_until_on": "有效期截止日"}


def condition_words(condition: Condition | None, standard: ItemStandard) -> str:
    """Say when something applies, without a full stop; empty where there is no condition."""
    return "" if condition is None else _said(condition, standard, holds=True)


def rule_words(rule: Rule, standard: ItemStandard) -> str:
    """Say what a rule asks for, when, and what follows where it is not so."""
    when = condition_words(rule.when, standard)
    must = _must(rule, standard)
    if rule.ends:
        otherwise = f"不是这样的不在本事项办理：{rule.ends}"
    elif rule.hard:
        otherwise = f"不是这样的不能受理，{rule.remedy}"
    else:
        otherwise = f"不是这样的只作提示，{rule.remedy}"
    return f"{when}时，{must}；{otherwise}" if when else f"{must}；{otherwise}"


def requirement_words(asked: Requirement, standard: ItemStandard) -> str:
    """Say when a material is asked for and what it must be."""
    when = condition_words(asked.when, standard)
    terms = "，".join(_terms(asked, standard))
    begin = f"{when}时要交“{asked.name}”" if when else f"要交“{asked.name}”"
    return f"{begin}：{terms}" if terms else begin


def computed_words(computed: Computed, standard: ItemStandard) -> str:
    """Say how a line of the form is worked out."""
    parts = [_field(code, standard) for code in computed.of]
    match computed.kind:
        case ComputedKind.SUM:
            return f"{'、'.join(parts)}相加"
        case ComputedKind.DIFFERENCE:
            return f"{parts[0]}减去{'、'.join(parts[1:])}" if parts else ""
        case ComputedKind.PRODUCT:
            return f"{'、'.join(parts)}相乘"
        case ComputedKind.AGE:
            return f"按{path_words(computed.path, standard)}计算的周岁"
        case ComputedKind.DATE:
            return _moved(computed.day, standard) if computed.day else ""


def path_words(path: str, standard: ItemStandard) -> str:
    """Say what a path leads to, as it is called on the form, the certificate or the paper."""
    match path.split(":"):
        case ["today"]:
            return "今天"
        case ["earlier"]:
            return "以前办件填过的内容"
        case ["field", code]:
            return _field(code, standard)
        case ["answer", code]:
            return f"{_question(code, standard)}的回答"
        case ["certificate", type_code, name]:
            return f"{_type_name(type_code, standard)}上的“{_OF_THE_LIBRARY.get(name, name)}”"
        case ["material", code, what]:
            return f"“{_material(code, standard)}”的{_OF_A_MATERIAL.get(what, what)}"
        case ["shared", source, name]:
            return f"共享数据“{_SHARED.get(source, source)}”里的“{name}”"
        case _:
            who, _, what = path.partition(".")
            return f"{_PARTIES.get(who, who)}的{_OF_A_PARTY.get(what, what)}"


def _said(condition: Condition, standard: ItemStandard, *, holds: bool) -> str:
    match condition:
        case Not(of=inner):
            return _said(inner, standard, holds=not holds)
        case AllOf(of=parts) | AnyOf(of=parts):
            every = isinstance(condition, AllOf) is holds
            said = (_part(part, standard, every=every, holds=holds) for part in parts)
            return ("，并且" if every else "，或者").join(said)
        case leaf:
            return _leaf(leaf, standard, holds=holds)


def _part(part: Condition, standard: ItemStandard, *, every: bool, holds: bool) -> str:
    """Say one of several conditions, in brackets where it is itself several of the other kind."""
    words = _said(part, standard, holds=holds)
    so = holds
    while isinstance(part, Not):
        part, so = part.of, not so
    several = isinstance(part, AllOf | AnyOf) and len(part.of) > 1
    return f"（{words}）" if several and (isinstance(part, AllOf) is so) is not every else words


def _leaf(leaf: Leaf, standard: ItemStandard, *, holds: bool) -> str:
    no = "" if holds else "不"
    match leaf:
        case AnswerIs(question=code, options=options):
            return (
                f"{_question(code, standard)}答的{no}是{_quoted(_labels(code, options, standard))}"
            )
        case ApplicantIs(kinds=kinds):
            return f"申请人{no}是{'或'.join(PARTY_KINDS[kind] for kind in kinds)}"
        case FieldIs(field=code, values=values):
            return f"{_field(code, standard)}{no}是{_quoted(values)}"
        case FieldCompares(field=code, comparison=word, than=than):
            number = f"{than:f}{_unit(code, standard)}"
            return f"{_field(code, standard)}{_word(word, _NUMBERS, holds=holds)}{number}"
        case AgeCompares(comparison=word, years=years):
            return f"申请人{_word(word, _AGES, holds=holds).format(years=years)}"
        case HandlerActs():
            return "有人代办" if holds else "申请人自己来办"
        case CounterIs(counters=counters):
            return f"{no}是在{'、'.join(counters)}号窗口收件"
        case PlaceWithin(path=path, places=places):
            return f"{path_words(path, standard)}{no}在{'或'.join(places)}"
        case DateCompares(path=path, comparison=word, than=than_day):
            than_words = _moved(than_day, standard)
            return f"{path_words(path, standard)}{_word(word, _DAYS, holds=holds)}{than_words}"
        case _:
            return _of_certificate_or_material(leaf, standard, holds=holds)


def _of_certificate_or_material(leaf: Leaf, standard: ItemStandard, *, holds: bool) -> str:
    no, not_yet = ("", "已经") if holds else ("不", "没有")
    match leaf:
        case ValueIs(path=path, values=values):
            return f"{path_words(path, standard)}{no}是{_quoted(values)}"
        case ValueContains(path=path, words=words):
            return f"{path_words(path, standard)}{no}含有{_quoted(words)}"
        case ValueCompares(path=path, comparison=word, than=than, units=units):
            number = f"{than:f}{units[0] if units else ''}"
            return f"{path_words(path, standard)}{_word(word, _NUMBERS, holds=holds)}{number}"
        case CertificateUsed(type_code=type_code):
            return f"{not_yet}调取电子证照“{_type_name(type_code, standard)}”"
        case MaterialGiven(material=code, ways=ways):
            by = f"以{'或'.join(WAYS[Way(way)] for way in ways)}的方式" if ways else ""
            return f"{not_yet}{by}收到“{_material(code, standard)}”"
        case _:
            return ""


def _word(comparison: Comparison, words: Mapping[Comparison, str], *, holds: bool) -> str:
    if holds:
        return words[comparison]
    opposite = _OPPOSITE.get(comparison)
    return words[opposite] if opposite else f"不{words[comparison]}"


def _must(rule: Rule, standard: ItemStandard) -> str:
    subjects = rule.subjects
    match rule.kind:
        case RuleKind.HOLDS:
            return f"应当是：{condition_words(rule.must, standard)}"
        case RuleKind.DATE_NOT_BEFORE_TODAY:
            return f"{_paths(subjects, standard)}应当不早于今天"
        case RuleKind.NUMBERS_CLOSE:
            return f"{_paths(subjects, standard)}相差应当不超过{_tolerance(rule)}"
        case RuleKind.NOT_TOGETHER:
            named = "、".join(_given(subject, standard) for subject in subjects)
            return f"{named}最多只能有一项"
        case _:
            return f"{_paths(subjects, standard)}应当一致"


def _tolerance(rule: Rule) -> str:
    if rule.tolerance_percent is not None:
        return f"前者的{_plain(rule.tolerance_percent)}%"
    unit = rule.units[0] if rule.units else ""
    return f"{_plain(rule.tolerance or Decimal(0))}{unit}"


def _given(subject: str, standard: ItemStandard) -> str:
    _, _, named = subject.partition(":")
    code, _, way = named.partition(":")
    by = f"以{WAYS[Way(way)]}的方式收的" if way else ""
    return f"{by}“{_material(code, standard)}”"


def _terms(asked: Requirement, standard: ItemStandard) -> Iterator[str]:
    """Yield what a material must be, in the order in which one looks at a paper."""
    counts = (("原件", asked.originals), ("复印件", asked.copies))
    copies = "、".join(f"{word} {count} 份" for word, count in counts if count)
    pages = bounds(asked.pages_at_least, asked.pages_at_most)
    terms = (
        copies,
        f"{pages} 页".replace("≥", "不少于 ").replace("≤", "不多于 ") if pages else "",
        f"文件格式是 {_or(one.value for one in asked.file_formats)}" if asked.file_formats else "",
        f"{asked.max_age_days} 天内开具" if asked.max_age_days is not None else "",
        f"{asked.max_age_months} 个月内开具" if asked.max_age_months is not None else "",
        _validity(asked, standard),
        f"由{_or(asked.issuers)}出具" if asked.issuers else "",
        f"由{_PARTIES[asked.signature_by]}签名" if asked.signature_by in _PARTIES else "",
        f"还要{'、'.join(asked.signers)}签名" if asked.signers else "",
        "盖章" if asked.needs_seal else "",
    )
    yield from (term for term in terms if term)
    if asked.not_needed_with:
        instead = (f"“{_material(code, standard)}”" for code in asked.not_needed_with)
        yield f"有了{'或'.join(instead)}就不用交"


def _validity(asked: Requirement, standard: ItemStandard) -> str:
    if not asked.valid_on and not asked.min_validity_days:
        return ""
    begin = path_words(asked.valid_on, standard) if asked.valid_on else "今天"
    longer = f"之后 {asked.min_validity_days} 天" if asked.min_validity_days else ""
    return f"到{begin}{longer}还有效"


def _moved(moved: MovedDay, standard: ItemStandard) -> str:
    begin = _whole_day(moved.day) if moved.day else path_words(moved.path, standard)
    if not moved.by:
        return begin
    side = "之后" if moved.by > 0 else "之前"
    return f"{begin}{side} {abs(moved.by)} {UNITS[moved.unit]}"


def _whole_day(on: date) -> str:
    """A day of a law, which is of a certain year."""
    return f"{on.year} 年 {on.month} 月 {on.day} 日"


def _paths(paths: Iterable[str], standard: ItemStandard) -> str:
    return "与".join(path_words(path, standard) for path in paths)


def _quoted(values: Iterable[str]) -> str:
    return "或".join(f"“{value}”" for value in values)


def _or(values: Iterable[str]) -> str:
    return "或".join(values)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _question(code: str, standard: ItemStandard) -> str:
    return f"“{next((q.text for q in standard.questions if q.code == code), code)}”"


def _labels(code: str, options: Iterable[str], standard: ItemStandard) -> Iterator[str]:
    asked = next((q for q in standard.questions if q.code == code), None)
    labels = {option.code: option.label for option in asked.options} if asked else {}
    return (labels.get(option, option) for option in options)


def _field(code: str, standard: ItemStandard) -> str:
    return f"“{next((line.label for line in standard.fields if line.code == code), code)}”"


def _unit(code: str, standard: ItemStandard) -> str:
    return next((line.unit for line in standard.fields if line.code == code), "")


def _material(code: str, standard: ItemStandard) -> str:
    return next((one.name for one in standard.requirements if one.code == code), code)


def _type_name(type_code: str, standard: ItemStandard) -> str:
    links = (one.certificate for one in standard.requirements if one.certificate)
    return next((link.type_name for link in links if link.type_code == type_code), type_code)


_CODED: Final[Mapping[Check, Mapping[str, str]]] = {
    Check.APPLICANT_KIND: {kind.value: words for kind, words in PARTY_KINDS.items()},
    Check.MATERIAL_WAY: {way.value: words for way, words in WAYS.items()},
    Check.CERTIFICATE_STATUS: {one.value: words for one, words in CERTIFICATE_STATUSES.items()},
    Check.RULE: {kind.value: words for kind, words in PARTY_KINDS.items()}
    | {ACTS_FOR: "有人代办", ACTS_HIMSELF: "申请人自己来办"},
}


def compared(found: Finding) -> str:
    """The two values that were compared; empty where there were none."""
    words = _CODED.get(found.check, {})
    pairs = (("现有", _worded(found.given, words)), ("要求", _worded(found.wanted, words)))
    return "，".join(f"{word} {value}" for word, value in pairs if value)


def _worded(value: str, words: Mapping[str, str]) -> str:
    """Return a list of codes in words; anything else stays as it is."""
    parts = value.removeprefix(NOT).split("/")
    if not all(part in words for part in parts):
        return value
    no = "不是" if value.startswith(NOT) else ""
    return no + "、".join(words[part] for part in parts)
