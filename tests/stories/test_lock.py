"""Who may look: five failures, the idle lock, another person, the next client."""

import os
from pathlib import Path
from uuid import UUID

import pytest
from PyQt6.QtWidgets import QApplication

from clerk.domain.case import CaseState
from tests.stories.at_counter import AtCounter

PHONE = "13800000147"
FIRST = ("李样本", "990123194211050022", "990123 19421105 0022", "样本村")
NEXT = ("赵虚构", "990123199604300064", "990123 19960430 0064")
WORD = "practice"


@pytest.fixture(scope="module")
def scratch(tmp_path_factory) -> Path:
    """The folder for temporary files of the program and its children."""
    folder: Path = tmp_path_factory.mktemp("scratch")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("home")
    return folder


@pytest.fixture(scope="module")
def signed_in(start, home, scratch) -> AtCounter:
    """A window whose children put their temporary files into a folder of their own."""
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(scratch)
    try:
        counter: AtCounter = start(home, own_children=True)
        counter.enter()
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before
    return counter


def half_typed(counter: AtCounter, name: str = FIRST[0]) -> None:
    """A case of the client, his telephone number half typed."""
    counter.open_item("gljt")
    counter.place_card(name)
    counter.go_field("联系电话")
    counter.type(PHONE[:7])


def traces(counter: AtCounter, client: tuple[str, ...] = FIRST) -> list[str]:
    """What can be read of the client on the window."""
    text = counter.text()
    return [trace for trace in (*client, PHONE[:7]) if trace in text]


def test_an_idle_window_is_covered_and_unlocking_returns_to_the_same_field(counter):
    half_typed(counter)
    editor = QApplication.focusWidget()
    assert traces(counter)

    counter.floor._idle.set_wait_ms(50)
    counter.press("Shift")
    counter.until(counter.station.window.is_locked)
    counter.floor._idle.set_minutes(10)

    assert traces(counter) == []
    assert "1 件草稿" in counter.text()
    counter.press("Alt+2", "F9", "Ctrl+N")
    assert traces(counter) == []
    counter.type("not the word")
    counter.press("Return")
    counter.until_seen("账号或密码不对，还可以试 4 次")
    counter.type(WORD)
    counter.press("Return")
    counter.until(lambda: not counter.station.window.is_locked())
    assert QApplication.focusWidget() is editor
    assert counter.typed() == PHONE[:7]
    counter.type(PHONE[7:])
    assert counter.typed() == PHONE


def test_another_person_signs_in_and_the_drafts_of_the_first_are_kept(counter):
    half_typed(counter)
    case = counter.case()
    counter.do("拿走身份证")

    counter.press("Ctrl+L")
    counter.until(counter.station.window.is_locked)
    page = counter.station.window.lock_page
    assert page is not None
    page.other.setFocus()
    counter.press("Space")
    assert traces(counter) == []
    counter.enter("chu")
    assert traces(counter) == []
    assert stored_phone(counter, case.case_id) == PHONE[:7]

    counter.press("Ctrl+L")
    counter.station.window.lock_page.other.setFocus()
    counter.press("Space")
    counter.enter("zhou")
    counter.press("Alt+2")
    counter.until(lambda: counter.floor.intake.desk.stored)
    assert case.case_id in {line.case_id for line in counter.floor.intake.desk.stored}
    counter.press("Ctrl+Tab")
    counter.until(lambda: counter.floor.intake.desk.current is not None)
    counter.until_seen(PHONE[:7], FIRST[0])


def stored_phone(counter: AtCounter, case_id: UUID) -> str:
    counter.until(lambda: counter.stored(case_id) is not None)
    held = counter.kept(case_id).values.get("phone")
    return held.value if held else ""


def test_the_next_client_finds_nothing_of_the_last_one(counter, scratch):
    """Neither on the window nor in the clipboard nor in a temporary file (B4)."""
    half_typed(counter, NEXT[0])
    counter.type(PHONE[7:])
    counter.press("Ctrl+A", "Ctrl+C", "Return")
    clipboard = QApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == PHONE
    case_id = counter.case().case_id

    counter.press("Shift+F9", "1", "F9")
    counter.until(lambda: counter.floor.shell.page() is counter.floor.documents)
    counter.until_seen("打印 2 份")
    counter.do("拿走身份证")
    counter.press("Ctrl+N")

    counter.until(lambda: counter.floor.shell.page() is counter.floor.intake)
    counter.until(lambda: not counter.floor.intake.people.lies_there())
    assert counter.kept(case_id).state is CaseState.RECEIVED
    assert traces(counter, NEXT) == []
    assert clipboard.text() == ""
    assert [file for file in scratch.rglob("*") if file.is_file()] == []


def test_five_failures_lock_the_account_and_a_restart_does_not_open_it(counter, start, home):
    counter.press("Ctrl+L")
    counter.station.window.lock_page.other.setFocus()
    counter.press("Space")
    counter.choose_person("zheng")
    for left in (4, 3, 2, 1):
        counter.type("wrong")
        counter.press("Return")
        counter.until_seen(f"还可以试 {left} 次")
    counter.type("wrong")
    counter.press("Return")
    counter.until_seen("账号锁定，还要 15 分钟")
    assert len(counter.troubles()) == 1

    counter.end()
    again = start(home)
    again.until(lambda: again.station.door is not None)
    again.choose_person("zheng")
    again.type(WORD)
    again.press("Return")

    again.until_seen("账号锁定，还要")
    assert again.station.floor is None
    again.choose_person("zhou")
    again.type(WORD)
    again.press("Return")
    again.until(lambda: again.station.floor is not None)
