"""The style of the program: Fusion that dresses every widget when Qt has it prepare the widget.

Not on the way to the first paint: whoever derives from a style has all names of styles made.
"""

from typing import Any

from PyQt6.QtWidgets import QProxyStyle, QWidget

from clerk.ui.look import dress
from clerk.ui.overriding import override


class Style(QProxyStyle):
    """Fusion for everything that is drawn; only the preparing is ours, once a widget."""

    def __init__(self) -> None:
        super().__init__("fusion")

    @override
    def polish(self, what: Any) -> Any:
        if isinstance(what, QWidget):
            dress(what)
        return super().polish(what)
