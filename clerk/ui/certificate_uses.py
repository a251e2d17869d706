"""用证记录: a holder at the window sees, and takes home, who used his certificates, when, for what."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QStandardItem, QStandardItemModel
from PyQt6.QtWidgets import QGridLayout, QWidget

from clerk import wording_ledger as words
from clerk.domain.certificate_call import CertificateCall, UsesPage
from clerk.domain.certificate_holder import HolderAsking, KnownBy, asking
from clerk.domain.days import local_date, local_time
from clerk.domain.errors import BadInput
from clerk.domain.id_card import IdCard
from clerk.domain.identity import Act as Right
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.asking import AskingDialog
from clerk.ui.chips import LinesSpec
from clerk.ui.ledger_actions import LedgerActions
from clerk.ui.ledger_work import LedgerWork
from clerk.ui.overriding import override
from clerk.ui.tables import CELL_ROLE, Table
from clerk.ui.widgets import Button, Empty, Field, Label

AT_ONCE = 50
BACK_DAYS = 365
HEADS = ("时间", "窗口和经办人", "做了什么", "为什么用", "授权", "结果")
_WIDTHS = (104, 96, 168, None, 88, 168)


class UsesDialog(AskingDialog):
    """Who asks is known by his card or his papers; every look is a line of the journal."""

    def __init__(
        self, actions: LedgerActions, jobs: Jobs, print_pdf: Callable[[bytes], None]
    ) -> None:
        super().__init__("用证记录", jobs, width=980, height=620)
        self._actions, self._print = actions, print_pdf
        self._asked: HolderAsking | None = None
        self._page, self._total = 1, 0
        self._by_card = ""
        self.name, self.number = Field("姓名或名称"), Field("证件号")
        self.first, self.last = Field("从哪天，如 2026-03-18"), Field("到哪天")
        self.count = Label("", size=13, tone="t2")
        self.model = QStandardItemModel(0, len(HEADS), self)
        self.model.setHorizontalHeaderLabels(HEADS)
        self.table = Table(self.model, widths=_WIDTHS, row_height=52, name="用证记录")
        self.empty = Empty("file-check", "没有调用过", words.NO_USES)
        self.card_button = Button("读身份证", key="F6")
        self.find_button = Button("查", key="F9", kind="compact")
        self.earlier_button = Button("下一页", key="PgDn", small=True)
        self.later_button = Button("上一页", key="PgUp", small=True)
        self.print_button = Button("打印给本人", key="Ctrl P")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        today = self._today()
        self.first.set_value((today - timedelta(days=BACK_DAYS)).isoformat())
        self.last.set_value(today.isoformat())
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        for place, field in enumerate((self.name, self.number, self.first, self.last)):
            grid.addWidget(field, 0, place)
        self.body.addLayout(grid)
        said = "本人到窗口才查：放身份证读，或核对证件原件后填。查和打印都记入日志"
        self.body.addWidget(Label(said, size=12, tone="t3"))
        self.body.addWidget(self.notice)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.empty, 1)
        self.table.hide()
        self.empty.hide()
        self.body.addStretch(0)
        for widget in (self.card_button, self.spinner, self.count):
            self.foot.addWidget(widget)
        self.foot.addStretch(1)
        for button in (self.later_button, self.earlier_button, self.print_button, self.find_button):
            self.foot.addWidget(button)
        self._show_buttons()

    def _connect(self) -> None:
        for field, after in pairwise((self.name, self.number, self.first, self.last)):
            field.next_gap.connect(after.focus_editor)
        self.last.next_gap.connect(self.find_button.setFocus)
        self.card_button.clicked.connect(self.read_card)
        self.find_button.clicked.connect(self.look_up)
        self.earlier_button.clicked.connect(partial(self.turn, 1))
        self.later_button.clicked.connect(partial(self.turn, -1))
        self.print_button.clicked.connect(self.print_all)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="查", key="F9", also=("Ctrl+Return", "Ctrl+Enter"), trigger=self.look_up),
            Act(name="读身份证", key="F6", trigger=self.read_card),
            Act(name="下一页", key="PgDown", trigger=partial(self.turn, 1)),
            Act(name="上一页", key="PgUp", trigger=partial(self.turn, -1)),
            Act(
                name="打印给本人",
                key="Ctrl+P",
                trigger=self.print_all,
                enabled=lambda: self._asked is not None,
                why_not=lambda: "先查",
            ),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.name.editor

    def _today(self) -> date:
        return local_date(self._actions.here.now())

    def read_card(self) -> None:
        """Take name and number from the card that lies on the reader."""
        self.ask(Lane.DEVICE, self._actions.read_card, self._on_card, "正在读身份证")

    def _on_card(self, card: IdCard) -> None:
        self._by_card = card.id_number
        self.name.set_value(card.name)
        self.number.set_value(card.id_number)
        self.look_up()

    def look_up(self) -> None:
        """Look up what is filled in; whoever may only audit is noted as such."""
        if self.asking:
            return  # what is shown and what is printed would be two persons' records
        try:
            self._asked = self._asking()
        except BadInput as error:
            self.notice.show_error(error)
            return
        self._page = 1
        self._read()

    def _asking(self) -> HolderAsking:
        try:
            first = date.fromisoformat(self.first.value().strip())
            last = date.fromisoformat(self.last.value().strip())
        except ValueError as error:
            raise BadInput("日期要写成 2026-03-18 这样，没有查。改好再按 F9") from error
        number = self.number.value()
        return asking(self.name.value(), number, self._known_by(number), first, last, self._today())

    def _known_by(self, number: str) -> KnownBy:
        if not self._actions.here.session.may(Right.CALL_CERTIFICATE):
            return KnownBy.AUDIT
        by_card = bool(self._by_card) and number.strip().upper() == self._by_card.upper()
        return KnownBy.CARD if by_card else KnownBy.PAPERS

    def turn(self, pages: int) -> None:
        """Go on to older calls, or back to newer ones."""
        wanted = self._page + pages
        if not self.asking and self._asked is not None and 1 <= wanted <= self._pages():
            self._page = wanted
            self._read()

    def _pages(self) -> int:
        return max(1, -(-self._total // AT_ONCE))

    def _read(self) -> None:
        if self._asked is not None:
            work = partial(self._actions.uses, self._asked, self._page)
            self.ask(Lane.STORE, work, self._on_uses, "正在查")

    def _on_uses(self, found: UsesPage) -> None:
        self._total = found.total
        self.model.removeRows(0, self.model.rowCount())
        for call in found.calls:
            self.model.appendRow([_item(*lines) for lines in _cells(call)])
        self.table.setVisible(bool(found.calls))
        self.empty.setHidden(bool(found.calls))
        pages = f"，第 {self._page} / {self._pages()} 页" if self._pages() > 1 else ""
        self.count.setText(f"共 {found.total} 条{pages}")
        self._show_buttons()
        if found.calls:
            self.table.go_to(0)
            self.table.setFocus()

    def _show_buttons(self) -> None:
        self.earlier_button.setVisible(self._page < self._pages())
        self.later_button.setVisible(self._page > 1)
        self.print_button.setVisible(self._asked is not None)

    def print_all(self) -> None:
        """Draw everything of these days and send it to the printer."""
        if self._asked is not None:
            work = partial(self._actions.uses_document, self._asked)
            self.ask(Lane.PAPER, work, self._on_drawn, "正在出单")

    def _on_drawn(self, pdf: bytes) -> None:
        self._print(pdf)


class UsesWork(LedgerWork[LedgerActions]):
    """Opens 用证记录; who may, is asked again by every use case."""

    def open(self) -> None:
        """Show the dialog, ready for the card."""
        self._show(self._host, UsesDialog(self._actions, self._jobs, self._send))

    def _send(self, pdf: bytes) -> None:
        self.send(pdf, self._actions.uses_pages, "电子证照和共享数据使用记录", "用证记录")


def _cells(call: CertificateCall) -> tuple[tuple[str, str], ...]:
    at, said = local_time(call.at), call.words
    what_for = "，".join(part for part in (words.case_number(call), said.get("reason", "")) if part)
    return (
        (f"{at:%Y-%m-%d}", f"{at:%H:%M:%S}"),
        (said.get("clerk", ""), words.window(call)),
        (words.operation(call), words.certificate(call)),
        (said.get("item", ""), what_for),
        (words.mode(call), ""),
        (words.end(call), call.receipt_id),
    )


def _item(upper: str, lower: str) -> QStandardItem:
    made = QStandardItem(upper)
    made.setData(LinesSpec(upper, lower), CELL_ROLE)
    made.setData(f"{upper} {lower}", Qt.ItemDataRole.AccessibleTextRole)
    made.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return made
