"""Batch approval (批量审批): clean cases of items that allow it, each decided on its own."""

from collections.abc import Sequence
from uuid import UUID

from clerk.domain.batch import (
    Batch,
    BatchBar,
    BatchCandidate,
    BatchDone,
    batch_bar,
    batch_rule_for,
    to_be_opened,
)
from clerk.domain.decisions import points_to_look_at
from clerk.domain.errors import ClerkError, NotAcceptable, PinNeeded
from clerk.domain.identity import Act, Session
from clerk.services.approval import approval_queue, decide_case
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import cases


def batch_of(desk: Desk, session: Session, item_code: str) -> Batch:
    """Return what of an item may be decided together now; nothing is changed by asking.

    Raises:
        NotAcceptable: no mandate of this person lets the item be decided so.
    """
    session.require(Act.DECIDE)
    now = desk.now()
    rule = batch_rule_for(session.account, item_code, now)
    if rule is None:
        raise NotAcceptable("授权书没有让这个事项批量审批，没有作出决定。逐件审批")
    lines = [line for line in approval_queue(desk, session) if line.item_code == item_code]
    with desk.store.read() as tx:
        loaded = [cases.load(tx, line.case_id) for line in lines]
    bars: dict[UUID, BatchBar] = {}
    candidates = []
    for case in loaded:
        rules = desk.rules(case)
        bar = batch_bar(rules, case, desk.verdict(session, case), session, now)
        if bar is not None:
            bars[case.case_id] = bar
            continue
        opened = bool(points_to_look_at(rules.standard, case))
        candidates.append(BatchCandidate(case_id=case.case_id, item_code=item_code, opened=opened))
    drawn = to_be_opened(candidates, rule.open_one_in)
    bars |= dict.fromkeys(drawn, BatchBar.SAMPLED)
    clean = tuple(line for line in lines if line.case_id not in bars)
    standard = desk.rules(loaded[0]).standard if loaded else None
    return Batch(
        item_code=item_code,
        item_name=standard.name if standard else "",
        lines=clean[: rule.most],
        left_out=tuple((line, bars[line.case_id]) for line in lines if line.case_id in bars),
        most=rule.most,
        opinion=standard.opinions[0] if standard and standard.opinions else "",
        offered_at=now,
        beyond=max(0, len(clean) - rule.most),
    )


def decide_batch(
    desk: Desk, session: Session, batch: Batch, case_ids: Sequence[UUID], opinion: str
) -> BatchDone:
    """Grant the chosen cases of a batch, each in a transaction of its own.

    What may be in it is looked at again now, so that a case that changed meanwhile is left out.
    Size and seconds are a line of the journal.

    Raises:
        PinNeeded: this person has not proved himself lately enough; nothing was decided.
        NotAcceptable: nothing was chosen, more than the mandate allows, or a case that is in no
            batch; nothing was decided.
    """
    session.require(Act.DECIDE)
    desk.leases.require(session, desk.now())
    if not 0 < len(case_ids) <= batch.most:
        raise NotAcceptable(f"一次可以批 1 到 {batch.most} 件，没有作出决定。改了再批")
    now_allowed = {line.case_id for line in batch_of(desk, session, batch.item_code).lines}
    if not now_allowed.issuperset(case_ids):
        raise NotAcceptable("有的件不能再批量审批，没有作出决定。重新打开批量审批看最新")
    decided, refused = [], []
    for case_id in case_ids:
        try:
            decided.append(decide_case(desk, session, case_id, True, opinion))
        except PinNeeded as error:
            refused.append(str(error))
            break
        except ClerkError as error:
            refused.append(str(error))
    seconds = max(0, int((desk.now() - batch.offered_at).total_seconds()))
    with desk.store.begin() as tx:
        record(
            desk,
            tx,
            session,
            "approval.batch",
            item=batch.item_code,
            size=len(decided),
            refused=len(refused),
            left_out=len(batch.left_out),
            seconds=seconds,
        )
    return BatchDone(decided=tuple(decided), refused=tuple(refused), seconds=seconds)
