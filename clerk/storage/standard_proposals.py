"""Proposals (送审): drafts laid before a publisher for a day, and what became of them."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select, union_all, update
from sqlalchemy import literal as value

from clerk.domain.errors import BadInput
from clerk.domain.identity import Account
from clerk.domain.standard_draft import ExpectedChange, Proposal, ProposalState, ProposedItem
from clerk.storage.catalogue_tables import (
    standard_drafts,
    standard_lines,
    standard_proposals,
    standard_samples,
)
from clerk.storage.codec import canonical_json
from clerk.storage.plain_table import dump_table, load_table
from clerk.storage.prepared import Prepared
from clerk.values import replace

MOST: Final = 200
"""Proposals of one list."""

_HERE = standard_proposals.c


def add(tx: Connection, proposal: Proposal) -> None:
    """Keep a new proposal."""
    expected = [[one.item_code, one.sample] for one in proposal.expected]
    tx.execute(
        insert(standard_proposals).values(
            proposal_id=proposal.proposal_id,
            state=proposal.state.value,
            effective_on=proposal.effective_on,
            reason=proposal.reason,
            item_count=proposal.item_count,
            proposed_at=proposal.proposed_at,
            proposed_by=proposal.proposed_by,
            proposed_by_name=proposal.proposed_by_name,
            expected_json=canonical_json(expected),
            settled_at=proposal.settled_at,
            settled_by=proposal.settled_by,
            settled_by_name=proposal.settled_by_name,
            settled_reason=proposal.settled_reason,
        )
    )


def load(tx: Connection, proposal_id: UUID, *, to_settle: bool = True) -> Proposal:
    """Return a proposal; ``to_settle`` holds it on a hall's server until the transaction ends.

    Raises:
        BadInput: there is none.
    """
    wanted = select(standard_proposals).where(_HERE.proposal_id == proposal_id)
    found = tx.execute(wanted.with_for_update() if to_settle else wanted).first()
    if found is None:
        raise BadInput("没有这份送审，没有改动。请刷新列表再试")
    return _proposal(found)


def settle(
    tx: Connection,
    proposal: Proposal,
    state: ProposalState,
    who: Account,
    at: datetime,
    reason: str,
) -> Proposal:
    """Write down what became of a proposal, by whom and why."""
    settled = replace(
        proposal,
        state=state,
        settled_at=at,
        settled_by=who.account_id,
        settled_by_name=who.display_name,
        settled_reason=reason,
    )
    tx.execute(
        update(standard_proposals)
        .where(_HERE.proposal_id == proposal.proposal_id)
        .values(
            state=state.value,
            settled_at=at,
            settled_by=settled.settled_by,
            settled_by_name=settled.settled_by_name,
            settled_reason=reason,
        )
    )
    return settled


def newest(tx: Connection, state: ProposalState | None = None) -> tuple[Proposal, ...]:
    """Return the last proposals, the newest first; of one state, or of all."""
    wanted = select(standard_proposals)
    if state is not None:
        wanted = wanted.where(_HERE.state == state.value)
    ordered = wanted.order_by(_HERE.proposed_at.desc(), _HERE.proposal_id.desc()).limit(MOST)
    return tuple(_proposal(row) for row in tx.execute(ordered))


def items(
    tx: Connection, proposal_id: UUID, after: str = "", limit: int = MOST
) -> tuple[ProposedItem, ...]:
    """Return a page of what a proposal holds, drafts and published versions alike."""
    drafts, lines = standard_drafts.c, standard_lines.c
    of_drafts = select(
        drafts.item_code, drafts.name, drafts.base_version, value(0).label("version")
    ).where(drafts.proposal_id == proposal_id, drafts.item_code > after)
    of_lines = select(lines.item_code, lines.name, lines.base_version, lines.version).where(
        lines.proposal_id == proposal_id, lines.item_code > after
    )
    both = union_all(of_drafts, of_lines).subquery()
    found = tx.execute(select(both).order_by(both.c.item_code).limit(limit))
    return tuple(
        ProposedItem(
            item_code=row.item_code,
            name=row.name,
            base_version=row.base_version,
            version=row.version,
        )
        for row in found
    )


def keep_samples(tx: Connection, samples: Sequence[tuple[str, int, Mapping[str, object]]]) -> None:
    """Keep the sample cases that were run for these versions."""
    _KEEP_SAMPLES.run_each(
        tx,
        [
            {"item_code": item_code, "version": version, "body": dump_table(table)}
            for item_code, version, table in samples
        ],
    )


def samples_of(tx: Connection, item_code: str, version: int) -> dict[str, object] | None:
    """Return the sample cases a version was published with, None where nothing was kept of them."""
    found = tx.execute(
        select(standard_samples.c.body).where(
            standard_samples.c.item_code == item_code, standard_samples.c.version == version
        )
    ).scalar_one_or_none()
    return None if found is None else load_table(found)


_KEEP_SAMPLES = Prepared(insert(standard_samples))


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(
        proposal_id=row.proposal_id,
        state=ProposalState(row.state),
        effective_on=row.effective_on,
        reason=row.reason,
        item_count=row.item_count,
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        proposed_by_name=row.proposed_by_name,
        expected=tuple(
            ExpectedChange(item_code=item_code, sample=sample)
            for item_code, sample in json.loads(row.expected_json)
        ),
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        settled_by_name=row.settled_by_name,
        settled_reason=row.settled_reason,
    )
