"""The column beside the editor: what is to be put right, and the intake screen of the draft."""

from collections.abc import Mapping, Sequence
from datetime import date

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from clerk.ui import theme
from clerk.ui.standards_editing import Examined, Found
from clerk.ui.standards_preview import Preview
from clerk.ui.standards_reasons import Reason, ReasonList
from clerk.ui.widgets import CardHeader, Label, Line


class Side(QWidget):
    """``jump_wanted`` carries what of the findings was chosen; only with ``finds`` are there any."""

    jump_wanted = pyqtSignal(object)

    def __init__(self, *, finds: bool) -> None:
        super().__init__()
        self._finds = finds
        self.setProperty("ground", "surface")
        self._found: tuple[Found, ...] = ()
        self.head = CardHeader("要改的")
        self.findings = ReasonList("要改的", chooses=True)
        self.line = Line()
        self.title = CardHeader("受理预览", "按草稿现在的样子")
        self.stopped = Label(size=13, tone="t2", wrap=True)
        self.preview = Preview()
        self._lay_out()
        self.findings.chosen.connect(lambda place: self.jump_wanted.emit(self._found[place]))
        self.show_found(())

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("scrolled", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.head, self.findings, self.line, self.title):
            column.addWidget(widget)
        held = QVBoxLayout()
        held.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        held.addWidget(self.stopped)
        column.addLayout(held)
        column.addWidget(self.preview)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def clear(self) -> None:
        """Show nothing of the item before."""
        self.show_found(())
        self.preview.hide()
        self.title.hint.setText("")
        self.stopped.setText("")
        self.stopped.hide()

    def show_examined(
        self, result: Examined, table: Mapping[str, object], on: date, *, draft: bool
    ) -> None:
        """Show what a look through found, and the screen where there is nothing wrong."""
        self.show_found(result.found if self._finds else ())
        self.title.hint.setText("按草稿现在的样子" if draft else "按现行的标准")
        if result.standard is not None:
            self.preview.show_standard(result.standard, table, on)
            self.preview.show()
            self.stopped.hide()
        else:
            shown = self.preview.isVisible()
            still = "，下面是改错以前的样子" if shown else ""
            self.stopped.setText(f"还有 {len(result.faults)} 处要改，改好才能预览和提交{still}")
            self.stopped.show()

    def show_found(self, found: Sequence[Found]) -> None:
        """Show what is to be put right, or no such list."""
        self._found = tuple(found)
        self.findings.show_lines([_reason(one) for one in self._found])
        hard = sum(one.hard for one in self._found)
        self.head.title.setText(f"要改的 {hard} 处" if hard else f"请再看看 {len(self._found)} 处")
        self.head.hint.setText("Enter 跳到那里")
        for widget in (self.head, self.findings, self.line):
            widget.setVisible(bool(self._found))


def _reason(found: Found) -> Reason:
    icon, tone = ("circle-x", "bad") if found.hard else ("circle-alert", "warn")
    if found.mild:
        icon, tone = "info", "t3"
    what = found.where.rpartition(" › ")[2]
    text = f"{what}：{found.says}" if found.hard else found.says
    return Reason(text=text, why=found.where, icon=icon, icon_tone=tone)
