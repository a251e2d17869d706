"""Archive a closed case: reviewed by itself, refused while a must fails, never half written."""

import json
from dataclasses import replace

import pytest

from clerk.domain.case import CaseEventKind
from clerk.domain.errors import BadInput, CaseChanged, NotAcceptable, NotAllowed
from clerk.domain.file_review import ReviewCheck
from clerk.domain.findings import Outcome
from clerk.domain.identity import Role
from clerk.domain.tasks import TaskKind, is_open
from clerk.services import archive_content, archiving, file_review, messages
from clerk.storage import cases, file_steps
from tests.services.closed_cases import REASON, taken_back, verified, withdrawn


@pytest.fixture
def supervisor(window):
    return window.session(Role.SUPERVISOR)


@pytest.fixture
def place(tmp_path):
    (tmp_path / "归档").mkdir()
    return tmp_path / "归档"


def test_a_window_clerk_archives_nothing(window, place):
    case = taken_back(window)

    with pytest.raises(NotAllowed):
        archiving.archive_case(window.desk, window.clerk, case.case_id, place)

    assert list(place.iterdir()) == []


def test_while_a_must_fails_nothing_is_archived_without_a_reason(window, supervisor, place):
    case = withdrawn(window, printed=False)

    with pytest.raises(NotAcceptable, match="该出的文书都已出"):
        archiving.archive_case(window.desk, supervisor, case.case_id, place)
    assert list(place.iterdir()) == []
    packed = archiving.archive_case(window.desk, supervisor, case.case_id, place, REASON)

    assert packed.case.events[-1].detail["reason"] == REASON
    assert json.loads((packed.folder / "review.json").read_bytes())["reason"] == REASON
    assert verified(packed.folder, machine=place.parent / "empty").returncode == 0


def test_a_place_that_cannot_be_written_changes_nothing(window, supervisor, tmp_path):
    case = taken_back(window)
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(BadInput, match="没有归档"):
        archiving.archive_case(window.desk, supervisor, case.case_id, tmp_path / "file", REASON)

    assert window.stored(case) == case


def test_another_package_of_that_name_is_never_written_over(window, supervisor, place):
    case = taken_back(window)
    first = archiving.archive_case(window.desk, supervisor, case.case_id, place, REASON)
    (first.folder / "cover.pdf").write_bytes(b"kept")

    with pytest.raises(BadInput, match="另一份归档包"):
        archiving.archive_case(window.desk, supervisor, case.case_id, place, REASON)

    assert (first.folder / "cover.pdf").read_bytes() == b"kept"


def test_what_a_power_cut_left_half_written_is_taken_away(window, supervisor, place):
    case = taken_back(window)
    first = archiving.archive_case(window.desk, supervisor, case.case_id, place, REASON)
    first.folder.rename(first.folder.with_name(first.folder.name + ".part"))

    again = archiving.archive_case(window.desk, supervisor, case.case_id, place, REASON)

    assert again.folder.exists()
    assert [path.name for path in place.iterdir()] == [again.folder.name]


def test_a_closed_case_is_reviewed_by_itself_and_a_failed_must_is_the_supervisors_task(window):
    case = withdrawn(window, printed=False)
    at_once = file_review.review_closed(window.desk)
    window.clock.goes_on(minutes=31)

    later = file_review.review_closed(window.desk)
    again = file_review.review_closed(window.desk)

    assert (at_once, later, again) == (0, 1, 0)
    stored = window.stored(case)
    assert is_open(stored, TaskKind.FILE_REVIEW)
    told = next(one for one in stored.events if one.kind is CaseEventKind.FILE_REVIEWED)
    assert ReviewCheck.PAPERS_MADE.value in told.detail["blocking"].split()


def test_events_whose_messages_are_not_written_yet_count_as_untold(window, supervisor):
    case = taken_back(window)

    def all_told():
        found = file_review.review_file(window.desk, supervisor, case.case_id)
        return next(one for one in found.results if one.rule.check is ReviewCheck.ALL_TOLD)

    window.lease()
    window.deliver()
    at_once = all_told()
    messages.tell_applicants(window.desk)
    window.deliver()

    assert (at_once.outcome, all_told().outcome) == (Outcome.FAIL, Outcome.PASS)


def test_archived_cases_wait_no_more(window, supervisor, place):
    case = taken_back(window)
    before = archiving.waiting_for_archive(window.desk, supervisor)
    archiving.archive_case(window.desk, supervisor, case.case_id, place, REASON)

    assert before == [case.case_id]
    assert archiving.waiting_for_archive(window.desk, supervisor) == []
    assert window.read(file_steps.waiting) == 0


def test_a_case_saved_meanwhile_is_not_archived_and_leaves_no_package(window, supervisor, place):
    case = taken_back(window)
    press = window.desk.press.ahead

    class Meanwhile:
        ahead = None

        def print_cover(self, cover):
            with window.desk.store.begin() as tx:
                cases.save(tx, cases.load(tx, case.case_id))
            return press.print_cover(cover)

    slow = Meanwhile()
    slow.ahead = slow

    with pytest.raises(CaseChanged, match="归档时在别处保存过"):
        archiving.archive_case(
            replace(window.desk, press=slow), supervisor, case.case_id, place, REASON
        )

    assert list(place.iterdir()) == []


def test_the_same_case_gives_the_same_bytes(window, supervisor):
    case = withdrawn(window)
    desk = window.desk

    def package():
        with desk.store.read() as tx:
            found = file_review.review_in(desk, tx, case)
            read = archive_content.read_file(desk, tx, case, found, REASON)
        return archive_content.package_of(desk, supervisor, read, REASON)

    assert package() == package()
