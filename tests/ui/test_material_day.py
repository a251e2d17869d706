"""The day a paper bears is typed where its age counts, and read as a day that was."""

from dataclasses import replace
from datetime import date

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.intake import on_paper
from clerk.ui.intake_strip import MaterialStrip
from clerk.ui.intake_typing import day_before
from tests.ui.example_values import NOW, standard
from tests.ui.examples import SmallCounter

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("0312", date(2026, 3, 12)),
        ("1105", date(2025, 11, 5)),
        ("2024-12-31", date(2024, 12, 31)),
        ("20260401", date(2026, 4, 1)),
        ("上周", None),
    ],
)
def test_a_day_without_a_year_is_the_last_one_that_was(typed, day):
    assert day_before(typed, TODAY) == day


@pytest.fixture
def strip(on_screen):
    return on_screen(MaterialStrip(lambda: TODAY))


@pytest.fixture
def lease():
    """The proof of premises, which must not be older than a month."""
    asked = standard("food_business_permit").requirement("PREMISES")
    return replace(asked, max_age_days=30)


def show(strip, asked):
    held = on_paper(asked, SmallCounter().session, NOW)
    strip.show_material(3, asked, held, "", editable=True)


def test_the_day_is_asked_for_only_where_the_age_counts(strip, lease):
    show(strip, replace(lease, max_age_days=None))
    assert not strip.issued_on.isVisible()

    show(strip, lease)
    assert strip.issued_on.isVisible()


def test_what_is_typed_is_told_as_a_day(strip, lease, hands):
    told: list[object] = []
    strip.dated.connect(told.append)
    show(strip, lease)
    strip.issued_on.focus_editor()

    hands.type("0312")
    hands.press(Qt.Key.Key_Return)

    assert told == [date(2026, 3, 12)]


def test_a_day_to_come_is_refused_at_the_box(strip, lease, hands):
    told: list[object] = []
    strip.dated.connect(told.append)
    show(strip, lease)
    strip.issued_on.focus_editor()

    hands.type("20260401")
    hands.press(Qt.Key.Key_Return)

    assert told == []
    assert strip.issued_on.error()


def test_the_age_is_said_in_the_unit_of_the_standard(strip, lease):
    show(strip, lease)
    assert strip.issued_on.editor.placeholderText() == "30 天内"

    show(strip, replace(lease, max_age_days=None, max_age_months=3))
    assert strip.issued_on.isVisible()
    assert strip.issued_on.editor.placeholderText() == "3 个月内"
