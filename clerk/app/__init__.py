"""The one room that knows every other and wires them together.

``main`` is light: it opens the window with the sign-in page and loads everything else behind it.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clerk.app.workstation import Workstation
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
    os.umask(0o077)  # whatever this program writes is this user's alone
    station = workstation(real="--counter" in arguments)
    station.show()
    code = station.app.exec()
    station.end()
    return code


def workstation(*, real: bool = False) -> Workstation:
    """Return the workstation of this process, not shown yet, with the application it runs in."""
    from clerk import input_method

    input_method.prepare(os.environ)
    from clerk.app.edges import running_clock, uuid7
    from clerk.app.workstation import Workstation
    from clerk.ui import theme

    return Workstation(
        theme.program(sys.argv[0]),
        hall="" if real else PRACTICE_HALL,
        practice_word="" if real else PRACTICE_WORD,
        settings=_counter_settings if real else _practice_settings,
        now=running_clock(),
        new_id=uuid7,
    )


def _practice_settings() -> Settings:
    from clerk import settings

    return settings.practice()


def _counter_settings() -> Settings:
    from clerk import settings

    return settings.counter()
