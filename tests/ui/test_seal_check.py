"""验签 with real keys: a paper by its number, a file from elsewhere, and what is never claimed."""

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.certificate_file import FileLook, SealState
from clerk.domain.papers import PaperKind
from clerk.ui.main_window import MainWindow
from clerk.ui.rail import Place
from clerk.ui.seal_check import SealCheckDialog
from clerk.ui.shell import Shell
from clerk.ui.sign_in import SignInPage
from clerk.ui.widgets import Label, open_dialog
from tests.ui.certificate_counter import Behind
from tests.ui.example_values import NOW
from tests.ui.examples import SmallCounter
from tests.ui.paper_office import accepted, paper
from tests.ui.seal_world import SEAL, SEALED, seal_actions

CHANGED = FileLook(pages=1, seals=(replace(SEAL, state=SealState.CHANGED),))
PARTLY = FileLook(pages=1, seals=(replace(SEAL, state=SealState.PARTLY, trusted=False),))


@pytest.fixture
def notice():
    return paper(accepted(SmallCounter()), PaperKind.ACCEPTANCE, 37)


@pytest.fixture
def chosen():
    """The file that the clerk will choose."""
    return [""]


@pytest.fixture
def dialog(jobs, on_screen, notice, chosen):
    window, behind = MainWindow(SignInPage(jobs, hall="示例县政务服务中心")), Behind()
    window.resize(1200, 800)
    shell = Shell(window.acts, jobs, now=lambda: NOW)
    shell.add_place(Place.INTAKE, behind)
    window.show_shell(shell)
    on_screen(window)
    shell.go(Place.INTAKE)
    looks = {"受理通知书": SEALED, "/u/changed.pdf": CHANGED, "/u/partly.pdf": PARTLY}
    made = SealCheckDialog(seal_actions(looks, [notice]), jobs, lambda _: chosen[0])
    open_dialog(behind, made)
    yield made  # noqa: PT022  the window is gone when nothing here holds it


def told(dialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(Label))


def test_a_paper_is_found_by_its_number_and_its_seal_told(dialog, hands, qtbot, notice):
    hands.compose(notice.number)
    hands.press(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: "签章完好" in dialog.verdict.text())

    assert "示例县市场监督管理局受理专用章" in told(dialog)
    assert "示例县市场监督管理局 ← 示例省练习印章根证书（仅供练习）" in told(dialog)
    assert "ECDSA，不是国密 SM2" in told(dialog)
    assert "2026-03-18 09:00" in told(dialog)
    assert "未接入国密验签" in told(dialog)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/u/changed.pdf", "盖章后被改动"),
        ("/u/partly.pdf", "签章未覆盖全部内容"),
        ("/u/plain.pdf", "没有签章"),
    ],
)
def test_a_file_from_elsewhere_is_told_as_it_is(dialog, hands, qtbot, chosen, path, said):
    chosen[0] = path
    hands.press(Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: said in dialog.verdict.text())

    assert "签章完好" not in dialog.verdict.text()


def test_an_issuer_that_nobody_trusts_is_said(dialog, hands, qtbot, chosen):
    chosen[0] = "/u/partly.pdf"
    hands.press(Qt.Key.Key_F3)

    qtbot.waitUntil(lambda: "不信任这个签发机构" in told(dialog))


def test_a_number_that_nothing_bears_is_told(dialog, hands, qtbot):
    hands.type("404")
    hands.press(Qt.Key.Key_F5)

    qtbot.waitUntil(lambda: "没有404" in dialog.notice.text())
