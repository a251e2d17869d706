"""Publishing what another person proposed (发布), and sending it back.

Versions are written in one transaction and never change; each takes effect on its day at every
window because every window asks which version is in force on the day.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection

from clerk.domain.errors import BadInput, NotAllowed
from clerk.domain.identity import Act, Session
from clerk.domain.standard_draft import (
    Plain,
    Proposal,
    ProposalState,
    Rehearsal,
    VerdictChanged,
)
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.services.sample_bench import SampleBench
from clerk.services.standard_editions import GoOn, Readying, Stopped, each_lot, to_the_end
from clerk.services.standard_proposals import require_open
from clerk.storage import standard_drafts, standard_proposals, standards


def publish(
    desk: Desk, session: Session, bench: SampleBench, proposal_id: UUID, go_on: GoOn
) -> Proposal | None:
    """Make versions of all drafts of a proposal; None, and nothing written, where stopped.

    Raises:
        NotAllowed: the role does not publish, or the person had a hand in what was proposed.
        BadInput: it is settled already, or its day has passed.
        StandardFaulty: drafts have faults, or were overtaken by a newer version; all are listed.
        VerdictChanged: samples come out otherwise than before and the proposal did not say so.
        StoreTrouble: nothing was kept.
    """
    session.require(Act.PUBLISH_STANDARDS)
    _require_second_person(desk, session, proposal_id)
    try:
        with desk.store.begin() as tx:
            proposal = standard_proposals.load(tx, proposal_id)
            require_open(proposal)
            if proposal.effective_on < desk.today():
                raise BadInput(
                    f"生效日期 {proposal.effective_on.isoformat()} 已经过去，没有发布。"
                    "请退回，由编写人改期再送"
                )
            drafts = standard_drafts.of_proposal(tx, proposal_id)
            rehearsal = Readying(tx, proposal, bench).each(
                drafts, go_on, lambda ready: _write(desk, tx, ready)
            )
            _require_expected(rehearsal)
            settled = standard_proposals.settle(
                tx, proposal, ProposalState.PUBLISHED, session.account, desk.now(), ""
            )
            note(desk, tx, session, "standard.published", settled)
    except Stopped:
        return None
    return settled


def send_back(
    desk: Desk, session: Session, proposal_id: UUID, reason: str, go_on: GoOn = to_the_end
) -> Proposal | None:
    """Give the drafts back to their editor with the reason.

    None, and nothing changed, where ``go_on`` stopped it.

    Raises:
        NotAllowed: the role does not publish.
        BadInput: no reason, or it is settled already.
    """
    session.require(Act.PUBLISH_STANDARDS)
    require_reason(reason)
    try:
        with desk.store.begin() as tx:
            proposal = standard_proposals.load(tx, proposal_id)
            require_open(proposal)
            each_lot(standard_drafts.give_back(tx, proposal_id), go_on)
            settled = standard_proposals.settle(
                tx, proposal, ProposalState.SENT_BACK, session.account, desk.now(), reason.strip()
            )
            note(desk, tx, session, "standard.sent_back", settled)
    except Stopped:
        return None
    return settled


def _write(
    desk: Desk, tx: Connection, ready: Sequence[tuple[standards.Edition, Plain | None]]
) -> None:
    editions = [edition for edition, _ in ready]
    standards.publish_all(tx, editions, desk.now())
    standard_drafts.drop_all(tx, [one.line.item_code for one in editions])
    standard_proposals.keep_samples(
        tx,
        [
            (edition.line.item_code, edition.line.version, samples)
            for edition, samples in ready
            if samples is not None
        ],
    )


def _require_expected(rehearsal: Rehearsal) -> None:
    unexpected = rehearsal.unexpected
    if unexpected:
        raise VerdictChanged(
            f"有{len(unexpected)}个样例的结论变了，送审时没有说明，没有发布。"
            "请核对改动，确实要变的在送审时写明",
            unexpected,
        )


def _require_second_person(desk: Desk, session: Session, proposal_id: UUID) -> None:
    """Refuse, and write down, that somebody publishes what he had a hand in."""
    who = session.account.account_id
    with desk.store.begin() as tx:
        proposal = standard_proposals.load(tx, proposal_id)
        own = proposal.proposed_by == who or standard_drafts.has_hand(tx, proposal_id, who)
        if own:
            record(desk, tx, session, "standard.publish_refused", proposal=str(proposal_id))
    if own:
        raise NotAllowed("自己编写或送审的事项标准不能自己发布，没有发布。请另一位发布人来发布")


def require_reason(reason: str) -> None:
    """Raise ``BadInput`` unless something was written."""
    if not reason.strip():
        raise BadInput("还没写原因，没有改动。写明再来")


def note(desk: Desk, tx: Connection, session: Session, act: str, proposal: Proposal) -> None:
    """Write down in the journal what became of a proposal."""
    record(
        desk,
        tx,
        session,
        act,
        proposal=str(proposal.proposal_id),
        items=proposal.item_count,
        effective_on=proposal.effective_on.isoformat(),
        reason=proposal.settled_reason,
    )
