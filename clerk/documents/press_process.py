"""The press's child as a process: started, asked over two pipes, watched for what it takes, ended."""

import logging
import os
import select
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final, cast

import clerk
from clerk import assets
from clerk.child.frames import FrameBroken, Head, read_frame, write_frame

COMMAND: Final = (sys.executable, "-E", "-s", "-m", "clerk.documents.press_child")
CHILD_DIED: Final = (FrameBroken, OSError)
"""What asking a child raises that is there no more."""

_PASSED_ON: Final = ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "SYSTEMROOT")
"""What the child may see of our environment: where fonts and their cache are."""

_log = logging.getLogger(__name__)


class RunningChild:
    """The process and its two pipes; ``jobs`` counts what it was asked."""

    def __init__(self, command: Sequence[str]) -> None:
        self._scratch = TemporaryDirectory(prefix="press-")  # its fonts; gone even if it is killed
        passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(clerk.__file__).parent.parent,
            env={**passed_on, **assets.environment(), "TMPDIR": self._scratch.name},
            start_new_session=True,
        )
        self._requests = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        self._greeted = False
        self.late = False
        self.jobs = 0

    @property
    def pid(self) -> int:
        """Its number with the system."""
        return self._process.pid

    def greet(self) -> None:
        """Wait until it is warm."""
        if not self._greeted:
            head, _ = self._answer()
            _log.info("press warm, without network: %s", head["offline"])
            self._greeted = True

    def ask(self, head: Head, body: bytes) -> tuple[Head, bytes]:
        """Return its answer; raises one of ``CHILD_DIED`` where it died over it."""
        self.greet()
        self.jobs += 1
        write_frame(self._requests, head, body)
        return self._answer()

    def resident_bytes(self) -> int:
        """Return how much memory it holds; 0 where the system does not say so in a file."""
        try:
            pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        except OSError:
            return 0
        return int(pages) * os.sysconf("SC_PAGESIZE")

    def has_spoken(self) -> bool:
        """Whether it is warm, or dead, so that ``greet`` does not wait; a guess on Windows."""
        if sys.platform == "win32":
            return True
        return bool(select.select([self._answers], [], [], 0)[0])

    def kill_as_late(self) -> None:
        """End a job that took too long; the reader then sees the pipe closed."""
        self.late = True
        self._process.kill()

    def end(self) -> None:
        """End the process and close its pipes."""
        self._process.kill()
        self._process.wait()
        with suppress(BrokenPipeError):  # a request it never read
            self._requests.close()
        self._answers.close()
        self._scratch.cleanup()

    def _answer(self) -> tuple[Head, bytes]:
        frame = read_frame(self._answers)
        if frame is None:
            raise FrameBroken
        return frame
