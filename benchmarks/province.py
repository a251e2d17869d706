"""A province's items worked through the real window: imported, published, given back, read, packed.

Nothing may hold the window up for longer than 50 ms, and nothing that is stopped or killed may leave
a row in the store; the processes that do the work hold their counts against each other themselves.
By default 10,000 items and 35,000 rows; ``--large`` takes 100,000 of both.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.children import Children, children
from benchmarks.counter import scratch
from benchmarks.figures import Figure, Goal

ITEMS, ROWS = 10_000, 35_000
LARGE: Final = 100_000
MOST_MS: Final = 50.0
STILL = Goal(number=None, floor=1.0, reach=0.6)
MEMORY = Goal(number=None, floor=1.5, reach=1.2)
FLAT = Goal(number=None, floor=1.1, reach=1.02)
SECONDS = Goal(number=None, floor=1.0, reach=0.5)
ROWS_A_SECOND, ITEMS_A_SECOND = 1_000.0, 250.0
"""What is done row by row, and item by item, should not fall below this."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a process said of one step; ``raw_ms`` is the standstill with what others took."""

    name: str
    seconds: float
    still_ms: float
    raw_ms: float
    peak_mib: float


def measure(large: bool) -> Sequence[Figure]:
    """Work in one store through several windows, one after the other, and in a second one."""
    items, rows = (LARGE, LARGE) if large else (ITEMS, ROWS)
    folder = scratch("bench-province")
    try:
        with children() as processes:
            found = list(_of_store(processes, folder, items, rows))
        with children() as processes:
            found += _of_package(processes, folder, items)
    finally:
        shutil.rmtree(folder)
    return found


def _of_store(processes: Children, folder: Path, items: int, rows: int) -> Iterator[Figure]:
    file, package = str(folder / "list.xlsx"), str(folder / "standards.zip")
    processes.said("province_fill", f"items:{items}")
    processes.said("province_fill", f"list:{file}:{rows}")
    processes.said("province_fill", f"package:{package}")
    started = _steps(processes, "start")
    yield from _still(f"start and first search, {items:,} items", started)
    read = _steps(processes, "browse")
    yield from _still(f"list and editor, {items:,} items", read)
    resident = [step.peak_mib for step in read if step.name == "resident"]
    yield FLAT.figure(
        "memory after 1,000 items read / after 500", resident[1:], resident[:1], "MiB"
    )
    processes.killed("province_child", f"killed:{file}")
    imported = _steps(processes, f"import:{file}")
    drafts = next(step.seconds for step in imported if step.name == "drafts")
    yield from _still(f"import and proposal, {rows:,} rows", imported)
    yield _pace("rows checked", rows, imported, "import-checked", ROWS_A_SECOND)
    yield _pace("drafts kept", drafts, imported, "import-kept")
    yield from _still(
        f"withdrawn, sent back, {drafts:,.0f} items",
        _steps(processes, "given-back", "province_back"),
    )
    published = _steps(processes, "publish")
    yield from _still(f"published, taken back, {drafts:,.0f} items", published)
    yield _pace("items published", drafts, published, "publish-done")
    yield _pace("items taken back", drafts, published, "take-back-done")
    yield from _still(
        f"reverted, {drafts:,.0f} items", _steps(processes, "reverted", "province_back")
    )
    yield from _still(f"dropped, {drafts:,.0f} items", _steps(processes, "drop"))


def _of_package(processes: Children, folder: Path, items: int) -> Iterator[Figure]:
    package = str(folder / "standards.zip")
    processes.said("province_fill", f"empty:{package}.trusted")
    taken = _steps(processes, f"take:{package}")
    yield from _still(f"package taken, {items:,} items", taken)
    yield _pace("items of a package compared", items, taken, "package-compared")
    yield _pace("items of a package kept", items, taken, "package-kept")


def _steps(processes: Children, which: str, module: str = "province_child") -> Sequence[Step]:
    _, said = processes.said(module, which)
    found = [
        Step(said[at], *(float(one) for one in said[at + 1 : at + 5]))
        for at in range(0, len(said), 5)
    ]
    for one in found:
        print(
            f"     {one.name:<34} {one.seconds:>8.2f} s  still {one.still_ms:>6.1f} ms"
            f" (raw {one.raw_ms:.1f})  peak {one.peak_mib:.0f} MiB",
            flush=True,
        )
    return found


def _still(name: str, steps: Sequence[Step]) -> Iterator[Figure]:
    """The longest standstill of all steps, and the peak of memory for the record."""
    longest = max(step.still_ms for step in steps)
    ratios = [step.still_ms / MOST_MS for step in steps if step.still_ms]
    yield STILL.figure_of_ratios(f"window still, {name}", longest, MOST_MS, [max(ratios)], "ms")
    peak, first = max(step.peak_mib for step in steps), steps[0].peak_mib
    yield MEMORY.figure(f"peak memory / begin, {name}", [peak], [first], "MiB")


def _pace(
    name: str, count: float, steps: Sequence[Step], step: str, a_second: float = ITEMS_A_SECOND
) -> Figure:
    """Seconds beside those that it would take at the least pace."""
    seconds = next(one.seconds for one in steps if one.name == step)
    return SECONDS.figure(f"{count:,.0f} {name}", [seconds], [count / a_second], "s")
