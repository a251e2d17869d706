"""The starter catalogue comes into a store once, quickly, and never over what is there."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clerk import assets
from clerk.app import starter
from clerk.domain.errors import BadInput
from clerk.storage import standards
from clerk.storage.engine import Store
from clerk.storage.guards import Room

NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
KEY = bytes(range(32))
ITEM = "business_rest_filing"
FILE = f"standards/{ITEM}/2025-01-01.toml"


def now() -> datetime:
    return NOW


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(
        tmp_path / "clerk.db", key=KEY, now=now, station="03", room=Room(ballast_bytes=0)
    )
    yield opened
    opened.close()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's cache folder with nothing in it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "window-clerk" / "starter.json"


@pytest.fixture(scope="module")
def once_read(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What a cache folder holds after a start; reading every file costs a second."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(folder))
        starter.kept_catalogue()
    return (folder / "window-clerk" / "starter.json").read_bytes()


@pytest.fixture
def filled_cache(cache: Path, once_read: bytes) -> Path:
    """A user's cache folder after the first start."""
    cache.parent.mkdir(parents=True)
    cache.write_bytes(once_read)
    return cache


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A bureau's own files beside the shipped ones."""
    folder = tmp_path / "site"
    assets.use_site(folder)

    def copied(name: str) -> Path:
        own = folder / "resources" / name
        own.parent.mkdir(parents=True)
        shutil.copy(assets.folder("resources") / FILE, own)
        return own

    yield copied
    assets.use_site(None)


def digest(store: Store) -> str | None:
    with store.read() as tx:
        return standards.digest_of(tx, ITEM, 1)


def test_a_new_store_gets_every_version_and_the_next_start_reads_no_file(store, filled_cache):
    starter.publish_starter(store, now, practice=True)
    with store.read() as tx:
        stamp, items = standards.stamp(tx), standards.count_of_items(tx)
    filled_cache.unlink()

    starter.publish_starter(store, now, practice=True)

    assert items == len({name.split("/")[1] for name in assets.names("resources", "standards")})
    with store.read() as tx:
        assert standards.stamp(tx) == stamp
    assert not filled_cache.exists()


def test_what_was_read_before_is_the_same_as_the_files_say(filled_cache):
    assert starter.kept_catalogue() == starter.read_catalogue()


def test_a_file_that_changed_is_read_again(filled_cache, site):
    own = site(FILE)
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace('name = "', 'name = "本县', 1), encoding="utf-8")

    (item,) = (one for one in starter.kept_catalogue() if one.item_code == ITEM)

    assert item.name.startswith("本县")


@pytest.mark.parametrize("spoiled", ["{", "[]"])
def test_a_spoiled_cache_is_made_anew(store, cache, spoiled):
    cache.parent.mkdir(parents=True)
    cache.write_text(spoiled, encoding="utf-8")

    starter.publish_starter(store, now, practice=True)

    assert digest(store) is not None
    assert json.loads(cache.read_text(encoding="utf-8"))["editions"]


def test_a_real_counter_never_takes_rules_from_the_cache_folder(store, filled_cache):
    """Whoever may write there could otherwise write the bureau's rules."""
    read = json.loads(filled_cache.read_text(encoding="utf-8"))
    forged = [{**one, "digest": "0" * 64} for one in read["editions"]]
    filled_cache.write_text(json.dumps({**read, "editions": forged}), encoding="utf-8")

    starter.publish_starter(store, now)

    assert digest(store) not in (None, "0" * 64)


def test_a_real_counter_is_given_the_catalogue_only_while_it_is_new(store, filled_cache):
    """From then on two people publish, whatever a newer program ships."""
    (item,) = (one for one in starter.kept_catalogue() if one.item_code == ITEM)
    with store.begin() as tx:
        standards.publish(tx, item, NOW)

    starter.publish_starter(store, now)

    with store.read() as tx:
        assert standards.count_of_items(tx) == 1


def test_a_version_of_the_bureau_is_never_followed_by_one_that_ships(store, filled_cache):
    (item,) = (one for one in starter.kept_catalogue() if one.item_code == ITEM)
    own = replace(item, version=7, name="本县自己的版本", effective_on=NOW.date())
    with store.begin() as tx:
        standards.publish(tx, own, NOW)

    starter.publish_starter(store, now, practice=True)

    with store.read() as tx:
        assert standards.version_on(tx, ITEM, NOW.date()) == 7
        assert standards.find(tx, ITEM, 1) is None


def test_a_file_under_another_day_or_item_is_refused(cache, site):
    site("standards/another_item/2025-01-01.toml")

    with pytest.raises(BadInput, match="和文件名不同"):
        starter.kept_catalogue()


def test_a_file_that_is_named_after_no_day_is_refused(store, filled_cache, site):
    site(f"standards/{ITEM}/first.toml")

    with pytest.raises(BadInput, match="文件名不是生效日期"):
        starter.publish_starter(store, now, practice=True)
