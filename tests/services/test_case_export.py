"""A list taken away: masked, whole or not at all, and written into the journal."""

import csv
import io

import pytest
from openpyxl import load_workbook

from clerk.domain.case_list import CaseQuery, CaseView
from clerk.domain.errors import BadInput
from clerk.services.case_export import export_cases
from clerk.wording_cases import EXPORT_HEADINGS
from tests.services.noodle_shop import accepted


@pytest.fixture
def away(tmp_path):
    """A folder with nothing of ours in it."""
    (tmp_path / "away").mkdir()
    return tmp_path / "away"


def query(window):
    return CaseQuery(view=CaseView.ALL, on=window.desk.today())


def exported(window, path, go_on=lambda *_: True, purpose="周例会"):
    return export_cases(window.desk, window.clerk, query(window), purpose, path, go_on)


def test_a_csv_opens_as_utf8_and_hides_the_middle_of_identity_numbers(window, away):
    case = accepted(window)
    path = away / "办件.csv"

    done = exported(window, path)

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert (tuple(rows[0]), len(rows) - 1) == (EXPORT_HEADINGS, done.rows)
    assert case.applicant is not None
    (row,) = [row for row in rows if row[0] == case.label]
    assert case.applicant.party.id_number not in path.read_text("utf-8-sig")
    assert "*" in row[2]
    line = window.lines()[-1]
    assert line.act == "cases.exported"
    assert '"rows":1' in line.detail.replace(" ", "")
    assert "周例会" in line.detail


def test_a_worksheet_says_the_same(window, away):
    case = accepted(window)

    exported(window, away / "办件.xlsx")

    sheet = load_workbook(away / "办件.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == EXPORT_HEADINGS
    assert (rows[1][0], rows[1][3]) == (case.label, case.item_name)


def test_a_list_that_is_stopped_leaves_no_file_and_a_line(window, away):
    accepted(window)

    done = exported(window, away / "办件.csv", go_on=lambda written, total: False)

    assert done.stopped
    assert list(away.iterdir()) == []
    assert '"stopped":true' in window.lines()[-1].detail.replace(" ", "")


@pytest.mark.parametrize(
    ("name", "purpose"), [("a.csv", " "), ("a.txt", "例会"), ("no/a.csv", "例会")]
)
def test_what_cannot_be_taken_away_is_said_and_nothing_is_left(window, away, name, purpose):
    with pytest.raises(BadInput):
        exported(window, away / name, purpose=purpose)

    assert list(away.iterdir()) == []
