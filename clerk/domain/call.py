"""What a call to another system says of itself."""

from datetime import datetime
from uuid import UUID

from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What every remote call says of itself: who calls, for which case, under which message id.

    ``message_id`` is stored before the first send and stays the same on each retry.
    """

    message_id: UUID
    case_id: UUID | None
    account_id: str
    display_name: str
    counter_code: str
    sent_at: datetime
