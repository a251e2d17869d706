"""``python -m integrations.practice PEER --data DIR --port 0``: one peer in one process."""

import argparse
import json
import os
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Final

from integrations.practice.server import PracticeServer
from integrations.practice.service import PracticePeer

_PEERS: Final = {
    "certlib": ("certlib", "CertificateLibrary"),
    "certlib_string": ("certlib_string", "StringCertificateLibrary"),
    "certlib_rest": ("certlib_rest", "RestCertificateLibrary"),
    "back_office": ("back_office", "BackOffice"),
    "platform": ("platform", "Platform"),
    "credit": ("credit", "Credit"),
    "courier": ("courier", "Courier"),
    "messages": ("messages", "Messages"),
    "shared_data": ("shared_data", "SharedData"),
}
"""Module and class of each; only the one that is started is loaded."""

_PORT_TAKEN: Final = 3


def main() -> int:
    """Serve until the process is ended, or, with ``--child``, until the parent is gone."""
    options = _options()
    module, name = _PEERS[options.peer]
    made: type[PracticePeer] = getattr(import_module(f"integrations.practice.{module}"), name)
    service = made(options.data, _clock(options.now))
    try:
        server = PracticeServer(service, options.port)
    except OSError:
        service.close()
        return _PORT_TAKEN
    line = {"peer": options.peer, "url": server.url, "pid": os.getpid()}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
    if options.child:
        threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        server.server_close()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m integrations.practice")
    parser.add_argument("peer", choices=sorted(_PEERS))
    parser.add_argument("--data", type=Path, required=True, help="folder of the peer's state")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument(
        "--now", type=datetime.fromisoformat, help="stand the clock at this instant"
    )
    parser.add_argument("--child", action="store_true", help="end when standard input ends")
    return parser.parse_args()


def _clock(fixed: datetime | None) -> Callable[[], datetime]:
    """Return the peer's clock; the machine's own unless it is to stand still."""
    if fixed is None:
        return lambda: datetime.now(UTC)
    instant = fixed.astimezone(UTC)
    return lambda: instant


def _end_with_parent() -> None:
    """End this process with the pipe from its parent, however the parent ended.

    Everything answered is committed by then. Linux's own signal on a parent's death is not used:
    it also comes when only the thread that started the child has ended.
    """
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
