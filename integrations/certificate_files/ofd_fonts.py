"""Which face shows a text: the one inside the file, or one of this machine in its place.

A character that the first face has not is taken from the next one, so that no name loses a
character to the taste of a font. The faces of this machine stay open as long as the process.
"""

import os
import subprocess
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from clerk import assets
from clerk.domain.errors import CertificateFileRefused
from clerk.values import dataclass
from integrations.certificate_files.glyph_faces import Face, FontUnread
from integrations.certificate_files.ofd_document import Resources
from integrations.certificate_files.ofd_package import OfdPackage
from integrations.certificate_files.ofd_reading import attribute, child, flag, text_of
from integrations.certificate_files.undrawn import Lack, Undrawn

_FIND_SECONDS: Final = 10
_SERIF: Final = ("SimSun", "AR PL SungtiL GB", "Noto Serif CJK SC")
_SANS: Final = ("Microsoft YaHei", "Noto Sans CJK SC")
_MONO: Final = ("Courier New", "Liberation Mono", "DejaVu Sans Mono")
_REST: Final = ("Noto Sans CJK SC", "DejaVu Sans", "Segoe UI Symbol")
_SANS_NAMES: Final = ("hei", "sans", "arial", "gothic", "helvetica", "verdana", "tahoma")
_MONO_NAMES: Final = ("courier", "mono", "consol")
_SHIPPED: Final = ("fonts/counter-sans-regular.otf", "fonts/counter-sans-bold.otf")
_WINDOWS: Final = {
    "SimSun": ("simsun.ttc", "simsunb.ttf"),
    "SimHei": ("simhei.ttf",),
    "FangSong": ("simfang.ttf",),
    "KaiTi": ("simkai.ttf",),
    "Microsoft YaHei": ("msyh.ttc",),
    "Courier New": ("cour.ttf",),
    "Segoe UI Symbol": ("seguisym.ttf",),
}
_MOST_FACES: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A glyph of a face; ``bolder`` where the face is thinner than the text should be."""

    face: Face
    number: int
    bolder: bool = False
    slanted: bool = False


class Typeface:
    """A ``Font`` of the document, as far as this machine can show it."""

    def __init__(self, own: Face | None, fallbacks: tuple[tuple[str, int], ...], told: str) -> None:
        self.own = own
        self._fallbacks = fallbacks
        self._told = told

    def glyph(self, character: str, *, bold: bool, italic: bool) -> Glyph | None:
        """Return how a character is shown; None where no face has it."""
        if self.own is not None:
            number = self.own.glyph(character)
            if number is not None:
                return self._own_glyph(self.own, number, bold=bold, italic=italic)
        return self.stand_in(character, bold=bold, italic=italic)

    def stand_in(self, character: str, *, bold: bool, italic: bool) -> Glyph | None:
        """Return how a face of this machine shows a character; None where none has it."""
        for file, index in self._fallbacks:
            face = _opened(file, index)
            number = None if face is None else face.glyph(character)
            if face is not None and number is not None:
                thin = (bold or "bold" in self._told) and not face.bold
                slanted = italic or "italic" in self._told
                return Glyph(face=face, number=number, bolder=thin, slanted=slanted)
        return None

    def numbered(self, number: int, *, bold: bool, italic: bool) -> Glyph | None:
        """Return the glyph of that number of the document's own face; None without one."""
        found = None if self.own is None else self.own.numbered(number)
        if self.own is None or found is None:
            return None
        return self._own_glyph(self.own, found, bold=bold, italic=italic)

    def _own_glyph(self, own: Face, number: int, *, bold: bool, italic: bool) -> Glyph:
        thin = bold and not own.bold and "bold" not in self._told
        slanted = italic and "italic" not in self._told
        return Glyph(face=own, number=number, bolder=thin, slanted=slanted)


class Typefaces:
    """The fonts of one package, each opened once."""

    def __init__(self, package: OfdPackage, undrawn: Undrawn) -> None:
        self._package = package
        self._undrawn = undrawn
        self._known: dict[tuple[Resources, str], Typeface] = {}
        self._files: dict[str, Face | None] = {}

    def find(self, resources: Resources, number: str) -> Typeface:
        """Return the font of that number; one that is not there is a Song face."""
        key = (resources, number)
        if key not in self._known:
            self._known[key] = self._made(resources, number)
        return self._known[key]

    def _made(self, resources: Resources, number: str) -> Typeface:
        listed = resources.find("Font", number)
        if listed is None:
            self._undrawn.add(Lack.RESOURCE)
            return Typeface(None, _fallbacks((), bold=False), "")
        element = listed.element
        names = tuple(attribute(element, name) for name in ("FontName", "FamilyName"))
        bold = flag(attribute(element, "Bold"), default=False) or "bold" in names[0].lower()
        italic = flag(attribute(element, "Italic"), default=False)
        own = None
        place = text_of(child(element, "FontFile"))
        if place:
            own = self._embedded(resources.path(listed, place))
        told = " ".join(word for word, so in (("bold", bold), ("italic", italic)) if so)
        return Typeface(own, _fallbacks(names, bold=bold), told)

    def _embedded(self, path: str) -> Face | None:
        if path not in self._files and len(self._files) < _MOST_FACES * 4:
            try:
                self._files[path] = Face(self._package.read(path))
            except (CertificateFileRefused, FontUnread):
                self._files[path] = None
        face = self._files.get(path)
        if face is None:
            self._undrawn.add(Lack.FONT)
        return face


@lru_cache(maxsize=256)
def _fallbacks(names: tuple[str, ...], *, bold: bool) -> tuple[tuple[str, int], ...]:
    """Return the font files to be asked one after the other for a font of these ``names``."""
    found: dict[tuple[str, int], None] = {}
    for family in _families(names):
        styles = _installed().get(family, {})
        for style in ("bold", "regular") if bold else ("regular", "bold"):
            if style in styles:
                found[styles[style]] = None
                break
    for name in reversed(_SHIPPED) if bold else _SHIPPED:
        found[assets.where("resources", name), 0] = None
    return tuple(found)


def _families(names: tuple[str, ...]) -> Iterator[str]:
    plain = " ".join(names).lower()
    listed = _listed()
    for name in names:
        bare = name.partition("+")[2] or name
        yield bare
        yield from listed.get(bare, ())
    if any(part in plain for part in _MONO_NAMES):
        yield from _MONO
    sans = any(part in plain for part in _SANS_NAMES)
    yield from (_SANS + _SERIF) if sans else (_SERIF + _SANS)
    yield from _REST


@lru_cache(maxsize=1)
def _listed() -> dict[str, tuple[str, ...]]:
    """Return which faces stand for those of office documents (``fonts.toml``)."""
    listed = tomllib.loads(assets.read_text("templates", "fonts.toml"))
    return {name: tuple(families) for name, families in listed["faces"].items()}


@lru_cache(maxsize=1)
def _installed() -> dict[str, dict[str, tuple[str, int]]]:
    """Return the fonts of this machine: file and place in it, by family and style."""
    try:
        told = subprocess.run(
            ("fc-list", "--format", "%{family}\t%{style}\t%{index}\t%{file}\n"),  # noqa: S607  where it lies differs
            capture_output=True,
            check=True,
            timeout=_FIND_SECONDS,
            restore_signals=False,  # it may want to write its cache, which this process may not
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return _installed_on_windows()
    found: dict[str, dict[str, tuple[str, int]]] = {}
    for row in sorted(told.splitlines()):
        families, styles, index, file = row.split("\t", 3)
        style = styles.lower().split(",")[0]
        if style in {"regular", "bold", "book", "roman", "medium"} and index.isdecimal():
            kind = "bold" if style == "bold" else "regular"
            for family in families.split(","):
                found.setdefault(family, {}).setdefault(kind, (file, int(index)))
    return found


def _installed_on_windows() -> dict[str, dict[str, tuple[str, int]]]:
    folder = Path(os.environ.get("WINDIR", "")) / "Fonts"
    return {
        family: {"regular": (str(folder / file), 0)}
        for family, files in _WINDOWS.items()
        for file in reversed(files)
        if (folder / file).is_file()
    }


@lru_cache(maxsize=_MOST_FACES)
def _opened(file: str, index: int) -> Face | None:
    try:
        return Face(file, index)
    except FontUnread:
        return None
