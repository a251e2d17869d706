"""The review of a closed case's file: what agrees passes, what does not is named."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk import assets
from clerk.domain import life
from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState, Decision, HandOut
from clerk.domain.course import done, event_by
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.file_review import (
    CaseFile,
    ReviewCheck,
    archived,
    review,
    reviewed,
    sheet_from,
)
from clerk.domain.findings import Outcome
from clerk.domain.issued import IssuedPaper
from clerk.domain.paper_signature import PaperSignature, SignWay
from clerk.domain.papers import PaperKind
from clerk.domain.review_checks import CHECKERS
from clerk.domain.standard import Way
from clerk.domain.tasks import TaskKind, is_open
from tests.domain.at_the_window import (
    CASE_ID,
    FOOD,
    NOW,
    accepted_case,
    approval_mandate,
    check,
    chief,
    handler,
    mandate_of,
    rules,
    scan,
    session,
)

C, K = ReviewCheck, CaseEventKind
SHEET = sheet_from(tomllib.loads(assets.read_text("resources", "review/checks.toml")))
TITLES = {
    PaperKind.RECEIPT: "收件凭证",
    PaperKind.ACCEPTANCE: "受理通知书",
    PaperKind.DECISION: "决定书",
    PaperKind.DELIVERY: "送达回证",
}


def paper(kind: PaperKind, at=NOW, number: str = "", copies: int = 1) -> IssuedPaper:
    return IssuedPaper(
        paper_id=CASE_ID,
        case_id=CASE_ID,
        kind=kind,
        title=TITLES[kind],
        number=number,
        template="t",
        template_sha256="0" * 64,
        made_at=at,
        made_by="zhou",
        pdf=scan("p.pdf"),
        docx=None,
        values=(),
        copies_printed=copies,
    )


def closed_case() -> Case:
    """The noodle shop's case, decided a day after and handed out on the same day."""
    case = accepted_case()
    later = NOW + timedelta(days=1)
    decision = Decision(
        granted=True,
        opinion="准予",
        at=later,
        by="zheng",
        by_name="郑范例",
        number="示决〔2026〕1 号",
        mandate=approval_mandate().number,
    )
    looked = {point.code for point in FOOD.chief_points} | {
        f"{asked.code}/{point.code}" for asked in FOOD.requirements for point in asked.review_points
    }
    case = replace(
        case,
        decision=decision,
        looked_at=frozenset(looked),
        hand_out=HandOut(
            at=later,
            by="zhou",
            receiver="张示例",
            receiver_id_number="990123198803120010",
            way="window",
        ),
        evidence={
            code: replace(
                held,
                signed=True,
                sealed=True,
                points={point.code: True for point in FOOD.requirement(code).review_points},
            )
            for code, held in case.evidence.items()
        },
    )
    return done(
        rules(),
        case,
        event_by(chief(), K.DECIDED, later, granted=True),
        CaseEvent(kind=K.RESULT_READY, at=later, actor="", actor_name="县局"),
        event_by(session(), K.HANDED_OUT, later),
    )


def file_of(case: Case | None = None, **changed: object) -> CaseFile:
    case = case or closed_case()
    later = NOW + timedelta(days=1)
    asked = check(case).asked
    base = CaseFile(
        case=case,
        papers=(
            paper(PaperKind.RECEIPT),
            paper(PaperKind.ACCEPTANCE),
            paper(PaperKind.DECISION, later),
            paper(PaperKind.DELIVERY, later),
        ),
        due=tuple(TITLES),
        asked=asked,
        listed=frozenset(FOOD.requirement(code).name for code in asked),
        handed_over=frozenset(asked),
        untold=0,
        mandate=approval_mandate(),
        missing_numbers=(),
    )
    return replace(base, **changed)  # type: ignore[arg-type]  # only a test's own keywords


def outcome_of(file: CaseFile) -> dict[ReviewCheck, Outcome]:
    found = review(SHEET, CHECKERS, rules(), file)
    return {result.rule.check: result.outcome for result in found.results}


def with_held(code: str, **changed: object) -> Case:
    case = closed_case()
    held = replace(case.evidence[code], **changed)  # type: ignore[arg-type]
    return replace(case, evidence={**case.evidence, code: held})


def test_a_file_in_which_all_agrees_passes_whole():
    assert set(outcome_of(file_of()).values()) == {Outcome.PASS}


def without(case: Case, code: str) -> Case:
    return replace(case, evidence={k: v for k, v in case.evidence.items() if k != code})


def second_notice(**detail: str) -> Case:
    case = closed_case()
    told = [
        CaseEvent(kind=K.NOTIFIED_ONCE, at=NOW, actor="zhou", actor_name="周", detail=of)
        for of in ({}, detail)
    ]
    return replace(case, events=(case.events[0], *told, *case.events[1:]))


def decided_on(day: date) -> Case:
    """The same case, decided on another day."""
    case = closed_case()
    shift = (day - date(2026, 3, 19)).days * timedelta(days=1)
    moved = tuple(
        replace(event, at=event.at + shift)
        if event.kind in {K.DECIDED, K.RESULT_READY, K.HANDED_OUT}
        else event
        for event in case.events
    )
    assert case.decision is not None
    return replace(case, events=moved, decision=replace(case.decision, at=case.decision.at + shift))


def refused_without_a_word() -> Case:
    case = closed_case()
    assert case.decision is not None
    return replace(case, decision=replace(case.decision, granted=False, opinion=" "))


def taken_in_by_the_decider() -> Case:
    case = closed_case()
    assert case.decision is not None
    return replace(case, decision=replace(case.decision, by="zhou"))


def still_deferred() -> Case:
    case = closed_case()
    place = next(n for n, event in enumerate(case.events) if event.kind is K.ACCEPTED) + 1
    later = CaseEvent(
        kind=K.DEFERRED,
        at=NOW,
        actor="zhou",
        actor_name="周",
        subject="RULES",
        until_on=date(2026, 3, 25),
    )
    return replace(case, events=(*case.events[:place], later, *case.events[place:]))


def unordered() -> Case:
    case = closed_case()
    early = replace(case.events[-1], at=NOW - timedelta(days=9))
    return replace(case, events=(*case.events[:-1], early))


FAULTS = {
    C.MATERIALS_TAKEN: lambda: file_of(without(closed_case(), "RULES")),
    C.RECEIPT_AGREES: lambda: file_of(listed=frozenset({"别的材料"})),
    C.HAND_OFF_AGREES: lambda: file_of(handed_over=frozenset({"RULES"})),
    C.DATES_IN_ORDER: lambda: file_of(decided_on(date(2026, 3, 10))),
    C.LEGAL_TERMS_KEPT: lambda: file_of(decided_on(date(2026, 6, 1))),
    C.PROMISED_TERM_KEPT: lambda: file_of(decided_on(date(2026, 4, 1))),
    C.PAPER_DATES_AGREE: lambda: file_of(
        papers=(*file_of().papers[:3], paper(PaperKind.DELIVERY, NOW + timedelta(days=9)))
    ),
    C.SIGNATURES_SEEN: lambda: file_of(with_held("APPLICATION", signed=False)),
    C.LETTERS_SIGNED: lambda: file_of(with_held("PREMISES", way=Way.COMMITMENT)),
    C.PAPERS_MADE: lambda: file_of(papers=file_of().papers[1:]),
    C.PAPERS_PRINTED: lambda: file_of(
        papers=tuple(replace(one, copies_printed=0) for one in file_of().papers)
    ),
    C.POINTS_ANSWERED: lambda: file_of(replace(closed_case(), looked_at=frozenset())),
    C.CASE_NUMBERED: lambda: file_of(replace(closed_case(), number=None)),
    C.PAPERS_NUMBERED: lambda: file_of(
        replace(closed_case(), paper_numbers={"acceptance": "示受〔2026〕7 号"})
    ),
    C.HANDLER_ENTITLED: lambda: file_of(
        replace(closed_case(), handler=handler(mandate_of(signed=False)))
    ),
    C.DECIDER_ENTITLED: lambda: file_of(mandate=approval_mandate(items=frozenset({"other"}))),
    C.DECIDED_BY_ANOTHER: lambda: file_of(taken_in_by_the_decider()),
    C.REASONS_GIVEN: lambda: file_of(refused_without_a_word()),
    C.DELIVERY_PROVEN: lambda: file_of(papers=file_of().papers[:3]),
    C.DEFERRALS_SETTLED: lambda: file_of(still_deferred()),
    C.TOLD_ONCE: lambda: file_of(second_notice()),
    C.COURSE_HOLDS: lambda: file_of(unordered()),
    C.ALL_TOLD: lambda: file_of(untold=1),
    C.TASKS_SETTLED: lambda: file_of(
        replace(closed_case(), tasks={"after_check/PREMISES": date(2026, 5, 1)})
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_named_by_its_own_check(fault):
    assert outcome_of(FAULTS[fault]())[fault] is Outcome.FAIL


def test_every_check_of_the_sheet_can_fail_or_say_that_it_does_not_know():
    """The seal check needs an item that asks for one; a series is only ever in doubt."""
    assert set(C) - set(FAULTS) == {C.SEALS_SEEN, C.SERIES_WHOLE}


def test_what_the_file_does_not_tell_is_neither_passed_nor_failed():
    found = outcome_of(
        file_of(
            with_held("APPLICATION", signed=None),
            listed=None,
            mandate=None,
            papers=(paper(PaperKind.RECEIPT), *file_of().papers[1:]),
        )
    )

    assert found[C.RECEIPT_AGREES] is Outcome.CANNOT_TELL
    assert found[C.DECIDER_ENTITLED] is Outcome.CANNOT_TELL
    assert found[C.SIGNATURES_SEEN] is Outcome.CANNOT_TELL


def test_an_application_that_he_would_not_sign_is_no_signed_material():
    """It was made for his signature; only what he did when he was asked in 文书 tells of that."""
    form = scan("application.pdf")
    case = with_held("APPLICATION", files=(form,))
    asked = PaperSignature(
        kind=PaperKind.APPLICATION,
        number="",
        way=SignWay.REFUSED,
        signer="张示例",
        at=NOW,
        by="zhou",
    )
    made = replace(paper(PaperKind.RECEIPT), kind=PaperKind.APPLICATION, pdf=form)
    refused = file_of(case, papers=(*file_of().papers, replace(made, signature=asked)))
    in_ink = replace(made, signature=replace(asked, way=SignWay.PAPER))
    signed = file_of(case, papers=(*file_of().papers, in_ink))

    assert outcome_of(refused)[C.SIGNATURES_SEEN] is Outcome.FAIL
    assert outcome_of(signed)[C.SIGNATURES_SEEN] is Outcome.PASS


def test_a_second_notice_with_its_reason_is_no_fault():
    assert outcome_of(file_of(second_notice(reason="第一次漏了")))[C.TOLD_ONCE] is Outcome.PASS


def test_a_number_whose_predecessor_no_paper_bears_is_in_doubt():
    file = file_of(
        replace(closed_case(), paper_numbers={"acceptance": ""}),
        missing_numbers=("示受〔2026〕6 号",),
    )

    assert outcome_of(file)[C.SERIES_WHOLE] is Outcome.CANNOT_TELL


def test_a_result_says_what_was_compared_in_words_and_what_to_do():
    found = review(SHEET, CHECKERS, rules(), file_of(decided_on(date(2026, 6, 1))))

    late = next(one for one in found.blocking if one.rule.check is C.LEGAL_TERMS_KEPT)
    told = {one.what: one.value for one in late.compared}
    assert told["决定"] == "2026-06-01"
    assert told["法定期限"] < "2026-06-01"
    assert late.rule.remedy


def test_a_must_that_fails_becomes_a_task_and_a_passed_review_ends_it():
    case = closed_case()
    bad = review(SHEET, CHECKERS, rules(), file_of(untold=1))
    good = review(SHEET, CHECKERS, rules(), file_of())

    with_task = reviewed(rules(), case, bad, NOW + timedelta(days=2))
    without_task = reviewed(rules(), with_task, good, NOW + timedelta(days=3))

    assert is_open(with_task, TaskKind.FILE_REVIEW)
    assert not is_open(without_task, TaskKind.FILE_REVIEW)
    assert without_task.state is CaseState.HANDED_OUT


def test_nothing_is_archived_while_a_must_fails_unless_a_reason_is_written():
    case, at = closed_case(), NOW + timedelta(days=2)
    bad = review(SHEET, CHECKERS, rules(), file_of(untold=1))

    with pytest.raises(NotAcceptable, match="该转告的都已送达"):
        archived(rules(), case, bad, "d" * 64, "  ", session(), at)
    kept = archived(rules(), case, bad, "d" * 64, "部门系统停用，已电话告知", session(), at)

    assert kept.events[-1].kind is K.ARCHIVED
    assert kept.events[-1].detail["reason"] == "部门系统停用，已电话告知"
    assert (kept.state, kept.terms) == (case.state, case.terms)


def test_a_running_case_is_not_archived():
    good = review(SHEET, CHECKERS, rules(), file_of())

    with pytest.raises(NotAcceptable, match="还没办结"):
        archived(rules(), accepted_case(), good, "d" * 64, "", session(), NOW)


def test_a_withdrawn_case_is_reviewed_without_what_only_a_decision_has():
    case = life.withdraw(rules(), accepted_case(), "不办了", session(), NOW)

    found = outcome_of(file_of(case, due=(PaperKind.RECEIPT, PaperKind.ACCEPTANCE)))

    assert C.DECIDER_ENTITLED not in found
    assert C.DELIVERY_PROVEN not in found


def test_a_sheet_that_lacks_a_check_is_refused():
    given = tomllib.loads(assets.read_text("resources", "review/checks.toml"))

    with pytest.raises(BadInput):
        sheet_from({**given, "check": given["check"][1:]})
