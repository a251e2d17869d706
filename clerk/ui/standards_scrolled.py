"""A column that scrolls where it does not fit."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from clerk.ui import theme


def scrolled(*widgets: QWidget, gap: int = 0, below: int = 0) -> QScrollArea:
    """Return ``widgets`` one below the other, from the top; ``gap`` and ``below`` in pixels."""
    inside = QWidget()
    inside.setProperty("scrolled", True)
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, theme.px(below))
    column.setSpacing(theme.px(gap))
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    return area
