"""A standard written as a plain mapping and read again is the same standard."""

from dataclasses import replace
from decimal import Decimal

import pytest

from clerk.domain.computed import Computed, ComputedKind
from clerk.domain.condition import (
    AgeCompares,
    AllOf,
    AnswerIs,
    AnyOf,
    ApplicantIs,
    Comparison,
    FieldCompares,
    FieldIs,
    HandlerActs,
    Not,
)
from clerk.domain.condition_parsing import condition_from
from clerk.domain.condition_writing import condition_table
from clerk.domain.moved_day import DayUnit, MovedDay
from clerk.domain.party import PartyKind
from clerk.domain.standard import FileFormat
from clerk.domain.standard_parsing import readable_from, standard_from
from clerk.domain.standard_writing import table_of
from tests.domain.starter_items import TODAY, catalogue, item

CONDITIONS = (
    AnswerIs(question="use", options=("home", "shop")),
    ApplicantIs(kinds=(PartyKind.PERSON,)),
    FieldIs(field="delivery", values=("寄递",)),
    FieldCompares(field="area", comparison=Comparison.AT_LEAST, than=Decimal("50.5")),
    AgeCompares(comparison=Comparison.LESS, years=18),
    HandlerActs(),
    Not(of=HandlerActs()),
    AllOf(of=(HandlerActs(), AnyOf(of=(AnswerIs(question="q", options=("a",)), HandlerActs())))),
)


def test_every_starter_item_comes_back_as_it_was():
    items = catalogue()

    assert [standard_from(table_of(one)) for one in items] == list(items)


def test_elements_nobody_here_uses_are_written_out_again():
    """Whatever an import brought along leaves with the export."""
    kept = {"数量限制": "无", "网办深度": "4^7", "local_column_17": "x"}
    brought = replace(item("old_age_allowance"), elements=kept)

    written = table_of(brought)

    assert written["elements"] == kept
    assert standard_from(written) == brought


def test_what_no_starter_item_says_comes_back_too():
    """The parts are read as they are written, whether or not they make sense together."""
    allowance = item("old_age_allowance")
    first, *rest = allowance.requirements
    asked = replace(
        first,
        min_validity_days=30,
        exemption="免交",
        pages_at_least=1,
        pages_at_most=20,
        file_formats=tuple(FileFormat),
        valid_on="field:from_on",
        issuers=("县民政局",),
        not_needed_with=("OTHER",),
        when=Not(of=HandlerActs()),
    )
    worked_out = Computed(
        kind=ComputedKind.DATE, day=MovedDay(path="today", by=-3, unit=DayUnit.WORKDAYS)
    )
    line = replace(allowance.fields[0], computed=worked_out, at_most=Decimal("0.25"))
    rule = replace(allowance.rules[0], tolerance_percent=Decimal("2.5"))
    full = replace(
        allowance,
        ended_on=TODAY,
        requirements=(asked, *rest),
        fields=(line, *allowance.fields[1:]),
        rules=(rule, *allowance.rules[1:]),
    )

    assert readable_from(table_of(full)) == full


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda one: type(one).__name__)
def test_every_kind_of_condition_comes_back_as_it_was(condition):
    assert condition_from(condition_table(condition)) == condition


@pytest.mark.parametrize("digits", ["50", "50.5", "0.1", "12345678901234567890.123", "1E+3"])
def test_a_number_loses_no_digit(digits):
    compared = FieldCompares(field="area", comparison=Comparison.MORE, than=Decimal(digits))

    assert condition_from(condition_table(compared)) == compared
