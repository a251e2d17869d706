"""Processes that are measured, started side by side under the same conditions.

They run offscreen, in a home that is theirs alone, from bytecode as an installed program does: the
first round of every measure, which is not counted, compiles it.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.counter import scratch


class Children:
    """Starts modules of this package; see ``children``."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment

    def killed(self, module: str, which: str) -> None:
        """Run ``module`` with ``which``, which kills itself when it is far enough.

        Raises:
            RuntimeError: it ended otherwise; its complaint is the message.
        """
        command = [sys.executable, "-m", f"benchmarks.{module}", which]
        child = subprocess.run(
            command, env=self._environment, capture_output=True, text=True, check=False
        )
        if child.returncode != -signal.SIGKILL:
            raise RuntimeError(f"{module} {which}: {child.stderr}")

    def said(self, module: str, which: str) -> tuple[float, list[str]]:
        """Run ``module`` with ``which``; return when it was started and what it printed.

        The instant is of the machine's monotonic clock, in seconds.

        Raises:
            RuntimeError: it failed; its complaint is the message.
        """
        at = time.clock_gettime(time.CLOCK_MONOTONIC)
        child = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{module}", which],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if child.returncode:
            raise RuntimeError(f"{module} {which}: {child.stderr}")
        return at, child.stdout.split()


@contextmanager
def children() -> Iterator[Children]:
    """Give processes a home; it is gone afterwards."""
    home = scratch("bench")
    environment = dict(
        os.environ,
        QT_QPA_PLATFORM="offscreen",
        CLERK_HOME=str(home),
        PYTHONPYCACHEPREFIX=str(home / "bytecode"),
    )
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        yield Children(environment)
    finally:
        shutil.rmtree(home)
