"""What may be picked in a draft and how it reads (来源): fields, certificates, papers, people.

Each function takes the draft and the path of the line that is edited, and returns what is kept and
what it reads as; whatever names something by a code is picked, never typed.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from clerk.domain.draft_editing import Path, lines_at, value_at
from clerk.domain.findings import Check
from clerk.domain.path_values import OF_A_MATERIAL, OF_THE_LIBRARY
from clerk.domain.rule import RuleKind
from clerk.domain.standard import FieldKind
from clerk.ui.standards_codes import FACE_VALUES, GIVEN_WAYS
from clerk.ui.standards_shape import Coded, Element
from clerk.ui.standards_words import Wording, named, options_of
from clerk.wording_rules import path_words
from clerk.wording_samples import CHECKS

AGE: Final = "applicant.age"
"""Where the options of a question follow from the applicant's age; bounds stand behind a colon."""

_OF_A_PARTY: Final = ("name", "id_number", "address", "sex", "birth_on")
_PARTIES: Final = ("applicant", "representative", "handler")
_COUNTED: Final = frozenset(
    {FieldKind.NUMBER.value, FieldKind.INTEGER.value, FieldKind.MONEY.value}
)
_SHARED: Final = (
    ("population", "姓名"),
    ("marriage", "婚姻状况"),
    ("marriage", "配偶姓名"),
    ("marriage", "登记日期"),
)
Table = Mapping[str, object]


def lines_of(table: Table, key: str, label: str) -> Coded:
    """The lines of a list by their codes."""
    codes = [
        str(one["code"])
        for one in lines_at(table, (key,))
        if isinstance(one, Mapping) and one.get("code")
    ]
    return tuple((code, named(table, key, label, code)) for code in codes)


def values_known(table: Table, _: Path = ()) -> Coded:
    """Where the value of a form's line may come from."""
    return _worded(_known(table), table)


def _known(table: Table) -> Iterator[str]:
    yield from ("earlier", "today")
    yield from (f"{who}.{what}" for who in _PARTIES for what in _OF_A_PARTY)
    yield "handler.relation"
    yield from _on_certificates(table)
    for code, _ in lines_of(table, "requirements", "name"):
        yield from (f"material:{code}:{what}" for what in sorted(OF_A_MATERIAL))
    yield from (f"answer:{code}" for code, _ in lines_of(table, "questions", "text"))
    yield from (f"shared:{source}:{name}" for source, name in _SHARED)


def _on_certificates(table: Table) -> Iterator[str]:
    standard = Wording.of(table).standard
    for one in standard.requirements:
        link = one.certificate
        if link is not None:
            said = ("number", "holder_name", "issuer_name", "valid_until_on")
            names = dict.fromkeys((*_on_face(table, link.type_code), *said))
            yield from (f"certificate:{link.type_code}:{name}" for name in names)


def _on_face(table: Table, type_code: str) -> tuple[str, ...]:
    """What stands on certificates of a type: what this standard names of it, then what usually does."""
    standard, begin = Wording.of(table).standard, f"certificate:{type_code}:"
    links = [one.certificate for one in standard.requirements if one.certificate is not None]
    filled = [name for link in links if link.type_code == type_code for name in link.fills.values()]
    paths = [path for line in standard.fields for path in line.prefill if path.startswith(begin)]
    named = [*filled, *(path.removeprefix(begin) for path in paths)]
    own = [name for name in named if name not in OF_THE_LIBRARY]
    return tuple(dict.fromkeys((*own, *FACE_VALUES)))


def filled_from_face(table: Table, at: Path) -> Coded:
    """Which lines of the form the certificate of the material at ``at`` may fill, from what."""
    type_code = str(value_at(table, (*at, "certificate", "type_code")) or "")
    lines = lines_of(table, "fields", "label") if type_code else ()
    names = _on_face(table, type_code) if type_code else ()
    found = [(code, label, name) for code, label in lines for name in names]
    prefilled = _prefilled(table, type_code)
    found.sort(key=lambda one: (one[0], one[2]) not in prefilled)
    return tuple(
        (f"{code}={name}", f"填写项“{label}”取证照上的“{name}”") for code, label, name in found
    )


def _prefilled(table: Table, type_code: str) -> frozenset[tuple[str, str]]:
    """The lines that are prefilled from a type of certificate already, with what of it."""
    begin = f"certificate:{type_code}:"
    return frozenset(
        (line.code, path.removeprefix(begin))
        for line in Wording.of(table).standard.fields
        for path in line.prefill
        if path.startswith(begin)
    )


def picked_of(value: object) -> list[str]:
    """What is picked of a kept value: itself, each of a list, or each ``key=value`` of a table."""
    if isinstance(value, Mapping):
        return [f"{key}={said}" for key, said in value.items()]
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return [str(value)] if value else []


def kept_of(element: Element, picked: Sequence[str]) -> object:
    """The value that is kept of what was picked; None where nothing was."""
    if not picked:
        return None
    if element.paired:
        return dict(one.split("=", 1) for one in picked)
    return list(picked) if element.many else picked[0]


def answers_known(table: Table, at: Path) -> Coded:
    """From what the answer to the question at ``at`` may be known beforehand."""
    bounds = ",".join(f"{code}={low}" for code, low in age_bounds(table, at).items())
    ages = f"{AGE}:{bounds}"
    return (
        ("applicant.kind", "申请人是哪一类"),
        ("handler", "有没有代办人"),
        (ages, _age_words(table, at, ages)),
        *_worded(_on_certificates(table), table),
    )


def age_bounds(table: Table, at: Path) -> dict[str, int]:
    """From which age on each option of a question holds: as written, else as its label says."""
    written = str(value_at(table, (*at, "known_from")) or "").partition(":")
    bounds = {}
    if written[0] == AGE:
        pairs = (part.partition("=") for part in written[2].split(","))
        bounds = {code: int(low) for code, _, low in pairs if low.isascii() and low.isdigit()}
    for one in lines_at(table, (*at, "options")):
        if isinstance(one, Mapping) and one.get("code"):
            bounds.setdefault(str(one["code"]), _number_in(str(one.get("label") or "")))
    return bounds


def _number_in(label: str) -> int:
    """The age a label begins at: 80周岁以上 is 80, 不满80周岁 is 0."""
    digits = "".join(sign if sign.isascii() and sign.isdigit() else " " for sign in label).split()
    below = any(word in label for word in ("不满", "以下", "未满"))
    return int(digits[0]) if digits and not below else 0


def _age_words(table: Table, at: Path, ages: str) -> str:
    options = options_of_line(table, at)
    pairs = (part.partition("=") for part in ages.partition(":")[2].split(",") if part)
    said = "，".join(f"“{options.get(code, code)}”从 {low} 周岁起" for code, _, low in pairs)
    return f"申请人的年龄：{said}" if said else "申请人的年龄"


def options_of_line(table: Table, at: Path) -> dict[str, str]:
    """The options of the line at ``at``, by their codes."""
    code = value_at(table, (*at, "code"))
    return dict(options_of(table, str(at[0]), code)) if at else {}


def compared(table: Table, at: Path) -> Coded:
    """What the rule at ``at`` may compare."""
    if value_at(table, (*at, "kind")) == RuleKind.NOT_TOGETHER.value:
        return tuple(_materials(table))
    fields = tuple(
        (f"field:{code}", f"填写项“{label}”") for code, label in lines_of(table, "fields", "label")
    )
    if value_at(table, (*at, "kind")) == RuleKind.DATE_NOT_BEFORE_TODAY.value:
        return fields
    others = [path for path in _known(table) if path != "earlier"]
    return (*fields, *_worded(others, table))


def _materials(table: Table) -> Iterator[tuple[str, str]]:
    for code, name in lines_of(table, "requirements", "name"):
        yield f"material:{code}", f"“{name}”，不论怎样收"
        yield from ((f"material:{code}:{way}", f"“{name}”，{said}") for way, said in GIVEN_WAYS)


def counted(table: Table, _: Path = ()) -> Coded:
    """The lines of the form that are numbers."""
    return tuple(_fields(table, _COUNTED))


def days(table: Table, _: Path = ()) -> Coded:
    """Every day that something can be counted from."""
    found = ["today", *(f"{who}.birth_on" for who in _PARTIES)]
    found += [f"field:{code}" for code, _ in _fields(table, {FieldKind.DATE.value})]
    found += [path for path in _on_certificates(table) if path.endswith(":valid_until_on")]
    found += [path for path in _known(table) if path.startswith("material:")]
    return _worded(found, table)


def _fields(table: Table, kinds: frozenset[str] | set[str]) -> Iterator[tuple[str, str]]:
    for one in lines_at(table, ("fields",)):
        if isinstance(one, Mapping) and one.get("code") and one.get("kind") in kinds:
            yield str(one["code"]), str(one.get("label") or one["code"])


def materials(table: Table, _: Path = ()) -> Coded:
    """The materials."""
    return lines_of(table, "requirements", "name")


def named_by_check(table: Table, _: Path = ()) -> Coded:
    """What a check can name: lines of the form, materials, questions, rules, and details of them."""
    found = [
        *((code, f"填写项“{said}”") for code, said in lines_of(table, "fields", "label")),
        *((code, f"问题“{said}”") for code, said in lines_of(table, "questions", "text")),
        *((code, f"规则“{said}”") for code, said in lines_of(table, "rules", "text")),
    ]
    for one in lines_at(table, ("requirements",)):
        if isinstance(one, Mapping) and one.get("code"):
            name = str(one.get("name") or one["code"])
            found.append((str(one["code"]), f"材料“{name}”"))
            found += [
                (f"{one['code']}.{point}", f"材料“{name}”的要点：{said}")
                for point, said in lines_of(one, "review_points", "text")
            ]
    return tuple(found)


def called(name: str, table: Table) -> str:
    """What a check names, in words: ``LEASE.material_copies`` is 材料“租赁合同”：复印件份数."""
    return dict(named_by_check(table)).get(name) or _otherwise(name, table, ())


def chosen_words(element: Element, value: object, table: Table, at: Path) -> str:
    """What was picked, in words; empty where nothing was."""
    held = picked_of(value)
    known = dict(element.source(table, at)) if element.source and held else {}
    return "；".join(known.get(one) or _otherwise(one, table, at) for one in held)


def _otherwise(value: str, table: Table, at: Path) -> str:
    """What is in no list: bounds of ages, a detail that a check found, or a path to nothing."""
    if value.startswith(f"{AGE}:"):
        return _age_words(table, at, value)
    subject, dot, detail = value.partition(".")
    if dot and detail in {one.value for one in Check}:
        known = dict(named_by_check(table))
        return f"{known.get(subject, subject)}：{CHECKS[Check(detail)]}"
    if ":" in value:
        return path_words(value, Wording.of(table).standard)
    return f"{value}（标准里没有）"


def _worded(paths: Iterator[str] | list[str], table: Table) -> Coded:
    standard = Wording.of(table).standard
    return tuple((path, path_words(path, standard)) for path in paths)
