"""Which service seals the papers of this counter."""

from clerk.settings import Settings
from integrations.seals.practice import PracticeSeals


def open_seals(settings: Settings) -> PracticeSeals | None:
    """Return the practice hall's seals, not started yet; a counter has none until a hall's is built.

    A hall's own service (SM2) stands behind the same port; practice keys never seal for it.
    """
    return PracticeSeals() if settings.counter.practice else None
