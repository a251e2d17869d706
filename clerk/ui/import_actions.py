"""What 导入实施清单 may ask for, as plain callables; the word in capitals is the lane."""

from collections.abc import Callable, Sequence
from typing import Protocol

from clerk.domain.sheet_columns import SheetMapping, SheetVocabulary
from clerk.domain.sheet_report import SheetReport
from clerk.values import dataclass

GoOn = Callable[[int, int], bool]
"""Told how many of about how many are done; False stops it and leaves nothing."""


class Head(Protocol):
    """How a worksheet begins; ``known`` says that these headings were given meanings before."""

    @property
    def mapping(self) -> SheetMapping:
        """What the columns mean, as far as it can be guessed or was said before."""

    @property
    def examples(self) -> tuple[str, ...]:
        """What stands below each heading."""

    @property
    def known(self) -> bool:
        """Whether a person said it before."""


class ReadList(Protocol):
    """A list that was read; what it brings waits beside it until ``close``."""

    @property
    def report(self) -> SheetReport:
        """What was found."""

    def close(self) -> None:
        """Drop what nobody kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportActions:
    """What the import needs."""

    vocabulary: Callable[[], SheetVocabulary]  # AHEAD
    sheets: Callable[[str], Sequence[str]]  # path; AHEAD
    head: Callable[[str, str], Head]  # path, worksheet; AHEAD
    remember: Callable[[SheetMapping], None]  # STORE
    check: Callable[[str, SheetMapping, GoOn], ReadList | None]  # path; AHEAD
    write_faults: Callable[[ReadList, str], None]  # path; AHEAD
    keep: Callable[[ReadList, str, GoOn], int | None]  # name of the file; AHEAD
    export: Callable[[Sequence[str], str, GoOn], int | None]
    """Item codes, all without any; path; how many items were written; AHEAD."""
