"""In the real window: every material by its own way, and each says what proves it and until when."""

import pytest
from PyQt6.QtCore import QMimeData, QUrl
from PyQt6.QtGui import QGuiApplication

from clerk.domain.shared_data import SharedOutcome
from clerk.domain.standard import Way
from tests.services import noodle_shop
from tests.stories.at_counter import AtCounter
from tests.stories.behind_the_counter import another_person, find_case, window_of
from tests.stories.pictures import grab

pytestmark = pytest.mark.own_window

BOOK, BORN, MARRIED = "落户一方的居民户口簿", "出生医学证明（副页）", "父母的结婚证"


@pytest.fixture
def counter(start) -> AtCounter:
    made: AtCounter = start()
    made.enter()
    return made


def copied(*paths) -> None:
    """Copy files, as somebody does in the folder his scanner writes to."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    clipboard.setMimeData(data)


def registering_a_birth(counter: AtCounter) -> None:
    """A father with his card; the questions are answered by digits."""
    counter.go_intake()
    counter.open_item("csdj")
    counter.place_card("张示例")
    for question in ("出生", "随", "父母是否结婚", "落户"):
        counter.go_field("")
        for _ in range(12):
            if question in counter.focus_name():
                break
            counter.press("F4")
        counter.press("1")


def test_a_marriage_is_asked_of_its_register_and_a_file_is_pasted(counter, tmp_path):
    """国务院令第716号第七条: what can be had by sharing is not asked of the applicant."""
    registering_a_birth(counter)
    counter.go_material(MARRIED)
    counter.press("Ctrl+U")
    counter.until(lambda: counter.dialog() == "核共享数据")
    counter.press("1")
    grab(counter, "ways-1-asking")
    counter.press("F9")
    counter.until_seen("婚姻登记查到", "配偶姓名 陈演示")
    grab(counter, "ways-2-found")
    counter.press("Esc")
    counter.until_seen("数据已核", "婚姻登记 记录 MAR-")
    (asked,) = counter.state("shared_data")["questions"]
    assert (asked["source"], asked["basis"]) == ("MARRIAGE", "CONSENT")

    damaged, sound = tmp_path / "坏的.png", tmp_path / "出生证明.png"
    content, _ = counter.tools.scanner.scan()
    damaged.write_bytes(content[:200])
    sound.write_bytes(content)
    counter.go_material(BORN)
    copied(damaged)
    counter.press("Ctrl+V")
    counter.until_seen("这个文件打不开")
    grab(counter, "ways-3-damaged")
    assert "BIRTH" not in counter.case().evidence
    copied(sound)
    counter.press("Ctrl+V")
    counter.until(lambda: "BIRTH" in counter.case().evidence)
    counter.until_seen("文件 1 页，周模拟")
    counter.go_material(BOOK)
    counter.press("8")
    counter.until_seen("纸质件，复印件 1 份，周模拟 3 月 18 日")
    grab(counter, "ways-4-rows")
    counter.until(lambda: "HOUSEHOLD" in counter.until_saved().evidence)
    held = counter.until_saved().evidence
    assert (held["MARRIAGE"].way, held["BIRTH"].way) == (Way.SHARED_DATA, Way.FILE)


def test_a_silent_register_is_asked_again_and_a_wrong_one_is_contested(counter):
    registering_a_birth(counter)
    counter.tools.province.start("shared_data")
    counter.control("shared_data", fault="down", count=1000)
    counter.go_material(MARRIED)
    counter.press("Ctrl+U", "1", "F9")
    counter.until_seen("没有答复，不等于查不到")
    grab(counter, "ways-5-silent")
    counter.press("Esc")
    counter.control("shared_data", fault="none")
    counter.floor.intake.materials.shared.ask_again()
    counter.until_seen("数据已核")

    counter.press("Ctrl+U")
    counter.until(lambda: counter.dialog() == "核共享数据")
    counter.press("Alt+O")
    counter.until(lambda: counter.dialog().endswith("有异议"))
    counter.type("去年已经离婚")
    grab(counter, "ways-6-objection")
    counter.press("Return")

    counter.until_seen("对婚姻登记有异议，收纸质件")
    counter.until(lambda: any(one.objection for one in counter.until_saved().shared))
    case = counter.until_saved()
    assert "MARRIAGE" not in case.evidence
    (answer,) = case.shared
    assert (answer.outcome, answer.objection) == (SharedOutcome.FOUND, "去年已经离婚")
    counter.press("8")
    counter.until(lambda: counter.case().evidence["MARRIAGE"].way is Way.PAPER)
    grab(counter, "ways-7-paper")


def test_the_drawer_and_the_chief_see_what_proves_each_material(counter):
    """By what, how and until when: the same words in 办件 and before the decision."""
    window = window_of(counter)
    case = noodle_shop.accepted(window, noodle_shop.complete_in_full(window))
    find_case(counter, case, "材料凭什么")
    counter.until_seen("营业执照：电子证照", "3 月 18 日签")
    grab(counter, "ways-8-drawer")

    another_person(counter, "zheng")
    counter.press("Alt+4")
    counter.until_seen("凭什么，扫描 1 页，周模拟 3 月 18 日")
    counter.press("Left", "Left")
    counter.until_seen("凭什么，电子证照，92990123MA00TE5T2G")
    grab(counter, "ways-9-chief")
