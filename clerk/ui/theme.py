"""How everything looks: one palette, one style sheet and one type scale for the whole program.

``program`` makes the application object. ``apply`` is called at the start and whenever the clerk
changes theme or type size. Widgets that paint themselves ask ``color``, ``px`` and ``font`` while
painting and never keep the answer, so they follow a change on the next paint.
"""

from enum import Enum
from functools import cache
from typing import Final

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QBrush, QFont, QFontDatabase, QPalette
from PyQt6.QtWidgets import QApplication

from clerk import assets
from clerk.ui import tokens
from clerk.ui.stylesheet import style_sheet

FAMILIES: Final = (
    "Microsoft YaHei UI",
    "Counter Sans",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "sans-serif",
)
_BODY: Final = 14


class Scheme(Enum):
    """Light, dark, or what the desktop says (浅色、深色、跟随系统)."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Scale(Enum):
    """Size of body text in logical pixels; every metric scales with it (标准、大、特大)."""

    STANDARD = 14
    LARGE = 16
    EXTRA = 18


class _Look:
    """What ``apply`` chose last; a program has one look, as it has one palette."""

    scheme = Scheme.LIGHT
    scale = Scale.STANDARD
    colours = tokens.LIGHT


def program(name: str) -> QApplication:
    """Return the application object, in the style of Qt that everything else is painted for."""
    return QApplication([name, "-style", "fusion"])


def apply(app: QApplication, scheme: Scheme = Scheme.LIGHT, scale: Scale = Scale.STANDARD) -> None:
    """Show the whole program in ``scheme`` and ``scale`` from the next paint on."""
    from clerk.ui.look import dress
    from clerk.ui.style import Style

    begin(app, scheme, scale)
    if isinstance(app.style(), Style):
        for widget in app.allWidgets():
            dress(widget)
    else:
        app.setStyle(Style())


def begin(app: QApplication, scheme: Scheme = Scheme.LIGHT, scale: Scale = Scale.STANDARD) -> None:
    """Do what the first paint needs of ``apply``: all but the style, which takes long to load."""
    _load_fonts()
    _Look.scheme, _Look.scale = scheme, scale
    _Look.colours = tokens.DARK if _wants_dark(app, scheme) else tokens.LIGHT
    for kept in (color, font, px, ink, ground, see_through, without_base, sheet):
        kept.cache_clear()
    app.setPalette(_palette())
    app.setFont(font())


def active() -> tuple[Scheme, Scale]:
    """The scheme and scale that ``apply`` was given last."""
    return _Look.scheme, _Look.scale


def is_dark() -> bool:
    """Whether the dark colours are shown now."""
    return _Look.colours is tokens.DARK


@cache
def color(token: str) -> int:
    """The colour of ``token`` in the theme shown now, as 0xAARRGGBB.

    A number is what PyQt turns into a colour fastest. Painted from a number a colour is solid;
    one that lets something through wants ``QColor.fromRgba``.
    """
    digits = _Look.colours[token][1:]
    return int(digits if len(digits) == 8 else f"FF{digits}", 16)


def spelled(token: str) -> str:
    """The same in the spelling of pictures and style sheets: ``#RRGGBB``."""
    return _Look.colours[token]


@cache
def px(length: int) -> int:
    """``length`` logical pixels of the standard scale in the scale shown now."""
    return round(length * _Look.scale.value / _BODY)


@cache
def font(size: int = _BODY, bold: bool = False) -> QFont:
    """The screen font at ``size`` of the standard scale, with digits of equal width."""
    made = QFont(list(FAMILIES))
    made.setPixelSize(px(size))
    made.setBold(bold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


@cache
def ink(token: str) -> QPalette:
    """What a label is written with: ``token`` as the colour of its text."""
    made = QPalette()
    role = QPalette.ColorRole
    for target in (role.WindowText, role.Text):
        made.setColor(target, color(token))
    return made


@cache
def ground(token: str) -> QPalette:
    """What is filled with ``token`` before anything is painted on it."""
    made = QPalette()
    made.setColor(QPalette.ColorRole.Window, color(token))
    return made


@cache
def see_through() -> QPalette:
    """What lies behind is seen, also where Qt would fill the ground."""
    made = QPalette()
    made.setColor(QPalette.ColorRole.Window, Qt.GlobalColor.transparent)
    return made


@cache
def without_base() -> QPalette:
    """An editor's own ground is not filled by Qt."""
    made = QPalette()
    made.setBrush(QPalette.ColorRole.Base, QBrush())  # a colour would have all names of Qt made
    return made


@cache
def sheet(kind: str) -> str:
    """The style sheet of a kind of widget that cannot do without; see ``clerk.ui.look``."""
    return style_sheet(kind, _Look.colours, px)


@cache
def _load_fonts() -> None:
    """Let Qt know the fonts that come with the program; the files stay where they are."""
    for weight in ("regular", "bold"):
        QFontDatabase.addApplicationFont(
            assets.where("resources", f"fonts/counter-sans-{weight}.otf")
        )


def _wants_dark(app: QApplication, scheme: Scheme) -> bool:
    if scheme is not Scheme.SYSTEM:
        return scheme is Scheme.DARK
    hints = app.styleHints()
    return hints is not None and hints.colorScheme() is Qt.ColorScheme.Dark


def _palette() -> QPalette:
    role = QPalette.ColorRole
    made = QPalette()
    for target, token in (
        (role.Window, "window"),
        (role.Base, "surface"),
        (role.AlternateBase, "subtle"),
        (role.Button, "surface"),
        (role.WindowText, "t1"),
        (role.Text, "t1"),
        (role.ButtonText, "t1"),
        (role.PlaceholderText, "t3"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on"),
        (role.Link, "accentT"),
        (role.ToolTipBase, "surface"),
        (role.ToolTipText, "t1"),
        (role.Light, "line"),
        (role.Mid, "line2"),
        (role.Dark, "control"),
    ):
        made.setColor(target, color(token))
    for target in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, target, color("tdis"))
    return made
