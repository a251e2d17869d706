"""What of a remote call can be proven later: digests of the bytes that went out and came back."""

from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTrace:
    """The last send of one message (收发留痕); digests in lower-case hex, empty where unknown.

    ``sends`` counts how often it went out under its one id; ``receipt_id`` is the peer's own word.
    """

    sends: int = 0
    request_sha256: str = ""
    request_sm3: str = ""
    answer_sha256: str = ""
    answer_sm3: str = ""
    receipt_id: str = ""


NO_TRACE = CallTrace()
