"""How the sample cases of a draft are edited (样例): who applies, what lies there, what must come out."""

from collections.abc import Iterator, Mapping
from typing import Final

from clerk.domain.draft_editing import Path, lines_at, value_at
from clerk.domain.sample_case import GivenAs, SampleMandate
from clerk.domain.sample_people import SamplePeople
from clerk.domain.standard import FieldKind
from clerk.ui import standards_sources as sources
from clerk.ui.standards_codes import SAMPLES
from clerk.ui.standards_shape import (
    Coded,
    Element,
    Kind,
    Lines,
    Section,
    Tab,
    all_chosen,
    flag,
    number,
    pairs,
    text,
    whole,
    word,
)
from clerk.ui.standards_words import options_of
from clerk.wording import CERTIFICATE_STATUSES, PARTY_KINDS
from clerk.wording_samples import EXPECTED, GIVEN

Table = Mapping[str, object]
Shape = tuple[object, ...]

_SEXES: Final[Coded] = (("male", "男"), ("female", "女"))
_MANDATES: Final[Coded] = (
    (SampleMandate.SIGNED.value, "签好了"),
    (SampleMandate.UNSIGNED.value, "没签名"),
    (SampleMandate.ENDED.value, "过期了"),
)
_EXPECTED: Final[Coded] = tuple((one.value, words) for one, words in EXPECTED.items())
_GIVEN: Final[Coded] = tuple((one.value, words) for one, words in GIVEN.items())
_STATUSES: Final[Coded] = tuple((one.value, words) for one, words in CERTIFICATE_STATUSES.items())
FRESH: Final[Mapping[str, object]] = {"name": "", "expect": "accept"}


def shape_of(table: Table) -> Shape:
    """What of the draft decides how its samples are edited."""
    return tuple(lines_at(table, (key,)) for key in ("questions", "fields", "requirements"))


def samples_tab(table: Table, people: SamplePeople) -> Tab:
    """The samples of a draft, with its own questions, fields and materials as elements."""
    persons = tuple((one.key, f"{one.name}，{one.age} 岁") for one in people.persons.values())
    bodies = tuple(
        (one.key, f"{one.name}，{PARTY_KINDS[one.kind]}") for one in people.bodies.values()
    )
    fresh = {**FRESH, "applicant": {"like": persons[0][0]}} if persons else FRESH
    lines = Lines(
        key=SAMPLES,
        name="样例",
        title="name",
        elements=(
            text("name", "样例，一句话", wide=True),
            word("expect", "应有的结论", _EXPECTED),
            text("counter", "在哪个窗口，不写就是有授权的窗口"),
            all_chosen("names", "应当指出的各处", sources.named_by_check),
            text("why", "为什么应当是这个结论", wide=True),
            word("applicant.like", "谁申请，都是虚构的人", (*persons, *bodies)),
            whole("applicant.age", "年龄改成", "周岁"),
            word("applicant.sex", "性别改成", _SEXES),
            word("handler.like", "谁代办", persons),
            word("mandate", "委托书", _MANDATES, otherwise=SampleMandate.SIGNED.value),
            *_answers(table),
            *_fields(table),
            all_chosen("asks", "应当要的材料", sources.materials),
            all_chosen("asks_not", "不应当要的材料", sources.materials),
            flag("bad_credit", "申请人有失信记录", otherwise=False),
        ),
        fresh=fresh,
        below=_materials(table),
    )
    return Tab(name="试办", sections=(Section(name="样例", lines=lines),))


def _answers(table: Table) -> Iterator[Element]:
    for code, asked in sources.lines_of(table, "questions", "text"):
        options = tuple(options_of(table, "questions", code))
        yield Element(path=("answers", code), label=asked, kind=Kind.WORD, choices=options)


def _fields(table: Table) -> Iterator[Element]:
    for one in lines_at(table, ("fields",)):
        if not isinstance(one, Mapping) or not one.get("code") or one.get("computed"):
            continue
        code, label = str(one["code"]), str(one.get("label") or one["code"])
        path: Path = ("fields", code)
        options = tuple((said, said) for _, said in options_of(table, "fields", code))
        if options:
            yield Element(path=path, label=label, kind=Kind.WORD, choices=options)
            continue
        dated = one.get("kind") == FieldKind.DATE.value
        label = f"{label}，today+14 是十四天后" if dated else label
        yield Element(path=path, label=label, unit=str(one.get("unit") or ""))


def _materials(table: Table) -> Lines:
    names = dict(sources.lines_of(table, "requirements", "name"))
    given = dict(_GIVEN)

    def titled(line: Table) -> str:
        code = str(line.get("code") or "")
        how = given.get(str(line.get("way") or ""), "有毛病")
        return f"{names.get(code, code) or '还没选材料'}：{how}"

    return Lines(
        key="materials",
        name="材料",
        title="code",
        titled=titled,
        elements=(
            word("code", "哪份材料", tuple(names.items())),
            word("way", "怎样给", _GIVEN),
            flag("signed", "签了名", otherwise=True),
            flag("sealed", "盖了章", otherwise=True),
            whole("issued_days_ago", "开具了", "天"),
            number("valid_days", "还有几天有效，-1 是昨天到期"),
            whole("originals", "原件", "份"),
            whole("copies", "复印件", "份"),
            whole("pages", "扫描件、文件", "页"),
            all_chosen("unmet", "不符合的要点", _points),
            all_chosen("unseen", "还没看的要点", _points),
            text("unfit", "不合规，原因", wide=True),
            word("status", "证照的状态", _STATUSES),
            text("issuer", "证照上的签发机关"),
            text("holder", "证照上的持证人"),
            pairs("face", "证照上、共享数据里另外写的，一行一项：名称 = 内容"),
        ),
        fresh={"code": "", "way": GivenAs.MISSING.value},
    )


def _points(table: Table, at: Path) -> Coded:
    code = value_at(table, (*at, "code"))
    for one in lines_at(table, ("requirements",)):
        if isinstance(one, Mapping) and one.get("code") == code:
            return sources.lines_of(one, "review_points", "text")
    return ()
