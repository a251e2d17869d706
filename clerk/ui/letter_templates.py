"""承诺书模板: every letter template, what the check says of it, its sample, and its use."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.letter_faults import LetterFault
from clerk.domain.letter_template import LetterShelf, LetterTemplate, TemplateState
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.letter_templates_actions import LetterTemplateActions
from clerk.ui.letter_templates_rows import Row, Rows, finding_lines, rows_of
from clerk.ui.overriding import override
from clerk.ui.standards_propose import day_fault, typed_day
from clerk.ui.standards_reasons import Reason, ReasonList
from clerk.ui.standards_scrolled import scrolled
from clerk.ui.tables import Table
from clerk.ui.timers import timer
from clerk.ui.widgets import Button, Dialog, Empty, Field, Label, Line, Notice
from clerk.ui.widgets.page_view import PICTURE_WIDTH, Fit, PageView
from clerk.values import dataclass
from clerk.wording import short_day

WIDTH, HEIGHT = 1180, 660
_REST_MS = 150
_OPEN = frozenset({TemplateState.IMPORTED, TemplateState.SENT_BACK})


@dataclass(frozen=True, slots=True)
class _Can:
    """One thing that can be done with the template under the cursor; ``asks`` for a reason."""

    word: str
    asks: bool = False
    day: bool = False
    twice: bool = False


class LetterTemplatesDialog(Dialog):
    """The templates; F9 does what comes next, Shift F9 what takes it back.

    ``import_wanted`` asks for the import, ``done`` carries what is said after an act.
    """

    import_wanted = pyqtSignal()
    done = pyqtSignal(str)

    def __init__(self, actions: LetterTemplateActions, jobs: Jobs, at: UUID | None = None) -> None:
        super().__init__("承诺书模板", width=WIDTH, height=HEIGHT)
        self._actions, self._jobs, self._at = actions, jobs, at
        self._shown: Row | None = None
        self._asked_twice = False
        self.rows = Rows()
        self.list = Table(self.rows, widths=(None,), row_height=52, header=False, name="模板")
        self.rows.setParent(self.list)
        self.head = Label(size=15, bold=True, elide=True)
        self.facts = Label(size=12, tone="t2", wrap=True)
        self.findings = ReasonList("校核")
        self.view = PageView(jobs, name="样张", fit=Fit.WIDTH)
        self.day = Field("从哪天起使用，今天或以后")
        self.reason = Field("理由")
        self.notice = Notice("bad")
        self.said = Label(size=12, tone="t2", elide=True)
        self.import_button = Button("导入 Word 文件", key="Ctrl O", icon="file-up")
        self.back_button = Button("退回", key="Shift F9")
        self.button = Button("提出", key="F9", kind="compact")
        self._rest = timer(self, _REST_MS, self._look, once=True)
        self._lay_out()
        self.list.moved.connect(lambda _: self._on_moved())
        self.import_button.clicked.connect(lambda _: self.begin_import())
        self.back_button.clicked.connect(lambda _: self.give_back())
        self.button.clicked.connect(lambda _: self.go_on())
        self.read()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.px(8))
        left.addWidget(self.head)
        left.addWidget(self.facts)
        left.addWidget(Label("校核", size=13, bold=True))
        left.addWidget(scrolled(self.findings), 1)
        left.addWidget(self.day)
        left.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        self.list.setFixedWidth(theme.px(324))
        row.addWidget(self.list)
        row.addWidget(Line(upright=True))
        row.addLayout(left, 5)
        row.addWidget(Line(upright=True))
        row.addWidget(self.view, 8)
        whole = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        whole.setLayout(row)
        self.stack = QStackedWidget()
        self.empty = Empty(
            "file-text", "没有承诺书模板", "请系统管理员放回随程序的模板，或导入自己的 Word 文件"
        )
        self.stack.addWidget(whole)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.import_button)
        self.foot.addWidget(self.said, 1)
        self.foot.addWidget(self.back_button)
        self.foot.addWidget(self.button)
        self.import_button.setVisible(self._actions.may_edit)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name=self.button.text,
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.go_on,
                enabled=lambda: self._next() is not None,
                why_not=self._why_not,
            ),
            Act(
                name=self.back_button.text,
                key="Shift+F9",
                trigger=self.give_back,
                enabled=lambda: self._back() is not None,
                why_not=lambda: "这一份没有可以收回的",
            ),
            Act(
                name="导入 Word 文件",
                key="Ctrl+O",
                trigger=self.begin_import,
                enabled=lambda: self._actions.may_edit,
                why_not=lambda: "导入由编写人做",
            ),
            Act(name="重新读取", key="F5", trigger=self.read),
            *self.view.acts(),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.list

    def begin_import(self) -> None:
        """Leave for the import."""
        if self._actions.may_edit:
            self.close_dialog()
            self.import_wanted.emit()

    # ---- what is shown ---------------------------------------------------------------------

    def read(self) -> None:
        """Read the templates anew; the cursor stays where it was."""
        self.notice.clear()
        self.said.setText("正在读取模板")
        self._jobs.run(
            Lane.STORE,
            self._actions.shelf,
            owner=self,
            then=self._on_read,
            failed=self._on_failed,
        )

    def _on_read(self, shelf: LetterShelf) -> None:
        self.said.setText("")
        rows = rows_of(shelf, self._actions.today())
        self.stack.setCurrentIndex(0 if rows else 1)
        before = self._shown
        self.rows.show_rows(rows)
        self._shown = None
        if rows:
            self.list.go_to(_place(rows, self._at, before.code if before else ""))
        self._on_moved()

    def current(self) -> Row | None:
        """The template the cursor is on."""
        row = self.list.current_row()
        return self.rows.row(row)

    def _on_moved(self) -> None:
        row = self.current()
        if row is self._shown:
            return
        self._shown, self._asked_twice = row, False
        self._at = row.own.template_id if row is not None and row.own is not None else None
        self.notice.clear()
        self.head.setText(f"{row.title}　{row.version}" if row else "")
        self.facts.setText(row.facts() if row else "")
        self.findings.show_lines(())
        self._show_acts()
        if row is None:
            self.view.show_words("没有模板")
        else:
            self.findings.show_lines([Reason(text="正在校核", icon="hourglass", icon_tone="t3")])
            self._rest.start()

    def _look(self) -> None:
        """Check and draw the template on which the cursor has come to rest."""
        row = self._shown
        if row is None or not self.isVisible():
            return
        self.view.load(
            partial(self._actions.pages, row.code, self._at, PICTURE_WIDTH), said="正在填样张"
        )
        self._jobs.run(
            Lane.PAGES,
            partial(self._actions.faults, row.code, self._at),
            owner=self,
            then=partial(self._on_faults, row),
            failed=partial(self._on_no_faults, row),
        )

    def _on_faults(self, row: Row, faults: Sequence[LetterFault]) -> None:
        if row is self._shown:
            self.findings.show_lines(finding_lines(faults))

    def _on_no_faults(self, row: Row, error: ClerkError) -> None:
        if row is self._shown:
            self.findings.show_lines((Reason(text=str(error), icon="circle-x", icon_tone="bad"),))

    # ---- what can be done ------------------------------------------------------------------

    def _next(self) -> _Can | None:
        row, may = self.current(), self._actions
        own = row.own if row else None
        if own is None:
            return None
        if own.state in _OPEN and may.may_edit:
            return _Can("提出启用", asks=True, day=True)
        mine = own.had_a_hand(may.account_id)
        if own.state is TemplateState.PROPOSED and may.may_publish and not mine:
            return _Can("启用")
        return None

    def _back(self) -> _Can | None:
        row, may = self.current(), self._actions
        own = row.own if row else None
        if own is None:
            return None
        if own.state in _OPEN and may.may_edit:
            return _Can("删除", twice=True)
        if own.state is TemplateState.PROPOSED:
            if own.proposed_by == may.account_id and may.may_edit:
                return _Can("撤回")
            return _Can("退回", asks=True) if may.may_publish else None
        if own.state is TemplateState.IN_USE and may.may_publish:
            return _Can("停用", asks=True)
        return None

    def _why_not(self) -> str:
        row = self.current()
        if row is None or row.own is None:
            return "随程序的模板一直备用，不用启用"
        if row.own.state is TemplateState.PROPOSED:
            own = row.own.had_a_hand(self._actions.account_id)
            return "自己导入或提出的由另一个人启用" if own else "由有发布权限的人启用"
        return "这一份没有下一步"

    def _show_acts(self) -> None:
        following, back = self._next(), self._back()
        self.button.setVisible(following is not None)
        self.back_button.setVisible(back is not None)
        if following is not None:
            self.button.setText(following.word)
        if back is not None:
            again = "再按一次，删除" if self._asked_twice else back.word
            self.back_button.setText(again if back.twice else back.word)
        self.day.setVisible(following is not None and following.day)
        if following is not None and following.day and not self.day.value():
            self.day.set_value(self._actions.today().isoformat())
        asked = [one for one in (following, back) if one is not None and one.asks]
        self.reason.setVisible(bool(asked))
        if asked:
            self.reason.show_heading(f"理由，{asked[0].word}时写")
        row = self.current()
        own = row.own if row else None
        waits = own is not None and own.state is TemplateState.PROPOSED and following is None
        self.said.setText(self._why_not() if waits else "")

    def go_on(self) -> None:
        """Propose the template, or take it into use."""
        row, can = self.current(), self._next()
        if row is None or row.own is None or can is None:
            self.notice.show_trouble(self._why_not())
            return
        own = row.own
        if not can.asks:
            self._do(can, partial(self._actions.use, own.template_id))
            return
        trouble = day_fault(self.day.value(), self._actions.today())
        if not trouble and not self.reason.value():
            trouble = "还没写为什么换这份模板"
        on = typed_day(self.day.value())
        if trouble or on is None:
            self.notice.show_trouble(trouble)
            (self.reason if self.day.value() and on else self.day).focus_editor()
            return
        self._do(can, partial(self._actions.propose, own.template_id, on, self.reason.value()))

    def give_back(self) -> None:
        """Put the template away, withdraw it, send it back, or end its use."""
        row, can = self.current(), self._back()
        if row is None or row.own is None or can is None:
            return
        if can.asks and not self.reason.value():
            self.notice.show_trouble(f"{can.word}要写理由")
            self.reason.focus_editor()
            return
        if can.twice and not self._asked_twice:
            self._asked_twice = True
            self._show_acts()
            return
        which, why = row.own.template_id, self.reason.value()
        acts: dict[str, Callable[[], LetterTemplate]] = {
            "删除": partial(self._actions.drop, which),
            "撤回": partial(self._actions.withdraw, which),
            "退回": partial(self._actions.send_back, which, why),
            "停用": partial(self._actions.retire, which, why),
        }
        self._do(can, acts[can.word])

    def _do(self, can: _Can, act: Callable[[], LetterTemplate]) -> None:
        self.notice.clear()
        self._jobs.run(
            Lane.STORE,
            act,
            owner=self,
            then=partial(self._on_done, can),
            failed=self._on_failed,
        )

    def _on_done(self, can: _Can, one: LetterTemplate) -> None:
        self.reason.editor.forget()
        self._at = one.template_id
        begins = short_day(one.used_from) if one.used_from else ""
        after = {
            "提出启用": f"已提出，另一个人启用后{begins}起使用",
            "启用": f"已启用，{begins}起用这一版，以前签的不变",
            "停用": "已停用，从现在起不再用这一版，以前签的不变",
        }
        said = f"{one.title}第 {one.version} 版{after.get(can.word, f'已{can.word}')}"
        self.done.emit(said)
        self._jobs.run(
            Lane.STORE,
            self._actions.shelf,
            owner=self,
            then=partial(self._on_read_after, said),
            failed=self._on_failed,
        )

    def _on_read_after(self, said: str, shelf: LetterShelf) -> None:
        self._on_read(shelf)
        self.said.setText(said)

    def _on_failed(self, error: ClerkError) -> None:
        self.said.setText("")
        self.notice.show_error(error)


def _place(rows: Sequence[Row], at: UUID | None, code: str) -> int:
    """Where the cursor begins: on the template it was on, else on one that waits for somebody."""

    def same(row: Row) -> bool:
        which = row.own.template_id if row.own is not None else None
        return which == at and (at is not None or row.code == code)

    def waits(row: Row) -> bool:
        return row.own is not None and row.own.state is TemplateState.PROPOSED

    for wanted in (same, waits):
        for place, row in enumerate(rows):
            if wanted(row):
                return place
    return 0
