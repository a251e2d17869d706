"""How 标准 opens the import and the export of lists (实施清单)."""

from dataclasses import dataclass
from typing import Protocol


class Takes(Protocol):
    """Opens the import; ``done`` gets the sentence that is said afterwards."""

    def __call__(self, *, done: "Says") -> None:
        """Open it."""


class Gives(Protocol):
    """Opens the export of these items, of everything in force without any."""

    def __call__(self, *, item_codes: tuple[str, ...], done: "Says") -> None:
        """Open it."""


class Says(Protocol):
    """Says a sentence at the foot of the window."""

    def __call__(self, words: str, /) -> None:
        """Say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """Both ways."""

    take: Takes
    give: Gives
