"""Keys that come before the page has come."""

import pytest

pytestmark = pytest.mark.own_window(signed_in=False)


def test_a_dialog_that_is_quicker_than_the_page_keeps_the_keys(counter):
    counter.enter()
    counter.press("Ctrl+K")

    counter.until(lambda: counter.floor.shell.page() is not None)
    counter.type("日终")

    assert counter.dialog() == "找功能"
    assert counter.typed() == "日终"
    counter.press("Esc")
    counter.until(lambda: counter.focus_name().startswith("先办这些"))
