"""Papers as HTML for the press: one shared base, one template per kind of paper.

Values reach a template only through ``v``, which escapes them and marks where each one stands, so
that the document view can show and find what was filled in. The wording is the templates'.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby

import segno
from jinja2 import FunctionLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from clerk import assets
from clerk.documents import notices
from clerk.documents.marks import SEAL_PLACE, mark_of
from clerk.documents.notices import FOLDER
from clerk.documents.plain import plain
from clerk.domain.days import local_time
from clerk.domain.handwriting import svg
from clerk.domain.paper_copies import COPIES_FOR
from clerk.domain.paper_signature import SIGN_PLACE
from clerk.domain.papers import Paper
from clerk.values import dataclass


def html_for(paper: Paper) -> str:
    """Return the whole paper as one HTML text that needs no other file.

    Raises:
        PaperTrouble: a mandatory value is missing; the sentence names every one.
    """
    notices.require_complete(paper)
    return _template(f"{paper.kind.value}.html").render(
        paper=paper,
        v=_value_of(paper),
        qr=qr_svg,
        seal=_seal_svg,
        seal_place=mark_of(SEAL_PLACE),
        local=local_time,
        sign_place=_sign_place(paper),
        copies_for=COPIES_FOR[paper.kind],
        css=_css(large=paper.large_print),
    )


def _css(*, large: bool) -> Markup:
    sheets = ("print.css", "large.css") if large else ("print.css",)
    read = (assets.read_text("templates", FOLDER + sheet) for sheet in sheets)
    return Markup("\n".join(read))  # noqa: S704  ours


def qr_svg(text: str) -> Markup:
    """Return ``text`` as a QR code drawn by one filled path, error level M."""
    matrix = segno.make_qr(text, error="m").matrix
    side = len(matrix)
    path = "".join(_runs_of(row, y) for y, row in enumerate(matrix))
    return Markup(  # noqa: S704  numbers only
        f'<svg viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path d="{path}"/></svg>'
    )


def _runs_of(row: Iterable[int], y: int) -> str:
    """Return one line of a code as a path; neighbouring dark modules make one rectangle."""
    drawn, x = [], 0
    for dark, run in groupby(row):
        width = len(tuple(run))
        if dark:
            drawn.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return "".join(drawn)


def _sign_place(paper: Paper) -> Markup:
    """Return the line for the applicant's signature, marked, with the strokes where he signed."""
    drawn = Markup(svg(paper.hand)) if paper.hand else ""  # noqa: S704  numbers only
    place = '<a class="v" href="{}"><span class="line hand">{}</span></a>'
    return Markup(place).format(mark_of(SIGN_PLACE), drawn)  # noqa: S704  ours


@dataclass(frozen=True, slots=True, kw_only=True)
class _RingLetter:
    """One character on the rim of a seal, turned clockwise from the top by ``angle`` degrees."""

    text: str
    angle: float


def _seal_svg(body_name: str, seal_name: str) -> Markup:
    """Draw a sample seal (样章): the authority's name on the rim, the seal's below the middle."""
    count = max(len(body_name), 2)
    step = min(23.0, 250.0 / (count - 1))
    first = -step * (len(body_name) - 1) / 2
    ring = [
        _RingLetter(text=letter, angle=first + step * place)
        for place, letter in enumerate(body_name)
    ]
    drawn = _template("seal.svg").render(
        ring=ring,
        ring_size=min(14.0, 14.0 * step / 18.0),
        name=seal_name,
        name_size=min(13.0, 84.0 / max(len(seal_name), 1)),
    )
    return Markup(drawn)  # noqa: S704  the template escapes


def _value_of(paper: Paper) -> Callable[..., Markup]:
    """Return the template function ``v(name, shown)``; without ``shown`` the value itself."""

    def value(name: str, shown: object = None) -> Markup:
        given = getattr(paper, name) if shown is None else shown
        text = given if isinstance(given, Markup) else escape(plain(str(given)))
        return Markup('<a class="v" href="{}">{}</a>').format(mark_of(name), text)

    return value


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FunctionLoader(lambda name: assets.read_text("templates", FOLDER + name)),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )


def _template(name: str) -> Template:
    return _environment().get_template(name)
