"""What the contracts of our own (back office, province) share: a message with its place."""

from clerk.domain.call import Call
from clerk.domain.hand_off import Message
from integrations.soap.digest import sm3
from integrations.soap.peer import Peer


def message_context(peer: Peer, call: Call, message: Message) -> dict[str, object]:
    """Return the header of a message about a case, with its place in the case's sequence.

    The message's own id goes out whatever the call is named: repeats must carry it.
    """
    return peer.context(call) | {
        "caseId": str(message.case_id),
        "sequence": message.sequence,
        "schemaVersion": message.schema_version,
    }


def message_body(message: Message) -> dict[str, object]:
    """Return the body with its digest."""
    return {"body": message.body, "bodyDigest": sm3(message.body.encode())}
