"""A sample made after a stored case: the item's own, without anybody in it."""

from functools import partial

import pytest

from clerk.domain.errors import BadInput
from clerk.services import sample_from_case
from tests.services.catalogue_office import (
    BENCH,
    FOOD,
    ITEM,
)
from tests.services.noodle_shop import accepted


def test_a_sample_after_a_stored_case_has_nobody_in_it_and_is_journaled(office, catalogue):
    office.put(catalogue[FOOD])
    case = accepted(office.window)
    assert case.applicant is not None
    take = partial(sample_from_case.sample_from_case, office.desk, office.editor, BENCH)

    line = take(case.item_code, case.label)

    assert line["answers"] == {code: held.option for code, held in case.answers.items()}
    assert case.applicant.party.name not in repr(line)
    assert office.acts()[-1] == "standard.sample_taken"
    with pytest.raises(BadInput, match="这件办的不是本事项") as refused:
        take(ITEM, case.label)
    assert case.item_name not in str(refused.value)
    assert office.acts()[-1] == "standard.sample_refused"
    with pytest.raises(BadInput, match="没有这个编号"):
        take(case.item_code, "990123-0")
