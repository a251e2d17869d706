"""An invented chief representative's desk for the tests of 审批: cases in memory, real rules."""

from dataclasses import replace
from uuid import UUID

from PyQt6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PyQt6.QtGui import QColor, QImage

from clerk.domain.batch import Batch, BatchDone
from clerk.domain.case import Decision, InternalReturn
from clerk.domain.decision_bars import decision_bar
from clerk.domain.decisions import (
    answer_point,
    decide,
    points_to_look_at,
    return_internally,
)
from clerk.domain.errors import ClerkError
from clerk.domain.findings import Check, Finding, Group, Outcome
from clerk.domain.identity import Role
from clerk.domain.issued import PageImage
from clerk.domain.limits import Clause
from clerk.domain.refusal import offer_statement
from clerk.ui.actions import ApprovalActions, BatchActions, FileActions
from clerk.ui.approval import ApprovalPage
from clerk.ui.rail import Place
from clerk.wording_approval import why_not
from tests.ui.case_values import (
    NOW,
    a_file,
    case_of,
    food,
    licence,
    line,
    scanned,
    session,
    verdict,
)
from tests.ui.case_world import World, in_window
from tests.ui.example_values import case_rules
from tests.ui.pin_world import Pin

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
        self.pin = Pin()
        self.batch: Batch | None = None
        self.batched: list[tuple[list[UUID], str]] = []
        self.pages = 2
        actions = ApprovalActions(
            here=World(who=who).here(),
            files=FileActions(keep=lambda *_: a_file("x"), pages=self._pages),
            queue=lambda: list(self.lines),
            load_case=lambda case_id: self.cases[case_id],
            check=lambda _: replace(verdict(), findings=self.findings),
            to_look_at=self._to_look_at,
            why_not=self._why_not,
            mandates=lambda: "授权 1 个事项",
            rules=lambda _: self.rules,
            answer_point=self._answer_point,
            decide=self._decide,
            offer_statement=self._offer_statement,
            pin=self.pin.actions(),
            batch=BatchActions(
                allowed=lambda _: self.batch is not None,
                offer=self._offer_batch,
                decide=self._decide_many,
            ),
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
        barred = decision_bar(self.standard, case, self.who, NOW)
        return why_not(barred, self.standard, ()) if barred else ""

    def _answer_point(self, case, code, outcome, remark):
        held = self.cases[case.case_id]
        seen = answer_point(self.standard, held, code, outcome, remark, self.who, NOW)
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

    def _offer_statement(self, case, reasons):
        told = offer_statement(self.rules, self.cases[case.case_id], reasons, self.who, NOW)
        self.cases[case.case_id] = told
        return told

    def _offer_batch(self, _item_code):
        assert self.batch is not None
        return self.batch

    def _decide_many(self, batch, case_ids, opinion):
        decided = tuple(self.cases[case_id] for case_id in case_ids)
        for case in decided:
            self._left(case)
        self.batched.append((list(case_ids), opinion))
        return BatchDone(decided=decided, refused=(), seconds=12)

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


def see_all(shown, hands):
    for _ in shown.seen():
        hands.press(Qt.Key.Key_Space)
    shown.qtbot.waitUntil(lambda: all(shown.seen()))
