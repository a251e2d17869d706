"""A file is archived in the real window and verified on an empty machine."""

import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from clerk.domain.case import CaseEventKind, CaseState
from clerk.domain.papers import PaperKind
from clerk.storage import outbox, papers
from integrations.practice.people import NOODLE_SHOP
from tests.stories.at_counter import AtCounter

pytestmark = pytest.mark.own_window


def taken_in_and_taken_back(counter: AtCounter) -> UUID:
    """A food permit is received for the department, and the owner takes it back."""
    case_id = counter.open_item("spjy").case_id
    counter.place_card("张示例")
    counter.go_material("营业执照")
    counter.press("F8", "F8")
    counter.type(NOODLE_SHOP.use_code)
    counter.press("Return")
    counter.until_seen("可用 1 份")
    counter.press("Return")
    counter.until(lambda: counter.case().applicant_name == NOODLE_SHOP.name)
    counter.until(lambda: counter.dialog() == "")
    counter.press("Shift+F9", "1", "F9")
    counter.until(lambda: counter.floor.shell.page() is counter.floor.documents)
    counter.until_seen("打印 1 份")
    counter.press("Alt+3")
    counter.until_seen("示例县清河面馆", "在谁手里")
    counter.until_seen("统一社会信用代码")
    counter.press("Shift+F9", "1")
    counter.type("申请人书面撤回")
    counter.press("F9")
    counter.until(lambda: counter.kept(case_id).state is CaseState.WITHDRAWN)
    counter.press("Ctrl+P")
    counter.until(lambda: PaperKind.TERMINATION_NOTICE in kinds(counter, case_id))
    return case_id


def kinds(counter: AtCounter, case_id: UUID) -> set[PaperKind]:
    with counter.store() as tx:
        return {paper.kind for paper in papers.of_case(tx, case_id)}


def another_person(counter: AtCounter, account_id: str) -> None:
    counter.floor.left.emit()
    counter.enter(account_id)


def nothing_untold(counter: AtCounter, case_id: UUID) -> bool:
    with counter.store() as tx:
        messages = outbox.of_case(tx, case_id)
    return all(one.state is outbox.SendState.DELIVERED for one in messages)


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


def test_a_file_archived_in_the_window_is_verified_on_an_empty_machine(counter, tmp_path):
    case_id = taken_in_and_taken_back(counter)
    counter.until(lambda: nothing_untold(counter, case_id))
    another_person(counter, "wu")
    counter.press("Alt+3")
    counter.until_seen("示例县清河面馆", "在谁手里", "统一社会信用代码")

    counter.press("Ctrl+G")
    counter.until(lambda: counter.dialog() == "案卷评查")
    counter.until_seen("可以归档", "文书已打印", "归档包放在哪个文件夹")
    counter.type(str(tmp_path))
    counter.press("F9")
    counter.until(lambda: counter.kept(case_id).events[-1].kind is CaseEventKind.ARCHIVED)
    counter.until(lambda: counter.dialog() == "")

    (package,) = [path for path in tmp_path.iterdir() if path.name.startswith("2026")]
    said = on_an_empty_machine(package, tmp_path / "empty")
    assert (said.returncode, said.stderr) == (0, "")
    assert "归档包完整，没有发现改动" in said.stdout
    event = counter.kept(case_id).events[-1]
    assert event.detail["digest"] in said.stdout
    counter.until_seen("归档包校验码")
