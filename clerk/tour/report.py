"""What the tour found: a line for each step, and ``tour.json``."""

import json
from collections.abc import Sequence
from pathlib import Path

from clerk.values import dataclass

PROMISED_SECONDS = 180
"""Three minutes at the window; the machine's share of it is a figure of the program."""


SHORTEST_TOLD_SECONDS = 0.001
"""Shorter waits are in the sum and not in the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One step as it went; ``witness`` is what the second witness saw, or why it failed.

    ``waits`` are the parts of ``machine_seconds``: the key, or what was waited for after it, and
    the seconds from the key, or from the part before, until the window showed its result.
    """

    number: int
    name: str
    title: str
    ok: bool
    seconds: float
    machine_seconds: float
    standstill_ms: float
    keys: int
    files: tuple[str, ...]
    witness: str
    intake: bool
    waits: tuple[tuple[str, float], ...]

    @property
    def line(self) -> str:
        """The step as the terminal shows it."""
        how = "ok    " if self.ok else "FAILED"
        figures = f"{self.seconds:5.1f} s {self.keys:3} keys {self.standstill_ms:5.1f} ms"
        return f"{how} {self.number:02} {figures}  {self.title}：{self.witness}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole tour; ``trouble`` is what went wrong beside the steps."""

    steps: Sequence[Played]
    expected: int
    standstill_ms: float
    trouble: str

    @property
    def ok(self) -> bool:
        """Whether every step was played and held."""
        played = len(self.steps) == self.expected
        return played and all(step.ok for step in self.steps) and not self.trouble

    @property
    def machine_seconds(self) -> float:
        """What the program itself took in the intake, from each key to its result."""
        return sum(step.machine_seconds for step in self.steps if step.intake)

    @property
    def share(self) -> float:
        """``machine_seconds`` in hundredths of three minutes."""
        return 100 * self.machine_seconds / PROMISED_SECONDS

    def write(self, file: Path) -> None:
        """Write ``tour.json``."""
        content = {
            "ok": self.ok,
            "standstill_ms": round(self.standstill_ms, 1),
            "keys": sum(step.keys for step in self.steps),
            "machine_seconds": round(self.machine_seconds, 3),
            "trouble": self.trouble,
            "steps": [
                {
                    "name": step.name,
                    "title": step.title,
                    "ok": step.ok,
                    "seconds": round(step.seconds, 3),
                    "machine_seconds": round(step.machine_seconds, 3),
                    "standstill_ms": round(step.standstill_ms, 1),
                    "intake": step.intake,
                    "waits_ms": [
                        [what, round(1000 * seconds, 1)]
                        for what, seconds in step.waits
                        if seconds >= SHORTEST_TOLD_SECONDS
                    ],
                    "keys": step.keys,
                    "files": list(step.files),
                    "witness": step.witness,
                }
                for step in self.steps
            ],
        }
        text = json.dumps(content, ensure_ascii=False, indent=1)
        file.write_text(text + "\n", encoding="utf-8")
