"""The applicant reads the very page and signs below it, by pen, finger or mouse, or does not."""

import json
import os
import subprocess
import sys

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from clerk.domain.handwriting import FULL_PRESSURE, MOST_POINTS, PageChanged
from clerk.ui.asked_to_sign import Signing
from clerk.ui.signing import SigningDialog
from clerk.ui.signing_pad import SigningPad
from clerk.ui.widgets import Label, open_dialog
from clerk.ui.widgets.dialog import close_dialogs
from tests.ui.examples import SmallCounter
from tests.ui.pens import WAVE, by_finger, by_mouse, by_pen, read_to_the_end
from tests.ui.signing_world import PAGE

# The pad ----------------------------------------------------------------------


@pytest.fixture
def pad(on_screen):
    made = SigningPad()
    made.resize(500, 180)
    return on_screen(made)


def test_the_mouse_writes_where_it_goes_and_time_runs_on(pad, qtbot):
    by_mouse(qtbot, pad)

    (stroke,) = pad.strokes()
    assert len(stroke) == len(WAVE)
    times = [point.ms for point in stroke]
    assert times == sorted(times)
    assert times[0] == 0
    per_pixel = 2540 / pad._dpi()
    assert stroke[-1].x == pytest.approx(WAVE[-1].x() * per_pixel, abs=1)
    assert stroke[-1].y == pytest.approx(WAVE[-1].y() * per_pixel, abs=1)


def test_a_pen_is_pressed_and_a_resting_hand_writes_nothing(pad):
    by_pen(pad)
    by_finger(pad)

    (stroke,) = pad.strokes()
    assert [stroke[0].pressure, stroke[-1].pressure] == [0, round(FULL_PRESSURE * 18 / 19)]


def test_a_finger_writes_where_there_is_no_pen(pad):
    by_finger(pad)

    assert len(pad.strokes()[0]) == len(WAVE) - 1


def test_a_stroke_is_taken_back_and_all_of_them(pad, qtbot):
    by_mouse(qtbot, pad)
    by_mouse(qtbot, pad)

    pad.undo()
    assert len(pad.strokes()) == 1
    pad.wipe()

    assert pad.is_empty()
    image = pad.grab().toImage()
    assert image.pixelColor(WAVE[3]).lightness() > 200


def test_a_hand_that_never_stops_fills_no_memory(pad):
    pad._strokes, pad._points = [[]], MOST_POINTS
    by_pen(pad)

    assert sum(map(len, pad.strokes())) == 0


# The window -------------------------------------------------------------------


class Asked:
    """A signing that notes what follows."""

    def __init__(self, counter: SmallCounter) -> None:
        self.desk = counter.signing
        self.here = counter.here
        self.followed: list[object] = []
        self.said: list[str] = []

    def signing(self) -> Signing:
        return Signing(
            title="一次性告知书",
            signer="张示例",
            pages=self.desk.shown,
            keep=self.desk.keep,
            take=self.followed.append,
            refused=lambda: self.followed.append("refused"),
            on_paper=lambda: self.followed.append("on paper"),
        )


@pytest.fixture
def asked(counter):
    return Asked(counter)


@pytest.fixture
def host(on_screen):
    made = QWidget()
    made.resize(1366, 720)
    return on_screen(made)


@pytest.fixture
def begin(asked, host, jobs, qtbot):
    """Open the window and wait until the pages are shown."""

    def begun(**given) -> SigningDialog:
        made = SigningDialog(
            asked.signing(), jobs, asked.here, host, say=asked.said.append, **given
        )
        open_dialog(host, made)
        qtbot.waitUntil(lambda: made.sheet.on.isEnabled() or made.sheet.finished.isEnabled())
        return made

    return begun


def test_the_pen_opens_only_behind_the_end_of_the_last_page(begin, hands):
    dialog = begin(find_screen=lambda _: None)
    sheet = dialog.sheet

    assert not sheet.finished.isEnabled()
    assert not sheet.pad.isVisible()
    assert dialog.stage.text() == "正在看第 1 页，共 2 页"
    read_to_the_end(dialog, hands)

    assert sheet.pad.isVisible()
    assert not sheet.sign.isEnabled(), "nothing is written yet"
    assert dialog.stage.text() == "已看完，等签字"


def test_what_was_written_is_bound_to_the_page_that_was_shown(begin, asked, hands, qtbot):
    dialog = begin(find_screen=lambda _: None)
    read_to_the_end(dialog, hands)

    by_pen(dialog.sheet.pad)
    hands.click(dialog.sheet.sign)
    qtbot.waitUntil(lambda: bool(asked.followed))

    (hand,) = asked.desk.kept
    assert asked.followed == [hand]
    assert (hand.page_sha256, hand.signer, hand.signed_at) == (PAGE, "张示例", asked.here.now())
    assert dialog.sheet.pad.is_empty(), "nothing stays for the next one to see"
    assert not dialog.sheet.view.has_pages()


@pytest.mark.parametrize("way", ["escape", "refuse", "ink", "leave"])
def test_whatever_else_ends_it_leaves_nothing(begin, asked, hands, host, qtbot, way):
    dialog = begin(find_screen=lambda _: None)
    read_to_the_end(dialog, hands)
    by_mouse(qtbot, dialog.sheet.pad)
    closed = []
    dialog.closed.connect(lambda: closed.append(way))

    match way:
        case "escape":
            qtbot.keyClick(dialog.sheet.pad, Qt.Key.Key_Escape)
        case "refuse":
            hands.click(dialog.sheet.decline)
        case "ink":
            hands.click(dialog.wet)
        case "leave":
            close_dialogs(host)
    qtbot.waitUntil(lambda: bool(closed))

    assert asked.desk.kept == []
    assert asked.followed == {"refuse": ["refused"], "ink": ["on paper"]}.get(way, [])
    assert asked.said == []


def test_when_nobody_does_anything_it_ends_and_says_so(asked, host, jobs, qtbot):
    dialog = SigningDialog(
        asked.signing(), jobs, asked.here, host, say=asked.said.append, idle_ms=1
    )

    open_dialog(host, dialog)
    qtbot.waitUntil(lambda: bool(asked.said))

    assert asked.said[0].endswith("什么都没有留下")
    assert asked.followed == []


def test_a_page_that_changed_is_shown_again_and_signed_again(begin, asked, hands, qtbot):
    dialog = begin(find_screen=lambda _: None)
    read_to_the_end(dialog, hands)
    by_pen(dialog.sheet.pad)
    asked.desk.trouble = PageChanged(
        "签字后文书内容变了，这次签名没有用上。请申请人看过新的一页再签"
    )
    asked.desk.page_sha256 = "6f" * 32

    hands.click(dialog.sheet.sign)
    qtbot.waitUntil(lambda: dialog.sheet.on.isVisible() and dialog.sheet.on.isEnabled())

    assert "没有用上" in dialog.sheet.notice.text()
    assert dialog.sheet.pad.is_empty()
    asked.desk.trouble = None
    read_to_the_end(dialog, hands)
    by_pen(dialog.sheet.pad)
    hands.click(dialog.sheet.sign)
    qtbot.waitUntil(lambda: bool(asked.followed))
    assert asked.desk.kept[0].page_sha256 == "6f" * 32


def test_a_mere_touch_is_no_signature_and_may_be_written_again(begin, asked, hands, qtbot):
    dialog = begin(find_screen=lambda _: None)
    read_to_the_end(dialog, hands)
    hands.click(dialog.sheet.pad)

    hands.click(dialog.sheet.sign)
    qtbot.waitUntil(lambda: bool(dialog.sheet.notice.text()))

    assert dialog.sheet.notice.text().startswith("只碰了一下")
    assert asked.desk.kept == []
    assert dialog.sheet.sign.isEnabled()


def test_the_second_screen_has_the_page_alone_and_is_wiped_with_the_lock(begin, host, hands, qtbot):
    dialog = begin(find_screen=lambda window: window.screen())
    second = dialog.second
    assert second.isVisible()
    assert second.isWindow()
    assert dialog.sheet.window() is second
    read_to_the_end(dialog, hands)
    by_pen(dialog.sheet.pad)

    assert dialog.stage.text() == "正在签字"
    close_dialogs(host)

    assert not second.isVisible()
    assert dialog.sheet.pad.is_empty()


def test_with_two_screens_the_page_fills_the_other_one(tmp_path):
    """Qt takes made-up screens from a file, so a real second one is told from the first."""
    screens = [
        {"name": name, "x": x, "y": 0, "width": width, "height": 1024, "logicalDpi": 96, "dpr": 1}
        for name, x, width in (("clerk", 0, 1440), ("applicant", 1440, 1280))
    ]
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": screens}))

    told = subprocess.run(
        [sys.executable, "-m", "tests.ui.two_screens"],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
        capture_output=True,
        check=True,
    )

    found = json.loads(told.stdout)
    assert found == {"screens": ["clerk", "applicant"], "at": [1440, 0, 1280, 1024]}


def test_with_one_screen_it_says_that_this_one_is_to_be_turned_round(begin):
    dialog = begin(find_screen=lambda _: None)

    said = [one for one in dialog.findChildren(Label) if "没有第二块屏" in one.text()]
    assert [one.isVisible() for one in said] == [True]
