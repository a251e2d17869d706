"""From a value quoted on a paper to where it is changed at intake."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from clerk.domain.case import Case
from clerk.domain.quoted import QuotedValue, QuotePlace
from clerk.ui.intake import IntakePage
from clerk.ui.intake_stops import Region, Stop
from clerk.ui.rail import Place
from clerk.ui.shell import Shell

_REGIONS: Final[Mapping[QuotePlace, Region]] = MappingProxyType(
    {
        QuotePlace.AT_APPLICANT: Region.APPLICANT,
        QuotePlace.AT_FIELD: Region.FIELD,
        QuotePlace.AT_MATERIAL: Region.MATERIAL,
    }
)


def go_to_quoted(
    shell: Shell, intake: Callable[[], IntakePage], case: Case, value: QuotedValue
) -> None:
    """Bring the case to 受理, with the focus where this value is changed."""
    if value.place is None:
        return
    shell.go(Place.INTAKE)
    page = intake()
    page.open_case(case)
    page.go_to(Stop(_REGIONS[value.place], value.code))
