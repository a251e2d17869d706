"""办件: find a case among any number of them, see how it stands, do what is to be done."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from uuid import UUID

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from clerk.domain.case import Case, CaseState
from clerk.domain.case_list import CaseView
from clerk.domain.id_card import IdCard
from clerk.domain.identity import Act as Right
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import ArchiveActions, CaseActions, MakingActions
from clerk.ui.acts import Act
from clerk.ui.archiving import Archiving
from clerk.ui.case_acts import OtherActs
from clerk.ui.cases_export import ChoosePath, ExportDialog, choose_path
from clerk.ui.cases_frame import OpenDialog
from clerk.ui.cases_heights import RowHeights
from clerk.ui.cases_reading import REFRESH_MS, ReadCases
from clerk.ui.cases_saved import SavedView, SaveViewDialog, ViewKeeper
from clerk.ui.certificate_making import CertificateMaking
from clerk.ui.certificate_report import Reporting
from clerk.ui.documents_printer import Printers
from clerk.ui.handing_out import HandingOut
from clerk.ui.ledger_actions import LedgerActions
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, open_dialog
from clerk.wording_cases import VIEWS


def _silent(_: str) -> None:
    return


class CasesPage(ReadCases):
    """The list with its views, search and filters, and the drawer of the current case."""

    def __init__(
        self,
        actions: CaseActions,
        jobs: Jobs,
        open_case: Callable[[UUID], None],
        show_papers: Callable[[Case], None],
        open_dialog: OpenDialog = open_dialog,
        *,
        read_card: Callable[[], IdCard] | None = None,
        say: Callable[[str], None] = _silent,
        archive: ArchiveActions | None = None,
        making: MakingActions | None = None,
        ledger: LedgerActions | None = None,
        printers: Printers | None = None,
        choose_path: ChoosePath = choose_path,
        load_setting: Callable[[str], str] = lambda _: "",
        save_setting: Callable[[str, str], None] = lambda _, __: None,
        refresh_ms: int = REFRESH_MS,
        in_pieces: bool = False,
    ) -> None:
        super().__init__(actions, jobs, refresh_ms=refresh_ms)
        self._open_case, self._show_papers = open_case, show_papers
        self._open_dialog, self._say = open_dialog, say
        self._handing_out = HandingOut(
            self, actions, jobs, open_dialog, read_card=read_card, show_papers=show_papers
        )
        self._archiving = Archiving(self, archive, jobs, open_dialog) if archive else None
        self._making = (
            CertificateMaking(self, making, jobs, open_dialog, printers=printers)
            if making
            else None
        )
        self._reporting = Reporting(self, ledger, jobs, open_dialog) if ledger else None
        self.saved = ViewKeeper(jobs, load_setting, save_setting, self)
        self._settings = (load_setting, save_setting)
        self._choose_path = choose_path
        self.make(self._made(), in_pieces=in_pieces)

    @override
    def _made(self) -> Iterator[None]:
        self.others = OtherActs(self, self._actions, self._jobs, self._open_dialog, self._say)
        yield from super()._made()

    @override
    def _connect(self) -> None:
        super()._connect()
        self.heights = RowHeights(self.list.table, self._jobs, *self._settings)
        self.heights.changed.connect(lambda word: self.height_button.setText(f"行高 {word}"))
        self.heights.failed.connect(self._on_failed)
        self.list.coded.connect(self.others.find_late_paper)
        self.list.table.opened.connect(self._on_opened)
        self.others.done.connect(self._on_act_done)
        self.others.failed.connect(self._on_failed)
        self._handing_out.handed_out.connect(self.reload)
        self._handing_out.failed.connect(self._on_failed)
        if self._archiving is not None:
            self._archiving.done.connect(self._on_act_done)
            self._archiving.offer_in(self.drawer, lambda: self._case)
        if self._making is not None:
            self._making.done.connect(self._on_act_done)
            self._making.failed.connect(self._on_failed)
        if self._reporting is not None:
            self._reporting.done.connect(self._on_act_done)
            self._reporting.failed.connect(self._on_failed)
        self.saved.changed.connect(self._show_saved)
        self.saved.failed.connect(self._on_failed)
        self.list.asked.connect(lambda _: self._show_saved())
        self.list.rested.connect(self._show_saved)
        self.list.saved.chosen.connect(self.list.show_saved)
        self.list.saved.save_wanted.connect(self.save_view)
        self.drawer.open_wanted.connect(self._open_current)
        self.drawer.papers_wanted.connect(self._show_current_papers)
        self.drawer.step_wanted.connect(self._take_step)

    # ---- what the shell asks ---------------------------------------------------------------

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="查办件", key="F3", trigger=self.list.search.setFocus),
            Act(name="看最新", key="F5", trigger=self.reload),
            Act(name="打开这件", key="Enter", trigger=self._open_current, local=True),
            Act(
                name="看这件的文书",
                key="Ctrl+P",
                trigger=self._show_current_papers,
                enabled=lambda: self._case is not None,
                why_not=lambda: "先用上下键选一件",
            ),
            Act(
                name=lambda: self._step() or "办这一步",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self._take_step,
                enabled=lambda: bool(self._step()),
                why_not=lambda: "这件现在没有要在这里办的。按 Enter 打开看",
            ),
            Act(
                name="其他处理",
                key="Shift+F9",
                trigger=self._other_acts,
                enabled=lambda: self._case is not None and self._case.state is not CaseState.DRAFT,
                why_not=lambda: "先用上下键选一件收下的办件",
            ),
            *([self._archiving.act(lambda: self._case)] if self._archiving else []),
            *([self._making.act(lambda: self._case)] if self._making else []),
            *([self._reporting.act(lambda: self._case)] if self._reporting else []),
            Act(name="拉开抽屉", key="→", trigger=lambda: self.show_drawer(True), local=True),
            Act(
                name=f"按 1–{len(self._views)} 换视图",
                key=f"1–{len(self._views)}",
                trigger=self.list.table.setFocus,
                local=True,
            ),
            Act(name="导出列出的办件", trigger=self.export),
            Act(name="换行高：紧凑、标准、宽松", trigger=self.heights.turn),
            Act(name="存为视图", key="Ctrl+S", trigger=self.save_view),
            *self._saved_acts(),
            Act(name="退一步：清搜索、收抽屉", key="Esc", trigger=self._step_back),
        )

    @override
    def entered(self) -> None:
        super().entered()
        self.saved.read_once()
        self.heights.read_once()

    @override
    def top_bar(self) -> QWidget:
        bar = super().top_bar()
        self.export_button = Button("导出", kind="quiet", icon="download", small=True)
        self.height_button = Button(
            f"行高 {self.heights.word}", kind="quiet", icon="a-large-small", small=True
        )
        self.export_button.clicked.connect(self.export)
        self.height_button.clicked.connect(self.heights.turn)
        self.bar.add(self.export_button)
        self.bar.add(self.height_button)
        return bar

    def export(self) -> None:
        """Ask for what the list that is shown is taken away, and take it."""
        now = self.list.narrowed("")
        says = f"导出现在列出的办件：{self._narrowed_words(now)}"
        dialog = ExportDialog(
            self.list.query(), says, self._actions.export, self._jobs, self._choose_path
        )
        dialog.done.connect(self._say)
        self._open_dialog(self, dialog)

    # ---- views of one's own ----------------------------------------------------------------

    def _saved_acts(self) -> list[Act]:
        shown = [
            Act(name=f"看视图：{one.name}", trigger=partial(self.list.show_saved, one))
            for one in self.saved.views
        ]
        return shown + [
            Act(name=f"删视图：{one.name}", trigger=partial(self._drop_view, one.name))
            for one in self.saved.views
        ]

    def _show_saved(self) -> None:
        """Show the pills, and as chosen the one whose view, search and filters are in force."""
        views = self.saved.views
        now = (one for one in views if self.list.narrowed(one.name) == one)
        self.list.saved.show_views(views, next(now, None))
        self.acts_changed.emit()

    def save_view(self) -> None:
        """Ask for a name and keep the present view with its search and filters under it."""
        now = self.list.narrowed("")
        suggested = now.text or now.item_name or VIEWS[now.view]
        says = self._narrowed_words(now)
        self._open_dialog(self, SaveViewDialog(says, suggested, self._keep_view))

    @staticmethod
    def _narrowed_words(now: SavedView) -> str:
        says = [VIEWS[now.view]]
        says += [f"搜索 {now.text}"] if now.text else []
        says += ["我收的"] if now.mine else []
        says += [now.item_name] if now.item_name else []
        return "，".join(says)

    def _keep_view(self, name: str) -> None:
        self.saved.put(self.list.narrowed(name))
        self._say(f"已存视图{name}，Ctrl K 可以找到、删掉")

    def _drop_view(self, name: str) -> None:
        self.saved.drop(name)
        self._say(f"已删视图{name}，办件没有变化")

    def show_view(self, view: CaseView) -> None:
        """Show one of the standing views, without search and filters."""
        self.list.show_view(view)

    # ---- what can be done ------------------------------------------------------------------

    def _step(self) -> str:
        """The act of F9 on the current case, empty where there is none here."""
        line, session = self.list.current(), self._actions.here.session
        if line is None:
            return ""
        if line.state is CaseState.RESULT_WAITING and session.may(Right.HAND_OUT):
            return "登记送达"
        open_return = line.returned and line.state is not CaseState.DRAFT
        return "补核已办" if open_return and session.may(Right.EDIT_CASE) else ""

    @override
    def _show_step(self) -> None:
        self.drawer.show_step(self._step())
        self.acts_changed.emit()

    def _take_step(self) -> None:
        """Do it to the case as it stands in the store, not as the drawer last saw it."""
        line, step = self.list.current(), self._step()
        if line is None or not step:
            return
        if step == "登记送达":
            self._handing_out.begin(line.case_id)
            return
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.answer_return, line.case_id),
            owner=self,
            then=self._on_answered,
            failed=self._on_failed,
        )

    def _on_answered(self, case: Case) -> None:
        self._say(f"{case.label}补核已办，转回{case.with_whom}")
        self.reload()

    def _other_acts(self) -> None:
        if self._case is not None:
            self.others.offer(self._case)

    def _on_act_done(self, words: str) -> None:
        self._say(words)
        self.reload()

    def _on_opened(self, _: int) -> None:
        self._open_current()

    def _open_current(self) -> None:
        line = self.list.current()
        if line is not None and self.list.is_answered():  # else it stood there before the search
            self._open_case(line.case_id)

    def _show_current_papers(self) -> None:
        if self._case is not None:
            self._show_papers(self._case)

    def _step_back(self) -> None:
        """Esc: first the search, then the drawer; nothing is lost by it."""
        if self.list.search.editor.text():
            self.list.clear_search()
            self.list.table.setFocus()
        elif self.list.is_narrowed() and not self.list.model.rowCount():
            self.list.clear_filters()
        elif self.drawer.isVisible():
            self.show_drawer(False)
        else:
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
