"""A window of the hall as a process of its own: draws paper numbers, some acts fail.

Called with the store's place, the window's number, how many acts, and which of them fail (each
n-th). Says how many numbers it kept, act by act, so that it can be killed in the middle.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from clerk.domain.paper_numbers import GivenNumber, Series
from clerk.domain.papers import PaperKind
from clerk.storage import numbers, paper_numbers
from clerk.storage.engine import Store
from clerk.storage.guards import Room
from tests.storage.invented import KEY, NOW, Clock

KINDS = (PaperKind.ACCEPTANCE, PaperKind.DECISION)


class ActFailed(Exception):
    """What an act raises after it took its number."""


def draw(store: Store, window: int, acts: int, fails_each: int) -> Iterator[int]:
    """Do so many acts, each taking a number of both kinds; yield how many numbers stay so far."""
    stayed = 0
    for act in range(acts):
        try:
            with store.begin() as tx:
                for kind in KINDS:
                    count = numbers.next_paper_number(tx, "990123", kind.value, 2026)
                    paper_numbers.keep(tx, given(kind, count, window, act))
                if act % fails_each == window % fails_each:
                    raise ActFailed
        except ActFailed:
            continue
        stayed += len(KINDS)
        yield stayed


def given(kind: PaperKind, count: int, window: int = 1, act: int = 1) -> GivenNumber:
    """A number of a series as an act takes it."""
    return GivenNumber(
        series=Series(body_code="990123", kind=kind, year=2026),
        count=count,
        number=f"示审{kind.value}〔2026〕{count} 号",
        case_id=UUID(int=window * 1000 + act),
        given_at=NOW,
        given_by=f"clerk-{window}",
        counter_code=f"{window:02}",
    )


def main(place: str, window: str, acts: str, fails_each: str) -> None:
    """Open the hall's store and draw."""
    where = place if place.startswith("postgresql") else Path(place)
    store = Store.open(where, key=KEY, now=Clock(), station=window, room=Room(ballast_bytes=0))
    try:
        for stayed in draw(store, int(window), int(acts), int(fails_each)):
            sys.stdout.write(f"{stayed}\n")
            sys.stdout.flush()
    finally:
        store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
