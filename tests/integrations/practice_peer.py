"""A practice peer inside the test's own process, still spoken to over HTTP."""

import json
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from integrations.practice.server import PracticeServer
from integrations.practice.service import PracticePeer

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class RunningPeer:
    """Where a peer is asked, driven and looked at."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._control = url.rsplit("/", 1)[0] + "/control"

    def control(self, order: Mapping[str, object]) -> None:
        """Drive the peer."""
        request = urllib.request.Request(self._control, json.dumps(order).encode())
        with _OPENER.open(request, timeout=10) as answer:
            assert json.load(answer) == {"ok": True}

    def heard(self) -> int:
        """Return how many messages the peer heard."""
        return int(self._get("heard"))

    def log(self, after: int = 0) -> list[dict[str, Any]]:
        """Return what the peer heard after so many messages."""
        return list(self._get(f"log?after={after}"))

    def state(self) -> dict[str, Any]:
        """Return what the peer holds."""
        return dict(self._get("state"))

    def _get(self, name: str) -> Any:
        with _OPENER.open(f"{self._control}/{name}", timeout=10) as answer:
            return json.load(answer)


@contextmanager
def running(service: PracticePeer) -> Iterator[RunningPeer]:
    """Serve ``service`` until the block ends."""
    server = PracticeServer(service, 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield RunningPeer(server.url)
    finally:
        server.stop()
        thread.join()
