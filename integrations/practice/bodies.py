"""Reads the JSON body of a message about a case, as both of our own contracts carry it."""

import json
from collections.abc import Mapping

from integrations.practice.envelope import Refused, Request
from integrations.soap.digest import sm3


def body_of(request: Request) -> Mapping[str, object]:
    """Return the body; raises ``Refused`` where it, its digest or the header is wrong."""
    body = request.children("body")[0].text or ""
    if sm3(body.encode()) != request.text("bodyDigest"):
        raise Refused("DIGEST_MISMATCH", "报文摘要不符")
    if not request.case_id or not request.header("sequence"):
        raise Refused("INVALID_ARGUMENT", "缺少办件标识或序号")
    try:
        values = json.loads(body)
    except json.JSONDecodeError as error:
        raise Refused("INVALID_ARGUMENT", "报文正文不是JSON") from error
    if not isinstance(values, dict):
        raise Refused("INVALID_ARGUMENT", "报文正文不是对象")
    return values
