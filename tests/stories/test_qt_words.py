"""What Qt says of itself in the window is Chinese, too."""

import pytest

from clerk.ui.widgets import SearchBox

pytestmark = pytest.mark.own_window


def test_the_menu_of_a_line_that_is_typed_into_is_chinese(counter):
    line = counter.station.window.findChild(SearchBox).editor

    menu = line.createStandardContextMenu()

    words = " ".join(action.text() for action in menu.actions())
    assert "粘贴" in words
    assert "Paste" not in words
