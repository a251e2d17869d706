"""What every panel is: a page of the shell with its own top bar, action bar, acts and regions."""

from collections.abc import Iterator, Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.widgets.label import Label


class TopBar(QWidget):
    """Title and hint at the left, what ``add`` brings at the right."""

    def __init__(self, title: str = "", hint: str = "") -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self._row.setSpacing(theme.px(12))
        self.title = Label(title, size=16, bold=True)
        self.hint = Label(hint, size=13, tone="t3", elide=True)
        if title:
            self._row.addWidget(self.title)
        self._row.addWidget(self.hint, 1)

    def add(self, widget: QWidget) -> None:
        """Put ``widget`` at the right end."""
        self._row.addWidget(widget)

    def lead(self, widget: QWidget) -> None:
        """Let ``widget`` take the left side down to the lower edge, as tabs do."""
        self.hint.hide()
        self._row.insertWidget(0, widget, 1, Qt.AlignmentFlag.AlignBottom)


class ActionBar(QWidget):
    """The foot of a page: what the decision is about at the left, its buttons at the right.

    It takes no room while there is nothing to decide on; ``offered`` says so.
    """

    offered = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._offers = True
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(16), 0, theme.px(12), 0)
        self._row.setSpacing(theme.px(8))
        self._row.addStretch(1)
        self._leading = 0

    def offer(self, anything: bool) -> None:
        """Say whether there is anything in it now."""
        if anything is not self._offers:
            self._offers = anything
            self.offered.emit()

    def offers(self) -> bool:
        """Whether there is anything in it."""
        return self._offers

    def lead(self, widget: QWidget) -> None:
        """Put ``widget`` at the left."""
        self._row.insertWidget(self._leading, widget)
        self._leading += 1

    def add(self, widget: QWidget) -> None:
        """Put ``widget`` at the right end; the primary button comes last."""
        self._row.addWidget(widget)


class Page(QWidget):
    """One place of the rail, or a screen over it.

    The shell asks ``top_bar`` and ``action_bar`` once. ``acts`` is asked again whenever
    ``acts_changed`` is emitted; ``regions`` at every F6. A large page hands what it is made of to
    ``make``: the shell then makes it part by part and asks nothing before it is whole.
    """

    acts_changed = pyqtSignal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._parts: Iterator[None] = iter(())

    def make(self, parts: Iterator[None], *, in_pieces: bool) -> None:
        """Make all of it now, or leave it to ``unmade``."""
        self._parts = parts
        if not in_pieces:
            for _ in parts:
                pass

    def unmade(self) -> Iterator[None]:
        """Make what is not made yet, one part at each step.

        Whoever stops half-way leaves the rest to be made: ``yield from`` would end it for good.
        """
        for _ in self._parts:
            yield

    def top_bar(self) -> QWidget:
        """What stands above the page."""
        return TopBar(self.title)

    def action_bar(self) -> ActionBar | None:
        """What stands below it, or None."""
        return None

    def acts(self) -> Sequence[Act]:
        """What can be done on this page."""
        return ()

    def regions(self) -> Sequence[QWidget]:
        """Its regions in reading order, for F6; the action bar follows by itself."""
        return (self,)

    def entered(self) -> None:
        """Called when the page has come to the front."""

    def first_focus(self) -> QWidget | None:
        """What gets the focus on entry: the first gap, or the decision when there is none."""
        return None


def focus_into(region: QWidget) -> bool:
    """Give the focus to ``region`` or to the first thing in it that takes it."""
    candidates = [region, *region.findChildren(QWidget)]
    for widget in candidates:
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and widget.isVisible() and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
