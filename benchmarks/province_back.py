"""A process that gives a province's items back in the window: ``… province_back given-back|reverted``.

It says of each step what ``province_child`` says.
"""

import os
import sys
from typing import Any, Final

from benchmarks.province_child import (
    EARLY,
    LATE,
    finished,
    many,
    opened,
    proposed,
    ready_to_propose,
    same,
    settled,
    stopped,
)
from benchmarks.province_window import Window


def given_back(window: Window) -> None:
    """Withdraw what was proposed, propose it again, let the publisher send it back, propose again."""
    for person, name in (("bian", "withdraw"), ("fa", "send-back")):
        opened(window, person)
        laid = proposed(window)
        dialog = many(window, name)
        for at in (EARLY, LATE):
            stopped(window, dialog.work, name, lambda: window.press("F9"), at)
        same(laid, proposed(window))
        finished(window, dialog, f"{name}-done")
        same(0, proposed(window))
        _propose(window, days=1)
        same(laid, proposed(window))


def reverted(window: Window) -> None:
    """Let the drafts be in force from today, then begin drafts of what was in force before."""
    drafts = window.count("standard_drafts")
    _propose(window, days=0)
    opened(window, "fa")
    finished(window, many(window, "publish"), "publish-for-today-done")
    same(0, window.count("standard_drafts"))
    opened(window, "bian")
    dialog = many(window, "revert")
    for at in (EARLY, LATE):
        stopped(window, dialog.work, "revert", lambda: window.press("F9"), at)
    same(0, window.count("standard_drafts"))
    finished(window, dialog, "revert-done")
    same(drafts, window.count("standard_drafts"))


def _propose(window: Window, *, days: int) -> None:
    page: Any = opened(window, "bian")
    dialog = ready_to_propose(window, days=days)
    with window.step("proposed-again"):
        window.press("F9")
        window.until(lambda: not dialog.isVisible())
        window.until(lambda: page.list.model.extent() is not None)
        settled(window)


WORK: Final = {"given-back": given_back, "reverted": reverted}


def main(which: str) -> None:
    """Do one of them, then end the program at once."""
    window = Window()
    WORK[which](window)
    window.station.end()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
