"""Views of one's own (我的视图): a standing view with search and filters, kept under a name."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from typing import Final

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from clerk.domain.case_list import CaseView
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.cases_pills import Pill
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice
from clerk.values import dataclass

SETTING: Final = "case_views"
MOST: Final = 20
LONGEST: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """What a clerk looks for again and again; ``item_code`` is empty for every item."""

    name: str
    view: CaseView
    text: str = ""
    mine: bool = False
    item_code: str = ""
    item_name: str = ""


def dump(views: Sequence[SavedView]) -> str:
    """Return the views as the text that is kept."""
    return json.dumps([asdict(view) for view in views], ensure_ascii=False)


def load(text: str) -> tuple[SavedView, ...]:
    """Return the views that ``dump`` wrote, none for an empty text."""
    found = json.loads(text) if text else []
    return tuple(SavedView(**{**one, "view": CaseView(one["view"])}) for one in found)


class ViewKeeper(QObject):
    """The views of one clerk, read once and written at every change.

    ``changed`` follows a change; ``failed`` carries a ``ClerkError``, and nothing was kept.
    """

    changed = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(
        self,
        jobs: Jobs,
        load_setting: Callable[[str], str],
        save_setting: Callable[[str, str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._load, self._save = jobs, load_setting, save_setting
        self._read = False
        self.views: tuple[SavedView, ...] = ()

    def read_once(self) -> None:
        """Read what was kept, the first time only."""
        if not self._read:
            self._read = True
            self._run(lambda: load(self._load(SETTING)))

    def put(self, view: SavedView) -> None:
        """Keep a view; one of the same name goes, and of too many the oldest."""
        others = [one for one in self.views if one.name != view.name]
        self._write((*others, view)[-MOST:])

    def drop(self, name: str) -> None:
        """Forget a view."""
        self._write(tuple(one for one in self.views if one.name != name))

    def _write(self, views: tuple[SavedView, ...]) -> None:
        def written() -> tuple[SavedView, ...]:
            self._save(SETTING, dump(views))
            return views

        self._run(written)

    def _run(self, work: Callable[[], tuple[SavedView, ...]]) -> None:
        self._jobs.run(Lane.STORE, work, owner=self, then=self._on_views, failed=self.failed.emit)

    def _on_views(self, views: tuple[SavedView, ...]) -> None:
        self.views = views
        self.changed.emit()


class SavedPills(QWidget):
    """One's own views behind the standing ones; those without room are found by Ctrl K.

    ``chosen`` carries the ``SavedView``.
    """

    chosen = pyqtSignal(object)
    save_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.pills: list[Pill] = []
        self._views: tuple[SavedView, ...] = ()
        self.more = Label(size=12, tone="t3")
        self.save_button = Button("存为视图", key="Ctrl S", kind="quiet", small=True)
        self.save_button.clicked.connect(self.save_wanted)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(4))
        self._row.addWidget(self.more)
        self._row.addWidget(self.save_button)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(self.save_button.sizeHint().width())

    def show_views(self, views: Sequence[SavedView], current: SavedView | None) -> None:
        """Show a pill for each view; ``current`` is the one whose cases are shown."""
        if tuple(views) != self._views:
            self._views = tuple(views)
            self._make_pills()
        for pill, view in zip(self.pills, views, strict=True):
            pill.setChecked(view == current)
        self._fit()

    def _make_pills(self) -> None:
        for pill in self.pills:
            self._row.removeWidget(pill)
            pill.deleteLater()
        self.pills = [Pill(view.name) for view in self._views]
        for place, (pill, view) in enumerate(zip(self.pills, self._views, strict=True)):
            pill.setAccessibleName(f"我的视图 {view.name}")
            pill.clicked.connect(partial(self._on_clicked, view))
            self._row.insertWidget(place, pill)

    def _on_clicked(self, view: SavedView, _: bool) -> None:
        self.chosen.emit(view)

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Hide what has no room, the chosen view last."""
        gap = self._row.spacing()
        room = self.width() - self.save_button.sizeHint().width() - theme.px(48)
        fitting = set[Pill]()
        for pill in sorted(self.pills, key=lambda one: not one.isChecked()):
            room -= pill.sizeHint().width() + gap
            if room >= 0:
                fitting.add(pill)
        for pill in self.pills:
            pill.setVisible(pill in fitting)
        hidden = [pill.text() for pill in self.pills if pill not in fitting]
        self.more.setText(f"+{len(hidden)}" if hidden else "")
        self.more.setVisible(bool(hidden))
        self.more.setToolTip(f"按 Ctrl K 找：{'、'.join(hidden)}" if hidden else "")


class SaveViewDialog(Dialog):
    """The name under which the present view is kept; F9 keeps it. ``named`` gets the name."""

    def __init__(self, says: str, suggested: str, named: Callable[[str], None]) -> None:
        super().__init__("存为视图", width=460)
        self._named = named
        self.name = Field(f"名字，最多 {LONGEST} 个字")
        self.name.set_value(suggested[:LONGEST])
        self.name.editor.selectAll()
        self.notice = Notice("warn")
        self.button = Button("存下", key="F9", kind="compact")
        self.body.addWidget(Label(says, size=13, tone="t2", wrap=True))
        self.body.addWidget(self.name)
        self.body.addWidget(self.notice)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(self.confirm)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="存下", key="F9", also=("Ctrl+Return", "Ctrl+Enter"), trigger=self.confirm),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.name.editor

    def confirm(self) -> None:
        """Keep it, if it has a name that is short enough."""
        name = self.name.value().strip()
        if not 0 < len(name) <= LONGEST:
            self.notice.show_trouble("名字没写或太长", "还没存", f"写 1 到 {LONGEST} 个字")
            self.name.focus_editor()
            return
        self.close_dialog()
        self._named(name)
