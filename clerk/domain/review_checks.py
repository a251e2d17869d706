"""What each check of a file review compares; one function a group, every one of them pure.

A check that does not apply to the case yields nothing. What cannot be known from the file is said
so, and never counted as passed.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.clock import CaseFacts, facts_of
from clerk.domain.course import CaseRules
from clerk.domain.days import local_date
from clerk.domain.decisions import points_to_look_at
from clerk.domain.file_review import (
    CaseFile,
    Checker,
    Compared,
    Looked,
    ReviewCheck,
    doubt,
    judged,
    newest,
    paper_named,
)
from clerk.domain.issued import IssuedPaper
from clerk.domain.material import Evidence, Origin
from clerk.domain.papers import PaperKind
from clerk.domain.review_dates import check_dates
from clerk.domain.signing import is_signed
from clerk.domain.standard import Requirement, Way
from clerk.domain.tasks import TaskKind, kind_and_subject

K, C = CaseEventKind, ReviewCheck

_NO_SIGNATURE_ASKED = frozenset(
    {Way.CERTIFICATE, Way.SHARED_DATA, Way.COMMITMENT, Way.DEFERRAL, Way.EXEMPT}
)
_SEEN_BY_A_PERSON = frozenset({Way.PAPER, Way.FILE, Way.SCAN})


# ---- lists --------------------------------------------------------------------------------


def _lists(rules: CaseRules, file: CaseFile) -> Iterator[Looked]:
    case = file.case
    if case.accepted_at is not None:
        missing = [code for code in file.asked if code not in case.evidence]
        yield judged(C.MATERIALS_TAKEN, _named(rules, missing), [_count(len(file.asked))])
    receipt = newest(file, PaperKind.RECEIPT)
    if receipt is not None:
        yield _receipt(rules, file, receipt)
    if file.handed_over is not None:
        # what a case does not ask for any more stays on the desk and is handed over to nobody
        ours = {code for code in file.asked if code in case.evidence}
        differ = sorted(ours ^ file.handed_over)
        yield judged(C.HAND_OFF_AGREES, _named(rules, differ), [_count(len(ours))])


def _receipt(rules: CaseRules, file: CaseFile, receipt: IssuedPaper) -> Looked:
    """Compare what the receipt lists with what had been taken when it was made."""
    if file.listed is None:
        return doubt(C.RECEIPT_AGREES)
    taken = {
        rules.standard.requirement(code).name
        for code in file.asked
        if any(
            held.way is not Way.DEFERRAL and held.at <= receipt.made_at
            for held in _layers(file.case, code)
        )
    }
    differ = [Compared(what=name) for name in sorted(file.listed ^ taken)]
    return judged(C.RECEIPT_AGREES, differ, [_count(len(taken))])


def _layers(case: Case, code: str) -> tuple[Evidence, ...]:
    held = case.evidence.get(code)
    return () if held is None else (held, *held.older)


# ---- signatures, papers, numbers ---------------------------------------------------------


def _held(rules: CaseRules, file: CaseFile) -> list[tuple[Requirement, Evidence]]:
    return [
        (rules.standard.requirement(code), file.case.evidence[code])
        for code in file.asked
        if code in file.case.evidence
    ]


def _signatures(rules: CaseRules, file: CaseFile) -> Iterator[Looked]:
    held = _held(rules, file)
    on_paper = [(asked, one) for asked, one in held if one.way not in _NO_SIGNATURE_ASKED]
    signed = [(asked, _signed(file, one)) for asked, one in on_paper if asked.signature_by]
    sealed = [(asked, one.sealed) for asked, one in on_paper if asked.needs_seal]
    for check, seen in ((C.SIGNATURES_SEEN, signed), (C.SEALS_SEEN, sealed)):
        if seen:
            yield _seen(check, seen)
    letters = [(asked, one) for asked, one in held if one.way is Way.COMMITMENT]
    if letters:
        yield judged(
            C.LETTERS_SIGNED,
            [Compared(what=asked.name) for asked, one in letters if not _letter_holds(file, one)],
            [Compared(what=asked.name) for asked, _ in letters],
        )


def _signed(file: CaseFile, held: Evidence) -> bool | None:
    """What was seen at intake, but for a paper of ours that he did not sign when asked in 文书."""
    refused = {
        paper.pdf.sha256
        for paper in file.papers
        if paper.signature is not None and not is_signed(paper)
    }
    return False if any(one.sha256 in refused for one in held.files) else held.signed


def _seen(check: ReviewCheck, seen: list[tuple[Requirement, bool | None]]) -> Looked:
    missing = [Compared(what=asked.name) for asked, here in seen if here is False]
    unknown = [Compared(what=asked.name) for asked, here in seen if here is None]
    if unknown and not missing:
        return doubt(check, *unknown)
    return judged(check, missing, [_count(len(seen))])


def _letter_holds(file: CaseFile, held: Evidence) -> bool:
    """A letter counts where it was signed by somebody, before the case was accepted."""
    letter, accepted_at = held.letter, file.case.accepted_at
    if letter is None or not letter.signer or not letter.text_sha256:
        return False
    return accepted_at is None or letter.signed_at <= accepted_at


def _papers(_: CaseRules, file: CaseFile) -> Iterator[Looked]:
    if file.due:
        made = {paper.kind for paper in file.papers}
        yield judged(
            C.PAPERS_MADE,
            [paper_named(kind) for kind in file.due if kind not in made],
            [paper_named(kind) for kind in file.due],
        )
    handed = [paper for paper in file.papers if paper.kind in file.due]
    if handed:
        yield judged(
            C.PAPERS_PRINTED,
            [Compared(what=paper.title) for paper in handed if not paper.handed_out],
            [_count(len(handed))],
        )


def _numbers(_: CaseRules, file: CaseFile) -> Iterator[Looked]:
    case = file.case
    label = [Compared(what="number", value=case.label)] if case.label else []
    yield judged(C.CASE_NUMBERED, () if case.number else label or [Compared(what="number")], label)
    numbered = [paper for paper in file.papers if paper.kind.value in case.paper_numbers]
    if numbered:
        given = case.paper_numbers
        yield judged(
            C.PAPERS_NUMBERED,
            [
                one
                for paper in numbered
                if paper.number != given[paper.kind.value]
                for one in (
                    Compared(what=paper.title, value=paper.number),
                    Compared(what="given_number", value=given[paper.kind.value]),
                )
            ],
            [Compared(what=paper.title, value=paper.number) for paper in numbered],
        )
        gaps = [Compared(what="missing_number", value=gone) for gone in file.missing_numbers]
        yield doubt(C.SERIES_WHOLE, *gaps) if gaps else judged(C.SERIES_WHOLE, (), ())


def _points(rules: CaseRules, file: CaseFile) -> Iterator[Looked]:
    case = file.case
    if case.accepted_at is None:
        return
    open_points = [
        Compared(what=asked.name, value=point.text)
        for asked, held in _held(rules, file)
        if held.way in _SEEN_BY_A_PERSON and held.origin is not Origin.MADE_BY_SYSTEM
        for point in asked.review_points
        if held.points.get(point.code) is not True
    ]
    looked = 0
    if case.decision is not None and case.decision.by:
        wanted = points_to_look_at(rules.standard, case)
        answered = case.looked_at | set(case.point_answers) | set(case.decision.points)
        looked = len(wanted)
        open_points += [
            Compared(what="chief_point", value=code) for code in wanted if code not in answered
        ]
    yield judged(C.POINTS_ANSWERED, open_points, [_count(looked)])


# ---- people, proof, course ---------------------------------------------------------------


def _people(rules: CaseRules, file: CaseFile) -> Iterator[Looked]:
    case, decision = file.case, file.case.decision
    if case.handler is not None and case.received_on is not None:
        mandate = case.handler.mandate
        told = _span(case.received_on, mandate.from_on, mandate.until_on)
        wrong = () if mandate.in_force(case.received_on) else told
        yield judged(C.HANDLER_ENTITLED, wrong, told)
    if decision is None or not decision.by:
        return
    on = local_date(decision.at)
    if file.mandate is None:
        yield doubt(C.DECIDER_ENTITLED, Compared(what="decided", value=on.isoformat()))
    else:
        told = _span(on, file.mandate.from_on, file.mandate.until_on)
        runs = case.item_code in file.mandate.items and file.mandate.runs(decision.at)
        wrong = () if runs else told
        yield judged(C.DECIDER_ENTITLED, wrong, told)
    taken_by = {
        event.actor for event in case.events if event.kind in {K.OPENED, K.RECEIVED, K.ACCEPTED}
    }
    permitted = rules.standard.on_the_spot or bool(decision.own_intake)
    alone = decision.by in taken_by and not permitted
    who = [Compared(what="decided", value=decision.by_name)]
    yield judged(C.DECIDED_BY_ANOTHER, who if alone else (), who)


def _span(on: date, from_on: date, until_on: date) -> tuple[Compared, ...]:
    return (
        Compared(what="on", value=on.isoformat()),
        Compared(what="mandate_from", value=from_on.isoformat()),
        Compared(what="mandate_until", value=until_on.isoformat()),
    )


def _outcome(_: CaseRules, file: CaseFile) -> Iterator[Looked]:
    case, decision, handed = file.case, file.case.decision, file.case.hand_out
    if decision is not None and not decision.granted:
        opinion = decision.opinion.strip()
        wrong = () if opinion else (Compared(what="opinion"),)
        yield judged(C.REASONS_GIVEN, wrong, [Compared(what="opinion", value=opinion)])
    if case.state is CaseState.HANDED_OUT:
        receiver = handed.receiver if handed else ""
        told = [Compared(what="receiver", value=receiver)]
        missing = []
        if handed is None or not receiver or not (handed.receiver_id_number or handed.way):
            missing.append(Compared(what="receiver"))
        if newest(file, PaperKind.DELIVERY) is None:
            missing.append(paper_named(PaperKind.DELIVERY))
        yield judged(C.DELIVERY_PROVEN, missing, told)


def _course(rules: CaseRules, file: CaseFile) -> Iterator[Looked]:
    case = file.case
    facts = facts_of(rules.law, case.events)
    if any(event.kind is K.DEFERRED for event in case.events):
        decided = case.decision is not None
        still = _named(rules, sorted(facts.deferred)) if decided else []
        yield judged(C.DEFERRALS_SETTLED, still, ())
    notices = [event for event in case.events if event.kind is K.NOTIFIED_ONCE]
    if notices:
        unexplained = [event for event in notices[1:] if not event.detail.get("reason")]
        told = [Compared(what=event.kind.value, value=event.day.isoformat()) for event in notices]
        yield judged(C.TOLD_ONCE, told if unexplained else (), told)
    yield judged(C.COURSE_HOLDS, _out_of_order(case, facts), [_count(len(case.events))])


def _out_of_order(case: Case, facts: CaseFacts) -> list[Compared]:
    """Our own acts stand in the order of time; other systems may tell of theirs later."""
    ours = [event for event in case.events if event.actor]
    wrong = [
        Compared(what=later.kind.value, value=later.at.isoformat())
        for event, later in pairwise(ours)
        if later.at < event.at
    ]
    if facts.state is not case.state:
        wrong.append(Compared(what="state", value=facts.state.value))
    return wrong


def _rest(_: CaseRules, file: CaseFile) -> Iterator[Looked]:
    untold = [_count(file.untold)] if file.untold else []
    yield judged(C.ALL_TOLD, untold, ())
    others = [
        name for name in file.case.tasks if kind_and_subject(name)[0] is not TaskKind.FILE_REVIEW
    ]
    if others:
        yield judged(
            C.TASKS_SETTLED,
            [Compared(what=f"task_{kind_and_subject(name)[0].value}") for name in sorted(others)],
            (),
        )


CHECKERS: tuple[Checker, ...] = (
    _lists,
    check_dates,
    _signatures,
    _papers,
    _numbers,
    _points,
    _people,
    _outcome,
    _course,
    _rest,
)


def _named(rules: CaseRules, codes: Iterable[str]) -> list[Compared]:
    return [Compared(what=rules.standard.requirement(code).name) for code in codes]


def _count(amount: int) -> Compared:
    return Compared(what="count", value=str(amount))
