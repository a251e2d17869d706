"""The key of a store opens for those it was wrapped for and for nobody else."""

import json
import os
import random
import stat
import sys
from pathlib import Path

import pytest

from clerk.domain.errors import BadInput, SignInRefused
from clerk.storage import keyfile
from clerk.storage.keyfile import PRACTICE_PASSPHRASE, StoreKind
from clerk.storage.trouble import KeyFileUnreadable, SealingBroken

PASSPHRASE = "示例口令-2026"
some = random.Random(7).randbytes


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "counter" / "clerk.key"


@pytest.fixture
def key(path: Path) -> bytes:
    return keyfile.create(path, StoreKind.COUNTER, "lisi", PASSPHRASE, random=some)


def test_the_passphrase_opens_the_key(path: Path, key: bytes) -> None:
    assert len(key) == 32
    assert keyfile.unlock(path, "lisi", PASSPHRASE) == key
    assert keyfile.kind_of(path) is StoreKind.COUNTER


@pytest.mark.parametrize(("holder", "passphrase"), [("lisi", "other"), ("wang", PASSPHRASE)])
def test_nobody_else_opens_it(path: Path, key: bytes, holder: str, passphrase: str) -> None:
    assert key
    with pytest.raises(SignInRefused, match="没有打开"):
        keyfile.unlock(path, holder, passphrase)


def test_each_person_has_a_passphrase_of_his_own(path: Path, key: bytes) -> None:
    keyfile.add_passphrase(path, key, "wang", "王的口令-2026", random=some)
    keyfile.add_passphrase(path, key, "lisi", "新的口令-2026", random=some)

    assert keyfile.unlock(path, "wang", "王的口令-2026") == key
    assert keyfile.unlock(path, "lisi", "新的口令-2026") == key
    with pytest.raises(SignInRefused):
        keyfile.unlock(path, "lisi", PASSPHRASE)
    assert sorted(keyfile.holders(path)) == ["lisi", "wang"]


def test_who_left_opens_nothing_and_the_last_one_stays(path: Path, key: bytes) -> None:
    keyfile.add_passphrase(path, key, "wang", "王的口令-2026", random=some)

    keyfile.remove(path, "lisi")

    with pytest.raises(SignInRefused):
        keyfile.unlock(path, "lisi", PASSPHRASE)
    with pytest.raises(BadInput, match="最后一个"):
        keyfile.remove(path, "wang")


def test_a_secret_of_the_keyring_opens_it_too(path: Path, key: bytes) -> None:
    keyfile.add_secret(path, key, "lisi", bytes(32), random=some)

    assert keyfile.unlock_with_secret(path, "lisi", bytes(32)) == key
    with pytest.raises(SignInRefused):
        keyfile.unlock_with_secret(path, "lisi", bytes(31) + b"1")
    with pytest.raises(SignInRefused):
        keyfile.unlock_with_secret(path, "wang", bytes(32))


def test_the_public_word_opens_practice_and_is_refused_at_a_counter(tmp_path: Path) -> None:
    practice, counter = tmp_path / "practice.key", tmp_path / "counter.key"
    made = keyfile.create(
        practice, StoreKind.PRACTICE, "practice", PRACTICE_PASSPHRASE, random=some
    )

    assert keyfile.unlock(practice, "practice", PRACTICE_PASSPHRASE) == made
    with pytest.raises(BadInput, match="正式数据不接受"):
        keyfile.create(counter, StoreKind.COUNTER, "lisi", PRACTICE_PASSPHRASE, random=some)
    assert not counter.exists()


def test_a_practice_key_file_does_not_pass_for_a_counter_one(tmp_path: Path) -> None:
    path = tmp_path / "clerk.key"
    keyfile.create(path, StoreKind.PRACTICE, "lisi", PASSPHRASE, random=some)
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**content, "kind": "counter"}), encoding="utf-8")

    with pytest.raises(SignInRefused):
        keyfile.unlock(path, "lisi", PASSPHRASE)


def test_a_key_file_is_never_written_over_and_never_half(path: Path, key: bytes) -> None:
    before = path.read_bytes()

    with pytest.raises(BadInput, match="已经存在"):
        keyfile.create(path, StoreKind.COUNTER, "wang", PASSPHRASE, random=some)

    assert path.read_bytes() == before
    assert key not in before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["clerk.key"]


@pytest.mark.parametrize("content", [None, "", "{half"])
def test_a_lost_or_broken_key_file_is_told(path: Path, content: str | None) -> None:
    path.parent.mkdir()
    if content is not None:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(KeyFileUnreadable, match="备份"):
        keyfile.unlock(path, "lisi", PASSPHRASE)


def test_an_empty_passphrase_is_refused(path: Path) -> None:
    with pytest.raises(BadInput, match="空的"):
        keyfile.create(path, StoreKind.COUNTER, "lisi", "", random=some)


def test_a_passphrase_comes_through_a_descriptor() -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{PASSPHRASE}\nrest".encode())
    os.close(writing)

    assert keyfile.read_passphrase(reading) == PASSPHRASE


@pytest.mark.parametrize("content", [b"", b"\n", b"x" * 1025, b"\xff\n"])
def test_what_is_no_passphrase_is_refused(content: bytes) -> None:
    reading, writing = os.pipe()
    os.write(writing, content)
    os.close(writing)

    with pytest.raises(BadInput, match="没有打开数据"):
        keyfile.read_passphrase(reading)


def test_a_closed_descriptor_is_told() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    os.close(writing)

    with pytest.raises(BadInput, match="没有打开数据"):
        keyfile.read_passphrase(reading)


def test_a_child_that_does_not_answer_is_said_and_nothing_is_opened(
    path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert key
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))

    with pytest.raises(SealingBroken, match="没有打开"):
        keyfile.unlock(path, "lisi", PASSPHRASE)
