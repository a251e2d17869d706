"""Below the materials: what satisfies the current one and by what can be read whole."""

from dataclasses import replace
from datetime import date

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from clerk.domain.intake import on_paper
from clerk.ui.approval_findings import wrapped
from clerk.ui.intake_strip import MaterialStrip
from tests.ui.example_values import NOW, standard, stored_file
from tests.ui.examples import SmallCounter
from tests.ui.intake_world import answered

TODAY = date(2026, 3, 18)
ROOM_1366, ROOM_1440 = 676, 726
"""As wide as the strip is where the window is so wide, in pixels."""
SHORT = "纸质件，复印件 1 份，周模拟 3 月 18 日 09:00 看过"
LONG = (
    "免提交，国务院关于加快推进电子证照扩大应用领域和全国互通互认的意见（国办发〔2022〕3号）第六条，"
    "周模拟 3 月 18 日 09:00 认定"
)


@pytest.fixture
def strip(on_screen):
    return on_screen(MaterialStrip(lambda: TODAY))


@pytest.fixture
def premises():
    """The proof of premises with its points to look at, with an age where the test asks for it."""
    return standard("food_business_permit").requirement("PREMISES")


def cut(strip: MaterialStrip) -> list[QWidget]:
    """What is shown and does not have the room it needs."""
    shown = [strip.title, strip.look, strip.advice, strip.confirm, strip.issued_on, *strip.ticks]
    small = [
        one
        for one in shown
        if one.isVisible()
        and not (
            one.height() >= one.minimumSizeHint().height() and strip.rect().contains(one.geometry())
        )
    ]
    said = strip.said
    if said.height() < wrapped(said.text(), 12, said.width()) - 1:
        small.append(said)
    return small


@pytest.mark.parametrize("short", [False, True], ids=["high screen", "low screen"])
@pytest.mark.parametrize("width", [ROOM_1366, ROOM_1440])
@pytest.mark.parametrize("age", [None, 30], ids=["of any age", "not older than"])
@pytest.mark.parametrize("said", [SHORT, LONG], ids=["short", "long"])
def test_what_proves_a_material_is_read_whole_beside_its_points(
    strip, premises, said, age, width, short, qtbot
):
    asked = replace(premises, max_age_days=age)
    held = replace(on_paper(asked, SmallCounter().session, NOW), files=(stored_file("合同.pdf"),))
    strip.set_short(short)
    strip.resize(width, strip.height())

    strip.show_material(7, asked, held, said, editable=True)
    height = strip.height()
    strip.page.show()

    qtbot.waitUntil(lambda: (strip.width(), strip.height()) == (width, height))
    qtbot.waitUntil(lambda: cut(strip) == [])


def test_what_fits_beside_the_name_takes_no_line_of_its_own(strip, premises, qtbot):
    strip.resize(ROOM_1440, strip.height())
    strip.show_material(7, premises, None, SHORT, editable=True)
    qtbot.waitUntil(lambda: strip.said.y() < strip.title.geometry().bottom())
    low = strip.height()

    strip.show_material(7, premises, None, LONG, editable=True)
    qtbot.waitUntil(lambda: strip.said.y() > strip.title.geometry().bottom())

    assert strip.height() > low


def test_the_row_stays_in_view_when_what_stands_below_it_grows(page, counter, hands, qtbot):
    answered(page, counter, qtbot)
    page.window().resize(1366, 696)
    table = page.body.materials.table
    page.body.materials.focus_row("RULES")
    low = page.body.materials.strip.height()

    hands.press(Qt.Key.Key_1)

    qtbot.waitUntil(lambda: page.body.materials.strip.height() > low)
    qtbot.waitUntil(
        lambda: table.viewport().rect().contains(table.visualRect(table.currentIndex()))
    )
