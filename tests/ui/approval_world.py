"""An invented chief representative's desk for the tests of 审批: cases in memory, real rules."""

from dataclasses import replace
from uuid import UUID

from PyQt6.QtCore import QBuffer, QByteArray, QIODevice
from PyQt6.QtGui import QColor, QImage

from clerk.domain.case import Decision, InternalReturn
from clerk.domain.decisions import (
    DecisionBar,
    decide,
    decision_bar,
    look_at,
    points_to_look_at,
    return_internally,
)
from clerk.domain.errors import ClerkError
from clerk.domain.findings import Check, Finding, Group, Outcome
from clerk.domain.identity import Role
from clerk.domain.issued import PageImage
from clerk.domain.standard import Clause
from clerk.ui.actions import ApprovalActions, FileActions
from clerk.ui.approval import ApprovalPage
from clerk.ui.rail import Place
from tests.ui.case_world import (
    NOW,
    TODAY,
    World,
    a_file,
    case_of,
    food,
    in_window,
    licence,
    line,
    scanned,
    session,
    verdict,
)
from tests.ui.examples import case_rules

EVIDENCE = {
    "APPLICATION": scanned("申请书"),
    "LICENCE": licence(),
    "LAYOUT": scanned("布局图"),
}


def found(outcome, name="营业执照"):
    return Finding(
        outcome=outcome,
        check=Check.MATERIAL_PRESENT,
        group=Group.MATERIALS,
        subject="LICENCE",
        subject_name=name,
        basis=Clause(law="食品安全法", article="第三十三条"),
        rule_version=1,
    )


def a_page(width, height):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    png = QByteArray()
    buffer = QBuffer(png)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return PageImage(png=png.data(), width=width, height=height)


def taken_in_by(account_id, case):
    events = tuple(replace(event, actor=account_id) for event in case.events)
    return replace(case, clerk=account_id, events=events)


class Chief:
    """审批 in the real window: cases in memory, the domain's own rules, what was done is kept."""

    def __init__(self, jobs, on_screen, qtbot, *, lines=3, opened_by="zhou", size=(1440, 868)):
        who = session(Role.CHIEF_REPRESENTATIVE, account_id="zheng", name="郑范例")
        self.qtbot, self.standard, self.who = qtbot, food(), who
        self.rules = case_rules(self.standard)
        self.lines = [line(number) for number in range(lines)]
        self.cases = {
            one.case_id: taken_in_by(opened_by, case_of(one, evidence=EVIDENCE))
            for one in self.lines
        }
        self.findings = (found(Outcome.PASS),)
        self.decided: list[tuple[UUID, bool, str]] = []
        self.returned: list[tuple[list[str], list[str], str]] = []
        self.trouble: ClerkError | None = None
        self.pages = 2
        actions = ApprovalActions(
            here=World(who=who).here(),
            files=FileActions(keep=lambda *_: a_file("x"), pages=self._pages),
            queue=lambda: list(self.lines),
            load_case=lambda case_id: self.cases[case_id],
            check=lambda _: replace(verdict(), findings=self.findings),
            to_look_at=self._to_look_at,
            why_not=self._why_not,
            look_at=self._look_at,
            decide=self._decide,
            send_back=self._send_back,
        )
        self.window, self.shell, self.page = in_window(
            jobs,
            on_screen,
            Place.APPROVAL,
            lambda shell: ApprovalPage(actions, jobs, shell.offer_undo, shell.say),
            size=size,
            undo_tick_ms=60_000,
        )
        if lines:
            self.wait_for(0)

    def wait_for(self, number):
        self.qtbot.waitUntil(
            lambda: self.page._case is not None and self.page._case.case_id == line(number).case_id
        )

    def _pages(self, _file, width):
        return [a_page(width, width * 2) for _ in range(self.pages)]

    def _to_look_at(self, case):
        texts = {point.code: (point.text, "") for point in self.standard.chief_points}
        for asked in self.standard.requirements:
            for point in asked.review_points:
                texts[f"{asked.code}/{point.code}"] = (point.text, asked.code)
        return [(code, *texts[code]) for code in points_to_look_at(self.standard, case)]

    def _why_not(self, case):
        bar = decision_bar(self.standard, case, self.who, TODAY)
        return {None: "", DecisionBar.OWN_INTAKE: "自己收的件不能自己审批"}[bar]

    def _look_at(self, case, code):
        seen = look_at(self.cases[case.case_id], code)
        self.cases[case.case_id] = replace(seen, version=seen.version + 1)
        return self.cases[case.case_id]

    def _decide(self, case, granted, opinion):
        if self.trouble is not None:
            raise self.trouble
        decision = Decision(
            granted=granted,
            opinion=opinion,
            at=NOW,
            by="zheng",
            by_name="郑范例",
            number="示审食〔2026〕31 号",
        )
        done = decide(self.rules, self.cases[case.case_id], decision, self.who)
        self._left(case)
        self.decided.append((case.case_id, granted, opinion))
        return done

    def _send_back(self, case, points, materials, remark):
        sent = InternalReturn(
            points=tuple(points), materials=tuple(materials), remark=remark, at=NOW, by="郑范例"
        )
        done = return_internally(self.rules, self.cases[case.case_id], sent, self.who)
        self._left(case)
        self.returned.append((list(points), list(materials), remark))
        return done

    def _left(self, case):
        self.lines = [one for one in self.lines if one.case_id != case.case_id]

    def said(self):
        return self.shell.status.said.text()

    def seen(self):
        return [point.seen for point in self.page.verdict.points.points()]

    def open_dialog(self, kind):
        return self.window.findChild(kind)
