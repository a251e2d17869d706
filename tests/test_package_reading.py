"""A package is read in a process of its own, which may die and is never left behind."""

import json
import os
import signal
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import pytest

from clerk.app.package_reading import reading
from clerk.domain.errors import BadInput
from clerk.domain.standard_package import MANIFEST, PackageFaulty, packaged
from clerk.services.standard_editions import Stopped
from clerk.services.standard_unpacking import look_through
from integrations.credentials.signatures import new_key, sign

LONG = b"other docx" * 10_000
"""More of the file than is read at once."""
MEMBERS = {
    "codes/nations.toml": b"x = 1",
    "letters/promise/own_words.docx": b"plumless",
    "letters/other/plain_words.docx": LONG,
    "samples/b/2.json": b'{"item_code":"b","samples":[]}',
    "standards/a/1.json": b'{"item_code":"a","version":1}',
    "standards/b/1.json": b'{"item_code":"b","version":1,"effective_on":"2026-01-02"}',
    "standards/b/2.json": b'{"item_code":"b","version":2,"effective_on":"2026-01-01"}',
}


@pytest.fixture
def key() -> tuple[str, str]:
    return new_key()


@pytest.fixture
def file(tmp_path: Path, key: tuple[str, str]) -> Path:
    """A package, signed."""
    made = tmp_path / "a.zip"
    listed = [packaged(name, content) for name, content in MEMBERS.items()]
    files = [
        {"name": one.name, "size_bytes": one.size_bytes, "digest": one.digest} for one in listed
    ]
    head = {"format": 1, "made_at": "2026-03-18", "made_by": "边编写", "templates": {"t": "0"}}
    with ZipFile(made, "w") as archive:
        for name, content in MEMBERS.items():
            archive.writestr(name, content)
        archive.writestr(MANIFEST, json.dumps(head | {"files": files}))
    signed(made, key)
    return made


def signed(file, key):
    file.with_name(f"{file.name}.sig").write_text(sign(key[0], file.read_bytes()), "ascii")


def is_running(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def test_items_letters_and_what_else_is_in_it_come_as_they_were_packed(file, key):
    with reading(file, [key[1]]) as package:
        package.open()
        items = [package.item(number) for number in range(package.items)]

        assert (package.files, package.made_at, package.made_by) == (7, "2026-03-18", "边编写")
        assert [item.item_code for item in items] == ["a", "b"]
        assert [[table["version"] for table in item.tables()] for item in items] == [[1], [2, 1]]
        assert [item.samples(2) for item in items] == [None, {"item_code": "b", "samples": []}]
        assert list(package.letters()) == [
            ("plain_words", False, LONG),
            ("own_words", True, b"plumless"),
        ]
        assert package.differing({"t": "0"}) == ("codes/nations.toml",)


def test_a_fault_of_a_member_comes_over_like_any_other(file, key):
    with reading(file, [key[1]]) as package:
        package.open()
        with pytest.raises(PackageFaulty) as error:
            look_through(package, lambda *_: True)

    assert any(fault.startswith("standards/a/1.json name") for fault in error.value.faults)


def written_again(file, name, content):
    """The package with one member changed, as anybody may write it."""
    made = file.with_name("other.zip")
    with ZipFile(file) as old, ZipFile(made, "w") as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return made


def test_what_is_read_is_what_was_signed_although_another_file_has_its_name_by_now(file, key):
    with reading(file, [key[1]]) as package:
        head = json.loads(ZipFile(file).read(MANIFEST)) | {"made_by": "别人"}
        written_again(file, MANIFEST, json.dumps(head)).replace(file)
        package.open()

        assert package.made_by == "边编写"


@pytest.mark.logs_warnings
def test_a_package_is_not_opened_by_a_child_that_has_not_seen_its_signature(file, key):
    with reading(file, [key[1]]) as package:
        os.kill(package.pid or 0, signal.SIGKILL)

        with pytest.raises(BadInput, match="U 盘可能已拔下"):
            package.open()


def test_a_member_that_is_written_over_after_it_was_looked_at_is_not_taken(file, key):
    """The zip's own sum does not tell these two words apart."""
    with reading(file, [key[1]]) as package:
        package.open()
        for begin in range(package.files):
            package.faults_from(begin)
        with file.open("r+b") as there:
            there.seek(file.read_bytes().index(b"plumless"))
            there.write(b"buckeroo")

        with pytest.raises(PackageFaulty) as error:
            list(package.letters())

    assert error.value.faults == ("letters/promise/own_words.docx：内容和清单不符",)


def test_what_is_no_package_is_told_although_it_is_signed(file, key):
    file.write_bytes(b"<html></html>")
    signed(file, key)

    with reading(file, [key[1]]) as package, pytest.raises(PackageFaulty) as error:
        package.open()

    assert error.value.faults == ("a.zip：读不出，或者不是标准包",)


@pytest.mark.parametrize("spoilt", ["none", "other", "empty", "gone"])
def test_nothing_is_read_that_nobody_we_trust_has_signed(file, key, spoilt):
    keys = [key[1]]
    match spoilt:
        case "none":
            file.with_name(f"{file.name}.sig").unlink()
        case "other":
            keys = [new_key()[1]]
        case "empty":
            file.write_bytes(b"")
        case "gone":
            file.unlink()

    with pytest.raises(BadInput, match="签名"), reading(file, keys):
        raise AssertionError("it was read")


@pytest.mark.logs_warnings
def test_a_stick_that_is_pulled_out_ends_the_child_and_is_told(file, key):
    with reading(file, [key[1]]) as package:
        package.open()
        os.kill(package.pid or 0, signal.SIGBUS)  # as reading a mapped file that is gone does

        with pytest.raises(BadInput, match="U 盘可能已拔下"):
            package.item(0)


def test_whoever_stops_leaves_no_process_behind(file, key):
    children: list[int | None] = []

    def stopped() -> bool:
        with reading(file, [key[1]]) as package:
            package.open()
            children.append(package.pid)
            raise Stopped

    with pytest.raises(Stopped):
        stopped()

    (child,) = children
    assert child is not None
    assert not is_running(child)
