"""Days as libraries in the field write them (soap.md 1.4)."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

from clerk.domain.days import local_date

OPEN_END: Final = frozenset({"", "长期"})
"""How a validity without an end is written."""

_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?: [0-2][0-9]:[0-5][0-9]:[0-5][0-9])?")
_MILLISECONDS: Final = re.compile(r"[0-9]{13}")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class NoDay(ValueError):
    """A text is no day."""


def day(text: str) -> date:
    """Return the day of ``2026-03-18``, ``2026-03-18 09:00:00`` or 13 digits of milliseconds.

    Raises:
        NoDay: it is none of the three, or no day of the calendar.
    """
    given = text.strip()
    if _MILLISECONDS.fullmatch(given):
        return local_date(_EPOCH + timedelta(milliseconds=int(given)))
    written = _DAY.fullmatch(given)
    if written is None:
        raise NoDay
    try:
        return date.fromisoformat(written.group(1))
    except ValueError as error:
        raise NoDay from error


def last_day(text: str | None) -> date | None:
    """Return the end of a validity, None where it is open; raises ``NoDay`` as ``day``."""
    given = (text or "").strip()
    return None if given in OPEN_END else day(given)
