"""Tabs and search above the intake page, time and decision below it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from clerk.domain.findings import NextAct
from clerk.domain.item_search import ItemHit
from clerk.domain.item_words import Closeness
from clerk.domain.notice_points import notice_findings
from clerk.ui import theme
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_words import SEARCH_ADVICE, item_bar, item_hint
from clerk.ui.page import ActionBar, TopBar
from clerk.ui.widgets import Button, CaseTab, CaseTabs, Hit, Label, SearchBox
from clerk.wording import act_name, authority, counts, headline


class IntakeBars:
    """Both bars; the primary button speaks the verdict."""

    def __init__(self, find: Callable[[str], Sequence[ItemHit] | None]) -> None:
        self.tabs = CaseTabs()
        self.search = SearchBox(
            "搜事项：汉字、拼音、编码、俗称",
            key="F2",
            search=lambda text: None if (found := find(text)) is None else hits_of(found),
            advice=SEARCH_ADVICE,
        )
        self.top = TopBar()
        self.top.lead(self.tabs)
        self.top.add(self.search)
        self.park = Button("挂起", key="Ctrl W", kind="quiet")
        self.other = Button("其他处理", key="Shift F9", kind="quiet")
        self.primary = Button("下一处待补", key="F9", kind="primary")
        self.time = Label(size=13, tone="t2")
        self.clock = Label(size=13, bold=True)
        self.private = Label("仅自己可见", size=12, tone="t3")
        self.foot = ActionBar()
        lead = QWidget()
        row = QHBoxLayout(lead)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for label in (self.time, self.clock, self.private):
            row.addWidget(label)
        self.foot.lead(lead)
        for button in (self.park, self.other, self.primary):
            self.foot.add(button)

    def show_tabs(self, desk: IntakeDesk, now: datetime) -> None:
        """Show open, parked and stored drafts."""
        tabs = [_tab(opened, desk.current, now) for opened in desk.cases]
        tabs += [
            CaseTab(
                key=str(line.case_id),
                title=line.item_name,
                hint=f"{line.applicant_name or '未读卡'}·草稿",
                parked=True,
            )
            for line in desk.stored
        ]
        self.tabs.set_tabs(tabs, desk.current.key if desk.current else "")

    def show_case(self, opened: OpenCase | None) -> None:
        """Show the decision of the case in front."""
        for widget in (self.park, self.other, self.primary):
            widget.setVisible(opened is not None)
        self.foot.offer(opened is not None)
        if opened is None:
            for label in (self.time, self.clock, self.private):
                label.setText("")
            return
        words = act_name(opened.standard, opened.verdict)
        if self.primary.words() != words:
            self.primary.setText(words)
        said = (words, headline(opened.standard, opened.verdict), counts(opened.verdict))
        self.primary.setAccessibleName(
            "，".join((*said, authority(opened.standard, opened.verdict)))
        )
        self.show_time(opened)

    def show_time(self, opened: OpenCase) -> None:
        """Show the time of this case, or what a notice will say; the time is private."""
        told = len(notice_findings(opened.verdict))
        if opened.verdict.act is NextAct.NOTIFY_ONCE and told:
            texts = ("将出具", "一次性告知书", f"写明全部 {told} 项和补正办法")
        else:
            spent = opened.spent_seconds
            texts = ("本件", f"{spent // 60}:{spent % 60:02}", "仅自己可见")
        for label, text in zip((self.time, self.clock, self.private), texts, strict=True):
            if label.text() != text:
                label.setText(text)


class CaseSeconds(QTimer):
    """Counts the seconds that the case in front is looked at."""

    def __init__(self, page: QWidget, desk: IntakeDesk, bars: IntakeBars) -> None:
        super().__init__(page)
        self._page, self._desk, self._bars = page, desk, bars
        self.setInterval(1000)
        self.timeout.connect(self._on_second)

    def _on_second(self) -> None:
        opened = self._desk.current
        if opened is not None and self._page.isVisible():
            opened.spent_seconds += 1
            self._bars.show_time(opened)


def hits_of(found: Sequence[ItemHit]) -> Sequence[Hit]:
    """Return items as the box lists them."""
    return [
        Hit(
            value=hit.item_code,
            title=hit.name,
            hint=item_hint(hit),
            near=hit.closeness is Closeness.GUESS,
            also=hit.alias,
            marks=hit.spans,
            barred=item_bar(hit),
        )
        for hit in found
    ]


def _tab(opened: OpenCase, current: OpenCase | None, now: datetime) -> CaseTab:
    hint = opened.applicant_label
    if opened is not current and opened.parked_at is not None:
        minutes = int((now - opened.parked_at).total_seconds()) // 60
        hint = f"{hint}·挂起 {minutes} 分" if minutes else f"{hint}·挂起"
    return CaseTab(
        key=opened.key,
        title=opened.standard.name,
        hint=hint,
        parked=opened is not current,
    )
