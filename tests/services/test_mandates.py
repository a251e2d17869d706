"""Mandates that a bureau lays down: they count only when it has signed them."""

import pytest
from sqlalchemy import Connection

from clerk.app.mandates import lay_down, practice_mandates, read_mandates, unsigned_mandate
from clerk.app.practice_accounts import practice_accounts
from clerk.domain.errors import BadInput
from clerk.domain.identity import Account, Role
from clerk.storage import accounts
from integrations.credentials.signatures import new_key, sign
from tests.services.window import Window

MANDATE = """\
account = "feng"
number = "示授〔2026〕9 号"
department = "示例县行政审批服务局"
signed_by = "局长 钟授权"
items = ["food_business_permit"]
from_on = 2026-01-01
until_on = 2026-12-31
"""


@pytest.fixture
def bureau():
    return new_key()


def laid_down(folder, signature, text=MANDATE, name="feng"):
    place = folder / "mandates"
    place.mkdir(exist_ok=True)
    (place / f"{name}.toml").write_text(text, encoding="utf-8")
    if signature is not None:
        (place / f"{name}.toml.sig").write_bytes(signature.encode())
    return folder


def held_by(tx: Connection, account_id: str) -> Account:
    found = accounts.find(tx, account_id)
    assert found is not None
    return found


def test_a_signed_mandate_takes_the_place_of_what_the_account_held(
    tmp_path, bureau, window: Window
):
    private, public = bureau
    laid_down(tmp_path, sign(private, MANDATE.encode()))
    feng = Account(
        account_id="feng",
        display_name="冯示例",
        roles=frozenset({Role.CHIEF_REPRESENTATIVE}),
        mandates=practice_accounts()[1].mandates,
    )

    read = read_mandates(tmp_path, [public])
    with window.desk.store.begin() as tx:
        accounts.add(tx, feng, "")
        lay_down(tx, read.held)
        numbers = [mandate.number for mandate in held_by(tx, "feng").mandates]

    assert read.refused == ()
    assert numbers == ["示授〔2026〕9 号"]


@pytest.mark.parametrize("signature", [None, "", "AAAA", "不是签名"])
def test_a_mandate_without_a_good_signature_gives_nobody_anything_and_is_told(
    tmp_path, bureau, signature
):
    laid_down(tmp_path, signature)

    read = read_mandates(tmp_path, [bureau[1]])

    assert read.held == ()
    assert "feng.toml" in str(read.refused[0])
    assert "没有启用" in str(read.refused[0])


def test_a_strangers_signature_and_a_changed_mandate_count_for_nothing(tmp_path, bureau):
    private, public = bureau
    stranger = new_key()[0]
    laid_down(tmp_path, sign(stranger, MANDATE.encode()), name="stranger")
    longer = MANDATE.replace("2026-12-31", "2030-12-31")
    laid_down(tmp_path, sign(private, MANDATE.encode()), longer, name="changed")

    read = read_mandates(tmp_path, [public])

    assert read.held == ()
    assert ["签名不对" in str(error) for error in read.refused] == [True, True]


def test_one_faulty_file_leaves_the_others_in_force(tmp_path, bureau):
    private, public = bureau
    faulty = MANDATE.replace("from_on = 2026-01-01\n", "")
    laid_down(tmp_path, sign(private, faulty.encode()), faulty, name="faulty")
    laid_down(tmp_path, sign(private, MANDATE.encode()))

    read = read_mandates(tmp_path, [public])

    assert [one.account_id for one in read.held] == ["feng"]
    assert "from_on：缺少" in str(read.refused[0])


@pytest.mark.parametrize("content", [b"\xff\xfe", b"account = ", b""])
def test_a_file_that_is_no_mandate_is_one_sentence(tmp_path, content):
    file = tmp_path / "bad.toml"
    file.write_bytes(content)

    with pytest.raises(BadInput, match=r"bad\.toml"):
        unsigned_mandate(file)


def test_the_practice_hall_has_a_chief_and_a_deputy_who_stands_in_for_him():
    held = {one.account_id: one.mandate for one in practice_mandates()}

    assert set(held) == {"zheng", "qian"}
    assert held["qian"].deputises_for == "zheng"
