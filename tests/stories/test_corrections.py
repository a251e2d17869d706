"""Sent back and answered, in the real window: 补正 after the notice, 补核 inside, 督办."""

import pytest
from sqlalchemy import select

from clerk.domain import intake
from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.case_acts import CaseAct
from clerk.domain.case_files import files_of
from clerk.domain.changes import ChangeKind
from clerk.domain.identity import Role
from clerk.domain.tasks import TaskKind, is_open
from clerk.services import approval, drafts
from clerk.storage.tables import case_files, journal
from clerk.ui.approval import ApprovalPage
from tests.services import noodle_shop
from tests.services.window import Window
from tests.stories.at_counter import AtCounter
from tests.stories.behind_the_counter import another_person, begin, fill, find_case
from tests.stories.pictures import grab

RULES, LAYOUT = "食品安全管理制度目录", "经营场所、设备布局图"


pytestmark = pytest.mark.own_window


def with_layout_scanned(window: Window, case: Case) -> Case:
    return noodle_shop.scanned(window, intake.without_evidence(case, "LAYOUT"), "LAYOUT")


def open_in_intake(counter: AtCounter, case: Case) -> None:
    """Open the case that 办件 shows, by Enter."""
    counter.press("Return")
    counter.until(lambda: counter.floor.shell.page() is counter.floor.intake)
    counter.until(lambda: counter.case().case_id == case.case_id)


def go_to_filled(counter: AtCounter, label: str) -> None:
    """Show every field of the form and go on with Tab to one that is filled in."""
    counter.press("Ctrl+M")
    for _ in range(80):
        if counter.focus_name().startswith(label):
            return
        counter.press("Tab")
    raise AssertionError(f"no field {label}:\n{counter.text()}")


def test_a_correction_after_four_days_shows_what_changed_by_field_and_page(counter, window):
    """行政许可法 art. 32 (4): told once; what comes back is laid beside what had been there."""
    begun = with_layout_scanned(window, noodle_shop.incomplete(window, "RULES"))
    case = drafts.save_draft(window.desk, window.clerk, begun)
    counter.press("Alt+3")
    counter.until_seen("示例县清河面馆", "还没收件")
    open_in_intake(counter, case)
    counter.press("Shift+F9")
    counter.until(lambda: counter.dialog() == "其他处理")
    counter.press("2")
    counter.until(lambda: counter.dialog() == "一次性告知")
    counter.until_seen("第 1 页，共")
    counter.press("Return")
    counter.until(lambda: counter.kept(case.case_id).state is CaseState.CORRECTION_DUE)
    counter.until(lambda: counter.floor.shell.page() is counter.floor.documents)
    counter.until_seen("打印 2 份")

    counter.days_later(6)  # Tuesday: four working days
    told = counter.kept(case.case_id)
    find_case(counter, told, "一次性告知 1 项")
    grab(counter, "correction-waiting")
    open_in_intake(counter, told)
    counter.go_material(RULES)
    counter.press("1")
    counter.until(lambda: "RULES" in counter.case().evidence)
    look_at_points(counter)
    go_to_filled(counter, "经营面积")
    counter.press("Ctrl+A")
    counter.type("52")
    counter.press("Return")
    counter.until(lambda: counter.case().values["area"].value == "52")
    counter.press("F9")
    counter.until(counter.floor.shell.undo.is_open)
    counter.press("F9")

    counter.until(lambda: counter.kept(case.case_id).accepted_at is not None)
    kept = counter.kept(case.case_id)
    corrected = next(e for e in kept.events if e.kind is CaseEventKind.CORRECTED)
    assert corrected.day.isoformat() == "2026-03-24"
    by_code = {one.code: one for one in corrected.changed}
    assert by_code["area"].kind is ChangeKind.FIELD
    assert (by_code["area"].before, by_code["area"].after) == ("46", "52")
    assert set(by_code) == {"area", "RULES"}  # the day of the application stays the first one
    assert (by_code["RULES"].before, by_code["RULES"].pages) == ("", (1,))
    assert kept.accepted_on is not None
    assert kept.accepted_on.isoformat() == "2026-03-24"
    counter.until(lambda: counter.floor.shell.page() is counter.floor.documents)
    counter.until_seen("补件单", "打印 2 份")
    find_case(counter, kept, "补正交齐", "经营面积，46 改为 52", f"{RULES}，没有 改为")
    grab(counter, "correction-course")


def look_at_points(counter: AtCounter) -> None:
    """Answer what is to be looked at on the new pages."""
    standard = counter.opened.desk.standard(counter.case().item_code, 1)
    points = standard.requirement("RULES").review_points
    for _ in points:
        counter.press("F4", "Return")


def test_a_picture_sent_back_is_taken_again_and_the_chief_sees_old_and_new(counter, window):
    """After acceptance only an internal return: the clock runs on, the old pages stay."""
    whole = with_layout_scanned(window, noodle_shop.complete_on_paper(window))
    case = noodle_shop.accepted(window, whole)
    window.deliver()
    back = approval.send_back(
        window.desk, window.chief, case.case_id, ["LAYOUT_UNCLEAR"], ["LAYOUT"], "第 1 页看不清"
    )
    find_case(counter, back, "退回补核：布局图看不清")
    grab(counter, "return-open")
    begin(counter, window.clerk, back, CaseAct.RETAKE)
    counter.until_seen("怎样收，1 高拍仪扫描")
    counter.press("1")
    counter.until_seen("已存")
    grab(counter, "return-retake")
    counter.press("F9")
    counter.until_seen(f"补核重扫：{LAYOUT}")
    counter.press("Alt+1")
    counter.until_seen("先办这些")
    find_case(counter, back, f"补核重扫：{LAYOUT}")
    counter.press("F9")
    counter.until_seen("补核已办，转回审批")

    kept = counter.kept(case.case_id)
    answer = next(e for e in kept.events if e.kind is CaseEventKind.RETURN_ANSWERED)
    assert [(one.code, one.pages) for one in answer.changed] == [("LAYOUT", (1,))]
    assert kept.evidence["LAYOUT"].older[0].files == whole.evidence["LAYOUT"].files
    assert kept.terms == case.terms
    with counter.store() as tx:
        linked = tx.execute(
            select(case_files.c.sha256).where(case_files.c.case_id == case.case_id)
        ).scalars()
        written = tx.execute(select(journal.c.act).where(journal.c.act == "case.retake")).scalars()
        assert {file.sha256 for file in files_of(kept)} <= set(linked)
        assert list(written) == ["case.retake"]
    grab(counter, "return-answered")
    another_person(counter, "zheng")
    counter.until(lambda: isinstance(counter.floor.shell.page(), ApprovalPage))
    counter.until_seen("补核改了什么", f"看旧页，{LAYOUT}", "第 1 页换过")
    counter.until(counter.floor.shell.page().file.viewer.has_pages)
    grab(counter, "approval-changes")
    counter.press("F8")
    counter.until_seen("这是换下的旧页，不作审批依据")
    counter.until(counter.floor.shell.page().file.viewer.has_pages)
    grab(counter, "approval-older")
    counter.press("F8")
    counter.until(lambda: not counter.sees("这是换下的旧页"))


def test_a_supervisor_urges_and_the_clerk_answers(counter, window):
    """督办 names the person and the clock, and moves neither state nor term."""
    case = noodle_shop.accepted(window)
    window.deliver()
    another_person(counter, "wu")
    before = counter.kept(case.case_id)
    find_case(counter, before)
    begin(counter, window.session(Role.SUPERVISOR), before, CaseAct.URGE)
    fill(counter, "群众来问了两次", "2026-03-20")
    counter.press("F9")
    counter.until_seen("督办，承诺时限", f"督办{before.with_whom}")
    grab(counter, "urged")

    urged = counter.kept(case.case_id)
    assert (urged.state, urged.terms) == (before.state, before.terms)
    another_person(counter, "zhou")
    counter.press("Alt+1")
    counter.until_seen("回复督办，3 月 20 日")
    find_case(counter, urged)
    counter.press("7")
    counter.until(counter.floor.cases.list.is_measured)
    counter.until_seen("登记原件去向、回复督办")
    grab(counter, "urged-tasks")
    begin(counter, window.clerk, urged, CaseAct.ANSWER_URGING)
    fill(counter, "今天已补录，明天送审")
    counter.press("F9")

    counter.until(lambda: not is_open(counter.kept(case.case_id), TaskKind.ANSWER_URGING))
    find_case(counter, urged, "回复督办", "今天已补录，明天送审")
    counter.until(lambda: not counter.sees("督办，承诺时限"))
