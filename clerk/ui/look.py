"""How Qt's own widgets come to look like the rest, each by itself before it is first shown.

A style sheet for the whole program would cost every widget ten kilobytes and a tenth of a
millisecond, also those that no rule speaks of. So only the few have one that cannot do without;
labels and grounds are told their font and their colours.

On the way to the first paint: see ``clerk.ui.early``.
"""

from PyQt6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QSpinBox,
    QWidget,
)

from clerk.ui import theme

_KINDS: tuple[tuple[type[QWidget], str], ...] = (
    (QPlainTextEdit, "text"),
    (QMenu, "menu"),
    (QSpinBox, "number"),
)
_GROUNDS = frozenset({"surface", "subtle", "rail"})
_SHEETED = tuple(kind for kind, _ in _KINDS)


def dress_below(top: QWidget) -> None:
    """Dress what lies in ``top`` before the style does so: see ``clerk.ui.style``."""
    for widget in top.findChildren(QWidget):
        dress(widget)


def dress(widget: QWidget) -> None:
    """Give ``widget`` the looks of what it is, in the theme and size shown now."""
    if widget.property("tone") is not None:
        _dress_label(widget)
    elif widget.inherits("QTipLabel"):
        _dress_by_sheet(widget, "tip")
    elif isinstance(widget, QScrollBar):
        _dress_bar(widget)
    elif isinstance(widget, _SHEETED):
        _dress_by_sheet(widget, next(name for kind, name in _KINDS if isinstance(widget, kind)))
    elif isinstance(widget, QScrollArea):
        widget.setFrameShape(QFrame.Shape.NoFrame)
        viewport = widget.viewport()
        if viewport is not None:
            viewport.setAutoFillBackground(False)
    elif isinstance(widget, QAbstractItemView):
        _dress_view(widget)
    elif widget.property("scrolled"):
        widget.setPalette(theme.see_through())  # the area around it has it filled
    else:
        ground = widget.property("ground")
        if ground in _GROUNDS:
            widget.setPalette(theme.ground(ground))
            widget.setAutoFillBackground(True)


def _dress_label(label: QWidget) -> None:
    label.setFont(theme.font(int(label.property("type")), bool(label.property("bold"))))
    label.setPalette(theme.ink(label.property("tone")))


def _dress_view(view: QAbstractItemView) -> None:
    view.setFrameShape(QFrame.Shape.NoFrame)
    if view.property("opened"):
        _dress_by_sheet(view, "list")  # only the list of a choice, and not before it is seen
    if view.property("ground"):
        view.setPalette(theme.ground(view.property("ground")))


def _dress_bar(bar: QScrollBar) -> None:
    """Draw it in its own style, which is made behind the first paint, where no bar is seen."""
    from clerk.ui.bar_style import bar_style

    bar.setStyle(bar_style())


def _dress_by_sheet(widget: QWidget, kind: str) -> None:
    sheet = theme.sheet(kind)
    if widget.styleSheet() != sheet:
        widget.setStyleSheet(sheet)
