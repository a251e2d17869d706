"""``clerk --check-samples`` and ``clerk --lint-standards``: for whoever writes item standards.

The first says what is faulty in a standard and its samples, what the lint calls an error, and every
sample whose check says something else than it expects. The second says everything the lint finds,
with the way out. Nothing is taken in.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from clerk import wording_lint, wording_samples
from clerk.app import standard_files
from clerk.app.edges import running_clock
from clerk.app.sample_files import read_hall, read_samples
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError
from clerk.domain.sample_run import SampleHall, run_samples
from clerk.domain.sheet_faults import FaultLevel
from clerk.domain.standard_lint import LintFinding, lint
from clerk.values import dataclass


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line asks for; without items all there are."""

    items: tuple[str, ...]
    on: date


def check_samples(arguments: Sequence[str]) -> int:
    """Run the samples of the named items, of all without a name; return 1 where one differs."""
    asked = _asked("--check-samples", "run sample cases (docs/sample-format.md)", arguments)
    try:
        hall = read_hall(asked.on)
        wrong = sum(_print_item(code, _trouble(hall, code)) for code in asked.items)
    except ClerkError as error:
        _say(str(error), *standard_files.faults_of(error))
        return 1
    print(f"看了{len(asked.items)}个事项，{wrong}个有问题")  # noqa: T201  a command of the terminal
    return 1 if wrong else 0


def lint_standards(arguments: Sequence[str]) -> int:
    """Say everything the lint finds in the named items; return 1 where there is an error."""
    asked = _asked("--lint-standards", "find what makes no sense in item standards", arguments)
    levels: Counter[FaultLevel] = Counter()
    for code in asked.items:
        try:
            found = _linted(code, asked.on)
        except ClerkError as error:
            _say(f"{code} {error}", *standard_files.faults_of(error))
            levels[FaultLevel.ERROR] += 1
            continue
        for one in found:
            levels[one.level] += 1
            words = f"{wording_lint.sentence(one)}。{wording_lint.remedy(one)}"
            print(f"{code} {one.place} {wording_lint.LEVEL[one.level]} {words}")  # noqa: T201
    counted = "，".join(f"{wording_lint.LEVEL[level]}{levels[level]}处" for level in FaultLevel)
    print(f"看了{len(asked.items)}个事项：{counted}")  # noqa: T201  a command of the terminal
    return 1 if levels[FaultLevel.ERROR] else 0


def _asked(name: str, what: str, arguments: Sequence[str]) -> _Asked:
    parser = argparse.ArgumentParser(prog=f"clerk {name}", description=what)
    parser.add_argument("items", nargs="*", metavar="item_code", help="all items otherwise")
    parser.add_argument(
        "--on", type=date.fromisoformat, help="the day of the check; today otherwise"
    )
    given = parser.parse_args(list(arguments))
    items = tuple(given.items) or standard_files.item_codes()
    return _Asked(items, given.on or local_date(running_clock()()))


def _linted(item_code: str, on: date) -> tuple[LintFinding, ...]:
    standard = standard_files.in_force(item_code, on)
    return lint(standard, read_samples(item_code), standard_files.lint_knowledge())


def _trouble(hall: SampleHall, item_code: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what is wrong with an item: a line, and the lines below it."""
    try:
        standard = standard_files.in_force(item_code, hall.usual_on)
        samples = read_samples(item_code)
        found = _linted(item_code, hall.usual_on)
    except ClerkError as error:
        yield str(error), standard_files.faults_of(error)
        return
    for one in found:
        if one.level is FaultLevel.ERROR:
            yield f"{one.place} {wording_lint.sentence(one)}", (wording_lint.remedy(one),)
    if samples is None:
        yield f"没有样例 resources/samples/{item_code}.toml", ()
        return
    for result in run_samples(hall, standard, samples):
        if result.differences:
            yield result.sample.name, wording_samples.differences(result)


def _print_item(item_code: str, trouble: Iterator[tuple[str, tuple[str, ...]]]) -> bool:
    there = False
    for line, below in trouble:
        _say(f"{item_code} {line}", *below)
        there = True
    return there


def _say(what: str, *details: str) -> None:
    print(what, file=sys.stderr)  # noqa: T201  a command of the terminal
    for detail in details:
        print(f"  {detail}", file=sys.stderr)  # noqa: T201  a command of the terminal
