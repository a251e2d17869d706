"""The 情形 card says at once what the last answer dropped or added, and by which clause."""

from PyQt6.QtCore import Qt

from clerk.ui.intake_dialogs import ReasonsDialog
from tests.ui.intake_world import CTRL, opened_for


def said(page):
    """The lines under the questions as they can be read."""
    return [label.text() for label in page.body.questions.effects if label.isVisibleTo(page)]


def test_a_digit_says_at_once_what_it_dropped_or_added_and_ctrl_i_says_it_of_every_answer(
    page, counter, hands, qtbot
):
    opened_for(page, counter, qtbot)
    page.body.questions.focus_question("online")

    hands.press(Qt.Key.Key_1)

    assert said(page)[0].startswith("不要 ")
    assert "，食品安全法第六十二条" in said(page)[0]

    page.body.questions.focus_question("online")
    hands.press(Qt.Key.Key_2)

    assert said(page)[0].startswith("要 ")
    assert "多填 " in said(page)[0]

    page.body.questions.focus_question("business")
    hands.press(Qt.Key.Key_2)
    hands.press(Qt.Key.Key_I, CTRL)

    dialog = counter.dialogs[-1]
    assert isinstance(dialog, ReasonsDialog)
    text = dialog.text.toPlainText()
    assert text.startswith("情形　")
    assert "主体类型：个体工商户（手填 09:00）" in text  # known beforehand, and from where
    assert "是否网络经营：是（问答 09:00）" in text
    assert text.index("情形　") < text.index("申请人")


def test_on_a_low_screen_the_folded_card_says_it_in_one_line(page, counter, qtbot):
    opened_for(page, counter, qtbot)
    page.body.questions.set_short(True)
    page.body.questions.picked.emit("online", "no")

    assert len(said(page)) == 1
    assert not page.body.questions.cut.isVisibleTo(page)
