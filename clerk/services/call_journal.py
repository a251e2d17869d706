"""Every call of the certificate library in the journal: the intent before, the outcome after."""

from collections.abc import Callable
from typing import TypeVar

from clerk.domain.call import Call
from clerk.domain.errors import RemoteTrouble
from clerk.services.desk import Desk
from clerk.storage import journal

T = TypeVar("T")


def journaled(desk: Desk, call: Call, operation: str, material: str, work: Callable[[], T]) -> T:
    """Note the intent, call, note the outcome; whatever went wrong goes on as it was."""
    _note(desk, call, f"certificate.{operation}", material, "intent")
    try:
        answer = work()
    except RemoteTrouble as trouble:
        _note(desk, call, f"certificate.{operation}", material, f"{trouble.kind}/{trouble.sent}")
        raise
    _note(desk, call, f"certificate.{operation}", material, "ok")
    return answer


def _note(desk: Desk, call: Call, act: str, material: str, outcome: str) -> None:
    with desk.store.begin() as tx:
        journal.append(
            tx,
            at=desk.now(),
            station=desk.station,
            account_id=call.account_id,
            act=act,
            case_id=call.case_id,
            detail={
                "message_id": str(call.message_id),
                "material": material,
                "outcome": outcome,
            },
        )
