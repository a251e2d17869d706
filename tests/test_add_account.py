"""People come to a real counter by a command of the terminal, each with his own passphrase."""

import pytest

from clerk.app import add_account
from clerk.app.door import open_door
from clerk.app.edges import running_clock, uuid7
from clerk.domain.identity import Role
from clerk.settings import counter
from clerk.storage import keyfile
from tests.real_counter import lives_in, said, settled

FIRST, SECOND = "first passphrase", "second passphrase"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    lives_in(monkeypatch, tmp_path)
    return settled(tmp_path)


def add(account, roles, passphrase, *more):
    given = [account, "李示例", roles, "--passphrase-fd", said(passphrase), *more]
    return add_account.main(given)


def test_the_first_person_makes_the_store_and_can_sign_in(folder):
    made = add("li", "window_clerk", FIRST)

    door = open_door(counter(), now=running_clock(), new_id=uuid7, fixed=False)
    session = door.sign_in("li", FIRST)
    assert door.opened is not None
    door.opened.close()

    assert made == 0
    assert session.account.roles == {Role.WINDOW_CLERK}


def test_the_second_person_needs_somebody_who_can_open_the_store(folder, capsys):
    add("li", "window_clerk", FIRST)

    alone = add("wu", "supervisor", SECOND)
    wrong = add("wu", "supervisor", SECOND, "--as", "li", "--as-passphrase-fd", said(SECOND))
    right = add("wu", "supervisor", SECOND, "--as", "li", "--as-passphrase-fd", said(FIRST))

    assert (alone, wrong, right) == (1, 1, 0)
    assert keyfile.holders(folder / "store.key") == ("li", "wu")
    assert "用 --as 指明谁来打开它" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("roles", "passphrase", "sentence"),
    [
        ("window_clerk", "practice", "口令要有 10 个字符以上"),
        ("king", FIRST, "没有这种角色"),
        ("auditor,window_clerk", FIRST, "不能兼任别的角色"),
    ],
)
def test_a_refused_account_leaves_no_store(folder, capsys, roles, passphrase, sentence):
    refused = add("li", roles, passphrase)

    assert refused == 1
    assert sentence in capsys.readouterr().err
    assert not (folder / "store.db").exists()
