"""The clock and the ids, handed in to everybody else.

Both are asked for after the first paint, so their modules are loaded then.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID


def running_clock(start_at: datetime | None = None) -> Callable[[], datetime]:
    """Return the machine's clock, or one that begins at ``start_at`` and runs on from there."""
    begun = time.monotonic()

    def now() -> datetime:
        from datetime import UTC, datetime, timedelta

        if start_at is None:
            return datetime.now(UTC)
        return start_at + timedelta(seconds=time.monotonic() - begun)

    return now


def uuid7() -> UUID:
    """Return a UUID of version 7 (RFC 9562): milliseconds first, so that keys sort by age."""
    from uuid import UUID

    milliseconds = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10))
    value = (milliseconds & (1 << 48) - 1) << 80 | chance
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
