"""A program that somebody types into until it is killed: ``python -m … HOME SEED [DRAFT]``.

It prints, a line each: ``found`` with what the draft of the former run holds, as the window shows
it, if it is there; ``typing`` with the new draft's id; and ``key`` with the character and the
second of the monotonic clock at which it was pressed.
"""

import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PyQt6.QtCore import QTimer
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from tests.stories.at_counter import AtCounter

LABEL, CODE = "联系人", "contact_name"
MOST_KEYS = 180
LISTED_MS = 1000
"""After so long the stored drafts are among the tabs."""
MOST_LOOKS = 100
PAUSES_MS = (30, 30, 60, 60, 90, 120, 300, 1000)
"""Between two keys; the long one is longer than a draft waits for the next key."""


def main(home: str, seed: str, draft: str = "") -> None:
    """Start, read the draft of the run before, and type on."""
    app = QApplication(["typing"])
    counter = AtCounter(QTest, app, Path(home))
    counter.station.show()
    steps = typing(counter, random.Random(seed), draft)

    def step() -> None:
        QTimer.singleShot(next(steps), step)

    QTimer.singleShot(0, step)
    app.exec()


def typing(counter: AtCounter, chance: random.Random, draft: str) -> Iterator[int]:
    """Do it step by step; yield the milliseconds until the next one."""
    while counter.station.door is None:
        yield 20
    counter.type("practice")
    counter.press("Return")
    while counter.station.floor is None:
        yield 20
    counter.press("Alt+2")
    intake = counter.floor.intake
    yield LISTED_MS
    if draft in {str(line.case_id) for line in intake.desk.stored}:
        while intake.desk.current is None or intake.desk.current.key != draft:
            yield from turned(counter)
        say("found", intake.body.form.line_of(CODE).field.value())
    counter.press("Ctrl+N")
    counter.open_item("gljt")
    counter.go_field(LABEL)
    say("typing", str(counter.case().case_id))
    for number in range(MOST_KEYS):
        character = chr(ord("a") + number % 26)
        say("key", character, repr(time.monotonic()))
        counter.type(character)
        yield chance.choice(PAUSES_MS)
    while True:
        yield 1000


def turned(counter: AtCounter) -> Iterator[int]:
    """Go to the next tab and wait until its case is in front, as a person does before he goes on."""
    desk = counter.floor.intake.desk
    before = desk.current
    counter.press("Ctrl+Tab")
    for _ in range(MOST_LOOKS):
        yield 20
        if desk.current is not None and desk.current is not before:
            return


def say(*words: str) -> None:
    """Print a line at once."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
