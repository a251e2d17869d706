"""Conditions that name something the standard does not have, or that can never hold."""

from collections.abc import Iterator, Mapping

from clerk.domain.condition import (
    AllOf,
    AnswerIs,
    AnyOf,
    ApplicantIs,
    CertificateUsed,
    Condition,
    DateCompares,
    FieldCompares,
    FieldIs,
    Leaf,
    MaterialGiven,
    Not,
    PlaceWithin,
    ValueCompares,
    ValueContains,
    ValueIs,
)
from clerk.domain.errors import BadInput
from clerk.domain.party import PartyKind
from clerk.domain.path_faults import (
    certificate_faults,
    condition_path_faults,
    day_faults,
    material_faults,
    moved_day_faults,
)
from clerk.domain.standard import FieldKind, FormField, ItemStandard, Question, Way
from clerk.values import dataclass

_NUMERIC = frozenset({FieldKind.NUMBER, FieldKind.INTEGER, FieldKind.MONEY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What a condition may name at its place in the standard."""

    options: Mapping[str, frozenset[str]]
    later: frozenset[str]
    fields: Mapping[str, FormField]
    kinds: frozenset[PartyKind]
    standard: ItemStandard

    @classmethod
    def of(cls, standard: ItemStandard, *, questions: tuple[Question, ...]) -> "Vocabulary":
        """Collect what may be named after ``questions`` have been put."""
        options = {q.code: frozenset(option.code for option in q.options) for q in questions}
        return cls(
            options=options,
            later=frozenset(q.code for q in standard.questions) - options.keys(),
            fields={line.code: line for line in standard.fields},
            kinds=frozenset(standard.applicant_kinds),
            standard=standard,
        )


def condition_faults(
    condition: Condition | None, known: Vocabulary, place: str
) -> Iterator[BadInput]:
    """Yield what ``condition`` names wrongly, and that it can never hold."""
    match condition:
        case None:
            return
        case Not(of=inner):
            yield from condition_faults(inner, known, place)
        case AllOf(of=inners):
            for inner in inners:
                yield from condition_faults(inner, known, place)
            yield from _contradictions(inners, place)
        case AnyOf(of=inners):
            for inner in inners:
                yield from condition_faults(inner, known, place)
        case leaf:
            yield from _leaf(leaf, known, place)


def _leaf(leaf: Leaf, known: Vocabulary, place: str) -> Iterator[BadInput]:
    standard = known.standard
    match leaf:
        case AnswerIs(question=question, options=options):
            yield from _answer(question, options, known, place)
        case ApplicantIs(kinds=kinds):
            if not set(kinds) & known.kinds:
                yield BadInput(f"{place}：申请人不会是这些类型，永远不成立")
        case FieldIs(field=field, values=values):
            yield from _field_values(field, values, known, place)
        case FieldCompares(field=field):
            line = known.fields.get(field)
            if line is None:
                yield BadInput(f"{place}：没有表单项 {field}")
            elif line.kind not in _NUMERIC:
                yield BadInput(f"{place}：表单项 {field} 不是数，不能比较")
        case DateCompares(path=path, than=than):
            yield from day_faults(path, standard, place)
            yield from moved_day_faults(than, standard, place)
        case PlaceWithin(path=path) | ValueIs(path=path):
            yield from condition_path_faults(path, standard, place)
        case ValueContains(path=path) | ValueCompares(path=path):
            yield from condition_path_faults(path, standard, place)
        case CertificateUsed(type_code=type_code):
            yield from certificate_faults(type_code, standard, place)
        case MaterialGiven(material=code, ways=ways):
            yield from material_faults(code, standard, place)
            strange = sorted(set(ways) - {way.value for way in Way})
            if strange:
                yield BadInput(f"{place}：没有收取方式 {'、'.join(strange)}")
        case _:
            return


def _answer(
    question: str, options: tuple[str, ...], known: Vocabulary, place: str
) -> Iterator[BadInput]:
    if question in known.later:
        yield BadInput(f"{place}：取决于自己或后面的问题 {question}，永远问不到")
        return
    if question not in known.options:
        yield BadInput(f"{place}：没有问题 {question}")
        return
    strange = sorted(set(options) - known.options[question])
    if strange:
        yield BadInput(f"{place}：问题 {question} 没有选项 {'、'.join(strange)}")


def _field_values(
    field: str, values: tuple[str, ...], known: Vocabulary, place: str
) -> Iterator[BadInput]:
    line = known.fields.get(field)
    if line is None:
        yield BadInput(f"{place}：没有表单项 {field}")
        return
    # a choice is kept by its label, as it is printed
    strange = sorted(set(values) - {option.label for option in line.options})
    if line.kind is FieldKind.CHOICE and strange:
        yield BadInput(f"{place}：表单项 {field} 没有选项 {'、'.join(strange)}")


def _contradictions(inners: tuple[Condition, ...], place: str) -> Iterator[BadInput]:
    wanted: dict[str, set[str]] = {}
    kinds = set(PartyKind)
    for inner in inners:
        if isinstance(inner, AnswerIs):
            held = wanted.setdefault(inner.question, set(inner.options))
            held &= set(inner.options)
        elif isinstance(inner, ApplicantIs):
            kinds &= set(inner.kinds)
    for question, options in wanted.items():
        if not options:
            yield BadInput(f"{place}：对问题 {question} 的要求互相矛盾，永远不成立")
    if not kinds:
        yield BadInput(f"{place}：对申请人类型的要求互相矛盾，永远不成立")
