"""A store that may not be opened: one sentence on the sign-in page, the file as it was."""

import resource
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from clerk import settings
from clerk.app.opening import PRACTICE_HOLDER
from clerk.domain.case import Case
from clerk.storage import keyfile
from clerk.storage import settings as kept_settings
from clerk.storage.engine import Store, file_engine
from clerk.storage.one_writer import OneWriter
from clerk.storage.trouble import StoreFull
from tests.stories.at_counter import MORNING, AtCounter

TYPED = "typed" * 30


@pytest.fixture
def home(made_home, tmp_path) -> settings.Settings:
    """A practice store as a former run left it."""
    shutil.copytree(made_home / "practice", tmp_path / "practice")
    return settings.practice({"CLERK_HOME": str(tmp_path)})


def new_key(file: Path) -> None:
    keyfile.create(
        file,
        keyfile.StoreKind.PRACTICE,
        PRACTICE_HOLDER,
        keyfile.PRACTICE_PASSPHRASE,
        random=secrets.token_bytes,
    )


def key_of(where: settings.Settings) -> bytes:
    return keyfile.unlock(where.key_file, PRACTICE_HOLDER, keyfile.PRACTICE_PASSPHRASE)


def open_store(where: settings.Settings) -> Store:
    return Store.open(where.store, key=key_of(where), now=lambda: MORNING, station="03")


def refused(start, where: settings.Settings, words: str) -> AtCounter:
    """Start the program over the store and require its one sentence, said once."""
    counter: AtCounter = start(where.folder.parent)
    counter.until_seen(words, "再试一次")
    assert counter.times_said(words) == 1
    assert len(counter.troubles()) == 1
    assert counter.station.door is None
    return counter


def test_a_store_of_a_later_program_is_not_opened(start, home):
    engine = file_engine(home.store, key_of(home), pooled=False)
    with engine.begin() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    before = home.store.read_bytes()

    counter = refused(
        start, home, "数据由更新版本的程序写成，本程序不打开它，文件没有改动。请先升级"
    )

    assert home.store.read_bytes() == before
    counter.end()


def test_a_store_encrypted_with_another_key_is_not_touched(start, home):
    home.key_file.unlink()
    new_key(home.key_file)
    before = home.store.read_bytes()

    counter = refused(start, home, "数据文件不是用当前密钥加密的，打不开，文件没有改动。请核对")

    assert home.store.read_bytes() == before
    counter.end()


def test_a_store_that_another_program_holds_opens_once_that_one_is_closed(start, home):
    other = open_store(home)
    counter = refused(start, home, "另一个窗口程序正在使用这份数据，本次没有打开。请先关掉那一个")

    other.close()
    counter.press("Return")

    counter.until(lambda: counter.station.door is not None)
    assert counter.troubles() == []
    counter.end()


@contextmanager
def no_room(size_bytes: int) -> Iterator[None]:
    """Let no file of this process grow beyond ``size_bytes``."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_store_that_cannot_grow_says_so_and_is_whole_once_there_is_room(start, home):
    with no_room(4096):
        counter = refused(start, home, "磁盘不让读写数据文件，这一步没有保存，先前已保存的办件都在")

    counter.end()
    store = open_store(home)
    store.verify_pages()
    store.close()


def test_a_disk_that_fills_while_typing_keeps_what_was_typed_until_there_is_room(start, home):
    counter = start(home.folder.parent)
    counter.enter()
    counter.press("Alt+2")
    with full_disk(counter.opened.desk.store):
        case = typed_until_full(counter)

        counter.until_seen("磁盘已满，这一步没有保存，先前已保存的办件都在")
        assert counter.times_said("磁盘已满") == 1
        assert counter.stored(case.case_id) is None
        assert counter.typed() == TYPED

    counter.until(lambda: counter.stored(case.case_id) is not None)
    assert counter.kept(case.case_id).values["contact_name"].value == TYPED
    counter.until(lambda: counter.troubles() == [])


def saved_or_not(counter: AtCounter, case: Case) -> bool:
    return bool(counter.stored(case.case_id) or counter.troubles())


def typed_until_full(counter: AtCounter) -> Case:
    """Type one draft after the other until the store has room for no more; that draft."""
    for _ in range(12):
        counter.press("Ctrl+N")
        case = counter.open_item("gljt")
        counter.go_field("联系人")
        counter.type(TYPED)
        counter.until(partial(saved_or_not, counter, case))
        if counter.troubles():
            return case
    raise AssertionError("the store is not full")


def use_up(writer: OneWriter) -> None:
    for number in range(1000):
        with writer.begin() as tx:
            kept_settings.put(tx, "nobody", f"filler {number}", "x" * 4000)


@contextmanager
def full_disk(store: Store) -> Iterator[None]:
    """Let the store's file not grow by a page; what is free inside it is used up first."""
    writer = store._writer
    assert isinstance(writer, OneWriter)

    def limit(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    event.listen(writer.engine, "connect", limit)
    writer.dispose()
    try:
        with pytest.raises(StoreFull):
            use_up(writer)
        writer.dispose()
        yield
    finally:
        event.remove(writer.engine, "connect", limit)
