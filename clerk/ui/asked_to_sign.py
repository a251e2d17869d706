"""What an applicant is asked to sign, and the way to the window in which he does."""

from collections.abc import Callable
from typing import Any, Final

from PyQt6.QtWidgets import QWidget

from clerk.domain.handwriting import Handwriting
from clerk.domain.issued import ShownPages
from clerk.jobs import Jobs
from clerk.ui.actions import Here
from clerk.ui.widgets import Dialog
from clerk.values import dataclass

SIGNING_WIDTH: Final = 1654
"""Pixels: A4 at 200 dots per inch, so that large type is sharp."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What is signed: by whom, which pages, and what follows.

    ``pages`` and ``keep`` run in the PAPER lane; ``take`` gets what ``keep`` answered. ``refused``
    and ``on_paper`` follow what the applicant, or the clerk, chose instead.
    """

    title: str
    signer: str
    pages: Callable[[], ShownPages]
    keep: Callable[[Handwriting], Any]
    take: Callable[[Any], None]
    refused: Callable[[], None]
    on_paper: Callable[[], None]


def ask_to_sign(
    host: QWidget,
    asked: Signing,
    jobs: Jobs,
    here: Here,
    *,
    say: Callable[[str], None],
    open_dialog: Callable[[QWidget, Dialog], None],
) -> None:
    """Let him read it and sign, over ``host``."""
    from clerk.ui.signing import SigningDialog  # with the pad: most cases are signed on paper

    open_dialog(host, SigningDialog(asked, jobs, here, host, say=say))
