"""The sign-in page is painted before Qt's enumerations are made: it stands there a fifth sooner."""

import subprocess
import sys

from PyQt6.QtCore import Qt

from clerk.ui import early

PAINT_AND_LIST = """
import enum, gc, os
from clerk import app
station = app.workstation()
station.window.grab()
print(*(kind.__qualname__ for kind in gc.get_objects() if isinstance(kind, enum.EnumType)))
os._exit(0)
"""


NUMBERS = (
    (early.MIDDLE, Qt.AlignmentFlag.AlignCenter),
    (early.LEFT, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
    (early.RIGHT, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight),
    (early.FOOT_RIGHT, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight),
    (early.STRONG_FOCUS, Qt.FocusPolicy.StrongFocus),
    (early.PLAIN_TEXT, Qt.TextFormat.PlainText),
    (early.NO_CONTEXT_MENU, Qt.ContextMenuPolicy.NoContextMenu),
)


def test_every_number_is_the_one_that_qt_has_under_its_name():
    assert [number for number, _ in NUMBERS] == [name.value for _, name in NUMBERS]


def test_the_sign_in_page_is_painted_without_qts_own_names(tmp_path, monkeypatch):
    monkeypatch.setenv("CLERK_HOME", str(tmp_path))

    listed = subprocess.run(
        [sys.executable, "-c", PAINT_AND_LIST], capture_output=True, text=True, check=True
    ).stdout.split()

    assert "QFont.Weight" in listed
    assert [name for name in listed if name.startswith(("Qt.", "QStyle."))] == []
