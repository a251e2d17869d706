"""``clerk --archive``: packages from a terminal, by whoever may archive at the window."""

import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from clerk.app import archive
from clerk.domain import life
from clerk.services.records import keep_case
from clerk.storage import cases
from tests.domain.at_the_window import CASE_ID, NOW, accepted_case, rules, session
from tests.real_counter import WORD, joined, lives_in, opened, said, settled


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A real counter with a supervisor, a clerk and one withdrawn case; copied for each test."""
    home = tmp_path_factory.mktemp("home")
    settled(home)
    with pytest.MonkeyPatch.context() as environment:
        lives_in(environment, home)
        joined(("wu", "吴督导", "supervisor"), ("li", "李示例", "window_clerk"))
        taken_in = replace(accepted_case(), evidence={})
        with opened() as here, here.desk.store.begin() as tx:
            keep_case(tx, life.withdraw(rules(), taken_in, "不办了", session(), NOW))
    return home


@pytest.fixture(autouse=True)
def _counter_of_its_own(made, tmp_path, monkeypatch):
    shutil.copytree(made, tmp_path / "home")
    lives_in(monkeypatch, tmp_path / "home")


def run(*arguments, account="wu"):
    return archive.main([*arguments, "--as", account, "--passphrase-fd", said(WORD)])


def test_one_case_by_its_number_with_the_reason(tmp_path, capsys):
    code = run("20260318-0001", "--out", str(tmp_path / "out"), "--reason", "纸质文书另存")

    (package,) = (tmp_path / "out").iterdir()
    checked = subprocess.run(
        [sys.executable, "-I", "-S", str(package / "verify.py")], check=False, capture_output=True
    )
    with opened() as here, here.desk.store.read() as tx:
        event = cases.load(tx, CASE_ID).events[-1]
    assert (code, checked.returncode) == (0, 0)
    assert event.detail["digest"] in capsys.readouterr().out


def test_of_all_those_that_fail_their_review_are_left_out_and_named(tmp_path, capsys):
    code = run("all", "--out", str(tmp_path / "out"))

    told = capsys.readouterr()
    assert code == 1
    assert "1/1 20260318-0001案卷评查没过" in told.err
    assert "归档了 0 件，1 件没有归档" in told.out


def test_who_may_not_archive_at_the_window_does_not_here(tmp_path, capsys):
    code = run("all", "--out", str(tmp_path / "out"), account="li")

    assert code == 1
    assert "没有这项权限" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_number_that_no_case_bears_is_said(tmp_path, capsys):
    code = run("20260318-9999", "--out", str(tmp_path / "out"))

    assert code == 1
    assert "没有编号是 20260318-9999 的办件" in capsys.readouterr().err
