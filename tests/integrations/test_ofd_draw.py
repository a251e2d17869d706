"""What the picture of an OFD page shows of lines and colours, point by point."""

import pytest

from integrations.certificate_files.ofd_paths import outline_of
from tests.integrations.ofd_files import filled, path, rectangle
from tests.integrations.ofd_seen import BLACK, BLOCKS, BLUE, FONT, GREEN, RED, WHITE, near, shown


def test_a_filled_rectangle_lies_where_the_file_says():
    seen = shown(filled(rectangle(0, 0, 20, 10), "255 0 0", boundary="30 40 20 10"))

    assert seen.ink() == (30, 40, 50, 50)
    assert seen.at(40, 45) == RED
    assert seen.image.size == (400, 400)
    assert seen.undrawn == ()


def test_nothing_is_seen_outside_of_the_objects_box():
    seen = shown(filled(rectangle(-10, -10, 90, 90), "0 0 255", boundary="30 40 20 10"))

    assert seen.ink() == (30, 40, 50, 50)


def test_a_box_may_reach_to_the_left_of_its_place():
    """Makers write what stands right-aligned with a negative width."""
    seen = shown(filled(rectangle(-90, 0, 0, 10), "0 0 0", boundary="50 40 -20 10"))

    assert seen.ink() == (30, 40, 50, 50)


def test_a_matrix_moves_turns_and_enlarges():
    quarter = 'CTM="0 2 -2 0 60 0"'  # twice as large, a quarter to the right

    seen = shown(filled(rectangle(0, 0, 10, 5), "0 0 0", words=quarter))

    assert seen.ink() == (50, 0, 60, 20)


@pytest.mark.parametrize(
    ("rule", "middle"), [("NonZero", BLACK), ("Even-Odd", WHITE), ("even-odd", WHITE)]
)
def test_the_fill_rule_decides_about_the_hole(rule, middle):
    data = f"{rectangle(10, 10, 50, 50)} {rectangle(20, 20, 40, 40)}"

    seen = shown(filled(data, "0 0 0", words=f'Rule="{rule}"'))

    assert seen.at(30, 30) == middle
    assert seen.at(15, 15) == BLACK


def test_arcs_are_those_of_ellipses():
    half = "M 10 50 A 40 20 0 0 1 90 50 C"

    seen = shown(filled(half, "0 0 0"))

    assert seen.ink() == (10, 30, 90, 50)
    # On the ellipse itself: at half the width, sin 60° of the height.
    assert seen.at(70, 50 - 20 * 0.85) == BLACK
    assert seen.at(70, 50 - 20 * 0.89) == WHITE


@pytest.mark.parametrize(
    ("large", "clockwise", "box"),
    [
        (0, 1, (40, 12.7, 60, 20.3)),
        (1, 1, (30, 0, 70, 20)),
        (0, 0, (40, 20, 60, 22.7)),
        (1, 0, (30, 20, 70, 57.3)),
    ],
)
def test_the_flags_choose_one_of_four_arcs(large, clockwise, box):
    """Two circles of radius 20 go through both points; each has a short and a long arc."""
    data = f"M 40 20 A 20 20 0 {large} {clockwise} 60 20 C"

    left, top, right, bottom = shown(filled(data, "0 0 0")).ink()

    assert (left, right) == (box[0], box[2])
    assert (top < 20, bottom > 20.5) == (bool(clockwise), not clockwise)


def test_curves_and_glued_numbers_are_read():
    assert outline_of("M0,0L10-5Q 20 0 30-5B1 2 3 4 5 6C")[:2] == [
        ("m", (0.0, 0.0)),
        ("l", (10.0, -5.0)),
    ]
    with pytest.raises(ValueError, match="X"):
        outline_of("M 0 0 X 1 1")


def test_strokes_have_width_dashes_and_caps():
    dashed = path("M 10 20 L 90 20", words='LineWidth="2" DashPattern="10 10"')
    square = path("M 20 40 L 80 40", words='LineWidth="10" Cap="Square"')

    seen = shown(dashed + square)

    assert [seen.at(x, 20) for x in (15, 25, 35, 45)] == [BLACK, WHITE, BLACK, WHITE]
    assert seen.at(15.5, 40) == BLACK
    assert seen.at(14.5, 40) == WHITE


def test_a_line_on_the_edge_of_its_box_is_seen_whole():
    seen = shown(path("M 0 0 L 50 0", boundary="10 10 50 0", words='LineWidth="1"'))

    assert seen.ink() == (10, 9.5, 60, 10.5)


def test_clips_leave_what_all_of_them_leave():
    def clip(*areas: str) -> str:
        inside = "".join(f"<ofd:Area>{area}</ofd:Area>" for area in areas)
        return f"<ofd:Clip>{inside}</ofd:Clip>"

    def shape(*sides: float) -> str:
        data = f"<ofd:AbbreviatedData>{rectangle(*sides)}</ofd:AbbreviatedData>"
        return f'<ofd:Path Boundary="0 0 100 100">{data}</ofd:Path>'

    two = clip(shape(10, 10, 30, 30), shape(60, 10, 80, 30)) + clip(shape(0, 0, 100, 20))

    seen = shown(filled(rectangle(0, 0, 100, 100), "0 0 0", inside=f"<ofd:Clips>{two}</ofd:Clips>"))

    assert [seen.at(x, y) for x, y in ((20, 15), (70, 15), (45, 15), (20, 25))] == [
        BLACK,
        BLACK,
        WHITE,
        WHITE,
    ]


def test_letters_can_be_the_clip():
    words = '<ofd:Text Boundary="20 20 40 40" Font="5" Size="20"><ofd:TextCode X="0" Y="20">A</ofd:TextCode></ofd:Text>'
    clips = f"<ofd:Clips><ofd:Clip><ofd:Area>{words}</ofd:Area></ofd:Clip></ofd:Clips>"

    seen = shown(
        filled(rectangle(0, 0, 100, 100), "255 0 0", inside=clips), resources=FONT, more=BLOCKS
    )

    assert seen.ink() == (20, 20, 40, 40)


@pytest.mark.parametrize(
    ("space", "value", "wanted"),
    [
        ('Type="GRAY"', 'Value="128"', (128, 128, 128)),
        ('Type="RGB"', 'Value="0 255 0"', GREEN),
        ('Type="RGB"', 'Value="#00 #FF #00"', GREEN),
        ('Type="CMYK"', 'Value="0 255 255 0"', RED),
        ('Type="RGB" BitsPerComponent="4"', 'Value="0 0 15"', BLUE),
        ('Type="RGB"', 'Index="1"', BLUE),
        ('Type="RGB"', "", BLACK),
    ],
)
def test_colours_come_in_three_spaces_and_palettes(space, value, wanted):
    palette = "<ofd:Palette><ofd:CV>9 9 9</ofd:CV><ofd:CV>0 0 255</ofd:CV></ofd:Palette>"
    spaces = f'<ofd:ColorSpaces><ofd:ColorSpace ID="7" {space}>{palette}</ofd:ColorSpace></ofd:ColorSpaces>'
    colour = f'<ofd:FillColor ColorSpace="7" {value}/>'

    seen = shown(
        path(rectangle(0, 0, 50, 50), words='Fill="true" Stroke="false"', inside=colour),
        resources=spaces,
    )

    assert near(seen.at(25, 25), wanted, by=1)


def test_what_is_opaque_in_part_lets_through_what_is_below():
    below = filled(rectangle(0, 0, 60, 60), "255 0 0")
    above = filled(rectangle(0, 0, 30, 60), "0 0 255", words='Alpha="128"')

    seen = shown(below + above)

    assert near(seen.at(15, 30), (127, 0, 128), by=2)
    assert seen.at(45, 30) == RED


def gradient(kind: str, words: str, colours=("255 0 0", "0 0 255")) -> str:
    segments = "".join(
        f'<ofd:Segment><ofd:Color Value="{colour}"/></ofd:Segment>' for colour in colours
    )
    shade = f"<ofd:FillColor><ofd:{kind} {words}>{segments}</ofd:{kind}></ofd:FillColor>"
    return path(rectangle(0, 0, 100, 100), words='Fill="true" Stroke="false"', inside=shade)


def test_an_axial_gradient_runs_from_colour_to_colour():
    seen = shown(
        gradient(
            "AxialShd",
            'StartPoint="20 0" EndPoint="80 0" Extend="2"',
            ("255 0 0", "0 255 0", "0 0 255"),
        )
    )

    assert near(seen.at(21, 50), RED)
    assert near(seen.at(50, 50), GREEN)
    assert near(seen.at(35, 50), (128, 128, 0))
    assert near(seen.at(95, 50), BLUE), "it goes on beyond its end"
    assert seen.at(10, 50) == WHITE, "and not before its start"


def test_a_mirrored_gradient_comes_and_goes():
    seen = shown(
        gradient("AxialShd", 'StartPoint="0 0" EndPoint="80 0" MapType="Reflect" MapUnit="20"')
    )

    assert near(seen.at(0.3, 50), RED)
    assert near(seen.at(20, 50), BLUE)
    assert near(seen.at(40, 45), RED)
    assert near(seen.at(30, 50), (128, 0, 128))


def test_a_radial_gradient_of_ellipses():
    seen = shown(
        gradient(
            "RadialShd",
            'StartPoint="50 50" EndPoint="50 50" StartRadius="0" EndRadius="40" Eccentricity="0.866"',
        )
    )

    assert near(seen.at(50, 50), RED)
    assert near(seen.at(88, 50), BLUE, by=20)
    assert near(seen.at(50, 69), BLUE, by=20), "half as high as it is wide"
    assert seen.at(50, 75) == WHITE


def test_triangles_mix_the_colours_of_their_corners():
    corners = "".join(
        f'<ofd:Point X="{x}" Y="{y}"><ofd:Color Value="{colour}"/></ofd:Point>'
        for x, y, colour in ((0, 0, "255 0 0"), (90, 0, "0 255 0"), (0, 90, "0 0 255"))
    )
    shade = f"<ofd:FillColor><ofd:GouraudShd>{corners}</ofd:GouraudShd></ofd:FillColor>"

    seen = shown(path(rectangle(0, 0, 100, 100), words='Fill="true"', inside=shade))

    assert near(seen.at(30, 30), (85, 85, 85))
    assert seen.at(80, 80) == WHITE


@pytest.mark.parametrize(
    ("start", "red", "white"), [("Object", (24, 34), (29, 39)), ("Page", (32, 42), (26, 36))]
)
def test_a_pattern_repeats_its_cell(start, red, white):
    cell = filled(rectangle(0, 0, 5, 5), "255 0 0", boundary="0 0 5 5")
    colour = (
        f'<ofd:FillColor><ofd:Pattern Width="5" Height="5" XStep="10" RelativeTo="{start}">'
        f"<ofd:CellContent>{cell}</ofd:CellContent></ofd:Pattern></ofd:FillColor>"
    )
    words = 'Fill="true" Stroke="false"'

    seen = shown(path(rectangle(0, 0, 40, 40), boundary="23 20 40 40", words=words, inside=colour))

    assert {seen.at(x, 22) for x in red} == {RED}
    assert {seen.at(x, 22) for x in white} == {WHITE}
    assert seen.ink()[1::2] == (20, 60)


def test_drawing_parameters_are_inherited_and_covered_by_what_is_nearer():
    resources = (
        '<ofd:DrawParams><ofd:DrawParam ID="7" LineWidth="10"><ofd:StrokeColor Value="255 0 0"/>'
        '</ofd:DrawParam><ofd:DrawParam ID="8" Relative="7"><ofd:FillColor Value="0 0 255"/>'
        "</ofd:DrawParam></ofd:DrawParams>"
    )
    inherits = path("M 10 20 L 90 20", words='DrawParam="8"')
    covers = path(
        rectangle(20, 50, 80, 80),
        words='DrawParam="8" Fill="true" LineWidth="2"',
        inside='<ofd:StrokeColor Value="0 255 0"/>',
    )
    layer = f'<ofd:Layer ID="2" DrawParam="7">{path("M 10 40 L 90 40")}</ofd:Layer>'

    seen = shown(f'<ofd:Layer ID="3">{inherits}{covers}</ofd:Layer>{layer}', resources=resources)

    assert (seen.at(50, 16), seen.at(50, 36)) == (RED, RED)
    assert (seen.at(50, 65), seen.at(50, 50), seen.at(50, 52)) == (BLUE, GREEN, BLUE)


def test_parameters_that_are_nowhere_are_told_and_the_usual_ones_taken():
    seen = shown(path("M 10 50 L 90 50", words='DrawParam="8" LineWidth="2"'))

    assert seen.at(50, 50) == BLACK
    assert seen.undrawn == ("文件中缺少的绘制参数（按常规显示）",)
