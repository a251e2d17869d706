"""Originals on their way to the department (材料流转): in which bag, under which slip, who signed.

They leave the counter in a numbered bag with a slip that both sides sign. Until the department has
signed, that is a task, and stands on the day's sheet.
"""

from collections.abc import Iterable
from datetime import datetime

from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.course import CaseRules, done, event_by, settled
from clerk.domain.days import local_date
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.originals import OriginalHeld, OriginalPlace, TransferKind
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set
from clerk.values import replace

_SUPPLIED = frozenset({CaseEventKind.SUPPLIED, CaseEventKind.CORRECTED})


def bag_of(text: str) -> str:
    """Return the number of a bag (袋号) as it was scanned or typed.

    Raises:
        BadInput: there is none.
    """
    bag = "".join(text.split()).upper()
    if not bag:
        raise BadInput("还没写袋号，没有登记。原件装袋，扫袋上的条码或照着填")
    return bag


def kind_of_transfer(case: Case, material: str) -> TransferKind:
    """Return what kind of transfer (流转类型) it is when this material goes on now."""
    late = any(event.kind in _SUPPLIED and event.subject in {"", material} for event in case.events)
    moved = any(_handed_on(event) and event.subject == material for event in case.events)
    if moved:
        return TransferKind.AGAIN
    return TransferKind.SUPPLEMENT if late else TransferKind.WITH_CASE


def _handed_on(event: CaseEvent) -> bool:
    moved = event.kind is CaseEventKind.ORIGINALS_MOVED
    return moved and event.detail["place"] == OriginalPlace.HANDED_ON


def unsigned(case: Case) -> tuple[tuple[str, OriginalHeld], ...]:
    """Return (material, where it is) of originals that went on and nobody there signed for."""
    return tuple(
        (material, held)
        for material, held in case.custody.items()
        if held.place is OriginalPlace.HANDED_ON and held.signed_at is None
    )


def bags_under_way(case: Case) -> tuple[str, ...]:
    """Return the bags of the case that nobody in the department signed for."""
    return tuple(dict.fromkeys(held.bag for _, held in unsigned(case)))


def receive_transfer(
    rules: CaseRules,
    case: Case,
    bag: str,
    signer: str,
    session: Session,
    at: datetime,
    *,
    chosen: str = "",
) -> Case:
    """Note that the department signed for a bag (签收); each original of it says by whom and when.

    Args:
        rules: what governs the case.
        case: a case with a bag under way.
        bag: its number as scanned there.
        signer: who signed the slip; empty means the person who is signed in.
        session: who says so.
        at: when.
        chosen: the bag that was picked from those under way, where there was a choice.

    Raises:
        BadInput: no bag is named, or the one who signs is the one who brought it.
        NotAcceptable: no such bag is under way, or another one was picked.
    """
    wanted, name = bag_of(bag), signer.strip() or session.account.display_name
    there = [(code, held) for code, held in unsigned(case) if held.bag == wanted]
    if chosen and chosen != wanted:
        raise NotAcceptable(f"选的是袋 {chosen}，扫的是袋 {wanted}，没有签收。核对袋上的号")
    if not there:
        under_way = "、".join(one for one in bags_under_way(case) if one)
        known = f"路上的是{under_way}。" if under_way else ""
        raise NotAcceptable(f"没有袋号 {wanted} 的原件在路上，没有签收。{known}核对袋上的号")
    _, first = there[0]
    own = session.account.account_id == first.by and not signer.strip()
    if own or name == first.by_name:
        raise BadInput("签收人和送达人是同一个人，没有登记。填部门签收人的姓名")
    signed = {code: replace(held, signed_by=name, signed_at=at) for code, held in there}
    said = event_by(
        session,
        CaseEventKind.TRANSFER_RECEIVED,
        at,
        number=first.number,
        bag=wanted,
        count=str(sum(held.count for held in signed.values())),
        to=first.to,
        signed_by=name,
    )
    after = done(rules, replace(case, custody={**case.custody, **signed}), said)
    return with_reception_task(rules, after, session, at)


def with_reception_task(rules: CaseRules, case: Case, session: Session, at: datetime) -> Case:
    """Set or do the task that the department signs, by the end of the day it was brought."""
    task, waits = TaskKind.RECEIVE_TRANSFER, bool(unsigned(case))
    if waits is is_open(case, task):
        return case
    event = task_set(task, local_date(at), at) if waits else task_done(task, session, at)
    return settled(rules, case, (event,))


def went_under(events: Iterable[CaseEvent], number: str) -> tuple[CaseEvent, ...]:
    """Return the moves that one slip (流转单) tells of, whatever became of the originals since."""
    return tuple(one for one in events if _handed_on(one) and one.detail["number"] == number)
