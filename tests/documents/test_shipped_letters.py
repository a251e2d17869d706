"""The letters that ship are known by their digests, and each can be looked at filled."""

import hashlib
from pathlib import Path

import pytest

from clerk import assets
from clerk.documents.letter_fields import known_fields, known_lists
from clerk.documents.letter_sample import sample_values
from clerk.documents.shipped_letters import promise_codes, read_shipped, shipped_letters
from clerk.domain.errors import PaperTrouble


def test_every_letter_is_the_one_in_the_list_of_digests():
    """After a change: ``cd templates/commitments && sha256sum *.docx > SHA256SUMS``."""
    assert [one.code for one in shipped_letters() if not one.sound] == []
    assert {one.code for one in shipped_letters() if not one.promises} == {
        "agency_end",
        "agency_mandate",
        "deferral_promise",
    }


def test_the_sample_has_a_value_for_every_field_and_rows_for_every_list():
    values = sample_values()

    assert all(values[field.placeholder] for field in known_fields().values())
    assert all(values[listed.placeholder] for listed in known_lists().values())


@pytest.fixture
def site(tmp_path: Path):
    """The bureau's own folder of templates."""
    folder = tmp_path / "templates" / "commitments"
    folder.mkdir(parents=True)
    assets.use_site(tmp_path)
    yield folder
    assets.use_site(None)


def test_a_letter_saved_over_or_without_its_list_is_not_read(site):
    (site / "proof.docx").write_bytes(b"PK\x03\x04 changed")

    with pytest.raises(PaperTrouble, match="安装后被改动过"):
        read_shipped("proof")
    (row,) = (one for one in shipped_letters() if one.code == "proof")
    assert (row.sound, row.title) == (False, "proof")

    digest = hashlib.sha256(b"PK\x03\x04 changed").hexdigest()
    (site / "SHA256SUMS").write_text(f"{digest}  proof.docx\n", "ascii")
    (row,) = (one for one in shipped_letters() if one.code == "proof")
    assert (row.sound, row.title) == (True, "proof")

    (site / "SHA256SUMS").write_bytes(b"\xff\xfe not text")
    assert not any(one.sound for one in shipped_letters())
    with pytest.raises(PaperTrouble, match="没有代号"):
        read_shipped("none_of_that_name")


def test_the_promise_letters_are_those_that_standards_name():
    assert {"proof", "place_use"} <= promise_codes()
