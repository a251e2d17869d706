"""Instants and local dates."""

from datetime import date, datetime, timedelta, timezone

HALL_ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The hall's zone. China keeps one zone without summer time, so no zone database is needed."""


def local_date(at: datetime) -> date:
    """Return the hall's calendar day of the aware instant ``at``."""
    return at.astimezone(HALL_ZONE).date()


def local_time(at: datetime) -> datetime:
    """Return ``at`` as the hall's wall clock shows it."""
    return at.astimezone(HALL_ZONE)
