"""The check on site (现场核查): two people, a day that the applicant knows, a record, pictures.

It pauses no term. What it found is part of what the decision stands on; while one is agreed on
and not yet recorded, nothing is granted.

Source: 行政许可法 art. 34 (two or more staff).
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.check_records import SiteCheck, SiteOutcome, SiteRecord
from clerk.domain.course import CaseRules, done, event_by, must_be
from clerk.domain.days import local_date
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.identity import Session
from clerk.domain.material import StoredFile
from clerk.domain.papers import PaperKind
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set
from clerk.values import dataclass, replace

K = CaseEventKind

CHECKABLE: Final = frozenset({CaseState.ACCEPTED, CaseState.UNDER_REVIEW})
POINT: Final = "SITE_CHECK"
"""The code under which the chief representative looks at the records before deciding."""

_AT_LEAST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNote:
    """What was written down on site; ``failed`` are codes of the standard's points."""

    outcome: SiteOutcome
    failed: tuple[str, ...]
    said: str
    witness: str
    held_on: date
    files: tuple[StoredFile, ...] = ()


def agree(rules: CaseRules, case: Case, agreed: SiteCheck, session: Session, at: datetime) -> Case:
    """Agree on a day with two named people and tell the applicant; again: it is put off.

    Raises:
        NotAllowed: one of the people stands on the applicant's side or is related to the matter.
        NotAcceptable: fewer than two people, a day that is past, or the applicant was not told.
    """
    must_be(case, *CHECKABLE)
    if not rules.standard.on_site_check:
        raise NotAcceptable("事项标准没有列现场核查，没有登记。按材料审查")
    people = tuple(dict.fromkeys(name.strip() for name in agreed.people if name.strip()))
    if len(people) < _AT_LEAST:
        raise NotAcceptable("现场核查要两个人去，没有登记。写上两个人的姓名")
    barred = set(people) & {*_sides(case), *agreed.recused}
    if barred:
        names = "、".join(sorted(barred))
        raise NotAllowed(f"{names}和这件有利害关系，要回避，没有登记。换人再约")
    if agreed.on < local_date(at):
        raise NotAcceptable("核查的日子已经过了，没有登记。改日期再约")
    if not agreed.time.strip() or not agreed.told_how.strip():
        raise NotAcceptable("还没写几点去、怎样告知申请人的，没有登记。补齐再办")
    kept = replace(agreed, people=people, record=None)
    before = tuple(check for check in case.checks.site if check.record is not None)
    told = event_by(
        session,
        K.SITE_CHECK_AGREED,
        at,
        until_on=agreed.on,
        time=agreed.time,
        people="、".join(people),
        told_how=agreed.told_how,
    )
    checks = replace(case.checks, site=(*before, kept))
    task = task_set(TaskKind.SITE_CHECK, agreed.on, at)
    return done(rules, replace(case, checks=checks), told, task)


def agreed_on(case: Case) -> SiteCheck | None:
    """Return the check that was agreed on and is not recorded yet."""
    last = case.checks.site[-1] if case.checks.site else None
    return last if last is not None and last.record is None else None


def record(rules: CaseRules, case: Case, note: SiteNote, session: Session, at: datetime) -> Case:
    """Keep what was found on site, with the pictures; the chief representative sees it.

    The record's 文号 stands in the case already, drawn with this act.

    Raises:
        NotAcceptable: nothing was agreed on, an unknown point, nothing said, a day that has not
            come, or nobody who saw it with them.
    """
    must_be(case, *CHECKABLE, CaseState.SPECIAL_PROCEDURE)
    agreed = agreed_on(case)
    if agreed is None:
        raise NotAcceptable("这件没有约好的现场核查，没有登记。先约两个人和日子")
    listed = {point.code for point in rules.standard.site_points}
    if not listed.issuperset(note.failed):
        raise NotAcceptable("只能记事项标准列出的核查内容，没有登记。按 F5 重新打开")
    if note.held_on > local_date(at):
        raise NotAcceptable("核查的日子还没到，没有登记。核查后再记")
    if (note.failed and note.outcome is SiteOutcome.FIT) or not note.said.strip():
        raise NotAcceptable("还没写清现场情况，或有不符合又记成符合，没有登记。改好再办")
    if note.outcome is not SiteOutcome.NOT_HELD and not note.witness.strip():
        raise NotAcceptable("还没写申请人一方谁在场签字，没有登记。没人签的写明原因")
    kept = SiteRecord(
        outcome=note.outcome,
        failed=note.failed,
        said=note.said.strip(),
        witness=note.witness.strip(),
        held_on=note.held_on,
        files=note.files,
        number=case.paper_numbers.get(PaperKind.SITE_RECORD.value, ""),
        at=at,
        by=session.account.account_id,
        by_name=session.account.display_name,
    )
    found = event_by(
        session,
        K.SITE_CHECKED,
        at,
        on=note.held_on,
        outcome=note.outcome.value,
        people="、".join(agreed.people),
        said=kept.said,
    )
    anew = replace(
        case,
        checks=replace(case.checks, site=(*case.checks.site[:-1], replace(agreed, record=kept))),
        looked_at=case.looked_at - {POINT},
        point_answers={p: seen for p, seen in case.point_answers.items() if p != POINT},
    )
    return done(rules, anew, found, task_done(TaskKind.SITE_CHECK, session, at))


def points_of_site(case: Case) -> tuple[str, ...]:
    """Return what the chief representative must look at because somebody was on site."""
    return (POINT,) if any(check.record is not None for check in case.checks.site) else ()


def still_to_be_held(case: Case) -> bool:
    """Whether a check is agreed on and its record is still missing, so that nothing is granted."""
    return is_open(case, TaskKind.SITE_CHECK)


def _sides(case: Case) -> Iterable[str]:
    """Return the names of everybody on the applicant's side."""
    if case.applicant is not None:
        yield case.applicant.party.name
        if case.applicant.representative is not None:
            yield case.applicant.representative.name
    if case.handler is not None:
        yield case.handler.party.name
