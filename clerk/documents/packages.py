"""The file of a package of standards: a zip that is the same for the same members (标准包).

What comes from elsewhere is never unpacked to a disk, and no member is read further than it may be,
whatever the zip says of its size.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from clerk.domain.errors import BadInput
from clerk.domain.standard_package import MemberSize

_NO_DAY: Final = (1980, 1, 1, 0, 0, 0)
_OWNER_READS: Final = 0o600 << 16
_ENCRYPTED: Final = 0x1


class PackageWriter:
    """Writes members in the order in which they come; see ``written``."""

    def __init__(self, archive: ZipFile) -> None:
        """Write into ``archive``."""
        self._archive = archive

    def write(self, name: str, content: bytes) -> None:
        """Add a member; its day and its rights are always the same."""
        member = ZipInfo(name, _NO_DAY)
        member.compress_type = ZIP_DEFLATED
        member.external_attr = _OWNER_READS
        self._archive.writestr(member, content)


@contextmanager
def written(file: Path) -> Iterator[PackageWriter]:
    """Write a package to ``file``; one that is there is written over.

    Raises:
        BadInput: the file cannot be written.
    """
    try:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            yield PackageWriter(archive)
    except OSError as error:
        raise BadInput(f"{file} 写不下（{error.strerror}），没有打包。换一个位置再来") from error


class PackageReader:
    """Reads members one by one; see ``opened``."""

    def __init__(self, archive: ZipFile) -> None:
        """Read from ``archive``."""
        self._archive = archive
        self.members = tuple(map(_size, archive.infolist()))

    def read(self, name: str, most_bytes: int) -> bytes:
        """Return a member, and never more than one byte above ``most_bytes`` of it.

        Raises:
            BadInput: it is damaged, or the disk it lies on has gone.
        """
        try:
            with self._archive.open(name) as member:
                return member.read(most_bytes + 1)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise BadInput(f"{name}：解不开，文件可能损坏") from error
        except OSError as error:
            raise BadInput(f"{name}：读不出，U 盘可能已拔下。插好再试") from error


@contextmanager
def opened(file: Path | IO[bytes]) -> Iterator[PackageReader]:
    """Open a package for reading; a file that is open already stays so.

    Raises:
        BadInput: it cannot be read, or is no zip.
    """
    try:
        archive = ZipFile(file)
    except (OSError, BadZipFile, ValueError) as error:
        raise BadInput(f"{Path(file.name).name}：读不出，或者不是标准包") from error
    with archive:
        yield PackageReader(archive)


def _size(member: ZipInfo) -> MemberSize:
    return MemberSize(
        name=member.filename,
        size_bytes=member.file_size,
        packed_bytes=member.compress_size,
        encrypted=bool(member.flag_bits & _ENCRYPTED),
    )
