"""Delegations of many items at once (整批授权受理): drafts that are proposed and published as usual."""

from collections.abc import Iterable, Iterator

from clerk.domain.delegating import (
    Delegated,
    DelegationOrder,
    UnknownWindows,
    counters_of,
    nearest,
    with_order,
    written_otherwise,
)
from clerk.domain.errors import BadInput
from clerk.domain.identity import Act, Session
from clerk.domain.standard_draft import CatalogueQuery, ItemState, NewDraft
from clerk.domain.standard_writing import table_of
from clerk.services.catalogue import catalogue_page
from clerk.services.desk import Desk
from clerk.services.standard_drafts import take_drafts
from clerk.services.standard_editions import AT_ONCE, GoOn
from clerk.storage import numbers, standards


def delegate(
    desk: Desk,
    session: Session,
    query: CatalogueQuery,
    order: DelegationOrder,
    batch: str,
    go_on: GoOn,
) -> Delegated | None:
    """Begin a draft of every item in force that a query has, with the order in it; all or none.

    What says so already gets no draft, and what has a draft or a version to come is left alone.

    Args:
        desk: what the window has at hand.
        session: who acts.
        query: which items.
        order: which windows may accept them, and how long.
        batch: by what name the drafts are found together.
        go_on: told how many are done.

    Returns:
        What there is; None, and nothing kept, where ``go_on`` stopped it.

    Raises:
        NotAllowed: the role does not edit standards.
        UnknownWindows: nothing here knows a window, and nobody is sure of it.
        BadInput: no window or one that cannot be, no document, days that make no sense, or
            nothing to change.
    """
    session.require(Act.EDIT_STANDARDS)
    _require_sense(desk, order)
    _require_known(desk, order)
    chosen = _Chosen(desk, session, query, order)
    made = take_drafts(desk, session, chosen.drafts(), batch, order.document, go_on)
    if made is None:
        return None
    if made == 0:
        raise BadInput(_why_none(chosen.busy))
    return Delegated(drafts=made, busy=chosen.busy)


def _require_sense(desk: Desk, order: DelegationOrder) -> None:
    if not order.counters:
        raise BadInput("还没写窗口号，没有起草。请写上，如 03、07")
    _require_spelling(order, (desk.counter.code, *order.counters))
    if not order.document.strip():
        raise BadInput("还没写授权文件，没有起草。请写上文号或名称")
    if order.ends:
        return
    if order.until_on < order.from_on:
        raise BadInput("授权的最后一天早于第一天，没有起草。请核对日期")
    if order.until_on < desk.today():
        raise BadInput("授权的最后一天已经过去，没有起草。请核对日期")


def _require_spelling(order: DelegationOrder, known: Iterable[str]) -> None:
    known = tuple(known)
    for counter in order.counters:
        if code := written_otherwise(counter, known):
            raise BadInput(f"没有窗口 {counter}，没有起草。窗口号照 {code} 的样子写")


def _require_known(desk: Desk, order: DelegationOrder) -> None:
    """Refuse windows that never took a number in this hall, unless somebody is sure of them."""
    with desk.store.read() as tx:
        known = {desk.counter.code, *numbers.windows(tx)}
    strange = [one for one in order.counters if one not in known and one not in order.sure]
    if strange and not order.ends:
        raise UnknownWindows(
            f"本大厅没有见过窗口 {'、'.join(strange)}，最像的是 {nearest(strange[0], known)}，没有起草。"
            "核对窗口号，没写错的再按一次 F9",
            frozenset(strange),
        )


def _why_none(busy: int) -> str:
    if not busy:
        return "这些事项已经是这样，没有起草。请换一些事项"
    left = f"{busy:,} 项有草稿或待生效的新版，别的已经是这样"
    return f"{left}，没有起草。请先处理草稿，或等新版生效"


class _Chosen:
    """The items of a query as they are read, page by page."""

    def __init__(
        self, desk: Desk, session: Session, query: CatalogueQuery, order: DelegationOrder
    ) -> None:
        self._desk, self._session, self._query, self._order = desk, session, query, order
        self.busy = 0

    def drafts(self) -> Iterator[NewDraft]:
        after = ""
        while True:
            page = catalogue_page(self._desk, self._session, self._query, after, AT_ONCE)
            with self._desk.store.read() as tx:
                for row in page.rows:
                    in_force = row.state is ItemState.IN_FORCE
                    content = standards.find(tx, row.item_code, row.version) if in_force else None
                    if content is None:
                        continue
                    before = table_of(content)
                    _require_spelling(self._order, counters_of(before))
                    after_it = with_order(before, self._order)
                    if after_it == before:
                        continue
                    if row.draft is not None or row.next_version:
                        self.busy += 1
                    else:
                        yield NewDraft(table=after_it)
            after = page.after
            if not after:
                return
