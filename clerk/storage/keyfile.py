"""The key file beside a store: its random data key, wrapped once for everyone who may open it.

A wrap by password needs Argon2id first; a wrap by a secret of the system's keyring needs none,
since that secret is random. A practice store's passphrase is a public word, which a counter store
refuses.
"""

import base64
import json
import os
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw

from clerk.domain.errors import BadInput, SignInRefused
from clerk.storage import sealing, stretching
from clerk.storage.trouble import KeyFileUnreadable

KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16
PRACTICE_PASSPHRASE = "practice"
"""Public on purpose: it is shown on the sign-in page."""
LONGEST_PASSPHRASE_BYTES = 1024

Random = Callable[[int], bytes]
"""Gives so many random bytes, fit for keys."""

Content = dict[str, Any]


class StoreKind(StrEnum):
    """Whose cases a store holds: invented ones or real ones."""

    PRACTICE = "practice"
    COUNTER = "counter"


def create(path: Path, kind: StoreKind, holder: str, passphrase: str, *, random: Random) -> bytes:
    """Make a key file with a new data key, wrapped for ``holder``, and return the key.

    Raises:
        BadInput: there is one already, or the passphrase is the public word.
    """
    if path.exists():
        raise BadInput("密钥文件已经存在，没有改动。不要覆盖它，否则原有数据再也打不开")
    key = random(KEY_BYTES)
    content: Content = {"version": 1, "kind": kind.value, "wraps": []}
    wrap = _passphrase_wrap(content, holder, passphrase, random)
    _put(path, content, wrap, key=key, wrapping=_from_passphrase(wrap, passphrase), random=random)
    return key


def kind_of(path: Path) -> StoreKind:
    """Return whose store the key file opens."""
    return StoreKind(_read(path)["kind"])


def holders(path: Path) -> tuple[str, ...]:
    """Return everyone the key is wrapped for by passphrase."""
    return tuple(wrap["holder"] for wrap in _read(path)["wraps"] if wrap["by"] == "passphrase")


def unlock(path: Path, holder: str, passphrase: str) -> bytes:
    """Return the data key.

    Raises:
        SignInRefused: no wrap of that holder opens with that passphrase.
        StoreTrouble: the key file is not there or cannot be read.
    """
    content = _read(path)
    for wrap in content["wraps"]:
        if (wrap["by"], wrap["holder"]) == ("passphrase", holder):
            _refuse_public_word(StoreKind(content["kind"]), passphrase)
            return _unwrap(content, wrap, _from_passphrase(wrap, passphrase))
    raise SignInRefused("账号或口令不对，数据没有打开。请核对后重试")


def unlock_with_secret(path: Path, holder: str, secret: bytes) -> bytes:
    """Return the data key by a secret that the keyring kept; raises as ``unlock``."""
    content = _read(path)
    for wrap in content["wraps"]:
        if (wrap["by"], wrap["holder"]) == ("secret", holder):
            return _unwrap(content, wrap, secret)
    raise SignInRefused("系统密钥环里的密钥与数据不成对，数据没有打开。请改用口令")


def add_passphrase(path: Path, key: bytes, holder: str, passphrase: str, *, random: Random) -> None:
    """Wrap the key for ``holder`` by a passphrase, over an earlier one of his.

    Raises:
        BadInput: the passphrase is empty, or the public word for a counter store.
    """
    content = _read(path)
    wrap = _passphrase_wrap(content, holder, passphrase, random)
    _put(path, content, wrap, key=key, wrapping=_from_passphrase(wrap, passphrase), random=random)


def add_secret(path: Path, key: bytes, holder: str, secret: bytes, *, random: Random) -> None:
    """Wrap the key for ``holder`` by 32 random bytes that the keyring will keep."""
    wrap: Content = {"by": "secret", "holder": holder}
    _put(path, _read(path), wrap, key=key, wrapping=secret, random=random)


def remove(path: Path, holder: str) -> None:
    """Take every wrap of ``holder`` away.

    Raises:
        BadInput: nobody else could open the store any more.
    """
    content = _read(path)
    rest = [wrap for wrap in content["wraps"] if wrap["holder"] != holder]
    if not rest:
        raise BadInput("这是最后一个能打开数据的人，没有移除。请先给另一个人授权")
    _write(path, {**content, "wraps": rest})


def read_passphrase(descriptor: int) -> str:
    """Read a passphrase from an open file descriptor, up to its end or first line end.

    Raises:
        BadInput: nothing is there, it is too long, or it is not text.
    """
    try:
        with os.fdopen(descriptor, "rb") as file:
            line = file.readline(LONGEST_PASSPHRASE_BYTES + 2)
        passphrase = line.rstrip(b"\r\n").decode()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("没能从指定的文件描述符读到口令，没有打开数据。请核对命令") from error
    if not passphrase or len(line) > LONGEST_PASSPHRASE_BYTES:
        raise BadInput("口令是空的或过长，没有打开数据。请核对命令")
    return passphrase


def _refuse_public_word(kind: StoreKind, passphrase: str) -> None:
    if kind is StoreKind.COUNTER and passphrase == PRACTICE_PASSPHRASE:
        raise BadInput("这是练习数据的公开口令，正式数据不接受。请换一个口令")


def _passphrase_wrap(content: Content, holder: str, passphrase: str, random: Random) -> Content:
    _refuse_public_word(StoreKind(content["kind"]), passphrase)
    if not passphrase:
        raise BadInput("口令是空的，没有保存。请输入口令")
    return {
        "by": "passphrase",
        "holder": holder,
        "salt": _text(random(SALT_BYTES)),
        "time_cost": stretching.COST.passes,
        "memory_kib": stretching.COST.memory_kib,
        "lanes": stretching.COST.lanes,
    }


def _from_passphrase(wrap: Content, passphrase: str) -> bytes:
    return hash_secret_raw(
        secret=passphrase.encode(),
        salt=_bytes(wrap["salt"]),
        time_cost=wrap["time_cost"],
        memory_cost=wrap["memory_kib"],
        parallelism=wrap["lanes"],
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _bound(content: Content, wrap: Content) -> bytes:
    """Return what a wrap is bound to: moved to another holder or kind of store, it fails."""
    return json.dumps([content["kind"], wrap["by"], wrap["holder"]]).encode()


def _put(
    path: Path, content: Content, wrap: Content, *, key: bytes, wrapping: bytes, random: Random
) -> None:
    nonce = random(NONCE_BYTES)
    sealed = sealing.seal(wrapping, nonce, key, _bound(content, wrap))
    same = (wrap["by"], wrap["holder"])
    rest = [old for old in content["wraps"] if (old["by"], old["holder"]) != same]
    wrap = {**wrap, "nonce": _text(nonce), "wrapped": _text(sealed)}
    _write(path, {**content, "wraps": [*rest, wrap]})


def _unwrap(content: Content, wrap: Content, wrapping: bytes) -> bytes:
    key = sealing.opened(
        wrapping, _bytes(wrap["nonce"]), _bytes(wrap["wrapped"]), _bound(content, wrap)
    )
    if key is None:
        raise SignInRefused("账号或口令不对，数据没有打开。请核对后重试")
    return key


def _read(path: Path) -> Content:
    try:
        content: Content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KeyFileUnreadable from error
    return content


def _write(path: Path, content: Content) -> None:
    """Replace the file as a whole: a power cut leaves the old or the new one, never half."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, sort_keys=True, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
