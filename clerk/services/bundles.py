"""Handing a week's cases up together, and dealing with them person by person (批次上报、收批次)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection

from clerk.domain.bundles import (
    Bundle,
    Gathering,
    LineOutcome,
    bundle_of,
    handed_up,
    line_settled,
    may_be_bundled,
    with_line,
)
from clerk.domain.case import Case
from clerk.domain.chain import chain_bar
from clerk.domain.checking import check_case
from clerk.domain.errors import NotAcceptable
from clerk.domain.hand_off import MessageKind
from clerk.domain.hand_off_body import case_body
from clerk.domain.identity import Act, Session
from clerk.domain.standard import StepKind
from clerk.services.desk import Desk
from clerk.services.records import record, tell
from clerk.storage import bundles, cases


def to_hand_up(desk: Desk, session: Session) -> Sequence[Gathering]:
    """Return what waits at a level, by item and level; nothing where there is none.

    Cases for which this person may not speak are counted and left to another.
    """
    session.require(Act.RUN_CHAIN)
    with desk.store.read() as tx:
        pending = cases.load_all(tx, cases.with_step(tx))
    found: dict[tuple[str, str], list[Case]] = {}
    for case in pending:
        rules = desk.rules(case)
        for step in rules.standard.chain:
            if step.kind is StepKind.OPINION and may_be_bundled(rules, case, step.code):
                found.setdefault((case.item_code, step.code), []).append(case)
    return [
        _gathering(desk, session, code, step, lying)
        for (code, step), lying in sorted(found.items())
    ]


def hand_up(
    desk: Desk, session: Session, step: str, case_ids: Sequence[UUID], opinion: str
) -> Bundle:
    """Give this level's opinion on all of them and hand them up as one list.

    Raises:
        NotAllowed: he took one of them in, or spoke for another level of it; none is handed up.
        NotAcceptable: one of them lies elsewhere by now, or no opinion was written; none is
            handed up then.
    """
    session.require(Act.RUN_CHAIN)
    if not case_ids:
        raise NotAcceptable("这一批没有选人，没有上报。选上要报的人再办")
    now, bundle_id = desk.now(), desk.new_id()
    with desk.store.begin() as tx:
        before = [cases.load(tx, case_id) for case_id in case_ids]
        after = [
            handed_up(desk.rules(one), one, step, bundle_id, opinion, session, now)
            for one in before
        ]
        bundle = bundle_of(desk.rules(before[0]), bundle_id, step, after, opinion, session, now)
        bundles.add(tx, bundle)
        for one in after:
            _keep(desk, tx, session, one)
        record(desk, tx, session, "bundle.handed_up", bundle_id=str(bundle_id), count=len(after))
    return bundle


def open_bundles(desk: Desk, session: Session) -> Sequence[Bundle]:
    """Return the bundles with persons who are still to be dealt with, the oldest first."""
    session.require(Act.RUN_CHAIN)
    with desk.store.read() as tx:
        return bundles.still_open(tx)


def settle_line(
    desk: Desk,
    session: Session,
    bundle_id: UUID,
    case_id: UUID,
    outcome: LineOutcome,
    reason: str,
) -> Bundle:
    """Take, return or ask to complete one person of a bundle; the others are not touched.

    Raises:
        NotAllowed: who handed the bundle up receives it himself, or this person took the case in.
        NotAcceptable: he was dealt with before, or a reason is missing.
    """
    session.require(Act.RUN_CHAIN)
    now = desk.now()
    with desk.store.begin() as tx:
        bundle = bundles.load(tx, bundle_id)
        case = cases.load(tx, case_id)
        settled = with_line(bundle, case_id, outcome, reason, session, now)
        _keep(
            desk,
            tx,
            session,
            line_settled(desk.rules(case), case, bundle, outcome, reason, session, now),
        )
        bundles.save(tx, settled)
        record(desk, tx, session, f"bundle.{outcome.value}", case_id, reason=reason.strip())
    return settled


def _keep(desk: Desk, tx: Connection, session: Session, case: Case) -> None:
    saved = cases.save(tx, case)
    standard = desk.rules(saved).standard
    verdict = check_case(standard, saved, session.counter_code, desk.today(), desk.calendar)
    body = case_body(standard, saved, verdict, desk.state_codes)
    tell(desk, tx, saved.case_id, MessageKind.SUBMIT_CASE, body)


def _gathering(
    desk: Desk, session: Session, item_code: str, step: str, lying: Sequence[Case]
) -> Gathering:
    standard = desk.rules(lying[0]).standard
    mine = tuple(
        case for case in lying if chain_bar(desk.rules(case), case, session.account) is None
    )
    here = next(one for one in standard.chain if one.code == step)
    return Gathering(
        item_code=item_code,
        item_name=standard.name,
        step=step,
        step_name=here.name,
        from_by=here.by,
        cases=mine,
        barred=len(lying) - len(mine),
    )
