"""朗读: a paper is read by a voice of the computer, and where there is none one sentence says so."""

import tomllib
from dataclasses import replace

import pytest
from PyQt6.QtCore import QLocale, QObject

from clerk import assets
from clerk.domain.papers import PaperKind
from clerk.domain.quoted import Quote
from clerk.ui.documents_aloud import READ, STOP, Aloud, aloud, spoken
from clerk.ui.speech import Speech
from tests.ui.examples import SmallCounter
from tests.ui.paper_office import accepted, paper

pytestmark = pytest.mark.qt_log_ignore("pipewire", "Error loading text-to-speech")
"""What Qt misses on a machine without sound is no matter of ours."""


@pytest.fixture
def notice():
    counter = SmallCounter()
    return paper(accepted(counter), PaperKind.ACCEPTANCE, 1)


@pytest.fixture
def reading(qtbot, notice):
    """A page that reads with Qt's own silent engine, and what was said at its foot."""
    host = QObject()
    said: list[str] = []

    def begin(language):
        speech = Speech(host, engines=lambda: ("mock",), language=language)
        return Aloud(host, lambda: notice, said.append, speech), said

    yield begin
    host.deleteLater()


def test_a_paper_is_read_to_its_end(qtbot, reading):
    aloud, said = reading(QLocale.Language.English)

    aloud.turn()

    assert aloud.button.words() == STOP
    qtbot.waitUntil(lambda: aloud.button.words() == READ, timeout=20_000)
    assert said == []


def test_a_second_press_is_silence(reading):
    aloud, _ = reading(QLocale.Language.English)
    aloud.turn()

    aloud.turn()

    assert aloud.button.words() == READ


def test_a_computer_without_a_chinese_voice_says_so(reading):
    aloud, said = reading(QLocale.Language.Chinese)

    aloud.turn()

    assert said == ["这台电脑没有能用的中文朗读语音，请读给申请人听，或请系统管理员装上"]
    assert aloud.button.words() == READ


def test_what_is_read_names_every_value_and_no_secret(notice):
    told = spoken(replace(notice, values=(*notice.values, ("需补正的材料", "户口簿，没有交"))))

    assert told.startswith("受理通知书，示审批受〔2026〕0001 号。申请人：示例县清河面馆")
    assert "需补正的材料：户口簿，没有交" in told
    assert "730416" not in told


def labels_of_papers():
    """Every label that a paper, or a letter, can give a value."""
    notices = tomllib.loads(assets.read_text("templates", "notices/fields.toml"))
    letters = tomllib.loads(assets.read_text("templates", "commitments/fields.toml"))
    return {*notices.values(), *(one["placeholder"] for one in letters["fields"].values())}


def test_no_number_of_a_person_and_no_code_is_read_whatever_paper_it_stands_on(notice):
    """A paper of an older program has only labels."""
    secret = {one for one in labels_of_papers() if "证件号" in one or "密码" in one}
    assert {"代理人证件号码", "代办员证件号码", "查询密码"} < secret
    values = tuple((label, "990123198506120030") for label in (*sorted(secret), "二维码内容"))

    told = spoken(replace(notice, values=values, quotes=()))

    assert told == "受理通知书，示审批受〔2026〕0001 号。"


def test_a_number_is_known_by_its_place_whatever_it_is_called(notice):
    field, label = "applicant_rows/handler.id_number", "经办人居民身份证"
    quotes = (Quote(field=field, label=label, text="990123198506120030"),)

    told = spoken(replace(notice, values=((label, "990123198506120030"),), quotes=quotes))

    assert "9901" not in told


def test_a_letter_that_is_read_before_it_is_signed_keeps_the_same_numbers_to_itself():
    """A passport's number is short, and where there is none a word says so, which stays."""
    text = "申请人张示例，护照E12345678，电话19900000001。代理人证件号码：无。本人无条件承担责任"
    quotes = (
        Quote(field="applicant_id_number", label="申请人证件号码", text="E12345678"),
        Quote(field="agent_id_number", label="代理人证件号码", text="无"),
    )

    assert aloud(text, quotes) == (
        "申请人张示例，护照，电话。代理人证件号码：无。本人无条件承担责任"
    )


def test_an_application_made_at_intake_is_read_by_what_it_quotes(notice):
    """It has no list of values of its own; its title alone tells nobody anything."""
    quotes = (
        Quote(field="applicant_name", label="申请人", text="张示例"),
        Quote(field="applicant_rows/applicant.id_number", label="身份证", text="9901231"),
    )

    told = spoken(replace(notice, title="申请书", number="", values=(), quotes=quotes))

    assert told == "申请书。申请人：张示例。"
