"""A store opens only where it is safe, says in one sentence why not, and confirms nothing false."""

import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from clerk.domain.errors import StoreTrouble
from clerk.storage import cases, guards
from clerk.storage.engine import Store, file_engine
from clerk.storage.trouble import (
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreInUse,
    StoreKeyWrong,
    StoreLibraryOld,
    StoreNewer,
    StoreNotLocal,
    StoreNotWritten,
    StoreUnreachable,
)
from tests.storage.invented import ID_NUMBER, KEY, a_draft, a_full_case, an_id

Open = Callable[..., Store]
MIB = guards.MIB


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "counter" / "clerk.db"


@pytest.fixture
def other_program(file: Path) -> Iterator[Engine]:
    """Another program's connection to the file, with the right key."""
    engine = file_engine(file, KEY, pooled=False)
    yield engine
    engine.dispose()


def one_sentence(trouble: StoreTrouble) -> bool:
    """Whether a clerk is told what happened, what is safe, and what to do next."""
    return "，" in str(trouble) and str(trouble).count("。") <= 1


def test_a_commit_is_on_disk_and_nothing_readable_is(file: Path, open_store: Open) -> None:
    store = open_store(file)
    with store.begin() as tx:
        cases.add(tx, a_full_case())
        pragmas = {
            name: tx.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }

    raw = b"".join(path.read_bytes() for path in file.parent.glob("clerk.db*"))

    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }
    assert not [word for word in ("SQLite format", ID_NUMBER, "张示例") if word.encode() in raw]


def test_only_the_owner_may_read_the_files(file: Path, open_store: Open) -> None:
    store = open_store(file)
    with store.begin() as tx:
        cases.add(tx, a_draft())

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.glob("clerk.db*")}

    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert modes["clerk.db"] == modes["clerk.db-wal"] == 0o600


def test_closing_folds_everything_into_the_file(file: Path, open_store: Open) -> None:
    store = open_store(file)
    with store.begin() as tx:
        cases.add(tx, a_draft())

    store.close()

    assert sorted(path.name for path in file.parent.iterdir()) == ["clerk.db", "clerk.db.lock"]


def test_another_key_opens_nothing_and_changes_nothing(file: Path, open_store: Open) -> None:
    open_store(file).close()
    before = file.read_bytes()

    with pytest.raises(StoreKeyWrong, match="没有改动") as refused:
        open_store(file, key=bytes(32))

    assert one_sentence(refused.value)
    assert file.read_bytes() == before


def test_a_second_window_program_is_refused(file: Path, open_store: Open) -> None:
    first = open_store(file)

    with pytest.raises(StoreInUse):
        open_store(file)

    first.close()
    with open_store(file).read() as tx:
        assert cases.find(tx, an_id(1)) is None


def test_a_newer_store_is_refused_not_guessed_at(place: Path | str, open_store: Open) -> None:
    store = open_store(place)
    with store.begin() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()

    with pytest.raises(StoreNewer, match="没有改动"):
        open_store(place)


def test_an_unclean_end_is_noted_and_the_journal_looked_at(
    place: Path | str, open_store: Open
) -> None:
    store = open_store(place)
    with store.begin() as tx:
        running = tx.execute(text("SELECT count(*) FROM starts WHERE stopped_at IS NULL"))
        assert running.scalar_one() == 1
    store.close()

    with open_store(place).read() as tx:
        starts = tx.execute(text("SELECT stopped_at FROM starts ORDER BY start_number"))
        assert [row.stopped_at is None for row in starts] == [False, True]


def damage(file: Path) -> None:
    """Flip one byte in every page but the first two, as a failing disk would."""
    content = bytearray(file.read_bytes())
    for at in range(2 * 4096 + 100, len(content), 4096):
        content[at] ^= 1
    file.write_bytes(content)


def test_an_index_that_was_merged_since_the_last_look_is_no_damage(
    file: Path, open_store: Open
) -> None:
    """The search index folds its pieces together every sixteen cases or so."""
    store = open_store(file)

    for serial in range(1, 21):
        with store.begin() as tx:
            cases.add(tx, a_draft(serial))
        store.verify_pages()


def test_a_damaged_page_is_found_when_asked(file: Path, open_store: Open) -> None:
    store = open_store(file)
    with store.begin() as tx:
        cases.add(tx, a_full_case())
    store.verify_pages()
    with store.begin() as tx:
        tx.exec_driver_sql("SELECT 1")
    store.close()
    damage(file)

    connection = file_engine(file, KEY, read_only=True, pooled=False)

    with pytest.raises(StoreDamaged), connection.begin() as tx:
        tx.exec_driver_sql("SELECT body FROM case_bodies").all()


def test_after_an_unclean_end_a_damaged_file_is_not_opened(
    file: Path, open_store: Open, other_program: Engine
) -> None:
    store = open_store(file)
    with store.begin() as tx:
        for serial in range(1, 40):
            cases.add(tx, a_full_case(serial))
    store.close()
    with other_program.begin() as tx:
        tx.exec_driver_sql("UPDATE starts SET stopped_at = NULL")
    content = bytearray(file.read_bytes())
    content[-2000] ^= 1
    file.write_bytes(content)

    with pytest.raises(StoreDamaged, match="停止收件") as refused:
        open_store(file)

    assert one_sentence(refused.value)


def test_a_wal_that_lost_its_file_is_not_covered_up(file: Path, open_store: Open) -> None:
    file.parent.mkdir()
    Path(f"{file}-wal").write_bytes(b"frames")

    with pytest.raises(StoreDamaged):
        open_store(file)


def limit_pages(store: Store) -> None:
    """Let the file grow no further, which the library tells as a full disk."""
    with store.begin() as tx:
        pages = tx.exec_driver_sql("PRAGMA page_count").scalar_one()
        tx.exec_driver_sql(f"PRAGMA max_page_count = {pages + 3}")


def fill(store: Store) -> int:
    """Add cases until one is refused, and return how many were kept."""
    kept = 0
    refused = None
    while refused is None:
        try:
            with store.begin() as tx:
                cases.add(tx, a_full_case(kept + 1))
        except StoreFull as trouble:
            refused = trouble
        else:
            kept += 1
    assert one_sentence(refused)
    return kept


def test_a_full_disk_keeps_what_was_confirmed_and_the_office_goes_on(
    file: Path, open_store: Open
) -> None:
    free = [3 * MIB]
    room = guards.Room(ballast_bytes=MIB, no_cases_below_bytes=2 * MIB)
    store = open_store(file, room=room, free_bytes=lambda _: free[0])
    ballast = guards.ballast_of(file)
    assert ballast.stat().st_size == MIB
    limit_pages(store)

    kept = fill(store)

    assert not ballast.exists()
    with store.read() as tx:
        assert tx.execute(text("SELECT count(*) FROM cases")).scalar_one() == kept
    free[0] = MIB
    with pytest.raises(StoreFull), store.begin() as tx:
        cases.add(tx, a_full_case(2000))
    free[0] = 3 * MIB
    with store.begin() as tx:
        cases.add(tx, a_full_case(2000))
    with store.read() as tx:
        assert tx.execute(text("SELECT count(*) FROM cases")).scalar_one() == kept + 1


def test_room_gets_short_step_by_step(file: Path, open_store: Open) -> None:
    free = [3000 * MIB]
    store = open_store(file, free_bytes=lambda _: free[0])
    plenty = store.running_low

    free[0] = 1000 * MIB
    assert (plenty, store.running_low) == (False, True)
    store.require_room_for_file()

    free[0] = 400 * MIB
    with pytest.raises(guards.NoRoomForFile) as no_file:
        store.require_room_for_file()
    store.require_room_for_case()

    free[0] = 50 * MIB
    with pytest.raises(guards.NoRoomForCase) as no_case:
        store.require_room_for_case()
    assert one_sentence(no_file.value)
    assert one_sentence(no_case.value)


def test_a_server_has_no_room_to_watch(database: str, open_store: Open) -> None:
    store = open_store(database)

    store.require_room_for_case()

    assert store.free_bytes() is None
    assert not store.running_low


def test_somebody_who_writes_too_long_is_told_as_busy(
    file: Path, open_store: Open, other_program: Engine
) -> None:
    store = open_store(file, wait_seconds=0.05)

    with other_program.begin(), pytest.raises(StoreBusy) as refused, store.begin():
        pass

    assert one_sentence(refused.value)
    with store.begin() as tx:
        cases.add(tx, a_draft())


def test_a_reader_sees_one_snapshot_while_another_writes(
    place: Path | str, open_store: Open
) -> None:
    store = open_store(place)
    with store.read() as reading:
        assert cases.find(reading, an_id(1)) is None
        with store.begin() as tx:
            cases.add(tx, a_draft())
        assert cases.find(reading, an_id(1)) is None
    with store.read() as reading:
        assert cases.find(reading, an_id(1)) is not None


def test_reading_never_writes(place: Path | str, open_store: Open) -> None:
    store = open_store(place)

    with pytest.raises((StoreUnreachable, DBAPIError)), store.read() as tx:
        cases.add(tx, a_draft())


def test_threads_that_read_then_write_lose_nothing(file: Path, open_store: Open) -> None:
    store = open_store(file)
    with store.begin() as tx:
        kept = cases.add(tx, a_draft())

    def save_five_times() -> None:
        for _ in range(5):
            with store.begin() as tx:
                cases.save(tx, cases.load(tx, kept.case_id))

    threads = [threading.Thread(target=save_five_times) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with store.read() as tx:
        assert cases.load(tx, kept.case_id).version == 21


def test_a_server_out_of_reach_is_told(open_store: Open, tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachable) as refused:
        open_store(f"postgresql://nobody@/none?host={tmp_path}")

    assert one_sentence(refused.value)


def test_a_folder_that_is_a_file_is_told(tmp_path: Path, open_store: Open) -> None:
    (tmp_path / "data").write_text("")

    with pytest.raises(StoreUnreachable):
        open_store(tmp_path / "data" / "clerk.db")


def test_an_old_library_is_refused() -> None:
    guards.require_library("3.51.3")
    with pytest.raises(StoreLibraryOld):
        guards.require_library("3.51.2")


MOUNTS = """\
22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/share rw,relatime shared:1 - cifs //server/share rw
31 22 0:41 / /mnt/my\\040nfs rw - nfs4 server:/export rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/clerk", "ext4"),
        ("/mnt/share/data", "cifs"),
        ("/mnt/shared", "ext4"),
        ("/mnt/my nfs/x", "nfs4"),
    ],
)
def test_the_file_system_is_told_from_the_mounts(folder: str, kind: str) -> None:
    assert guards.file_system(folder, MOUNTS) == kind


def test_a_share_or_a_synchronised_folder_is_refused(tmp_path: Path) -> None:
    guards.require_local(tmp_path, lambda: MOUNTS)
    with pytest.raises(StoreNotLocal):
        guards.require_local(Path("/mnt/share/data"), lambda: MOUNTS)
    with pytest.raises(StoreNotLocal):
        guards.require_local(tmp_path / "OneDrive - 示例局", lambda: MOUNTS)


def test_every_trouble_of_a_store_is_one_clear_sentence() -> None:
    kinds = [
        StoreBusy,
        StoreDamaged,
        StoreFull,
        StoreInUse,
        StoreKeyWrong,
        StoreLibraryOld,
        StoreNewer,
        StoreNotLocal,
        StoreNotWritten,
        StoreUnreachable,
    ]

    assert all(one_sentence(kind()) for kind in kinds)
