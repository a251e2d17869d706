"""The number of a material stands in full, also from the tenth on."""

from datetime import date

from PyQt6.QtGui import QFontMetrics

from clerk.ui import theme
from clerk.ui.intake_materials import MaterialsCard

TODAY = date(2026, 3, 18)


def test_the_number_of_the_tenth_material_is_not_cut_off(on_screen):
    card = on_screen(MaterialsCard(lambda: TODAY))

    room = card.table.columnWidth(0) - theme.px(14) - theme.px(10)

    assert QFontMetrics(theme.font(12)).horizontalAdvance("10") <= room
