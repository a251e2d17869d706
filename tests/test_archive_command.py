"""``clerk --archive``: packages from a terminal, by whoever may archive at the window."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from clerk.app import add_account, archive
from clerk.app.edges import running_clock, uuid7
from clerk.app.opening import open_counter
from clerk.domain import life
from clerk.services.records import keep_case
from clerk.settings import counter
from clerk.storage import cases, keyfile
from tests.domain.at_the_window import CASE_ID, NOW, accepted_case, rules, session

SETTINGS = """
code = "07"
name = "7 号窗"
hall = "示例县政务服务中心"
org_code = "11990123MB0001001W"
phone = "000-1000 007"
address = "示例路 7 号"
[endpoints]
certlib = "http://127.0.0.1:9/"
back_office = "http://127.0.0.1:9/"
platform = "http://127.0.0.1:9/"
"""
WORD = "first passphrase"


def said(passphrase):
    """Return a descriptor from which the passphrase can be read once."""
    reader, writer = os.pipe()
    os.write(writer, passphrase.encode() + b"\n")
    os.close(writer)
    return str(reader)


def opened():
    """Open the counter to look inside."""
    settings = counter()
    key = keyfile.unlock(settings.key_file, "wu", WORD)
    return open_counter(settings, key, now=running_clock(), new_id=uuid7)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A real counter with a supervisor, a clerk and one withdrawn case; copied for each test."""
    home = tmp_path_factory.mktemp("home")
    place = home / "counter"
    place.mkdir()
    (place / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as environment:
        _at(environment, home)
        add_account.main(["wu", "吴督导", "supervisor", "--passphrase-fd", said(WORD)])
        more = ["--as", "wu", "--as-passphrase-fd", said(WORD)]
        add_account.main(["li", "李示例", "window_clerk", "--passphrase-fd", said(WORD), *more])
        here = opened()
        taken_in = replace(accepted_case(), evidence={})
        with here.desk.store.begin() as tx:
            keep_case(tx, life.withdraw(rules(), taken_in, "不办了", session(), NOW))
        here.close()
    return home


def _at(environment, home):
    environment.setenv("CLERK_HOME", str(home))
    environment.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")


@pytest.fixture(autouse=True)
def _counter_of_its_own(made, tmp_path, monkeypatch):
    shutil.copytree(made, tmp_path / "home")
    _at(monkeypatch, tmp_path / "home")


def run(*arguments, account="wu"):
    return archive.main([*arguments, "--as", account, "--passphrase-fd", said(WORD)])


def test_one_case_by_its_number_with_the_reason(tmp_path, capsys):
    code = run("20260318-0001", "--out", str(tmp_path / "out"), "--reason", "纸质文书另存")

    (package,) = (tmp_path / "out").iterdir()
    checked = subprocess.run(
        [sys.executable, "-I", "-S", str(package / "verify.py")], check=False, capture_output=True
    )
    here = opened()
    with here.desk.store.read() as tx:
        event = cases.load(tx, CASE_ID).events[-1]
    here.close()
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
