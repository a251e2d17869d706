"""登记送达: what stands in the way is said before anything is written down."""

from dataclasses import replace

import pytest
from PyQt6.QtWidgets import QWidget

from clerk.domain.custody import place_originals
from clerk.domain.originals import OriginalPlace
from clerk.ui.hand_out import HandOutDialog
from clerk.ui.handing_out import HandingOut
from clerk.ui.widgets import Label, open_dialog
from integrations.practice.people import ZHANG_SHILI
from tests.domain.at_the_result import SAMPLE_FEE, waiting
from tests.domain.at_the_window import CLERK, FOOD, NOW, TODAY, accepted_case, rules
from tests.ui.case_world import World


@pytest.fixture
def dialog(qtbot, jobs, on_screen):
    host = QWidget()
    host.resize(1000, 700)
    on_screen(host)

    def _dialog(case, standard=FOOD):
        actions = World(rows=1).actions()
        here = replace(actions.here, standard=lambda _code, _version: standard)
        made = HandOutDialog(
            case,
            replace(actions, here=here),
            jobs,
            read_card=None,
            show_papers=lambda _: None,
        )
        open_dialog(host, made)
        return made

    yield _dialog
    host.close()


def test_a_charge_that_is_not_paid_is_said_at_once(dialog):
    shown = dialog(waiting(), replace(FOOD, fees=(SAMPLE_FEE,)))

    assert "证书工本费（样例） 10.00 元还没缴" in shown.kept.text()
    assert shown.window().isActiveWindow()  # no part of it was a window of its own meanwhile


def test_kept_originals_are_named_and_may_stay_for_a_reason(dialog):
    case = place_originals(
        rules(), accepted_case(), "*", OriginalPlace.KEPT, CLERK, NOW, back_by_on=TODAY
    )

    shown = dialog(waiting(case))

    assert "经营场所、设备布局图原件 1 份留存待退，随结果退还" in shown.kept.text()
    assert shown.stay.isVisible()


def test_whoever_is_known_to_the_case_is_asked_for_no_papers(dialog):
    shown = dialog(waiting())

    shown.receiver.set_value("张示例")
    shown.id_number.set_value(ZHANG_SHILI.id_number)
    shown.id_number.committed.emit(shown.id_number.value())

    assert shown.who.text().startswith("张示例可以领，证件号一致")
    assert not shown.mandate.isVisible()


def test_of_a_refusal_its_decision_is_handed_over_and_no_certificate(dialog):
    case = waiting()
    assert case.decision is not None
    shown = dialog(replace(case, decision=replace(case.decision, granted=False)))

    said = [label.text() for label in shown.findChildren(Label)]
    assert "不予许可，交给领取人：不予行政许可决定书" in said


def test_a_receiver_whose_name_would_read_otherwise_on_paper_is_not_taken(dialog):
    """送达回证 names him: a mark that turns the line makes another name of it."""
    shown = dialog(waiting())
    shown.receiver.set_value("张\u202e示例")
    shown.id_number.set_value(ZHANG_SHILI.id_number)

    shown.give_button.click()

    assert shown.receiver.error().startswith("领取人姓名第 2 位是看不见的符号（U+202E）")
    assert shown.receiver.editor.hasFocus()


def test_pressed_twice_while_the_case_is_read_it_asks_once(qtbot, jobs):
    host, case, asked = QWidget(), waiting(), []
    qtbot.addWidget(host)
    actions = World(rows=1).actions()
    here = replace(actions.here, standard=lambda _code, _version: FOOD)
    handing_out = HandingOut(
        host,
        replace(actions, here=here, load_case=lambda _: case),
        jobs,
        lambda _host, dialog: asked.append(dialog),
        read_card=None,
        show_papers=lambda _: None,
    )

    for _ in range(2):
        handing_out.begin(case.case_id)
    qtbot.waitUntil(lambda: not jobs.pending())
    assert len(asked) == 1

    handing_out.begin(case.case_id)
    qtbot.waitUntil(lambda: len(asked) == 2)
    for dialog in asked:
        qtbot.addWidget(dialog)
