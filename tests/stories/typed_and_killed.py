"""Rounds of typing and kill -9: how much of what was typed is missing afterwards."""

import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEAST_SECONDS, MOST_SECONDS = 0.3, 4.5
"""When a round is killed, after its first key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One run: the keys with their seconds, when it was killed, what the next run found of it."""

    typed: tuple[tuple[str, float], ...]
    killed_at: float
    found: str

    @property
    def whole(self) -> bool:
        """Whether what was found is the beginning of what was typed."""
        return "".join(character for character, _ in self.typed).startswith(self.found)

    @property
    def lost_seconds(self) -> float:
        """The age of the oldest key that is missing, at the moment of the kill."""
        missing = self.typed[len(self.found) :]
        return self.killed_at - missing[0][1] if missing else 0.0


def run(rounds: int, seed: int, home: Path) -> Sequence[Round]:
    """Type and kill so many times over one folder, then start once more to look."""
    chance = random.Random(seed)
    done: list[Round] = []
    before: _Typed | None = None
    for number in range(rounds + 1):
        seconds = 0.0 if number == rounds else chance.uniform(LEAST_SECONDS, MOST_SECONDS)
        now = _typed_until_killed(home, f"{seed}-{number}", before.draft if before else "", seconds)
        if before is not None:
            done.append(Round(typed=before.keys, killed_at=before.killed_at, found=now.found))
        before = now
    return done


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What one child said before it was killed."""

    found: str
    draft: str
    keys: tuple[tuple[str, float], ...]
    killed_at: float


def _typed_until_killed(home: Path, seed: str, draft: str, seconds: float) -> _Typed:
    command = [sys.executable, "-m", "tests.stories.typing_child", str(home), seed, draft]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = [child.stdout.readline()]
        while said[-1] and not said[-1].startswith("key"):
            said.append(child.stdout.readline())
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
        killed_at = time.monotonic()
        said += child.stdout.readlines()
    lines = [line.split() for line in said if line.endswith("\n")]
    told = {line[0]: line[1] for line in lines if len(line) == 2}
    return _Typed(
        found=told.get("found", ""),
        draft=told.get("typing", ""),
        keys=tuple((line[1], float(line[2])) for line in lines if line[0] == "key"),
        killed_at=killed_at,
    )
