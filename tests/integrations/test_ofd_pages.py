"""What the picture of an OFD page is made of, and what it owns up to not showing."""

import pytest
from asn1crypto import core
from PIL import Image

from integrations.certificate_files.guard import FileFlawed, Flaw
from integrations.certificate_files.ofd_draw import draw
from integrations.certificate_files.ofd_package import OfdPackage
from integrations.certificate_files.seal_picture import picture_in
from tests.integrations.ofd_files import (
    OfdFile,
    bilevel,
    filled,
    packed,
    path,
    picture,
    rectangle,
    text,
)
from tests.integrations.ofd_seen import (
    BLACK,
    BLOCKS,
    BLUE,
    DPI,
    FONT,
    GREEN,
    RED,
    WHITE,
    Seen,
    near,
    shown,
)


def test_templates_lie_below_or_above_what_stands_on_the_page():
    below, above = (
        filled(rectangle(0, 0, 60, 60), "255 0 0"),
        filled(rectangle(40, 0, 60, 60), "0 255 0"),
    )

    seen = shown(
        filled(rectangle(20, 0, 60, 60), "0 0 255"),
        templates=[("Foreground", above), ("", below)],
        used='<ofd:Template TemplateID="900"/><ofd:Template TemplateID="901"/>',
    )

    assert [seen.at(x, 30) for x in (10, 30, 50)] == [RED, BLUE, GREEN]


def test_blocks_lie_in_blocks_and_what_is_not_visible_is_not_drawn():
    hidden = filled(rectangle(0, 0, 50, 50), "0 0 0", words='Visible="false"')
    shape = filled(rectangle(50, 50, 60, 60), "0 0 0")

    seen = shown(
        f'<ofd:PageBlock ID="3"><ofd:PageBlock ID="4">{shape}{hidden}</ofd:PageBlock></ofd:PageBlock>'
    )

    assert seen.ink() == (50, 50, 60, 60)


def test_a_composite_object_is_one_thing():
    two = filled(rectangle(0, 0, 10, 10), "0 0 0") + filled(rectangle(5, 0, 15, 10), "0 0 0")
    shade = (
        '<ofd:FillColor><ofd:AxialShd StartPoint="0 0" EndPoint="30 0">'
        '<ofd:Segment><ofd:Color Value="255 0 0"/></ofd:Segment>'
        '<ofd:Segment><ofd:Color Value="0 0 255"/></ofd:Segment></ofd:AxialShd></ofd:FillColor>'
    )
    two += path(
        rectangle(0, 0, 30, 3),
        boundary="0 12 30 3",
        words='Fill="true" Stroke="false"',
        inside=shade,
    )
    resources = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7" Width="20" Height="10">'
        f"<ofd:Content>{two}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )

    seen = shown(
        '<ofd:CompositeObject ID="3" Boundary="10 10 80 40" CTM="2 0 0 2 0 0" ResourceID="7" Alpha="128"/>',
        resources=resources,
    )

    assert seen.ink() == (10, 10, 70, 40)
    assert near(seen.at(11, 37), (255, 128, 128)), "gradients begin where they should"
    assert near(seen.at(69, 37), (128, 128, 255))
    assert seen.at(15, 20) == seen.at(25, 20), "what overlaps inside is not darker"
    assert near(seen.at(15, 20), (127, 127, 127), by=2)


def media(number: int, name: str, words: str = "") -> str:
    return f'<ofd:MultiMedia ID="{number}" Type="Image" {words}><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>'


IMAGE = '<ofd:ImageObject ID="3" Boundary="20 30 40 20" ResourceID="7" {}/>'


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "TIFF"])
def test_pictures_of_every_kind_fill_their_box(kind):
    half = Image.new("RGB", (40, 20), RED)
    half.paste(BLUE, (0, 10, 40, 20))

    seen = shown(
        IMAGE.format('CTM="40 0 0 20 0 0"'),
        resources=f"<ofd:MultiMedias>{media(7, 'x.img')}</ofd:MultiMedias>",
        more={"Doc_0/Res/x.img": picture(half, kind)},
    )

    assert near(seen.at(40, 33), RED)
    assert near(seen.at(40, 47), BLUE)
    assert seen.ink() == (20, 30, 60, 50)
    assert seen.undrawn == ()


@pytest.mark.parametrize("content", [bilevel(), bilevel(in_sequence=False), bilevel()[13:]])
def test_jbig2_is_drawn_as_older_makers_write_it(content):
    seen = shown(
        IMAGE.format(""),
        resources=f"<ofd:MultiMedias>{media(7, 'x.jb2', 'Format=' + chr(34) + 'GBIG2' + chr(34))}</ofd:MultiMedias>",
        more={"Doc_0/Res/x.jb2": content},
    )

    assert seen.undrawn == ()
    assert (seen.at(25, 40), seen.at(55, 40)) == (BLACK, WHITE)


def test_a_mask_and_transparency_let_the_page_through():
    clear = Image.new("RGBA", (40, 20), (255, 0, 0, 255))
    clear.paste((0, 0, 0, 0), (0, 0, 10, 20))
    mask = Image.new("L", (40, 20), 255)
    mask.paste(0, (30, 0, 40, 20))

    seen = shown(
        IMAGE.format('ImageMask="8"'),
        resources=f"<ofd:MultiMedias>{media(7, 'x.png')}{media(8, 'm.png')}</ofd:MultiMedias>",
        more={"Doc_0/Res/x.png": picture(clear), "Doc_0/Res/m.png": picture(mask)},
    )

    assert [seen.at(x, 40) for x in (25, 40, 55)] == [WHITE, RED, WHITE]


@pytest.mark.parametrize(
    ("words", "content", "told"),
    [
        ('Format="GBIG2"', b"", "读不出的图片"),
        ("", b"\x97JB2\r\n\x1a\n", "读不出的图片"),
        ("", bilevel(cut=20), "读不出的图片"),
        ("", b"\x89PNG\r\n\x1a\nbroken", "读不出的图片"),
        ("", None, "文件中缺少的资源"),
        ("", picture(Image.new("1", (9000, 9000))), "过大的图片"),
    ],
)
def test_a_picture_that_is_not_shown_is_told(words, content, told):
    seen = shown(
        IMAGE.format("") + filled(rectangle(0, 0, 10, 10), "0 0 0"),
        resources=f"<ofd:MultiMedias>{media(7, 'x.img', words)}</ofd:MultiMedias>",
        more={} if content is None else {"Doc_0/Res/x.img": content},
    )

    assert seen.undrawn == (told,)
    assert seen.ink() == (0, 0, 10, 10)


def test_annotations_are_drawn_where_they_are_visible():
    def annotation(visible: str, left: int) -> str:
        shape = filled(rectangle(0, 0, 10, 10), "255 0 0")
        return (
            f'<ofd:Annot ID="1" Type="Stamp" {visible}>'
            f'<ofd:Appearance Boundary="{left} 10 10 10">{shape}</ofd:Appearance></ofd:Annot>'
        )

    seen = shown(
        filled(rectangle(0, 0, 100, 5), "0 0 0"),
        annotations=annotation('Visible="true"', 30) + annotation('Visible="false"', 60),
    )

    assert seen.at(35, 15) == RED
    assert seen.at(65, 15) == WHITE


class _Picture(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    _fields = [  # noqa: RUF012  asn1crypto's way
        ("type", core.IA5String),
        ("data", core.OctetString),
        ("width", core.Integer),
        ("height", core.Integer),
    ]


def seal(content, kind="png"):
    """Return the picture inside as much of a seal as has no bearing on it."""
    inner = _Picture({"type": kind, "data": content, "width": 40, "height": 40}).dump()
    head = core.IA5String("ES").dump() + core.Integer(4).dump()
    value = head + inner + core.BitString((1, 0, 1)).dump()
    for _ in range(3):
        value = b"\x30\x83" + len(value).to_bytes(3, "big") + value
    return value


STAMP = '<ofd:StampAnnot ID="s1" PageRef="1" Boundary="20 20 40 40" {}/>'


def test_a_seal_is_stamped_where_the_signature_says():
    look = Image.new("RGB", (40, 40), WHITE)
    look.paste(RED, (10, 10, 30, 30))

    seen = shown(
        filled(rectangle(0, 0, 100, 40), "0 255 0"),
        stamps=STAMP.format("") + STAMP.format("").replace('PageRef="1"', 'PageRef="2"'),
        seal=seal(picture(look)),
    )

    assert near(seen.at(40, 45), RED)
    assert near(seen.at(40, 35), BLACK), "ink over green lets no light through"
    assert near(seen.at(25, 35), GREEN), "its white covers nothing"


def test_a_seal_across_the_edges_of_pages_shows_its_part():
    """Each page of a straddle seal (骑缝章) shows a strip of it."""
    seen = shown(
        "",
        stamps=STAMP.format('Clip="10 0 10 40"'),
        seal=seal(picture(Image.new("RGB", (9, 9), RED))),
    )

    assert seen.ink() == (30, 20, 40, 60)


def test_a_seal_may_be_an_ofd_itself_but_shows_no_seals_of_its_own():
    inner = OfdFile(
        pages=[filled("M 20 0 A 20 20 0 0 1 20 40 A 20 20 0 0 1 20 0 C", "255 0 0")],
        area="0 0 40 40",
        stamps=STAMP.format(""),
        seal=seal(picture(Image.new("RGB", (9, 9), BLUE))),
    )

    seen = shown("", stamps=STAMP.format(""), seal=seal(inner.content(), "ofd"))

    assert seen.at(40, 40) == RED
    assert seen.ink() == (20, 20, 60, 60)
    assert seen.at(21, 21) == WHITE


@pytest.mark.parametrize("value", [b"", b"\x30\x82", b"\x00" * 50, seal(b"none of them")])
def test_a_seal_without_a_picture_is_told(value):
    seen = shown("", stamps=STAMP.format(""), seal=value)

    assert seen.undrawn == ("读不出的印章图样",)


def test_the_picture_of_a_seal_is_found_inside_a_signed_message():
    wrapped = core.OctetString(seal(b"look")).dump()

    assert picture_in(b"\x30\x82" + len(wrapped).to_bytes(2, "big") + wrapped) == b"look"
    assert picture_in(b"\x30\x80" * 5000) is None


def test_the_page_is_as_large_as_it_says_itself_or_the_document_or_a4():
    shape = filled(rectangle(10, 10, 20, 20), "0 0 0")

    own = shown(shape, page_area="10 10 50  30")
    none = shown(shape, area="broken")

    assert own.image.size == (200, 120)
    assert own.ink() == (0, 0, 10, 10)
    assert none.image.size == (840, 1188)


def test_pages_come_in_their_order():
    file = OfdFile(
        pages=[filled(rectangle(0, 0, 9, 9), colour) for colour in ("255 0 0", "0 0 255")]
    )
    package = OfdPackage(file.content())

    assert len(package.pages) == 2
    assert Seen(file, 2).at(5, 5) == BLUE
    with pytest.raises(FileFlawed) as refused:
        draw(package, 3, DPI)
    assert refused.value.flaw is Flaw.NO_SUCH_PAGE


def test_names_without_a_namespace_and_in_other_case_are_read():
    """No prefix, another namespace, attributes in small letters, hardly any part there."""
    bare: dict[str, bytes | str] = {
        "OFD.xml": "<OFD><DocBody><DocRoot>/Doc_0/Document.xml</DocRoot></DocBody></OFD>",
        "Doc_0/Document.xml": '<Document xmlns="urn:x"><Pages><Page ID="1" BaseLoc="/Doc_0/P.xml"/></Pages></Document>',
        "Doc_0/P.xml": (
            "<Page><Area><PhysicalBox> 0  0 100,100 </PhysicalBox></Area><Content><Layer>"
            '<PathObject boundary=" 10 10  20 20 " fill="True" stroke="FALSE"><FillColor value="255 0 0"/>'
            "<AbbreviatedData>M0 0 L20 0 L20 20 L0 20 C</AbbreviatedData></PathObject>"
            "</Layer></Content></Page>"
        ),
    }

    seen = Seen(packed(bare))

    assert seen.ink() == (10, 10, 30, 30)
    assert seen.at(20, 20) == RED


@pytest.mark.parametrize(
    "broken",
    [
        path("M 0 0 X 9 9"),
        path("M 0 0 L 9 9", boundary="0 0"),
        path("M 0 0 L nan 9", words='LineWidth="thick"'),
        path("M 0 0 L 9 9", words='CTM="1 0 0 1"'),
        text("<ofd:TextCode>A</ofd:TextCode>", words='Size="1e99"'),
    ],
)
def test_an_object_that_cannot_be_read_is_told_and_the_others_are_drawn(broken):
    seen = shown(broken + filled(rectangle(50, 50, 60, 60), "0 0 0"), resources=FONT, more=BLOCKS)

    assert seen.undrawn == ("写错的图元",)
    assert seen.ink() == (50, 50, 60, 60)


def test_what_holds_itself_ends():
    resources = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7"><ofd:Content>'
        '<ofd:CompositeObject ID="3" Boundary="0 0 9 9" ResourceID="7"/></ofd:Content>'
        "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
        '<ofd:DrawParams><ofd:DrawParam ID="8" Relative="8"/></ofd:DrawParams>'
    )

    seen = shown(
        '<ofd:CompositeObject ID="3" Boundary="0 0 9 9" ResourceID="7" DrawParam="8"/>',
        resources=resources,
    )

    assert seen.undrawn == ("嵌套过深的内容",)


def test_a_page_that_asks_for_too_much_is_refused():
    many = '<ofd:PathObject Visible="false"/>' * 3000
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7">'
        f"<ofd:Content>{many}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )

    with pytest.raises(FileFlawed) as full:
        shown('<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="7"/>' * 21, resources=unit)
    with pytest.raises(FileFlawed) as large:
        shown("", area="0 0 4000 4000")

    assert (full.value.flaw, large.value.flaw) == (Flaw.PAGE_TOO_FULL, Flaw.PAGE_TOO_LARGE)
