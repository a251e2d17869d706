"""The line to another system is down: the case is kept, waits, and arrives once."""

import re
from uuid import UUID, uuid4

import pypdfium2
import pytest
from sqlalchemy import func, select

from clerk.domain.case import Case, CaseState
from clerk.domain.findings import NextAct, Verdict
from clerk.domain.papers import PaperKind
from clerk.storage import files, numbers, papers
from clerk.storage.outbox import SendState
from clerk.storage.tables import leased_numbers, outbox
from tests.stories.at_counter import AtCounter

pytestmark = pytest.mark.logs_warnings  # what a peer does wrong is logged, and rightly so

ANSWERS = {
    "户籍所在地": "1",
    "发放到哪里": "1",
    "联系电话": "13800000147",
    "联系人": "周模拟",
    "与联系人的关系": "父女",
    "发放方式": "社保卡",
    "开户银行": "示例银行清河支行",
    "银行账号": "6200000000000000003",
    "家庭月人均收入": "800",
    "居住情况": "1",
}
PROVISIONAL = re.compile(r"LS03-20260318-\d{3}")


def received(counter: AtCounter) -> UUID:
    """Take in an old-age allowance for the department by keys; its id."""
    case_id = counter.open_item("gljt").case_id
    counter.place_card("李样本")
    counter.press("Shift+F9", "1", "F9")
    until_papers(counter)
    assert state_of(counter, case_id) is CaseState.RECEIVED
    return case_id


def until_papers(counter: AtCounter) -> None:
    """Wait until the case was written and its papers are on the window."""
    counter.until(lambda: counter.floor.shell.page() is counter.floor.documents)
    counter.until_seen("打印 2 份")


def state_of(counter: AtCounter, case_id: UUID) -> CaseState | None:
    found = counter.stored(case_id)
    return found.state if found else None


def waiting(counter: AtCounter, case_id: UUID, kind: str) -> int:
    """How many messages of a kind the outbox on disk still holds for the case."""
    with counter.store() as tx:
        return tx.execute(
            select(func.count())
            .select_from(outbox)
            .where(
                outbox.c.case_id == case_id,
                outbox.c.kind == kind,
                outbox.c.state != SendState.DELIVERED.value,
            )
        ).scalar_one()


def submissions(counter: AtCounter, case_id: UUID) -> int:
    """How often the department's own system holds the case."""
    held = counter.state("back_office")["submissions"]
    return sum(one["case_id"] == str(case_id) for one in held)


def test_a_case_taken_in_while_the_department_is_out_of_reach_waits_and_arrives_once(counter):
    """The act is safe at once; the hand-off follows by itself, and 今日 shows it by itself."""
    counter.tools.province.kill("back_office")
    case_id = received(counter)

    counter.press("Alt+1")
    counter.until_seen("等待转办", "暂时连接不上部门系统")
    assert waiting(counter, case_id, "submit_case") == 1

    counter.tools.province.start("back_office")
    counter.until(lambda: waiting(counter, case_id, "submit_case") == 0, 60_000)
    assert submissions(counter, case_id) == 1
    counter.until(lambda: not counter.sees("等待转办"), 8_000)  # not first at its half minute
    assert submissions(counter, case_id) == 1


def test_an_answer_lost_on_the_way_back_does_not_make_a_second_case(counter):
    """The department has it, the window does not know: the same message again, one case there."""
    counter.control("back_office", fault="drop_answer", count=1, operation="SubmitCase")
    case_id = received(counter)

    counter.until(lambda: waiting(counter, case_id, "submit_case") == 0, 60_000)

    assert submissions(counter, case_id) == 1
    asked = [
        one
        for one in counter.log("back_office")
        if one["case_id"] == str(case_id) and one["operation"] == "SubmitCase"
    ]
    assert len({one["id"] for one in asked}) == 1
    assert len(asked) > 1


def test_without_leased_numbers_the_paper_bears_a_temporary_one_and_later_both(counter):
    """Block empty and platform down: 临时收件号 now, the final number once, both on the paper."""
    counter.tools.province.kill("platform")
    use_up_numbers(counter)
    case = accepted(counter)

    temporary = case.provisional_number
    assert PROVISIONAL.fullmatch(temporary)
    receipt = paper_text(counter, case.case_id, PaperKind.RECEIPT)
    assert "临时收件号" in receipt
    assert temporary in receipt

    counter.tools.province.start("platform")
    counter.until(lambda: final_number(counter, case.case_id), 60_000)
    counter.until(lambda: waiting(counter, case.case_id, "claim_number") == 0, 60_000)
    claims = [
        one for one in counter.state("platform")["claims"] if one["case_id"] == str(case.case_id)
    ]
    final = final_number(counter, case.case_id)
    assert [one["number"] for one in claims].count(final) == 1
    show_papers(counter, temporary)
    notice = paper_text(counter, case.case_id, PaperKind.ACCEPTANCE)
    assert temporary in notice
    assert final in notice


def use_up_numbers(counter: AtCounter) -> None:
    """Give every leased number away, as a busy morning would."""
    desk = counter.opened.desk
    counter.until(lambda: numbers_left(counter) >= numbers_of_a_block())
    with desk.store.begin() as tx:
        while numbers.take(tx, desk.counter.code, uuid4(), desk.now()) is not None:
            pass


def numbers_left(counter: AtCounter) -> int:
    with counter.store() as tx:
        return numbers.left(tx, counter.opened.desk.counter.code)


def numbers_of_a_block() -> int:
    return 20


def final_number(counter: AtCounter, case_id: UUID) -> str:
    with counter.store() as tx:
        found = tx.execute(
            select(leased_numbers.c.number).where(leased_numbers.c.case_id == case_id)
        ).scalar_one_or_none()
    return found or ""


def accepted(counter: AtCounter) -> Case:
    """Accept an old-age allowance by keys: answers, gaps, papers on the table, F9."""
    counter.open_item("gljt")
    counter.place_card("李样本")
    return accepted_in_front(counter)


def accepted_in_front(counter: AtCounter) -> Case:
    """The same from where her card has been read."""
    counter.press("F4")
    for _ in range(40):
        if all_given(counter):
            break
        name = counter.focus_name()
        told = next((text for label, text in ANSWERS.items() if name.startswith(label)), "")
        if told:
            counter.type(told)
            counter.press("Return")
        elif counter.floor.intake.body.materials.current() == "APPLICATION":
            counter.press("F4")
        elif counter.floor.intake.body.materials.current() == "LOW_INCOME":
            counter.press("5", "Space", "Return", "F4")
        else:
            counter.press("8", "Return")
    counter.until(lambda: "APPLICATION" in counter.case().evidence)
    counter.press("F4", "Return")
    assert verdict(counter).act is NextAct.ACCEPT_AND_PASS_ON
    case_id = counter.case().case_id
    counter.press("F9", "F9")
    until_papers(counter)
    found = counter.stored(case_id)
    assert found is not None
    assert found.accepted_at is not None
    return found


def verdict(counter: AtCounter) -> Verdict:
    opened = counter.floor.intake.desk.current
    assert opened is not None
    return opened.verdict


def all_given(counter: AtCounter) -> bool:
    """Whether nothing is open but the application, which makes itself."""
    found = verdict(counter)
    return {one.subject for one in (*found.failed, *found.open)} <= {"APPLICATION"}


def paper_text(counter: AtCounter, case_id: UUID, kind: PaperKind) -> str:
    """Wait until the paper is kept and return what is printed on it."""
    counter.until(lambda: kept(counter, case_id, kind), 30_000)
    page = pypdfium2.PdfDocument(kept(counter, case_id, kind))[0]
    text: str = page.get_textpage().get_text_range()
    return text


def kept(counter: AtCounter, case_id: UUID, kind: PaperKind) -> bytes:
    with counter.store() as tx:
        made = [one for one in papers.of_case(tx, case_id) if one.kind is kind]
        return files.content_of(tx, made[0].pdf.sha256) if made else b""


def show_papers(counter: AtCounter, number: str) -> None:
    """Find the case by a number it bears and open its papers."""
    counter.press("Alt+3", "F3")
    counter.type(number)
    listed = counter.floor.cases
    counter.until(lambda: listed.list.model.rowCount() == 1)
    counter.press("Return", "Right")
    counter.until(lambda: listed.drawer.isVisible() and listed._case is not None)
    counter.press("Ctrl+P")
    counter.until(lambda: counter.floor.shell.page() is counter.floor.documents)
