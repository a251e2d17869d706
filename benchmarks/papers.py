"""Notices: a two-page one beside typst, the first of the day, 500 in a row, how large each is.

typst is given the words of our own page, its tables, its code and its seal, and the same faces; it
keeps its compiler between two papers as we keep our child.
"""

import gc
import statistics
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from benchmarks.figures import Figure, Goal, in_turn, milliseconds
from benchmarks.letter_samples import numbered, pages_of_pdf, words_of_pdf
from benchmarks.letters import first_over_following
from benchmarks.memory_child import resident_mib
from benchmarks.typst_notice import TypstNotice, texts_of
from clerk.documents.letters import template_of
from clerk.documents.notice_html import html_for
from clerk.documents.press import Press
from clerk.domain.papers import Acceptance
from clerk.tour import sample_papers
from clerk.tour.paper_pictures import every_sample

ROUNDS: Final = 15
PAGES: Final = 2
MATERIALS: Final = 20
NOTICES, HUNDRED = 500, 100
MOST_BYTES: Final = 100_000

BESIDE_TYPST = Goal(number=None, floor=60.0, reach=25.0)
FLAT = Goal(number=None, floor=1.03, reach=1.01)
SMALL = Goal(number=None, floor=1.0, reach=0.5)


def measure(_large: bool) -> Sequence[Figure]:
    """Measure in one run, with one press."""
    press = Press()
    try:
        press.warm()
        gc.collect()
        return [
            _beside_typst(press),
            first_over_following("first notice / the next ones", _notices_of),
            *_in_a_row(press),
            _sizes(press),
        ]
    finally:
        press.close()


def notice(number: int) -> Acceptance:
    """Return a notice of two pages; another ``number`` is another one."""
    usual = sample_papers.MATERIALS
    rows = tuple(
        replace(usual[place % len(usual)], name=f"{usual[place % len(usual)].name}（{place + 1}）")
        for place in range(MATERIALS)
    )
    return sample_papers.acceptance(
        materials=rows, document_number=f"示审批受〔2026〕0318-{number:04} 号"
    )


def _notices_of(press: Press) -> Callable[[], object]:
    return numbered(lambda number: press.print_paper(notice(number)))


def _beside_typst(press: Press) -> Figure:
    typst = TypstNotice()
    ours, theirs = press.print_paper(notice(7)).pdf, typst.print_paper(notice(7))
    for pdf in (ours, theirs):
        words = words_of_pdf(pdf)
        if pages_of_pdf(pdf) != PAGES or any(
            text not in words for text in texts_of(html_for(notice(7)))
        ):
            raise AssertionError("the two notices do not say the same on two pages")
    print(f"     two pages: ours {len(ours) / 1e3:.0f} kB, typst {len(theirs) / 1e3:.0f} kB")
    ask_us = numbered(lambda number: press.print_paper(notice(number)))
    ask_them = numbered(lambda number: typst.print_paper(notice(number)))
    taken = in_turn(ROUNDS, lambda: milliseconds(ask_us), lambda: milliseconds(ask_them))
    return BESIDE_TYPST.figure("two-page notice / typst, compiler kept", *taken, "ms")


def _in_a_row(press: Press) -> Sequence[Figure]:
    """Print notice after notice; compare what is resident over the first and the last hundred."""
    held: dict[str, list[float]] = {"the window's process": [], "the press": []}
    for number in range(NOTICES):
        press.print_paper(notice(number))
        if press.pid is None:
            raise AssertionError("the press is gone")
        held["the window's process"].append(resident_mib())
        held["the press"].append(resident_mib(process=str(press.pid)))
    for name, resident in held.items():
        later = resident[HUNDRED:]
        slope, _ = statistics.linear_regression(range(len(later)), later)
        print(f"     {name}: {slope * 1024:+.2f} KiB a notice after the first {HUNDRED}")
    return [
        FLAT.figure(
            f"{name}, last hundred of {NOTICES} notices / first",
            [statistics.median(resident[-HUNDRED:])],
            [statistics.median(resident[:HUNDRED])],
            "MiB",
        )
        for name, resident in held.items()
    ]


def _sizes(press: Press) -> Figure:
    sizes = {
        name: len(press.print_paper(paper).pdf)
        for name, paper in every_sample().items()
        if not template_of(paper.kind)  # those are weighed with the letters
    }
    for name, size in sorted(sizes.items(), key=lambda one: -one[1])[:3]:
        print(f"     {name}: {size / 1e3:.0f} kB")
    largest = max(sizes.values())
    return SMALL.figure_of_ratios(
        f"largest of {len(sizes)} papers, of 100 kB",
        largest / 1e3,
        MOST_BYTES / 1e3,
        [largest / MOST_BYTES],
        "kB",
    )
