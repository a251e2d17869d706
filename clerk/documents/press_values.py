"""A paper's values on their way to the press's child, which draws them.

Equal papers are equal bytes, so that what was drawn once is found again; see ``press_memory``.
Moments are printed to the minute, by the hall's clock, and travel so: a receipt that is drawn ahead
says the same as one of some seconds later.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, Final, cast

from clerk.domain import (
    act_papers,
    agency_papers,
    approval_papers,
    deferral_papers,
    delivery_papers,
    handwriting,
    papers,
    posted_papers,
    result_papers,
    roster,
)
from clerk.domain.days import local_time
from clerk.domain.papers import Paper
from clerk.values import field_names, is_value

_KNOWN: Final[Mapping[str, type[Any]]] = {
    name: known
    for name, known in {
        **vars(papers),
        **vars(deferral_papers),
        **vars(delivery_papers),
        **vars(act_papers),
        **vars(agency_papers),
        **vars(approval_papers),
        **vars(result_papers),
        **vars(posted_papers),
        **vars(roster),
        **vars(handwriting),
    }.items()
    if isinstance(known, type) and (is_value(known) or issubclass(known, Enum))
}
"""Papers, their rows and their choices: everything that a paper is made of is named there."""


def packed(paper: Paper) -> bytes:
    """Return the paper as UTF-8 JSON; half a character passes, for the child to refuse by name."""
    return json.dumps(_plain(paper), ensure_ascii=False).encode(errors="surrogatepass")


def unpacked(content: bytes) -> Paper:
    """Return the paper that ``packed`` packed."""
    return cast("Paper", _meant(json.loads(content)))


def _plain(value: object) -> object:
    match value:
        case Enum():
            return {"choice": type(value).__name__, "value": value.value}
        case datetime():
            return {"at": local_time(value).replace(second=0, microsecond=0).isoformat()}
        case date():
            return {"on": value.isoformat()}
        case tuple():
            return [_plain(one) for one in value]
        case None | bool() | int() | str():
            return value
    values = {name: _plain(getattr(value, name)) for name in field_names(value)}
    return {"kind": type(value).__name__, "values": values}


def _meant(shown: object) -> object:
    match shown:
        case {"choice": str(name), "value": value}:
            return _KNOWN[name](value)
        case {"at": str(text)}:
            return datetime.fromisoformat(text)
        case {"on": str(text)}:
            return date.fromisoformat(text)
        case {"kind": str(name), "values": dict(values)}:
            return _KNOWN[name](**{key: _meant(value) for key, value in values.items()})
        case list():
            return tuple(_meant(one) for one in shown)
    return shown
