"""How 标准 opens the import and the export of lists (实施清单), and the taking of packages (标准包)."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from clerk.ui.acts import Act
from clerk.values import dataclass


class Takes(Protocol):
    """Opens something that brings drafts; ``done`` gets the sentence that is said afterwards."""

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


class MovesOn(Protocol):
    """Says a sentence and reads the list anew; with ``drafts`` it shows those that have one."""

    def __call__(self, words: str, /, *, drafts: bool) -> None:
        """Say it, and show them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """Both ways of a list, and the one way of a package."""

    take: Takes
    give: Gives
    package: Takes

    def acts(
        self, item_codes: Callable[[], tuple[str, ...]], moved_on: "MovesOn", say: "Says"
    ) -> Sequence[Act]:
        """Return the acts of 标准; ``item_codes`` is the item in front, where there is one."""
        taken = partial(moved_on, drafts=True)
        return (
            Act(name="导入实施清单", key="Ctrl+O", trigger=partial(self.take, done=taken)),
            Act(name="取标准包", trigger=partial(self.package, done=taken)),
            Act(
                name="导出这个事项的实施清单",
                trigger=lambda: self.give(item_codes=item_codes(), done=say),
            ),
            Act(
                name="导出全部现行的实施清单",
                trigger=lambda: self.give(item_codes=(), done=say),
            ),
        )
