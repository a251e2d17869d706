"""An invented hall in memory for the tests of 办件, 今日 and 审批: plain functions, no store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from clerk.domain.act_rules import acts_on
from clerk.domain.alarms import AlarmLine
from clerk.domain.case import (
    Case,
    CaseState,
    Decision,
    FieldValue,
    HandOut,
    InternalReturn,
)
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.case_list import (
    MARK_ROWS,
    CaseLine,
    CaseQuery,
    CaseView,
    ListExtent,
    Today,
)
from clerk.domain.counter import Counter
from clerk.domain.course import CaseRules
from clerk.domain.errors import ClerkError, NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.late_paper_code import LatePaperCode
from clerk.domain.party import Source
from clerk.domain.receiving import Receiving
from clerk.domain.tasks import TaskLine
from clerk.ui.actions import CaseActions, FileActions, Here, LatePaperActions
from clerk.ui.cases import CasesPage
from clerk.ui.hand_out import HandOutDialog
from clerk.ui.main_window import MainWindow
from clerk.ui.rail import Place
from clerk.ui.shell import Shell
from clerk.ui.sign_in import SignInPage
from tests.ui.case_values import NOW, TODAY, a_file, calendar, case_of, food, line, session
from tests.ui.example_values import case_rules
from tests.ui.pin_world import Pin


@dataclass
class World:
    """A hall whose cases are made when they are asked for, so there may be any number."""

    rows: int = 3
    special: dict[int, CaseLine] = field(default_factory=dict)
    cases: dict[UUID, Case] = field(default_factory=dict)
    who: Session = field(default_factory=session)
    trouble: ClerkError | None = None
    asked: list[CaseQuery] = field(default_factory=list)
    pages: list[tuple[int, int, bool]] = field(default_factory=list)
    handed: list[tuple[str, str]] = field(default_factory=list)
    today_is: Today | None = None
    retried: int = 0
    done: list[tuple[CaseAct, ActWords]] = field(default_factory=list)
    alarms: list[AlarmLine] = field(default_factory=list)
    tasks: list[TaskLine] = field(default_factory=list)
    seen_alarms: list[UUID] = field(default_factory=list)
    hanging_prints: list[tuple[str, str]] = field(default_factory=list)
    too_many: bool = False
    exported: list[tuple[CaseQuery, str, str]] = field(default_factory=list)
    now: datetime = NOW
    before_load: Callable[[], object] = lambda: None

    def here(self) -> Here:
        """Counter 3 of the invented hall."""
        standard = food()
        return Here(
            session=self.who,
            counter=Counter(
                code="03",
                name="3 号窗",
                hall="示例县政务服务中心",
                org_code="11990123MB0000019Y",
                phone="0999-8000001",
                address="示例县政务大道1号",
                practice=True,
            ),
            calendar=calendar(),
            now=lambda: self.now,
            new_id=lambda: UUID(int=99),
            standard=lambda _code, _version: standard,
        )

    def at(self, number: int) -> CaseLine:
        """The line at a place of the whole list."""
        return self.special.get(number) or line(number)

    def lines(self, query: CaseQuery) -> Sequence[int]:
        """Which of the lines a query has."""
        if query.view is CaseView.ALL and not query.text:
            return range(self.rows)
        wanted = {
            CaseView.RESULT_WAITING: CaseState.RESULT_WAITING,
            CaseView.DRAFTS: CaseState.DRAFT,
            CaseView.WITH_APPLICANT: CaseState.CORRECTION_DUE,
        }.get(query.view)
        return [
            number
            for number in range(min(self.rows, 300))
            if (wanted is None or self.at(number).state is wanted)
            and query.text in self.at(number).label + self.at(number).applicant_name
        ]

    def page(
        self, query: CaseQuery, after: CaseLine | None, offset: int, limit: int
    ) -> Sequence[CaseLine]:
        if self.trouble is not None:
            raise self.trouble
        self.asked.append(query)
        self.pages.append((offset, limit, after is not None))
        found = self.lines(query)
        first = offset
        if after is not None:
            first = next(n for n in found if self.at(n).case_id == after.case_id) + 1
        return [self.at(number) for number in found[first : first + limit]]

    def page_from_mark(
        self, query: CaseQuery, mark: bytes, behind: int, limit: int
    ) -> Sequence[CaseLine]:
        return self.page(query, None, int(mark) + behind, limit)

    def extent(self, query: CaseQuery) -> ListExtent:
        rows = self.count(query)
        marks = () if query.text else tuple(b"%d" % n for n in range(0, rows, MARK_ROWS))
        return ListExtent(rows=rows, complete=not self.too_many, marks=marks)

    def count(self, query: CaseQuery) -> int:
        return len(self.lines(query))

    def load(self, case_id: UUID) -> Case:
        self.before_load()
        known = self.cases.get(case_id)
        return known or case_of(self.at(case_id.int - 1))

    def export(
        self, query: CaseQuery, purpose: str, path: str, go_on: Callable[[int, int], bool]
    ) -> int | None:
        rows = self.count(query)
        self.exported.append((query, purpose, path))
        return rows if go_on(0, rows) else None

    def hand_out(self, case: Case, receiving: Receiving) -> Case:
        if case.state is not CaseState.RESULT_WAITING:
            raise NotAcceptable("没有待领的结果")
        self.handed.append((receiving.name, receiving.id_number))
        row = case.case_id.int - 1
        self.special[row] = replace(self.at(row), state=CaseState.HANDED_OUT, with_whom="")
        handed = HandOut(
            at=NOW,
            by="zhou",
            receiver=receiving.name,
            receiver_id_number=receiving.id_number,
            way="window",
        )
        self.cases[case.case_id] = replace(case, state=CaseState.HANDED_OUT, hand_out=handed)
        return self.cases[case.case_id]

    def answer_return(self, case_id: UUID) -> Case:
        row, case = case_id.int - 1, self.cases[case_id]
        self.special[row] = replace(self.at(row), returned=False, with_whom="郑范例（首席代表）")
        return replace(case, with_whom="郑范例（首席代表）")

    def today(self, on: date) -> Today:
        if self.trouble is not None:
            raise self.trouble
        assert on == TODAY
        assert self.today_is is not None
        return self.today_is

    def retry(self) -> int:
        self.retried += 1
        return self.retried

    def find_late(self, code: LatePaperCode) -> Case:
        if self.trouble is not None:
            raise self.trouble
        return next(case for case in self.cases.values() if case.label == code.number)

    def rules_of(self, case: Case) -> CaseRules:
        return case_rules(self.here().standard(case.item_code, case.standard_version))

    def do_act(self, case_id: UUID, act: CaseAct, words: ActWords) -> Case:
        if self.trouble is not None:
            raise self.trouble
        self.done.append((act, words))
        return self.cases[case_id]

    def actions(self) -> CaseActions:
        """What 办件 and 今日 are given."""
        return CaseActions(
            here=self.here(),
            page=self.page,
            page_from_mark=self.page_from_mark,
            extent=self.extent,
            count=self.count,
            export=self.export,
            load_case=self.load,
            today=self.today,
            hand_out=self.hand_out,
            answer_return=self.answer_return,
            rules=self.rules_of,
            offered_acts=lambda case: acts_on(self.rules_of(case), case, self.who, NOW),
            keep_check_file=lambda _, name, __: a_file(name),
            do_act=self.do_act,
            pin=Pin().actions(),
            late=LatePaperActions(
                files=FileActions(
                    keep=lambda _, name, __: a_file(name), pages=lambda _file, _width: []
                ),
                scan=lambda: (b"PNG", "image/png"),
                find=self.find_late,
            ),
            alarms=lambda: self.alarms,
            see_alarms=self.seen_alarms.append,
            hanging_prints=lambda: self.hanging_prints,
            tasks=lambda: self.tasks,
            retry_deliveries=self.retry,
        )


def result_waiting(number: int) -> tuple[CaseLine, Case]:
    """A case whose permit lies at the window."""
    at_window = line(number, state=CaseState.RESULT_WAITING, with_whom="")
    decided = Decision(
        granted=True,
        opinion="材料齐全，准予许可。",
        at=NOW - timedelta(hours=3),
        by="zheng",
        by_name="郑范例",
        number="示审食〔2026〕31 号",
    )
    return at_window, case_of(at_window, decision=decided)


def returned(number: int) -> tuple[CaseLine, Case]:
    """A case the chief representative sent back."""
    back = line(number, returned=True, with_whom="周模拟")
    sent = InternalReturn(
        points=("LAYOUT_UNCLEAR",),
        materials=("LAYOUT",),
        remark="第 2 页扫得不清，重扫即可",
        at=NOW - timedelta(hours=1),
        by="郑范例",
    )
    return back, case_of(back, returns=(sent,))


def typed(value: str, replaced: str = "") -> FieldValue:
    """A value typed at the counter, over a sourced one where there was one."""
    return FieldValue(
        value=value,
        source=Source.TYPED,
        at=NOW,
        replaced=replaced,
        replaced_source=Source.CERTIFICATE if replaced else None,
    )


def in_window(jobs, on_screen, place, make_page, *, size=(1440, 868), undo_tick_ms=20):
    """Show the page that ``make_page(shell)`` makes in the real window; keep what is returned."""
    window = MainWindow(SignInPage(jobs, hall="示例县政务服务中心"))
    shell = Shell(window.acts, jobs, now=lambda: NOW, undo_tick_ms=undo_tick_ms)
    page = make_page(shell)
    shell.add_place(place, page)
    window.resize(*size)
    on_screen(window)
    window.show_shell(shell)
    shell.go(place)
    return window, shell, page


class Desk:
    """办件 in the real window, over an invented hall; what it asked of others is kept."""

    def __init__(self, world, jobs, on_screen, qtbot, **more):
        self.world = world
        self.opened: list[UUID] = []
        self.papers: list[Case] = []

        def make(shell):
            return CasesPage(
                world.actions(),
                jobs,
                self.opened.append,
                self.papers.append,
                say=shell.say,
                **more,
            )

        self.window, self.shell, self.page = in_window(jobs, on_screen, Place.CASES, make)
        self.list, self.drawer = self.page.list, self.page.drawer
        if world.trouble is None and world.rows:
            qtbot.waitUntil(lambda: self.list.current() is not None)
            qtbot.waitUntil(lambda: self.page._case is not None)

    def dialog(self):
        return self.window.findChild(HandOutDialog)


@pytest.fixture
def desk(jobs, on_screen, qtbot):
    def _desk(world, **more):
        return Desk(world, jobs, on_screen, qtbot, **more)

    return _desk
