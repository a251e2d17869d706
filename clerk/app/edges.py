"""The clock and the ids, handed in to everybody else."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID


def running_clock(start_at: datetime | None = None) -> Callable[[], datetime]:
    """Return the machine's clock, or one that begins at ``start_at`` and runs on from there."""
    if start_at is None:
        return lambda: datetime.now(UTC)
    begun = time.monotonic()
    return lambda: start_at + timedelta(seconds=time.monotonic() - begun)


def uuid7() -> UUID:
    """Return a UUID of version 7 (RFC 9562): milliseconds first, so that keys sort by age."""
    milliseconds = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10))
    value = (milliseconds & (1 << 48) - 1) << 80 | chance
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
