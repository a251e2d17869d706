"""The one viewer for pages: turned and sized by keys, marks, trouble said in place."""

from threading import Event

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.errors import PaperTrouble
from clerk.domain.issued import PageImage
from clerk.jobs import Lane
from clerk.ui.widgets.page_view import Fit, PageMark, PageView
from tests.ui.example_values import page_picture


@pytest.fixture
def viewer(jobs, on_screen, qtbot):
    made = PageView(jobs, name="受理通知书")
    made.resize(700, 600)
    on_screen(made)
    mark = PageMark(page=1, left=0.1, top=0.5, width=0.2, height=0.05, name="办结期限")
    made.load(lambda: [page_picture(), page_picture(), page_picture()], marks=[mark])
    qtbot.waitUntil(made.has_pages)
    made.canvas.setFocus()
    return made


def test_pages_come_while_another_paper_is_drawn(jobs, on_screen, qtbot):
    drawn = Event()
    made = PageView(jobs, name="受理通知书")
    on_screen(made)
    jobs.run(Lane.PAPER, drawn.wait, owner=made, then=lambda _: None, failed=lambda _: None)

    made.load(lambda: [page_picture()])

    qtbot.waitUntil(made.has_pages)
    drawn.set()


def test_pages_to_look_at_stand_until_those_of_the_file_are_there(jobs, on_screen, qtbot):
    """Where they are the same, nobody who has turned a page is brought back to the first."""
    drawn, before = Event(), [page_picture(), page_picture("二")]
    made = PageView(jobs, name="受理通知书")
    on_screen(made)

    def pages() -> list[PageImage]:
        drawn.wait()
        return before

    made.load(pages, before=lambda: before)
    qtbot.waitUntil(made.has_pages)
    made.canvas.go_to_page(1)
    with qtbot.waitSignal(made.loaded):
        drawn.set()
    assert made.canvas.page() == 1

    made.load(lambda: [page_picture("三")], before=lambda: before)
    qtbot.waitUntil(lambda: made.canvas.count() == 1)


def test_page_keys_turn_and_the_name_says_which_page(viewer, hands):
    hands.press(Qt.Key.Key_PageDown)
    assert viewer.canvas.accessibleName() == "受理通知书，第 2 页，共 3 页"
    hands.press(Qt.Key.Key_End)
    assert viewer.canvas.page() == 2
    hands.press(Qt.Key.Key_PageUp)
    assert viewer.canvas.page() == 1


def test_page_down_shows_the_rest_of_a_tall_page_before_the_next(viewer, hands):
    viewer.canvas.set_fit(Fit.WIDTH)

    hands.press(Qt.Key.Key_PageDown)
    assert viewer.canvas.page() == 0
    assert viewer.canvas.rect_of(0).bottom() <= viewer.canvas.height()

    hands.press(Qt.Key.Key_PageDown)
    assert viewer.canvas.page() == 1


def test_ctrl_plus_minus_and_0_change_the_size_while_the_pages_have_the_focus(viewer, hands):
    before = viewer.canvas.zoom()

    hands.press(Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert viewer.canvas.zoom() > before
    assert viewer.canvas.fit() is Fit.FREE
    hands.press(Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    hands.press(Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert viewer.canvas.zoom() < before
    hands.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert viewer.canvas.fit() is Fit.PAGE
    assert viewer.canvas.zoom() == before


def test_words_stand_in_for_pages_that_do_not_exist_until_pages_come(viewer):
    viewer.show_words("收的是纸质件")
    assert not viewer.has_pages()
    assert viewer.words.isVisible()
    assert viewer.canvas.accessibleName() == "受理通知书，收的是纸质件"

    viewer.show_pages([page_picture()])

    assert not viewer.words.isVisible()
    assert viewer.canvas.accessibleName() == "受理通知书，第 1 页，共 1 页"


def test_a_marked_value_is_brought_into_view_with_a_blue_ground(viewer, qtbot):
    assert viewer.canvas.show_mark("办结期限")
    assert not viewer.canvas.show_mark("没有的")

    viewer.canvas.show_mark("办结期限")
    place = viewer.canvas.rect_of(1)
    picture = viewer.canvas.grab().toImage()
    inside = picture.pixelColor(
        place.left() + round(0.2 * place.width()), place.top() + round(0.52 * place.height())
    )
    assert inside.name() == "#e7eefc"


def test_pages_that_cannot_be_had_are_said_and_asked_for_again(jobs, on_screen, qtbot):
    answers = [PaperTrouble("这份文书打不开，文件已存好。按 F5 再试"), None]

    def work():
        trouble = answers.pop(0)
        if trouble is not None:
            raise trouble
        return [page_picture()]

    view = on_screen(PageView(jobs))
    view.load(work)
    qtbot.waitUntil(lambda: "打不开" in view.notice.text())

    view.retry()

    qtbot.waitUntil(view.has_pages)
    assert view.notice.text() == ""


def test_an_answer_to_an_older_request_is_dropped(jobs, on_screen, qtbot):
    view = on_screen(PageView(jobs))
    view.load(lambda: [page_picture()] * 5)
    view.load(lambda: [page_picture()] * 2)

    qtbot.waitUntil(lambda: not any(jobs.pending().values()))

    assert view.canvas.count() == 2


def test_only_pages_near_the_view_are_held_unpacked(jobs, on_screen, hands, qtbot):
    view = PageView(jobs)
    view.resize(500, 600)
    on_screen(view)
    view.load(lambda: [page_picture()] * 9)
    qtbot.waitUntil(lambda: view.canvas.held() == {0, 1})
    view.canvas.setFocus()

    hands.press(Qt.Key.Key_End)
    qtbot.waitUntil(lambda: 8 in view.canvas.held())
    qtbot.waitUntil(lambda: not any(jobs.pending().values()))

    assert view.canvas.held() <= {6, 7, 8}
