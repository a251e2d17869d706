"""The list of a bundle on paper (上报名单、批次处理名单): who goes up, and what became of each."""

from datetime import date
from typing import ClassVar

from clerk.domain.papers import Paper, PaperKind
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One person: his name masked, the level's opinion, and on the way back what became of him."""

    case_label: str
    masked_name: str
    item_name: str
    opinion: str
    opinion_on: date
    outcome: str = ""
    reason: str = ""
    settled_on: date | None = None
    settled_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster(Paper):
    """花名册 of one bundle, signed by who hands it up and who receives it.

    ``returned`` is the list on its way back. It names no applicant beside the masked rows.
    """

    kind: ClassVar[PaperKind] = PaperKind.ROSTER
    _required: ClassVar[frozenset[str]] = frozenset(
        {"from_by", "to_by", "step_name", "handed_up_by", "handed_up_on", "roster_rows"}
    )

    from_by: str
    to_by: str
    step_name: str
    week_of: date
    handed_up_by: str
    handed_up_on: date
    roster_rows: tuple[RosterRow, ...]
    returned: bool = False

    def _mandatory(self) -> frozenset[str]:
        everywhere = frozenset({"body_name", "item_name", "number", "phone"})
        return everywhere | self._required
