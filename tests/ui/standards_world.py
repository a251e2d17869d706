"""An invented bureau in memory for the tests of 标准: plain functions, no store."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import NoReturn
from uuid import UUID, uuid4

from clerk import assets
from clerk.app.sample_files import read_hall
from clerk.domain.counter import Counter
from clerk.domain.deadlines import WEEKENDS
from clerk.domain.delegating import Delegated, DelegationOrder, UnknownWindows, with_order
from clerk.domain.errors import BadInput, ClerkError, NotAllowed
from clerk.domain.identity import Account, Role, Session
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_draft import (
    CataloguePage,
    CatalogueQuery,
    CatalogueRow,
    ChangedVerdict,
    DraftChanged,
    DraftMark,
    ExpectedChange,
    ItemState,
    Proposal,
    ProposalState,
    ProposedItem,
    Rehearsal,
    StandardDraft,
)
from clerk.domain.standard_lint import LintKnowledge
from clerk.domain.standard_parsing import standard_from
from clerk.domain.standard_versions import VersionEntry
from clerk.ui.actions import Here
from clerk.ui.import_actions import ImportActions
from clerk.ui.standards_actions import GoOn, StandardsActions

NOW = datetime(2026, 3, 18, 9, 0, tzinfo=timezone(timedelta(hours=8)))
TODAY = NOW.date()
FOOD = "food_business_permit"


@cache
def starter(item_code: str) -> Mapping[str, object]:
    """The table of a starter item."""
    names = [n for n in assets.names("resources", "standards") if f"/{item_code}/" in n]
    return tomllib.loads(assets.read_text("resources", names[0]))


@cache
def starter_codes() -> tuple[str, ...]:
    names = assets.names("resources", "standards")
    return tuple(sorted({n.split("/")[-2] for n in names if n.endswith(".toml")}))


@dataclass
class SmallBureau:
    """Items by code, each in one version, with their drafts and proposals."""

    person: str = "bian"
    roles: frozenset[Role] = frozenset({Role.STANDARD_EDITOR})
    codes: tuple[str, ...] = ()
    many: int = 0
    trouble: ClerkError | None = None
    drafts: dict[str, StandardDraft] = field(default_factory=dict)
    saves: list[StandardDraft] = field(default_factory=list)
    proposed: list[Proposal] = field(default_factory=list)
    items_of: dict[UUID, tuple[str, ...]] = field(default_factory=dict)
    changed: tuple[ChangedVerdict, ...] = ()
    samples: dict[str, Mapping[str, object]] = field(default_factory=dict)
    cases: dict[str, Mapping[str, object]] = field(default_factory=dict)
    asked_pages: int = 0

    def actions(self) -> StandardsActions:
        account = Account(account_id=self.person, display_name="边编写", roles=self.roles)
        session = Session(
            account=account, counter_code="03", counter_name="3 号窗", signed_in_at=NOW
        )
        here = Here(
            session=session,
            counter=Counter(
                code="03",
                name="3 号窗",
                hall="示例县政务服务中心",
                org_code="11990123MB0000019Y",
                phone="0999-8000001",
                address="示例县政务大道1号",
                practice=True,
            ),
            calendar=WEEKENDS,
            now=lambda: NOW,
            new_id=uuid4,
            standard=lambda code, _: standard_from(starter(code)),
        )
        return StandardsActions(
            here=here,
            imports=_no_imports(),
            may_edit=Role.STANDARD_EDITOR in self.roles,
            may_publish=Role.STANDARD_PUBLISHER in self.roles,
            catalogue_page=self.page,
            read_version=self.read_version,
            history=self.history,
            samples_of=lambda code, _: self.samples.get(code, {}),
            lint_knowledge=lambda: LintKnowledge(letters=frozenset({"place_use", "proof"})),
            begin_draft=self.begin,
            new_draft=self.new_draft,
            load_draft=self.load,
            save_draft=self.save,
            drop_draft=self.drop,
            sample_hall=lambda: read_hall(TODAY),
            sample_of_case=self.sample_of_case,
            rehearse_draft=lambda _: Rehearsal(samples=4, changed=self.changed),
            propose=self.propose,
            count_of_batch=lambda batch: len(self.of_batch(batch)),
            delegate=self.delegate,
            rehearse_batch=self.rehearse_batch,
            propose_batch=self.propose_batch,
            drop_batch=self.drop_batch,
            withdraw_proposal=self.settle(ProposalState.WITHDRAWN),
            proposals=lambda state: [one for one in self.proposed if state in {None, one.state}],
            proposed_items=lambda one, _, limit: [
                ProposedItem(item_code=code, name=str(starter(code)["name"]), base_version=1)
                for code in self.items_of[one][:limit]
            ],
            rehearse=lambda _, go_on: Rehearsal(samples=4, changed=()) if go_on(4) else None,
            publish=self.publish,
            send_back=self.settle(ProposalState.SENT_BACK),
            take_back=self.take_back,
            revert=self.revert,
        )

    def all_codes(self) -> Sequence[str]:
        return sorted({*(self.codes or starter_codes()), *self.drafts})

    def row(self, code: str) -> CatalogueRow:
        draft = self.drafts.get(code)
        known = not self.many and code in starter_codes()
        name = str(starter(code)["name"]) if known else draft.name if draft else f"示例事项 {code}"
        return CatalogueRow(
            item_code=code,
            name=name,
            body="县市场监督管理局",
            state=ItemState.IN_FORCE if known or self.many else ItemState.NEW,
            version=1 if known or self.many else 0,
            effective_on=date(2025, 1, 1) if known else None,
            ended_on=None,
            next_version=0,
            next_on=None,
            draft=None
            if draft is None
            else DraftMark(
                changed_at=draft.changed_at,
                changed_by=draft.changed_by,
                changed_by_name=draft.changed_by_name,
                proposed=draft.proposal_id is not None,
                note="",
                batch="",
            ),
        )

    def page(self, query: CatalogueQuery, after: str, limit: int) -> CataloguePage:
        self.asked_pages += 1
        if self.many:
            first = int(after.removeprefix("item_")) + 1 if after else 0
            last = min(first + limit, self.many)
            found = tuple(self.row(f"item_{number:06}") for number in range(first, last))
            more = found[-1].item_code if last < self.many else ""
            return CataloguePage(rows=found, after=more, total=self.many)
        codes = [
            code
            for code in self.all_codes()
            if (not query.drafts or code in self.drafts)
            and (not query.proposed or (code in self.drafts and self.drafts[code].proposal_id))
            and not query.stopped
            and not query.coming
            and (not query.text or query.text in self.row(code).name or query.text in code)
        ]
        left = [code for code in codes if code > after]
        rows = tuple(self.row(code) for code in left[:limit])
        after = rows[-1].item_code if len(left) > limit else ""
        return CataloguePage(rows=rows, after=after, total=len(codes))

    def read_version(self, code: str, version: int) -> ItemStandard:
        if self.many:
            return replace(standard_from(starter(FOOD)), item_code=code)
        return replace(standard_from(starter(code)), version=version)

    def history(self, code: str) -> Sequence[VersionEntry]:
        if code not in starter_codes():
            return ()
        return [
            VersionEntry(
                item_code=code,
                version=version,
                name=str(starter(code)["name"]),
                effective_on=date(2024 + version, 1, 1),
                ended_on=None if version == 2 else date(2025, 12, 31),
                published_at=NOW,
                published_by_name="费发布",
                proposed_by_name="边编写",
                reason="按省目录调整",
                taken_back=False,
            )
            for version in (2, 1)
        ]

    def begin(self, code: str, version: int) -> StandardDraft:
        if code not in self.drafts:
            self.drafts[code] = self._draft(code, starter(code), version)
        return self.drafts[code]

    def new_draft(self, table: Mapping[str, object]) -> StandardDraft:
        code = str(table["item_code"])
        self.windows: frozenset[str] = frozenset()
        self.drafts[code] = self._draft(code, table, 0)
        return self.drafts[code]

    def _draft(self, code: str, table: Mapping[str, object], version: int) -> StandardDraft:
        return StandardDraft(
            item_code=code,
            table=table,
            base_version=version,
            changed_at=NOW,
            changed_by=self.person,
            changed_by_name="边编写",
        )

    def save(self, draft: StandardDraft) -> StandardDraft:
        if self.trouble is not None:
            raise self.trouble
        if draft.revision != self.drafts[draft.item_code].revision:
            raise DraftChanged("别人刚改过这份草稿，这次没有存。看过再改")
        kept = replace(draft, revision=draft.revision + 1)
        self.drafts[draft.item_code] = kept
        self.saves.append(kept)
        return kept

    def load(self, code: str) -> StandardDraft:
        if code not in self.drafts:
            raise BadInput("这个事项没有草稿，可能已经发布或放弃。按 F5 看最新")
        return self.drafts[code]

    def sample_of_case(self, _code: str, number: str) -> Mapping[str, object]:
        if number not in self.cases:
            raise BadInput("没有这个编号的办件，没有加样例。请核对办件编号")
        return self.cases[number]

    def drop(self, draft: StandardDraft) -> None:
        del self.drafts[draft.item_code]

    def propose(
        self, codes: Sequence[str], on: date, reason: str, expected: Sequence[ExpectedChange]
    ) -> Proposal:
        one = Proposal(
            proposal_id=uuid4(),
            state=ProposalState.PROPOSED,
            effective_on=on,
            reason=reason,
            item_count=len(codes),
            proposed_at=NOW,
            proposed_by=self.person,
            proposed_by_name="边编写",
            expected=tuple(expected),
        )
        self.proposed.append(one)
        self.items_of[one.proposal_id] = tuple(codes)
        for code in codes:
            self.drafts[code] = replace(self.drafts[code], proposal_id=one.proposal_id)
        return one

    def of_batch(self, batch: str) -> Sequence[str]:
        return [
            code
            for code, draft in self.drafts.items()
            if draft.batch == batch and draft.proposal_id is None
        ]

    def delegate(
        self, query: CatalogueQuery, order: DelegationOrder, batch: str, go_on: GoOn
    ) -> Delegated | None:
        rows = self.page(query, "", 200).rows
        strange = frozenset(order.counters) - (self.windows or set(order.counters)) - order.sure
        if strange:
            raise UnknownWindows(f"没有见过窗口 {'、'.join(strange)}", strange)
        if not go_on(len(rows)):
            return None
        for row in rows:
            draft = self.begin(row.item_code, 1)
            table = with_order(draft.table, order)
            self.drafts[row.item_code] = replace(draft, table=table, batch=batch)
        return Delegated(drafts=len(rows), busy=1)

    def rehearse_batch(self, batch: str, go_on: GoOn) -> Rehearsal | None:
        goes_on = go_on(len(self.of_batch(batch)))
        return Rehearsal(samples=4, changed=self.changed) if goes_on else None

    def propose_batch(
        self,
        batch: str,
        on: date,
        reason: str,
        go_on: GoOn,
        expected: Sequence[ExpectedChange] = (),
    ) -> Proposal | None:
        codes = self.of_batch(batch)
        return self.propose(codes, on, reason, expected) if go_on(len(codes)) else None

    def take_back(self, proposal_id: UUID, reason: str, go_on: GoOn) -> int | None:
        if not go_on(len(self.items_of[proposal_id])):
            return None
        again = [code for code in self.items_of[proposal_id] if code not in self.drafts]
        for code in again:
            self.begin(code, 1)
        self.settle(ProposalState.TAKEN_BACK)(proposal_id, reason, go_on)
        return len(again)

    def revert(self, proposal_id: UUID, batch: str, _cancelled: str, go_on: GoOn) -> int | None:
        codes = self.items_of[proposal_id]
        if not go_on(len(codes)):
            return None
        for code in codes:
            self.drafts[code] = replace(self.begin(code, 1), batch=batch)
        return len(codes)

    def drop_batch(self, batch: str, go_on: GoOn) -> int | None:
        codes = self.of_batch(batch)
        for code in codes:
            del self.drafts[code]
        return len(codes) if go_on(len(codes)) else None

    def settle(self, state: ProposalState):
        def _settle(proposal_id: UUID, reason: str, go_on: GoOn) -> Proposal | None:
            if not go_on(1):
                return None
            at = [one.proposal_id for one in self.proposed].index(proposal_id)
            self.proposed[at] = replace(self.proposed[at], state=state, settled_reason=reason)
            for code in self.items_of[proposal_id]:
                self.drafts[code] = replace(self.drafts[code], proposal_id=None)
            return self.proposed[at]

        return _settle

    def publish(self, proposal_id: UUID, go_on: GoOn) -> Proposal | None:
        at = [one.proposal_id for one in self.proposed].index(proposal_id)
        if self.proposed[at].proposed_by == self.person:
            raise NotAllowed("自己提交的由另一个人发布")
        self.proposed[at] = replace(self.proposed[at], state=ProposalState.PUBLISHED)
        for code in self.items_of[proposal_id]:
            del self.drafts[code]
        return self.proposed[at] if go_on(1) else None


def _no_imports() -> ImportActions:
    def _never(*_: object) -> NoReturn:
        raise AssertionError("nothing is imported here")

    return ImportActions(
        vocabulary=_never,
        sheets=lambda _: (),
        head=_never,
        remember=_never,
        check=_never,
        write_faults=_never,
        keep=_never,
        export=_never,
    )
