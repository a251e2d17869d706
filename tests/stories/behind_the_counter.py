"""A case as far as others have brought it, through the use cases, before a story's own part."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache

from clerk.app.starter import kept_catalogue
from clerk.domain.case import Case
from clerk.domain.case_acts import CaseAct
from clerk.domain.case_list import CaseView
from clerk.domain.identity import Session
from clerk.domain.standard import ItemStandard
from clerk.services.case_acts import offered_acts
from clerk.ui.approval_dialogs import KEYS
from tests.services.window import Clock, Window
from tests.stories.at_counter import AtCounter


class RunningClock(Clock):
    """The running program's own clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now

    def __call__(self) -> datetime:
        return self._now()


@cache
def _catalogue() -> Mapping[str, ItemStandard]:
    """The starter catalogue: to read it for every story takes as long as its window."""
    return {item.item_code: item for item in kept_catalogue()}


def window_of(counter: AtCounter) -> Window:
    """The same desk as the running program's, for what is not the story's own."""
    opened, tools = counter.opened, counter.tools
    return Window(
        opened.desk,
        RunningClock(opened.desk.now),
        tools.province,
        _catalogue(),
        tools.reader,
        tools.scanner,
    )


def another_person(counter: AtCounter, account_id: str) -> None:
    """Let somebody else sign in at the same window, and wait for the first page."""
    counter.floor.left.emit()
    counter.enter(account_id)
    counter.until(lambda: counter.floor.shell.page() is not None)


def find_case(counter: AtCounter, case: Case, *words: str) -> None:
    """Go to 办件 and to the case, and wait until it was read, with these words in its course."""
    counter.press("Alt+3")
    counter.until(lambda: counter.floor.shell.page() is counter.floor.cases)
    counter.floor.cases.show_view(CaseView.ALL)
    counter.until_seen(case.label)
    counter.until_seen("统一社会信用代码", *words)


def begin(counter: AtCounter, session: Session, case: Case, act: CaseAct) -> None:
    """Open 其他处理 and go to what the act asks, by its digit."""
    counter.press("Shift+F9")
    counter.until(lambda: counter.dialog() == "其他处理")
    offered = offered_acts(counter.opened.desk, session, counter.kept(case.case_id))
    places = [one.act for one in offered if one.bar is None]
    counter.press(KEYS[places.index(act)])


def fill(counter: AtCounter, *values: str) -> None:
    """Type into the boxes, one after the other, from the one with the cursor on."""
    for place, value in enumerate(values):
        if place:
            counter.press("Tab")
        counter.type(value)
