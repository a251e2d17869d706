"""今日: what to do first, what ends in the next days, and how everything else stands."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from PyQt6.QtCore import QModelIndex, QTimer, pyqtSignal
from PyQt6.QtGui import QHideEvent
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clerk.domain.case import Case, CaseState
from clerk.domain.case_list import CaseView, Deliveries
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError
from clerk.domain.id_card import IdCard
from clerk.domain.identity import Act as Right
from clerk.domain.identity import Role
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.actions import CaseActions, Connection
from clerk.ui.acts import Act
from clerk.ui.handing_out import HandingOut
from clerk.ui.overriding import override
from clerk.ui.page import Page, TopBar
from clerk.ui.tables import Table
from clerk.ui.timers import timer
from clerk.ui.today_alarms import AlarmsCard
from clerk.ui.today_parts import ACT_COLUMN, ActPainter, DueBars, FirstModel, StandingCard, Tile
from clerk.ui.today_prints import PrintsCard
from clerk.ui.today_reading import (
    TodayRead,
    connections_standing,
    days_ahead,
    deliveries_standing,
    in_order,
    read_today,
)
from clerk.ui.today_tasks import TasksCard
from clerk.ui.widgets import Button, Card, Dialog, Empty, KeyHint, Label, Notice, open_dialog
from clerk.wording import clock, day
from clerk.wording_cases import (
    LATE_DELIVERY_MINUTES,
    due_tile,
    waiting_minutes,
)

REFRESH_MS = 30_000
_FIRST = 12
_TILES = (
    (CaseView.DUE_TODAY, "clock-alert", "今天到期和超时限"),
    (CaseView.RETURNED, "undo-2", "退回补核"),
    (CaseView.WITH_APPLICANT, "hourglass", "等群众补"),
    (CaseView.RESULT_WAITING, "file-check", "待送达"),
    (CaseView.DRAFTS, "pause", "草稿"),
)
_CHIEF_TILES = (_TILES[0], (CaseView.TO_DECIDE, "stamp", "待我审批"), *_TILES[1:4])


class TodayPage(Page):
    """The first page. ``connections_known`` carries what the peers and devices answered."""

    connections_known = pyqtSignal(object)

    def __init__(
        self,
        actions: CaseActions,
        connections: Callable[[], Sequence[Connection]],
        deliver: Callable[[], int],
        jobs: Jobs,
        go_cases: Callable[[CaseView], None],
        open_case: Callable[[UUID], None],
        new_case: Callable[[], None],
        open_dialog: Callable[[QWidget, Dialog], None] = open_dialog,
        *,
        show_papers: Callable[[Case], None],
        read_card: Callable[[], IdCard] | None = None,
        say: Callable[[str], None] = lambda _: None,
        refresh_ms: int = REFRESH_MS,
    ) -> None:
        super().__init__("今日")
        self._actions, self._connections, self._deliver = actions, connections, deliver
        self._jobs, self._go_cases, self._open_case = jobs, go_cases, open_case
        self._new_case, self._open_dialog = new_case, open_dialog
        self._say = say
        self._handing_out = HandingOut(
            self, actions, jobs, open_dialog, read_card=read_card, show_papers=show_papers
        )
        account = actions.here.session.account
        self._may_open = actions.here.session.may(Right.OPEN_CASE)
        chief = account.roles == {Role.CHIEF_REPRESENTATIVE}
        self._items = tuple(sorted(account.decides_items)) if chief else ()
        self._tiles_shown = _CHIEF_TILES if chief else _TILES
        self.tiles = {view: Tile(icon, title) for view, icon, title in self._tiles_shown}
        may_decide = actions.here.session.may(Right.DECIDE)
        decides = account.decides_items if may_decide else frozenset()
        self.model = FirstModel(actions.here.calendar, decides, self)
        self.table = Table(
            self.model, widths=(146, None, 104), row_height=49, header=False, name="先办这些"
        )
        self.bars = DueBars()
        self.alarms = AlarmsCard()
        self.tasks = TasksCard()
        self.prints = PrintsCard()
        self.delivered = StandingCard("转办和回传")
        self.connected = StandingCard("连接和设备")
        self.trouble = Notice("bad")
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(refresh_ms)
        self._read_soon = timer(self, 0, self.reload, once=True)  # the page is painted first
        self._connect()

    # ---- layout ----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        gap = theme.px(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), gap, theme.px(16), gap)
        column.setSpacing(gap)
        tiles = QHBoxLayout()
        tiles.setSpacing(gap)
        for tile in self.tiles.values():
            tiles.addWidget(tile)
        column.addLayout(tiles)
        column.addWidget(self.trouble)
        grid = QGridLayout()
        grid.setSpacing(gap)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(0, 1)
        grid.addWidget(self._first_card(), 0, 0)
        grid.addWidget(self._bars_card(), 1, 0)
        grid.addLayout(self._right_column(), 0, 1, 2, 1)
        column.addLayout(grid, 1)

    def _first_card(self) -> Card:
        card = Card()
        head = card.header("先办这些", "按剩余时间和能不能动手排")
        head.add(KeyHint(["↑", "↓"], "选"))
        head.add(KeyHint(["Enter"], "办"))
        card.line()
        self.table.paint_column_with(ACT_COLUMN, ActPainter())
        if self._may_open:
            new_button = Button("新收件", key="Ctrl N")
            new_button.clicked.connect(self._new_case)
            self.empty = Empty("inbox", "待办都清了", "放上身份证就开始下一件", new_button)
        else:
            self.empty = Empty("inbox", "待办都清了", "新转来的件会出现在这里")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        card.body.addWidget(self.stack, 1)
        return card

    def _bars_card(self) -> Card:
        card = Card()
        card.header("往后 5 个工作日到期", "按承诺时限和容缺补交日，取先到的")
        card.body.addWidget(self.bars, 1)
        card.setFixedHeight(theme.px(156))
        return card

    def _right_column(self) -> QVBoxLayout:
        self.again_button = Button("重传", small=True)
        self.again_button.clicked.connect(self.deliver_again)
        self.delivered.head.add(self.again_button)
        self.again_button.hide()
        self.trouble_words = Label(size=12, tone="bad", wrap=True)
        self.trouble_words.setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(10))
        self.delivered.add_below(self.trouble_words)
        self.trouble_words.hide()
        column = QVBoxLayout()
        column.setSpacing(theme.px(12))
        for card in (self.alarms, self.prints, self.tasks, self.delivered, self.connected):
            card.setFixedWidth(theme.px(336))
            column.addWidget(card)
        column.addStretch(1)
        return column

    def _connect(self) -> None:
        self._timer.timeout.connect(self.reload)
        self._handing_out.handed_out.connect(self.reload)
        self._handing_out.failed.connect(self._on_failed)
        self.alarms.seen.connect(self._on_alarms_seen)
        self.tasks.all_wanted.connect(partial(self._go_cases, CaseView.TASKS))
        self.table.opened.connect(self._do_row)
        self.table.clicked.connect(self._on_clicked)
        for view, tile in self.tiles.items():
            tile.clicked.connect(lambda _, view=view: self._go_cases(view))

    # ---- what the shell asks ---------------------------------------------------------------

    @override
    def top_bar(self) -> QWidget:
        self.bar = TopBar(self.title, day(self._today()))
        if self._may_open:
            new_button = Button("新收件", key="Ctrl N", kind="compact", icon="plus")
            new_button.clicked.connect(self._new_case)
            self.bar.add(new_button)
        return self.bar

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="办这一件", key="Enter", trigger=self._do_current, local=True),
            Act(
                name="时限提醒看过了",
                trigger=self.alarms.seen_button.click,
                enabled=lambda: not self.alarms.isHidden(),
                why_not=lambda: "没有新的时限提醒",
            ),
            Act(
                name="看待做",
                trigger=partial(self._go_cases, CaseView.TASKS),
                enabled=lambda: not self.tasks.isHidden(),
                why_not=lambda: "没有一周内要做的",
            ),
            Act(name="看最新", key="F5", trigger=self.reload),
            Act(
                name="重传没送到的",
                trigger=self.deliver_again,
                enabled=lambda: not self.again_button.isHidden(),
                why_not=lambda: "没有要重传的",
            ),
            *(
                Act(name=f"看{title}", trigger=partial(self._go_cases, view))
                for view, _, title in self._tiles_shown
            ),
        )

    @override
    def regions(self) -> Sequence[QWidget]:
        first = self.table if self.model.rowCount() else self.empty
        return (*list(self.tiles.values())[:1], first, self.delivered)

    @override
    def entered(self) -> None:
        self._timer.start()
        self._read_soon.start()

    @override
    def first_focus(self) -> QWidget:
        return self.table

    @override
    def hideEvent(self, event: QHideEvent | None) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._read_soon.stop()

    # ---- reading ---------------------------------------------------------------------------

    def _today(self) -> date:
        return local_date(self._actions.here.now())

    def reload(self) -> None:
        """Read the numbers again and ask every peer and device how it stands."""
        self._read()
        self._jobs.run(
            Lane.BACK_OFFICE,
            self._connections,
            owner=self,
            then=self._on_connections,
            failed=self._on_failed,
        )

    def look_again(self) -> None:
        """Something was sent or came in: read the numbers again, if anybody looks at them."""
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self._jobs.run(
            Lane.STORE,
            partial(read_today, self._actions, self._today(), self._items),
            owner=self,
            then=self._on_read,
            failed=self._on_failed,
        )

    def _on_failed(self, error: ClerkError) -> None:
        again = Button("再试", key="F5", small=True)
        again.clicked.connect(self.reload)
        self.trouble.show_error(error, [again])

    def _on_read(self, read: TodayRead) -> None:
        self.trouble.clear()
        today = read.today
        self.bar.hint.setText(f"{day(self._today())}，今天受理 {today.accepted_today} 件")
        late = bool(today.over_promised or today.over_statutory)
        notes = {
            CaseView.DUE_TODAY: (read.due, due_tile(today)),
            CaseView.TO_DECIDE: (today.to_decide, "部门授权你决定的"),
            CaseView.RETURNED: (read.returned, "计时不停，补好转回审批"),
            CaseView.WITH_APPLICANT: (today.with_applicant, "已一次性告知，等补正"),
            CaseView.RESULT_WAITING: (today.result_waiting, "结果已到，等群众来领"),
            CaseView.DRAFTS: (today.drafts, "我没办完的"),
        }
        for view, tile in self.tiles.items():
            number, note = notes[view]
            tile.show_number(number, note, bad=view is CaseView.DUE_TODAY and late)
        self._show_first(read)
        self.alarms.show_alarms(read.alarms, self._today())
        self.prints.show_prints(read.hanging_prints)
        self.tasks.show_tasks(read.tasks, self._today())
        calendar = self._actions.here.calendar
        self.bars.show_days(days_ahead(self._today(), dict(today.due_by_day), calendar))
        self._show_deliveries(today.deliveries)

    def _show_first(self, read: TodayRead) -> None:
        calendar = self._actions.here.calendar
        lines = in_order(read.lines, self._today(), calendar)[:_FIRST]
        before = self.model.line(self.table.current_row())
        self.model.show_lines(lines, self._today())
        had_focus = self.table.hasFocus()
        self.stack.setCurrentWidget(self.table if lines else self.empty)
        if lines and self.table.current_row() < 0:
            self.table.go_to(self.model.row_of(before))
        if had_focus and lines:
            self.table.setFocus()

    def _show_deliveries(self, deliveries: Deliveries) -> None:
        minutes = waiting_minutes(deliveries, self._actions.here.now())
        late = deliveries.waiting > 0 and minutes > LATE_DELIVERY_MINUTES
        self.delivered.show_standings(deliveries_standing(deliveries, minutes, late=late))
        wants = bool(deliveries.stuck) or late
        self.again_button.setVisible(wants)
        self.trouble_words.setText(deliveries.last_trouble)
        self.trouble_words.setVisible(bool(deliveries.last_trouble) and wants)

    def _on_connections(self, found: Sequence[Connection]) -> None:
        self.connected.head.hint.setText(f"{clock(self._actions.here.now())} 检查")
        self.connected.show_standings(connections_standing(found))
        self.connections_known.emit(tuple(found))

    def _on_alarms_seen(self, cases: Sequence[UUID]) -> None:
        for case_id in cases:
            self._jobs.run(
                Lane.STORE,
                partial(self._actions.see_alarms, case_id),
                owner=self,
                then=lambda _: self.look_again(),
                failed=self._on_failed,
            )

    # ---- what can be done ------------------------------------------------------------------

    def deliver_again(self) -> None:
        """Put what was given up back into the queue and send what waits."""
        self.again_button.setEnabled(False)
        self._jobs.run(
            Lane.STORE,
            self._actions.retry_deliveries,
            owner=self,
            then=lambda _: self._send(),
            failed=self._on_not_delivered,
        )

    def _send(self) -> None:
        self._jobs.run(
            Lane.BACK_OFFICE,
            self._deliver,
            owner=self,
            then=self._on_delivered,
            failed=self._on_not_delivered,
        )

    def _on_delivered(self, moved: int) -> None:
        self.again_button.setEnabled(True)
        self._say(f"送出和收到 {moved} 份" if moved else "对方还没接，后台接着送")
        self.reload()

    def _on_not_delivered(self, error: ClerkError) -> None:
        self.again_button.setEnabled(True)
        self._on_failed(error)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == ACT_COLUMN:
            self._do_row(index.row())

    def _do_current(self) -> None:
        self._do_row(self.table.current_row())

    def _do_row(self, row: int) -> None:
        line = self.model.line(row)
        if line is None:
            return
        may_hand_out = self._actions.here.session.may(Right.HAND_OUT)
        if line.state is not CaseState.RESULT_WAITING or not may_hand_out:
            self._open_case(line.case_id)
            return
        self._handing_out.begin(line.case_id)
