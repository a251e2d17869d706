"""What a paper quotes is told with where it came from, and with where at intake it is changed."""

from dataclasses import replace

import pytest

from clerk.domain.case import FieldValue
from clerk.domain.material import Origin
from clerk.domain.party import Source
from clerk.domain.quoted import Quote, QuotePlace, QuoteSource, quoted_earlier, quoted_values
from tests.domain.at_the_window import FOOD, NOW, accepted_case, handler, mandate_of

FROM_LICENCE = FieldValue(value="示例县清河面馆", source=Source.CERTIFICATE, at=NOW, record="ZZ-1")


def origin(case, field):
    """Source, place and code of a value under this name."""
    (value,) = quoted_values(FOOD, case, [Quote(field=field, label="", text="")])
    return value.source, value.place, value.code


@pytest.mark.parametrize(
    ("field", "source", "place", "code"),
    [
        ("applicant_name", Source.TYPED, QuotePlace.AT_APPLICANT, ""),
        ("applicant_rows/representative.id_number", Source.ID_CARD, QuotePlace.AT_APPLICANT, ""),
        ("contact_phone", Source.TYPED, QuotePlace.AT_FIELD, "phone"),
        ("rows/area", Source.TYPED, QuotePlace.AT_FIELD, "area"),
        ("materials/LAYOUT", Origin.HANDED_IN, QuotePlace.AT_MATERIAL, "LAYOUT"),
        ("missing_rows/area", Source.TYPED, QuotePlace.AT_FIELD, "area"),
        ("item_name", QuoteSource.BY_STANDARD, None, ""),
        ("seal_name", QuoteSource.BY_AUTHORITY, None, ""),
        ("due_on", QuoteSource.BY_CALENDAR, None, ""),
        ("query_code", QuoteSource.BY_PLATFORM, None, ""),
        ("document_number", QuoteSource.BY_LEDGER, None, ""),
        ("clerk_line", QuoteSource.BY_COUNTER, None, ""),
        ("received_on", QuoteSource.AT_INTAKE, None, ""),
        ("bag", QuoteSource.BY_ACT, None, ""),
    ],
)
def test_each_value_has_its_origin_and_the_place_where_it_is_changed(field, source, place, code):
    assert origin(accepted_case(), field) == (source, place, code)


def test_a_value_from_a_certificate_names_the_certificate():
    case = accepted_case()
    case = replace(case, values={**case.values, "premises": FROM_LICENCE})

    (value,) = quoted_values(FOOD, case, [Quote(field="rows/premises", label="", text="")])

    assert (value.source, value.record) == (Source.CERTIFICATE, "ZZ-1")


def test_who_is_named_for_questions_is_the_one_who_stands_here():
    case = accepted_case()
    agent = handler(mandate_of())
    helped = replace(case, handler=replace(agent, party=replace(agent.party, source=Source.TYPED)))

    assert origin(case, "contact")[0] is Source.ID_CARD
    assert origin(helped, "contact")[0] is Source.TYPED


def test_a_line_that_is_not_filled_was_put_together():
    assert origin(accepted_case(), "project_name") == (Source.DERIVED, None, "")


def test_a_paper_of_an_older_program_keeps_its_values_and_owns_that_it_kept_no_origin():
    (value,) = quoted_earlier((("申请人", "张示例"),))

    assert (value.quote.label, value.quote.text) == ("申请人", "张示例")
    assert (value.source, value.place, value.quote.field) == (QuoteSource.NOT_KEPT, None, "")
