"""A counter in a process of its own: accepts cases and says so, until it is killed.

Usage: python -m tests.storage.accepting_child STORE FIRST [LIMIT_BYTES]

Prints the id of every case once it is kept. With LIMIT_BYTES the system lets no file grow further
than that, and the sentence for the clerk is printed instead of an id.
"""

import resource
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

from clerk.domain.errors import StoreTrouble
from clerk.domain.hand_off import MessageKind
from clerk.storage import cases, journal, numbers, outbox
from clerk.storage.codec import canonical_json
from clerk.storage.engine import Store
from clerk.storage.guards import Room
from tests.storage.invented import KEY, NOW, STATION, a_block, a_full_case, an_id

NUMBERS = 2000


def accept(store: Store, serial: int) -> None:
    with store.begin() as tx:
        number = numbers.take(tx, STATION, an_id(serial), NOW)
        assert number is not None
        case = cases.add(tx, replace(a_full_case(serial), number=number))
        journal.append(
            tx,
            at=NOW,
            station=STATION,
            account_id="lisi",
            act="case.accepted",
            case_id=case.case_id,
            detail={"number": number.text},
        )
        outbox.put(
            tx,
            message_id=an_id(serial),
            case_id=case.case_id,
            kind=MessageKind.SUBMIT_CASE,
            schema_version=1,
            body=canonical_json({"case": str(case.case_id)}),
            at=NOW,
        )


def main(where: str, first: int, limit_bytes: int) -> None:
    place = where if where.startswith("postgresql") else Path(where)
    room = Room(ballast_bytes=0)
    store = Store.open(place, key=KEY, now=lambda: NOW, station=STATION, room=room)
    with store.begin() as tx:
        numbers.lease(tx, a_block(f"B{first}", first, NUMBERS), STATION, NOW)
    print("ready", flush=True)  # noqa: T201
    if limit_bytes:
        largest = max(file.stat().st_size for file in Path(where).parent.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest + limit_bytes, resource.RLIM_INFINITY))
    for serial in count(first):
        try:
            accept(store, serial)
        except StoreTrouble as trouble:
            print(trouble, flush=True)  # noqa: T201
            break
        print(an_id(serial), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
