import pytest
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QColor, QPainter
from PyQt6.QtWidgets import QApplication, QVBoxLayout, QWidget

from clerk.domain.errors import RemoteUnavailable
from clerk.ui.chips import ChipKind, ChipSpec, DeadlineSpec, days_left, overdue
from clerk.ui.overriding import override
from clerk.ui.widgets import (
    Button,
    CaseTab,
    CaseTabs,
    Choice,
    Dialog,
    Field,
    Hit,
    Label,
    Notice,
    SearchBox,
    Source,
    Spinner,
    UndoStrip,
    open_dialog,
)
from clerk.ui.widgets.dialog import Scrim


@pytest.fixture
def stage(on_screen):
    """Put widgets into a window on the screen, the first with the focus."""
    window = QWidget()
    window.setObjectName("window")
    window.resize(800, 600)
    column = QVBoxLayout(window)
    on_screen(window)

    def _put(*widgets):
        for widget in widgets:
            column.addWidget(widget)
        QApplication.sendPostedEvents()
        assert window.isVisible()
        widgets[0].setFocus()
        return widgets[0] if len(widgets) == 1 else widgets

    return _put


def test_text_from_outside_is_never_markup(stage):
    label = stage(Label("<b>张示例</b>", elide=True))

    assert label.textFormat() is Qt.TextFormat.PlainText
    assert "<b>" not in label.toolTip()


def test_a_gap_is_committed_once_by_enter_and_the_next_gap_is_asked_for(hands, stage):
    field = stage(Field("经营面积", unit="平方米"))
    committed: list[object] = []
    asked: list[object] = []
    field.committed.connect(committed.append)
    field.next_gap.connect(lambda: asked.append(True))
    field.focus_editor()

    hands.type("46")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)

    assert committed == ["46"]
    assert len(asked) == 2


def test_leaving_a_field_commits_what_an_input_method_wrote(hands, stage):
    field, other = stage(Field("负责人"), Field("电话"))
    committed: list[object] = []
    field.committed.connect(committed.append)
    field.focus_editor()

    hands.compose("李样本")
    other.focus_editor()

    assert committed == ["李样本"]


def test_an_answer_that_arrives_late_never_overwrites_what_is_typed(hands, stage):
    field = stage(Field("经营场所"))
    field.focus_editor()
    hands.type("8")

    field.set_value("示例县云溪镇")

    assert field.value() == "8"


def test_a_known_field_says_where_it_comes_from_and_a_gap_that_it_is_one(stage):
    known, gap = stage(
        Field("负责人", known=True, source=Source.CARD), Field("经营面积", unit="平方米")
    )
    known.set_value("张示例")

    assert known.editor.accessibleName() == "负责人，张示例，来自身份证"
    assert gap.editor.accessibleName() == "经营面积，平方米，要补"
    assert known.source() is Source.CARD
    assert gap.source() is None


def test_an_error_keeps_what_was_typed_and_moves_nothing(stage):
    field = stage(Field("经营面积"))
    field.set_value("四十六")
    height = field.sizeHint().height()

    field.set_error("面积要填数字")

    assert field.value() == "四十六"
    assert field.shown_heading() == "面积要填数字"
    assert field.sizeHint().height() == height
    assert field.editor.accessibleName().endswith("面积要填数字")


def test_a_digit_answers_a_question(hands, stage):
    choice = stage(Choice(("销售", "餐饮服务", "单位食堂"), label="主体业态"))
    picked: list[object] = []
    choice.picked.connect(picked.append)

    hands.press(Qt.Key.Key_2)
    hands.press(Qt.Key.Key_9)
    hands.press(Qt.Key.Key_Right)

    assert picked == [1, 2]
    assert choice.accessibleName() == "主体业态，单位食堂"


def test_a_question_can_be_answered_by_mouse(hands, stage):
    choice = stage(Choice(("否", "是")))

    hands.click(choice, QPointF(choice.width() - 10, choice.height() / 2).toPoint())

    assert choice.chosen() == 1


def test_a_button_is_pressed_by_space_and_mouse_and_shows_its_words(hands, stage):
    button = stage(Button("打印&装订", key="Ctrl P"))
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))

    hands.press(Qt.Key.Key_Space)
    hands.click(button)

    assert len(pressed) == 2
    assert button.words() == "打印&装订"


def test_every_button_is_large_enough_to_hit():
    for kind in ("primary", "compact", "secondary", "quiet", "danger"):
        size = Button("撤回", kind=kind, small=True).sizeHint()
        assert min(size.width(), size.height()) >= 28


def test_trouble_says_what_is_safe_and_stays_until_resolved(stage):
    notice = stage(Notice())
    assert not notice.isVisible()

    notice.show_error(
        RemoteUnavailable("省证照库没有响应。草稿已存，可扫描纸质件", kind="x", sent="no")
    )
    assert notice.isVisible()
    assert "草稿已存" in notice.text()

    notice.clear()
    assert notice.text() == ""


def test_an_act_takes_effect_once_when_its_seconds_are_over(qtbot, stage):
    strip = stage(UndoStrip(tick_ms=1))
    done, undone = [], []

    strip.offer(
        "受理并转审批", commit=lambda: done.append(1), undo=lambda: undone.append(1), seconds=3
    )

    qtbot.waitUntil(lambda: not strip.is_open())
    strip.commit_now()
    assert (done, undone) == ([1], [])


def test_an_act_can_be_taken_back(hands, stage):
    strip = stage(UndoStrip())
    done, undone = [], []
    strip.offer("同意", commit=lambda: done.append(1), undo=lambda: undone.append(1))

    hands.click(strip.undo_button)

    assert (done, undone) == ([], [1])
    assert not strip.isVisible()


def test_the_next_act_lets_the_waiting_one_take_effect_first(stage):
    strip, order = stage(UndoStrip()), []

    strip.offer("甲", commit=lambda: order.append("甲"), undo=lambda: None)
    strip.offer("乙", commit=lambda: order.append("乙"), undo=lambda: None)

    assert order == ["甲"]
    assert "乙" in strip.words.text()


def test_enter_takes_the_first_hit_and_the_arrows_move(hands, stage):
    hits = [Hit(value=number, title=f"事项 {number}") for number in range(12)]
    box = stage(SearchBox("搜事项", search=lambda _: hits))
    chosen: list[object] = []
    box.chosen.connect(chosen.append)

    hands.type("1")
    assert len(box.hits()) == 9, "digits type, and at most nine hits are shown"
    hands.press(Qt.Key.Key_Return)
    hands.type("a")
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Up)
    hands.press(Qt.Key.Key_Return)

    assert chosen == [0, 1]
    assert box.hits() == ()


def test_a_hit_that_cannot_be_taken_says_why_and_offers_no_enter(hands, stage):
    hits = [
        Hit(value=1, title="食品经营许可", also="开饭店", marks=((1, 3),)),
        Hit(value=2, title="食品摊贩备案", hint="已停止执行", barred="已停止执行。请问县局"),
    ]
    box = stage(SearchBox("搜事项", search=lambda _: hits))

    hands.type("s")
    assert not box.popup.barred.isVisible()
    low = box.popup.height()
    hands.press(Qt.Key.Key_Down)

    assert box.popup.barred.isVisible()
    assert box.popup.barred.text() == "已停止执行。请问县局"
    assert box.popup.height() > low, "the sentence has room of its own"
    assert "请问县局" in box.popup.list.accessibleName()


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([], "没有“abc”。换个说法"),
        ([Hit(value=1, title="甲", near=True)], "没有“abc”。您是不是要找"),
        ([Hit(value=1, title="甲")], ""),
    ],
)
def test_nothing_found_says_what_to_do_and_a_guess_says_that_it_is_one(hands, stage, found, said):
    box = stage(SearchBox("搜事项", search=lambda _: found, advice="换个说法"))

    hands.type("abc")

    assert box.popup.said.text() == said
    assert box.popup.isVisible()


def test_what_is_typed_before_the_search_is_ready_is_answered_when_it_is(hands, stage, qtbot):
    """A province's items take some seconds after the start; nobody types anything again."""
    answers = iter((None, None, (Hit(value="a", title="食品经营许可新办"),)))
    box = stage(SearchBox("搜事项", search=lambda _: next(answers)))

    hands.type("s")

    assert box.popup.said.text() == "正在准备，马上就好"
    qtbot.waitUntil(lambda: [hit.title for hit in box.hits()] == ["食品经营许可新办"])


def test_a_late_answer_to_an_older_text_is_dropped(hands, stage):
    box = stage(SearchBox("搜"))
    hands.type("ab")

    box.show_hits([Hit(value=1, title="旧")], answers="a")
    assert box.hits() == ()
    box.show_hits([Hit(value=2, title="新")], answers="ab")

    assert [hit.value for hit in box.hits()] == [2]


def test_waiting_is_shown_only_when_it_lasts(qtbot, stage):
    spinner = stage(Spinner(delay_ms=30))

    spinner.start("正在核")
    spinner.stop()
    assert not spinner.is_shown()
    spinner.start("正在核")

    qtbot.waitUntil(spinner.is_shown)
    spinner.stop()


def test_a_dialog_keeps_the_focus_and_gives_it_back_to_its_opener(hands, stage):
    opener, dialog, closed = stage(Button("退回补核")), Dialog("退回补核"), []
    first, second = Button("缺原件"), Button("看不清")
    dialog.body.addWidget(first)
    dialog.body.addWidget(second)
    dialog.closed.connect(lambda: closed.append(QApplication.focusWidget()))

    open_dialog(opener, dialog)
    assert QApplication.focusWidget() is first
    hands.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second
    hands.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is first
    hands.press(Qt.Key.Key_Escape)

    assert closed == [opener]


class Painted(QWidget):
    """Counts how often it is painted."""

    def __init__(self):
        super().__init__()
        self.times, self.tone = 0, Qt.GlobalColor.green

    @override
    def paintEvent(self, _event):
        self.times += 1
        QPainter(self).fillRect(self.rect(), self.tone)


def test_a_dialog_lies_on_a_picture_of_the_page_until_it_has_gone(hands, stage, qtbot):
    """The page below is painted neither for it nor with it; afterwards it is, as it is then."""
    opener, page = stage(Button("退回补核"), Painted())
    window = opener.window()
    qtbot.waitUntil(lambda: page.times > 0)
    corner = page.geometry().bottomRight()
    dialog = Dialog("退回补核", width=200)

    open_dialog(opener, dialog)
    scrim = dialog.parentWidget()
    assert isinstance(scrim, Scrim)
    qtbot.waitUntil(scrim.is_settled)
    QApplication.processEvents()
    before = page.times
    page.tone = Qt.GlobalColor.red
    page.update()
    dialog.update()
    QApplication.processEvents()
    assert page.times == before
    shown = window.grab().toImage().pixelColor(corner)
    assert shown.green() > shown.red(), "darkened, and as it was when the dialog was opened"

    hands.press(Qt.Key.Key_Escape)
    with qtbot.waitSignal(scrim.destroyed):
        pass
    QApplication.processEvents()
    assert page.times > before
    assert window.grab().toImage().pixelColor(corner) == QColor(Qt.GlobalColor.red)


def test_tabs_show_the_open_cases_and_go_round(hands, stage):
    tabs = stage(CaseTabs())
    chosen: list[object] = []
    tabs.chosen.connect(chosen.append)
    tabs.set_tabs(
        [CaseTab(key="a", title="食品经营许可新办"), CaseTab(key="b", title="津贴", parked=True)],
        "b",
    )

    assert tabs.next_key() == "a"
    hands.click(tabs, QPointF(20, 20).toPoint())
    assert chosen == ["a"]


def test_days_are_always_written_and_both_limits_are_named():
    assert days_left(0) == ChipSpec(ChipKind.DUE_TODAY, "今天到期")
    assert days_left(2) == DeadlineSpec("剩 2 天", 2, "warn")
    assert days_left(10) == DeadlineSpec("剩 10 天", 5, "ok")
    assert overdue(1, statutory=False).text == "超承诺时限 1 天"
    assert overdue(1, statutory=True).text == "超法定时限 1 天"
