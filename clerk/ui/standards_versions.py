"""版本: every published version of the item, and what each changed, in plain words."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.standard_versions import VersionEntry
from clerk.ui import theme
from clerk.ui.chips import ChipKind, ChipSpec, LinesSpec
from clerk.ui.column_model import ColumnModel
from clerk.ui.overriding import override
from clerk.ui.standards_reasons import Reason, ReasonList
from clerk.ui.standards_scrolled import scrolled
from clerk.ui.tables import Table
from clerk.ui.widgets import Button, Label, Line
from clerk.wording import short_day


class _Versions(ColumnModel[VersionEntry]):
    def __init__(self) -> None:
        super().__init__()
        self._today = date.min

    def show_entries(self, entries: Sequence[VersionEntry], today: date) -> None:
        """Show other versions."""
        self._today = today
        self.show_rows(entries)

    @override
    def spec_of(self, row: VersionEntry) -> LinesSpec:
        chip = standing_chip(row, self._today)
        return LinesSpec(f"第 {row.version} 版", days_words(row), chip=chip)


def days_words(entry: VersionEntry) -> str:
    """From when and until when it counts."""
    begins = f"{entry.effective_on:%Y-%m-%d}"
    return f"{begins} 至 {entry.ended_on:%Y-%m-%d}" if entry.ended_on else f"{begins} 起"


def standing_chip(entry: VersionEntry, today: date) -> ChipSpec:
    """How a version stands on a day."""
    if entry.taken_back:
        return ChipSpec(ChipKind.NEUTRAL, "已取回")
    if entry.effective_on > today:
        return ChipSpec(ChipKind.INFO, f"{short_day(entry.effective_on)}生效")
    if entry.ended_on is not None and entry.ended_on < today:
        return ChipSpec(ChipKind.NEUTRAL, "已被替换")
    return ChipSpec(ChipKind.GOOD, "现行")


def published_words(entry: VersionEntry) -> str:
    """Who published it, who had proposed it, and why."""
    by = f"由{entry.published_by_name}" if entry.published_by_name else "随程序"
    said = [f"{entry.published_at:%Y-%m-%d} {by}发布"]
    said += [f"由{entry.proposed_by_name}提交"] if entry.proposed_by_name else []
    said += [entry.reason] if entry.reason else []
    return "，".join(said)


class VersionsTab(QWidget):
    """``shown`` carries the entry whose changes are wanted, ``begin_wanted`` one to go back to."""

    shown = pyqtSignal(object)
    begin_wanted = pyqtSignal(object)

    def __init__(self, *, may_edit: bool) -> None:
        super().__init__()
        self._may_edit = may_edit
        self._before: dict[int, VersionEntry] = {}
        self.entries = _Versions()
        self.list = Table(
            self.entries,
            widths=(None,),
            row_height=52,
            header=False,
            row_keys=[Qt.Key.Key_Right],
            name="版本",
        )
        self.entries.setParent(self.list)
        self.head = Label(size=14, bold=True, wrap=True)
        self.says = Label(size=12, tone="t3", wrap=True)
        self.changes = ReasonList("和上一版的不同")
        self.begin_button = Button("按这一版起草", key="F8")
        self.begin_button.setVisible(False)
        self._lay_out()
        self.list.moved.connect(lambda _: self._show_current())
        self.begin_button.clicked.connect(lambda _: self.begin())

    def _lay_out(self) -> None:
        area = scrolled(self.changes, below=12)
        right = QVBoxLayout()
        right.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(theme.px(16), theme.px(12), theme.px(12), theme.px(6))
        words = QVBoxLayout()
        words.addWidget(self.head)
        words.addWidget(self.says)
        top.addLayout(words, 1)
        top.addWidget(self.begin_button, 0, Qt.AlignmentFlag.AlignTop)
        right.addLayout(top)
        right.addWidget(area, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list.setFixedWidth(theme.px(244))
        row.addWidget(self.list)
        row.addWidget(Line(upright=True))
        row.addLayout(right, 1)

    def show_history(self, entries: Sequence[VersionEntry], today: date) -> None:
        """Show the versions, the newest first."""
        self._before = {entry.version: before for entry, before in pairwise(entries)}
        self.entries.show_entries(entries, today)
        self.list.go_to(0)
        self._show_current()

    def current(self) -> VersionEntry | None:
        """The version the cursor is on."""
        row = self.list.current_row()
        return self.entries.row(row)

    def before(self, entry: VersionEntry) -> VersionEntry | None:
        """The version before one."""
        return self._before.get(entry.version)

    def show_changes(self, entry: VersionEntry, changes: Sequence[str]) -> None:
        """Show what a version changed, if it is still the one that is shown."""
        if self.current() == entry:
            lines = [Reason(text=one, icon="pencil-line", icon_tone="t3") for one in changes]
            nothing = Reason(text="和上一版一样", icon="equal", icon_tone="t3", tone="t2")
            self.changes.show_lines(lines or [nothing])

    def begin(self) -> None:
        """Ask for a draft with the content of the version that is shown."""
        entry = self.current()
        if entry is not None and self._may_edit:
            self.begin_wanted.emit(entry)

    def _show_current(self) -> None:
        entry = self.current()
        self.begin_button.setVisible(entry is not None and self._may_edit)
        if entry is None:
            self.head.setText("还没有发布过")
            self.says.setText("")
            self.changes.show_lines(())
            return
        before = self.before(entry)
        told = f"第 {entry.version} 版改了什么" if before else f"第 {entry.version} 版，最早的一版"
        self.head.setText(told)
        self.says.setText(published_words(entry))
        self.changes.show_lines(())
        if before is not None:
            self.shown.emit(entry)
