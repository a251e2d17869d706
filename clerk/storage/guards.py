"""What is looked at before a store file is opened, and what is kept free beside it."""

import os
import shutil
import stat
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from clerk.domain.errors import StoreTrouble
from clerk.storage.trouble import (
    StoreDamaged,
    StoreInUse,
    StoreLibraryOld,
    StoreNotLocal,
    StoreUnreachable,
)
from clerk.values import dataclass

OLDEST_SQLITE = (3, 51, 3)
"""First SQLite without the WAL-reset bug, which can corrupt a file used by two connections."""

MIB = 1024 * 1024

REMOTE_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "lustre", "davfs", "ncpfs"}
    | {f"fuse.{kind}" for kind in ("sshfs", "rclone", "davfs2", "smbnetfs", "glusterfs", "s3fs")}
)
SYNCHRONISED_FOLDERS = ("onedrive", "dropbox", "nutstore", "baidusync", "icloud", "wps cloud")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much of the disk is kept free, in bytes; a ballast of 0 keeps none.

    A WAL file on a disk without a free byte cannot even be opened, so the ballast is what brings
    a full office back: it is removed once, then the store opens again.
    """

    ballast_bytes: int = 64 * MIB
    warn_below_bytes: int = 2048 * MIB
    no_files_below_bytes: int = 500 * MIB
    no_cases_below_bytes: int = 100 * MIB


class NoRoomForFile(StoreTrouble):
    """Too little room for another scan."""

    def __init__(self) -> None:
        super().__init__(
            "磁盘空间不足，这份文件没有存入，办件和先前的文件都在。请先收纸质件，清出空间后再扫描"
        )


class NoRoomForCase(StoreTrouble):
    """Too little room for another case."""

    def __init__(self) -> None:
        super().__init__(
            "磁盘空间即将用尽，本机暂停收件，已保存的办件都在。请清出磁盘空间，或先用纸质登记"
        )


def free_bytes(folder: Path) -> int:
    """Return how many bytes a program may still write in ``folder``."""
    return shutil.disk_usage(folder).free


def require_library(version: str) -> None:
    """Raise ``StoreLibraryOld`` for an SQLite that may corrupt a WAL file."""
    if tuple(int(part) for part in version.split(".")) < OLDEST_SQLITE:
        raise StoreLibraryOld


def require_local(folder: Path, mounts: Callable[[], str] | None = None) -> None:
    """Raise ``StoreNotLocal`` where ``folder`` is a network share or a synchronised folder.

    ``mounts`` returns the text of Linux' ``/proc/self/mountinfo``.
    """
    full = str(folder.resolve())
    if full.startswith(("\\\\", "//")):
        raise StoreNotLocal
    parts = [part.lower() for part in folder.resolve().parts]
    if any(part.startswith(SYNCHRONISED_FOLDERS) for part in parts):
        raise StoreNotLocal
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetDriveTypeW(folder.resolve().anchor) == 4:
            raise StoreNotLocal
    elif file_system(full, (mounts or _mounts)()) in REMOTE_FILE_SYSTEMS:
        raise StoreNotLocal


def _mounts() -> str:
    table = Path("/proc/self/mountinfo")
    return table.read_text(encoding="utf-8") if table.exists() else ""


def file_system(path: str, mountinfo: str) -> str:
    """Return the file system type that ``path`` lies on, empty where the table does not say."""
    best, kind = "", ""
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        point = before.split(" ")[4].replace("\\040", " ")
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, after.split(" ")[0]
    return kind


def take_lock(path: Path) -> IO[bytes]:
    """Take the one lock of a store and return the open file that holds it until closed.

    Raises:
        StoreInUse: another instance holds it.
    """
    try:
        file = path.open("ab")
    except OSError as error:
        raise StoreUnreachable from error
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise StoreInUse from error
    return file


def prepare(path: Path, held: ExitStack) -> None:
    """Make folder and file for their owner only and take the store's lock into ``held``.

    Raises:
        StoreTrouble: not local, in use, not to be written, or a WAL that lost its file.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnreachable from error
    require_local(path.parent)
    held.enter_context(take_lock(path.with_name(path.name + ".lock")))
    if not path.exists() and path.with_name(path.name + "-wal").exists():
        raise StoreDamaged
    try:
        # the WAL beside it is given the same rights by SQLite
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, stat.S_IRUSR | stat.S_IWUSR))
    except OSError as error:
        raise StoreUnreachable from error


def ballast_of(path: Path) -> Path:
    """Return where the ballast of the store file ``path`` lies."""
    return path.with_name(path.name + ".ballast")


def keep_ballast(path: Path, size_bytes: int) -> None:
    """Make the ballast file unless it is there; where the disk has no room for it, none is made."""
    if size_bytes == 0 or (path.exists() and path.stat().st_size == size_bytes):
        return
    if free_bytes(path.parent) < 2 * size_bytes:
        return
    try:
        with path.open("wb") as file:
            # written out, since a file with holes would keep nothing free
            for _ in range(size_bytes // MIB):
                file.write(bytes(MIB))
            file.write(bytes(size_bytes % MIB))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)


def drop_ballast(path: Path) -> bool:
    """Remove the ballast and say whether there was any."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True
