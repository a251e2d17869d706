"""``python -m clerk --sample-papers``: every paper of the window as a small picture, of invented people.

Each is drawn by the press as at the counter; the index beside them says what each one is.
"""

import argparse
import tomllib
from collections.abc import Mapping
from pathlib import Path

from clerk import assets
from clerk.documents import advice_sheet
from clerk.documents.due import title_of
from clerk.documents.letter_papers import print_letter
from clerk.documents.letters import template_of
from clerk.documents.page_pictures import pictures_of
from clerk.documents.press import Press
from clerk.documents.small_pictures import small
from clerk.domain.advice import Inquiry, advise
from clerk.domain.papers import Paper
from clerk.domain.party import PartyKind
from clerk.domain.standard_parsing import standard_from
from clerk.settings import PRACTICE_COUNTER
from clerk.tour.sample_act_papers import every_act_paper
from clerk.tour.sample_agency_papers import PAPERS as AGENCY_PAPERS
from clerk.tour.sample_deferral_papers import PAPERS as DEFERRAL_PAPERS
from clerk.tour.sample_papers import NOW, TODAY, every_paper
from clerk.tour.sample_result_papers import every_result_paper

_WIDTH = 800
_ADVICE = "advice"
_FOOD = "standards/food_business_permit/2025-01-01.toml"
_INDEX = """\
# The papers of the window

Every paper the program hands out, filled in with invented people of the practice hall, as the press
draws it: `python -m clerk --sample-papers --out docs/papers`. Letters from Word templates
(告知承诺书) are described in letter-format.md. Which fields a paper must carry, and that each of
them stands on it, is proven by `tests/documents/test_mandatory_fields.py`. They are written as
PDF/A-2u; no validator was at hand, so that is not validated, and the cover of an archived file says so.

| Paper | Pages | Picture |
|---|---|---|
"""


def main(arguments: list[str]) -> int:
    """Draw all of them, or those that are named, into a folder."""
    parser = argparse.ArgumentParser(prog="clerk --sample-papers", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/papers"), help="folder to fill")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these samples")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    samples = every_sample()
    for old in () if options.names else options.out.glob("*.png"):
        old.unlink()
    drawn = {}
    press = Press(deadline_seconds=60)
    try:
        for name in options.names or samples:
            drawn[name] = _draw(press, name, _print(press, samples[name]), options.out)
        if not options.names:
            advice = press.print_html(_advice()).pdf
            drawn[_ADVICE] = _draw(press, _ADVICE, advice, options.out)
    finally:
        press.close()
    if not options.names:
        titles = {name: title_of(paper) for name, paper in samples.items()}
        titles[_ADVICE] = "一次性告知单（咨询）"
        lines = (_line(name, titles[name], pages) for name, pages in drawn.items())
        index = options.out.parent / f"{options.out.name}.md"
        index.write_text(_INDEX + "".join(lines), encoding="utf-8")
    return 0


def every_sample() -> Mapping[str, Paper]:
    """Return every sample under the name of its picture."""
    later = {f"deferral_{name}": paper for name, paper in DEFERRAL_PAPERS.items()}
    agency = {f"agency_{name}": paper for name, paper in AGENCY_PAPERS.items()}
    return {**every_paper(), **later, **agency, **every_act_paper(), **every_result_paper()}


def _print(press: Press, paper: Paper) -> bytes:
    if template_of(paper.kind):
        return print_letter(press, paper).printed.pdf
    return press.print_paper(paper).pdf


def _advice() -> str:
    """Return the sheet of a consultation (咨询): no case stands behind it, so it is no ``Paper``."""
    food = assets.read_text("resources", _FOOD)
    inquiry = Inquiry(
        applicant_kind=PartyKind.SOLE_TRADER,
        answers={"subject": "sole_trader", "business": "catering", "dishes": "hot", "online": "no"},
        have=frozenset({"LICENCE", "HEAD_ID"}),
    )
    advice = advise(standard_from(tomllib.loads(food)), inquiry, TODAY)
    return advice_sheet.html_for(advice, PRACTICE_COUNTER, "周模拟", NOW)


def _draw(press: Press, name: str, pdf: bytes, folder: Path) -> int:
    """Draw one paper, page by page, and return how many pages it has."""
    pages = pictures_of(press, pdf, "application/pdf", _WIDTH)
    for number, page in enumerate(pages, 1):
        (folder / _file(name, number)).write_bytes(small(page.png))
    return len(pages)


def _file(name: str, page: int) -> str:
    return f"{name}.png" if page == 1 else f"{name}_{page}.png"


def _line(name: str, title: str, pages: int) -> str:
    links = "<br>".join(f"![{name}](papers/{_file(name, page)})" for page in range(1, pages + 1))
    return f"| {title} (`{name}`) | {pages} | {links} |\n"
