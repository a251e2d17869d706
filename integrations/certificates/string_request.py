"""The documents that go into the older generation's parameter ``requestXml``."""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Final

from clerk.domain.call import Call
from clerk.domain.certificate import Holder, Purpose
from integrations.certificates.use_reason import fitting
from integrations.soap.profile import PeerProfile

Parts = Sequence[tuple[str, "str | Parts"]]
"""Elements in order: name, and text or elements."""

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def request_xml(
    profile: PeerProfile,
    call: Call,
    purpose: Purpose,
    *,
    holder: Holder | None = None,
    authorisation_id: str = "",
    wanted: Parts = (),
) -> str:
    """Return the document that says who asks, for whom, for which case and why.

    Raises:
        BadInput: the reason is none that a library would take; nothing was sent.
    """
    message: Parts = [
        ("HolderInfo", _holder(holder) if holder else ""),
        (
            "BusinessInfo",
            [
                ("AppID", profile.client_system),
                ("BusinessID", purpose.business_number),
                ("ItemCode", purpose.item_code),
                ("ItemName", purpose.item_name),
                ("UseCause", fitting(purpose.reason)),
                ("AuthID", authorisation_id),
            ],
        ),
        (
            "OperatorInfo",
            [
                ("Account", call.account_id),
                ("Name", call.display_name),
                ("OrgCode", profile.org_code),
                ("WindowNo", call.counter_code),
                ("MessageID", str(call.message_id)),
                ("CaseID", str(call.case_id or "")),
            ],
        ),
        *wanted,
    ]
    return "".join(_written([("Request", [("Message", message)])]))


def _holder(holder: Holder) -> Parts:
    return [
        ("HolderName", holder.name),
        ("HolderTypeCode", holder.id_type),
        ("HolderID", holder.id_number),
    ]


def _written(parts: Parts) -> Iterator[str]:
    for name, value in parts:
        yield f"<{name}>"
        if isinstance(value, str):
            yield html.escape(_NOT_IN_XML.sub("", value))
        else:
            yield from _written(value)
        yield f"</{name}>"
