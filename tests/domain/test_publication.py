"""The public list of decided permits (双公示): what is published, and of persons what is not."""

import csv
import io
from dataclasses import replace
from datetime import date

from clerk.documents.publication import table_of
from clerk.domain.party import Applicant
from clerk.domain.publication import published
from clerk.wording_results import PUBLISHED_HEADINGS
from integrations.practice.people import NOODLE_SHOP, ZHANG_SHILI
from tests.domain.at_the_result import granted
from tests.domain.at_the_window import ALLOWANCE, FOOD, accepted_case, person


def test_a_decided_permit_is_published_with_its_number_and_days():
    row = published(FOOD, granted())

    assert row is not None
    assert (row.name, row.credit_code) == (NOODLE_SHOP.name, NOODLE_SHOP.code)
    assert (row.decided_on, row.valid_until_on) == (date(2026, 3, 18), date(2031, 3, 17))


def test_of_a_person_neither_number_nor_whole_name_is_published():
    case = replace(granted(), applicant=Applicant(party=person()))

    row = published(FOOD, case)

    assert row is not None
    assert row.credit_code == ""
    assert ZHANG_SHILI.name not in table_of([row])
    assert ZHANG_SHILI.id_number not in table_of([row])


def test_what_is_no_permit_or_not_decided_is_not_published():
    assert published(ALLOWANCE, granted()) is None
    assert published(FOOD, accepted_case()) is None


def test_the_list_is_one_line_a_decision_and_no_cell_is_a_formula():
    row = published(FOOD, granted())
    assert row is not None

    read = list(csv.reader(io.StringIO(table_of([row, replace(row, name='=HYPERLINK("x"),"')]))))

    assert tuple(read[0]) == PUBLISHED_HEADINGS
    assert len(read) == 3
    assert read[2][0].startswith("'=")
