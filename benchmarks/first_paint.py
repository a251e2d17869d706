"""A process that paints its first page and says when: ``python -m benchmarks.first_paint WHICH``.

``ours`` goes the program's own way to the sign-in page; ``bare`` paints a form and a table of
Chinese words with nothing but PyQt6. Prints the instant on the machine's monotonic clock, then
the names of the heavy modules that were loaded by then.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HEAVY = (
    "sqlalchemy",
    "psycopg",
    "zeep",
    "requests",
    "lxml",
    "docx",
    "weasyprint",
    "jinja2",
    "keyring",
    "pypinyin",
)
WIDTH, HEIGHT = 1440, 900
HIGH_PRIORITY = 1
"""``Qt.EventPriority.HighEventPriority``, whose number PyQt's stub does not know."""


def report() -> None:
    """Say that the page is painted, and end at once."""
    at = time.clock_gettime(time.CLOCK_MONOTONIC)
    print(at, *(name for name in HEAVY if name in sys.modules), flush=True)
    os._exit(0)


def ours() -> None:
    """Open the practice workstation as ``clerk.app.main`` does."""
    import clerk.__main__  # noqa: F401  what ``python -m clerk`` loads first
    from clerk import app as program

    station = program.workstation()
    station.window.painted.connect(_after_paint())
    station.show()
    station.app.exec()


def bare() -> None:
    """Paint 20 form lines and a table of 50 × 8 cells in a plain window of the same size."""
    from PyQt6.QtGui import QPaintEvent
    from PyQt6.QtWidgets import (
        QApplication,
        QFormLayout,
        QLineEdit,
        QMainWindow,
        QSplitter,
        QTableWidget,
        QTableWidgetItem,
        QWidget,
    )

    app = QApplication([sys.argv[0]])
    after_paint = _after_paint()

    class Window(QMainWindow):
        def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
            super().paintEvent(event)
            after_paint()

    window = Window()
    form = QWidget()
    lines = QFormLayout(form)
    for number in range(20):
        lines.addRow(f"申请人姓名{number}", QLineEdit("张示例"))
    table = QTableWidget(50, 8)
    for row in range(50):
        for column in range(8):
            table.setItem(row, column, QTableWidgetItem("个体工商户设立登记"))
    halves = QSplitter()
    halves.addWidget(form)
    halves.addWidget(table)
    window.setCentralWidget(halves)
    window.resize(WIDTH, HEIGHT)
    window.show()
    app.exec()


def _after_paint() -> Callable[[], None]:
    """Return a callable for the first paint: it reports once every widget of the pass is painted.

    The window is painted before what lies in it, and its event loop turns only after both; an
    event posted at high priority is the first thing it then sees.
    """
    from PyQt6.QtCore import QCoreApplication, QEvent, QObject

    class Witness(QObject):
        def event(self, event: QEvent | None) -> bool:
            if event is not None and event.type() == QEvent.Type.User:
                report()
            return super().event(event)

    witness = Witness()

    def post() -> None:
        QCoreApplication.postEvent(witness, QEvent(QEvent.Type.User), HIGH_PRIORITY)

    return post


if __name__ == "__main__":
    {"ours": ours, "bare": bare}[sys.argv[1]]()
