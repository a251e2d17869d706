"""What 标准 may ask for, bound to this desk and person."""

from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from clerk.app.catalogue_at_hand import CatalogueAtHand
from clerk.app.import_wiring import import_actions
from clerk.app.letter_template_wiring import lint_knowledge
from clerk.app.opening import OpenCounter
from clerk.app.sample_files import read_hall
from clerk.app.starter import shipped_samples
from clerk.domain.identity import Act, Session
from clerk.services import (
    catalogue,
    delegating,
    sample_from_case,
    standard_drafts,
    standard_proposals,
    standard_publishing,
    standard_reverting,
)
from clerk.services.sample_bench import SampleBench
from clerk.ui.actions import Here
from clerk.ui.standards_actions import StandardsActions

P = ParamSpec("P")
T = TypeVar("T")

BENCH = SampleBench(read_hall=read_hall, shipped=shipped_samples)
"""Where drafts are rehearsed: the people and sample cases that ship, or that the bureau put there."""


def standards_actions(opened: OpenCounter, session: Session, here: Here) -> StandardsActions:
    """Return the use cases; who may what is checked by each of them."""
    desk, items = opened.desk, opened.items
    return StandardsActions(
        here=here,
        imports=import_actions(desk, session),
        may_edit=session.may(Act.EDIT_STANDARDS),
        may_publish=session.may(Act.PUBLISH_STANDARDS),
        catalogue_page=partial(catalogue.catalogue_page, desk, session),
        read_version=partial(catalogue.read_version, desk, session),
        history=partial(catalogue.history, desk, session),
        samples_of=partial(catalogue.samples_of, desk, session, BENCH),
        lint_knowledge=partial(lint_knowledge, desk, session),
        begin_draft=partial(standard_drafts.begin_draft, desk, session),
        new_draft=partial(standard_drafts.new_draft, desk, session),
        load_draft=partial(standard_drafts.load_draft, desk, session),
        save_draft=partial(standard_drafts.save_draft, desk, session),
        drop_draft=partial(standard_drafts.drop_draft, desk, session),
        sample_hall=lambda: read_hall(desk.today()),
        sample_of_case=partial(sample_from_case.sample_from_case, desk, session, BENCH),
        rehearse_draft=partial(standard_proposals.rehearse_draft, desk, session, BENCH),
        propose=partial(standard_proposals.propose, desk, session),
        count_of_batch=partial(standard_drafts.count_of_batch, desk, session),
        delegate=partial(delegating.delegate, desk, session),
        rehearse_batch=partial(standard_proposals.rehearse_batch, desk, session, BENCH),
        propose_batch=partial(standard_proposals.propose_batch, desk, session),
        drop_batch=partial(standard_drafts.drop_batch, desk, session),
        withdraw_proposal=partial(standard_proposals.withdraw_proposal, desk, session),
        proposals=partial(standard_proposals.proposals, desk, session),
        proposed_items=partial(standard_proposals.proposed_items, desk, session),
        rehearse=partial(standard_proposals.rehearse, desk, session, BENCH),
        publish=_then(items, partial(standard_publishing.publish, desk, session, BENCH)),
        send_back=partial(standard_publishing.send_back, desk, session),
        take_back=_then(items, partial(standard_reverting.take_back, desk, session)),
        revert=partial(standard_reverting.revert, desk, session, BENCH),
    )


def _then(items: CatalogueAtHand, act: Callable[P, T]) -> Callable[P, T]:
    """Let the search know at once what this window itself has published or taken back."""

    def done(*given: P.args, **named: P.kwargs) -> T:
        answer = act(*given, **named)
        items.refresh()
        return answer

    return done
