"""The review of a closed case's file before it is archived (案卷评查): what is looked at, and how.

The published review sheets ask the same of every file: lists agree, dates agree, signatures are
there. Names, clauses and what to do stand in ``resources/review/checks.toml``; what each check
looks at is in ``clerk.domain.review_checks``. Nothing here decides a case or changes it.

Source: 行政许可法 art. 61, 62 (supervision by the file); the sheets of 案卷评查 as published.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum

from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.course import CaseRules, done
from clerk.domain.days import local_date
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.findings import Outcome
from clerk.domain.identity import Session
from clerk.domain.issued import IssuedPaper
from clerk.domain.mandate import ApprovalMandate
from clerk.domain.papers import PaperKind
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set
from clerk.values import dataclass, replace


class ReviewCheck(StrEnum):
    """One thing that the review looks at."""

    MATERIALS_TAKEN = "materials_taken"
    RECEIPT_AGREES = "receipt_agrees"
    HAND_OFF_AGREES = "hand_off_agrees"
    DATES_IN_ORDER = "dates_in_order"
    LEGAL_TERMS_KEPT = "legal_terms_kept"
    PROMISED_TERM_KEPT = "promised_term_kept"
    PAPER_DATES_AGREE = "paper_dates_agree"
    SIGNATURES_SEEN = "signatures_seen"
    SEALS_SEEN = "seals_seen"
    LETTERS_SIGNED = "letters_signed"
    PAPERS_MADE = "papers_made"
    PAPERS_PRINTED = "papers_printed"
    POINTS_ANSWERED = "points_answered"
    CASE_NUMBERED = "case_numbered"
    PAPERS_NUMBERED = "papers_numbered"
    SERIES_WHOLE = "series_whole"
    HANDLER_ENTITLED = "handler_entitled"
    DECIDER_ENTITLED = "decider_entitled"
    DECIDED_BY_ANOTHER = "decided_by_another"
    REASONS_GIVEN = "reasons_given"
    DELIVERY_PROVEN = "delivery_proven"
    DEFERRALS_SETTLED = "deferrals_settled"
    TOLD_ONCE = "told_once"
    COURSE_HOLDS = "course_holds"
    ALL_TOLD = "all_told"
    TASKS_SETTLED = "tasks_settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRule:
    """What a check is called, who asks for it, and what to do where it fails.

    ``must``: a file that fails it is archived only for a supervisor's written reason.
    """

    check: ReviewCheck
    name: str
    basis: str
    must: bool
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSheet:
    """The whole sheet (评查表): its rules in order, and the words for what is compared."""

    rules: tuple[ReviewRule, ...]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """What lies in the file of a case when it is reviewed (案卷).

    ``due`` are the papers its course asks for, ``asked`` the materials its answers ask for;
    ``listed`` names those that its receipt lists, None where the paper does not tell.
    ``handed_over`` are the materials that the department was told of last, None where it was told
    of none; ``untold`` counts messages nobody has taken yet. ``mandate`` is that of whoever
    decided, None where there is none or the decision came from elsewhere. ``missing_numbers`` are
    文号 directly before those of this case that no paper bears.
    """

    case: Case
    papers: tuple[IssuedPaper, ...]
    due: tuple[PaperKind, ...]
    asked: tuple[str, ...]
    listed: frozenset[str] | None
    handed_over: frozenset[str] | None
    untold: int
    mandate: ApprovalMandate | None
    missing_numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two or more things that a check has put beside each other, or one that it misses."""

    what: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a check saw, before it has its name."""

    check: ReviewCheck
    outcome: Outcome
    compared: tuple[Compared, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewResult:
    """One line of a review (评查结果), ready to be read."""

    rule: ReviewRule
    outcome: Outcome
    compared: tuple[Compared, ...]
    codes: tuple[str, ...] = ()
    """The codes of what was compared, which stand in ``compared`` as words."""

    @property
    def blocks(self) -> bool:
        """Whether the file may not be archived for it."""
        return self.rule.must and self.outcome is Outcome.FAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReview:
    """The review of one file; what does not apply to the case has no line."""

    results: tuple[ReviewResult, ...]

    @property
    def blocking(self) -> tuple[ReviewResult, ...]:
        """What must be put right, or answered for, before the file is archived."""
        return tuple(result for result in self.results if result.blocks)

    def count(self, outcome: Outcome) -> int:
        """How many lines came out so."""
        return sum(result.outcome is outcome for result in self.results)


Checker = Callable[[CaseRules, CaseFile], Iterator[Looked]]


def judged(check: ReviewCheck, wrong: Iterable[Compared], right: Iterable[Compared]) -> Looked:
    """Fail with what is wrong where anything is, else pass with what was looked at."""
    found = tuple(wrong)
    if found:
        return Looked(check=check, outcome=Outcome.FAIL, compared=found)
    return Looked(check=check, outcome=Outcome.PASS, compared=tuple(right))


def doubt(check: ReviewCheck, *compared: Compared) -> Looked:
    """Say that the file does not tell."""
    return Looked(check=check, outcome=Outcome.CANNOT_TELL, compared=compared)


def newest(file: CaseFile, kind: PaperKind) -> IssuedPaper | None:
    """Return the last paper of that kind in the file."""
    return next((paper for paper in reversed(file.papers) if paper.kind is kind), None)


def paper_named(kind: PaperKind) -> Compared:
    """Return a paper by the code of its name among the sheet's words."""
    return Compared(what=f"paper_{kind.value}")


def sheet_from(given: Mapping[str, object]) -> ReviewSheet:
    """Return the sheet of a parsed ``checks.toml``.

    Raises:
        BadInput: a check is missing, comes twice, or is none of ours.
    """
    lines, words = given.get("check"), given.get("words")
    if not isinstance(lines, list) or not isinstance(words, Mapping):
        raise BadInput("评查表读不懂，没有评查。请核对 review/checks.toml")
    rules = tuple(_rule(line) for line in lines)
    if sorted(rule.check for rule in rules) != sorted(ReviewCheck):
        raise BadInput("评查表的项目不全或重复，没有评查。请核对 review/checks.toml")
    return ReviewSheet(rules=rules, words={str(key): str(word) for key, word in words.items()})


def _rule(line: Mapping[str, object]) -> ReviewRule:
    try:
        return ReviewRule(
            check=ReviewCheck(str(line["code"])),
            name=str(line["name"]),
            basis=str(line["basis"]),
            must=bool(line["must"]),
            remedy=str(line["remedy"]),
        )
    except (KeyError, ValueError) as error:
        raise BadInput(f"评查表有一项读不懂：{error}，没有评查。请核对后再评查") from error


def review(
    sheet: ReviewSheet, checkers: tuple[Checker, ...], rules: CaseRules, file: CaseFile
) -> FileReview:
    """Look at everything that applies to the file; no check stops another."""
    by_check = {rule.check: rule for rule in sheet.rules}
    seen = [looked for checker in checkers for looked in checker(rules, file)]
    order = {rule.check: place for place, rule in enumerate(sheet.rules)}
    return FileReview(
        results=tuple(
            ReviewResult(
                rule=by_check[looked.check],
                outcome=looked.outcome,
                compared=tuple(_in_words(sheet, one) for one in looked.compared),
                codes=tuple(one.what for one in looked.compared),
            )
            for looked in sorted(seen, key=lambda looked: order[looked.check])
        )
    )


def _in_words(sheet: ReviewSheet, one: Compared) -> Compared:
    what = sheet.words.get(one.what, one.what)
    return Compared(what=what, value=sheet.words.get(one.value, one.value))


def reviewed(rules: CaseRules, case: Case, found: FileReview, at: datetime) -> Case:
    """Write the review down in the course; what blocks becomes a task of the supervisor."""
    events = [
        CaseEvent(
            kind=CaseEventKind.FILE_REVIEWED,
            at=at,
            actor="",
            actor_name="",
            detail={
                "passed": str(found.count(Outcome.PASS)),
                "failed": str(found.count(Outcome.FAIL)),
                "cannot_tell": str(found.count(Outcome.CANNOT_TELL)),
                "blocking": " ".join(result.rule.check.value for result in found.blocking),
            },
        )
    ]
    if found.blocking:
        events.append(task_set(TaskKind.FILE_REVIEW, local_date(at), at))
    elif is_open(case, TaskKind.FILE_REVIEW):
        events.append(task_done(TaskKind.FILE_REVIEW, None, at))
    return done(rules, case, *events)


def must_be_archivable(case: Case, found: FileReview, reason: str) -> None:
    """Raise unless the file may be archived now.

    Raises:
        NotAcceptable: the case still runs, or a must fails and nobody wrote down why it is
            archived all the same.
    """
    if not case.closed:
        raise NotAcceptable(f"{case.label}还没办结，没有归档。办结以后再归档")
    if found.blocking and not reason.strip():
        names = "、".join(result.rule.name for result in found.blocking)
        raise NotAcceptable(
            f"{case.label}案卷评查没过：{names}，没有归档。补齐，或由值班长写明理由再归档"
        )


def archived(
    rules: CaseRules,
    case: Case,
    found: FileReview,
    digest: str,
    reason: str,
    session: Session,
    at: datetime,
) -> Case:
    """Write down that the file was archived; the state stays, and nothing is taken out.

    Raises:
        NotAcceptable: see ``must_be_archivable``.
    """
    must_be_archivable(case, found, reason)
    event = CaseEvent(
        kind=CaseEventKind.ARCHIVED,
        at=at,
        actor=session.account.account_id,
        actor_name=session.account.display_name,
        detail={"digest": digest, **({"reason": reason.strip()} if reason.strip() else {})},
    )
    events = [event]
    if is_open(case, TaskKind.FILE_REVIEW):
        events.append(task_done(TaskKind.FILE_REVIEW, session, at))
    return done(rules, replace(case, with_whom=""), *events)


def was_reviewed(case: Case) -> bool:
    """Whether the file was reviewed since the case was closed."""
    return any(event.kind is CaseEventKind.FILE_REVIEWED for event in case.events)


def was_archived(case: Case) -> bool:
    """Whether a package of the file was made before."""
    return any(event.kind is CaseEventKind.ARCHIVED for event in case.events)
