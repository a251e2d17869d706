"""The starter catalogue: from the files of ``resources/standards`` into a store.

A version that a store has is left alone, without reading its file. What has to be read costs some
ten milliseconds a file, so the practice hall keeps what it has read in the user's cache folder, as
Python keeps compiled modules; whenever a file or the program has changed it is made anew.
"""

import json
import os
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from clerk import assets, settings
from clerk.domain import errors
from clerk.domain.catalogue_line import CatalogueLine
from clerk.domain.errors import BadInput
from clerk.domain.standard import ItemStandard
from clerk.storage import codec, standards
from clerk.storage.engine import Store

FOLDER: Final = "standards"
_KEPT: Final = "starter.json"
_PROGRAM: Final = (errors, codec)
"""Modules beside which lies everything that decides what a file says and how it is written."""


def read_catalogue() -> tuple[ItemStandard, ...]:
    """Return the starter catalogue, every version of it.

    Raises:
        StandardFaulty: a file does not parse; every fault is listed.
    """
    return tuple(_read(name) for name in _files())


def kept_catalogue() -> tuple[ItemStandard, ...]:
    """Return the same out of what was read before; quicker, and its parts are not shared."""
    return tuple(codec.load(one.body, ItemStandard) for one in _kept_editions())


def publish_starter(store: Store, now: Callable[[], datetime], *, practice: bool = False) -> None:
    """Put the versions into the store that it does not have.

    A real counter gets them once, when it is new; from then on two people publish.

    Args:
        store: where they go.
        now: the clock.
        practice: whether the hall is one for practice; only there the user's cache folder counts.

    Raises:
        StandardFaulty: a file does not parse; every fault is listed, and nothing was written.
    """
    names = _files()
    with store.read() as tx:
        if not practice and standards.count_of_items(tx):
            return
        there = standards.begun(tx, {_item_of(name) for name in names})
    missing = [name for name in names if (_item_of(name), _day_of(name)) not in there]
    if not missing:
        return
    if practice:
        editions = [one for one in _kept_editions() if _is_among(one, missing)]
    else:
        editions = _made(missing)
    with store.begin() as tx:
        numbers = standards.numbers_of(tx, {one.line.item_code for one in editions})
        highest = {code: known.highest for code, known in numbers.items()}
        new = [one for one in editions if one.line.version > highest.get(one.line.item_code, 0)]
        standards.publish_all(tx, new, now())


def shipped_samples(item_code: str) -> Mapping[str, object] | None:
    """Return the sample cases that ship with an item, None where there are none."""
    try:
        text = assets.read_text("resources", f"samples/{item_code}.toml")
    except (BadInput, OSError):
        return None
    return tomllib.loads(text)


def _files() -> tuple[str, ...]:
    names = assets.names("resources", FOLDER)
    return tuple(name for name in names if name.endswith(".toml"))


def _item_of(name: str) -> str:
    return name.split("/")[1]


def _day_of(name: str) -> date:
    day = name.rpartition("/")[2].removesuffix(".toml")
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise BadInput(
            f"{name} 的文件名不是生效日期，没有采用。请改成如 2026-01-01.toml"
        ) from error


def _is_among(edition: standards.Edition, names: Iterable[str]) -> bool:
    line = edition.line
    return f"{FOLDER}/{line.item_code}/{line.effective_on.isoformat()}.toml" in names


def _read(name: str) -> ItemStandard:
    from clerk.domain.standard_parsing import standard_from  # what was kept needs neither

    try:
        standard = standard_from(tomllib.loads(assets.read_text("resources", name)))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name} 不是正确的 TOML（{error}），没有采用。请改正后再试") from error
    if (standard.item_code, standard.effective_on) != (_item_of(name), _day_of(name)):
        raise BadInput(f"{name} 里写的事项或生效日期和文件名不同，没有采用。请改正后再试")
    return standard


def _made(names: Sequence[str]) -> list[standards.Edition]:
    return [standards.edition_of(_read(name)) for name in names]


def _kept_editions() -> list[standards.Edition]:
    """Return every starter version, out of the cache where that is of these very files."""
    names = _files()
    key = _key(names)
    kept = settings.cache() / _KEPT
    with suppress(OSError, ValueError, KeyError, TypeError):
        read = json.loads(kept.read_bytes())
        if read["key"] == key:
            return [_edition(one) for one in read["editions"]]
    editions = _made(names)
    written = json.dumps(
        {"key": key, "editions": [_plain(one) for one in editions]}, ensure_ascii=False
    )
    with suppress(OSError):
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = kept.with_name(f"{_KEPT}.{os.getpid()}")
        beside.write_text(written, encoding="utf-8")
        beside.replace(kept)
    return editions


def _key(names: Iterable[str]) -> str:
    """Return what changes with any file of the catalogue, and with the program that reads them."""
    files = [assets.path("resources", name) for name in names]
    for module in _PROGRAM:
        files += sorted(Path(str(module.__file__)).parent.glob("*.py"))
    stats = [(file, file.stat()) for file in files]
    seen = [(str(file), stat.st_mtime_ns, stat.st_size) for file, stat in stats]
    return sha256(repr(seen).encode()).hexdigest()


def _plain(edition: standards.Edition) -> dict[str, object]:
    line = codec.dump(edition.line)
    return {"line": line, "digest": edition.digest, "body": edition.body}


def _edition(plain: Mapping[str, str]) -> standards.Edition:
    line = codec.load(plain["line"], CatalogueLine)
    return standards.Edition(line=line, digest=plain["digest"], body=plain["body"])
