"""Which review points (审查要点) of a material are looked at now: as many as are shown at once.

What is not on the screen is never confirmed: of a longer list the next ones come when those before
them are answered.
"""

from collections.abc import Mapping
from typing import Final

from clerk.domain.standard import Requirement, ReviewPoint

MOST_POINTS: Final = 4
"""So many stand below the materials at once."""


def points_in_sight(asked: Requirement, seen: Mapping[str, bool]) -> tuple[ReviewPoint, ...]:
    """Return the first points with one nobody answered, the first of all where all are answered."""
    points = asked.review_points
    begins = range(0, len(points), MOST_POINTS)
    groups = [points[begin : begin + MOST_POINTS] for begin in begins]
    unanswered = (some for some in groups if any(point.code not in seen for point in some))
    return next(unanswered, points[:MOST_POINTS])
