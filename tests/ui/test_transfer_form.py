"""签收流转原件 over the page: which bag is on its way, what was scanned, who signed."""

import os
from datetime import date
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from clerk.domain.case_acts import ActWords, CaseAct, OfferedAct
from clerk.domain.custody import place_originals
from clerk.domain.originals import OriginalPlace
from clerk.ui.case_acts import CaseActsDialog
from clerk.ui.result_act_forms import bags
from clerk.ui.widgets import open_dialog
from tests.domain.at_the_window import CLERK, NOW, accepted_case, rules

OFFERED = [
    OfferedAct(act=CaseAct.RECEIVE_TRANSFER, bar=None),
    OfferedAct(act=CaseAct.PLACE_ORIGINALS, bar=None),
]


def handed_on(case, material, bag):
    return place_originals(
        rules(),
        case,
        material,
        OriginalPlace.HANDED_ON,
        CLERK,
        NOW,
        number=f"示审流〔2026〕{len(case.custody) + 1} 号",
        bag=bag,
        back_by_on=date(2026, 3, 25),
    )


@pytest.fixture
def case():
    return handed_on(handed_on(accepted_case(), "RULES", "D-017"), "LAYOUT", "D-018")


@pytest.fixture
def done():
    return []


@pytest.fixture
def dialog(case, on_screen, done):
    host = QWidget()
    host.resize(1000, 700)
    on_screen(host)
    made = CaseActsDialog(rules(), case, OFFERED, lambda act, words: done.append((act, words)), {})
    open_dialog(host, made)
    yield made
    host.close()


def grab(dialog, name):
    folder = os.environ.get("CLERK_SHOTS")
    if folder:
        dialog.window().grab().save(str(Path(folder) / f"{name}.png"))


def test_every_bag_on_its_way_is_listed_with_its_slip(case):
    assert bags(rules(), case) == [
        ("D-017", "袋 D-017，原件 1 份，示审流〔2026〕1 号"),
        ("D-018", "袋 D-018，原件 1 份，示审流〔2026〕2 号"),
    ]


def test_a_bag_is_chosen_scanned_and_signed_for_by_keys(dialog, hands, done):
    hands.press(Qt.Key.Key_1)
    hands.press(Qt.Key.Key_2)
    hands.press(Qt.Key.Key_Tab)
    hands.compose("D-018")
    hands.press(Qt.Key.Key_Tab)
    hands.compose("陈演示")
    grab(dialog, "receive-transfer")

    dialog.go_on()

    words = ActWords(choice="D-018", number="D-018", people=("陈演示",))
    assert done == [(CaseAct.RECEIVE_TRANSFER, words)]


def test_whoever_hands_originals_on_is_asked_for_the_bag(dialog, hands):
    hands.press(Qt.Key.Key_2)

    assert dialog.form.box("number").heading() == "袋号，转部门才写"
    grab(dialog, "place-originals")
