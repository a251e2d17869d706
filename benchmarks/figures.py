"""One figure: ours over a yardstick, as the median of paired rounds; printed and kept as JSON."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

RESULTS = Path(__file__).parents[1] / "build" / "bench.json"
HEADING = (
    f"{'goal':>4} {'name':<44} {'ours':>10} {'yardstick':>10} {'unit':<9} {'ratio':>7}"
    f" {'min–max':>15} {'n':>3} {'floor':>6} {'reach':>6}  reached"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A line of ``build/bench.json``; ``min`` and ``max`` are of the ratio over ``n`` rounds.

    ``goal`` is None for what stands outside the numbered goals. ``reached`` compares the ratio
    with ``floor``.
    """

    name: str
    goal: int | None
    ours: float
    yardstick: float
    ratio: float
    min: float
    max: float
    n: int
    unit: str
    better: str
    floor: float
    reach: float
    reached: bool

    def line(self) -> str:
        """Return the figure as one line of the table."""
        return (
            f"{self.goal or '–':>4} {self.name:<44} {self.ours:>10.4g} {self.yardstick:>10.4g}"
            f" {self.unit:<9} {self.ratio:>7.3f} {f'{self.min:.3g}–{self.max:.3g}':>15}"
            f" {self.n:>3} {self.floor:>6g} {self.reach:>6g}  {'yes' if self.reached else 'NO'}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a figure is held against; ``better`` says which side of ``floor`` is wanted."""

    number: int | None
    floor: float
    reach: float
    better: str = "low"

    def figure(
        self, name: str, ours: Sequence[float], yardstick: Sequence[float], unit: str
    ) -> Figure:
        """Return the figure of paired rounds."""
        ratios = [a / b for a, b in zip(ours, yardstick, strict=True)]
        return self.figure_of_ratios(name, median(ours), median(yardstick), ratios, unit)

    def figure_of_ratios(
        self, name: str, ours: float, yardstick: float, ratios: Sequence[float], unit: str
    ) -> Figure:
        """Return the figure of ratios that were taken otherwise."""
        ratio = median(ratios)
        return Figure(
            name=name,
            goal=self.number,
            ours=ours,
            yardstick=yardstick,
            ratio=ratio,
            min=min(ratios),
            max=max(ratios),
            n=len(ratios),
            unit=unit,
            better=self.better,
            floor=self.floor,
            reach=self.reach,
            reached=ratio <= self.floor if self.better == "low" else ratio >= self.floor,
        )


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long ``work`` took."""
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1e3


def in_turn(
    rounds: int, ours: Callable[[], float], yardstick: Callable[[], float]
) -> tuple[list[float], list[float]]:
    """Measure both ``rounds`` times, each pair side by side, after one round that is not counted.

    Every other pair begins with the yardstick, so that none always profits from a warm disk.
    """
    found: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        if number % 2:
            second, first = yardstick(), ours()
        else:
            first, second = ours(), yardstick()
        if number:
            found[0].append(first)
            found[1].append(second)
    return found


def keep(figures: Iterable[Figure], file: Path = RESULTS) -> None:
    """Write the figures, over earlier ones of the same name; the others stay."""
    kept: dict[str, object] = {}
    if file.exists():
        kept = {figure["name"]: figure for figure in json.loads(file.read_text(encoding="utf-8"))}
    kept |= {figure.name: asdict(figure) for figure in figures}
    file.parent.mkdir(exist_ok=True)
    text = json.dumps(list(kept.values()), ensure_ascii=False, indent=1)
    file.write_text(text + "\n", encoding="utf-8")
