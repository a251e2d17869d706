"""Reads what a practice peer holds and has heard, through its controls."""

import json
from typing import Any
from urllib.request import urlopen

_SECONDS = 5.0


def read_log(control_url: str) -> list[dict[str, Any]]:
    """Return the messages the peer has served, oldest first."""
    return list(_read(f"{control_url}/log"))


def read_state(control_url: str) -> dict[str, Any]:
    """Return what the peer holds."""
    return dict(_read(f"{control_url}/state"))


def _read(address: str) -> Any:
    with urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310  the loopback, ours
        return json.loads(answer.read())
