"""What is written correctly and still makes no sense: a lint over any item standard.

``standard_faults`` refuses what is wrong; here stands what may be published and should not: rules
and questions nobody ever meets, materials asked for without a basis one could read up, a promise
without its letter. Every finding has a place and a way out; the words are in ``wording_lint``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from typing import Final

from clerk.domain.condition import AllOf, AnswerIs, AnyOf, Condition, HandlerActs, Not
from clerk.domain.facts import Truth
from clerk.domain.limits import Clause
from clerk.domain.remedies import RemedyLaw, names_otherwise, reviewed_by, terms_missing
from clerk.domain.rule import Rule, RuleKind
from clerk.domain.sample_case import Expected, ItemSamples
from clerk.domain.sheet_faults import FaultLevel
from clerk.domain.situations import Situations
from clerk.domain.standard import ItemStandard, Question, Requirement, Way
from clerk.values import dataclass


class LintKind(StrEnum):
    """What makes no sense."""

    NEVER_ASKED = "never_asked"
    ALWAYS_ASKED = "always_asked"
    ANSWER_UNUSED = "answer_unused"
    NEVER_FAILS = "never_fails"
    ALWAYS_FAILS = "always_fails"
    NO_WAY_TO_DECLINE = "no_way_to_decline"
    BASIS_VAGUE = "basis_vague"
    CATCH_ALL = "catch_all"
    NO_MAIN_MATERIAL = "no_main_material"
    NECESSITY_DIFFERS = "necessity_differs"
    HANDLER_NOT_THERE = "handler_not_there"
    CERTIFICATE_NAMED_TWICE = "certificate_named_twice"
    LETTER_MISSING = "letter_missing"
    SAME_MATERIAL_TWICE = "same_material_twice"
    SAMPLES_MISSING = "samples_missing"
    NEVER_SAMPLED = "never_sampled"
    REVIEW_BODY_DIFFERS = "review_body_differs"
    REMEDY_TERM_MISSING = "remedy_term_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class LintFinding:
    """One thing that makes no sense; ``place`` is written as in the faults of a standard."""

    kind: LintKind
    place: str
    name: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)

    @property
    def level(self) -> FaultLevel:
        """How much it matters; an error should not be published."""
        return _LEVELS.get(self.kind, FaultLevel.WARNING)


_LEVELS: Final[Mapping[LintKind, FaultLevel]] = {
    LintKind.NEVER_ASKED: FaultLevel.ERROR,
    LintKind.ANSWER_UNUSED: FaultLevel.ERROR,
    LintKind.NEVER_FAILS: FaultLevel.ERROR,
    LintKind.ALWAYS_FAILS: FaultLevel.ERROR,
    LintKind.NO_WAY_TO_DECLINE: FaultLevel.ERROR,
    LintKind.BASIS_VAGUE: FaultLevel.ERROR,
    LintKind.HANDLER_NOT_THERE: FaultLevel.ERROR,
    LintKind.LETTER_MISSING: FaultLevel.ERROR,
    LintKind.NEVER_SAMPLED: FaultLevel.HINT,
}
_FEWEST_SAMPLES: Final = 3
_ALWAYS: Final = frozenset({Truth.YES})
_NEVER: Final = frozenset({Truth.NO})
_SCARCE: Final = "3"
_NOT_NEEDED: Final = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class LintKnowledge:
    """What a lint has to know beside the standard (``resources/lint/words.toml``).

    ``letters`` are the commitment letters there are, by their name in ``promise.template``. A
    basis with one of ``vague`` in it, or that is one of ``nothing``, cannot be looked up; what says
    one of ``catch_all`` asks for anything at all. ``remedies`` is how a body's acts are contested.
    """

    letters: frozenset[str] = frozenset()
    vague: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()
    catch_all: tuple[str, ...] = ()
    remedies: RemedyLaw | None = None


def lint(
    standard: ItemStandard, samples: ItemSamples | None, known: LintKnowledge
) -> tuple[LintFinding, ...]:
    """Return everything that makes no sense, in the order of the standard.

    Args:
        standard: one version, without faults.
        samples: its sample cases, None where it has none.
        known: which letters there are, and which words say nothing.
    """
    situations = Situations(standard)
    return (
        *_bases(standard, known),
        *_remedies(standard, known.remedies),
        *_questions(standard, situations),
        *_lines(standard, situations),
        *_materials(standard, situations, known),
        *_rules(standard, situations),
        *_samples(standard, samples),
    )


def _bases(standard: ItemStandard, known: LintKnowledge) -> Iterator[LintFinding]:
    """A clause that nobody could look up is none (兜底依据)."""
    for number, clause in enumerate(standard.bases, start=1):
        yield from _vague(clause, f"bases[{number}]", clause.law, known)
    for question in standard.questions:
        yield from _vague(question.basis, f"questions {question.code}", question.text, known)
    for asked in standard.requirements:
        yield from _vague(asked.basis, f"requirements {asked.code}", asked.name, known)
        if asked.promise is not None:
            yield from _vague(
                asked.promise.basis, f"requirements {asked.code}.promise", asked.name, known
            )
    for rule in standard.rules:
        yield from _vague(rule.basis, f"rules {rule.code}", rule.text, known)
    for fee in standard.fees:
        yield from _vague(fee.basis, f"fees {fee.code}", fee.name, known)


def _remedies(standard: ItemStandard, law: RemedyLaw | None) -> Iterator[LintFinding]:
    """Whom an item's own text names, and by when, is what the law says of its body (复议、诉讼)."""
    if law is None:
        return
    told, body, place = standard.remedies, standard.body.name, "remedies"
    whom = names_otherwise(law, body, told)
    if whom:
        detail = {"text": whom, "other": reviewed_by(law, body, "")}
        yield LintFinding(kind=LintKind.REVIEW_BODY_DIFFERS, place=place, name=body, detail=detail)
    for term in terms_missing(law, told):
        yield LintFinding(
            kind=LintKind.REMEDY_TERM_MISSING, place=place, name=body, detail={"text": term}
        )


def _vague(clause: Clause, place: str, name: str, known: LintKnowledge) -> Iterator[LintFinding]:
    for text in (clause.law, clause.article):
        if text.strip() in known.nothing or any(word in text for word in known.vague):
            yield LintFinding(
                kind=LintKind.BASIS_VAGUE, place=f"{place}.basis", name=name, detail={"text": text}
            )


def _questions(standard: ItemStandard, situations: Situations) -> Iterator[LintFinding]:
    for question in standard.questions:
        place = f"questions {question.code}"
        if not situations.can_hold(question.when):
            yield LintFinding(kind=LintKind.NEVER_ASKED, place=f"{place}.when", name=question.text)
        if _makes_no_difference(question, standard):
            yield LintFinding(kind=LintKind.ANSWER_UNUSED, place=place, name=question.text)


def _makes_no_difference(question: Question, standard: ItemStandard) -> bool:
    """Whether every condition on the question names all its options, and no form shows the answer.

    Such a condition asks whether the question was put, which the question's own one says.
    """
    everything = {option.code for option in question.options}
    asked = [
        set(one.options)
        for condition in conditions_of(standard)
        for one in parts_of(condition)
        if isinstance(one, AnswerIs) and one.question == question.code
    ]
    shown = f"answer:{question.code}" in set(_paths(standard))
    return not shown and all(everything <= options for options in asked)


def _paths(standard: ItemStandard) -> Iterator[str]:
    for line in standard.fields:
        yield from line.prefill
    for rule in standard.rules:
        yield from rule.subjects


def conditions_of(standard: ItemStandard) -> Iterator[Condition]:
    """Yield every condition of a standard."""
    held = (
        *(question.when for question in standard.questions),
        *(line.when for line in standard.fields),
        *(asked.when for asked in standard.requirements),
        *(rule.when for rule in standard.rules),
        *(rule.must for rule in standard.rules),
        *(fee.when for fee in standard.fees),
    )
    yield from (condition for condition in held if condition is not None)


def parts_of(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and everything it is made of."""
    yield condition
    match condition:
        case Not(of=inner):
            yield from parts_of(inner)
        case AllOf(of=inners) | AnyOf(of=inners):
            for inner in inners:
                yield from parts_of(inner)


def _lines(standard: ItemStandard, situations: Situations) -> Iterator[LintFinding]:
    for line in standard.fields:
        if not situations.can_hold(line.when):
            yield LintFinding(
                kind=LintKind.NEVER_ASKED, place=f"fields {line.code}.when", name=line.label
            )


def _materials(
    standard: ItemStandard, situations: Situations, known: LintKnowledge
) -> Iterator[LintFinding]:
    if not any(asked.main for asked in standard.requirements):
        yield LintFinding(kind=LintKind.NO_MAIN_MATERIAL, place="requirements")
    accompanied = any(_wants_handler(rule, situations) for rule in standard.rules)
    names: dict[str, str] = {}
    types: dict[str, str] = {}
    for asked in standard.requirements:
        place = f"requirements {asked.code}"
        yield from _asked_for(asked, situations, place)
        yield from _worded(asked, place, known)
        if not accompanied:
            yield from _by_handler(asked, situations, place)
        if asked.promise is not None and asked.promise.template not in known.letters:
            yield LintFinding(
                kind=LintKind.LETTER_MISSING,
                place=f"{place}.promise.template",
                name=asked.name,
                detail={"letter": asked.promise.template},
            )
        if asked.name in names:
            yield LintFinding(
                kind=LintKind.SAME_MATERIAL_TWICE,
                place=place,
                name=asked.name,
                detail={"other": names[asked.name]},
            )
        names.setdefault(asked.name, asked.code)
        yield from _certificate(asked, types, place)


def _asked_for(asked: Requirement, situations: Situations, place: str) -> Iterator[LintFinding]:
    if asked.when is None:
        return
    if not situations.can_hold(asked.when):
        yield LintFinding(kind=LintKind.NEVER_ASKED, place=f"{place}.when", name=asked.name)
    elif situations.truths(asked.when) == _ALWAYS:
        yield LintFinding(kind=LintKind.ALWAYS_ASKED, place=f"{place}.when", name=asked.name)


def _worded(asked: Requirement, place: str, known: LintKnowledge) -> Iterator[LintFinding]:
    """A list that ends in whatever else is wanted is no list (兜底材料)."""
    texts = {
        "acceptance_standard": asked.acceptance_standard,
        "fill_note": asked.fill_note,
        **{f"review_points {point.code}": point.text for point in asked.review_points},
    }
    for key, text in texts.items():
        found = next((word for word in known.catch_all if word in text), "")
        if found:
            yield LintFinding(
                kind=LintKind.CATCH_ALL,
                place=f"{place}.{key}",
                name=asked.name,
                detail={"text": found},
            )
    later = Way.DEFERRAL in asked.ways
    said = asked.necessity.code
    if asked.necessity.code_set == "P" and (said == _NOT_NEEDED or (said == _SCARCE and not later)):
        yield LintFinding(
            kind=LintKind.NECESSITY_DIFFERS,
            place=f"{place}.necessity",
            name=asked.name,
            detail={"label": asked.necessity.label},
        )


def _by_handler(asked: Requirement, situations: Situations, place: str) -> Iterator[LintFinding]:
    """What only a handler can bring is asked for only where there is one."""
    holder = asked.certificate.holder if asked.certificate else ""
    if "handler" not in {asked.read_from_card, holder}:
        return
    when = asked.when or AllOf(of=())
    found = situations.truths(when, Not(of=HandlerActs()))
    if found is not None and Truth.YES in found:
        yield LintFinding(kind=LintKind.HANDLER_NOT_THERE, place=f"{place}.when", name=asked.name)


def _wants_handler(rule: Rule, situations: Situations) -> bool:
    """Whether nobody can ask for the item without a handler (a child's guardian)."""
    if not rule.hard or rule.must is None or rule.when is not None:
        return False
    return situations.truths(rule.must, Not(of=HandlerActs())) == _NEVER


def _certificate(asked: Requirement, types: dict[str, str], place: str) -> Iterator[LintFinding]:
    link = asked.certificate
    if link is None:
        return
    known = types.setdefault(link.type_code, link.type_name)
    if known != link.type_name:
        yield LintFinding(
            kind=LintKind.CERTIFICATE_NAMED_TWICE,
            place=f"{place}.certificate.type_name",
            name=link.type_name,
            detail={"other": known, "code": link.type_code},
        )


def _rules(standard: ItemStandard, situations: Situations) -> Iterator[LintFinding]:
    for rule in standard.rules:
        place = f"rules {rule.code}"
        if not situations.can_hold(rule.when):
            yield LintFinding(kind=LintKind.NEVER_ASKED, place=f"{place}.when", name=rule.text)
        else:
            yield from _outcomes(rule, situations, place)
        if rule.ends and not _can_decline(rule, standard):
            yield LintFinding(
                kind=LintKind.NO_WAY_TO_DECLINE, place=f"{place}.ends", name=rule.text
            )


def _outcomes(rule: Rule, situations: Situations, place: str) -> Iterator[LintFinding]:
    if rule.kind is not RuleKind.HOLDS or rule.must is None:
        if len(set(rule.subjects)) < len(rule.subjects):
            yield LintFinding(kind=LintKind.NEVER_FAILS, place=f"{place}.subjects", name=rule.text)
        return
    found = situations.truths(rule.must, rule.when)
    if found is None or not found:
        return
    if Truth.NO not in found:
        yield LintFinding(kind=LintKind.NEVER_FAILS, place=f"{place}.must", name=rule.text)
    elif found == _NEVER and rule.hard and not rule.ends:
        yield LintFinding(kind=LintKind.ALWAYS_FAILS, place=f"{place}.must", name=rule.text)


def _can_decline(rule: Rule, standard: ItemStandard) -> bool:
    """Whether a listed reason says what the rule's end says: not needed, or not ours."""
    return any(
        reason.needs_competent_body if rule.competent_body else not reason.needs_competent_body
        for reason in standard.decline_reasons
    )


def _samples(standard: ItemStandard, samples: ItemSamples | None) -> Iterator[LintFinding]:
    there = samples.samples if samples else ()
    expected = {sample.expect for sample in there}
    good = {Expected.ACCEPT, Expected.DEFERRAL, Expected.RECEIVE}
    if len(there) < _FEWEST_SAMPLES or not expected & good or Expected.NOTICE not in expected:
        yield LintFinding(
            kind=LintKind.SAMPLES_MISSING, place="samples", detail={"number": str(len(there))}
        )
        return
    wanted = {code for sample in there for code in (*sample.asks, *sample.materials)}
    wanted |= {name.partition(".")[0] for sample in there for name in sample.names}
    for asked in standard.requirements:
        handler = asked.when is not None and any(
            isinstance(one, HandlerActs) for one in parts_of(asked.when)
        )
        if asked.when is not None and not handler and asked.code not in wanted:
            yield LintFinding(
                kind=LintKind.NEVER_SAMPLED, place=f"requirements {asked.code}", name=asked.name
            )
