"""A signature as a hand writes it, without a hand."""

import math
from datetime import UTC, datetime
from typing import Any

from clerk.domain.handwriting import Handwriting, Point

AT = datetime(2026, 3, 18, 1, 30, tzinfo=UTC)
PAGE = "5e" * 32


def stroke(start_ms: int = 0, points: int = 30, left: int = 1000) -> tuple[Point, ...]:
    """One wave from left to right, a point every 9 ms, firmest in its middle."""
    return tuple(
        Point(
            x=left + 40 * place,
            y=1500 + round(1200 * math.sin(place / 8)),
            ms=start_ms + 9 * place,
            pressure=200 + round(700 * math.sin(math.pi * place / points)),
        )
        for place in range(points)
    )


def written(**changes: Any) -> Handwriting:
    """A name of five strokes on a pad of 12 by 4 cm."""
    given: dict[str, Any] = {
        "strokes": tuple(stroke(400 * count, left=1000 + 1400 * count) for count in range(5)),
        "width": 12_000,
        "height": 4_000,
        "page_sha256": PAGE,
        "signed_at": AT,
        "signer": "张示例",
    }
    return Handwriting(**{**given, **changes})
