"""Numbers of Qt's enumerations, for what is painted before anything else.

PyQt makes all 88 enumerations of ``Qt`` when the first of them is asked for, and those of
``QStyle`` likewise; together that is a fifth of the time to the first paint. So what the sign-in
page is made of never names them: what it needs stands here as the number that Qt takes as well,
and a test compares every number with its name.
"""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QStyle

MIDDLE = 0x84  # Qt.AlignmentFlag.AlignCenter
LEFT = 0x81  # Qt.AlignmentFlag.AlignVCenter | AlignLeft
RIGHT = 0x82  # Qt.AlignmentFlag.AlignVCenter | AlignRight
FOOT_RIGHT = 0x42  # Qt.AlignmentFlag.AlignBottom | AlignRight
PLAIN_TEXT = 0  # Qt.TextFormat.PlainText
STRONG_FOCUS = 11  # Qt.FocusPolicy.StrongFocus
NO_CONTEXT_MENU = 0  # Qt.ContextMenuPolicy.NoContextMenu


def make_names() -> None:
    """Make the enumerations now, on the thread that asks.

    To be called on the UI thread between the first paint and the first work in a lane: two
    threads that asked at the same time would each get enumerations of their own.
    """
    _ = Qt.AlignmentFlag, QStyle.StateFlag
