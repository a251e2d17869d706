"""What the store holds already of an applicant, found by his number in the real store."""

from dataclasses import replace

from clerk.services import drafts
from tests.services import noodle_shop


def beside(window, **changes):
    """A second draft of the same owner, with what is different of its applicant."""
    again = noodle_shop.named(window)
    applicant = again.applicant
    assert applicant is not None
    return replace(again, applicant=replace(applicant, party=replace(applicant.party, **changes)))


def test_an_open_case_of_the_same_item_is_found_until_it_is_closed(window):
    first = drafts.save_draft(window.desk, window.clerk, noodle_shop.named(window))

    found = drafts.alike(window.desk, window.clerk, beside(window))
    drafts.destroy_draft(window.desk, window.clerk, first)
    later = drafts.alike(window.desk, window.clerk, beside(window))

    assert first.case_id in {line.case_id for line in found.same_item}
    assert first.case_id not in {line.case_id for line in later.lines()}


def test_the_case_at_hand_is_not_its_own_double(window):
    first = drafts.save_draft(window.desk, window.clerk, noodle_shop.named(window))

    found = drafts.alike(window.desk, window.clerk, first)

    assert first.case_id not in {line.case_id for line in found.lines()}


def test_the_same_number_under_another_name_is_found_whatever_the_item(window):
    first = drafts.save_draft(window.desk, window.clerk, noodle_shop.named(window))

    found = drafts.alike(window.desk, window.clerk, beside(window, name="示例县另一家面馆"))

    assert first.case_id in {line.case_id for line in found.other_names}


def test_without_a_number_nothing_is_looked_for(window):
    assert drafts.alike(window.desk, window.clerk, beside(window, id_number="")).lines() == ()
