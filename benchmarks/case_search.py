"""Goal 6: a search among very many cases beside SQLite's own ``LIKE``, ten kinds of what is typed.

Both in the time that the thread works, since others share the machine.
"""

import random
from collections.abc import Callable, Sequence
from functools import partial
from time import thread_time

from sqlalchemy import select

from benchmarks.counter import START_AT, Counter
from benchmarks.figures import Figure, Goal
from benchmarks.large_store import FAMILY_NAMES, GIVEN_NAMES
from clerk.domain.case_list import CaseQuery, CaseView
from clerk.domain.days import local_date
from clerk.storage import case_list, search_text
from clerk.storage.engine import Store
from clerk.storage.tables import cases

ROUNDS = 6
SCREENFUL = 20

SEARCH = Goal(number=6, floor=0.03, reach=0.005)


def among(store: Store, counter: Counter, length: int) -> Figure:
    """Search for what nobody has searched for before; compare the 95th percentiles.

    ``LIKE`` gives its first twenty in the order of the newest, ours the first page as due.
    """
    ours: list[float] = []
    plain: list[float] = []
    for typed in _typed(counter):
        ours.append(_spent(partial(_page, store, typed)))
        plain.append(_spent(partial(_like, store, typed)))
    name = f"search p95, ten kinds, {length:,} cases, beside LIKE"
    ratios = [_p95(ours) / _p95(plain)]
    return SEARCH.figure_of_ratios(name, _p95(ours), _p95(plain), ratios, "ms")


def _spent(work: Callable[[], object]) -> float:
    begun = thread_time()
    work()
    return (thread_time() - begun) * 1e3


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _page(store: Store, typed: str) -> object:
    query = CaseQuery(view=CaseView.ALL, on=local_date(START_AT), text=typed)
    with store.read() as tx:
        return case_list.page(tx, query, None, SCREENFUL)


def _like(store: Store, typed: str) -> object:
    words = search_text.words(typed)
    found = select(cases.c.case_id, cases.c.applicant_name, cases.c.item_name).where(
        *(cases.c.search_text.contains(word, autoescape=True) for word in words)
    )
    with store.read() as tx:
        return tx.execute(found.order_by(cases.c.row_number.desc()).limit(SCREENFUL)).all()


def _typed(counter: Counter) -> Sequence[str]:
    """Return infixes of one to four characters, a prefix, two words, initials, and a miss."""
    drawn = random.Random(6)  # noqa: S311
    found: list[str] = []
    for _ in range(ROUNDS):
        item = drawn.choice(counter.catalogue).name
        name = drawn.choice(FAMILY_NAMES) + "".join(drawn.choices(GIVEN_NAMES, k=2))
        initials = counter.initials.of(name)
        at = drawn.randrange(max(1, len(item) - 4))
        found += [item[at : at + length] for length in (1, 2, 3, 4)]
        found += [
            item[:3],
            f"{name[:2]} {item[:2]}",
            initials[:2],
            initials,
            name,
            name[1:] + name[0],
        ]
    return found
