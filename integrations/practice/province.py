"""Starts and stops the practice province: one process per peer, none left behind."""

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self
from urllib.parse import urlsplit

from clerk.domain.errors import RemoteUnavailable
from clerk.values import dataclass
from integrations.soap.outcome import Kind, Sent

PEERS: Final = ("certlib", "back_office", "platform")
LATER: Final = ("courier", "credit", "messages", "shared_data")
"""Peers that are started by the first who asks for them, so that no start waits for them."""

_ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class _Running:
    process: subprocess.Popen[bytes]
    url: str


class PracticeProvince:
    """The peers of one data folder; ``start`` may be called by any thread, also while it stops.

    ``now`` makes their clocks stand; None lets them run. ``library`` is the practice peer that is
    the certificate library here, under the name ``certlib``. A peer ends with the process that
    made it, also with one that was killed.
    """

    def __init__(
        self,
        data: Path,
        *,
        now: datetime | None = None,
        peers: tuple[str, ...] = PEERS,
        library: str = "certlib",
        start_seconds: float = 20.0,
    ) -> None:
        self._data = data
        self._now = now
        self._peers = peers
        self._library = library
        self._start_seconds = start_seconds
        self._running: dict[str, _Running] = {}
        self._last_port: dict[str, int] = {}
        self._turn = threading.RLock()

    def __enter__(self) -> Self:
        self.start_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def urls(self) -> Mapping[str, str]:
        """Where each running peer is asked."""
        return {peer: running.url for peer, running in self._running.items()}

    @property
    def pids(self) -> Mapping[str, int]:
        """The process of each running peer."""
        return {peer: running.process.pid for peer, running in self._running.items()}

    def control_url(self, peer: str) -> str:
        """Return where the controls of a running peer are (``/log`` and ``/state`` below it)."""
        parts = urlsplit(self._running[peer].url)
        return f"{parts.scheme}://{parts.netloc}/control"

    def start_all(self) -> None:
        """Start every peer that is not running, all at once; raises ``RemoteUnavailable``."""
        waiting = [peer for peer in self._peers if peer not in self._running]
        begun = {peer: self._spawn(peer, self._last_port.get(peer, 0)) for peer in waiting}
        for peer, process in begun.items():
            self._settle(peer, process)

    def start(self, peer: str) -> str:
        """Start one peer on its folder, on its old port if that is free; return its address."""
        with self._turn:
            if peer not in self._running:
                self._settle(peer, self._spawn(peer, self._last_port.get(peer, 0)))
            return self._running[peer].url

    def kill(self, peer: str) -> None:
        """End one peer at once, as a power cut would."""
        running = self._running.pop(peer)
        running.process.kill()
        _bury(running.process)

    def stop(self) -> None:
        """End all peers."""
        with self._turn:
            for peer in tuple(self._running):
                self.kill(peer)

    def _spawn(self, peer: str, port: int) -> subprocess.Popen[bytes]:
        speaker = self._library if peer == "certlib" else peer
        command = [sys.executable, "-m", "integrations.practice", speaker, "--child"]
        command += ["--data", str(self._data.absolute() / peer), "--port", str(port)]
        if self._now is not None:
            command += ["--now", self._now.isoformat()]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_ROOT)

    def _settle(self, peer: str, process: subprocess.Popen[bytes]) -> None:
        """Wait for the peer's line; where its old port is taken, take any."""
        line = _first_line(process, self._start_seconds)
        if not line and self._last_port.pop(peer, 0):
            _bury(process)
            process = self._spawn(peer, 0)
            line = _first_line(process, self._start_seconds)
        if not line:
            process.kill()
            _bury(process)
            self.stop()
            raise RemoteUnavailable(
                "练习环境没有启动成功，已录入的内容都在，请重新启动程序，仍不行请联系系统管理员",
                kind=Kind.UNREACHABLE,
                sent=Sent.NO,
            )
        url = json.loads(line)["url"]
        self._running[peer] = _Running(process, url)
        self._last_port[peer] = urlsplit(url).port or 0


def _first_line(process: subprocess.Popen[bytes], seconds: float) -> bytes:
    """Return the process's first line; empty where it ends or says nothing in time."""
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def read(output: IO[bytes]) -> None:
        lines.put(output.readline())

    if process.stdout is None:
        return b""
    threading.Thread(target=read, args=(process.stdout,), daemon=True).start()
    end = time.monotonic() + seconds
    try:
        return lines.get(timeout=max(end - time.monotonic(), 0.001))
    except queue.Empty:
        return b""


def _bury(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process that is ending, and close its pipes."""
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
