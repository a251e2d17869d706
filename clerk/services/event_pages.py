"""Reading what another system tells, page by page: each event once, and never for ever."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from sqlalchemy import Connection

from clerk.domain.certificate_report import ReportAnswer
from clerk.domain.errors import RemoteGarbled
from clerk.domain.hand_off import Peer, RemoteEvent
from clerk.domain.parcel import ParcelEvent
from clerk.services.desk import Desk
from clerk.storage import inbox

EVENTS_AT_ONCE: Final = 50
PAGES_AT_ONCE: Final = 20
"""So many pages are read in one turn; what is behind them is read in the next."""

E = TypeVar("E", RemoteEvent, ParcelEvent, ReportAnswer)
_NAMES = {Peer.COURIER: "快递", Peer.PLATFORM: "一窗式平台"}


def take_over_pages(
    desk: Desk,
    peer: Peer,
    ask: Callable[[str, int], tuple[Sequence[E], str]],
    apply: Callable[[Connection, E], None],
) -> int:
    """Take over what is new behind the cursor; how many events that was.

    Args:
        desk: what the window has at hand.
        peer: whose inbox and cursor.
        ask: asks it from a cursor on for at most so many events; returns them and the next cursor.
        apply: lets a new event have its effect, in the transaction that keeps it.

    Raises:
        RemoteTrouble: it did not answer; what was taken over so far stays.
        RemoteGarbled: it answered a whole page and did not move on: asked again it would say the
            same for ever. What was new in the page is kept.
    """
    new = 0
    for _ in range(PAGES_AT_ONCE):
        with desk.store.read() as tx:
            cursor = inbox.cursor(tx, peer)
        events, onward = ask(cursor, EVENTS_AT_ONCE)
        with desk.store.begin() as tx:
            for event in events:
                if inbox.take(tx, peer, event, desk.now()):
                    new += 1
                    apply(tx, event)
            if onward != cursor:
                inbox.move_cursor(tx, peer, onward, desk.now())
        if len(events) < EVENTS_AT_ONCE:
            break
        if onward == cursor:
            raise RemoteGarbled(
                f"{_NAMES.get(peer, '部门系统')}反复给出同一页消息，新的读不到，"
                "已收到的都留着，请系统管理员联系对方",
                kind="same_page",
                sent="answered",
            )
    return new
