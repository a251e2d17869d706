"""标准: see what the standard says of an item, change it as a draft, lay it before a publisher."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtWidgets import QWidget

from clerk.domain.standard_draft import Proposal, StandardDraft
from clerk.domain.standard_versions import VersionEntry
from clerk.domain.standard_writing import table_of
from clerk.jobs import Jobs, Lane
from clerk.ui import standards_batch_work as many
from clerk.ui.acts import Act
from clerk.ui.cases_frame import OpenDialog
from clerk.ui.overriding import override
from clerk.ui.page import ActionBar
from clerk.ui.standards_actions import StandardsActions
from clerk.ui.standards_batch import BatchDialog
from clerk.ui.standards_delegation import DelegationDialog
from clerk.ui.standards_elements import TABS, TRIAL
from clerk.ui.standards_new import NewItemDialog
from clerk.ui.standards_part import PartTab
from clerk.ui.standards_propose import ProposeDialog
from clerk.ui.standards_sheets import Sheets
from clerk.ui.standards_steps import EditStandards
from clerk.ui.standards_waiting import WaitingDialog
from clerk.ui.widgets import Button, open_dialog
from clerk.wording import short_day

OfferUndo = Callable[..., None]


def _nothing(_: str) -> None: ...


class StandardsPage(EditStandards):
    """The items, and the one under the cursor.

    ``sheets`` opens import and export of lists, ``letters`` the letter templates.
    """

    def __init__(
        self,
        actions: StandardsActions,
        jobs: Jobs,
        offer_undo: OfferUndo,
        say: Callable[[str], None] = _nothing,
        open_dialog: OpenDialog = open_dialog,
        *,
        sheets: Sheets | None = None,
        letters: Callable[[], None] | None = None,
        in_pieces: bool = False,
    ) -> None:
        super().__init__(actions, jobs, say, open_dialog)
        self._offer_undo = offer_undo
        self._sheets, self._letters = sheets, letters
        self._fault = -1
        self.make(self._made(), in_pieces=in_pieces)

    @override
    def _connect(self) -> None:
        super()._connect()
        self.versions.begin_wanted.connect(self._begin_from)
        self.drop_button.clicked.connect(lambda _: self.drop_draft())
        self.batch_button.clicked.connect(lambda _: self.whole_import())
        self.waiting_button.clicked.connect(lambda _: self.show_waiting())
        self.main_button.clicked.connect(lambda _: self.go_on())

    # ---- what the shell asks ---------------------------------------------------------------

    @override
    def top_bar(self) -> QWidget:
        bar = super().top_bar()
        sheets = self._sheets
        if sheets is not None:
            button = Button("导入实施清单", key="Ctrl O", kind="quiet", icon="file-up", small=True)
            button.clicked.connect(lambda _: sheets.take(done=self._on_moved_on))
            self.bar.add(button)
        if self._actions.may_edit:
            button = Button("授权受理", key="Ctrl J", kind="quiet", icon="stamp", small=True)
            button.clicked.connect(lambda _: self.delegate())
            self.bar.add(button)
        if self._letters is not None:
            open_letters = self._letters
            button = Button("承诺书模板", key="Ctrl T", kind="quiet", icon="file-text", small=True)
            button.clicked.connect(lambda _: open_letters())
            self.bar.add(button)
        return bar

    @override
    def action_bar(self) -> ActionBar:
        bar = super().action_bar()
        self._show_buttons()
        return bar

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="找事项", key="F3", trigger=self.list.search.setFocus),
            Act(name="看最新", key="F5", trigger=self.try_again),
            *self._main_acts(),
            *(
                Act(name=f"看{tab.name}", key=f"Ctrl+{place}", trigger=partial(self._go_tab, place))
                for place, tab in enumerate(TABS, start=1)
            ),
            Act(name="下一处要改的", key="F4", trigger=partial(self.next_fault, 1)),
            Act(name="上一处要改的", key="Shift+F4", trigger=partial(self.next_fault, -1)),
            *(self._editing_acts() if self._actions.may_edit else ()),
            *(
                (Act(name="承诺书模板", key="Ctrl+T", trigger=self._letters),)
                if self._letters is not None
                else ()
            ),
            Act(name="退一步", key="Esc", trigger=self._step_back),
        )

    def _main_acts(self) -> Sequence[Act]:
        actions = self._actions
        if not (actions.may_edit or actions.may_publish):
            return ()
        return (
            Act(
                name=self._main_word,
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.go_on,
                enabled=lambda: not self._why_not(),
                why_not=self._why_not,
            ),
            Act(name="送审和发布的情况", key="Shift+F9", trigger=self.show_waiting),
        )

    def _editing_acts(self) -> Sequence[Act]:
        def on(act: Callable[[PartTab], None]) -> Callable[[], None]:
            def _do() -> None:
                front = self.front()
                if front is not None:
                    act(front)

            return _do

        return (
            Act(name="撤销上一步", key="Ctrl+Z", trigger=self._undo),
            Act(name="重做", key="Ctrl+Y", trigger=self._redo),
            Act(name="加一条", key="Ins", trigger=on(PartTab.add), local=True),
            Act(name="加下一级", key="Ctrl+Ins", trigger=on(PartTab.add_below)),
            Act(name="复制这一条", key="Ctrl+D", trigger=on(PartTab.copy)),
            Act(name="删掉这一条", key="Del", trigger=on(PartTab.drop), local=True),
            Act(name="上移下移这一条", key="Ctrl+↑ ↓", trigger=self._undo, local=True),
            Act(name="跑一遍样例", key="F7", trigger=self._run_samples_there),
            Act(name="照办件加样例", key="Ctrl+G", trigger=self.add_sample_of_case),
            Act(name="照现在的结论改样例", key="Ctrl+R", trigger=self.accept_outcome),
            Act(name="按选中的版本起草", key="F8", trigger=self.versions.begin),
            Act(name="放弃草稿", trigger=self.drop_draft),
            Act(name="整批处理", key="Ctrl+B", trigger=self.whole_import),
            Act(name="整批授权受理", key="Ctrl+J", trigger=self.delegate),
            Act(name="新建事项", trigger=self._new_item),
            *(
                self._sheets.acts(self._item_in_front, self._on_moved_on, self._say)
                if self._sheets
                else ()
            ),
        )

    def _item_in_front(self) -> tuple[str, ...]:
        return (self.open.row.item_code,) if self.open else ()

    # ---- editing ---------------------------------------------------------------------------

    def _run_samples_there(self) -> None:
        self._go_tab(TABS.index(TRIAL) + 1)
        if self.trial.run_button.isEnabled():
            self.run_samples()

    def _begin_from(self, entry: VersionEntry) -> None:
        """Let the draft be as that version was; where there is one already, one step of it."""
        opened = self.open
        if opened is None:
            return
        if not opened.can_edit:
            self._say("草稿已经送审，退回或收回以后才能改")
            return
        self._run(
            Lane.STORE,
            partial(self._actions.read_version, entry.item_code, entry.version),
            lambda standard: opened.edit(table_of(standard)),
        )

    def _new_item(self) -> None:
        self._open_dialog(self, NewItemDialog(self._begin_new))

    def _begin_new(self, code: str, name: str) -> None:
        table = {"item_code": code, "name": name}
        self._run(Lane.STORE, partial(self._actions.new_draft, table), self._on_new)

    def _on_new(self, draft: StandardDraft) -> None:
        self._say(f"已起草{draft.name}，各要素补齐才能提交")
        self.list.go_to_item(draft.item_code)
        self.list.search.editor.setText(draft.item_code)
        self.reload()

    def drop_draft(self) -> None:
        """Take the draft away in five seconds; the version in force stays."""
        opened = self.open
        draft = opened.draft if opened else None
        if opened is None or draft is None or not opened.can_edit:
            self._say("这个事项没有可以放弃的草稿")
            return
        self._offer_undo(
            f"放弃{draft.name}的草稿",
            commit=partial(
                self._run, Lane.STORE, partial(self._actions.drop_draft, draft), self._on_dropped
            ),
            undo=lambda: None,
        )

    def _on_dropped(self, _: None) -> None:
        self._say("草稿已放弃，现行的版本没有变化")
        self._close()
        self.reload()

    # ---- proposing and publishing ----------------------------------------------------------

    def _main_word(self) -> str:
        return "提交发布" if self._actions.may_edit else "看待发布的"

    def _why_not(self) -> str:
        if not self._actions.may_edit:
            return ""
        opened = self.open
        if opened is None or opened.draft is None:
            return "这个事项没有草稿，改了才能提交"
        if opened.draft.proposal_id is not None:
            return "草稿已经送审，等发布人看"
        if opened.result is not None and opened.result.standard is None:
            return f"还有 {len(opened.result.faults)} 处要改，按 F4 一处一处看"
        return ""

    @override
    def _show_buttons(self) -> None:
        edits, publishes = self._actions.may_edit, self._actions.may_publish
        opened = self.open
        held = opened is not None and opened.draft is not None and opened.can_edit
        self.drop_button.setVisible(edits and held)
        batch = opened is not None and opened.draft is not None and bool(opened.draft.batch)
        self.batch_button.setVisible(edits and held and batch)
        self.waiting_button.setVisible(edits)
        self.main_button.setVisible(edits or publishes)
        self.main_button.setText(self._main_word())
        self.main_button.setEnabled(not self._why_not())
        why = self._why_not()
        self.main_button.setAccessibleName(
            "，".join(one for one in (self._main_word(), why) if one)
        )

    def go_on(self) -> None:
        """Propose the draft in front, or look at what waits for the publisher."""
        if self._why_not():
            self._say(self._why_not())
        elif self._actions.may_edit:
            self._propose()
        else:
            self.show_waiting()

    def _propose(self) -> None:
        opened = self.open
        if opened is not None and opened.draft is not None:
            dialog = ProposeDialog(opened.draft, self._actions, self._jobs, self._today())
            dialog.proposed.connect(self._on_moved_on)
            self._open_dialog(self, dialog)

    def whole_import(self) -> None:
        """Propose or drop every draft that came with the one in front."""
        opened = self.open
        batch = opened.draft.batch if opened is not None and opened.draft is not None else ""
        if not batch:
            self._say("这份草稿不是整批来的。选一份导入的草稿，再整批处理")
            return
        self._open_batch(batch)

    def _open_batch(self, batch: str) -> None:
        dialog = BatchDialog(batch, self._actions, self._jobs, self._today())
        dialog.done.connect(self._on_moved_on)
        self._open_dialog(self, dialog)

    def delegate(self) -> None:
        """Let windows accept the items of the list, or no longer, then propose that together."""
        extent = self.list.model.extent()
        dialog = DelegationDialog(
            self.list.query(),
            extent.rows if extent else 0,
            self._actions.delegate,
            self._jobs,
            self._today(),
        )

        def done(batch: str, said: str) -> None:
            self._on_moved_on(said)
            self._open_batch(batch)

        dialog.done.connect(done)
        self._open_dialog(self, dialog)

    def show_waiting(self) -> None:
        """Show what lies with the publisher, and what waits for its day."""
        dialog = WaitingDialog(self._actions, self._jobs, self._today())
        dialog.done.connect(self._on_moved_on)
        dialog.publish_wanted.connect(self._publish)
        dialog.back_wanted.connect(self._give_back)
        dialog.revert_wanted.connect(self._revert)
        self._open_dialog(self, dialog)

    def _open_many(self, dialog: many.ManyDialog, done: Callable[[object], None]) -> None:
        dialog.done.connect(done)
        self._open_dialog(self, dialog)

    def _give_back(self, word: str, proposal: Proposal, reason: str) -> None:
        if word == "取回":
            dialog = many.taking_back(proposal, reason, self._actions, self._jobs)
        else:
            dialog = many.giving_back(word, proposal, reason, self._actions, self._jobs)

        def done(came: object) -> None:
            taken = word == "取回"
            self._on_moved_on(
                many.taken_back(proposal, came) if taken else many.given_back(word, proposal)
            )

        self._open_many(dialog, done)

    def _revert(self, proposal: Proposal) -> None:
        """Begin drafts as it was before, then go on to propose them together."""
        batch = f"{self._today():%Y-%m-%d} 改回 {proposal.reason}"
        dialog = many.reverting(proposal, batch, self._actions, self._jobs)

        def done(begun: object) -> None:
            self._on_moved_on(f"{begun} 项已按以前的版本起草")
            self._open_batch(batch)

        self._open_many(dialog, done)

    def _publish(self, proposal: Proposal) -> None:
        """Publish in five seconds; a verdict that nobody expected stops it and is said.

        What takes longer than a moment shows how far it is, and can be stopped.
        """
        day = short_day(proposal.effective_on)
        said = f"已发布 {proposal.item_count:,} 项，{day}起生效"
        if proposal.item_count > many.MANY:
            dialog = many.publishing(proposal, self._actions, self._jobs)
            self._open_many(dialog, lambda _: self._on_moved_on(said))
            return
        publish = partial(self._actions.publish, proposal.proposal_id, lambda _: True)
        self._offer_undo(
            f"发布 {proposal.item_count} 项，{day}起生效",
            commit=partial(self._run, Lane.STORE, publish, lambda _: self._on_moved_on(said)),
            undo=lambda: None,
        )

    def _on_moved_on(self, words: str, *, drafts: bool = False) -> None:
        self._say(words)
        self._close()
        self.list.turn_to_drafts(drafts)
        self.reload()

    # ---- moving about ----------------------------------------------------------------------

    def _go_tab(self, place: int) -> None:
        self.tabs.choose(place - 1)
        front, shown = self.front(), self.fronts.currentWidget()
        if front is not None:
            front.outline.setFocus()
        elif shown is self.versions:
            self.versions.list.setFocus()
        elif shown is self.tree:
            self.tree.list.setFocus()
        else:
            self.trial.run_button.setFocus()

    def next_fault(self, step: int) -> None:
        """Go to the next thing that is to be put right, round the end."""
        found = self.open.result.found if self.open and self.open.result else ()
        if not found:
            self._say("没有要改的")
            return
        self._fault = (self._fault + step) % len(found)
        self.go_to(found[self._fault].path)
        self._say(found[self._fault].says)

    def _step_back(self) -> None:
        """Esc: from a field to its line, from there to the items, then the search goes."""
        front = self.front()
        form = front.form() if front is not None else None
        if form is not None and form.isAncestorOf(self.focusWidget() or self):
            if front is not None:
                front.outline.setFocus()
        elif self.list.holds_focus() or not self.list.model.rowCount():
            self.list.clear()
        else:
            self.list.table.setFocus()
