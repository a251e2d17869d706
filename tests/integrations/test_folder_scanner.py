"""A scanner's own program writes pages into a folder: each is taken once, none is touched."""

import os

import pytest

from integrations.devices.folder_scanner import FolderScanner
from integrations.devices.trouble import NothingInFolder, PageTooLarge, ScanFolderUnread


def written(folder, name, content, at):
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (at, at))
    return path


def test_the_newest_page_is_taken_once_and_stays_where_it_lies(tmp_path):
    scanner = FolderScanner(tmp_path)
    newest = written(tmp_path, "2.PDF", b"new", 200)
    written(tmp_path, "list.xlsx", b"no page", 300)
    written(tmp_path, "3.png", b"", 400)

    assert scanner.scan() == (b"new", "application/pdf")
    with pytest.raises(NothingInFolder):
        scanner.scan()
    assert newest.read_bytes() == b"new"

    written(tmp_path, "2.PDF", b"anew", 500)
    assert scanner.scan() == (b"anew", "application/pdf")


def test_a_page_that_somebody_before_left_there_is_never_the_next_ones(tmp_path):
    """Pressed too early, or with nothing scanned, it must not bring another person's paper."""
    written(tmp_path, "yesterday.jpg", b"of the one before", 100)
    scanner = FolderScanner(tmp_path)
    with pytest.raises(NothingInFolder):
        scanner.scan()

    written(tmp_path, "1.jpg", b"askew", 200)
    written(tmp_path, "2.jpg", b"straight", 201)
    assert scanner.scan() == (b"straight", "image/jpeg")
    with pytest.raises(NothingInFolder):
        scanner.scan()


def test_a_folder_that_is_not_there_and_a_page_that_is_too_large_say_so(tmp_path):
    with pytest.raises(ScanFolderUnread, match="按 2 选文件"):
        FolderScanner(tmp_path / "nowhere").scan()
    scanner = FolderScanner(tmp_path)
    with (tmp_path / "big.png").open("wb") as file:
        file.truncate(21 << 20)
    with pytest.raises(PageTooLarge, match="20 MB"):
        scanner.scan()
