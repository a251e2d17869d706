"""The window itself (窗口)."""

from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """What a window says of itself on paper and in every call."""

    code: str
    name: str
    hall: str
    org_code: str
    phone: str
    address: str
    practice: bool
