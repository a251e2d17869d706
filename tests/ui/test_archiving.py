"""案卷评查 and 归档: what fails stands on top, nothing is packed without its reason, many stop."""

from dataclasses import replace
from uuid import UUID

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from clerk.domain.case import CaseState
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.file_review import Compared, FileReview, ReviewCheck, ReviewResult, ReviewRule
from clerk.domain.findings import Outcome
from clerk.domain.identity import Role
from clerk.ui.actions import ArchiveActions
from clerk.ui.archiving import ArchiveDialog
from clerk.ui.archiving_many import ArchiveManyDialog
from clerk.ui.cases import CasesPage
from clerk.ui.rail import Place
from clerk.ui.widgets import Label, open_dialog
from tests.ui.case_values import case_of, line, session
from tests.ui.case_world import World, in_window

F9 = Qt.Key.Key_F9
CLOSED = line(0, state=CaseState.HANDED_OUT, with_whom="")


def result(check: ReviewCheck, outcome: Outcome, *, must: bool = True) -> ReviewResult:
    return ReviewResult(
        rule=ReviewRule(
            check=check,
            name=f"评查项 {check.value}",
            basis="《示例办法》",
            must=must,
            remedy="补上",
        ),
        outcome=outcome,
        compared=(Compared(what="决定", value="2026-03-19"),),
    )


GOOD = FileReview(results=(result(ReviewCheck.DATES_IN_ORDER, Outcome.PASS),))
BAD = FileReview(
    results=(
        result(ReviewCheck.DATES_IN_ORDER, Outcome.PASS),
        result(ReviewCheck.SERIES_WHOLE, Outcome.CANNOT_TELL, must=False),
        result(ReviewCheck.PAPERS_MADE, Outcome.FAIL),
    )
)


class Archive:
    """An archive in memory; ``refuses`` are cases that are not archivable."""

    def __init__(self, found: FileReview = GOOD, role: Role = Role.SUPERVISOR) -> None:
        self.found, self.role = found, role
        self.last_folder = "/there"
        self.packed: list[tuple[UUID, str, str]] = []
        self.cases = [UUID(int=number + 1) for number in range(3)]
        self.refuses: dict[UUID, Exception] = {}

    def archive(self, case_id: UUID, folder: str, reason: str) -> str:
        if case_id in self.refuses:
            raise self.refuses[case_id]
        self.packed.append((case_id, folder, reason))
        return f"{folder}/{case_id.int}"

    def actions(self) -> ArchiveActions:
        return ArchiveActions(
            here=World(who=session(self.role)).here(),
            review=lambda _: self.found,
            waiting=lambda: self.cases,
            last_folder=lambda: self.last_folder,
            archive=self.archive,
        )


@pytest.fixture
def shown(on_screen):
    """Open a dialog over a window."""
    hosts = []

    def show(dialog):
        host = QWidget()
        hosts.append(host)
        host.resize(1000, 760)
        on_screen(host)
        open_dialog(host, dialog)
        return dialog

    yield show
    for host in hosts:
        host.close()


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(Label)]


def dialog_of(archive: Archive, jobs, chosen: str = "") -> ArchiveDialog:
    return ArchiveDialog(case_of(CLOSED), archive.actions(), jobs, lambda _: chosen)


def test_what_fails_stands_on_top_with_what_was_compared_and_what_to_do(qtbot, jobs, shown):
    dialog = shown(dialog_of(Archive(BAD), jobs))
    qtbot.waitUntil(lambda: "1 项不合" in dialog.summary.text())

    said = texts(dialog.list)

    assert said[0] == "评查项 papers_made，不合，必须"
    assert said[1] == "决定 2026-03-19。依据 《示例办法》。补上"
    assert said[2] == "评查项 series_whole，查不到"
    assert said[4] == "评查项 dates_in_order：决定 2026-03-19"


def test_a_failed_must_asks_for_the_reason_before_any_folder(qtbot, jobs, shown):
    archive = Archive(BAD)
    dialog = shown(dialog_of(archive, jobs))
    qtbot.waitUntil(dialog.reason.isVisible)

    dialog.go_on()
    asked = dialog.notice.text()
    dialog.reason.set_value("部门已另行说明")
    dialog.go_on()
    qtbot.waitUntil(lambda: bool(archive.packed))

    assert "写明理由" in asked
    assert archive.packed == [(CLOSED.case_id, "/there", "部门已另行说明")]


def test_a_passed_file_is_packed_by_one_key(qtbot, jobs, shown):
    archive = Archive()
    said: list[str] = []
    dialog = shown(dialog_of(archive, jobs))
    dialog.archived.connect(said.append)
    qtbot.waitUntil(dialog.button.isEnabled)
    asked_for_a_reason = dialog.reason.isVisible()

    dialog.go_on()

    qtbot.waitUntil(lambda: bool(said))
    assert said == ["20260316-0000已归档到 /there/1"]
    assert not asked_for_a_reason


def test_without_a_folder_nothing_is_packed_and_the_keys_stand_in_its_box(qtbot, jobs, shown):
    archive = Archive()
    archive.last_folder = ""
    dialog = shown(dialog_of(archive, jobs))
    qtbot.waitUntil(dialog.button.isEnabled)

    dialog.place.choose()
    dialog.go_on()

    assert "还没写放在哪个文件夹" in dialog.notice.text()
    assert dialog.place.field.editor.hasFocus()
    assert archive.packed == []


def test_a_chosen_folder_takes_the_place_of_the_last_one(qtbot, jobs, shown):
    archive = Archive()
    dialog = shown(dialog_of(archive, jobs, chosen="/elsewhere"))
    qtbot.waitUntil(dialog.button.isEnabled)

    dialog.place.choose()
    dialog.go_on()

    qtbot.waitUntil(lambda: bool(archive.packed))
    assert archive.packed == [(CLOSED.case_id, "/elsewhere", "")]


def test_a_window_clerk_sees_the_review_and_no_way_to_archive(qtbot, jobs, shown):
    archive = Archive(BAD, Role.WINDOW_CLERK)
    dialog = shown(dialog_of(archive, jobs))
    qtbot.waitUntil(lambda: "值班长写明理由" in dialog.summary.text())

    dialog.go_on()

    assert not dialog.button.isVisible()
    assert archive.packed == []


def test_a_place_that_cannot_be_written_is_said_and_can_be_tried_again(qtbot, jobs, shown):
    archive = Archive()
    archive.refuses[CLOSED.case_id] = BadInput("写不进去，没有归档")
    dialog = shown(dialog_of(archive, jobs))
    qtbot.waitUntil(dialog.button.isEnabled)

    dialog.go_on()

    qtbot.waitUntil(lambda: "写不进去" in dialog.notice.text())
    assert dialog.button.isEnabled()


def test_many_are_packed_one_after_the_other_and_refused_ones_are_named(qtbot, jobs, shown):
    archive = Archive()
    archive.refuses[archive.cases[1]] = NotAcceptable("案卷评查没过：送达有回证，没有归档")
    dialog = shown(ArchiveManyDialog(archive.actions(), jobs))
    qtbot.waitUntil(dialog.button.isEnabled)

    dialog.go_on()

    qtbot.waitUntil(lambda: dialog.words.text() == "3 件里归档了 2 件")
    assert "送达有回证" in dialog.refusals.text()
    assert [one for one, _, _ in archive.packed] == [archive.cases[0], archive.cases[2]]


def test_many_stop_after_the_case_that_is_being_packed(qtbot, jobs, shown):
    archive = Archive()
    dialog = shown(ArchiveManyDialog(archive.actions(), jobs))
    qtbot.waitUntil(dialog.button.isEnabled)

    dialog.go_on()
    dialog.go_on()

    qtbot.waitUntil(lambda: dialog.words.text() == "3 件里归档了 1 件")
    assert len(archive.packed) == 1
    assert dialog.button.isEnabled()


def test_a_full_disk_stops_the_rest(qtbot, jobs, shown):
    archive = Archive()
    archive.refuses[archive.cases[0]] = BadInput("磁盘满了，没有归档")
    dialog = shown(ArchiveManyDialog(archive.actions(), jobs))
    qtbot.waitUntil(dialog.button.isEnabled)

    dialog.go_on()

    qtbot.waitUntil(lambda: "磁盘满了" in dialog.notice.text())
    assert archive.packed == []


def test_the_key_in_the_list_opens_the_review_of_a_closed_case_only(qtbot, jobs, on_screen, hands):
    opened = []
    world = World(rows=2, special={0: CLOSED}, who=session(Role.SUPERVISOR))
    world.cases[CLOSED.case_id] = replace(case_of(CLOSED), state=CaseState.HANDED_OUT)
    _, _, page = in_window(
        jobs,
        on_screen,
        Place.CASES,
        lambda shell: CasesPage(
            world.actions(),
            jobs,
            lambda _: None,
            lambda _: None,
            lambda _, dialog: opened.append(dialog),
            say=shell.say,
            archive=Archive().actions(),
        ),
    )
    qtbot.waitUntil(lambda: page._case is not None)

    act = next(one for one in page.acts() if one.key == "Ctrl+G")
    hands.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    hands.press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page._case is not None and not page._case.closed)

    assert [type(dialog) for dialog in opened] == [ArchiveDialog]
    assert not act.enabled()
    opened[0].deleteLater()
