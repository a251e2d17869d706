"""A novice at the real window: step by step from the sign-in to F9, and what the owner sees of it."""

from functools import partial

import pytest
from sqlalchemy import select

from clerk.domain.case import Case, CaseState
from clerk.domain.step_times import FEWEST_CASES, Step
from clerk.storage import intake_steps, tables
from clerk.tour.intake import DIGITS, GAPS
from integrations.practice.people import NOODLE_SHOP
from tests.stories.at_counter import AtCounter
from tests.stories.behind_the_counter import another_person
from tests.stories.pictures import grab

pytestmark = pytest.mark.own_window

ON_PAPER = ("经营场所、设备布局图", "食品安全管理制度目录", "经营场所使用证明")


def step(counter: AtCounter) -> Step:
    opened = counter.floor.intake.desk.current
    assert opened is not None
    return opened.step


def begin(counter: AtCounter) -> None:
    """受理 in the guided face with a food permit at its first step."""
    counter.go_intake()
    counter.until(lambda: counter.floor.intake.isVisible() and counter.floor.intake.body.is_whole())
    counter.press("Alt+G")
    counter.open_item("spjy")
    counter.until(lambda: counter.focus_name().startswith("下一步"))


def answer(counter: AtCounter) -> None:
    for _ in range(6):
        label = next((one for one in DIGITS if counter.focus_name().startswith(one)), "")
        if not label:
            return
        counter.press(DIGITS[label])


def fill(counter: AtCounter) -> None:
    for _ in range(20):
        asked = counter.focus_name()
        label = next((one for one in GAPS if asked.startswith(one)), "")
        if not label:
            return
        counter.type(GAPS[label])
        counter.press("Return")
        counter.until(partial(moved_on, counter, asked))


def moved_on(counter: AtCounter, asked: str) -> bool:
    return counter.focus_name() != asked


def call_licence(counter: AtCounter) -> None:
    counter.go_material("营业执照")
    counter.press("F8", "F8")
    counter.type(NOODLE_SHOP.use_code)
    counter.press("Return")
    counter.until_seen("可用 1 份", "签章完好")
    counter.press("Return")
    counter.until(lambda: counter.dialog() == "" and "LICENCE" in counter.case().evidence)


def on_paper(counter: AtCounter) -> None:
    for name in ON_PAPER:
        counter.go_material(name)
        counter.press("8")
        counter.until(lambda: "要点没看" not in counter.focus_name())
        counter.press("Return")


def test_a_novice_goes_from_step_to_step_and_takes_a_permit_in(counter):
    begin(counter)
    counter.until_seen("第 1 步，共 7 步：告知", "要带什么", "授权调电子证照，可以不带")
    grab(counter, "guide-1-notice")
    counter.press("Return")
    assert step(counter) is Step.APPLICANT
    counter.place_card("张示例")
    grab(counter, "guide-2-applicant")

    counter.press("Alt+Right")
    assert step(counter) is Step.QUESTIONS
    answer(counter)
    grab(counter, "guide-3-questions")
    assert counter.focus_name().startswith("下一步")

    counter.press("Ctrl+5")
    call_licence(counter)
    counter.press("Alt+Left")
    assert step(counter) is Step.FORM
    fill(counter)
    grab(counter, "guide-4-form")
    assert counter.focus_name().startswith("下一步")
    counter.until_seen("这一步没有要补的")

    counter.press("Return")
    assert step(counter) is Step.MATERIALS
    on_paper(counter)
    counter.until(lambda: "APPLICATION" in counter.case().evidence)
    grab(counter, "guide-5-materials")

    counter.press("Ctrl+6")
    counter.until_seen("可以受理")
    grab(counter, "guide-6-check")
    counter.press("Alt+Right")
    counter.until_seen("按 F9 受理并转审批", "受理之后")
    grab(counter, "guide-7-accept")
    case_id = counter.case().case_id
    counter.press("F9", "F9")

    counter.until(lambda: counter.kept(case_id).state is CaseState.ACCEPTED)
    with counter.store() as tx:
        (line,) = tx.execute(select(tables.intake_steps)).mappings()
    assert (line["item_code"], str(line["month_on"])) == ("food_business_permit", "2026-03-01")


def test_between_the_faces_nothing_is_lost_in_the_middle_of_a_line(counter):
    begin(counter)
    counter.press("Return")
    counter.place_card("张示例")
    counter.press("Ctrl+4")
    counter.go_field("仓库地址")
    counter.type("示例县城西仓")
    field = counter.focus_name()

    counter.press("Alt+G")
    assert not counter.sees("第 4 步")
    assert (counter.focus_name(), counter.typed()) == (field, "示例县城西仓")
    counter.do("换成一步步办")
    assert counter.sees("第 4 步，共 7 步：填表")
    assert (counter.focus_name(), counter.typed()) == (field, "示例县城西仓")
    counter.press("Return")

    counter.until(lambda: counter.until_saved().values["warehouse"].value == "示例县城西仓")


def test_the_face_is_the_person_s_own_and_there_again_after_the_next_sign_in(counter):
    begin(counter)
    another_person(counter, "wu")
    another_person(counter, "zhou")
    counter.go_intake()

    counter.until(lambda: counter.floor.intake.body.guide.on)


def test_the_owner_of_the_items_sees_where_the_seconds_go_and_the_clerk_does_not(counter):
    case = counter.floor.actions.intake.open_case("food_business_permit")
    counter.press("Ctrl+K")
    counter.type("分步用时")
    grab(counter, "step-times-not-offered")
    assert not counter.sees("办一件的时间花在哪一步")
    counter.press("Esc")

    another_person(counter, "bian")
    counter.do("分步用时")
    counter.until(lambda: counter.dialog() == "分步用时")
    counter.until_seen("这段时间还没有记下用时", "不记是谁办的", "不排个人名次")
    grab(counter, "step-times-empty")
    counter.press("Esc")

    measured(counter, case)
    counter.do("分步用时")
    counter.until_seen("食品经营许可新办", "材料", "2 分 00 秒以内")
    grab(counter, "step-times")


def measured(counter: AtCounter, case: Case) -> None:
    """As if other windows of the hall had taken some permits in."""
    desk = counter.opened.desk
    with desk.store.begin() as tx:
        for _ in range(FEWEST_CASES):
            spent = {Step.QUESTIONS: 20, Step.FORM: 70, Step.MATERIALS: 120}
            intake_steps.add(tx, case, spent, desk.today(), line_id=desk.new_id())
