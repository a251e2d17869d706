"""取标准包 by keys: the file, what is wrong with it, what it changes; drafts only at the end."""

import threading
from dataclasses import dataclass, field
from itertools import count

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.sheet_drafts import DraftChange
from clerk.domain.sheet_report import DraftLine, SheetReport
from clerk.domain.standard_package import PackageFaulty
from clerk.ui.acts import Acts
from clerk.ui.package_actions import PackageActions
from clerk.ui.package_take import MOST_FAULTS, PackageDialog, open_package
from clerk.ui.widgets import open_dialog

FILE = "/标准包/县里的标准.zip"
FAULTY = PackageFaulty(
    "标准包有1处问题，没有取任何内容。请让打包的单位重新打一份",
    ("standards/a/1.json visits：应为整数，写的是“x”",),
)


@dataclass
class _Seen:
    """A package that changes one item and brings another."""

    made: str = "县局 2026-03-18"
    differing: tuple[str, ...] = ("calendar/2026.toml",)
    letters: tuple[object, ...] = ("甲",)
    report: SheetReport = field(
        default_factory=lambda: SheetReport(
            sheet="",
            items=3,
            changes={DraftChange.ADDED: 1, DraftChange.CHANGED: 1, DraftChange.SAME: 1},
            drafts=(
                _line("歇业备案", DraftChange.ADDED, 0),
                _line("食品经营许可新办", DraftChange.CHANGED, 1),
            ),
            unlisted=4,
        )
    )
    closed: bool = False

    def close(self) -> None:
        """It may be half a gigabyte: the window must not wait for it."""
        assert threading.current_thread() is not threading.main_thread()
        self.closed = True


def _line(name, change, base):
    said = (("基本信息和时限", ("到现场次数从1改为2",)),) if base else ()
    return DraftLine(
        row=0, item_code=name, name=name, change=change, base_version=base, sentences=said
    )


@dataclass(frozen=True)
class _Came:
    drafts: int = 2
    letters: int = 1


class Desk(QWidget):
    """A window with the taking over it; ``trouble`` is what the package ends in."""

    def __init__(self, jobs, trouble: ClerkError | None, *, stops: bool) -> None:
        super().__init__()
        self.resize(1366, 696)
        ticks = count(step=1000)
        self.acts = Acts(self, elapsed_ms=lambda: next(ticks))  # no key is a repeated one
        self.jobs, self._trouble, self._stops = jobs, trouble, stops
        self.seen, self.told, self.kept = _Seen(), list[str](), list[str]()

    def begin(self) -> PackageDialog:
        actions = PackageActions(compare=self._compare, keep=self._keep)
        open_package(
            self, actions, self.jobs, open_dialog, done=self.told.append, choose=lambda _: FILE
        )
        found = self.findChild(PackageDialog)
        assert found is not None
        return found

    def _compare(self, path, go_on):
        assert path == FILE
        if self._trouble is not None:
            raise self._trouble
        return self.seen if go_on(1, 2) else None

    def _keep(self, _found, batch, _go_on):
        self.kept.append(batch)
        return None if self._stops else _Came()


@pytest.fixture
def compared(jobs, on_screen, hands, qtbot):
    def begin(trouble=None, *, stops=False, same=False):
        desk = on_screen(Desk(jobs, trouble, stops=stops))
        if same:
            nothing = SheetReport(sheet="", items=3, changes={DraftChange.SAME: 3}, drafts=())
            desk.seen = _Seen(report=nothing, letters=())
        dialog = desk.begin()
        qtbot.waitUntil(dialog.row.field.editor.hasFocus)
        hands.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: not dialog.work.running)
        return desk, dialog

    return begin


def test_what_a_package_changes_is_seen_before_it_becomes_drafts(compared, hands, qtbot):
    desk, dialog = compared()

    qtbot.waitUntil(dialog.difference.table.hasFocus)
    said = dialog.difference.about.text()
    assert "新增 1 项，修改 1 项，不变 1 项" in said
    assert "标准包里没有的 4 个现行事项不动" in said
    assert "打包的是 县局 2026-03-18；带着 1 份承诺书模板" in dialog.made.text()
    assert "不取的文件：calendar/2026.toml" in dialog.made.text()
    assert "本机没有这个事项，整个是新的" in dialog.difference.detail.text()
    hands.press(Qt.Key.Key_Down)
    assert dialog.difference.lines.cells(0)[1].text == "到现场次数从1改为2"
    assert dialog.button.text() == "存为草稿 2 项"

    hands.press(Qt.Key.Key_F9)

    qtbot.waitUntil(
        lambda: desk.told == ["取进 2 份草稿，1 份承诺书模板待启用，送审、发布以后才生效"]
    )
    assert desk.kept == ["县里的标准"]
    qtbot.waitUntil(lambda: desk.seen.closed)


def test_a_package_that_brings_nothing_says_so_and_another_file_can_be_named(
    compared, hands, qtbot
):
    desk, dialog = compared(same=True)

    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 1)
    assert dialog.work.words.text() == "没有要取的：标准包和现行的一样"
    hands.press(Qt.Key.Key_F9)
    assert desk.kept == []
    assert dialog.notice.text() == "没有要取的：标准包和现行的一样"
    hands.press(Qt.Key.Key_F7)
    qtbot.waitUntil(dialog.row.field.editor.hasFocus)
    assert dialog.work.words.text() == ""


def test_every_fault_of_a_package_is_listed_where_it_was_named(compared):
    _, dialog = compared(FAULTY)

    assert "没有取任何内容" in dialog.notice.text()
    assert [one.text for one in dialog.faults.lines()] == [
        "a 第1版 › 到现场次数：应为整数，写的是“x”"
    ]
    assert dialog.pages.currentIndex() == 0


def test_of_very_many_faults_the_rest_is_counted(compared):
    faults = tuple(f"standards/a{at}/1.json：读不懂" for at in range(MOST_FAULTS + 234))
    _, dialog = compared(PackageFaulty("标准包有1234处问题，没有取任何内容", faults))

    said = [one.text for one in dialog.faults.lines()]
    assert len(said) == MOST_FAULTS + 1
    assert said[-1] == "还有 234 处没有列出"


def test_a_keeping_that_was_stopped_says_so_and_the_package_is_still_there(compared, hands, qtbot):
    desk, dialog = compared(stops=True)

    hands.press(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: "停下了，什么都没有取" in dialog.work.words.text())
    assert (desk.told, desk.seen.closed) == ([], False)
    hands.press(Qt.Key.Key_F7)
    qtbot.waitUntil(dialog.row.field.editor.hasFocus)
    qtbot.waitUntil(lambda: desk.seen.closed)
