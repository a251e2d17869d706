"""Files that a library gives whole are handed out in pieces, and stay nowhere."""

import pytest

from clerk.domain.errors import RemoteGarbled, RemoteRefused
from integrations.certificates.whole_files import Wanted, WholeFiles
from integrations.soap.outcome import Kind


def _piece(offset: int, version: str) -> Wanted:
    return Wanted(
        authorisation_id="SQ-1",
        certificate_id="ZZ-1",
        file_format="PDF",
        offset=offset,
        max_bytes=4,
        file_version=version,
    )


def test_a_file_is_in_memory_from_its_first_piece_to_its_last():
    files, fetched = WholeFiles("省证照库"), []

    def fetch() -> bytes:
        fetched.append("whole")
        return b"%PDF-12"

    first = files.piece(_piece(0, ""), fetch)
    last = files.piece(_piece(4, first.file_version), fetch)

    assert (first.last, last.last, len(fetched)) == (False, True, 1)
    assert first.content + last.content == b"%PDF-12"
    files.piece(_piece(4, first.file_version), fetch)
    assert len(fetched) == 2


def test_pieces_of_two_files_are_not_glued_together():
    files = WholeFiles("省证照库", most_bytes=3)  # nothing stays: each piece is fetched anew
    first = files.piece(_piece(0, ""), lambda: b"%PDF-12")

    with pytest.raises(RemoteRefused) as caught:
        files.piece(_piece(4, first.file_version), lambda: b"%PDF-13")
    assert caught.value.kind == "fault:FILE_CHANGED"


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x03\x04"])
def test_another_kind_of_file_than_was_asked_for_is_not_taken(content: bytes):
    with pytest.raises(RemoteGarbled) as caught:
        WholeFiles("省证照库").piece(_piece(0, ""), lambda: content)

    assert caught.value.kind == Kind.MODEL
