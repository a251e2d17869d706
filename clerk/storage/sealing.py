"""Seals and opens a data key with AES-256-GCM.

The library for it would stay in memory, seven megabytes of it, for as long as the window is open,
and is needed for the moment in which the store is opened. So a child does it, and ends.
"""

import base64
import json
import subprocess
import sys
from pathlib import Path

from clerk.storage.trouble import SealingBroken

_CHILD = Path(__file__).with_name("seal_child.py")
_SECONDS = 30


def seal(key: bytes, nonce: bytes, data: bytes, bound: bytes) -> bytes:
    """Return ``data`` encrypted and bound to ``bound``.

    Raises:
        SealingBroken: it could not be done.
    """
    sealed = _ask("seal", key=key, nonce=nonce, data=data, bound=bound)
    if sealed is None:
        raise SealingBroken
    return sealed


def opened(key: bytes, nonce: bytes, data: bytes, bound: bytes) -> bytes | None:
    """Return what was sealed, None where anything of the four is another.

    Raises:
        SealingBroken: it could not be tried.
    """
    return _ask("open", key=key, nonce=nonce, data=data, bound=bound)


def _ask(act: str, **values: bytes) -> bytes | None:
    request = {name: base64.b64encode(value).decode() for name, value in values.items()}
    try:
        ended = subprocess.run(
            [sys.executable, "-P", str(_CHILD)],
            input=json.dumps(request | {"act": act}).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        answer = json.loads(ended.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise SealingBroken from error
    return base64.b64decode(answer["data"]) if answer else None
