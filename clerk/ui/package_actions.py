"""What 取标准包 may ask for, as plain callables; the word in capitals is the lane."""

from collections.abc import Callable
from typing import Protocol

from clerk.domain.sheet_report import SheetReport
from clerk.ui.import_actions import GoOn
from clerk.values import dataclass


class Compared(Protocol):
    """A package beside what is in force; what it brings waits beside it until ``close``."""

    @property
    def report(self) -> SheetReport:
        """What it changes."""

    @property
    def made(self) -> str:
        """Who packed it and when."""

    @property
    def differing(self) -> tuple[str, ...]:
        """Calendars, code lists and templates that are other than those here."""

    @property
    def letters(self) -> tuple[object, ...]:
        """The letter templates it brings."""

    def close(self) -> None:
        """Drop what nobody kept."""


class Taken(Protocol):
    """How much came in."""

    @property
    def drafts(self) -> int:
        """Drafts of items."""

    @property
    def letters(self) -> int:
        """Letter templates that were not here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageActions:
    """What the taking needs."""

    compare: Callable[[str, GoOn], Compared | None]  # path; AHEAD
    keep: Callable[[Compared, str, GoOn], Taken | None]  # name of the batch; AHEAD
