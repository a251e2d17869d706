"""Import of a bureau's list: processor time and memory beside openpyxl merely reading the file."""

import shutil
from collections.abc import Sequence

from benchmarks.children import Children, children
from benchmarks.counter import scratch
from benchmarks.figures import Figure, Goal, in_turn

ROUNDS = 3
ROWS, LARGE = 7_000, 100_000
CHECK = Goal(number=None, floor=1.0, reach=0.6)
DRAFTS = Goal(number=None, floor=1.75, reach=1.3)
MEMORY = Goal(number=None, floor=1.8, reach=1.2)


def measure(large: bool) -> Sequence[Figure]:
    """Read the same lists in processes of their own, in turn."""
    folder = scratch("bench-lists")
    found: list[Figure] = []
    try:
        with children() as processes:
            for rows in (ROWS, LARGE) if large else (ROWS,):
                path = folder / f"{rows}.xlsx"
                processes.said("imports_child", f"write:{path}:{rows}")
                found += _of_list(processes, str(path), rows)
    finally:
        shutil.rmtree(folder)
    return found


def _of_list(processes: Children, path: str, rows: int) -> Sequence[Figure]:
    peaks: dict[str, list[float]] = {}

    def seconds_of(which: str) -> float:
        seconds, peak = map(float, processes.said("imports_child", f"{which}:{path}")[1])
        peaks.setdefault(which, []).append(peak)
        return seconds

    said = f"{rows:,} rows / openpyxl reading"
    checked = in_turn(ROUNDS, lambda: seconds_of("check"), lambda: seconds_of("bare"))
    bare = peaks.pop("bare")
    drafted = in_turn(ROUNDS, lambda: seconds_of("drafts"), lambda: seconds_of("bare"))
    return [
        CHECK.figure(f"list checked, {said}", *checked, "CPU s"),
        DRAFTS.figure(f"list to drafts, {said}", *drafted, "CPU s"),
        MEMORY.figure(f"peak memory, checked, {said}", peaks["check"], bare, "MiB"),
        MEMORY.figure(f"peak memory, drafts, {said}", peaks["drafts"], peaks["bare"], "MiB"),
    ]
