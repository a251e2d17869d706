"""Drives a practice peer and reads what it holds and has heard, through its controls."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

from clerk.domain.errors import RemoteUnavailable
from integrations.soap.outcome import Kind, Sent

_SECONDS = 5.0
_OPENER = build_opener(ProxyHandler({}))
"""The loopback is asked directly, whatever the environment says of proxies."""


def steer(control_url: str, *orders: Mapping[str, object]) -> None:
    """Tell a peer what to do, one order after the other; raises ``RemoteUnavailable``."""
    try:
        for order in orders:
            request = Request(control_url, json.dumps(order).encode())  # noqa: S310  the loopback
            _OPENER.open(request, timeout=_SECONDS).close()
    except OSError as error:
        raise RemoteUnavailable(
            "练习环境的这个系统没有回应，没有改变任何内容。请重新启动程序再试",
            kind=Kind.UNREACHABLE,
            sent=Sent.UNKNOWN,
        ) from error


def read_log(control_url: str) -> list[dict[str, Any]]:
    """Return the messages the peer has served, oldest first."""
    return list(_read(f"{control_url}/log"))


def read_state(control_url: str) -> dict[str, Any]:
    """Return what the peer holds."""
    return dict(_read(f"{control_url}/state"))


def _read(address: str) -> Any:
    with _OPENER.open(address, timeout=_SECONDS) as answer:
        return json.loads(answer.read())
