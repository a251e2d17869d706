"""A scanner that writes into a folder (扫描文件夹): its own program scans, the newest page is taken.

What lies there is never changed or removed: that is the scanner's own program's to do.
"""

from contextlib import suppress
from pathlib import Path
from typing import Final

from integrations.devices.trouble import NothingInFolder, PageTooLarge, ScanFolderUnread

_MOST_BYTES: Final = 20 << 20
_MEDIA_TYPES: Final = {
    ".pdf": "application/pdf",
    ".ofd": "application/ofd",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
_Page = tuple[int, str, int]
"""When it was written, its name, how many bytes."""


class FolderScanner:
    """Gives a page that was written since it last looked; what lay there before is somebody else's.

    A page that is written anew under its name is another one.
    """

    def __init__(self, folder: Path) -> None:
        """``folder`` is where the scanner's program writes; what lies there now is never given."""
        self._folder = folder
        self._there: frozenset[_Page] = frozenset()
        with suppress(OSError):  # a scan says so
            self._there = self._pages()

    def scan(self) -> tuple[bytes, str]:
        """Return the newest page since the last one, as a whole file, and its media type.

        Raises:
            ScanFolderUnread: the folder is not there, or cannot be read.
            NothingInFolder: no new page lies in it.
            PageTooLarge: the page is larger than any file that is kept.
        """
        try:
            found = self._pages()
            new = found - self._there
            if not new:
                raise NothingInFolder
            _, name, size = max(new)
            if size > _MOST_BYTES:
                raise PageTooLarge
            path = self._folder / name
            content = path.read_bytes()
        except OSError as error:
            raise ScanFolderUnread from error
        self._there = found
        return content, _MEDIA_TYPES[path.suffix.lower()]

    def _pages(self) -> frozenset[_Page]:
        """Return what lies there and is not empty, as a page is whose writing has just begun."""
        return frozenset(
            (told.st_mtime_ns, path.name, told.st_size)
            for path in self._folder.iterdir()
            if path.suffix.lower() in _MEDIA_TYPES
            and path.is_file()
            and (told := path.stat()).st_size
        )
