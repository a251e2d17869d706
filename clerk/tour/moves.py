"""What a step of the tour is made of: keys, what must be seen then, pictures, a second witness."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from clerk.domain.errors import ClerkError
from clerk.values import dataclass

if TYPE_CHECKING:
    from clerk.tour.scene import Scene


class StepFailed(ClerkError):
    """The window or the second witness did not show what the step leads to."""


@dataclass(frozen=True, slots=True)
class Press:
    """One key, in Qt's portable text: ``F9``, ``Ctrl+K``."""

    key: str


@dataclass(frozen=True, slots=True)
class Say:
    """Text, typed key by key or, where it is Chinese, committed by the input method."""

    text: str


@dataclass(frozen=True, slots=True)
class See:
    """Wait until ``until`` holds; ``timed`` counts the wait as the machine's."""

    what: str
    until: Callable[[], bool]
    seconds: float = 20.0
    timed: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """Keep a picture of the window."""


Move = Press | Say | See | Picture
Moves = Iterator[Move]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the story.

    ``witness`` reads what came of it elsewhere than from the window and returns it in a few
    words, or raises ``StepFailed``; it runs in a worker and is asked again for ``patience``
    seconds, since some things arrive a moment later. ``intake`` marks the steps whose machine
    time counts into the figure of the intake.
    """

    name: str
    title: str
    do: Callable[[Scene], Moves]
    witness: Callable[[Scene], str]
    patience: float = 8.0
    intake: bool = False
