"""In the real window: an editor changes an item, another person publishes it, and from its day on
the window asks for it and says why; a case begun before keeps its version."""

import pytest

from clerk.domain.case import Case
from clerk.domain.standard_draft import ProposalState
from clerk.ui.rail import Place
from clerk.ui.standards import StandardsPage
from tests.stories.at_counter import AtCounter
from tests.stories.behind_the_counter import another_person
from tests.stories.pictures import grab

pytestmark = pytest.mark.own_window

ITEM = "old_age_allowance"
COPIED, NEW = "授权委托书", "领取人近期照片"
EFFECTIVE_ON = "2026-03-20"
REASON = "按市里的通知加一份照片"


def page_of(counter: AtCounter) -> StandardsPage:
    """标准, as soon as it stands in front."""
    counter.until(lambda: counter.floor.shell.place() is Place.STANDARDS)
    page = counter.floor.shell.page()
    assert isinstance(page, StandardsPage)
    return page


def look_up(counter: AtCounter, page: StandardsPage, words: str) -> None:
    """Find an item by F3 and wait until it was read and looked through."""
    counter.until(page.list.model.rowCount)
    counter.press("F3")
    counter.type(words)
    counter.press("Return")
    counter.until(lambda: page.open is not None and page.open.row.item_code == ITEM)
    counter.until(lambda: page.open is not None and page.open.result is not None)


def go_line(counter: AtCounter, page: StandardsPage, title: str) -> None:
    """Go to a line of the tab in front by the arrows."""
    front = page.front()
    assert front is not None
    counter.press("Ctrl+Home")
    for _ in range(60):
        row = front.outline.current()
        if row is not None and title in row.title:
            return
        counter.press("Down")
    raise AssertionError(f"no line {title}:\n{counter.text()}")


def go_element(counter: AtCounter, label: str) -> None:
    """Go by Tab to an element of the form."""
    for _ in range(60):
        if counter.focus_name().startswith(label):
            return
        counter.press("Tab")
    raise AssertionError(f"no element {label}:\n{counter.text()}")


def write(counter: AtCounter, text: str) -> None:
    """Put another text in place of the one the cursor is in."""
    counter.press("Ctrl+A")
    counter.type(text)
    counter.press("Return")


def add_the_material(counter: AtCounter, page: StandardsPage) -> None:
    """Copy a material, call it something else, ask for it always; undo that and do it again."""
    look_up(counter, page, "高龄津贴")
    counter.press("Ctrl+4")
    go_line(counter, page, COPIED)
    counter.press("Ctrl+D", "Right")
    counter.until(lambda: counter.typed() == COPIED)
    write(counter, NEW)
    go_element(counter, "什么情形才要")
    counter.press("Del")
    until_kept(counter, page, "没有条件，总是这样")
    grab(counter, "standards-edited")
    counter.press("Esc", "Ctrl+Z")
    until_kept(counter, page, "有人代办")
    counter.press("Ctrl+Y")
    until_kept(counter, page, "没有条件，总是这样")


def until_kept(counter: AtCounter, page: StandardsPage, *words: str) -> None:
    """Wait until the draft says so and the store holds it."""
    counter.until_seen("草稿已存", NEW, *words)
    counter.until(lambda: page.open is not None and page.open.is_kept())


def propose_it(counter: AtCounter, page: StandardsPage) -> None:
    """Lay the draft before the publisher for a later day."""
    counter.until(page.main_button.isEnabled)
    counter.press("F9")
    counter.until(lambda: counter.dialog() == "提交发布")
    counter.until_seen("样例的结论")
    counter.type(REASON)
    counter.press("Shift+Tab")
    write(counter, EFFECTIVE_ON)
    grab(counter, "standards-proposed")
    counter.press("F9")
    counter.until_seen("已送审")


def waiting(page: StandardsPage) -> int:
    """How many proposals wait for a publisher."""
    return len(page._actions.proposals(ProposalState.PROPOSED))


def ask(counter: AtCounter) -> Case:
    """Open the item by its initials for somebody who placed his card."""
    counter.go_intake()
    counter.open_item("gljt")
    counter.place_card("李样本")
    return counter.case()


def test_a_material_is_added_published_by_another_person_and_asked_from_its_day_on(counter):
    earlier = ask(counter)
    counter.until_saved()
    another_person(counter, "bian")
    page = page_of(counter)

    add_the_material(counter, page)
    propose_it(counter, page)
    counter.press("Shift+F9")
    counter.until_seen("自己提交的由另一个人发布", NEW)
    counter.press("F9")
    assert waiting(page) == 1
    counter.press("Esc")

    another_person(counter, "fa")
    page = page_of(counter)
    counter.until(page.list.model.rowCount)
    counter.press("F9")
    counter.until_seen(f"边编写提交：{REASON}", NEW)
    grab(counter, "standards-published")
    counter.press("F9", "F9")
    counter.until_seen("已发布 1 项")
    assert waiting(page) == 0

    another_person(counter, "zhou")
    assert ask(counter).standard_version == earlier.standard_version
    assert not counter.sees(NEW)
    counter.days_later(2)
    assert ask(counter).standard_version == earlier.standard_version + 1
    counter.until_seen(NEW)
    counter.press("Ctrl+I")
    counter.until_seen(NEW, "民法典")
    grab(counter, "standards-asked")
    assert counter.kept(earlier.case_id).standard_version == earlier.standard_version
