"""调证照 with real keys: three kinds of no, one certificate into the case."""

from datetime import date

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

from clerk.domain.case import CaseEventKind
from clerk.domain.certificate import CertificateStatus
from clerk.domain.errors import RemoteRefused, RemoteUnavailable
from clerk.domain.material import Origin
from clerk.domain.party import Source
from clerk.jobs import Lane
from clerk.ui.certificates import open_certificates
from clerk.ui.certificates_parts import Waiting
from clerk.ui.widgets import open_dialog
from tests.ui.certificate_counter import Counter, show_code
from tests.ui.certificate_library import FACE, LICENCE, licence, shop_case

DOWN = RemoteUnavailable("暂时连接不上省证照库，本次请求没有发出", kind="unreachable", sent="no")


@pytest.fixture
def counter(jobs, on_screen):
    return Counter(jobs, on_screen, (1440, 868))


def test_the_scanned_code_opens_the_list_and_enter_uses_the_first(counter, hands, qtbot):
    dialog = counter.open(shop_case(counter.small))

    show_code(counter, hands, qtbot)

    assert counter.library.codes == ["9901-1001"]
    assert dialog.strip.code.text() == ""
    assert "示例县清河面馆已亮码授权" in counter.texts()
    assert "只用于食品经营许可" in counter.texts()
    assert "8 分 42 秒后失效" in counter.texts()
    assert dialog.table.hasFocus()

    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(counter.done))

    case = counter.done[0]
    held = case.evidence[LICENCE]
    assert held.origin is Origin.LIBRARY
    assert held.certificate.number == "EX-1"
    assert [file.name for file in held.files] == ["营业执照.pdf"]
    assert case.events[-1].kind is CaseEventKind.CERTIFICATE_USED
    assert case.values["premises"].value == FACE["经营场所"]
    assert case.values["premises"].source is Source.CERTIFICATE
    assert counter.library.dropped == []
    assert counter.behind.row.hasFocus()


def test_what_cannot_be_used_stands_below_and_says_why(counter, hands, qtbot):
    counter.library.found = (
        licence("OLD", valid_until_on=date(2025, 8, 31)),
        licence("OTHER", holder_name="示例县清河小吃"),
        licence("GOOD"),
        licence("GONE", status=CertificateStatus.REVOKED),
    )
    dialog = counter.open(shop_case(counter.small))

    show_code(counter, hands, qtbot)

    assert [row.certificate.number for row in dialog.model.rows] == ["GOOD", "OLD", "OTHER", "GONE"]
    for words in ("可用", "2025-08-31 已过期", "名称不一致", "已注销"):
        assert words in counter.texts()
    hands.press(Qt.Key.Key_Down)
    assert not dialog.use_button.isEnabled()
    hands.press(Qt.Key.Key_Return)
    assert "use" not in counter.library.calls
    assert "不能用：已过期" in counter.texts()


def test_none_found_all_expired_and_no_answer_are_three_answers(counter, hands, qtbot):
    said = []
    for found, trouble in (
        ((), None),
        ((licence(valid_until_on=date(2025, 8, 31)),), None),
        ((), DOWN),
    ):
        counter.library.found, counter.library.trouble = found, trouble
        dialog = counter.open(shop_case(counter.small))
        show_code(counter, hands, qtbot)
        said.append(counter.texts())
        dialog.close_dialog()
        qtbot.waitUntil(counter.settled)

    assert "省证照库里没有示例县清河面馆的营业执照" in said[0]
    assert "查到 1 份，都不能用" in said[1]
    assert "省证照库没有响应" in said[2]
    for words in said:
        assert "可扫描纸质件；也可先收件" in words


def test_a_holder_the_library_does_not_know_is_none_found(counter, hands, qtbot):
    counter.library.trouble = RemoteRefused(
        "省证照库没有办理", kind="fault:NOT_FOUND", sent="answered"
    )
    counter.open(shop_case(counter.small))

    show_code(counter, hands, qtbot)

    assert "的营业执照" in counter.texts()
    assert "没有响应" not in counter.texts()


@pytest.mark.parametrize(
    ("key", "modifiers", "does"),
    [
        (Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier, "F7"),
        (Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier, "Shift+F9"),
    ],
)
def test_the_lawful_ways_lead_back_to_the_row(counter, hands, qtbot, key, modifiers, does):
    counter.library.trouble = DOWN
    counter.open(shop_case(counter.small))
    show_code(counter, hands, qtbot)

    hands.press(key, modifiers)

    assert counter.behind.pressed == [does]
    assert counter.behind.row.hasFocus()


def test_after_an_outage_f5_asks_for_the_list_again(counter, hands, qtbot):
    dialog = counter.open(shop_case(counter.small))
    counter.library.find_trouble = DOWN
    hands.click(dialog.strip.duty)
    hands.press(Qt.Key.Key_1)
    qtbot.waitUntil(lambda: "省证照库没有响应" in counter.texts())
    counter.library.find_trouble = None

    hands.press(Qt.Key.Key_F5)

    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)


def test_a_typed_value_stays_and_the_difference_stays_visible(counter, hands, qtbot):
    counter.open(shop_case(counter.small, premises="示例县云溪镇石桥街 9 号"))
    show_code(counter, hands, qtbot)

    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(counter.done))

    held = counter.done[0].values["premises"]
    assert (held.value, held.source) == ("示例县云溪镇石桥街 9 号", Source.TYPED)
    assert (held.replaced, held.replaced_source) == (FACE["经营场所"], Source.CERTIFICATE)


def test_the_person_may_choose_the_certificates_value(counter, hands, qtbot):
    dialog = counter.open(shop_case(counter.small, premises="示例县云溪镇石桥街 9 号"))
    show_code(counter, hands, qtbot)
    choice = dialog.face.choices["premises"]

    choice.setFocus()
    hands.press(Qt.Key.Key_2)
    hands.click(dialog.use_button)
    qtbot.waitUntil(lambda: bool(counter.done))

    held = counter.done[0].values["premises"]
    assert (held.value, held.source) == (FACE["经营场所"], Source.CERTIFICATE)


def test_closing_without_use_tells_the_library_what_was_looked_at(counter, hands, qtbot):
    counter.library.found = (licence("ONE"), licence("TWO"), licence("THREE"))
    counter.open(shop_case(counter.small))
    show_code(counter, hands, qtbot)
    hands.press(Qt.Key.Key_Down)

    hands.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(counter.settled)

    assert sorted(counter.library.dropped) == ["ONE", "TWO"]
    assert counter.done == []


def test_a_fetch_that_was_stopped_is_not_used_and_is_taken_back(counter, hands, qtbot):
    dialog = counter.open(shop_case(counter.small))
    show_code(counter, hands, qtbot)
    counter.library.wait.clear()
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "use" in counter.library.calls)

    hands.press(Qt.Key.Key_Escape)
    assert dialog.stack.currentWidget() is dialog.choosing
    hands.press(Qt.Key.Key_Escape)
    counter.library.wait.set()
    qtbot.waitUntil(lambda: counter.library.dropped == ["EX-1"])

    assert counter.done == []
    qtbot.waitUntil(counter.settled)


def test_a_fetch_that_fails_leaves_the_list_and_offers_paper(counter, hands, qtbot):
    counter.library.use_trouble = RemoteUnavailable(
        "省证照库在规定时间内没有答复", kind="deadline", sent="unknown"
    )
    dialog = counter.open(shop_case(counter.small))
    show_code(counter, hands, qtbot)

    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(counter.settled)

    assert "没有答复" in dialog.trouble.text()
    assert dialog.stack.currentWidget() is dialog.choosing
    counter.library.use_trouble = None
    hands.press(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(counter.done))


def test_a_long_wait_says_how_long_and_offers_to_stop(on_screen, hands, qtbot):
    waiting = on_screen(Waiting(second_ms=5))
    stopped = []
    waiting.stop_wanted.connect(lambda: stopped.append(True))

    waiting.start("正在查省证照库")
    assert not waiting.stop_button.isVisible()
    qtbot.waitUntil(waiting.stop_button.isVisible)

    assert "已等" in waiting.elapsed.text()
    hands.click(waiting.stop_button)
    assert stopped == [True]


def test_a_small_window_gets_the_compact_dialog_with_the_face_behind_space(
    jobs, on_screen, hands, qtbot
):
    counter = Counter(jobs, on_screen, (1366, 696))
    opened = []

    def keep(host, dialog):
        opened.append(dialog)
        open_dialog(host, dialog)

    open_certificates(
        counter.behind,
        counter.library.actions(),
        jobs,
        shop_case(counter.small, premises="别处"),
        LICENCE,
        counter.done.append,
        open_dialog=keep,
    )
    counter.dialog = dialog = opened[0]
    assert (dialog.width(), dialog.height()) == (820, 520)
    show_code(counter, hands, qtbot)

    assert "1 项和手填的不一样，按 Space 选" in dialog.summary.text()
    hands.press(Qt.Key.Key_Space)
    assert dialog.face.isVisible()
    assert not dialog.table.isVisible()
    hands.press(Qt.Key.Key_Space)
    assert dialog.table.isVisible()
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Escape)
    assert dialog.table.isVisible()
    assert QApplication.focusWidget() is dialog.table
    assert jobs.pending()[Lane.CERTIFICATES] == 0
