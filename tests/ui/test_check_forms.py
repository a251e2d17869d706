"""The forms of a check: its points one by one, and the pictures that are kept at once."""

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage

from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.errors import StoreTrouble
from clerk.domain.material import StoredFile
from clerk.jobs import Jobs
from clerk.ui.attach_files import AttachFiles, Attaching
from clerk.ui.case_act_forms import CaseActForm
from tests.domain.at_the_check import found_false, granted_case
from tests.domain.at_the_window import rules
from tests.domain.test_site_check import DAY, agreed
from tests.ui.case_values import a_file

SPACE = Qt.Key.Key_Space


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "后厨.png"
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0)
    assert image.save(str(path))
    return path


@pytest.fixture
def attaching(jobs: Jobs, picture: Path):
    def keep(content: bytes, name: str, media_type: str) -> StoredFile:
        assert content.startswith(b"\x89PNG")
        assert media_type == "image/png"
        return a_file(name)

    return Attaching(jobs=jobs, keep=keep, choose_path=lambda _: picture)


@pytest.fixture
def form(on_screen, attaching):
    made = CaseActForm(rules(), agreed(), CaseAct.RECORD_SITE_CHECK, attaching)
    on_screen(made)
    made.first().setFocus()
    return made


def attach_of(form: CaseActForm) -> AttachFiles:
    assert form.attach is not None
    return form.attach


def attach(qtbot, form, hands):
    form.attach.button.setFocus()
    hands.press(SPACE)
    qtbot.waitUntil(lambda: form.attach.button.isEnabled() and form.attach.names.text() != "还没有")


def test_what_is_ticked_holds_and_a_picture_goes_along(qtbot, form, hands):
    hands.press(Qt.Key.Key_2)
    for place in (0, 2, 3):
        form.points.toggle(place)
    attach(qtbot, form, hands)
    for box, said in (("on", "2026-03-20"), ("note", "没有独立的消毒柜"), ("people", "张示例")):
        form.box(box).set_value(said)

    words = form.words()

    assert words == ActWords(
        choice="unfit",
        on=DAY,
        note="没有独立的消毒柜",
        people=("张示例",),
        seen=("PLACE", "FLOW", "PEOPLE"),
        files=(a_file("后厨.png"),),
    )


def test_a_file_that_cannot_be_kept_says_so_and_the_rest_stays(
    qtbot, on_screen, jobs, hands, picture
):
    def keep(_: bytes, __: str, ___: str) -> StoredFile:
        raise StoreTrouble("磁盘满了，照片没有存。清理后再加")

    made = CaseActForm(
        rules(),
        agreed(),
        CaseAct.RECORD_SITE_CHECK,
        Attaching(jobs=jobs, keep=keep, choose_path=lambda _: picture),
    )
    on_screen(made)

    attach_of(made).button.setFocus()
    hands.press(SPACE)

    qtbot.waitUntil(lambda: "磁盘满了" in attach_of(made).notice.text())
    assert attach_of(made).files() == ()


def test_choosing_no_file_adds_none(on_screen, jobs, hands):
    nothing = Attaching(
        jobs=jobs, keep=lambda _, name, __: a_file(name), choose_path=lambda _: None
    )
    made = CaseActForm(rules(), granted_case(), CaseAct.CHECK_PROMISE, nothing)
    on_screen(made)

    attach_of(made).button.setFocus()
    hands.press(SPACE)

    assert attach_of(made).files() == ()


def test_a_check_names_the_proof_its_day_and_how_it_is_looked_at(on_screen, attaching):
    made = CaseActForm(rules(), granted_case(), CaseAct.CHECK_PROMISE, attaching)
    on_screen(made)

    assert made.words() == "还没选核查结果"


def test_a_repair_is_about_what_was_found_false(on_screen):
    made = CaseActForm(rules(), found_false(), CaseAct.ORDER_REPAIR)
    on_screen(made)
    made.box("until_on").set_value("2026-04-30")
    made.box("reason").set_value("取得产权人书面同意")

    words = made.words()

    assert isinstance(words, ActWords)
    assert (words.material, words.reason) == ("PREMISES", "取得产权人书面同意")
