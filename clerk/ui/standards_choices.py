"""The fields a standard is edited in where a list says what may stand there."""

from collections.abc import Mapping, Sequence
from typing import Final

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PyQt6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from clerk.ui import icons, paint, theme
from clerk.ui.overriding import override
from clerk.ui.standards_shape import Element, Kind
from clerk.ui.widgets import Choice
from clerk.ui.widgets.combo import Combo
from clerk.ui.widgets.headed import Headed

_DIGITS: Final = "123456789"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Picker(Combo):
    """A list to pick from; digits choose."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumContentsLength(4)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.setSizeAdjustPolicy(policy)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        if self.isEnabled():
            at = QPointF(self.width() - theme.px(24), (self.height() - theme.px(14)) / 2)
            icons.draw(QPainter(self), "chevron-down", at, 14, "t3")

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        text = event.text()
        if len(text) == 1 and text in _DIGITS and int(text) <= self.count():
            self.setCurrentIndex(int(text) - 1)
            self.activated.emit(self.currentIndex())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.showPopup()
        else:
            super().keyPressEvent(event)


class PickField(Headed):
    """One word, or one code with its set and label."""

    edited = pyqtSignal(object)

    def __init__(self, element: Element) -> None:
        editor = Picker()
        super().__init__(element.label, editor)
        self._element, self.editor = element, editor
        self._values: list[str] = []
        self._fill("")
        editor.activated.connect(self._on_picked)

    def show_value(self, value: object, fault: str, can_edit: bool) -> None:
        """Show what stands in the draft; a code that is not in the list is shown as it is."""
        kept = value.get("code") if isinstance(value, Mapping) else value
        if kept is None:
            kept = self._element.otherwise
        code = str(kept) if kept is not None else ""
        if code not in self._values:
            label = value.get("label", "") if isinstance(value, Mapping) else "不在列表里"
            self._fill(f"{code} {label}" if code else "", code)
        self.editor.setCurrentIndex(self._values.index(code))
        self.editor.setEnabled(can_edit)
        self.show_error(fault)
        shown = self.editor.currentText() or "没选"
        self.say("，".join(part for part in (self.heading(), shown, fault) if part))

    def focus_editor(self) -> None:
        """Go to the list."""
        self.editor.setFocus()

    def _fill(self, strange: str, code: str = "") -> None:
        """List the choices, after them nothing or what is in no list."""
        named = self._element.kind is Kind.CODED
        self._values = [value for value, _ in self._element.choices]
        self.editor.clear()
        self.editor.addItems(
            [f"{value} {label}" if named else label for value, label in self._element.choices]
        )
        self._values.append("")
        self.editor.addItem("（不填）")
        if code:
            self._values.append(code)
            self.editor.addItem(strange)

    def _on_picked(self, place: int) -> None:
        value = self._values[place]
        label = dict(self._element.choices).get(value)
        if not value:
            self.edited.emit(None)
        elif self._element.kind is Kind.CODED and label is not None:
            self.edited.emit({"code": value, "set": self._element.code_set, "label": label})
        elif label is not None:
            self.edited.emit(value)


class FlagField(Headed):
    """Yes or no."""

    edited = pyqtSignal(object)

    def __init__(self, element: Element) -> None:
        editor = Choice(("是", "否"), label=element.label)
        super().__init__(element.label, editor)
        self._element, self.editor = element, editor
        editor.setFixedHeight(theme.px(34))
        editor.picked.connect(self._on_picked)

    def show_value(self, value: object, fault: str, can_edit: bool) -> None:
        """Show what stands in the draft, or what holds where nothing does."""
        shown = self._element.otherwise if value is None else value
        self.editor.set_chosen(None if not isinstance(shown, bool) else 0 if shown else 1)
        self.editor.setEnabled(can_edit)
        self.editor.set_settled(not can_edit)
        self.show_error(fault)

    def focus_editor(self) -> None:
        """Go to the answers."""
        self.editor.setFocus()

    def _on_picked(self, place: int) -> None:
        chosen = place == 0
        self.edited.emit(None if chosen is self._element.otherwise else chosen)


class Ticks(QWidget):
    """Several of a list, in the order in which they were chosen; digits and Space toggle."""

    toggled = pyqtSignal(int)

    def __init__(self, labels: Sequence[str], name: str) -> None:
        super().__init__()
        self._labels, self._name = tuple(labels), name
        self._order: tuple[int, ...] = ()
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def show_order(self, order: Sequence[int]) -> None:
        """Show these as chosen, in this order."""
        self._order = tuple(order)
        chosen = "、".join(self._labels[place] for place in self._order) or "没选"
        self.setAccessibleName(f"{self._name}，{chosen}，现在在{self._labels[self._current]}")
        self.update()

    def _boxes(self) -> list[QRectF]:
        boxes, left, top = [], 0.0, 0.0
        high, gap = theme.px(30), theme.px(6)
        for place, label in enumerate(self._labels):
            wide = paint.text_width(self._said(place, label), 13) + theme.px(40)
            if left and left + wide > self.width():
                left, top = 0.0, top + high + gap
            boxes.append(QRectF(left, top, wide, high))
            left += wide + gap
        return boxes

    @staticmethod
    def _said(place: int, label: str) -> str:
        return f"{place + 1} {label}"

    def _fit(self) -> None:
        self.setFixedHeight(round(self._boxes()[-1].bottom()) + 1)

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), self.height())

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        text = event.text()
        if len(text) == 1 and text in _DIGITS and int(text) <= len(self._labels):
            self._toggle(int(text) - 1)
        elif event.key() == Qt.Key.Key_Space:
            self._toggle(self._current)
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            step = -1 if event.key() == Qt.Key.Key_Left else 1
            self._current = min(max(self._current + step, 0), len(self._labels) - 1)
            self.show_order(self._order)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and self.isEnabled():
            for place, box in enumerate(self._boxes()):
                if box.contains(event.position()):
                    self._toggle(place)

    def _toggle(self, place: int) -> None:
        self._current = place
        self.toggled.emit(place)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, box in enumerate(self._boxes()):
            self._paint_tick(painter, place, box)

    def _paint_tick(self, painter: QPainter, place: int, box: QRectF) -> None:
        on = place in self._order
        here = self.hasFocus() and place == self._current
        frame = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(theme.color("accentS" if on else "surface"))
        edge = "focus" if here else "accent" if on else "line2"
        painter.setPen(QPen(theme.color(edge), 2 if here else 1))
        painter.drawRoundedRect(frame, theme.px(6), theme.px(6))
        middle = box.center().y() - theme.px(7)
        icon, tone = ("square-check", "accentT") if on else ("square", "t3")
        tone = tone if self.isEnabled() else "tdis"
        icons.draw(painter, icon, QPointF(box.left() + theme.px(8), middle), 14, tone)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("accentT" if on else "t2"))
        painter.drawText(
            box.adjusted(theme.px(28), 0, 0, 0), _LEFT, self._said(place, self._labels[place])
        )


class ManyField(Headed):
    """Some words or codes of a list."""

    edited = pyqtSignal(object)

    def __init__(self, element: Element) -> None:
        self.editor = Ticks([label for _, label in element.choices], element.label)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.editor)
        super().__init__(element.label, holder)
        self._element = element
        self._kept: tuple[object, ...] = ()
        self.editor.toggled.connect(self._on_toggled)

    def show_value(self, value: object, fault: str, can_edit: bool) -> None:
        """Show what stands in the draft."""
        self._kept = tuple(value) if isinstance(value, list | tuple) else ()
        values = [choice for choice, _ in self._element.choices]
        codes = [_code_of(one) for one in self._kept]
        self.editor.show_order([values.index(code) for code in codes if code in values])
        self.editor.setEnabled(can_edit)
        self.show_error(fault)

    def focus_editor(self) -> None:
        """Go to the list."""
        self.editor.setFocus()

    def _on_toggled(self, place: int) -> None:
        code, label = self._element.choices[place]
        left = [one for one in self._kept if _code_of(one) != code]
        if len(left) == len(self._kept):
            coded = {"code": code, "set": self._element.code_set, "label": label}
            left.append(coded if self._element.kind is Kind.CODES else code)
        self.edited.emit(left or None)


def _code_of(value: object) -> str:
    return str(value.get("code", "")) if isinstance(value, Mapping) else str(value)
