"""What 文书 writes down of printing, as callables; every one of them in the STORE lane."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from clerk.domain.issued import IssuedPaper
from clerk.domain.papers import PaperKind
from clerk.domain.printing import PaperPrint, PrinterTrouble, PrintState, SentJob
from clerk.values import dataclass


class NoteState(Protocol):
    """Notes how far a job is; ``given_up``: another way was taken."""

    def __call__(
        self,
        sent: PaperPrint,
        state: PrintState,
        troubles: Sequence[PrinterTrouble] = (),
        *,
        given_up: bool = False,
    ) -> PaperPrint: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintActions:
    """The print journal of papers (打印登记)."""

    sent: Callable[[IssuedPaper, SentJob, int], PaperPrint]
    """A printer took so many copies."""
    state: NoteState
    hand_over: Callable[[IssuedPaper, str], None]
    """Handed over as a file, written to this path."""
    by_hand: Callable[[IssuedPaper, str], PaperPrint]
    """Made by hand, or elsewhere, for this reason."""
    under_way: Callable[[UUID], Sequence[PaperPrint]]
    """Of a case, those whose end nobody knows."""
    usual_copies: Callable[[], Mapping[tuple[PaperKind, str], int]]
    """By kind and printer, as many as the last time."""
