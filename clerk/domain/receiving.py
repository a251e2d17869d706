"""Who takes a result and how that person was known (领取人、人证核对)."""

from enum import StrEnum

from clerk.values import dataclass


class ReceiverRole(StrEnum):
    """By what right somebody takes the result."""

    APPLICANT = "applicant"
    REPRESENTATIVE = "representative"
    HANDLER = "handler"
    PROXY = "proxy"
    LET_THROUGH = "let_through"
    AT_THE_DOOR = "at_the_door"


class IdentityCheck(StrEnum):
    """How the receiver's identity was looked at."""

    CARD_READ = "card_read"
    CARD_SEEN = "card_seen"
    BY_COURIER = "by_courier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiving:
    """What the window writes down of whoever stands there.

    ``mandate`` names a proxy's papers (委托书、双方证件), ``reason`` why the applicant does not come
    himself, or why a supervisor lets the person through. ``phone`` is that of somebody whom the case
    does not know. ``originals_stay`` is the reason why kept
    originals do not go along; empty, and they go back with the result.
    """

    name: str
    id_number: str
    identity: IdentityCheck
    mandate: str = ""
    reason: str = ""
    let_through: bool = False
    originals_stay: str = ""
    phone: str = ""
