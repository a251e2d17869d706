"""Taking a publication back as a whole (取回): before its day, or by the old content anew.

Before its day nobody was bound by it yet: its versions are never in force, its drafts are there
again. From its day on only another publication follows it, with the content of the versions before.
"""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from clerk.domain.catalogue_line import CANCELLED
from clerk.domain.errors import BadInput
from clerk.domain.identity import Act, Session
from clerk.domain.standard_draft import NewDraft, Proposal, ProposalState, StandardDraft
from clerk.domain.standard_versions import NEW_ITEM
from clerk.domain.standard_writing import table_of
from clerk.services.desk import Desk
from clerk.services.sample_bench import SampleBench
from clerk.services.standard_drafts import take_drafts
from clerk.services.standard_editions import AT_ONCE, GoOn, Stopped
from clerk.services.standard_publishing import note, require_reason
from clerk.storage import standard_drafts, standard_proposals, standard_publications, standards
from clerk.storage.lots import lots
from clerk.values import replace

_NAMED: Final = 3
"""Items that a sentence names."""

_Followed = tuple[str, int, int]
"""An item, its published version, and the version that it followed."""


def take_back(
    desk: Desk, session: Session, proposal_id: UUID, reason: str, go_on: GoOn
) -> int | None:
    """Take a publication back before its day: the versions before it go on, drafts are there again.

    An item that has another draft by now keeps that one. Several drafts carry the reason of the
    publication as the name of their batch, so that they are found together again.

    Returns:
        How many drafts are there again; None, and nothing changed, where ``go_on`` stopped it.

    Raises:
        NotAllowed: the role does not publish.
        BadInput: no reason, not published, or its day has come; then revert it.
    """
    session.require(Act.PUBLISH_STANDARDS)
    require_reason(reason)
    try:
        with desk.store.begin() as tx:
            proposal = standard_proposals.load(tx, proposal_id)
            _require_not_yet_in_force(desk, proposal)
            _require_newest(tx, proposal_id)
            done = again = 0
            for lot in lots(standard_publications.take_back(tx, proposal_id), AT_ONCE):
                standards.settle_ends(tx, [one.item_code for one in lot])
                drafts = list(_drafts_again(desk, tx, lot, proposal))
                standard_drafts.add_all(tx, drafts)
                again += len(drafts)
                done += len(lot)
                if not go_on(done):
                    raise Stopped
            settled = standard_proposals.settle(
                tx, proposal, ProposalState.TAKEN_BACK, session.account, desk.now(), reason.strip()
            )
            note(desk, tx, session, "standard.taken_back", settled)
    except Stopped:
        return None
    return again


def revert(
    desk: Desk,
    session: Session,
    bench: SampleBench,
    proposal_id: UUID,
    batch: str,
    cancelled: str,
    go_on: GoOn,
) -> int | None:
    """Begin drafts with what was in force before a publication, all of them or none.

    They are proposed and published like any others. Of an item that was new with the publication
    the draft is one of a cancelled item, as nothing was in force before it.

    Args:
        desk: what the window has at hand.
        session: who acts.
        bench: knows the samples of the versions before.
        proposal_id: what was published.
        batch: the name under which the drafts are found together.
        cancelled: what the state of a cancelled item is called.
        go_on: told how many are done.

    Returns:
        How many drafts there are; None, and nothing kept, where ``go_on`` stopped it.

    Raises:
        NotAllowed: the role does not edit standards.
        BadInput: it is not published, an item was published again since, or is being edited.
    """
    session.require(Act.EDIT_STANDARDS)
    with desk.store.read() as tx:
        proposal = standard_proposals.load(tx, proposal_id, to_settle=False)
        if proposal.state is not ProposalState.PUBLISHED:
            raise BadInput("这份送审没有发布过，没有改回。请刷新列表")
        _require_newest(tx, proposal_id)
        followed = standard_publications.based_on(tx, proposal_id)
    drafts = _as_before(desk, bench, followed, cancelled)
    return take_drafts(desk, session, drafts, batch, proposal.reason, go_on)


def _require_not_yet_in_force(desk: Desk, proposal: Proposal) -> None:
    if proposal.state is not ProposalState.PUBLISHED:
        raise BadInput("这份送审没有发布过，没有收回。请刷新列表")
    if proposal.effective_on <= desk.today():
        raise BadInput("已到生效日期，不能收回，没有改动。请从原来的版本另起草稿，送审发布后改回")


def _require_newest(tx: Connection, proposal_id: UUID) -> None:
    overtaken = standard_publications.followed(tx, proposal_id)
    if overtaken:
        raise BadInput(
            f"{'、'.join(overtaken[:_NAMED])}之后又发布了新版，没有改动。请先收回后来的发布"
        )


def _drafts_again(
    desk: Desk, tx: Connection, lot: Sequence[standard_publications.TakenBack], proposal: Proposal
) -> Iterator[StandardDraft]:
    """The content as drafts of who had proposed it."""
    codes = [one.item_code for one in lot]
    taken = standard_drafts.taken(tx, codes)
    numbers = standards.numbers_of(tx, codes)
    for one in lot:
        content = standards.find(tx, one.item_code, one.version)
        if content is None or one.item_code in taken:
            continue
        yield StandardDraft(
            item_code=one.item_code,
            table=table_of(content),
            base_version=numbers[one.item_code].newest,
            changed_at=desk.now(),
            changed_by=proposal.proposed_by,
            changed_by_name=proposal.proposed_by_name,
            batch=proposal.reason if proposal.item_count > 1 else "",
            samples=standard_proposals.samples_of(tx, one.item_code, one.version),
            hands=one.hands,
        )


def _as_before(
    desk: Desk, bench: SampleBench, followed: Sequence[_Followed], cancelled: str
) -> Iterator[NewDraft]:
    for lot in lots(followed, AT_ONCE):
        with desk.store.read() as tx:
            found = [_before(tx, bench, one, cancelled) for one in lot]
        yield from (one for one in found if one is not None)


def _before(
    tx: Connection, bench: SampleBench, followed: _Followed, cancelled: str
) -> NewDraft | None:
    item_code, version, base = followed
    content = standards.find(tx, item_code, version if base == NEW_ITEM else base)
    if content is None:
        return None
    if base == NEW_ITEM:
        content = replace(content, state=replace(content.state, code=CANCELLED, label=cancelled))
        return NewDraft(table=table_of(content), after=version)
    samples = bench.kept(tx, item_code, base)
    return NewDraft(table=table_of(content), samples=samples, after=version)
