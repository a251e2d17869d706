"""A line that is worked out of others is shown like any known one and cannot be typed."""

from datetime import date

import pytest

from clerk.domain.prefill import prefilled
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_form import FormCard
from tests.domain.at_the_window import CALENDAR, NOW, check, noodle_shop_begun, typed
from tests.domain.vocabulary_item import every_kind


@pytest.fixture
def form(on_screen):
    card = on_screen(FormCard(lambda: date(2026, 3, 18)))
    card.show_all(True)
    return card


def opened(**values):
    item = every_kind()
    case = prefilled(item, typed(noodle_shop_begun(), values), NOW, CALENDAR)
    return OpenCase(key="1", standard=item, case=case, verdict=check(case, item))


def editor(form, code):
    return form.line_of(code).field.editor


def test_it_shows_what_follows_from_the_others_and_is_locked(form):
    form.show_case(opened(shop_area="20.5", store_area="10"))

    assert editor(form, "whole_area").text() == "30.5"
    assert editor(form, "whole_area").isReadOnly()
    assert not editor(form, "shop_area").isReadOnly()


def test_while_its_sources_lack_it_is_no_gap_to_type(form):
    form.show_case(opened(shop_area="20.5"))

    assert "whole_area" in form.order()
    assert editor(form, "whole_area").isReadOnly()
    assert editor(form, "whole_area").text() == ""
