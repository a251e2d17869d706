"""Laying drafts before a publisher (送审): propose, look at, rehearse, withdraw."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from clerk.domain.errors import BadInput, NotAllowed
from clerk.domain.identity import Act, Session
from clerk.domain.standard_draft import (
    ExpectedChange,
    Proposal,
    ProposalState,
    ProposedItem,
    Rehearsal,
    StandardDraft,
)
from clerk.domain.standard_versions import NEW_ITEM
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.services.sample_bench import SampleBench
from clerk.services.standard_editions import (
    AT_ONCE,
    GoOn,
    Readying,
    Stopped,
    each_lot,
    to_the_end,
)
from clerk.storage import standard_drafts, standard_proposals
from clerk.values import replace


def propose(
    desk: Desk,
    session: Session,
    item_codes: Sequence[str],
    effective_on: date,
    reason: str,
    expected: Sequence[ExpectedChange] = (),
) -> Proposal:
    """Lay drafts before a publisher; until he has decided nobody edits them.

    Args:
        desk: what the window has at hand.
        session: who acts.
        item_codes: whose drafts, none of them proposed yet.
        effective_on: the first day in force, today or later.
        reason: what changes and why, for the publisher and for the history.
        expected: sample cases that are meant to come out otherwise.

    Raises:
        NotAllowed: the role does not edit standards.
        BadInput: no reason, a day that has passed, a draft that is gone or proposed already.
        StandardFaulty: drafts have faults; every one of every draft is listed.
    """
    session.require(Act.EDIT_STANDARDS)
    codes = tuple(dict.fromkeys(item_codes))
    _require_sense(desk, effective_on, reason)
    proposal = _proposal(desk, session, effective_on, reason, len(codes), expected)
    with desk.store.begin() as tx:
        if not codes or standard_drafts.propose(tx, codes, proposal.proposal_id) != len(codes):
            raise BadInput("有的事项没有草稿或者已经送审，没有送审任何事项。请刷新列表再选")
        _keep(desk, session, tx, proposal, to_the_end)
    return proposal


def propose_batch(
    desk: Desk,
    session: Session,
    batch: str,
    effective_on: date,
    reason: str,
    go_on: GoOn,
    expected: Sequence[ExpectedChange] = (),
) -> Proposal | None:
    """Lay every open draft of an import before a publisher; None where the person stopped it.

    ``expected`` are the sample cases that are meant to come out otherwise.

    Raises:
        NotAllowed: the role does not edit standards.
        BadInput: no reason, a day that has passed, nothing of that import.
        StandardFaulty: drafts have faults; every one of every draft is listed.
    """
    session.require(Act.EDIT_STANDARDS)
    _require_sense(desk, effective_on, reason)
    proposal = _proposal(desk, session, effective_on, reason, 0, expected)
    try:
        with desk.store.begin() as tx:
            # what is laid is not yet looked at: until then nothing counts as done
            each = standard_drafts.propose_batch(tx, batch, proposal.proposal_id)
            laid = each_lot(each, lambda _: go_on(0))
            if not laid:
                raise BadInput("这次导入没有可送审的草稿，没有送审。请刷新列表再选")
            proposal = replace(proposal, item_count=laid)
            _keep(desk, session, tx, proposal, go_on)
    except Stopped:
        return None
    return proposal


def withdraw_proposal(
    desk: Desk, session: Session, proposal_id: UUID, reason: str, go_on: GoOn = to_the_end
) -> Proposal | None:
    """Take a proposal back before anybody has decided; its drafts can be edited again.

    None, and nothing changed, where ``go_on`` stopped it.

    Raises:
        NotAllowed: another person proposed it.
        BadInput: it is settled already.
    """
    session.require(Act.EDIT_STANDARDS)
    try:
        with desk.store.begin() as tx:
            proposal = standard_proposals.load(tx, proposal_id)
            require_open(proposal)
            if proposal.proposed_by != session.account.account_id:
                raise NotAllowed(
                    f"这份送审是{proposal.proposed_by_name}提出的，没有撤回。请其本人撤回"
                )
            each_lot(standard_drafts.give_back(tx, proposal_id), go_on)
            settled = standard_proposals.settle(
                tx, proposal, ProposalState.WITHDRAWN, session.account, desk.now(), reason
            )
            record(desk, tx, session, "standard.withdrawn", proposal=str(proposal_id))
    except Stopped:
        return None
    return settled


def proposals(
    desk: Desk, session: Session, state: ProposalState | None = ProposalState.PROPOSED
) -> tuple[Proposal, ...]:
    """Return the last proposals of a state, of any for None, the newest first."""
    session.require(Act.READ_STANDARDS)
    with desk.store.read() as tx:
        return standard_proposals.newest(tx, state)


def proposed_items(
    desk: Desk, session: Session, proposal_id: UUID, after: str = "", limit: int = AT_ONCE
) -> tuple[ProposedItem, ...]:
    """Return a page of what a proposal holds, by item code."""
    session.require(Act.READ_STANDARDS)
    with desk.store.read() as tx:
        return standard_proposals.items(tx, proposal_id, after, limit)


def rehearse(
    desk: Desk, session: Session, bench: SampleBench, proposal_id: UUID, go_on: GoOn
) -> Rehearsal | None:
    """Run the sample cases of every item of a proposal; keeps nothing, None where stopped.

    Raises:
        NotAllowed: the role does not see the catalogue.
        StandardFaulty: drafts or their samples have faults; every one is listed.
    """
    session.require(Act.READ_STANDARDS)
    with desk.store.read() as tx:
        proposal = standard_proposals.load(tx, proposal_id, to_settle=False)
        drafts = standard_drafts.of_proposal(tx, proposal_id)
        try:
            return Readying(tx, proposal, bench).each(drafts, go_on)
        except Stopped:
            return None


def rehearse_batch(
    desk: Desk, session: Session, bench: SampleBench, batch: str, go_on: GoOn
) -> Rehearsal | None:
    """Run the sample cases of every open draft of an import for today; None where stopped.

    Raises:
        NotAllowed: the role does not see the catalogue.
        StandardFaulty: drafts or their samples have faults; every one is listed.
    """
    session.require(Act.READ_STANDARDS)
    alone = _proposal(desk, session, desk.today(), "", 0)
    with desk.store.read() as tx:
        try:
            return Readying(tx, alone, bench).each(_sampled(tx, bench, batch, go_on), to_the_end)
        except Stopped:
            return None


def _sampled(
    tx: Connection, bench: SampleBench, batch: str, go_on: GoOn
) -> Iterator[StandardDraft]:
    """Yield the drafts of an import that have samples: of a long list most have none."""
    done = 0
    for done, draft in enumerate(standard_drafts.of_batch(tx, batch), start=1):
        has_base = draft.base_version != NEW_ITEM
        if draft.samples or (has_base and bench.kept(tx, draft.item_code, draft.base_version)):
            yield draft
        if done % AT_ONCE == 0 and not go_on(done):
            raise Stopped
    if not go_on(done):
        raise Stopped


def rehearse_draft(
    desk: Desk, session: Session, bench: SampleBench, draft: StandardDraft
) -> Rehearsal:
    """Run the sample cases of one draft as it stands on the screen, for today.

    Raises:
        NotAllowed: the role does not see the catalogue.
        StandardFaulty: it or its samples have faults; every one is listed.
    """
    session.require(Act.READ_STANDARDS)
    alone = _proposal(desk, session, desk.today(), draft.note, 1)
    with desk.store.read() as tx:
        return Readying(tx, alone, bench).each([draft], to_the_end)


def require_open(proposal: Proposal) -> None:
    """Raise ``BadInput`` unless nobody has decided on the proposal yet."""
    if proposal.state is not ProposalState.PROPOSED:
        raise BadInput("这份送审已经有了结果，没有改动。请刷新列表")


def _require_sense(desk: Desk, effective_on: date, reason: str) -> None:
    if not reason.strip():
        raise BadInput("还没写改了什么、为什么改，没有送审。写明再送")
    if effective_on < desk.today():
        raise BadInput(f"生效日期 {effective_on.isoformat()} 已经过去，没有送审。请选今天或以后")


def _proposal(
    desk: Desk,
    session: Session,
    effective_on: date,
    reason: str,
    item_count: int,
    expected: Sequence[ExpectedChange] = (),
) -> Proposal:
    return Proposal(
        proposal_id=desk.new_id(),
        state=ProposalState.PROPOSED,
        effective_on=effective_on,
        reason=reason.strip(),
        item_count=item_count,
        proposed_at=desk.now(),
        proposed_by=session.account.account_id,
        proposed_by_name=session.account.display_name,
        expected=tuple(dict.fromkeys(expected)),
    )


def _keep(desk: Desk, session: Session, tx: Connection, proposal: Proposal, go_on: GoOn) -> None:
    """Keep a proposal whose drafts have no fault."""
    drafts = standard_drafts.of_proposal(tx, proposal.proposal_id)
    Readying(tx, proposal).each(drafts, go_on)
    standard_proposals.add(tx, proposal)
    record(
        desk,
        tx,
        session,
        "standard.proposed",
        proposal=str(proposal.proposal_id),
        items=proposal.item_count,
        effective_on=proposal.effective_on.isoformat(),
    )
