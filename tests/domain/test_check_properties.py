"""What holds of every check, whatever the applicant brings, of every starter item."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from clerk.domain import intake
from clerk.domain.checking import check_case
from clerk.domain.findings import Check, Group, Outcome
from clerk.domain.form import asked_of, facts_of
from clerk.domain.material import Origin
from clerk.domain.notice_points import notice_findings, notice_points
from clerk.domain.prefill import prefilled
from clerk.domain.standard import FieldKind, Way
from clerk.domain.standard_parsing import standard_from
from tests.domain.at_the_window import (
    CALENDAR,
    CASE_ID,
    CLERK,
    NOW,
    TODAY,
    WINDOW,
    licence_use,
    person,
    scan,
    shop,
)
from tests.domain.starter_items import catalogue
from tests.domain.vocabulary_item import every_kind, table

EVERY_KIND = replace(every_kind(), item_code="every_kind")
ITEMS = {item.item_code: item for item in (*catalogue(), EVERY_KIND)}
STORED = standard_from({**table(), "item_code": "every_kind"})
CODES = st.just("every_kind") | st.sampled_from(sorted(ITEMS))
VALUES = st.sampled_from(
    ["", "示例", "0", "46", "-3", "2026-03-01", "2026-04-01", "13000000000", "1"]
)
FACES = st.fixed_dictionaries(
    {},
    optional={
        "经营范围": st.sampled_from(["餐饮服务", "零售"]),
        "面积": st.sampled_from(["46㎡", "50", "不详"]),
        "名称": st.sampled_from(["示例", "示例县清河面馆"]),
        "经营者": st.just("张示例"),
    },
)
DAYS = st.none() | st.dates(date(2024, 1, 1), date(2027, 1, 1))


@st.composite
def papers(draw, asked):
    """A paper or a scan as it may lie on the desk: too few, too old, unsigned, half looked at."""
    if draw(st.booleans()):
        held = intake.on_paper(asked, CLERK, NOW)
        held = replace(held, originals=draw(st.integers(0, 2)), copies=draw(st.integers(0, 2)))
    else:
        held = intake.from_file(asked, scan(), Origin.SCANNED, CLERK, NOW)
    return replace(
        held,
        signed=draw(st.sampled_from([None, True, False])),
        sealed=draw(st.sampled_from([None, True, False])),
        issued_on=draw(DAYS),
        valid_until_on=draw(DAYS),
        fault=draw(st.sampled_from(["", "", "看不清"])),
        points={
            point.code: seen
            for point in asked.review_points
            if (seen := draw(st.sampled_from([None, True, False]))) is not None
        },
    )


@st.composite
def evidence(draw, asked):
    """A paper, what stands in its place, or a word that it will come."""
    word = [way for way in (Way.DEFERRAL, Way.COMMITMENT, Way.EXEMPT) if way in asked.ways]
    which = draw(st.sampled_from(["paper", "paper", "certificate", "word"]))
    if which == "word" and word:
        return replace(fit_paper(asked), way=draw(st.sampled_from(word)), due_on=TODAY)
    if which == "certificate" and asked.certificate is not None:
        use = licence_use(
            type_code=asked.certificate.type_code,
            fields=draw(FACES),
            valid_until_on=draw(DAYS),
            issuer_name=draw(st.sampled_from(["示例县市场监督管理局", "别处的局"])),
        )
        return intake.from_certificate(use, (scan(),), CLERK, NOW)
    return draw(papers(asked))


@st.composite
def answers_and_values(draw, item):
    answers = {
        question.code: option.code
        for question in item.questions
        if (option := draw(st.sampled_from([None, *question.options]))) is not None
    }
    values = {line.code: draw(VALUES) for line in item.fields}
    return answers, values


@st.composite
def cases(draw):
    """A draft of any item, as far as somebody came with it."""
    item = ITEMS[draw(CODES)]
    case = intake.new_case(CASE_ID, item, CLERK, NOW)
    if draw(st.integers(0, 5)):
        case = intake.with_person(case, person(), item.applicant_kinds)
        if draw(st.booleans()):
            case = intake.with_body(case, shop())
    answers, values = draw(answers_and_values(item))
    case = said(case, answers.items(), values.items())
    for asked in item.requirements:
        if draw(st.booleans()):
            case = intake.with_evidence(case, asked.code, draw(evidence(asked)))
    return prefilled(item, case, NOW, CALENDAR) if draw(st.booleans()) else case


def said(case, answers, values):
    for question, option in answers:
        case = intake.with_answer(case, question, option, NOW)
    for line, value in values:
        case = intake.with_value(case, line, value, NOW)
    return case


def check(item, case):
    return check_case(item, case, WINDOW, TODAY, CALENDAR)


def in_the_way(verdict):
    return {(f.check, f.subject, f.point) for f in (*verdict.failed, *verdict.open)}


def fit_paper(asked):
    """A paper of which nothing can be said."""
    held = intake.on_paper(asked, CLERK, NOW)
    return replace(
        held,
        issued_on=TODAY,
        valid_until_on=TODAY + timedelta(days=5000),
        points={point.code: True for point in asked.review_points},
    )


@settings(max_examples=60)
@given(cases(), st.data())
def test_a_paper_that_is_fit_never_makes_a_verdict_worse(case, data):
    item = ITEMS[case.item_code]
    asked = item.requirement(data.draw(st.sampled_from([r.code for r in item.requirements])))
    paper = replace(fit_paper(asked), way=data.draw(st.sampled_from(asked.ways)))
    if paper.way not in {"paper", "scan", "file"}:
        paper = fit_paper(asked)

    before = check(item, case)
    after = check(item, intake.with_evidence(case, asked.code, paper))

    wrong_way = {found for found in in_the_way(after) if found[0] == "material_way"}
    assert in_the_way(after) - wrong_way <= in_the_way(before)
    assert not wrong_way or paper.way not in asked.ways


@settings(max_examples=60)
@given(st.data())
def test_the_order_in_which_things_are_said_never_changes_the_verdict(data):
    item = ITEMS[data.draw(CODES)]
    answers, values = data.draw(answers_and_values(item))
    begun = intake.with_person(
        intake.new_case(CASE_ID, item, CLERK, NOW), person(), item.applicant_kinds
    )
    in_order = said(begun, answers.items(), values.items())

    mixed = said(
        begun,
        data.draw(st.permutations(list(answers.items()))),
        data.draw(st.permutations(list(values.items()))),
    )

    assert check(item, mixed) == check(item, in_order)
    worked_out = prefilled(item, in_order, NOW, CALENDAR)
    assert prefilled(item, mixed, NOW, CALENDAR).values == worked_out.values
    assert prefilled(item, worked_out, NOW, CALENDAR).values == worked_out.values


@settings(max_examples=60)
@given(cases())
def test_a_check_replayed_under_the_same_version_says_the_same(case):
    """Also under the version as it is read again, which knows nothing of the first check."""
    item = ITEMS[case.item_code]
    again = STORED if item is EVERY_KIND else replace(item)

    first = check(item, case)

    assert check(again, replace(case, answers=dict(case.answers))) == first


@settings(max_examples=60)
@given(cases())
def test_everything_the_applicant_can_mend_is_told_exactly_once(case):
    """行政许可法 art. 32 (4): all of it, at once; also two faults of one paper."""
    item = ITEMS[case.item_code]
    verdict = check(item, case)
    to_mend = Counter(
        (f.check, f.subject, f.point) for f in verdict.failed if f.group is not Group.COMPETENCE
    )

    told = Counter((f.check, f.subject, f.point) for f in notice_findings(verdict))

    assert to_mend <= told
    assert not [found for found, times in told.items() if times > 1]
    assert {subject for _, subject, _ in told} == set(notice_points(verdict))


@settings(max_examples=60)
@given(cases())
def test_a_notice_asks_for_nothing_that_the_standard_does_not_ask(case):
    item = ITEMS[case.item_code]
    verdict = check(item, case)
    asked = asked_of(item, facts_of(case, TODAY, CALENDAR))
    known = {r.code for r in asked.requirements} | {line.code for line in asked.fields}
    known |= {rule.code for rule in item.rules}

    strange = {
        f.subject
        for f in notice_findings(verdict)
        if f.subject not in known and f.group is not Group.APPLICANT
    }

    assert strange == set()


@settings(max_examples=60)
@given(cases())
def test_every_finding_says_its_rule_version_and_clause(case):
    item = ITEMS[case.item_code]

    for found in check(item, case).findings:
        assert found.rule_version == item.version
        assert found.basis.law
        assert found.outcome is Outcome.PASS or found.remedies or found.text or not found.hard
        if found.check is Check.RULE:
            assert found.remedy_text
        if found.check is Check.RULE and found.outcome is Outcome.FAIL:
            assert found.given or found.wanted


def test_the_items_have_lines_that_are_typed_and_papers_to_look_at():
    """The properties above would hold of empty standards too."""
    assert all({line.kind for line in item.fields} & set(FieldKind) for item in ITEMS.values())
    looked_at = [item for item in ITEMS.values() if any(r.review_points for r in item.requirements)]
    assert 2 * len(looked_at) > len(ITEMS)
