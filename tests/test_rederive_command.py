"""``clerk --rederive``: what the store says of every case, compared with the case's own events."""

import os
import shutil
from dataclasses import replace

import pytest
from sqlalchemy import update

from clerk.__main__ import main
from clerk.services.records import keep_case
from clerk.settings import counter
from clerk.storage.tables import cases
from tests.domain.at_the_window import accepted_case
from tests.real_counter import WORD, joined, lives_in, opened, said, settled


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A real counter with an auditor, a clerk and one accepted case; copied for each test."""
    home = tmp_path_factory.mktemp("home")
    settled(home)
    with pytest.MonkeyPatch.context() as environment:
        lives_in(environment, home)
        joined(
            ("wu", "吴督导", "supervisor"),
            ("shen", "沈审计", "auditor"),
            ("li", "李示例", "window_clerk"),
        )
        with opened() as here, here.desk.store.begin() as tx:
            keep_case(tx, replace(accepted_case(), evidence={}))
    return home


@pytest.fixture(autouse=True)
def _counter_of_its_own(made, tmp_path, monkeypatch):
    shutil.copytree(made, tmp_path / "home")
    lives_in(monkeypatch, tmp_path / "home")


def run(account="shen", word=WORD):
    return main(["--rederive", "--as", account, "--passphrase-fd", said(word)])


def test_a_store_that_says_what_the_events_say_is_in_order(capsys):
    code = run()

    assert code == 0
    assert "核对了 1 件，0 件和经过对不上，每秒" in capsys.readouterr().out


def test_a_row_that_was_changed_by_hand_is_named_with_what_differs(capsys):
    with opened() as here, here.desk.store.begin() as tx:
        tx.execute(update(cases).values(state="30", terms=""))

    code = run()

    told = capsys.readouterr().out
    assert code == 1
    assert "20260318-0001 state terms" in told
    assert "核对了 1 件，1 件和经过对不上" in told


def test_only_who_verifies_the_journal_may(capsys):
    assert run("li") == 1
    assert "没有这项权限" in capsys.readouterr().err


def test_where_there_is_no_counter_one_sentence_says_so(capsys):
    counter(os.environ).key_file.unlink()

    assert run() == 1
    assert "里还没有窗口数据，没有核对" in capsys.readouterr().err
