"""The reason that every use of a certificate must give (用证事由)."""

from typing import Final

from clerk.domain.errors import BadInput

_LONGEST: Final = 200


def fitting(reason: str) -> str:
    """Return ``reason`` if every library would take it; raises ``BadInput``, nothing was sent."""
    if not 2 <= len(reason) <= _LONGEST:
        raise BadInput("用证事由应为2至180个字，尚未调用证照，请修改事由后重试")
    return reason
