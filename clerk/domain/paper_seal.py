"""An office's seal on a paper (电子印章): whose, which, since when, and where it stands."""

from datetime import datetime

from clerk.domain.issued import PlacedValue
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SealOrder:
    """What a seal service is asked to put on a paper.

    The seal is that of the item's own authority (实施主体), known by its code; ``seal_name`` is
    the seal's lower line (e.g. 受理专用章). ``drawn`` tells whether the page shows the seal's
    picture already; else the service brings its own.
    """

    body_code: str
    body_name: str
    seal_name: str
    at: datetime
    place: PlacedValue
    drawn: bool
