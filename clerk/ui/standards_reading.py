"""What 标准 shows, read behind the window: the item of the cursor, its versions, its samples."""

from collections.abc import Callable, Iterator
from functools import partial

from PyQt6.QtGui import QHideEvent

from clerk.domain.draft_editing import Path
from clerk.domain.errors import ClerkError
from clerk.domain.sample_run import SampleHall
from clerk.domain.standard_draft import CatalogueRow, DraftChanged, Rehearsal, StandardDraft
from clerk.domain.standard_versions import VersionEntry
from clerk.domain.standard_writing import table_of
from clerk.jobs import Jobs, Lane
from clerk.ui.overriding import override
from clerk.ui.pieces import AHEAD_MS, Pieces
from clerk.ui.standards_actions import StandardsActions
from clerk.ui.standards_changes import changes_between
from clerk.ui.standards_editing import Examined, OpenDraft, Opened, read_item
from clerk.ui.standards_elements import TABS, TRIAL, tab_of
from clerk.ui.standards_frame import StandardsFrame
from clerk.ui.standards_part import PartTab
from clerk.ui.standards_tree import levels
from clerk.ui.timers import timer
from clerk.ui.widgets import Button
from clerk.wording import clock, short_day

_LOAD_MS = 60


class ReadStandards(StandardsFrame):
    """Everything of the page but the acts."""

    def __init__(self, actions: StandardsActions, jobs: Jobs) -> None:
        super().__init__(actions, jobs)
        self.open: OpenDraft | None = None
        self._loads, self._anew = 0, False
        self._load = timer(self, _LOAD_MS, self._load_item, once=True)
        self._ahead = Pieces(self)
        self._made_ahead = False

    @override
    def _connect(self) -> None:
        super()._connect()
        self.list.moved.connect(self._load.start)
        self.list.loaded.connect(self._on_listed)
        self.list.failed.connect(self._on_failed)
        self.tabs.chosen.connect(self._on_tab)
        self.side.jump_wanted.connect(lambda found: self.go_to(found.path))
        self.versions.shown.connect(self._read_changes)
        self.trial.run_wanted.connect(self.run_samples)
        self.tree.go_wanted.connect(self.go_to)
        self.tree.siblings_wanted.connect(self.list.look_for)
        self.side.clear()

    @override
    def entered(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read the list and the item again."""
        self.trouble.clear()
        self._load.stop()  # what the list shows now may not be there any more
        self.list.reload()

    def _on_listed(self) -> None:
        if not self._made_ahead:
            self._made_ahead = True  # while the item is read: with it, it would be too much at once
            self._ahead.begin(self._forms_ahead(), pause_ms=AHEAD_MS)
        if not self.list.model.rowCount():
            self._close()
        else:
            self._load.start()

    def _load_item(self) -> None:
        row, opened = self.list.current(), self.open
        if row is None or not self.isVisible():  # a list may come when the page has gone
            return
        if opened is not None and opened.row.item_code == row.item_code and not self._anew:
            opened.row = row  # what is being edited stays, with the steps that can be undone
            self._show_head()
            return
        self._anew = False
        self._loads += 1
        self._jobs.run(
            Lane.STORE,
            partial(read_item, self._actions, row),
            owner=self,
            then=partial(self._on_read, self._loads),
            failed=self._on_failed,
        )

    def _on_read(self, load: int, opened: Opened) -> None:
        if load == self._loads:
            self._show_opened(opened)

    def _show_opened(self, opened: Opened) -> None:
        same = self.open is not None and self.open.row.item_code == opened.row.item_code
        if self.open is not None:
            self.open.leave()
        self.open = OpenDraft(opened, self._actions, self._jobs, self)
        self.open.changed.connect(self._on_changed)
        self.open.kept.connect(self._on_kept)
        self.open.failed.connect(self._on_failed)
        self.open.examined.connect(self._on_examined)
        self.trouble.clear()
        self.trial.clear()
        if not same:
            self.side.clear()
        self.stack.setCurrentWidget(self.work)
        self._show_head()
        self._show_front()
        self._read_history(opened.row)
        self.acts_changed.emit()

    def _close(self) -> None:
        if self.open is not None:
            self.open.leave()
        self.open = None
        self._loads += 1
        self.side.clear()
        self.stack.setCurrentWidget(self.empty)
        self.subject.setText("")
        self._show_buttons()
        self.acts_changed.emit()

    # ---- what is in front ------------------------------------------------------------------

    def front(self) -> PartTab | None:
        """The editing tab in front, the samples' one too; None where another one is."""
        shown = self.fronts.currentWidget()
        if shown is self.trial and self.trial.is_ready():
            return self.trial.part
        return shown if isinstance(shown, PartTab) else None

    def _on_tab(self, place: int) -> None:
        self.fronts.setCurrentIndex(place)
        self._show_front()
        if TABS[place] is TRIAL:
            self._show_trial()
        self.acts_changed.emit()

    def go_to(self, path: Path) -> None:
        """Go to what stands at ``path`` of the draft."""
        if path:
            self.tabs.choose(tab_of(str(path[0])))
        front = self.front()
        if front is not None:
            front.go_to(path)

    def _show_front(self, at: Path | None = None) -> None:
        front, opened = self.front(), self.open
        if opened is not None and self.fronts.currentWidget() is self.tree:
            self.tree.show_table(opened.table)
        if front is None or opened is None:
            return
        faults = opened.result.faults if opened.result else ()
        if front is self.trial.part:
            self.trial.show_samples(opened.whole, faults, can_edit=opened.can_edit, at=at)
        else:
            front.show_table(opened.table, faults, can_edit=opened.can_edit, at=at)

    def _show_head(self) -> None:
        opened = self.open
        if opened is None:
            return
        table, row = opened.table, opened.row
        self.name.setText(str(table.get("name") or row.name or row.item_code))
        self.codes.setText(" › ".join(title for title, _ in levels(table)))
        self.about.setText("；".join(_standing(row, opened.draft)))
        draft = opened.draft
        if draft is not None and draft.proposal_id is not None:
            self.read_only.show_trouble("草稿已经送审，退回或收回以后才能改")
        else:
            self.read_only.clear()
        self._show_saved(draft)
        self._show_buttons()

    def _show_saved(self, draft: StandardDraft | None) -> None:
        if draft is None:
            said = "改动会存成草稿，发布以前不影响窗口" if self._actions.may_edit else ""
        else:
            said = f"草稿已存 {clock(draft.changed_at)}，{draft.changed_by_name}改的"
        self.subject.setText(said)

    def _show_buttons(self) -> None:
        """Offer what this person may do with the item."""

    # ---- what happens to the draft ---------------------------------------------------------

    def _on_changed(self, where: Path | None) -> None:
        if where:
            self.tabs.choose(tab_of(str(where[0])))
        self._show_front(where)
        if where:
            front = self.front()
            if front is not None:
                front.outline.setFocus()
        self.trial.clear()
        self.subject.setText("正在存草稿")
        self.acts_changed.emit()

    def _on_kept(self, draft: StandardDraft) -> None:
        first = self.open is not None and self.open.row.draft is None
        self._show_saved(draft)
        if first:
            self.list.reload()
        self._show_buttons()

    def _on_examined(self, result: Examined) -> None:
        opened = self.open
        if opened is None:
            return
        counts = [0] * len(TABS)
        for path, _ in result.faults:
            counts[tab_of(str(path[0])) if path else 0] += 1
        self.tabs.show_counts(counts)
        draft = opened.draft is not None
        self.side.show_examined(result, opened.table, self._today(), draft=draft)
        self._show_front()
        self._show_trial()
        self._show_buttons()
        self.acts_changed.emit()

    def _on_failed(self, error: ClerkError) -> None:
        changed = isinstance(error, DraftChanged)
        again = (
            Button("看别人改过的", small=True) if changed else Button("再试", key="F5", small=True)
        )
        again.clicked.connect(self.read_anew if changed else self.try_again)
        if self.open is not None and self.open.is_behind():
            self.subject.setText("刚才的改动还没存上，还在屏幕上")
        self.trouble.show_error(error, [again])

    def try_again(self) -> None:
        """Keep what could not be kept, then read the list again."""
        opened = self.open
        if opened is not None and opened.is_behind():
            opened.keep()
        else:
            self._anew = True
        self.reload()

    def _forms_ahead(self) -> Iterator[None]:
        """Make the forms of every tab while nobody waits for them."""
        for part in self.parts:
            yield from part.forms_ahead()

    def read_anew(self) -> None:
        """Show the item as the store has it; what could not be kept is given up."""
        self._anew = True
        self.reload()

    # ---- versions and samples --------------------------------------------------------------

    def _read_history(self, row: CatalogueRow) -> None:
        def _show(entries: tuple[VersionEntry, ...]) -> None:
            if self.open is not None and self.open.row.item_code == row.item_code:
                self.versions.show_history(entries, self._today())

        self._run(Lane.STORE, lambda: tuple(self._actions.history(row.item_code)), _show)

    def _read_changes(self, entry: VersionEntry) -> None:
        before = self.versions.before(entry)
        if before is None:
            return
        read, code = self._actions.read_version, entry.item_code
        self._run(
            Lane.COUNT,
            lambda: changes_between(
                table_of(read(code, before.version)), table_of(read(code, entry.version))
            ),
            partial(self.versions.show_changes, entry),
        )

    def _show_trial(self) -> None:
        opened = self.open
        if opened is None:
            return
        if not self.trial.is_ready():
            self._run(Lane.COUNT, self._actions.sample_hall, self._on_hall)
        if opened.result is not None and opened.result.standard is None:
            self.trial.show_bar("草稿还有要改的，改好才能跑样例")
        elif opened.draft is None:
            self.trial.show_bar("没有草稿，现行的版本发布时跑过")
        elif not self.trial.has_result():
            self.trial.clear()

    def _on_hall(self, hall: SampleHall) -> None:
        self.trial.meet(hall.people)
        self._show_front()

    def run_samples(self) -> None:
        """Run the sample cases with the draft as it is kept."""
        opened = self.open
        if opened is None or opened.draft is None:
            return
        self.trial.show_running()
        self._run(
            Lane.COUNT,
            partial(self._actions.rehearse_draft, opened.draft),
            partial(self._on_rehearsed, opened),
        )

    def _on_rehearsed(self, opened: OpenDraft, result: Rehearsal) -> None:
        if opened is self.open:
            self.trial.show_result(result)

    def _run(self, lane: Lane, work: Callable[[], object], then: Callable[..., None]) -> None:
        self._jobs.run(lane, work, owner=self, then=then, failed=self._on_failed)

    @override
    def hideEvent(self, event: QHideEvent | None) -> None:
        super().hideEvent(event)
        self._load.stop()
        self._ahead.drop()


def _standing(row: CatalogueRow, draft: StandardDraft | None) -> list[str]:
    said = []
    if row.version and row.effective_on is not None:
        said.append(f"第 {row.version} 版，{row.effective_on:%Y-%m-%d} 起")
    if row.ended_on is not None:
        said.append(f"到 {row.ended_on:%Y-%m-%d}")
    if row.next_version and row.next_on is not None:
        said.append(f"第 {row.next_version} 版 {short_day(row.next_on)}生效")
    if draft is not None:
        base = f"第 {draft.base_version} 版" if draft.base_version else "空白"
        said.append(f"草稿从{base}起")
    return said
