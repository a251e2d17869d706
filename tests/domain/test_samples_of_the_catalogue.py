"""Every sample case that ships comes out as it says, under the version in force on its day."""

from functools import cache

import pytest

from clerk import wording_samples
from clerk.app.sample_files import read_hall, read_samples, sampled_items
from clerk.domain.sample_case import Expected
from clerk.domain.sample_run import run_samples
from tests.domain.starter_items import FILES, TODAY, newest

ITEM_CODES = tuple(dict.fromkeys(name.split("/")[1] for name in FILES))


@cache
def samples_of(item_code):
    """What is written of an item, read once."""
    return read_samples(item_code)


@pytest.fixture(scope="module")
def hall():
    return read_hall(TODAY)


def test_every_item_has_a_file_of_samples_and_no_file_is_left_over():
    assert sampled_items() == set(ITEM_CODES)


@pytest.mark.parametrize("item_code", ITEM_CODES)
def test_the_samples_of_an_item_come_out_as_they_say(hall, item_code):
    samples = samples_of(item_code)

    assert samples is not None
    results = run_samples(hall, newest()[item_code], samples)

    differing = {
        result.sample.name: wording_samples.differences(result)
        for result in results
        if result.differences
    }
    assert differing == {}


@pytest.mark.parametrize("item_code", ITEM_CODES)
def test_every_item_has_a_sample_that_passes_and_one_that_does_not(item_code):
    samples = samples_of(item_code)

    assert samples is not None
    expected = {sample.expect for sample in samples.samples}
    assert len(samples.samples) >= 3
    assert expected & {Expected.ACCEPT, Expected.DEFERRAL, Expected.RECEIVE}
    assert Expected.NOTICE in expected
