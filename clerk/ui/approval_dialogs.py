"""The two ways not to agree: return inside the house (退回补核), and refuse (不予许可)."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QPlainTextEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from clerk.domain.standard import ItemStandard
from clerk.ui import icons, paint, theme
from clerk.ui.acts import Act
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Card, Dialog, Field, Label, Notice
from clerk.values import dataclass, replace
from clerk.wording import clause
from clerk.wording_cases import refusal_name

MOST = 9
KEYS = "123456789ABCDEFGHJKLMNPQ"
"""What chooses each line; beyond the digits letters, without those that look like digits."""

_TALL, _SHORT = 40, 30
"""Height of a line, in a list of digits and in a longer one."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One line that can be chosen; ``beside`` is the material it is tied to, if any."""

    text: str
    on: bool = False
    beside: str = ""


class TickList(QWidget):
    """Lines chosen by digit, Space or mouse; with ``many`` more than one.

    ``changed`` follows a choice; ``side_step`` carries the line and -1 or 1 for ← and →.
    """

    changed = pyqtSignal()
    side_step = pyqtSignal(int, int)

    def __init__(self, texts: Sequence[str], *, many: bool, name: str) -> None:
        super().__init__()
        self._many, self._name = many, name
        self._ticks: list[Tick] = []
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_texts(texts)

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show other lines, none of them chosen."""
        self._ticks = [Tick(text=text) for text in texts[: len(KEYS)]]
        self._current = 0
        self.setFixedHeight(self._tall() * len(self._ticks))
        self._speak()
        self.update()

    def _tall(self) -> int:
        return theme.px(_TALL if len(self._ticks) <= MOST else _SHORT)

    def chosen(self) -> tuple[int, ...]:
        """Places of the chosen lines."""
        return tuple(place for place, tick in enumerate(self._ticks) if tick.on)

    def current(self) -> int:
        """The line the keys act on."""
        return self._current

    def set_beside(self, place: int, text: str) -> None:
        """Show ``text`` at the right end of a line."""
        self._ticks[place] = replace(self._ticks[place], beside=text)
        self._speak()
        self.update()

    def toggle(self, place: int) -> None:
        """Choose a line, or take the choice back."""
        if not 0 <= place < len(self._ticks):
            return
        self._current = place
        turned_on = not self._ticks[place].on
        for other, tick in enumerate(self._ticks):
            if other == place:
                self._ticks[other] = replace(tick, on=turned_on)
            elif not self._many:
                self._ticks[other] = replace(tick, on=False)
        self._speak()
        self.update()
        self.changed.emit()

    def _speak(self) -> None:
        tick = self._ticks[self._current] if self._ticks else Tick(text="没有可选的")
        state = "已选" if tick.on else "没选"
        beside = f"，{tick.beside}" if tick.beside else ""
        self.setAccessibleName(f"{self._name}，{self._current + 1} {tick.text}，{state}{beside}")

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        key = event.text().upper()
        if len(key) == 1 and key in KEYS[: len(self._ticks)]:
            self.toggle(KEYS.index(key))
            return
        match event.key():
            case Qt.Key.Key_Space:
                self.toggle(self._current)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                step = -1 if event.key() == Qt.Key.Key_Up else 1
                self._current = min(len(self._ticks) - 1, max(0, self._current + step))
                self._speak()
                self.update()
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.side_step.emit(self._current, -1 if event.key() == Qt.Key.Key_Left else 1)
            case _:
                super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            self.toggle(int(event.position().y()) // self._tall())

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(400), self._tall() * len(self._ticks))

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tall = self._tall()
        for place, tick in enumerate(self._ticks):
            self._paint_tick(painter, QRectF(0, place * tall, self.width(), tall), place, tick)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))

    def _paint_tick(self, painter: QPainter, row: QRectF, place: int, tick: Tick) -> None:
        if place == self._current and self.hasFocus():
            painter.fillRect(row, theme.color("selected"))
        middle = row.center().y()
        size = paint.keycap_size(KEYS[place])
        left = row.left() + theme.px(10)
        cap = QRectF(left, middle - size.height() / 2, size.width(), size.height())
        paint.draw_keycap(painter, cap, KEYS[place])
        icon, tone = ("square-check", "accentT") if tick.on else ("square", "control")
        box = cap.translated(size.width() + theme.px(8), 0).topLeft()
        box.setY(middle - theme.px(8))
        icons.draw(painter, icon, box, 16, tone, stroke="2")
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("t2" if tick.on else "t3"))
        inner = row.adjusted(theme.px(70), 0, -theme.px(12), 0)
        painter.drawText(inner, _RIGHT, tick.beside)
        inner.setRight(inner.right() - paint.text_width(tick.beside, 12) - theme.px(10))
        painter.setFont(theme.font(14, bold=tick.on))
        painter.setPen(theme.color("t1"))
        shown = painter.fontMetrics().elidedText(
            tick.text, Qt.TextElideMode.ElideRight, max(0, round(inner.width()))
        )
        painter.drawText(inner, _LEFT, shown)


class ReturnDialog(Dialog):
    """退回补核: reasons of the standard by digit, each tied to a material; Enter confirms.

    ``confirmed`` gets the codes of reasons and of materials, and the remark.
    """

    def __init__(
        self,
        standard: ItemStandard,
        materials: Sequence[tuple[str, str]],
        shown: str,
        confirmed: Callable[[Sequence[str], Sequence[str], str], None],
    ) -> None:
        super().__init__("退回补核，选原因", width=640)
        self._reasons = standard.return_reasons[:MOST]
        self._materials = (("", "不涉及材料"), *materials)
        codes = [code for code, _ in self._materials]
        first = codes.index(shown) if shown in codes else 0
        self._tied = [first for _ in self._reasons]
        self._confirmed = confirmed
        self.ticks = TickList([one.text for one in self._reasons], many=True, name="退回原因")
        self.remark = Field("补一句（可不填）")
        self.notice = Notice("warn")
        self.button = Button("退回补核", key="Enter", kind="compact")
        self.body.addWidget(
            Label("内部流转，计时不停，不再向群众要材料", size=13, tone="t2", wrap=True)
        )
        self.body.addWidget(self.ticks)
        self.body.addWidget(
            Label("数字选一条或几条，← → 换涉及的材料", size=12, tone="t3", wrap=True)
        )
        self.body.addWidget(self.remark)
        self.body.addWidget(self.notice)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(self.confirm)
        self.ticks.side_step.connect(self._on_side_step)
        self.ticks.changed.connect(self._show_tied)
        if not self._reasons:
            self.notice.show_trouble("本事项标准没有列退回原因", "", "请标准管理员补上再退回")

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="退回补核", key="Return", also=("Enter", "F9"), trigger=self.confirm),
            Act(name="选原因", key="1–9", trigger=self.ticks.setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.ticks

    def confirm(self) -> None:
        """Send it back, if at least one reason is chosen."""
        chosen = self.ticks.chosen()
        if not chosen:
            self.notice.show_trouble("还没选退回的原因", "", "按数字选一条或几条")
            self.ticks.setFocus()
            return
        tied = [self._materials[self._tied[place]][0] for place in chosen]
        materials = list(dict.fromkeys(code for code in tied if code))
        points = [self._reasons[place].code for place in chosen]
        self.close_dialog()
        self._confirmed(points, materials, self.remark.value())

    def _on_side_step(self, place: int, step: int) -> None:
        self._tied[place] = (self._tied[place] + step) % len(self._materials)
        if place not in self.ticks.chosen():
            self.ticks.toggle(place)
        self._show_tied()

    def _show_tied(self) -> None:
        self.notice.clear()
        chosen = self.ticks.chosen()
        for place in range(len(self._reasons)):
            name = self._materials[self._tied[place]][1]
            self.ticks.set_beside(place, name if place in chosen else "")


class RefuseDialog(Dialog):
    """不予许可: reason and basis first, then the whole of it to read, then a second F9.

    ``confirmed`` gets the text of the decision; ``heard`` says what the applicant said to it.
    """

    def __init__(
        self, standard: ItemStandard, confirmed: Callable[[str], None], *, heard: str = ""
    ) -> None:
        super().__init__(refusal_name(standard), width=680, height=500)
        self._standard, self._confirmed, self._heard = standard, confirmed, heard
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("理由")
        self.reason.setTabChangesFocus(True)
        self.reason.setPlaceholderText("写明查到什么，哪一条不符合")
        self.bases = TickList(
            [f"{clause(one)}　{one.gist}" for one in standard.bases], many=False, name="依据"
        )
        self.notice = Notice("warn")
        self.button = Button("看决定内容", key="F9", kind="compact")
        self.preview = Label(size=14, wrap=True, selectable=True)
        self.steps = QStackedWidget()
        self.steps.addWidget(self._first_step())
        self.steps.addWidget(self._second_step())
        self.body.addWidget(self.steps, 1)
        self.body.addWidget(self.notice)
        self.change_button = Button("改理由")
        self.foot.addWidget(self.change_button)
        self.change_button.hide()
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(self.go_on)
        self.change_button.clicked.connect(self._back)

    def _first_step(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(Label("理由", size=13, bold=True))
        self.reason.setFixedHeight(theme.px(110))
        column.addWidget(self.reason)
        column.addWidget(Label("依据，按数字选", size=13, bold=True))
        column.addWidget(self.bases)
        column.addStretch(1)
        return made

    def _second_step(self) -> QWidget:
        card = Card()
        card.body.setContentsMargins(*[theme.px(14)] * 4)
        card.body.addWidget(self.preview)
        card.body.addStretch(1)
        return card

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name=self.button.words,
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.go_on,
            ),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.reason

    def text(self) -> str:
        """The decision as it will stand: the reason, then where it is written."""
        reason = self.reason.toPlainText().strip().rstrip("。")
        basis = clause(self._standard.bases[self.bases.chosen()[0]])
        return f"{reason}。依据{basis}，{refusal_name(self._standard)}。"

    def go_on(self) -> None:
        """From the reason to the whole text, and from there to the decision."""
        self.notice.clear()
        if self.steps.currentIndex() == 1:
            text = self.text()
            self.close_dialog()
            self._confirmed(text)
        elif not self.reason.toPlainText().strip():
            self.notice.show_trouble("还没写理由", "", "写明查到什么，哪一条不符合")
            self.reason.setFocus()
        elif not self.bases.chosen():
            self.notice.show_trouble("还没选依据", "", "按数字选一条")
            self.bases.setFocus()
        else:
            told = self._standard.remedies
            remedies = f"告知：{told}" if told else ""
            parts = (self.text(), self._heard, remedies)
            self.preview.setText("\n\n".join(part for part in parts if part))
            self.steps.setCurrentIndex(1)
            self.notice.set_kind("bad")
            self.notice.show_trouble("对申请人不利，定了不能撤回", "", "再按一次 F9 作出决定")
            self.button.setText(f"确认{refusal_name(self._standard)}")
            self.change_button.show()
            self.button.setFocus()

    def _back(self) -> None:
        self.notice.clear()
        self.notice.set_kind("warn")
        self.steps.setCurrentIndex(0)
        self.button.setText("看决定内容")
        self.change_button.hide()
        self.reason.setFocus()
