"""What comes in wrong: one clear sentence, nothing lost, nothing half done."""

from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication

from clerk import assets
from clerk.domain.standard import Way
from integrations.devices.simulated.module import Fault
from tests.stories.at_counter import AtCounter

pytestmark = pytest.mark.logs_warnings  # what a peer does wrong is logged, and rightly so

RIGHT, WRONG = "990123198506120030", "990123198506120031"
TOLD = "身份证号第 18 位不对，应为 0"
OLD_AGE, DISPATCH = "old_age_allowance", "labour_dispatch_permit"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The bureau's own folder: one item has ended, another has a version to come."""
    folder: Path = tmp_path_factory.mktemp("site")
    standards = folder / "resources" / "standards"
    ended = assets.read_text("resources", f"standards/{DISPATCH}/2025-01-01.toml")
    coming = assets.read_text("resources", f"standards/{OLD_AGE}/2026-01-01.toml")
    for item, name, text in (
        (DISPATCH, "2025-01-01", ended.replace("starter = true", "ended_on = 2026-02-28")),
        (
            OLD_AGE,
            "2027-01-01",
            coming.replace("version = 2", "version = 3", 1).replace(
                "effective_on = 2026-01-01", "effective_on = 2027-01-01"
            ),
        ),
    ):
        file = standards / item / f"{name}.toml"
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def signed_in(start, site, tmp_path_factory) -> AtCounter:
    """A window of a bureau that put its own standards beside the starter's, at its first start."""
    assets.use_site(site)
    try:
        counter: AtCounter = start(tmp_path_factory.mktemp("home"))
        counter.enter()
    finally:
        assets.use_site(None)
    return counter


def paste(counter: AtCounter, text: str) -> None:
    """Put a text into the field in front, as from another program."""
    clipboard = QApplication.clipboard()
    assert clipboard is not None
    clipboard.setText(text)
    counter.press("Ctrl+V")


def said_once(counter: AtCounter, words: str) -> None:
    """Wait for a sentence and require that it stands on the window once."""
    counter.until_seen(words)
    assert counter.times_said(words) == 1, counter.text()


def test_a_number_with_a_wrong_check_digit_is_not_taken_and_not_lost(counter):
    case = counter.open_item("gljt")
    counter.go_field("读身份证")
    counter.press("Tab", "Space")
    assert counter.dialog() == "录入申请人"
    counter.type("张示例")
    counter.press("Return")
    counter.type(WRONG)
    counter.press("Return", "Return")

    said_once(counter, TOLD)
    assert counter.case().applicant is None
    assert counter.stored(case.case_id) is None
    assert counter.typed() == WRONG
    counter.press("End", "Backspace")
    counter.type("0")
    counter.press("Return", "Return")
    assert counter.dialog() == ""
    assert counter.case().applicant.party.id_number == RIGHT
    assert counter.until_saved().applicant.party.name == "张示例"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("张\u202e示例", "姓名第 2 位是看不见的符号（U+202E）"),
        ("张\ud840示例", "姓名第 2 位是损坏的字（U+D840）"),
    ],
    ids=["a mark that turns the line", "half a character"],
)
def test_a_name_that_would_be_another_one_on_paper_is_not_taken_and_not_lost(counter, name, told):
    case = counter.open_item("gljt")
    counter.go_field("读身份证")
    counter.press("Tab", "Space")
    paste(counter, name)
    counter.press("Return")
    counter.type(RIGHT)
    counter.press("Return", "Return")

    said_once(counter, told)
    assert counter.case().applicant is None
    assert counter.stored(case.case_id) is None
    counter.press("Home", "Right", "Delete", "Return", "Return", "Return")
    assert counter.dialog() == ""
    assert counter.until_saved().applicant.party.name == "张示例"


@pytest.mark.parametrize("name", ["示例" * 30, "<b>示例</b>", "{{paper}}", "=cmd|'/C calc'!A0"])
def test_a_name_that_reads_like_a_program_is_a_name(counter, name):
    counter.open_item("gljt")
    counter.go_field("读身份证")
    counter.press("Tab", "Space")
    paste(counter, name)
    counter.press("Return")
    counter.type(RIGHT)
    counter.press("Return", "Return")

    assert counter.until_saved().applicant.party.name == name
    assert counter.sees(name)


def test_a_card_pulled_while_it_is_read_leaves_the_case_as_it_was(counter):
    case = counter.open_item("gljt")
    counter.tools.reader.befall(Fault.PULLED)
    counter.do("放上张示例")

    said_once(counter, "读卡器上没有证件")
    assert counter.case().applicant is None
    assert counter.stored(case.case_id) is None
    counter.until(lambda: not counter.floor.intake.people.lies_there())
    counter.place_card("张示例")
    assert counter.troubles() == []
    assert counter.until_saved().applicant.party.id_number == RIGHT


def test_an_unknown_item_says_so_and_offers_what_is_near(counter):
    counter.press("F2")
    counter.type("zzzqqq")
    said_once(counter, "没有“zzzqqq”")
    counter.press("Return")
    assert counter.floor.intake.desk.current is None

    counter.press("Ctrl+A")
    counter.type("spjjxk")
    said_once(counter, "没有“spjjxk”。您是不是要找")
    assert counter.floor.intake.bars.search.hits()[0].title == "食品经营许可新办"


def test_an_item_that_has_ended_says_since_when_and_opens_nothing(counter):
    before = counter.stored_ids()
    counter.press("F2")
    counter.type("lwpqjyxkxb")
    counter.until_seen("2026-02-28 已停止执行，不能收")
    counter.press("Return")

    said_once(counter, "劳务派遣经营许可新办 2026-02-28 已停止执行，没有开件")
    assert counter.floor.intake.desk.current is None
    assert counter.stored_ids() == before


def test_a_version_to_come_does_not_hide_the_one_in_force(counter):
    assert counter.open_item("gljt").standard_version == 2


SAID = {
    "cut": "省证照库的答复没有收完整，未采用其中任何内容",
    "html": "省证照库返回的不是接口答复",
    "wrong_reply": "省证照库的答复对应的不是本次请求，已全部丢弃",
    "down": "与省证照库的连接中断",
}


@pytest.mark.parametrize("fault", SAID)
def test_a_library_that_does_not_answer_as_it_should_leaves_the_paper_way(counter, fault):
    licence_dialog(counter)
    counter.control("certlib", fault=fault, count=50)
    counter.type("9901-1001")
    counter.press("Return")

    counter.until_seen("再试一次", "扫描纸质件", "先收件")
    said_once(counter, SAID[fault])
    counter.press("Esc")
    assert counter.dialog() == ""
    assert "LICENCE" not in counter.case().evidence
    take_paper_instead(counter)


def test_a_slow_library_is_left_at_once(counter):
    licence_dialog(counter)
    counter.control("certlib", fault="slow", count=50)
    counter.type("9901-1001")
    counter.press("Return")
    counter.until_seen("正在核对亮证码", "取消")

    counter.press("Esc", "Esc")

    assert counter.dialog() == ""
    assert "LICENCE" not in counter.case().evidence
    take_paper_instead(counter)


def licence_dialog(counter: AtCounter) -> None:
    """A food permit with the dialog of its licence open, the cursor in the code."""
    counter.open_item("spjy")
    counter.place_card("张示例")
    counter.go_material("营业执照")
    counter.press("F8")
    assert counter.dialog() == "调证照，用于营业执照"
    counter.press("F8")


def take_paper_instead(counter: AtCounter) -> None:
    """The case goes on by paper, and the store says so."""
    counter.go_material("营业执照")
    counter.press("8")
    counter.until(lambda: "LICENCE" in counter.until_saved().evidence)
    assert counter.until_saved().evidence["LICENCE"].way is Way.PAPER


def handled_by_another(counter: AtCounter, *, signed: bool) -> None:
    """An old-age allowance that somebody else brings, with the usual mandate."""
    counter.open_item("gljt")
    counter.place_card("李样本")
    counter.do("拿走身份证")
    counter.until(lambda: not counter.floor.intake.people.lies_there())
    counter.do("放上张示例")
    counter.until(lambda: counter.dialog().startswith("放上了张示例"))
    counter.press("2")
    counter.type("邻居")
    if signed:
        for _ in range(20):
            counter.press("Tab")
            if "签名" in counter.focus_name():
                break
        counter.press("Space", "Tab", "Space")
    else:
        counter.press("Return", "Return")
    counter.until(lambda: counter.case().handler is not None)
    handler = counter.case().handler
    assert handler is not None
    assert handler.mandate.signed is signed
    assert counter.dialog() == ""


def test_a_handler_whose_mandate_does_not_say_so_may_not_promise(counter):
    handled_by_another(counter, signed=True)
    counter.go_material("低收入家庭认定证明")
    counter.press("4")

    said_once(counter, "委托书没有写可以代为承诺，承诺书没有签。请申请人本人签，或交原件")
    assert counter.dialog() == ""
    assert "LOW_INCOME" not in counter.case().evidence


def called_for(counter: AtCounter) -> list[str]:
    """What the library was asked for the case in front; an earlier test's repeats do not count."""
    case_id = str(counter.case().case_id)
    return [one["operation"] for one in counter.log("certlib") if one["case_id"] == case_id]


def test_a_certificate_is_not_called_before_the_principal_signed(counter):
    handled_by_another(counter, signed=False)
    counter.go_material("居民户口簿")
    counter.press("3")

    said_once(counter, "委托人还没在委托书上签名，不能调他的证照。先补签")
    assert counter.dialog() == ""
    assert called_for(counter) == []
    counter.press("8")
    assert counter.case().evidence["HOUSEHOLD"].way is Way.PAPER


def test_the_principals_telephone_is_not_asked_where_the_mandate_does_not_allow_it(counter):
    handled_by_another(counter, signed=True)
    counter.go_material("居民户口簿")
    counter.press("3")

    said_once(counter, "委托书没写可以调证照，请持证人自己亮码")
    assert not counter.sees("推送到手机")
    assert not counter.sees("凭委托书")
    assert called_for(counter) == []
