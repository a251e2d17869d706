"""The applicant's right to speak before a refusal (陈述、申辩), as it stands with the case."""

from datetime import date, datetime

from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """That the applicant was told what is intended and may speak; and what came of it.

    ``reasons`` are those of the intended refusal, ``until_on`` the last day to speak.
    ``answered_at`` is None while nothing came; then ``waived`` says whether he gave it up, and
    ``record`` holds what he said or how he gave it up.
    """

    reasons: str
    told_at: datetime
    told_by: str
    until_on: date
    answered_at: datetime | None = None
    answered_to: str = ""
    waived: bool = False
    record: str = ""

    def over(self, on: date) -> bool:
        """Whether nothing more is to be waited for on this day."""
        return self.answered_at is not None or on > self.until_on
