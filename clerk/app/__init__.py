"""The one room that knows every other and wires them together.

``main`` is light: it opens the window with the sign-in page and loads everything else behind it.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clerk.settings import Settings

PRACTICE_WORD = "practice"
"""The public passphrase of every practice account; a test compares it with the key file's."""

PRACTICE_HALL = "示例县政务服务中心 · 3 号窗"


def main(arguments: Sequence[str]) -> int:
    """Open the workstation: the practice hall, or with ``--counter`` a real one."""
    unknown = [given for given in arguments if given != "--counter"]
    if unknown:
        print(f"不认识的参数：{' '.join(unknown)}", file=sys.stderr)  # noqa: T201  before any window
        return 2
    from clerk import input_method
    from clerk.app.edges import running_clock, uuid7

    os.umask(0o077)  # whatever this program writes is this user's alone
    input_method.prepare(os.environ)
    from PyQt6.QtWidgets import QApplication

    from clerk.app.workstation import Workstation

    app = QApplication([sys.argv[0]])
    real = "--counter" in arguments
    station = Workstation(
        app,
        hall="" if real else PRACTICE_HALL,
        practice_word="" if real else PRACTICE_WORD,
        settings=_counter_settings if real else _practice_settings,
        now=running_clock(),
        new_id=uuid7,
    )
    station.show()
    code = app.exec()
    station.end()
    return code


def _practice_settings() -> "Settings":
    from clerk import settings

    return settings.practice()


def _counter_settings() -> "Settings":
    from clerk import settings

    return settings.counter()
