"""What 标准 may ask for: use cases as callables; everything in STORE where nothing else is said.

Every callable may raise ``ClerkError``.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from clerk.domain.delegating import Delegated, DelegationOrder
from clerk.domain.sample_run import SampleHall
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_draft import (
    CataloguePage,
    CatalogueQuery,
    ExpectedChange,
    Proposal,
    ProposalState,
    ProposedItem,
    Rehearsal,
    StandardDraft,
)
from clerk.domain.standard_lint import LintKnowledge
from clerk.domain.standard_versions import VersionEntry
from clerk.ui.actions import Here
from clerk.ui.import_actions import ImportActions
from clerk.values import dataclass

GoOn = Callable[[int], bool]
"""Is told how many are done and says whether to go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardsActions:
    """What 标准 needs; who may neither edit nor publish reads."""

    here: Here
    imports: ImportActions
    may_edit: bool
    may_publish: bool
    catalogue_page: Callable[[CatalogueQuery, str, int], CataloguePage]
    """Query, where the page before ended, limit; COUNT."""
    read_version: Callable[[str, int], ItemStandard]  # item code, version
    history: Callable[[str], Sequence[VersionEntry]]  # item code; newest first
    samples_of: Callable[[str, int], Mapping[str, object]]  # item code, version
    lint_knowledge: Callable[[], LintKnowledge]  # COUNT
    begin_draft: Callable[[str, int], StandardDraft]  # item code, version
    new_draft: Callable[[Mapping[str, object]], StandardDraft]
    load_draft: Callable[[str], StandardDraft]  # item code
    save_draft: Callable[[StandardDraft], StandardDraft]
    drop_draft: Callable[[StandardDraft], None]
    sample_hall: Callable[[], SampleHall]  # COUNT
    sample_of_case: Callable[[str, str], Mapping[str, object]]  # item code, case number
    rehearse_draft: Callable[[StandardDraft], Rehearsal]  # COUNT
    propose: Callable[[Sequence[str], date, str, Sequence[ExpectedChange]], Proposal]
    """Item codes, first day in force, reason, changed verdicts that are meant."""
    count_of_batch: Callable[[str], int]  # the import; COUNT
    delegate: Callable[[CatalogueQuery, DelegationOrder, str, GoOn], Delegated | None]
    """Begin drafts of many items with an order in them: query, order, batch; None where stopped. AHEAD."""
    rehearse_batch: Callable[[str, GoOn], Rehearsal | None]  # the import; AHEAD
    propose_batch: Callable[[str, date, str, GoOn, Sequence[ExpectedChange]], Proposal | None]
    """The import, first day, reason, changed verdicts that are meant; None where stopped. AHEAD."""
    drop_batch: Callable[[str, GoOn], int | None]
    """The import; how many went, None where stopped. AHEAD."""
    withdraw_proposal: Callable[[UUID, str, GoOn], Proposal | None]  # reason
    proposals: Callable[[ProposalState | None], Sequence[Proposal]]
    proposed_items: Callable[[UUID, str, int], Sequence[ProposedItem]]
    """Proposal, where the page before ended, limit."""
    rehearse: Callable[[UUID, GoOn], Rehearsal | None]  # COUNT
    publish: Callable[[UUID, GoOn], Proposal | None]
    send_back: Callable[[UUID, str, GoOn], Proposal | None]  # reason
    take_back: Callable[[UUID, str, GoOn], int | None]  # reason; drafts there again; AHEAD
    revert: Callable[[UUID, str, str, GoOn], int | None]
    """Begin drafts as it was before: proposal, name of the batch, word for a cancelled item. AHEAD."""
