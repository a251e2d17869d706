"""Goals 5 and 7: items found at a key press, in a hall's and in a province's catalogue.

Beside the same box and list whose answers are known beforehand, a full scan by rapidfuzz, and
SQLite's ``LIKE``. Finding and painting are measured in the time that their thread works, since others share
the machine.
"""

import random
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from time import thread_time
from typing import TypeVar

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from rapidfuzz import fuzz, process

from benchmarks.counter import START_AT
from benchmarks.figures import Figure, Goal
from benchmarks.many_items import Typo, many_lines, ten_kinds, typos
from clerk.app.opening import read_sounds
from clerk.domain.catalogue_line import CatalogueLine
from clerk.domain.days import local_date
from clerk.domain.item_search import ItemHit, ItemSearch
from clerk.domain.item_shard import plain
from clerk.domain.sounds import Sounds
from clerk.ui import theme
from clerk.ui.intake_bars import IntakeBars, hits_of
from clerk.ui.widgets.search_box import Hit, SearchBox

T = TypeVar("T")

HALL, PROVINCE = 2_000, 100_000
ROUNDS, EACH, KEYS = 21, 200, 120
TEN = 10
FRAME_MS = 1_000 / 60
PASSES = 3
ON = local_date(START_AT)

KEY_PRESS = {
    HALL: Goal(number=5, floor=1.3, reach=1.2),
    PROVINCE: Goal(number=5, floor=2, reach=1.6),
}
KEY_PRESS_P95 = {HALL: Goal(number=5, floor=3, reach=2), PROVINCE: Goal(number=5, floor=4, reach=3)}
"""A province's catalogue is held to what the goal asks of a long list."""
RECALL = Goal(number=7, floor=0.95, reach=0.97, better="high")
TYPO_TIME = Goal(number=7, floor=0.1, reach=0.05)
FRAME = Goal(number=None, floor=1, reach=0.5)
BESIDE_LIKE = Goal(number=None, floor=0.3, reach=0.1)
BUILD = Goal(number=None, floor=1, reach=0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Catalogue:
    """Invented lines, as they are found and as the others scan them."""

    lines: Sequence[CatalogueLine]
    names: Sequence[str]
    search: ItemSearch
    frequent: Sequence[str]

    def find(self, typed: str) -> Sequence[ItemHit]:
        """Find as a window does, with its frequent items."""
        return self.search.find(typed, on=ON, frequent=self.frequent)


def measure(_large: bool) -> Sequence[Figure]:
    """Measure a hall's catalogue, then a province's, which no hall has in memory, too."""
    app = QApplication.instance() or theme.program("benchmarks")
    if isinstance(app, QApplication):
        theme.apply(app)
    sounds = read_sounds()
    hall = _key_presses(_catalogue(HALL, sounds), _catalogue(HALL, sounds), sounds)
    province = _catalogue(PROVINCE, sounds)
    return [
        *hall,
        *_key_presses(province, _catalogue(PROVINCE, sounds), sounds),
        *_ten_kinds(province, sounds),
        *_typos(province, sounds),
        _build(province, sounds),
    ]


def _catalogue(wanted: int, sounds: Sounds) -> _Catalogue:
    lines = many_lines(wanted)
    return _Catalogue(
        lines=lines,
        names=[plain(line.name) for line in lines],
        search=ItemSearch(lines, sounds),
        frequent=tuple(line.item_code for line in lines[:24]),
    )


class _Stage(QWidget):
    """The real box with its list, and beside it the yardstick: a line edit with the same list.

    A key typed into the yardstick replaces the rows of its list by those that the real box shows
    for the same text: as many rows, painted alike, but known beforehand. What the real one spends
    besides is the finding.
    """

    def __init__(
        self, find: Callable[[str], Sequence[ItemHit]], known: Mapping[str, Sequence[Hit]]
    ) -> None:
        super().__init__()
        self._bars = IntakeBars(find)
        self.real = self._bars.search
        self.bare = SearchBox("", search=known.__getitem__)
        column = QVBoxLayout(self)
        for box in (self.real, self.bare):
            column.addWidget(box)
        column.addStretch(1)
        self.resize(1280, 900)
        self.show()
        QApplication.processEvents()

    def type(self, box: SearchBox, letters: str) -> Sequence[float]:
        """Type into an empty box; return the milliseconds from each key to the painted hits."""
        box.clear()
        box.editor.setFocus()
        QApplication.processEvents()
        return [_press(box.editor, key) for key in letters]


def _press(edit: QLineEdit, key: str) -> float:
    def work() -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            none = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(edit, QKeyEvent(kind, ord(key.upper()), none, key))
        QApplication.processEvents()

    return _spent(work)


def _key_presses(catalogue: _Catalogue, beforehand: _Catalogue, sounds: Sounds) -> Sequence[Figure]:
    """Type the begins of names in letters into both boxes, name by name, and all of them again.

    The quickest of each key's ``PASSES`` counts, for others share the machine; the frame is held
    against all of them. Every other name is typed into the yardstick first.
    """
    drawn = random.Random(5).sample(list(catalogue.lines), KEYS // 6)  # noqa: S311
    typed = [_letters(line.name, sounds) for line in drawn]
    begins = {letters[:end] for letters in typed for end in range(1, len(letters) + 1)}
    stage = _Stage(catalogue.find, {begin: hits_of(beforehand.find(begin)) for begin in begins})
    passes: list[tuple[list[float], list[float]]] = []
    for _ in range(PASSES):
        ours, bare = list[float](), list[float]()
        for number, letters in enumerate(typed):
            pair = [(stage.real, ours), (stage.bare, bare)]
            for box, spent in pair[::-1] if number % 2 else pair:
                spent.extend(stage.type(box, letters))
        passes.append((ours, bare))
    stage.close()
    stage.deleteLater()
    every = [spent for one in passes for spent in one[0]]
    ours, bare = (
        [min(key) for key in zip(*side, strict=True)] for side in zip(*passes, strict=True)
    )
    length = len(catalogue.lines)
    name = f"key press to paint, {length:,} items, beside a line edit"
    return [
        KEY_PRESS[length].figure(f"{name}, p50", ours, bare, "ms"),
        KEY_PRESS_P95[length].figure_of_ratios(
            f"{name}, p95", _p95(ours), _p95(bare), [_p95(ours) / _p95(bare)], "ms"
        ),
        FRAME.figure_of_ratios(
            f"key press to paint, {length:,} items, p95, in a frame",
            _p95(every),
            FRAME_MS,
            [one / FRAME_MS for one in sorted(every)[-len(every) // 20 :]],
            "ms",
        ),
    ]


def _letters(name: str, sounds: Sounds) -> str:
    """Return the initials of the first six characters."""
    initials = [sounds.of(character)[:1] for character in plain(name)[:6]]
    return "".join(one[0][:1] for one in initials if one)


def _ten_kinds(catalogue: _Catalogue, sounds: Sounds) -> Sequence[Figure]:
    """Find ten kinds of what is typed; compare the 95th percentiles with ``LIKE`` in memory."""
    with closing(sqlite3.connect(":memory:")) as plain_store:
        plain_store.execute("CREATE TABLE item (name TEXT, initials TEXT, code TEXT)")
        plain_store.executemany("INSERT INTO item VALUES (?, ?, ?)", _rows(catalogue, sounds))
        typed = ten_kinds(catalogue.lines, sounds, ROUNDS)
        passes = [
            (
                [_spent(partial(catalogue.find, one)) for one in typed],
                [_spent(partial(_like, plain_store, one)) for one in typed],
            )
            for _ in range(PASSES)
        ]
    ours, like = ([_p95(both[side]) for both in passes] for side in (0, 1))
    ratios = [one / other for one, other in zip(ours, like, strict=True)]
    name = f"find, p95, ten kinds, {PROVINCE:,} items, beside LIKE"
    return [BESIDE_LIKE.figure_of_ratios(name, min(ours), min(like), ratios, "ms")]


def _rows(catalogue: _Catalogue, sounds: Sounds) -> Sequence[tuple[str, str, str]]:
    return [
        (name, "".join(one[:1] for char in name for one in sounds.of(char)[:1]), line.codes[0])
        for name, line in zip(catalogue.names, catalogue.lines, strict=True)
    ]


def _like(store: sqlite3.Connection, typed: str) -> object:
    """Look in the column that this kind of text stands in; syllables are no column of its."""
    words = typed.split()
    column = "code" if typed[:1].isdigit() else "initials" if typed.isascii() else "name"
    wanted = " AND ".join([f"{column} LIKE ?"] * len(words))
    order = "ORDER BY length(name) LIMIT 9"
    found = f"SELECT name FROM item WHERE {wanted} {order}"  # noqa: S608  our own words
    return store.execute(found, [f"%{word}%" for word in words]).fetchall()


def _typos(catalogue: _Catalogue, sounds: Sounds) -> Sequence[Figure]:
    """Find what was meant among the first ten; the scan looks at every name."""
    figures: list[Figure] = []
    for slip, typed in typos(catalogue.lines, sounds, EACH).items():
        found = scanned = 0
        ours: list[float] = []
        scan: list[float] = []
        for one in typed:
            hits, spent = _timed(partial(_found, catalogue, one.typed))
            ours.append(spent)
            found += _is_among(one, hits)
            names, spent = _timed(partial(_scan, catalogue.names, one.typed))
            scan.append(spent)
            scanned += _is_among(one, names)
        said = f"{slip.value}, {PROVINCE:,} items, beside rapidfuzz"
        recall = (found / EACH, scanned / EACH)
        figures += [
            RECALL.figure_of_ratios(
                f"typo found, {said}", *recall, [recall[0] / recall[1]], "of 1"
            ),
            TYPO_TIME.figure(f"typo, {said}", ours, scan, "ms"),
        ]
    return figures


def _found(catalogue: _Catalogue, typed: str) -> Sequence[str]:
    return [hit.name for hit in catalogue.find(typed)]


def _scan(names: Sequence[str], typed: str) -> Sequence[str]:
    scorer = fuzz.partial_ratio
    found = process.extract(typed, names, scorer=scorer, limit=TEN, score_cutoff=60)
    return [name for name, _score, _place in found]


def _is_among(typo: Typo, names: Sequence[str]) -> bool:
    return any(typo.meant in plain(name) for name in names[:TEN])


def _build(catalogue: _Catalogue, sounds: Sounds) -> Figure:
    """Lay the lines out, beside SQLite's own trigram index over the same names and codes.

    Both get them as the store yields them: by code.
    """
    lines = sorted(catalogue.lines, key=attrgetter("item_code"))
    stored = replace(catalogue, lines=lines, names=[plain(line.name) for line in lines])
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(PASSES):
        ours.append(_spent(partial(ItemSearch, stored.lines, sounds)) / 1e3)
        theirs.append(_spent(partial(_trigrams, stored, sounds)) / 1e3)
    name = f"search laid out, {PROVINCE:,} items, beside FTS5 trigrams"
    return BUILD.figure(name, ours, theirs, "s")


def _trigrams(catalogue: _Catalogue, sounds: Sounds) -> None:
    with closing(sqlite3.connect(":memory:")) as store:
        store.execute(
            "CREATE VIRTUAL TABLE item USING fts5(name, initials, code, tokenize=trigram)"
        )
        store.executemany("INSERT INTO item VALUES (?, ?, ?)", _rows(catalogue, sounds))
        store.commit()


def _spent(work: Callable[[], object]) -> float:
    return _timed(work)[1]


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what the work returned, and the milliseconds that this thread worked."""
    begun = thread_time()
    found = work()
    return found, (thread_time() - begun) * 1e3


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]
