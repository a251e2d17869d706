"""What follows the decision (受理之后): where it goes, by when, which papers come out."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout

from clerk.domain.days import local_date
from clerk.domain.deadlines import due_date
from clerk.domain.findings import NextAct
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.paper_copies import copies_of
from clerk.domain.papers import PaperKind
from clerk.domain.standard import DecidedBy, Way
from clerk.ui import theme
from clerk.ui.actions import Here
from clerk.ui.intake_flow import OpenCase
from clerk.ui.widgets import Card, Icon, Label
from clerk.ui.widgets.ground import Ground
from clerk.wording import day

_MOST_PAPERS = 3


class _Paper(Ground):
    """A paper that comes out, and what becomes of it."""

    def __init__(self) -> None:
        super().__init__("box")
        self.icon = Icon("file-check", 16, "t2")
        self.name = Label(size=12)
        self.what = Label(size=12, tone="t2", elide=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(8), theme.px(8), theme.px(7))
        column.setSpacing(theme.px(4))
        for widget in (self.icon, self.name, self.what):
            column.addWidget(widget)


class AfterCard(Card):
    """Three lines and the papers."""

    def __init__(self) -> None:
        super().__init__()
        self.head = self.header("受理之后")
        self.lines = [Label(size=13, wrap=True) for _ in range(2)]
        column = QVBoxLayout()
        column.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        column.setSpacing(theme.px(10))
        for name, label in zip(("send", "calendar-clock"), self.lines, strict=True):
            row = QHBoxLayout()
            row.setSpacing(theme.px(8))
            row.addWidget(Icon(name, 16, "t3"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label, 1)
            column.addLayout(row)
        self.body.addLayout(column)
        self.header("文书", "生效时一并生成")
        self.papers = [_Paper() for _ in range(_MOST_PAPERS)]
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(14))
        row.setSpacing(theme.px(8))
        for paper in self.papers:
            row.addWidget(paper, 1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def show_case(self, opened: OpenCase, here: Here) -> None:
        """Show what the next act leads to; nothing while it leads nowhere."""
        act = opened.verdict.act
        accepts = act is NextAct.ACCEPT_AND_PASS_ON
        self.setVisible(accepts or act is NextAct.RECEIVE_AND_PASS_ON)
        if not self.isVisibleTo(self.parentWidget()):
            return
        self.head.title.setText("受理之后" if accepts else "收件之后")
        where, until = follow_up(opened, here)
        self.lines[0].setText(where)
        self.lines[1].setText(until)
        papers = [("file-check", "受理通知书", _printed(PaperKind.ACCEPTANCE))] if accepts else []
        papers.append(("clipboard-list", "收件凭证", _printed(PaperKind.RECEIPT)))
        if any(held.way is Way.COMMITMENT for held in opened.case.evidence.values()):
            papers.append(("pen-line", "承诺书", "已签·存档"))
        for place, paper in enumerate(self.papers):
            paper.setVisible(place < len(papers))
            if place < len(papers):
                icon, name, what = papers[place]
                paper.icon.show_icon(icon)
                paper.name.setText(name)
                paper.what.setText(what)


def follow_up(opened: OpenCase, here: Here) -> tuple[str, str]:
    """Return where the case goes and by when it is decided, by the hall's calendar."""
    standard, on = opened.standard, local_date(here.now())
    if opened.verdict.act is NextAct.ACCEPT_AND_PASS_ON:
        due = due_date(on, standard.promised_limit, here.calendar)
        where = "首席代表审批" if standard.decided_by is DecidedBy.CHIEF else "转部门办理"
        estimated = "（日历未全，暂估）" if due.estimated else ""
        until = f"{day(due.on)}前办结，按承诺时限{estimated}"
        return f"{where}，{standard.body.short_name}", until
    if standard.decision_limit_workdays is None:
        return f"转{standard.body.short_name}，由部门决定", "按本事项自己的时限答复"
    limit = Limit(amount=standard.decision_limit_workdays, unit=LimitUnit.WORKDAYS)
    due = due_date(on, limit, here.calendar)
    return f"转{standard.body.short_name}决定是否受理", f"{day(due.on)}前答复，收到不等于受理"


def _printed(kind: PaperKind) -> str:
    return f"打印 {copies_of(kind)} 份"
