"""Takes in what came by post (收寄来的材料): a parcel is opened against the list of the case.

What lies in it is not taken over by this: a paper that was put off, or is part of a correction,
goes its own way, and the day the parcel arrived goes along with it.
"""

from datetime import date, datetime

from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.case_acts import ActWords
from clerk.domain.course import CaseRules, done, event_by
from clerk.domain.days import local_date
from clerk.domain.errors import BadInput
from clerk.domain.form import asked_of, facts_of
from clerk.domain.identity import Session
from clerk.domain.office import counted_on
from clerk.domain.posted import PostedFinding, PostedParcel
from clerk.domain.standard import Requirement, Way
from clerk.values import replace

OPEN_IN = frozenset(
    {
        CaseState.RECEIVED,
        CaseState.CORRECTION_DUE,
        CaseState.ACCEPTED,
        CaseState.UNDER_REVIEW,
        CaseState.SPECIAL_PROCEDURE,
    }
)
"""States in which something may still be sent to us for a case."""


def asked_materials(rules: CaseRules, case: Case, on: date) -> tuple[Requirement, ...]:
    """Return the list that a parcel is opened against: every material this case asks for."""
    asked = asked_of(rules.standard, facts_of(case, on, rules.calendar))
    return asked.requirements


def outstanding(rules: CaseRules, case: Case, on: date) -> frozenset[str]:
    """Return which of them are still to come: not there, marked unfit, or put off (容缺)."""
    return frozenset(
        one.code
        for one in asked_materials(rules, case, on)
        if (held := case.evidence.get(one.code)) is None or held.fault or held.way is Way.DEFERRAL
    )


def take_posted(
    rules: CaseRules, case: Case, parcel: PostedParcel, session: Session, at: datetime
) -> Case:
    """Note what came in a parcel, and when it reached the office.

    Raises:
        BadInput: the sender is not named, nothing lay in it, it was opened unseen without a
            reason, or it arrived before the case began or later than now.
    """
    if not parcel.sender.strip():
        raise BadInput("还没写寄件人，没有登记。照邮件封面写上再办")
    if not case.opened_at <= parcel.arrived_at <= at:
        raise BadInput("送到的时间要在起件以后、现在以前，没有登记。照邮戳改好再办")
    if not parcel.files and not parcel.why_unseen.strip():
        raise BadInput("开拆没有拍照，没有登记。拍照后再办，拍不了的写明原因")
    there = [code for code, found in parcel.found.items() if found is PostedFinding.THERE]
    if not there and not parcel.not_asked:
        raise BadInput("邮件里有什么还没选，没有登记。里面是空的，在清单外写“空件”")
    missing = [code for code, found in parcel.found.items() if found is PostedFinding.MISSING]
    said = event_by(
        session,
        CaseEventKind.POSTED_IN,
        at,
        waybill=parcel.waybill_number,
        arrived_at=parcel.arrived_at.isoformat(),
        there=str(len(there)),
        missing=str(len(missing)),
        not_asked=str(len(parcel.not_asked)),
    )
    return done(rules, replace(case, posted=(*case.posted, parcel)), said)


def parcel_day(parcel: PostedParcel) -> date:
    """Return the day that counts for what lay in it: the day it reached the office."""
    return local_date(parcel.arrived_at)


def posted_correction_on(rules: CaseRules, case: Case) -> date | None:
    """Return the day on which all that was asked for had come, where a part of it came by post.

    None where nothing of it did: then the day on which it is taken in counts. A line of the form
    has no day of its own, it came with the papers.
    """
    asked = case.notice
    if asked is None:
        return None
    days: list[date] = []
    posted = False
    for code in asked.points:
        held, parcel = case.evidence.get(code), came_by_post(case, code)
        if parcel is not None and parcel.arrived_at >= asked.at:
            posted = True
            counted = counted_on(rules.office, parcel.arrived_at, rules.calendar)
            days.append(counted or parcel_day(parcel))
        elif held is not None:
            days.append(local_date(held.at))
    return max(days) if posted else None


def came_by_post(case: Case, material: str) -> PostedParcel | None:
    """Return the last parcel in which the material lay, None where it came by none."""
    found = (one for one in reversed(case.posted) if one.found.get(material) is PostedFinding.THERE)
    return next(found, None)


def act(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    """Take in what was written down: ``seen`` lay in the parcel, ``others`` besides it.

    ``people`` is the sender, ``number`` the waybill; whatever else is still to come was missing.
    """
    arrived_at = words.arrived_at or at
    there = frozenset(words.seen)
    listed = asked_materials(rules, case, local_date(arrived_at))
    to_come = outstanding(rules, case, local_date(arrived_at))
    found = {
        one.code: PostedFinding.THERE if one.code in there else PostedFinding.MISSING
        for one in listed
        if one.code in there | to_come
    }
    parcel = PostedParcel(
        sender="、".join(words.people),
        waybill_number=words.number.strip(),
        arrived_at=arrived_at,
        opened_at=at,
        opened_by=session.account.account_id,
        opened_by_name=session.account.display_name,
        found=found,
        not_asked=words.others,
        files=words.files,
        why_unseen=words.reason.strip(),
    )
    return take_posted(rules, case, parcel, session, at)
