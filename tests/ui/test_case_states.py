"""办件 shows every state a case can be in: its word, its clock, whose hands, what may be done.

``STATE_PICTURES`` may name a folder: the window and the acts offered are saved there, a picture a
state, in the light and the dark theme and at the smallest size.
"""

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QLabel

from clerk.domain.case import CaseEventKind, CaseState, HandOut
from clerk.domain.deadlines import Term
from clerk.domain.identity import Role
from clerk.ui import theme
from clerk.ui.case_acts import CaseActsDialog
from clerk.ui.cases import CasesPage
from clerk.ui.rail import Place
from clerk.wording_cases import state_of
from tests.ui.case_values import NOW, case_of, event, line, session
from tests.ui.case_world import World, in_window, result_waiting, returned

K, S = CaseEventKind, CaseState
CLOSED = {"next_due_on": None, "with_whom": ""}
OPENED = (event(K.OPENED, 48.4), event(K.CARD_READ, 48.3, name="张示例"))
RECEIVED = (*OPENED, event(K.RECEIVED, 48))
ACCEPTED = (*RECEIVED, event(K.ACCEPTED, 48, number="20260316-0000"))
SENT = (*ACCEPTED, event(K.HANDED_OFF, 47.9, "县行政审批服务局"))
LAST_EVENT = {
    S.WITHDRAWN: K.WITHDRAWN,
    S.LAPSED: K.LAPSED,
    S.VOID: K.VOIDED,
    S.PASSED_ON: K.PASSED_ON,
    S.GRANTED: K.DECIDED,
    S.REFUSED: K.DECIDED,
    S.REVOKED: K.DECISION_REVOKED,
}
DECIDED = {S.GRANTED, S.REFUSED, S.REVOKED}
EARLY = {"accepted_at": None, "due_on": None, "statutory_due_on": None}


def made(state):
    """A line and its case in a state, as the desk would have left them."""
    if state is S.DRAFT:
        bare = line(0, state=state, label="", received_at=None, next_due_on=None, **EARLY)
        return bare, case_of(bare, events=OPENED)
    if state in {S.RECEIVED, S.CORRECTION_DUE, S.DECLINED}:
        due = None if state is S.DECLINED else date(2026, 3, 20)
        bare = line(0, state=state, next_due_on=due, with_whom="", term=Term.NOTICE, **EARLY)
        more = {
            S.RECEIVED: (),
            S.CORRECTION_DUE: (event(K.NOTIFIED_ONCE, 24, points="2"),),
            S.DECLINED: (event(K.DECLINED, 24),),
        }
        return bare, case_of(bare, events=(*RECEIVED, *more[state]))
    if state in {S.RESULT_WAITING, S.HANDED_OUT}:
        shown, case = result_waiting(0)
        if state is S.RESULT_WAITING:
            return shown, case
        handed = HandOut(
            at=NOW - timedelta(hours=1),
            by="zhou",
            receiver="张示例",
            receiver_id_number="990123198803120010",
            way="window",
        )
        events = (*case.events, event(K.HANDED_OUT, 1, receiver="张示例"))
        out = replace(case, state=state, hand_out=handed, events=events, with_whom="")
        return replace(shown, state=state, next_due_on=None), out
    if state in LAST_EVENT:
        taken = result_waiting(0)[1].decision
        assert taken is not None
        shown = line(0, state=state, **CLOSED)
        granted = state is not S.REFUSED
        decision = replace(taken, granted=granted) if state in DECIDED else None
        last = event(LAST_EVENT[state], 3, "郑范例", document="示审食〔2026〕31 号")
        return shown, case_of(shown, decision=decision, events=(*SENT, last))
    shown = line(0, state=state)
    events = ACCEPTED if state is S.ACCEPTED else SENT
    if state is S.SPECIAL_PROCEDURE:
        shown = replace(shown, next_due_on=None)
        events = (
            *events,
            replace(event(K.PROCEDURE_STARTED, 20, "县行政审批服务局"), subject="专家评审"),
        )
    return shown, case_of(shown, events=events)


@pytest.fixture
def shown(jobs, on_screen, qtbot):
    def _shown(of, case, *, size=(1440, 868)):
        world = World(rows=1, special={0: of}, cases={case.case_id: case})
        world.who = session(Role.WINDOW_CLERK, Role.RESULT_CLERK)
        _, _, page = in_window(
            jobs,
            on_screen,
            Place.CASES,
            lambda shell: CasesPage(
                world.actions(), jobs, lambda _: None, lambda _: None, say=shell.say
            ),
            size=size,
        )
        papers = next(act for act in page.acts() if act.key == "Ctrl+P")
        qtbot.waitUntil(lambda: page.drawer.isVisible() and papers.enabled())
        return page

    return _shown


def texts(widget):
    return " ".join(
        one.text() for one in widget.findChildren(QLabel) if one.isVisible() and one.text()
    )


def grab(page, name):
    folder = os.environ.get("STATE_PICTURES")
    if folder:
        QApplication.processEvents()
        page.window().grab().save(str(Path(folder) / f"{name}.png"))


@pytest.mark.parametrize("state", list(CaseState), ids=lambda state: state.name.lower())
def test_a_case_of_this_state_is_shown_with_what_may_be_done(shown, hands, qtbot, state):
    of, case = made(state)
    page = shown(of, case)
    qtbot.waitUntil(lambda: case.applicant_name in texts(page.drawer))
    grab(page, f"{state.value}-{state.name.lower()}")

    index = page.list.model.index(0, 4)
    assert state_of(of) in index.data(Qt.ItemDataRole.AccessibleTextRole)
    if state is CaseState.DRAFT:
        return
    hands.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: page.window().findChildren(CaseActsDialog) != [])
    grab(page, f"{state.value}-{state.name.lower()}-acts")


@pytest.mark.parametrize("look", ["dark", "small"])
def test_the_drawer_is_whole_in_the_dark_and_on_a_small_screen(shown, qapp, qtbot, look):
    theme.apply(qapp, theme.Scheme.DARK if look == "dark" else theme.Scheme.LIGHT)
    of, case = returned(0)
    page = shown(of, case, size=(1366, 696) if look == "small" else (1440, 868))
    qtbot.waitUntil(lambda: case.applicant_name in texts(page.drawer))

    grab(page, look)

    assert page.drawer.geometry().right() <= page.width()
    theme.apply(qapp)
