"""The desk of those who keep the catalogue, with drafts that are quickly made."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from clerk.app.sample_files import read_hall
from clerk.app.starter import shipped_samples
from clerk.domain.identity import Account, Role, Session
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_draft import Proposal, StandardDraft
from clerk.domain.standard_writing import table_of
from clerk.services import standard_drafts, standard_proposals, standard_publishing
from clerk.services.desk import Desk
from clerk.services.sample_bench import SampleBench
from clerk.services.standards_at_hand import StandardsAtHand
from clerk.storage import standards
from tests.services.window import Window

ITEM = "business_rest_filing"
FOOD = "food_business_permit"
TODAY = date(2026, 3, 18)
SOON = date(2026, 4, 1)
BENCH = SampleBench(read_hall=read_hall, shipped=shipped_samples)


def always(_done: int) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An editor and two publishers over one store."""

    desk: Desk
    window: Window
    editor: Session
    publisher: Session
    second: Session

    @classmethod
    def over(cls, window: Window) -> "Office":
        desk = replace(window.desk, standard=StandardsAtHand(window.desk.store))
        editor, publisher = Role.STANDARD_EDITOR, Role.STANDARD_PUBLISHER
        second = next(one for one in window.people if one.account_id == "fan")
        return cls(
            desk=desk,
            window=window,
            editor=window.session(editor),
            publisher=window.session(publisher),
            second=window.session(account=second),
        )

    def put(self, *items: ItemStandard) -> None:
        """Keep versions as the starter catalogue does."""
        with self.desk.store.begin() as tx:
            for item in items:
                standards.publish(tx, item, self.desk.now())

    def drafted(self, item_code: str = ITEM, **changes: object) -> StandardDraft:
        """A draft of the first version with changes at its head."""
        draft = standard_drafts.begin_draft(self.desk, self.editor, item_code, 1)
        return self.saved(draft, {**draft.table, **changes})

    def saved(self, draft: StandardDraft, table: Mapping[str, object]) -> StandardDraft:
        return standard_drafts.save_draft(self.desk, self.editor, replace(draft, table=table))

    def proposed(self, on: date = SOON, *item_codes: str, **more: Any) -> Proposal:
        codes = item_codes or (ITEM,)
        return standard_proposals.propose(self.desk, self.editor, codes, on, "改名", **more)

    def publish(self, proposal: Proposal, who: Session | None = None) -> Proposal | None:
        return standard_publishing.publish(
            self.desk, who or self.publisher, BENCH, proposal.proposal_id, always
        )

    def published(self, on: date = SOON, **changes: object) -> Proposal:
        """One item changed, proposed and published."""
        self.drafted(ITEM, **changes)
        proposal = self.publish(self.proposed(on))
        assert proposal is not None
        return proposal

    def version_on(self, on: date, item_code: str = ITEM) -> int | None:
        with self.desk.store.read() as tx:
            return standards.version_on(tx, item_code, on)

    def acts(self) -> list[str]:
        return [line.act for line in self.window.lines()]


def both_roles(session: Session) -> Session:
    """The same person in a small bureau, where he is both editor and publisher."""
    roles = frozenset({Role.STANDARD_EDITOR, Role.STANDARD_PUBLISHER})
    account = Account(
        account_id=session.account.account_id,
        display_name=session.account.display_name,
        roles=roles,
    )
    return replace(session, account=account)


def renamed(item: ItemStandard, item_code: str, version: int = 1) -> ItemStandard:
    return replace(item, item_code=item_code, version=version)


def table(item: ItemStandard, item_code: str) -> dict[str, object]:
    return table_of(renamed(item, item_code))
