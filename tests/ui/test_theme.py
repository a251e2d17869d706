import pytest
from PyQt6.QtGui import QColor, QFont, QPalette

from clerk import assets
from clerk.ui import icons, theme, tokens
from clerk.ui.chips import CHIP_LOOKS, Source
from clerk.ui.rail import Place

THEMES = {"light": tokens.LIGHT, "dark": tokens.DARK}


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one, other):
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read_on_its_ground(name):
    """WCAG 2.2, 1.4.3: at least 4.5."""
    colours = THEMES[name]
    too_pale = {
        pair: round(_contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair in tokens.TEXT_PAIRS
        if _contrast(colours[pair[0]], colours[pair[1]]) < 4.5
    }
    assert not too_pale
    assert len(tokens.TEXT_PAIRS) >= 38


@pytest.mark.parametrize("name", THEMES)
def test_every_edge_that_matters_can_be_seen(name):
    """WCAG 2.2, 1.4.11: at least 3."""
    colours = THEMES[name]
    for edge, ground in tokens.EDGE_PAIRS:
        assert _contrast(colours[edge], colours[ground]) >= 3, (edge, ground)


def test_every_chip_uses_a_pair_that_was_computed():
    for kind, look in CHIP_LOOKS.items():
        ground = look.ground or "surface"
        assert (look.tone, ground) in tokens.TEXT_PAIRS, kind


def test_both_themes_name_the_same_colours():
    assert tokens.LIGHT.keys() == tokens.DARK.keys()


def test_a_change_of_theme_and_size_reaches_palette_and_fonts(qapp):
    theme.apply(qapp, theme.Scheme.DARK, theme.Scale.EXTRA)
    dark = qapp.palette().color(QPalette.ColorRole.Window).name().upper()
    size, bar = theme.font(14).pixelSize(), theme.px(28)
    theme.apply(qapp)

    assert dark == tokens.DARK["window"]
    assert (size, bar) == (18, 36)
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == tokens.LIGHT["window"]
    assert theme.font(14).pixelSize() == 14


@pytest.mark.usefixtures("qapp")
def test_digits_have_one_width():
    assert theme.font(14).featureValue(QFont.Tag("tnum")) == 1


def test_every_icon_the_kit_names_is_shipped_with_its_licence():
    shipped = set(assets.names("resources", "icons"))
    named = {look.icon for look in CHIP_LOOKS.values() if look.icon not in {"", "dot"}}
    named |= {source.icon for source in Source} | {place.icon for place in Place}

    assert {f"icons/{name}.svg" for name in named} <= shipped
    assert "ISC" in assets.read_text("resources", "icons/LICENSE")


@pytest.mark.usefixtures("qapp")
def test_an_icon_is_drawn_in_the_colour_asked_for():
    """QtSvg alone would draw it black."""
    image = icons.pixmap("check", 16, "ok").toImage()
    wanted = QColor(theme.spelled("ok"))
    opaque = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 250
    ]

    assert opaque
    assert all(abs(pixel.green() - wanted.green()) < 8 for pixel in opaque)
