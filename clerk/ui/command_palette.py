"""Every act with its key: the palette to do one, the sheet to learn them."""

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from clerk.ui import theme
from clerk.ui.acts import Act, Acts, ActsOfText, key_text
from clerk.ui.overriding import override
from clerk.ui.widgets.card import Line
from clerk.ui.widgets.dialog import Dialog, KeyLine
from clerk.ui.widgets.label import Label
from clerk.ui.widgets.line import LineEdit
from clerk.ui.widgets.search_box import MOST_HITS, Hit, HitList

Listed = Sequence[tuple[str, Act]]


class CommandPalette(Dialog):
    """Type a few characters of what you want to do; Enter does it, the key is shown beside."""

    def __init__(self, acts: Acts, of_text: ActsOfText) -> None:
        super().__init__("找功能", width=520)
        self._acts, self._of_text = acts, of_text
        self._listed = [(scope, act) for scope, act in acts.listed() if not act.local]
        self.editor = LineEdit()
        self.editor.setPlaceholderText("要做什么")
        self.editor.setAccessibleName("找功能，要做什么")
        self.editor.installEventFilter(self)
        self.editor.textChanged.connect(self._on_text)
        self.list = HitList()
        self.none = Label("没有这样的功能。按 F1 看本屏全部按键", size=13, tone="t2")
        self.body.addWidget(self.editor)
        self.body.addWidget(self.list)
        self.body.addWidget(self.none)
        self.body.addStretch()
        self.list.chosen.connect(self._on_chosen)
        self._on_text("")
        self.setFixedHeight(theme.px(64 + 44 + 38 * MOST_HITS + 24))

    @override
    def first_focus(self) -> QWidget | None:
        return self.editor

    def _on_text(self, text: str) -> None:
        wanted = text.strip().lower()
        found = [Hit(value=act, title=act.title, hint="", key="") for act in self._of_text(text)]
        found += [
            Hit(
                value=act,
                title=act.title,
                hint="" if act.enabled() else "现在不能用",
                key=key_text(act.key),
            )
            for _, act in self._listed
            if wanted in act.title.lower() or wanted in key_text(act.key).lower()
        ]
        self.list.show_hits(found)
        self.none.setVisible(not found)

    def _on_chosen(self, act: Act) -> None:
        self.close_dialog()
        self._acts.do(act)

    @override
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Down:
                    self.list.move_by(1)
                case Qt.Key.Key_Up:
                    self.list.move_by(-1)
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self.list.take()
                case _:
                    return False
            return True
        return super().eventFilter(watched, event)


class KeySheet(Dialog):
    """The keys of the screen as it stands, by scope (本屏按键表)."""

    def __init__(self, listed: Listed) -> None:
        super().__init__("本屏按键", width=760, height=560)
        inside = QWidget()
        inside.setProperty("scrolled", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        column.setSpacing(theme.px(8))
        for scope in dict.fromkeys(scope for scope, _ in listed):
            acts = [act for of, act in listed if of == scope and act.key]
            if acts:
                column.addWidget(Label(scope or "现在", bold=True))
                column.addLayout(_sheet(acts))
                column.addWidget(Line())
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area = area
        self.body.addWidget(area, 1)

    @override
    def first_focus(self) -> QWidget | None:
        return self._area


def _sheet(acts: Sequence[Act]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(16))
    grid.setVerticalSpacing(theme.px(6))
    rows = (len(acts) + 1) // 2
    for number, act in enumerate(acts):
        grid.addWidget(KeyLine(key_text(act.key), act.title), number % rows, number // rows)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid
