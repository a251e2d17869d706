"""A page to draw on, which becomes one page of PDF and then a picture.

The unit is the millimetre, y runs downwards, as in OFD. pdfium draws the page: clips, shadings,
dashes and transparency come out as they should. The file never leaves this process's memory.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from typing import Final

from clerk.values import dataclass
from integrations.certificate_files.ofd_reading import IDENTITY, Box, Matrix, times

_EVERYWHERE: Final = "-100000 -100000 100000 100000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How outlines are stroked; lengths in the units of the object."""

    width: float = 0.353
    cap: int = 0
    join: int = 0
    miter_limit: float = 10.0
    dashes: tuple[float, ...] = ()
    dash_offset: float = 0.0


@dataclass(slots=True)
class _Content:
    """One stream of operators and what they name."""

    operators: list[str] = field(default_factory=list)
    resources: dict[str, dict[str, str]] = field(default_factory=dict)
    matrices: list[Matrix] = field(default_factory=lambda: [IDENTITY])
    outside: Matrix = IDENTITY


class Canvas:
    """Takes what is drawn, in the order in which it is drawn."""

    def __init__(self, area: Box) -> None:
        left, top, self.width, self.height = area
        self._objects: list[bytes] = []
        self._states: dict[str, str] = {}
        self._contents = [_Content()]
        self.base: Matrix = (1.0, 0.0, 0.0, -1.0, -left, top + self.height)
        self.concat(self.base)

    @property
    def matrix(self) -> Matrix:
        """Return what leads from here to the outside of the present group."""
        return self._content.matrices[-1]

    @property
    def whole(self) -> Matrix:
        """Return what leads from here to the page."""
        return times(self.matrix, self._content.outside)

    @property
    def _content(self) -> _Content:
        return self._contents[-1]

    def write(self, operators: str) -> None:
        self._content.operators.append(operators)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Undo, at the end, every change of matrix, clip, colour and line."""
        content = self._content
        content.operators.append("q")
        content.matrices.append(content.matrices[-1])
        try:
            yield
        finally:
            content.matrices.pop()
            content.operators.append("Q")

    def concat(self, matrix: Matrix) -> None:
        content = self._content
        content.matrices[-1] = times(matrix, content.matrices[-1])
        content.operators.append(f"{_row(matrix)} cm")

    def clip(self, path: str, *, even_odd: bool = False) -> None:
        """Draw only within ``path`` from now on; within an empty one nothing is seen."""
        self.write(f"{path or '0 0 m'}\n{'W*' if even_odd else 'W'} n")

    def clip_box(self, area: Box) -> None:
        self.write(f"{_row(area)} re W n")

    def line(self, line: Line) -> None:
        dashes = " ".join(f"{length:.4f}" for length in line.dashes)
        self.write(
            f"{line.width:.5f} w {line.cap} J {line.join} j {max(1.0, line.miter_limit):.3f} M "
            f"[{dashes}] {line.dash_offset:.4f} d"
        )

    def state(self, *, fill: float = 1.0, stroke: float = 1.0, multiply: bool = False) -> None:
        """Set how opaque things are from now on, and whether they darken what is below."""
        mode = "/Multiply" if multiply else "/Normal"
        self._use("ExtGState", f"<</ca {fill:.4f}/CA {stroke:.4f}/BM {mode}>>", "gs")

    def soft_mask(self, content: str, resources: str) -> None:
        """Let the lightness of ``content``, drawn in the present space, be the opacity."""
        form = self.add(
            f"/Type/XObject/Subtype/Form/BBox[{_EVERYWHERE}]/Resources<<{resources}>>"
            "/Group<</S/Transparency/CS/DeviceGray>>",
            content.encode(),
        )
        self._use("ExtGState", f"<</SMask<</S/Luminosity/G {form}>>>>", "gs")

    def pattern(self, dictionary: str, within: Matrix, *, stroke: bool) -> None:
        """Take a shading as the colour; its space lies ``within`` the present one."""
        place = _row(times(within, self.matrix))
        full = f"<</Type/Pattern/PatternType 2/Matrix[{place}]{dictionary}>>"
        name = self._named("Pattern", full)
        space, colour = ("CS", "SCN") if stroke else ("cs", "scn")
        self.write(f"/Pattern {space} /{name} {colour}")

    def picture(self, reference: str) -> None:
        """Draw an XObject: a picture into the square from 0, 0 to 1, 1 (y upwards), or a form."""
        name = self._named("XObject", reference)
        self.write(f"/{name} Do")

    @contextmanager
    def form(self) -> Iterator[list[str]]:
        """Collect what is drawn meanwhile into a form; its reference is in the list at the end."""
        made: list[str] = []
        self._contents.append(_Content(outside=self.whole))
        try:
            yield made
        finally:
            content = self._contents.pop()
        made.append(
            self.add(
                f"/Type/XObject/Subtype/Form/BBox[{_EVERYWHERE}]"
                f"/Resources<<{_resources(content)}>>/Group<</S/Transparency>>",
                "\n".join(content.operators).encode(),
            )
        )

    @contextmanager
    def group(self, *, opacity: float = 1.0, multiply: bool = False) -> Iterator[None]:
        """Draw what comes meanwhile as one thing."""
        if opacity >= 1 and not multiply:
            with self.kept():
                yield
            return
        with self.form() as made:
            yield
        with self.kept():
            self.state(fill=opacity, stroke=opacity, multiply=multiply)
            self.picture(made[0])

    def add(self, dictionary: str, stream: bytes | None = None) -> str:
        """Add an object to the file and return its reference."""
        if stream is None:
            body = dictionary.encode()
        else:
            head = f"<<{dictionary}/Length {len(stream)}>>\nstream\n".encode()
            body = head + stream + b"\nendstream"
        self._objects.append(body)
        return f"{len(self._objects) + 3} 0 R"

    def _use(self, kind: str, dictionary: str, operator: str) -> None:
        self.write(f"/{self._named(kind, dictionary)} {operator}")

    def _named(self, kind: str, value: str) -> str:
        known = self._content.resources.setdefault(kind, {})
        return known.setdefault(value, f"{kind[0]}{len(known)}")

    def pdf(self) -> bytes:
        """Return the page as a file of PDF."""
        content = "\n".join(self._content.operators).encode()
        page = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {self.width:.4f} {self.height:.4f}]"
            f"/Group<</S/Transparency/CS/DeviceRGB>>/Contents {len(self._objects) + 4} 0 R"
            f"/Resources<<{_resources(self._content)}>>>>"
        )
        stream = b"<</Length %d>>\nstream\n%b\nendstream" % (len(content), content)
        bodies = (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page.encode(),
            *self._objects,
            stream,
        )
        return _file(bodies)


def _file(bodies: tuple[bytes, ...]) -> bytes:
    parts, places, at = [b"%PDF-1.7\n"], [], 9
    for number, body in enumerate(bodies, 1):
        whole = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        places.append(at)
        parts.append(whole)
        at += len(whole)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    parts.append(
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, rows, len(bodies) + 1, at)
    )
    return b"".join(parts)


def _resources(content: _Content) -> str:
    return "".join(
        f"/{kind}<<{''.join(f'/{name} {value}' for value, name in named.items())}>>"
        for kind, named in content.resources.items()
    )


def _row(values: tuple[float, ...]) -> str:
    return " ".join(f"{value:.6f}" for value in values)
