"""Publishing what another person proposed (发布), sending it back, taking it back.

Versions are written in one transaction and never change; each takes effect on its day at every
window because every window asks which version is in force on the day.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from clerk.domain.errors import BadInput, NotAllowed
from clerk.domain.identity import Act, Session
from clerk.domain.standard_draft import (
    Plain,
    Proposal,
    ProposalState,
    Rehearsal,
    StandardDraft,
    VerdictChanged,
)
from clerk.domain.standard_writing import table_of
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.services.sample_bench import SampleBench
from clerk.services.standard_editions import GoOn, Readying, Stopped
from clerk.services.standard_proposals import require_open
from clerk.storage import standard_drafts, standard_proposals, standards

_NAMED: Final = 3
"""Items that a sentence names."""


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
            standard_drafts.drop_proposed(tx, proposal_id)
            settled = standard_proposals.settle(
                tx, proposal, ProposalState.PUBLISHED, session.account, desk.now(), ""
            )
            _note(desk, tx, session, "standard.published", settled)
    except Stopped:
        return None
    return settled


def send_back(desk: Desk, session: Session, proposal_id: UUID, reason: str) -> Proposal:
    """Give the drafts back to their editor with the reason.

    Raises:
        NotAllowed: the role does not publish.
        BadInput: no reason, or it is settled already.
    """
    session.require(Act.PUBLISH_STANDARDS)
    _require_reason(reason)
    with desk.store.begin() as tx:
        proposal = standard_proposals.load(tx, proposal_id)
        require_open(proposal)
        standard_drafts.give_back(tx, proposal_id)
        settled = standard_proposals.settle(
            tx, proposal, ProposalState.SENT_BACK, session.account, desk.now(), reason.strip()
        )
        _note(desk, tx, session, "standard.sent_back", settled)
    return settled


def take_back(desk: Desk, session: Session, proposal_id: UUID, reason: str) -> Proposal:
    """Take a publication back before its day: the versions before it go on, drafts are there again.

    An item that has another draft by now keeps that one.

    Raises:
        NotAllowed: the role does not publish.
        BadInput: no reason, not published, or its day has come; then publish the old content anew.
    """
    session.require(Act.PUBLISH_STANDARDS)
    _require_reason(reason)
    with desk.store.begin() as tx:
        proposal = standard_proposals.load(tx, proposal_id)
        if proposal.state is not ProposalState.PUBLISHED:
            raise BadInput("这份送审没有发布过，没有收回。请刷新列表")
        if proposal.effective_on <= desk.today():
            raise BadInput(
                "已到生效日期，不能收回，没有改动。请从原来的版本另起草稿，送审发布后改回"
            )
        overtaken = standards.followed(tx, proposal_id)
        if overtaken:
            raise BadInput(
                f"{'、'.join(overtaken[:_NAMED])}之后又发布了新版，没有收回。请先收回后来的发布"
            )
        for one in standards.take_back(tx, proposal_id):
            _draft_again(desk, tx, one, proposal)
        settled = standard_proposals.settle(
            tx, proposal, ProposalState.TAKEN_BACK, session.account, desk.now(), reason.strip()
        )
        _note(desk, tx, session, "standard.taken_back", settled)
    return settled


def _write(desk: Desk, tx: Connection, ready: Sequence[tuple[standards.Edition, Plain]]) -> None:
    standards.publish_all(tx, [edition for edition, _ in ready], desk.now())
    standard_proposals.keep_samples(
        tx,
        [
            (edition.line.item_code, edition.line.version, samples)
            for edition, samples in ready
            if samples
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


def _draft_again(desk: Desk, tx: Connection, back: standards.TakenBack, proposal: Proposal) -> None:
    """Give the content back to who had proposed it, as a draft."""
    item_code, version = back.item_code, back.version
    content = standards.find(tx, item_code, version)
    if content is None or standard_drafts.taken(tx, [item_code]):
        return
    newest = standards.numbers_of(tx, [item_code])[item_code].newest
    samples = standard_proposals.samples_of(tx, item_code, version)
    standard_drafts.add(
        tx,
        StandardDraft(
            item_code=item_code,
            table=table_of(content),
            base_version=newest,
            changed_at=desk.now(),
            changed_by=proposal.proposed_by,
            changed_by_name=proposal.proposed_by_name,
            samples=samples or None,
            hands=back.hands,
        ),
    )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise BadInput("还没写原因，没有改动。写明再来")


def _note(desk: Desk, tx: Connection, session: Session, act: str, proposal: Proposal) -> None:
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
