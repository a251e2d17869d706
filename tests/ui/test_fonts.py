"""The fonts that come with the program, and what is drawn when they do not have a character."""

from itertools import chain

import pytest
from fontTools.ttLib import TTFont
from PyQt6.QtGui import QFontInfo, QGlyphRun, QTextLayout

from clerk import assets
from clerk.ui import theme

CUT = "Counter Sans"
BY_HAND = "\t\n\r"


def characters_of(weight: str) -> set[int]:
    with TTFont(assets.path("resources", f"fonts/counter-sans-{weight}.otf"), lazy=True) as font:
        return set(font.getBestCmap())


def runs_of(text: str) -> list[QGlyphRun]:
    layout = QTextLayout(text, theme.font(14))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout.glyphRuns()


@pytest.mark.parametrize("bold", [False, True])
def test_the_window_is_written_in_the_font_that_comes_with_it(look, bold):
    info = QFontInfo(theme.font(14, bold))

    assert info.family() == CUT
    assert info.bold() is bold


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_the_cut_has_every_character_of_the_items(weight):
    has = characters_of(weight)
    names = [name for name in assets.names("resources", "standards") if name.endswith(".toml")]
    texts = [assets.read_text("resources", name) for name in names]

    missing = sorted(set(chain.from_iterable(texts)) - {*map(chr, has), *BY_HAND})

    assert missing == [], "cut the fonts again: python docs/cut_fonts.py"


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_the_cut_has_what_is_written_every_day(weight):
    has = characters_of(weight)

    assert {ord(letter) for letter in "张示例·阿依古丽〔2026〕１号，：“”…—±㎡①½éü"} - has == set()


def test_a_name_outside_the_cut_is_drawn_whole(look):
    """A character beyond the basic plane, a rare one within it, a middle dot between them."""
    runs = runs_of("𠮷·㑇王")

    families = {run.rawFont().familyName() for run in runs}
    assert CUT in families
    assert families != {CUT}
    assert all(glyph for run in runs for glyph in run.glyphIndexes())
