"""What the intake page needs of the window around it."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PyQt6.QtWidgets import QFileDialog, QWidget

from clerk.domain.case import Case
from clerk.ui.widgets import Dialog, open_dialog
from clerk.values import dataclass


class OfferUndo(Protocol):
    """Lets an act take effect in a few seconds, unless it is taken back."""

    def __call__(
        self, what: str, *, commit: Callable[[], None], undo: Callable[[], None], seconds: int = 5
    ) -> None: ...


def choose_path(host: QWidget) -> Path | None:
    """Let the clerk choose a file; None where he chose none."""
    kinds = "扫描件和图像 (*.pdf *.ofd *.jpg *.jpeg *.png)"
    name, _ = QFileDialog.getOpenFileName(host, "选文件", "", kinds)
    return Path(name) if name else None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeFrame:
    """Ways out of the page; ``commit_waiting`` lets a decision that still waits take effect."""

    open_certificates: Callable[[Case, str, Callable[[Case], None]], None]
    show_papers: Callable[[Case], None]
    offer_undo: OfferUndo
    commit_waiting: Callable[[], None]
    say: Callable[[str], None]
    show_saved: Callable[[str], None]
    go_on: Callable[[Case], None] = lambda _: None
    """Leads on from a case that was taken in, where its item is done at once (即办件)."""
    open_dialog: Callable[[QWidget, Dialog], None] = open_dialog
    choose_path: Callable[[QWidget], Path | None] = choose_path
