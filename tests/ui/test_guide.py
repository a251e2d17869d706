"""Two faces on one case: what is typed, answered or read in the one stands in the other."""

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QLineEdit

from clerk.domain.case import CaseState
from clerk.domain.step_times import Step
from clerk.ui.guide_actions import GuideActions
from clerk.ui.guide_words import steps_of
from clerk.ui.guide_work import DENSE, GUIDED
from clerk.ui.intake_stops import Region, Stop
from tests.ui.intake_world import CTRL, FOOD, answered, complete, in_front, opened_for

ALT = Qt.KeyboardModifier.AltModifier
DOWN, UP = Qt.Key.Key_Down, Qt.Key.Key_Up
ENTER, F4, F9 = Qt.Key.Key_Return, Qt.Key.Key_F4, Qt.Key.Key_F9
ON, BACK, TURN = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_G


@pytest.fixture
def guided(page, counter, qtbot, hands):
    """A case of a trader in the guided face, at its first step."""
    hands.press(TURN, ALT)
    opened_for(page, counter, qtbot)
    qtbot.waitUntil(lambda: page.body.guide.on and not page.desk.current.busy)
    page.guide.go_to(Step.NOTICE)
    return page


def seen_cards(page):
    body = page.body
    cards = {
        "item": body.item,
        "bring": body.guide.bring,
        "applicant": body.applicant,
        "questions": body.questions,
        "form": body.form,
        "materials": body.materials,
        "verdict": body.verdict,
    }
    return {name for name, card in cards.items() if card.isVisible()}


def head(page):
    return page.body.guide.head


def step_of(page) -> Step:
    """Where the case on the screen stands."""
    step: Step = page.desk.current.step
    return step


def states(page):
    return {line.step: line.state for line in page.body.guide.steps.lines()}


def test_one_step_is_on_the_screen_with_what_to_do_in_a_sentence(guided, hands):
    seen = []
    for _ in Step:
        assert "第" in head(guided).title.text()
        assert head(guided).to_do.text()
        seen.append(seen_cards(guided))
        hands.press(ON, ALT)

    assert seen == [
        {"item", "bring"},
        {"applicant", "bring"},
        {"questions", "bring"},
        {"form"},
        {"materials"},
        {"verdict"},
        {"verdict"},
    ]
    assert not head(guided).next.isEnabled()


def test_the_first_step_tells_what_to_bring_and_what_spares_it(guided):
    body = guided.body

    assert step_of(guided) is Step.NOTICE
    rows = [[label.text() for label in row] for row in body.guide.bring._rows]
    licence = next(row for row in rows if row[0] == "营业执照")
    assert "授权调电子证照，可以不带" in licence[2]
    assert "承诺 5 个工作日" in body.item.limits.text()


def test_what_a_step_lacks_stands_in_the_list_and_goes_with_the_answers(guided, hands):
    assert states(guided)[Step.QUESTIONS] == "差 2 项"

    guided.guide.go_to(Step.QUESTIONS)
    hands.press(Qt.Key.Key_2)

    assert "待补" in head(guided).missing.text()
    for _ in range(2):
        hands.press(Qt.Key.Key_1)
    assert states(guided)[Step.QUESTIONS] == ""
    assert head(guided).missing.text() == "这一步没有要补的"


def test_after_the_last_answer_enter_goes_on_to_the_next_step(guided, hands):
    guided.guide.go_to(Step.QUESTIONS)
    for digit in (Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_1):
        hands.press(digit)
    assert QApplication.focusWidget() is head(guided).next

    hands.press(ENTER)

    assert step_of(guided) is Step.FORM
    assert guided.body.form.isAncestorOf(QApplication.focusWidget())


def test_turning_the_face_in_the_middle_of_a_word_loses_neither_word_nor_cursor(
    page, counter, hands, qtbot
):
    opened = answered(page, counter, qtbot)
    page.go_to(Stop(Region.FIELD, "warehouse"))
    hands.compose("示例县仓")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setCursorPosition(2)

    for face in (True, False, True):
        hands.press(TURN, ALT)
        assert page.body.guide.on is face
        assert QApplication.focusWidget() is editor
        assert (editor.text(), editor.cursorPosition()) == ("示例县仓", 2)
        assert "warehouse" not in opened.case.values

    hands.compose("城")
    hands.press(ENTER)
    assert in_front(page).values["warehouse"].value == "示例城县仓"


def test_the_guide_opens_where_the_cursor_was_on_the_dense_page(page, counter, hands, qtbot):
    answered(page, counter, qtbot)
    for stop, step in (
        (Stop(Region.MATERIAL, "RULES"), Step.MATERIALS),
        (Stop(Region.FIELD, "area"), Step.FORM),
    ):
        page.go_to(stop)
        hands.press(TURN, ALT)
        assert step_of(page) is step
        hands.press(TURN, ALT)


def test_back_and_jumps_are_free_and_keep_what_was_being_typed(guided, hands):
    answer = guided.body.questions
    for question, option in (("business", "catering"), ("dishes", "hot"), ("online", "no")):
        answer.picked.emit(question, option)
    guided.guide.go_to(Step.FORM)
    guided.go_to(Stop(Region.FIELD, "area"))
    hands.type("46")

    hands.press(Qt.Key.Key_2, CTRL)
    assert step_of(guided) is Step.APPLICANT
    assert in_front(guided).values["area"].value == "46"

    hands.press(Qt.Key.Key_5, CTRL)
    assert step_of(guided) is Step.MATERIALS
    hands.press(BACK, ALT)
    assert step_of(guided) is Step.FORM


def test_the_list_of_steps_is_walked_by_arrows(guided, hands):
    steps = guided.body.guide.steps
    steps.setFocus()

    for _ in range(3):
        hands.press(DOWN)
    assert step_of(guided) is Step.FORM
    hands.press(UP)

    assert step_of(guided) is Step.QUESTIONS
    assert steps.hasFocus()
    assert steps.accessibleName() == "第 3 步，共 7 步，情形，差 2 项"
    hands.press(ENTER)
    assert guided.body.questions.isAncestorOf(QApplication.focusWidget())


def test_a_click_on_a_step_puts_the_cursor_where_it_is_needed(guided, qtbot):
    steps = guided.body.guide.steps

    qtbot.mouseClick(steps, Qt.MouseButton.LeftButton, pos=steps._box(2).center().toPoint())

    assert step_of(guided) is Step.QUESTIONS
    assert guided.body.questions.isAncestorOf(QApplication.focusWidget())


def test_a_key_for_the_questions_or_a_material_shows_them_first(guided, hands):
    answer = guided.body.questions
    for question, option in (("business", "catering"), ("dishes", "hot"), ("online", "no")):
        answer.picked.emit(question, option)
    guided.guide.go_to(Step.FORM)
    hands.press(Qt.Key.Key_Q, ALT)

    assert step_of(guided) is Step.QUESTIONS
    assert guided.body.questions.isAncestorOf(QApplication.focusWidget())

    hands.press(Qt.Key.Key_M, CTRL)
    assert step_of(guided) is Step.FORM
    assert guided.body.form.shows_all()

    current = guided.body.materials.current()
    hands.press(Qt.Key.Key_O, CTRL)

    assert step_of(guided) is Step.MATERIALS
    assert guided.body.materials.current() == current
    assert guided.body.materials.table.hasFocus()


def test_f4_and_f9_lead_to_the_next_gap_whichever_step_it_is_in(guided, hands):
    hands.press(F9)
    assert step_of(guided) is Step.QUESTIONS

    hands.press(F4)
    hands.press(F4)
    assert step_of(guided) is Step.FORM


def test_a_step_with_nothing_in_it_is_left_out(page, counter, qtbot):
    opened = opened_for(page, counter, qtbot)
    opened.verdict = replace(opened.verdict, questions=(), fields=())

    assert steps_of(opened) == (
        Step.NOTICE,
        Step.APPLICANT,
        Step.MATERIALS,
        Step.CHECK,
        Step.ACCEPT,
    )


def test_the_same_f9_takes_the_case_in_from_the_last_step(page, counter, hands, qtbot):
    complete(page, counter, qtbot)
    hands.press(TURN, ALT)
    page.guide.go_to(Step.ACCEPT)
    assert head(page).to_do.text().startswith("按 F9 受理并转审批")
    assert QApplication.focusWidget() is page.bars.primary
    assert page.body.after.isVisible()

    hands.press(F9)

    assert counter.said[-1] == "5 秒后生效：受理并转审批"


def test_the_other_client_s_cards_stay_hidden_when_a_tab_comes_up_at_its_own_step(
    guided, counter, hands, qtbot
):
    guided.guide.go_to(Step.MATERIALS)
    first = guided.desk.current
    guided.start_new()
    guided.open_item(FOOD)
    assert step_of(guided) is Step.NOTICE

    guided.choose(first.key)

    assert step_of(guided) is Step.MATERIALS
    qtbot.waitUntil(lambda: seen_cards(guided) == {"materials"})


def test_a_draft_from_the_store_comes_up_with_the_cursor_on_the_way_on(
    guided, counter, hands, qtbot
):
    case = in_front(guided)
    guided.desk.close(guided.desk.current)
    counter.stored[case.case_id] = case
    guided.search()

    guided.choose(str(case.case_id))

    qtbot.waitUntil(lambda: QApplication.focusWidget() is head(guided).next)
    assert step_of(guided) is Step.NOTICE


def test_the_last_step_of_a_case_that_was_taken_in_promises_no_key(page, counter, hands, qtbot):
    opened = complete(page, counter, qtbot)
    case = replace(opened.case, state=CaseState.ACCEPTED)
    page.desk.close(opened)
    page.desk.take_loaded(case)

    hands.press(TURN, ALT)
    page.guide.go_to(Step.ACCEPT)

    assert head(page).to_do.text() == "这件已经收下，在办件里看进度"


def test_the_face_that_was_chosen_is_remembered(page, counter, hands, qtbot):
    hands.press(TURN, ALT)
    hands.press(TURN, ALT)
    hands.press(TURN, ALT)

    qtbot.waitUntil(lambda: counter.faces == [GUIDED, DENSE, GUIDED])


@pytest.fixture
def likes_the_guide(counter):
    counter.guide = GuideActions(load_face=lambda: GUIDED, save_face=counter.faces.append)


def test_who_chose_the_guide_finds_it_again(likes_the_guide, page, counter, qtbot):
    qtbot.waitUntil(lambda: page.body.guide.on)

    opened_for(page, counter, qtbot)

    assert step_of(page) is Step.NOTICE
    qtbot.waitUntil(lambda: QApplication.focusWidget() is head(page).next)


def test_a_face_that_is_found_late_begins_where_the_clerk_is_by_then(page, counter, qtbot, hands):
    answered(page, counter, qtbot)
    page.go_to(Stop(Region.MATERIAL, "RULES"))
    page.body.form.line_of("warehouse").field.focus_editor()  # as a click does
    editor = QApplication.focusWidget()
    hands.compose("示例县")

    page.guide._on_kept(GUIDED)

    assert step_of(page) is Step.FORM
    assert QApplication.focusWidget() is editor
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "示例县"


def test_on_the_dense_page_the_keys_of_the_guide_are_not_offered(window):
    assert window.acts.find("Alt+G") is not None
    assert window.acts.find("Alt+Right") is None
    assert window.acts.find("Ctrl+1") is None


def test_without_a_case_the_keys_say_how_to_begin(window, hands):
    hands.press(TURN, ALT)

    hands.press(ON, ALT)

    assert window.refused == ["还没有开件。放上身份证，或按 F2 搜事项"]
