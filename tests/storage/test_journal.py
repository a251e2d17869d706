"""Nothing in the journal can be changed unseen."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from clerk.storage import journal, journal_verifier
from clerk.storage.engine import Store
from tests.storage.invented import NOW, STATION, an_id

ACTS = 6
Change = Callable[[Connection], None]


def write(tx: Connection, station: str = STATION) -> None:
    for number in range(ACTS):
        journal.append(
            tx,
            at=NOW,
            station=station,
            account_id="lisi",
            act="case.accepted",
            case_id=an_id(number),
            detail={"number": f"9901{number}", "papers": ["一", "二"]},
        )


def forge(tx: Connection, statement: str) -> None:
    """Change a line as somebody with the key and without scruples would."""
    if tx.dialect.name == "sqlite":
        tx.execute(text("DROP TRIGGER journal_no_update"))
        tx.execute(text("DROP TRIGGER journal_no_delete"))
    else:
        tx.execute(text("ALTER TABLE journal DISABLE TRIGGER ALL"))
    tx.execute(text(statement))


def test_a_whole_chain_is_whole(tx: Connection) -> None:
    write(tx)
    write(tx, "W02")

    assert journal.stations(tx) == [STATION, "W02"]
    assert journal.verify(tx, STATION) is None
    assert journal.verify(tx, STATION, last=2) is None
    assert journal.verify(tx, STATION, expected=journal.anchor(tx, STATION)) is None
    assert [line.sequence for line in journal.of_case(tx, an_id(2))] == [3, 3]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET act = 'case.declined' WHERE sequence = 3",
        "DELETE FROM journal WHERE sequence = 3",
    ],
)
def test_the_database_refuses_to_change_a_line(store: Store, statement: str) -> None:
    with store.begin() as tx:
        write(tx)

    with pytest.raises(DBAPIError, match="never change"), store.begin() as tx:
        tx.execute(text(statement))

    with store.read() as tx:
        assert journal.verify(tx, STATION) is None


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE journal SET act = 'case.declined' WHERE sequence = 3", 3),
        ("UPDATE journal SET account_id = 'other' WHERE sequence = 1", 1),
        ("DELETE FROM journal WHERE sequence = 3", 3),
        ("UPDATE journal SET sequence = -sequence WHERE sequence = 3", 3),
    ],
)
def test_a_forged_line_shows(tx: Connection, statement: str, broken_at: int) -> None:
    write(tx)

    forge(tx, statement)

    assert journal.verify(tx, STATION) == broken_at


def test_only_an_end_kept_elsewhere_shows_a_cut_tail(tx: Connection) -> None:
    write(tx)
    end = journal.anchor(tx, STATION)

    forge(tx, f"DELETE FROM journal WHERE sequence > {ACTS - 2}")

    assert journal.verify(tx, STATION) is None
    assert journal.verify(tx, STATION, expected=end) == ACTS - 1


@pytest.fixture
def exported(tx: Connection, tmp_path: Path) -> Path:
    write(tx)
    file = tmp_path / "journal.jsonl"
    file.write_text("\n".join(journal.export(tx, STATION)) + "\n", encoding="utf-8")
    return file


def test_the_separate_verifier_agrees(tx: Connection, exported: Path, python: str) -> None:
    """It runs without the workstation: only the standard library, isolated from our packages."""
    end = journal.anchor(tx, STATION)
    assert end is not None
    program = journal_verifier.__file__

    ran = subprocess.run(
        [python, "-I", program, exported, str(end.sequence), end.digest],
        check=False,
        capture_output=True,
        text=True,
    )

    assert (ran.returncode, ran.stdout) == (0, "whole\n")


def test_the_separate_verifier_names_the_forged_line(exported: Path) -> None:
    lines = exported.read_text(encoding="utf-8").splitlines()
    forged = json.loads(lines[3])
    forged["detail"]["number"] = "0"
    lines[3] = json.dumps(forged, ensure_ascii=False)

    assert journal_verifier.first_broken(lines) == 4
    exported.write_text("\n".join(lines), encoding="utf-8")
    assert journal_verifier.main([str(exported)]) == 1


def test_the_separate_verifier_misses_a_cut_tail_only_without_an_end(exported: Path) -> None:
    lines = exported.read_text(encoding="utf-8").splitlines()
    end = json.loads(lines[-1])

    assert journal_verifier.first_broken(lines[:-1]) is None
    assert journal_verifier.first_broken(lines[:-1], (end["sequence"], end["digest"])) == ACTS


def test_what_is_no_journal_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("没有日志", encoding="utf-8")

    assert journal_verifier.main([str(tmp_path / "text")]) == 2
    assert journal_verifier.main([str(tmp_path / "absent")]) == 2
    assert journal_verifier.main([]) == 2
