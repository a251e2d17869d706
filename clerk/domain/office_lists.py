"""What an office lists for itself: who hears of an unanswered 督办, where the service van goes."""

from datetime import date, timedelta

from clerk.domain.toml_reading import Table
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgingRung:
    """Who is named next where a 督办 stays unanswered, and how many days of work he is given."""

    account_id: str
    name: str
    workdays: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VanRoute:
    """A route of the service van (政务服务直通车); it comes on ``on``, then every so many days."""

    name: str
    on: date
    stops: tuple[str, ...]
    every_days: int = 0

    def next_on(self, today: date) -> date | None:
        """Return the next day it comes after today, None where it comes no more."""
        if self.on > today:
            return self.on
        if not self.every_days:
            return None
        return self.on + timedelta(
            days=((today - self.on).days // self.every_days + 1) * self.every_days
        )


def urging_ladder(table: Table) -> tuple[UrgingRung, ...]:
    """Read ``[[office.urging_ladder]]``, the first to be told before the others."""
    found = []
    for line in table.tables("urging_ladder"):
        found.append(
            UrgingRung(
                account_id=line.text("account_id"),
                name=line.text("name"),
                workdays=line.integer("workdays"),
            )
        )
        line.close()
    return tuple(found)


def van_routes(table: Table) -> tuple[VanRoute, ...]:
    """Read ``[[office.van_routes]]``."""
    found = []
    for line in table.tables("van_routes"):
        found.append(
            VanRoute(
                name=line.text("name"),
                on=line.day("on"),
                stops=line.texts("stops", required=True),
                every_days=line.integer("every_days", 0),
            )
        )
        line.close()
    return tuple(found)
