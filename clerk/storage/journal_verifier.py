"""Verify an exported journal; a program of its own, without keys and without the workstation.

Usage: python journal_verifier.py EXPORT [SEQUENCE DIGEST]

EXPORT holds one JSON object a line. SEQUENCE and DIGEST are an end of the chain that was kept
elsewhere (on a closing sheet, at another system): only with it a cut tail or a chain written
anew shows. Exit code 0: whole; 1: broken, and the line is named; 2: cannot be read.
"""

import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path

GENESIS = "0" * 64


def first_broken(lines: Iterable[str], end: tuple[int, str] | None = None) -> int | None:
    """Return the sequence of the first line that does not follow, None where all do."""
    sequence, previous, met = 0, GENESIS, end is None
    for text in lines:
        line = json.loads(text)
        digest = line.pop("digest")
        body = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        follows = line["sequence"] == sequence + 1 and line["previous"] == previous
        if not follows or digest != hashlib.new("sm3", body.encode()).hexdigest():
            return sequence + 1
        sequence, previous = line["sequence"], digest
        met = met or (sequence, previous) == end
    return None if met else sequence + 1


def main(arguments: list[str]) -> int:
    """Run the program and return its exit code."""
    if len(arguments) not in (1, 3):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    end = (int(arguments[1]), arguments[2]) if len(arguments) == 3 else None
    try:
        with Path(arguments[0]).open(encoding="utf-8") as file:
            broken = first_broken(file, end)
    except (OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"cannot be read: {error}\n")
        return 2
    sys.stdout.write("whole\n" if broken is None else f"broken at line {broken}\n")
    return 0 if broken is None else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
