"""What a walk along a station's journal found (日志核验)."""

from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIntent:
    """A call of which the journal has the intent and no result."""

    sequence: int
    operation: str
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalCheck:
    """One chain: how long it is, where it breaks, and what of its certificate calls is open.

    ``lines`` and ``digest`` are its end, to be kept elsewhere; ``broken_at`` is None for a whole
    chain. ``unlike`` are the intents whose record in the ledger says something else, or is gone.
    """

    station: str
    lines: int
    digest: str
    broken_at: int | None
    calls: int
    wrong_replies: int
    open_intents: tuple[OpenIntent, ...]
    unlike: tuple[int, ...]

    @property
    def whole(self) -> bool:
        """Whether the chain holds and the ledger tells what it tells."""
        return self.broken_at is None and not self.unlike
