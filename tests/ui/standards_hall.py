"""The place 标准 in a window of its own over an invented bureau, and the ways about in it."""

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.ui.acts import Acts
from clerk.ui.standards import StandardsPage
from tests.ui.standards_world import FOOD, TODAY

QUESTIONS, MATERIALS, RULES = 2, 4, 5


class Hall(QWidget):
    """A window around the page, with its keys; dialogs and acts that wait are kept here."""

    def __init__(self, bureau, jobs) -> None:
        super().__init__()
        self.acts = Acts(self, elapsed_ms=lambda: 0)
        self.said: list[str] = []
        self.offered: list[str] = []
        self.dialogs: list[QWidget] = []
        self.commits: list[object] = []
        self.page = StandardsPage(bureau.actions(), jobs, self._offer, self.said.append, self._open)
        column = QVBoxLayout(self)
        for widget in (self.page.top_bar(), self.page, self.page.action_bar()):
            column.addWidget(widget)
        self.acts.put(self.page.title, self.page.acts())
        self.acts.activate(self.page.title)
        self.acts.refused.connect(self.said.append)
        self.resize(1366, 860)

    def _offer(self, what, *, commit, undo) -> None:
        self.offered.append(what)
        self.commits.append(commit)

    def _open(self, _host, dialog) -> None:
        dialog.setParent(self)
        dialog.show()
        self.dialogs.append(dialog)


def go_line(page, tab, number):
    page._go_tab(tab)
    front = page.front()
    front.outline.go_to(number)
    return front


def examined(page, qtbot):
    """Wait until the draft as it stands was looked through and kept."""
    page.open._look.start()
    qtbot.waitUntil(lambda: not page.open._look.isActive())
    qtbot.waitUntil(page.open.is_kept)


def proposed(bureau):
    """The food permit as an editor has sent it to the publisher."""
    bureau.begin(FOOD, 1)
    return bureau.propose([FOOD], TODAY, "按省目录调整", ())
