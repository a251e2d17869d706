"""What changed since the case was sent back (补核、补正前后): field by field, page by page."""

from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.answered import last_answer
from clerk.domain.case import Case, CaseEventKind
from clerk.domain.changes import Change, ChangeKind
from clerk.domain.standard import ItemStandard, Way
from clerk.ui import theme
from clerk.ui.widgets import Button, KeyHint, Label, Line
from clerk.wording import WAYS


class ChangesBlock(QWidget):
    """One line a change, old before new; hidden where nothing was sent back.

    ``older_wanted`` carries the code of a material whose old pages are asked for.
    """

    older_wanted = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", bold=True)
        self.labels: list[Label] = []
        self.buttons: list[Button] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(6), 0, 0)
        column.setSpacing(theme.px(6))
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(theme.px(18), 0, theme.px(14), theme.px(4))
        self._lines.setSpacing(theme.px(6))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        self.hint = KeyHint(["F8"], "看旧页、新页")
        head.addWidget(self.hint)
        self._lines.addLayout(head)
        column.addLayout(self._lines)
        column.addWidget(Line())
        self._rows: list[QWidget] = []
        self.hide()

    def show_case(self, standard: ItemStandard, case: Case) -> None:
        """Show what came back last, instead of another case's."""
        self._clear()
        answer = last_answer(case)
        self.setVisible(answer is not None)
        if answer is None:
            return
        corrected = answer.kind is CaseEventKind.CORRECTED
        self.title.setText("补正改了什么" if corrected else "补核改了什么")
        for change in answer.changed:
            held = case.evidence.get(change.code) if change.kind is ChangeKind.MATERIAL else None
            self._add(change_words(change, standard), change.code if held and held.older else "")
        self.hint.setVisible(bool(self.buttons))
        if not answer.changed:
            self._add(("内容和页都没有换", "看经过里的说明"), "")

    def words(self) -> tuple[str, ...]:
        """Everything that is said, line by line."""
        return tuple(label.text() for label in self.labels)

    def _add(self, words: tuple[str, str], code: str) -> None:
        what, how = words
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        for text, size, tone in ((what, 13, "t1"), (how, 12, "t2")):
            label = Label(text, size=size, tone=tone, wrap=True)
            self.labels.append(label)
            texts.addWidget(label)
        row.addLayout(texts, 1)
        if code:
            button = Button("看旧页", small=True)
            button.setAccessibleName(f"看旧页，{what}")
            button.clicked.connect(partial(self._on_clicked, code))
            self.buttons.append(button)
            row.addWidget(button)
        self._rows.append(made)
        self._lines.addWidget(made)

    def _on_clicked(self, code: str, _: bool) -> None:
        self.older_wanted.emit(code)

    def _clear(self) -> None:
        for row in self._rows:
            self._lines.removeWidget(row)
            row.deleteLater()
        self._rows, self.labels, self.buttons = [], [], []


def change_words(change: Change, standard: ItemStandard) -> tuple[str, str]:
    """What is different, and how: the old before the new."""
    if change.kind is ChangeKind.FIELD:
        names = {one.code: one.label for one in standard.fields}
        before, after = change.before or "没填", change.after or "清空"
        return names.get(change.code, change.code), f"{before} → {after}"
    name = standard.requirement(change.code).name
    pages = "、".join(str(page) for page in change.pages)
    paged = f"第 {pages} 页" if pages else ""
    if change.before == change.after:
        return name, f"{paged}换过"
    before, after = (WAYS[Way(way)] if way else "没有" for way in (change.before, change.after))
    return name, "，".join(part for part in (f"{before} → {after}", paged) if part)
