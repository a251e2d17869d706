"""Goals 11, 12, 13 for commitment letters: filled, as PDF, and the first one of the day.

The letter has three pages, 24 values in marks that are split over runs, and three tables. docxtpl
fills the same file with its own brackets; WeasyPrint prints the same words as anybody would have
it print them; LibreOffice converts our filled file. Every result is read back before it counts.
"""

import gc
import io
import logging
import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from statistics import median
from time import thread_time
from typing import Any, Final

from docxtpl import DocxTemplate
from weasyprint import HTML

from benchmarks import letter_samples as samples
from benchmarks.counter import scratch
from benchmarks.figures import Figure, Goal, in_turn, milliseconds
from clerk.documents import letter_filling
from clerk.documents.commitment_content import LETTER_SEAL
from clerk.documents.letter_signature import signed_by
from clerk.documents.notices import seal_place
from clerk.documents.press import Press, PrintedPaper
from clerk.domain.paper_seal import SealOrder
from integrations.seals.practice import PracticeSeals

NAME: Final = "three_pages"
NAIVE_FACE: Final = "Noto Sans CJK SC"
ROUNDS, FOLLOWING = 15, 3
MOST_BYTES: Final = 100_000

FILLING = Goal(number=11, floor=0.2, reach=0.05)
PRINTING = Goal(number=12, floor=0.7, reach=0.4)
CONVERTING = Goal(number=12, floor=0.15, reach=0.08)
SMALL = Goal(number=12, floor=1.0, reach=0.5)
FIRST = Goal(number=13, floor=2.0, reach=1.5)


def measure(_large: bool) -> Sequence[Figure]:
    """Measure in one run, with one template."""
    folder, press = scratch("letters"), Press()
    try:
        press.warm()
        return [
            _filling(),
            _printing(press),
            _converting(press, folder),
            _sizes(press),
            first_over_following("first letter / the next ones", _letters_of),
        ]
    finally:
        press.close()
        shutil.rmtree(folder)


def first_over_following(name: str, made_by: Callable[[Press], Callable[[], object]]) -> Figure:
    """Compare what a press that is warm, but has served nobody, makes first with what follows."""
    first, following = [], []
    for _ in range(ROUNDS):
        press = Press()
        try:
            press.warm()
            make = made_by(press)
            first.append(milliseconds(make))
            following.append(median(milliseconds(make) for _ in range(FOLLOWING)))
        finally:
            press.close()
    return FIRST.figure(name, first, following, "ms")


@cache
def _template() -> bytes:
    return samples.template("【", "】")


def _ours(number: int) -> bytes:
    return letter_filling.fill(NAME, samples.values(number), content=_template()).docx


def _printed(press: Press, number: int) -> bytes:
    return press.print_letter(NAME, samples.values(number), content=_template()).printed.pdf


def _letters_of(press: Press) -> Callable[[], object]:
    return samples.numbered(partial(_printed, press))


def _filling() -> Figure:
    template = samples.template("{{", "}}")

    def by_docxtpl(number: int) -> bytes:
        letter, out = DocxTemplate(io.BytesIO(template)), io.BytesIO()
        letter.render(samples.values(number))
        letter.save(out)
        return out.getvalue()

    told = [samples.words_of_docx(fill(7)) for fill in (_ours, by_docxtpl)]
    samples.require_filled(told[0], samples.values(7), "【", "{{")
    if told[0] != told[1]:
        raise AssertionError("the two letters do not say the same")
    ours, theirs = (samples.numbered(fill) for fill in (_ours, by_docxtpl))
    taken = in_turn(2 * ROUNDS, _computing(ours), _computing(theirs))
    return FILLING.figure("letter filled / docxtpl", *taken, "ms")


def _computing(work: Callable[[], object]) -> Callable[[], float]:
    """Measure in processor time: it is nothing but computing."""

    def taken() -> float:
        begun = thread_time()
        work()
        return (thread_time() - begun) * 1e3

    return taken


def _printing(press: Press) -> Figure:
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    write: Callable[..., bytes] = _write_plainly
    for make in (partial(_printed, press), write):
        samples.require_pages(make(7), samples.values(7))
    ours, theirs = samples.numbered(partial(_printed, press)), samples.numbered(write)
    gc.collect()
    taken = in_turn(ROUNDS, lambda: milliseconds(ours), lambda: milliseconds(theirs))
    return PRINTING.figure("letter as PDF / plain WeasyPrint", *taken, "ms")


def _write_plainly(number: int) -> bytes:
    page: Any = HTML(string=samples.plain_html(NAIVE_FACE, number))
    written: bytes = page.write_pdf()
    return written


def _converting(press: Press, folder: Path) -> Figure:
    letter, made = folder / "letter.docx", folder / "letter.pdf"
    letter.write_bytes(_ours(7))
    command = (
        "soffice",
        f"-env:UserInstallation=file://{folder}/office",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(letter),
    )

    def convert() -> None:
        subprocess.run(command, capture_output=True, check=True)

    convert()
    samples.require_filled(samples.words_of_pdf(made.read_bytes()), samples.values(7))
    ours = samples.numbered(partial(_printed, press))
    taken = in_turn(ROUNDS, lambda: milliseconds(ours), lambda: milliseconds(convert))
    return CONVERTING.figure("letter as PDF / a LibreOffice process", *taken, "ms")


def _sizes(press: Press) -> Figure:
    """Compare every letter that ships, signed and sealed, and the one measured here, with a limit."""
    seals, hand = PracticeSeals(), samples.signature()
    pictures = {**signed_by(hand, agent=False), **signed_by(hand, agent=True)}
    try:
        sizes = {
            name: len(
                _sealed(
                    press.print_letter(name, samples.longest_values(), pictures=pictures).printed,
                    seals,
                )
            )
            for name in letter_filling.names()
        }
    finally:
        seals.close()
    sizes[NAME] = len(_printed(press, 7))
    for name, size in sorted(sizes.items(), key=lambda one: -one[1])[:3]:
        print(f"     {name}: {size / 1e3:.0f} kB")
    ratios = [size / MOST_BYTES for size in sizes.values()]
    return SMALL.figure_of_ratios(
        f"largest of {len(sizes)} signed letters, of 100 kB",
        max(sizes.values()) / 1e3,
        MOST_BYTES / 1e3,
        [max(ratios)],
        "kB",
    )


def _sealed(printed: PrintedPaper, seals: PracticeSeals) -> bytes:
    """Put the seal on a letter with a place for one, as when it is signed."""
    place = seal_place(printed.marks)
    if place is None:
        return printed.pdf
    order = SealOrder(
        body_code=samples.BODY_CODE,
        body_name=samples.BODY_NAME,
        seal_name=LETTER_SEAL,
        at=samples.SEALED_AT,
        place=place,
        drawn=False,
    )
    return seals.seal(printed.pdf, order)
