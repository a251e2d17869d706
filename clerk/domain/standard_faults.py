"""What is wrong with an item standard whose parts are each well formed.

The letters of the import rules (I1, I4 …) are those of the field's own list of checks; what real
catalogues break often but lawfully is a warning there and not asked here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from clerk.domain.computed_faults import circle_faults, computed_faults
from clerk.domain.condition_faults import Vocabulary, condition_faults
from clerk.domain.errors import BadInput
from clerk.domain.fee_faults import fee_faults
from clerk.domain.limits import Clause
from clerk.domain.party import PartyKind
from clerk.domain.path_faults import path_faults
from clerk.domain.requirement_faults import requirement_faults
from clerk.domain.rule_faults import rule_faults
from clerk.domain.standard import FieldKind, FormField, ItemStandard, LawKind, Question
from clerk.domain.toml_reading import NO_DAY

PERMIT_LAW = "行政许可法"
_NUMERIC = frozenset({FieldKind.NUMBER, FieldKind.INTEGER, FieldKind.MONEY})


def faults_in(standard: ItemStandard) -> tuple[BadInput, ...]:
    """Return every fault, in the order of the file; none for a standard that may be published."""
    return (
        *_head(standard),
        *_duplicates(standard),
        *_foreign_law(standard),
        *_questions(standard),
        *_fields(standard),
        *computed_faults(standard),
        *circle_faults(standard),
        *requirement_faults(standard),
        *_requirement_conditions(standard),
        *fee_faults(standard),
        *rule_faults(standard),
        *_decline_reasons(standard),
    )


def _head(standard: ItemStandard) -> Iterator[BadInput]:
    if standard.version < 1:
        yield BadInput("version：从1开始")
    days = (standard.effective_on, standard.ended_on)
    if standard.ended_on is not None and NO_DAY not in days and days[0] > standard.ended_on:
        yield BadInput("ended_on：早于生效日期 effective_on")
    statutory, promised = standard.statutory_limit, standard.promised_limit
    if statutory.unit is promised.unit and promised.amount > statutory.amount:
        yield BadInput("promised_limit：承诺时限比法定时限长（I1）")
    for given in standard.delegations:
        if given.from_on > given.until_on and NO_DAY not in (given.from_on, given.until_on):
            yield BadInput(f"delegations {given.counter_code}：结束日期早于开始日期")


def _duplicates(standard: ItemStandard) -> Iterator[BadInput]:
    lists: dict[str, Iterable[str]] = {
        "questions": (q.code for q in standard.questions),
        "fields": (f.code for f in standard.fields),
        "requirements": (r.code for r in standard.requirements),
        "rules": (r.code for r in standard.rules),
        "decline_reasons": (r.code for r in standard.decline_reasons),
        "return_reasons": (p.code for p in standard.return_reasons),
        "chief_points": (p.code for p in standard.chief_points),
        "chain": (step.code for step in standard.chain),
        "fees": (fee.code for fee in standard.fees),
        "site_points": (p.code for p in standard.site_points),
    }
    for question in standard.questions:
        lists[f"questions {question.code}"] = (o.code for o in question.options)
    for line in standard.fields:
        lists[f"fields {line.code}"] = (o.code for o in line.options)
    for asked in standard.requirements:
        lists[f"requirements {asked.code}"] = (p.code for p in asked.review_points)
    for place, codes in lists.items():
        for code, times in Counter(codes).items():
            if code and times > 1:
                yield BadInput(f"{place}：代码 {code} 出现了{times}次")


def clauses_of(standard: ItemStandard) -> Iterator[Clause]:
    """Yield every clause the standard cites."""
    yield from standard.bases
    yield from (procedure.basis for procedure in standard.special_procedures)
    yield from (fee.basis for fee in standard.fees)
    yield from (step.basis for step in standard.chain if step.basis is not None)
    yield from (question.basis for question in standard.questions)
    yield from (line.basis for line in standard.fields)
    yield from (asked.basis for asked in standard.requirements)
    yield from (rule.basis for rule in standard.rules)
    yield from (reason.basis for reason in standard.decline_reasons)
    yield from (point.basis for point in (*standard.return_reasons, *standard.chief_points))
    yield from (point.basis for point in standard.site_points)
    for asked in standard.requirements:
        yield from (point.basis for point in asked.review_points)
        if asked.promise is not None:
            yield asked.promise.basis


def _foreign_law(standard: ItemStandard) -> Iterator[BadInput]:
    """Find rules for permits on an item they do not govern (row C9)."""
    if standard.law_kind is LawKind.PERMIT:
        return
    if standard.decision_limit_workdays is not None:
        yield BadInput("decision_limit_workdays：只有行政许可才有五日内决定受理的规则")
    cited = {cited.law for cited in clauses_of(standard) if PERMIT_LAW in cited.law}
    if cited:
        yield BadInput(f"law_kind：不是行政许可的事项引用了《{PERMIT_LAW}》")


def _questions(standard: ItemStandard) -> Iterator[BadInput]:
    for number, question in enumerate(standard.questions):
        place = f"questions {question.code}"
        if len({option.code for option in question.options}) < 2:
            yield BadInput(f"{place}：至少要有两个选项")
        # a question may depend on earlier ones only: on later ones it would never be put
        known = Vocabulary.of(standard, questions=standard.questions[:number])
        yield from condition_faults(question.when, known, f"{place}.when")
        yield from _known_from(question, standard)


def _known_from(question: Question, standard: ItemStandard) -> Iterator[BadInput]:
    kind, _, detail = question.known_from.partition(":")
    place = f"questions {question.code}.known_from"
    options = {option.code for option in question.options}
    match kind:
        case "":
            return
        case "applicant.kind":
            missing = {kind.value for kind in standard.applicant_kinds} - options
            strange = options - {kind.value for kind in PartyKind}
            if missing or strange:
                listed = "、".join(sorted(missing | strange))
                yield BadInput(f"{place}：选项与申请人类型不对应：{listed}")
        case "applicant.age":
            yield from _age_bands(detail, options, place)
        case "handler":
            if options != {"self", "handler"}:
                yield BadInput(f"{place}：选项应为 self 和 handler")
        case "certificate":
            yield from path_faults(question.known_from, standard, place)
        case _:
            yield BadInput(f"{place}：不认识的来源 {question.known_from}")


def _age_bands(detail: str, options: set[str], place: str) -> Iterator[BadInput]:
    named: set[str] = set()
    for band in detail.split(","):
        option, _, low = band.partition("=")
        named.add(option)
        if not (low.isascii() and low.isdigit()):
            yield BadInput(f"{place}：“{band}”应写成 选项=起始周岁")
    if named != options:
        yield BadInput(f"{place}：年龄段与选项不对应")


def _fields(standard: ItemStandard) -> Iterator[BadInput]:
    known = Vocabulary.of(standard, questions=standard.questions)
    for line in standard.fields:
        place = f"fields {line.code}"
        yield from _field_form(line, place)
        yield from condition_faults(line.when, known, f"{place}.when")
        for path in line.prefill:
            yield from path_faults(path, standard, f"{place}.prefill")


def _field_form(line: FormField, place: str) -> Iterator[BadInput]:
    if line.kind is FieldKind.CHOICE and len(line.options) < 2:
        yield BadInput(f"{place}：选择项至少要有两个选项")
    if line.kind is not FieldKind.CHOICE and line.options:
        yield BadInput(f"{place}：不是选择项，不能有选项")
    if line.kind not in _NUMERIC and not (line.at_least is None and line.at_most is None):
        yield BadInput(f"{place}：不是数，不能有上下限")
    if line.at_least is not None and line.at_most is not None and line.at_least > line.at_most:
        yield BadInput(f"{place}：下限大于上限")
    if line.kind in _NUMERIC and not line.unit:
        yield BadInput(f"{place}：数要写明单位 unit")
    if line.max_length < 1:
        yield BadInput(f"{place}：max_length 至少为1")


def _requirement_conditions(standard: ItemStandard) -> Iterator[BadInput]:
    known = Vocabulary.of(standard, questions=standard.questions)
    for asked in standard.requirements:
        yield from condition_faults(asked.when, known, f"requirements {asked.code}.when")
    for rule in standard.rules:
        yield from condition_faults(rule.when, known, f"rules {rule.code}.when")
        yield from condition_faults(rule.must, known, f"rules {rule.code}.must")


def _decline_reasons(standard: ItemStandard) -> Iterator[BadInput]:
    for reason in standard.decline_reasons:
        if reason.not_required and reason.needs_competent_body:
            yield BadInput(f"decline_reasons {reason.code}：不需要办理的，没有有权机关可告知")
