"""Goal 5: a key typed into the search of 办件 among very many cases, until what it finds is painted.

Beside a key typed into a bare line edit over a bare table of as many rows, with the same texts, of
C++ only, that is painted again. Both in the time that the
program's threads work, since others share the machine, and the quickest of some passes counts; by
the clock, waits for the disk and for the other thread included, each key is held against a frame.
What follows when the typing rests (how many there are, the case in the drawer) is awaited before
the next search and not measured.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from time import perf_counter, process_time

from PyQt6.QtCore import QEvent, QSize, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication, QLineEdit, QTableView, QVBoxLayout, QWidget
from sqlalchemy import func, select

from benchmarks.counter import Counter
from benchmarks.figures import Figure, Goal
from benchmarks.turning import Painted, turn_until
from clerk.domain.case_list import CaseQuery
from clerk.jobs import Jobs
from clerk.storage import cases as cases_of_store
from clerk.storage.engine import Store
from clerk.storage.tables import case_bodies, cases
from clerk.ui.actions import CaseActions
from clerk.ui.cases import CasesPage
from clerk.ui.cases_list import CaseList

WORDS, PASSES = 9, 3
WIDTH, HEIGHT = 1440, 868

KEY_PRESS = Goal(number=5, floor=2, reach=1.6)
KEY_PRESS_P95 = Goal(number=5, floor=4, reach=3)
FRAME_MS = 1_000 / 60
FRAME = Goal(number=None, floor=1, reach=0.5)


@dataclass(frozen=True, slots=True)
class _Spent:
    """Milliseconds for one key: of work in all threads, and by the clock."""

    work: float
    clock: float


class _Stage(QWidget):
    """The page as a clerk has it."""

    def __init__(self, actions: CaseActions, jobs: Jobs) -> None:
        super().__init__()
        self.page = CasesPage(actions, jobs, lambda _: None, lambda _: None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page, 1)
        self._bar = self.page.top_bar()
        self._papers = next(act for act in self.page.acts() if act.key == "Ctrl+P")
        self._jobs = jobs
        self.resize(WIDTH, HEIGHT)
        self.show()
        self._painted = Painted(_viewport(self.page.list.table))
        self._painted_before = 0
        self.page.list.model.loaded.connect(self._on_loaded)
        self.page.entered()
        self.rest()

    def _on_loaded(self) -> None:
        self._painted_before = self._painted.times

    def rest(self) -> None:
        """Wait for all that follows a search: counts, the case in the drawer, their paints."""
        turn_until(self._rests)
        for _ in range(2):  # a paint may be followed by what it has put off
            QApplication.processEvents()

    def _rests(self) -> bool:
        waits = self.page.list.is_typing() or any(self._jobs.pending().values())
        return self.page.list.is_measured() and not waits and self._papers.enabled()

    def press_real(self, key: str) -> _Spent:
        """Type a key into the search, until its answer is painted."""
        shown = self.page.list

        def painted() -> bool:
            answers = shown.is_loaded() and shown.query().text == shown.search.editor.text()
            return answers and self._painted.times > self._painted_before

        def work() -> None:
            _press(shown.search.editor, key)
            turn_until(painted)

        return _spent(work)

    def type_real(self, text: str) -> Sequence[_Spent]:
        """Type a text over the one before."""
        self.rest()
        self.page.list.search.editor.setFocus()
        self.page.list.search.editor.selectAll()
        QApplication.processEvents()
        return [self.press_real(key) for key in text]


class _Bare(QWidget):
    """The yardstick: a line edit over a table whose rows never change."""

    def __init__(self, table: QTableView, size: QSize) -> None:
        super().__init__()
        self._edit, self._table = QLineEdit(), table
        column = QVBoxLayout(self)
        column.addWidget(self._edit)
        column.addWidget(table)
        table.setFixedSize(size)
        self.show()
        self._painted = Painted(_viewport(table))

    def type(self, text: str) -> Sequence[_Spent]:
        """Type a text; after each key the table is painted again."""
        self._edit.clear()
        self._edit.setFocus()
        QApplication.processEvents()
        return [self._press(key) for key in text]

    def _press(self, key: str) -> _Spent:
        def work() -> None:
            before = self._painted.times
            _press(self._edit, key)
            _viewport(self._table).update()
            turn_until(lambda: self._painted.times > before)

        return _spent(work)


def _viewport(table: QTableView) -> QWidget:
    found = table.viewport()
    if found is None:
        raise AssertionError("a view has a viewport")
    return found


def _press(edit: QLineEdit, key: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(edit, QKeyEvent(kind, ord(key.upper()), none, key))


def pressed(
    actions: CaseActions,
    jobs: Jobs,
    counter: Counter,
    store: Store,
    bare_like: Callable[[CaseList], QTableView],
) -> Sequence[Figure]:
    """Type names and items key by key, in Chinese and in initials, and all of them again.

    Only one case of the store is whole: the drawer shows it as that of every line. The views above
    the list, which are counted apart when the typing rests, are said to have every case.
    """
    with store.read() as tx:
        of_whole = select(cases.c.case_id).join(case_bodies)
        length = tx.execute(select(func.count()).select_from(cases)).scalar_one()
        whole = cases_of_store.load(tx, tx.execute(of_whole).scalars().one())
        some = select(cases.c.applicant_name).order_by(cases.c.row_number.desc()).limit(length // 2)
        typed = _typed(counter, tx.execute(some).scalars().all())

    def count(query: CaseQuery) -> int:
        return actions.count(query) if query.text else length

    stage = _Stage(replace(actions, load_case=lambda _: whole, count=count), jobs)
    shown = stage.page.list
    yardstick = _Bare(bare_like(shown), shown.table.size())
    passes: list[tuple[list[_Spent], list[_Spent]]] = []
    for _ in range(PASSES):
        ours, bare = list[_Spent](), list[_Spent]()
        for text in typed:
            ours.extend(stage.type_real(text))
            stage.rest()
            bare.extend(yardstick.type(text))
        passes.append((ours, bare))
    stage.rest()
    for made in (stage, yardstick):
        made.close()
        made.deleteLater()
    ours_at_best, bare_at_best = (
        [min(spent.work for spent in key) for key in zip(*side, strict=True)]
        for side in zip(*passes, strict=True)
    )
    clock = sorted(spent.clock for one in passes for spent in one[0])
    name = f"key press to paint, {length:,} cases"
    return [
        KEY_PRESS.figure(f"{name}, beside a line edit, p50", ours_at_best, bare_at_best, "ms"),
        KEY_PRESS_P95.figure_of_ratios(
            f"{name}, beside a line edit, p95",
            _p95(ours_at_best),
            _p95(bare_at_best),
            [_p95(ours_at_best) / _p95(bare_at_best)],
            "ms",
        ),
        FRAME.figure_of_ratios(
            f"{name}, by the clock, p50, in a frame",
            median(clock),
            FRAME_MS,
            [one / FRAME_MS for one in clock],
            "ms",
        ),
    ]


def _spent(work: Callable[[], None]) -> _Spent:
    worked, begun = process_time(), perf_counter()
    work()
    return _Spent((process_time() - worked) * 1e3, (perf_counter() - begun) * 1e3)


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _typed(counter: Counter, names: Sequence[str]) -> Sequence[str]:
    """Return names of people, as they are and in initials, and begins of items: all are found."""
    drawn = random.Random(5)  # noqa: S311
    found: list[str] = []
    for name in drawn.sample(names, WORDS // 3):
        found += [
            drawn.choice(counter.catalogue).name[:5],
            name,
            counter.initials.of(name).split()[0],
        ]
    return found
