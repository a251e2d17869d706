"""Messages about cases, as an outbox holds them."""

import hashlib
import json
from uuid import UUID

from clerk.domain.hand_off import Attachment, Message, MessageKind
from tests.integrations.library_calls import new_id


def message(
    kind: MessageKind, body: dict[str, object], *, case_id: UUID, sequence: int = 1
) -> Message:
    """Return a message with a canonical body."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Message(
        message_id=new_id(),
        case_id=case_id,
        sequence=sequence,
        kind=kind,
        schema_version=1,
        body=text,
    )


def attachment(content: bytes) -> Attachment:
    """Return a scan."""
    return Attachment(
        sha256=hashlib.sha256(content).hexdigest(),
        name="营业场所使用证明.pdf",
        media_type="application/pdf",
        content=content,
    )
