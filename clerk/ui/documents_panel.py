"""The right column of 文书: where to print, what the page quotes, what the seal is worth."""

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from clerk.domain.issued import IssuedPaper
from clerk.ui import icons, theme
from clerk.ui.documents_quoted import QuotedPart
from clerk.ui.documents_words import NO_PRINTER
from clerk.ui.overriding import override
from clerk.ui.seal_line import SealLine
from clerk.ui.widgets import Button, CardHeader, Label, Line, Notice, Spinner
from clerk.ui.widgets.combo import Combo

_WIDTH = 324
_MOST_COPIES = 9


class Tick(Button):
    """A paper that may go along: a box to tick, painted like the rest of the kit."""

    def __init__(self, text: str) -> None:
        super().__init__(text, kind="quiet", icon="square", small=True)
        self.setCheckable(True)
        self.toggled.connect(lambda on: self.set_icon("square-check" if on else "square"))


class Copies(QWidget):
    """How many copies: typed, or one more and one less; ``changed`` follows."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.number = QSpinBox()
        self.number.setRange(1, _MOST_COPIES)
        self.number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setAccessibleName("份数")
        self.number.setFixedWidth(theme.px(52))
        self.setFocusProxy(self.number)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        less, more = Button("", icon="minus"), Button("", icon="plus")
        less.setAccessibleName("少一份")
        more.setAccessibleName("多一份")
        less.clicked.connect(lambda _=False: self.number.stepDown())
        more.clicked.connect(lambda _=False: self.number.stepUp())
        for widget in (less, self.number, more):
            row.addWidget(widget)
        row.addStretch(1)
        self.number.valueChanged.connect(self.changed)

    def value(self) -> int:
        """The number of copies."""
        return self.number.value()


class _Printer(Combo):
    """A list of printers with an arrow that is seen in both themes."""

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        side = theme.px(16)
        at = QPointF(self.width() - side - theme.px(8), (self.height() - side) / 2)
        icons.draw(QPainter(self), "chevron-down", at, 16, "t2" if self.isEnabled() else "tdis")


class PrintPanel(QWidget):
    """Printer, copies, papers that go along; quoted values; the seal.

    ``changed`` follows every choice; ``printer_chosen`` carries the printer that was asked for by
    ``let_choose``.
    """

    changed = pyqtSignal()
    printer_chosen = pyqtSignal(str)

    def __init__(self, *, practice: bool) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(_WIDTH))
        self.printer = _Printer()
        self.printer.setAccessibleName("打印机")
        self.copies = Copies()
        self.no_printer = Notice("warn")
        self._choosing = False
        self.spinner = Spinner()
        self.along_title = Label("一起打印", size=13, tone="t3")
        self._along: list[tuple[IssuedPaper, Tick]] = []
        self._along_column = QVBoxLayout()
        self.quoted = QuotedPart()
        self.seal = SealLine(practice=practice)
        self._lay_out()
        self.printer.currentIndexChanged.connect(self.changed)
        self.printer.activated.connect(self._on_printer_activated)
        self.copies.changed.connect(self.changed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(CardHeader("打印"))
        grid = QGridLayout()
        grid.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        grid.setHorizontalSpacing(theme.px(10))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, (words, field) in enumerate((("打印机", self.printer), ("份数", self.copies))):
            label = Label(words, size=13, tone="t3")
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.spinner, 4, 0, 1, 2)
        grid.addWidget(self.no_printer, 2, 0, 1, 2)
        grid.addWidget(self.along_title, 3, 0, top)
        grid.addLayout(self._along_column, 3, 1)
        column.addLayout(grid)
        column.addWidget(Line())
        column.addWidget(self.quoted, 1)
        column.addWidget(Line())
        self.seal.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        column.addWidget(self.seal)

    def show_printers(self, names: Sequence[str]) -> None:
        """Offer these printers, or say that there is none; the chosen one stays chosen."""
        before = self.printer.currentText()
        self.spinner.stop()
        self.printer.clear()
        self.printer.addItems(names)
        self.printer.setCurrentIndex(names.index(before) if before in names else 0)
        self.printer.setEnabled(bool(names))
        self.copies.setEnabled(bool(names))
        if names:
            self.no_printer.clear()
        else:
            self.no_printer.show_trouble(NO_PRINTER)
        self.changed.emit()

    def show_paper(self, paper: IssuedPaper | None, others: Sequence[IssuedPaper]) -> None:
        """Say which other papers may go along; what it quotes is asked for apart."""
        if paper is None:
            self.quoted.show_values(None, (), may_edit=False)
        kept = {held.paper_id for held, box in self._along if box.isChecked()}
        for _, box in self._along:
            self._along_column.removeWidget(box)
            box.deleteLater()
        self._along = []
        for other in others:
            box = Tick(other.title)
            box.setChecked(other.paper_id in kept)
            box.toggled.connect(self.changed)
            self._along_column.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
            self._along.append((other, box))
        self.along_title.setVisible(bool(others))
        self.changed.emit()

    def along(self) -> tuple[IssuedPaper, ...]:
        """The papers that are to be printed with the one in front."""
        return tuple(paper for paper, box in self._along if box.isChecked())

    def printer_name(self) -> str:
        """The chosen printer, empty where there is none."""
        return self.printer.currentText()

    def printer_names(self) -> tuple[str, ...]:
        """Every printer that is offered."""
        return tuple(self.printer.itemText(at) for at in range(self.printer.count()))

    def choose(self, printer: str) -> None:
        """Go to a printer of the list."""
        self.printer.setCurrentText(printer)

    def let_choose(self) -> None:
        """Open the list of printers; ``printer_chosen`` follows the choice."""
        self._choosing = True
        self.printer.setFocus()
        self.printer.showPopup()

    def show_standing(self, words: str) -> None:
        """Say what is to be known of the chosen printer; nothing where there is nothing."""
        if words:
            self.no_printer.show_trouble(words)
        elif self.printer_names():
            self.no_printer.clear()

    def _on_printer_activated(self, _: int) -> None:
        if self._choosing:
            self._choosing = False
            self.printer_chosen.emit(self.printer_name())

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(0, 0, 1, self.height(), theme.color("line"))
