"""A scanner that writes into a folder (扫描文件夹): its own program scans, the newest page is taken.

What lies there is never changed or removed: that is the scanner's own program's to do.
"""

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
_Seen = tuple[str, int, int]


class FolderScanner:
    """Gives each page once; a page that is written anew under its name is another one."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is where the scanner's program writes; it is looked into at each scan."""
        self._folder = folder
        self._given: set[_Seen] = set()

    def scan(self) -> tuple[bytes, str]:
        """Return the newest page that was not given yet, as a whole file, and its media type.

        Raises:
            ScanFolderUnread: the folder is not there, or cannot be read.
            NothingInFolder: no new page lies in it.
            PageTooLarge: the page is larger than any file that is kept.
        """
        try:
            found = [
                (path.stat().st_mtime_ns, path)
                for path in self._folder.iterdir()
                if path.suffix.lower() in _MEDIA_TYPES and path.is_file()
            ]
            for changed, path in sorted(found, reverse=True):
                size = path.stat().st_size
                seen = path.name, changed, size
                if seen in self._given or size == 0:
                    continue
                if size > _MOST_BYTES:
                    raise PageTooLarge
                content = path.read_bytes()
                self._given.add(seen)
                return content, _MEDIA_TYPES[path.suffix.lower()]
        except OSError as error:
            raise ScanFolderUnread from error
        raise NothingInFolder
