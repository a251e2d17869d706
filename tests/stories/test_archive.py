"""A notice jams in the printer, another one prints it; the file is archived and verified elsewhere."""

import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.case_acts import CaseAct
from clerk.domain.papers import PaperKind
from clerk.storage import cases, outbox, papers, untold
from tests.services.noodle_shop import accepted, complete_on_paper
from tests.stories.at_counter import FIRST_MS, AtCounter
from tests.stories.behind_the_counter import another_person, begin, find_case, window_of
from tests.stories.pictures import grab

pytestmark = pytest.mark.own_window


def accepted_case(counter: AtCounter) -> Case:
    """The noodle shop's case, accepted, with its papers on the counter."""
    window = window_of(counter)
    window.lease()
    return accepted(window, complete_on_paper(window))


def show_papers(counter: AtCounter, case: Case) -> None:
    find_case(counter, case)
    counter.press("Ctrl+P")
    counter.until(lambda: counter.floor.shell.page() is counter.floor.documents)
    counter.until_seen("受理通知书，第 1 页", ms=FIRST_MS)


def came_out(counter: AtCounter) -> list[bytes]:
    """The sheets that the practice printers have printed, in their order."""
    return [file.read_bytes() for file in sorted(counter.settings.folder.glob("printed/*.pdf"))]


def copies(counter: AtCounter, case: Case) -> int:
    """How many copies of its notice the store says are out."""
    with counter.store() as tx:
        made = papers.of_case(tx, case.case_id)
    return next(one.copies_printed for one in made if one.kind is PaperKind.ACCEPTANCE)


def printed_after_a_jam(counter: AtCounter, case: Case) -> bytes:
    """The paper jams while the notice is printed; another printer takes it."""
    counter.do("打到一半卡纸")
    counter.press("Ctrl+P")
    counter.until_seen("卡纸", "没有打出来", "没有记成已打印", "换一台打印机")
    grab(counter, "jam")
    assert (came_out(counter), copies(counter, case)) == ([], 0)

    counter.press("Alt+1", "F5")
    counter.until_seen("没打出来的文书", "受理通知书")
    show_papers(counter, case)
    counter.press("Ctrl+1")
    counter.until_seen("刚打印 2 份")
    counter.until(lambda: copies(counter, case) == 2)
    (sheet,) = came_out(counter)
    return sheet


def taken_back(counter: AtCounter, case: Case) -> None:
    """The owner takes it back in writing, and the notice of that is made."""
    find_case(counter, case)
    begin(counter, counter.floor.actions.cases.here.session, case, CaseAct.WITHDRAW)
    counter.type("申请人书面撤回")
    counter.press("F9")
    counter.until(lambda: counter.kept(case.case_id).state is CaseState.WITHDRAWN)
    counter.press("Ctrl+P")
    counter.until(lambda: PaperKind.TERMINATION_NOTICE in kinds(counter, case.case_id))


def kinds(counter: AtCounter, case_id: UUID) -> set[PaperKind]:
    with counter.store() as tx:
        return {paper.kind for paper in papers.of_case(tx, case_id)}


def everybody_told(counter: AtCounter, case_id: UUID) -> bool:
    """The department has signed for both messages, and of that too everybody knows."""
    with counter.store() as tx:
        case = cases.load(tx, case_id)
        messages = outbox.of_case(tx, case_id)
        looked_at = not untold.waits(tx, case_id)
    signed = [event for event in case.events if event.kind is CaseEventKind.SIGNED_FOR]
    delivered = all(one.state is outbox.SendState.DELIVERED for one in messages)
    return len(signed) == 2 and looked_at and delivered


def on_an_empty_machine(package: Path, machine: Path) -> subprocess.CompletedProcess[str]:
    """Only Python: no site packages, no environment, nothing of ours on the path."""
    machine.mkdir()
    return subprocess.run(
        [sys.executable, "-I", "-S", str(package / "verify.py")],
        cwd=machine,
        env={},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def archived(counter: AtCounter, case: Case, folder: Path) -> Path:
    another_person(counter, "wu")
    find_case(counter, case)
    counter.press("Ctrl+G")
    counter.until(lambda: counter.dialog() == "案卷评查")
    counter.until_seen("可以归档", "文书已打印", "归档包放在哪个文件夹")
    counter.type(str(folder))
    counter.press("F9")
    counter.until(lambda: counter.kept(case.case_id).events[-1].kind is CaseEventKind.ARCHIVED)
    counter.until(lambda: counter.dialog() == "")
    (package,) = [path for path in folder.iterdir() if path.name.startswith("2026")]
    return package


def printed_again(counter: AtCounter, case: Case) -> bytes:
    """Long after, the same person wants the same paper once more."""
    another_person(counter, "zhou")
    find_case(counter, case)
    counter.press("Ctrl+P")
    counter.until(lambda: counter.floor.shell.page() is counter.floor.documents)
    counter.until_seen("第 1 页", "已打印 2 份", ms=FIRST_MS)
    documents = counter.floor.documents
    documents.list.table.setFocus()
    for _ in range(6):
        if documents.view.canvas.accessibleName().startswith("受理通知书"):
            break
        counter.press("Up")
    counter.until_seen("受理通知书，第 1 页")
    counter.press("Ctrl+P")
    counter.until_seen("刚打印 2 份，共 4 份")
    grab(counter, "printed-again")
    return came_out(counter)[-1]


def test_a_notice_jams_is_printed_archived_and_years_later_the_same_to_the_byte(counter, tmp_path):
    case = accepted_case(counter)
    show_papers(counter, case)
    sheet = printed_after_a_jam(counter, case)
    taken_back(counter, case)
    counter.until(lambda: everybody_told(counter, case.case_id))

    package = archived(counter, case, tmp_path)
    said = on_an_empty_machine(package, tmp_path / "empty")
    assert (said.returncode, said.stderr) == (0, "")
    assert "归档包完整，没有发现改动" in said.stdout
    event = counter.kept(case.case_id).events[-1]
    assert event.detail["digest"] in said.stdout
    counter.until_seen("归档包校验码")

    assert sheet in [file.read_bytes() for file in package.rglob("*.pdf")]
    counter.tools.printer.clear()
    assert printed_again(counter, case) == sheet
