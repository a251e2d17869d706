"""What a line of a condition is chosen from: which elements it has, and how they change it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from clerk.domain.draft_conditions import leading_word
from clerk.domain.draft_editing import lines_at, with_value
from clerk.domain.moved_day import DayUnit
from clerk.domain.standard import FieldKind
from clerk.ui.standards_codes import APPLICANT_KINDS, GIVEN_WAYS
from clerk.ui.standards_shape import (
    Coded,
    Element,
    day,
    flag,
    number,
    texts,
    whole,
    word,
    words,
)
from clerk.ui.standards_words import Wording, named, options_of
from clerk.wording_rules import UNITS, path_words

COMPARISONS: Final[Coded] = (
    ("less", "小于"),
    ("at_most", "不超过"),
    ("equal", "等于"),
    ("at_least", "不小于"),
    ("more", "大于"),
)
_DAYS: Final[Coded] = (
    ("less", "早于"),
    ("at_most", "不晚于"),
    ("equal", "就是"),
    ("at_least", "不早于"),
    ("more", "晚于"),
)
_LISTED: Final[Coded] = (("is", "是其中一个"), ("contains", "含有其中一个"))
_UNITS: Final[Coded] = tuple((unit.value, said) for unit, said in UNITS.items())
_SIDES: Final[Coded] = (("after", "之后"), ("before", "之前"))
_HOWS: Final = tuple(how for how, _ in COMPARISONS)
_NUMERIC: Final = frozenset(
    {FieldKind.NUMBER.value, FieldKind.INTEGER.value, FieldKind.MONEY.value}
)
_PARTIES: Final = ("applicant", "representative", "handler")
_FIXED: Final = "fixed"

Line = Mapping[str, object]
Table = Mapping[str, object]


def fresh(lead: str) -> Line:
    """A new line of that leading word, with nothing chosen."""
    begun: Mapping[str, Line] = {
        "answer": {"answer": "", "is": []},
        "applicant": {"applicant": []},
        "field": {"field": "", "is": []},
        "age": {"age": {"at_least": 18}},
        "handler": {"handler": True},
        "place": {"place": "applicant.address", "within": []},
        "date": {"date": "applicant.birth_on", "at_least": "today"},
        "certificate": {"certificate": "", "used": True},
        "material": {"material": ""},
        "counter": {"counter": []},
        "all": {"all": []},
        "any": {"any": []},
        "not": {"not": {}},
    }
    return begun[lead]


def shape(line: Line, table: Table) -> tuple[Element, ...]:
    """The elements behind the leading word."""
    lead = leading_word(line)
    match lead:
        case "answer":
            which = word("answer", "哪个问题", _lines_of(table, "questions", "text"))
            options = tuple(options_of(table, "questions", line.get("answer")))
            return (which, words("is", "回答是其中一个", options)) if options else (which,)
        case "applicant":
            return (words("applicant", "是其中一类", APPLICANT_KINDS),)
        case "handler":
            return (flag("handler", "有代办人"),)
        case "age":
            return (word("how", "怎样比", COMPARISONS), whole("than", "和几周岁比", "周岁"))
        case "counter":
            return (texts("counter", "在其中一个窗口，一行一个窗口号"),)
        case "place":
            which = word("place", "哪个地址", _paths(table, _is_text, ("address",)))
            return (which, texts("within", "在其中一个地方，一行一个地名或行政区划代码"))
        case "material":
            which = word("material", "哪份材料", _lines_of(table, "requirements", "name"))
            return (which, words("by", "是这样收的，不选就是收到了", GIVEN_WAYS))
    more = {"field": _of_field, "date": _of_date, "certificate": _of_certificate}
    return more[lead](line, table) if lead in more else ()


def _of_field(line: Line, table: Table) -> tuple[Element, ...]:
    which = word("field", "哪一项", _lines_of(table, "fields", "label"))
    found = _field(table, line.get("field"))
    if found is None:
        return (which,)
    if found.get("kind") in _NUMERIC:
        return (which, word("how", "怎样比", COMPARISONS), number("than", "和几比"))
    labels = [label for _, label in options_of(table, "fields", line.get("field"))]
    if labels:
        return (which, words("is", "是其中一个", tuple((one, one) for one in labels)))
    how = "contains" if "contains" in line else "is"
    return (which, word("how", "怎样比", _LISTED), texts(how, "一行一个"))


def _of_certificate(line: Line, table: Table) -> tuple[Element, ...]:
    which = word("certificate", "哪种证照的哪一项", tuple(_certificates(table)))
    path = str(line.get("certificate") or "")
    if ":" not in path:
        return (which, flag("used", "已经调取")) if path else (which,)
    how = word("how", "怎样比", (*_LISTED, *COMPARISONS))
    given = _how(line)
    if given in _HOWS:
        return (which, how, number("than", "和几比"), texts("units", "数后面的单位，一行一个"))
    return (which, how, texts(given or "is", "一行一个"))


def _of_date(line: Line, table: Table) -> tuple[Element, ...]:
    which = word("date", "哪个日期", _dates(table))
    base = (("today", "今天"), *_dates(table), (_FIXED, "固定的一天"))
    than = word("base", "和哪天比", base)
    fixed = (day("fixed", "哪一天"),) if _moved(line)["base"] == _FIXED else ()
    moved = (
        whole("by", "推算多少"),
        word("unit", "按什么推算", _UNITS, otherwise=DayUnit.DAYS.value),
        word("side", "往哪边推算", _SIDES, otherwise="after"),
    )
    return (which, word("how", "怎样比", _DAYS), than, *fixed, *moved)


def values(line: Line) -> Line:
    """What the elements show."""
    lead = leading_word(line)
    held = line.get("age") if lead == "age" else line
    given: Line = held if isinstance(held, Mapping) else {}
    how = _how(given)
    than = given.get(how) if how in _HOWS else None
    shown = {**line, "how": how, "than": than}
    return {**shown, **_moved(line)} if lead == "date" else shown


def changed(line: Line, key: str, value: object) -> Line:
    """The line with another value; whoever names something else begins its comparison anew."""
    lead = leading_word(line)
    if lead == "date" and key != "date":
        return _changed_date(line, key, value)
    if key in {"how", "than"}:
        return _compared(line, lead, key, value)
    if key in {"answer", "field"}:
        return {key: value or "", "is": []}
    if key == "certificate":
        named_one = str(value or "")
        return {key: named_one, **({"is": []} if ":" in named_one else {"used": True})}
    if key == lead:
        empty: object = "" if lead in {"place", "material", "date"} else []
        return {**line, lead: value if value is not None else empty}
    if key == "used":
        return {**line, key: bool(value)}
    keeps_none = key in {"by", "units"}
    return with_value(line, (key,), value if value is not None or keeps_none else [])


def _how(line: Line) -> str | None:
    return next((how for how in ("is", "contains", *_HOWS) if how in line), None)


def _compared(line: Line, lead: str, key: str, value: object) -> Line:
    shown = values(line)
    how = str((value if key == "how" else shown["how"]) or "is")
    if how not in _HOWS:
        kept = line.get(str(shown["how"]))
        return {lead: line.get(lead), how: kept if isinstance(kept, list | tuple) else []}
    than = value if key == "than" else shown["than"]
    compared = {how: than if than is not None else 0}
    if lead == "age":
        return {"age": compared}
    units = {"units": line["units"]} if "units" in line else {}
    return {lead: line.get(lead), **compared, **units}


def _moved(line: Line) -> Line:
    """The day that a line compares with: its base, and how far it is moved."""
    how = _how(line)
    than = line.get(how) if how else None
    begin, by, unit = than, 0, DayUnit.DAYS.value
    if isinstance(than, Mapping):
        begin = than.get("from")
        unit = next((one.value for one in DayUnit if one.value in than), unit)
        found = than.get(unit)
        by = found if isinstance(found, int) else 0
    fixed = isinstance(begin, date)
    return {
        "base": _FIXED if fixed else begin,
        "fixed": begin if fixed else None,
        "by": abs(by) or None,
        "unit": unit,
        "side": "before" if by < 0 else "after",
    }


def _changed_date(line: Line, key: str, value: object) -> Line:
    held = {**_moved(line), "how": _how(line) or "at_least", key: value}
    if key == "base" and value == _FIXED:
        held["fixed"] = held["fixed"] or date(2025, 1, 1)
    begin = held["fixed"] if held["base"] == _FIXED else held["base"] or "today"
    by = held["by"] if isinstance(held["by"], int) else 0
    unit = str(held["unit"] or DayUnit.DAYS.value)
    than = {"from": begin, unit: -by if held["side"] == "before" else by} if by else begin
    return {"date": line.get("date"), str(held["how"] or "at_least"): than}


# ---- what may be named -------------------------------------------------------------------------


def _field(table: Table, code: object) -> Line | None:
    lines = (one for one in lines_at(table, ("fields",)) if isinstance(one, Mapping))
    return next((one for one in lines if one.get("code") == code), None)


def _lines_of(table: Table, key: str, label: str) -> Coded:
    codes = [
        str(one["code"])
        for one in lines_at(table, (key,))
        if isinstance(one, Mapping) and one.get("code")
    ]
    return tuple((code, named(table, key, label, code)) for code in codes)


def _is_text(kind: object) -> bool:
    return kind == FieldKind.TEXT.value


def _paths(table: Table, fits: Callable[[object], bool], of_a_party: tuple[str, ...]) -> Coded:
    """Paths to the parties' values and the form's lines of a kind, by what they are called."""
    standard = Wording.of(table).standard
    found = [f"{who}.{what}" for who in _PARTIES for what in of_a_party]
    lines = (one for one in lines_at(table, ("fields",)) if isinstance(one, Mapping))
    found += [f"field:{one['code']}" for one in lines if one.get("code") and fits(one.get("kind"))]
    return tuple((path, path_words(path, standard)) for path in found)


def _dates(table: Table) -> Coded:
    """Every day that can be looked at."""
    standard = Wording.of(table).standard
    found = []
    for one in standard.requirements:
        if one.certificate is not None:
            found.append(f"certificate:{one.certificate.type_code}:valid_until_on")
        found += [f"material:{one.code}:issued_on", f"material:{one.code}:valid_until_on"]
    others = tuple((path, path_words(path, standard)) for path in dict.fromkeys(found))
    return (*_paths(table, lambda kind: kind == FieldKind.DATE.value, ("birth_on",)), *others)


def _certificates(table: Table) -> Iterator[tuple[str, str]]:
    """Every type that a material names, and what is known to stand on it."""
    standard = Wording.of(table).standard
    links = {
        one.certificate.type_code: one.certificate
        for one in standard.requirements
        if one.certificate is not None
    }
    for type_code, link in links.items():
        yield type_code, f"{link.type_name}，调取了没有"
        known = (*dict.fromkeys(link.fills.values()), "number", "issuer_name", "holder_name")
        for name in known:
            path = f"{type_code}:{name}"
            yield path, path_words(f"certificate:{path}", standard)
