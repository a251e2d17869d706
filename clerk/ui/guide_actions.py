"""What the faces and the stopwatch of 受理 ask for."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Final

from PyQt6.QtCore import QElapsedTimer

from clerk.domain.case import Case
from clerk.domain.findings import NextAct
from clerk.domain.step_times import Step
from clerk.values import dataclass

FACE: Final = "intake_face"
"""The setting that keeps which face a person chose last."""

TakeIn = Callable[[Case, NextAct, Mapping[Step, int] | None], Case]
"""The case, the act of its verdict, and how long each step took where all of it was measured."""


def running_clock() -> Callable[[], int]:
    """Return a clock that only runs on: milliseconds since now."""
    clock = QElapsedTimer()
    clock.start()
    return clock.elapsed


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideActions:
    """The face that a person likes, and the clock of the stopwatch."""

    load_face: Callable[[], str] = lambda: ""  # STORE
    save_face: Callable[[str], None] = lambda _: None  # STORE
    elapsed_ms: Callable[[], int] = field(default_factory=running_clock)
