"""What the picture of an OFD page shows of its letters: whose outlines, where, and what nobody has."""

import io

import pytest
from fontTools.ttLib import TTFont

from integrations.certificate_files.glyph_faces import Face
from integrations.certificate_files.ofd_text import deltas
from tests.integrations.ofd_files import block_font, keyed_font, text
from tests.integrations.ofd_seen import BLACK, BLOCKS, FONT, RED, WHITE, shown


@pytest.mark.parametrize("cff", [False, True])
def test_an_embedded_font_is_drawn_from_its_own_outlines(cff):
    code = '<ofd:TextCode X="10" Y="30" DeltaX="20">AB</ofd:TextCode>'

    seen = shown(
        text(code, words='Size="10"'),
        resources=FONT,
        more={"Doc_0/Res/a.ttf": block_font(cff=cff)},
    )

    assert seen.undrawn == ()
    assert seen.at(15, 21) == BLACK
    assert seen.at(35, 21) == WHITE
    assert seen.at(35, 29) == BLACK
    assert seen.ink() == (10, 20, 40, 30)


def test_glyphs_are_taken_by_their_numbers_where_the_file_tells_them():
    """A font cut down by its maker often has no characters any more, only glyphs."""
    changed = (
        '<ofd:CGTransform CodePosition="1" CodeCount="2" GlyphCount="2">'
        "<ofd:Glyphs>2 1</ofd:Glyphs></ofd:CGTransform>"
    )
    code = '<ofd:TextCode X="0" Y="30" DeltaX="g 2 20">A中国</ofd:TextCode>'

    seen = shown(text(code, words='Size="10"', inside=changed), resources=FONT, more=BLOCKS)

    assert [seen.at(x, 21) for x in (5, 25, 45)] == [BLACK, WHITE, BLACK]
    assert [seen.at(x, 29) for x in (5, 25, 45)] == [BLACK, BLACK, BLACK]
    assert seen.undrawn == ()


def test_what_the_embedded_font_lacks_comes_from_another_and_what_nobody_has_is_told():
    code = '<ofd:TextCode X="10" Y="30">A中\ue123</ofd:TextCode>'

    seen = shown(text(code, words='Size="20"'), resources=FONT, more=BLOCKS)

    assert seen.undrawn == ("没有字形的文字“\ufffd”",)
    assert seen.ink()[2] > 45


@pytest.mark.parametrize("font", [b"no font at all", block_font()[:300], None])
def test_a_font_that_cannot_be_read_is_told_and_another_one_taken(font):
    changed = '<ofd:CGTransform CodePosition="0"><ofd:Glyphs>1</ofd:Glyphs></ofd:CGTransform>'
    code = '<ofd:TextCode X="10" Y="30">国</ofd:TextCode>'

    seen = shown(
        text(code, words='Size="20"', inside=changed),
        resources=FONT,
        more={} if font is None else {"Doc_0/Res/a.ttf": font},
    )

    assert seen.undrawn == ("读不出的内嵌字体（已换字体）",)
    assert seen.ink()[0] > 10
    assert seen.ink()[2] < 30


def test_a_glyph_that_the_font_has_not_is_taken_by_its_character():
    changed = '<ofd:CGTransform CodePosition="0"><ofd:Glyphs>999</ofd:Glyphs></ofd:CGTransform>'

    seen = shown(
        text('<ofd:TextCode X="10" Y="30">国</ofd:TextCode>', words='Size="20"', inside=changed),
        resources=FONT,
        more=BLOCKS,
    )

    assert seen.undrawn == ("读不出的内嵌字体（已换字体）",)
    assert seen.ink()[2] < 30


def test_fonts_are_read_as_makers_cut_them_down():
    """Bare CFF out of a PDF, no map of characters, a glyph put together from another one."""
    whole = TTFont(io.BytesIO(block_font(cff=True)))
    bare = Face(whole.reader["CFF "])
    unmapped = Face(block_font(mapped=False))

    assert (bare.glyph("B"), bare.outline(2)) == (2, Face(block_font(cff=True)).outline(2))
    assert (unmapped.glyph("A"), len(unmapped.outline(1))) == (None, 5)
    assert Face(block_font(joined=True)).outline(2) == unmapped.outline(1)


def test_glyphs_of_bare_cff_are_called_by_their_character_ids():
    """As PDF keeps them; makers of OFD take them over with the font."""
    face = Face(keyed_font({"A": 57, "B": 300}))

    assert [face.numbered(number) for number in (0, 57, 300, 2)] == [0, 1, 2, None]
    assert face.outline(2)[1] == ("l", (0, 500))


def test_distances_may_be_grouped():
    assert deltas("g 3 4.5 2 g 1 -1") == [4.5, 4.5, 4.5, 2.0, -1.0]
    with pytest.raises(ValueError, match="unpack"):
        deltas("g 3")


def test_letters_stand_upright_turned_narrow_and_below_each_other():
    narrow = text('<ofd:TextCode X="10" Y="30">A</ofd:TextCode>', words='Size="10" HScale="0.5"')
    turned = text(
        '<ofd:TextCode X="50" Y="30">B</ofd:TextCode>', words='Size="10" CharDirection="90"'
    )
    column = text(
        '<ofd:TextCode X="80" Y="20" DeltaY="g 1 30">BB</ofd:TextCode>', words='Size="10"'
    )

    seen = shown(narrow + turned + column, resources=FONT, more=BLOCKS)

    assert (seen.at(14, 25), seen.at(16, 25)) == (BLACK, WHITE)
    assert (seen.at(54, 35), seen.at(56, 35)) == (BLACK, WHITE)
    assert [seen.at(85, y) for y in (18, 30, 48)] == [BLACK, WHITE, BLACK]


def test_letters_are_stroked_and_made_bold():
    stroked = text(
        '<ofd:TextCode X="10" Y="30">A</ofd:TextCode>',
        words='Size="10" Fill="false" Stroke="true" LineWidth="2"',
        inside='<ofd:StrokeColor Value="255 0 0"/>',
    )
    bold = text('<ofd:TextCode X="50" Y="30">A</ofd:TextCode>', words='Size="28" Weight="700"')

    seen = shown(stroked + bold, resources=FONT, more=BLOCKS)

    assert (seen.at(10, 25), seen.at(15, 25)) == (RED, WHITE)
    assert seen.at(49.7, 20) == BLACK, "half of a 28th beyond its side"
