"""调证照 with real keys: leave first, three kinds of no, one certificate into the case."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

from clerk.domain.case import CaseEventKind
from clerk.domain.certificate import AuthorisationState, CertificateStatus
from clerk.domain.errors import RemoteRefused, RemoteUnavailable
from clerk.domain.identity import Role
from clerk.domain.material import Origin
from clerk.domain.party import MandateAct, Source
from clerk.jobs import Lane
from clerk.ui.acts import Act
from clerk.ui.certificates import CertificatesDialog, open_certificates
from clerk.ui.certificates_parts import Waiting
from clerk.ui.main_window import MainWindow
from clerk.ui.page import Page
from clerk.ui.rail import Place
from clerk.ui.shell import Shell
from clerk.ui.sign_in import SignInPage
from clerk.ui.widgets import Button, open_dialog
from tests.ui.certificate_library import FACE, LICENCE, Library, licence, shop_case, with_helper
from tests.ui.examples import NOW, SmallCounter

DOWN = RemoteUnavailable("暂时连接不上省证照库，本次请求没有发出", kind="unreachable", sent="no")


class Behind(Page):
    """The page below the dialog: remembers which of its keys were pressed."""

    def __init__(self) -> None:
        super().__init__("受理")
        self.pressed: list[str] = []
        self.row = Button("营业执照", parent=self)

    def acts(self):
        return [
            Act(name=key, key=key, trigger=partial(self.pressed.append, key))
            for key in ("F7", "Shift+F9")
        ]

    def first_focus(self):
        return self.row


class Counter:
    """The window with the page behind; opens the dialog and keeps what came of it."""

    def __init__(self, jobs, on_screen, size) -> None:
        self.small = SmallCounter()
        self.library = Library(self.small)
        self.jobs = jobs
        self.done: list = []
        self.behind = Behind()
        self.window = MainWindow(SignInPage(jobs, hall="示例县政务服务中心"))
        self.window.resize(*size)
        shell = Shell(self.window.acts, jobs, now=lambda: NOW)
        shell.add_place(Place.INTAKE, self.behind)
        self.window.show_shell(shell)
        on_screen(self.window)
        shell.go(Place.INTAKE)
        self.dialog: CertificatesDialog = None  # type: ignore[assignment]

    def open(self, case, **times) -> CertificatesDialog:
        self.dialog = CertificatesDialog(
            self.library.actions(), self.jobs, case, LICENCE, self.done.append, **times
        )
        open_dialog(self.behind, self.dialog)
        return self.dialog

    def settled(self) -> bool:
        return not any(self.jobs.pending().values())

    def texts(self) -> str:
        """Everything the dialog shows in words."""
        dialog, model = self.dialog, self.dialog.model
        rows = [
            model.data(model.index(row, column), Qt.ItemDataRole.AccessibleTextRole)
            for row in range(model.rowCount())
            for column in range(2)
        ]
        strip = (dialog.strip.title.text(), dialog.strip.hint.text())
        message = (dialog.message.title.text(), dialog.message.hint.text())
        shown = message if dialog.stack.currentWidget() is dialog.message else ()
        return "\n".join((*strip, *shown, dialog.trouble.text(), *rows))


@pytest.fixture
def counter(jobs, on_screen):
    return Counter(jobs, on_screen, (1440, 868))


def show_code(counter, hands, qtbot, code="9901-1001"):
    hands.type(code)
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(counter.settled)


def test_before_the_leave_nothing_is_asked_and_nothing_is_named(counter):
    dialog = counter.open(shop_case(counter.small))

    assert counter.library.calls == []
    assert dialog.model.rowCount() == 0
    assert "营业执照（副本）" not in counter.texts()
    assert "先请示例县清河面馆授权" in counter.texts()
    assert not dialog.use_button.isVisible()
    assert dialog.strip.code.hasFocus()


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


def test_the_code_is_hidden_kept_from_the_input_method_and_wiped_after_its_time(
    counter, hands, qtbot
):
    dialog = counter.open(shop_case(counter.small), code_ms=60)
    code = dialog.strip.code

    hands.type("990")

    assert len(code.displayText()) == 3
    assert "990" not in code.displayText()
    assert not code.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    qtbot.waitUntil(lambda: code.text() == "")
    assert "没有发出" in counter.texts()
    assert counter.library.calls == []


@pytest.mark.parametrize("code", ["12345", "abc"])
def test_a_code_that_is_too_short_is_not_sent(counter, hands, code):
    counter.open(shop_case(counter.small))

    hands.type(code)
    hands.press(Qt.Key.Key_Return)

    assert counter.library.calls == []
    assert "至少 6 位" in counter.texts()


def test_the_phone_is_asked_until_the_holder_agrees(counter, hands, qtbot):
    dialog = counter.open(shop_case(counter.small), poll_ms=5)

    hands.click(dialog.strip.phone)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)

    assert counter.library.calls == ["ask phone", "poll", "poll", "find"]
    assert "已在手机上同意" in counter.texts()


def test_a_holder_who_says_no_is_an_answer(counter, hands, qtbot):
    counter.library.answer_to_poll = AuthorisationState.DENIED
    dialog = counter.open(shop_case(counter.small), poll_ms=5)

    hands.click(dialog.strip.phone)
    qtbot.waitUntil(lambda: "持证人没有同意" in counter.texts())

    assert "find" not in counter.library.calls
    assert dialog.strip.code.isVisible()


def test_silence_ends_the_asking(counter, hands, qtbot):
    counter.library.polls_until_granted = 1000
    dialog = counter.open(shop_case(counter.small), poll_ms=1)

    hands.click(dialog.strip.phone)
    qtbot.waitUntil(lambda: "两分钟里没有等到确认" in counter.texts())

    assert counter.library.calls.count("poll") == 40
    assert dialog.strip.code.isVisible()


def test_esc_stops_waiting_for_the_phone_and_keeps_the_dialog(counter, hands, qtbot):
    counter.library.polls_until_granted = 1000
    dialog = counter.open(shop_case(counter.small), poll_ms=1)
    hands.click(dialog.strip.phone)
    qtbot.waitUntil(lambda: "poll" in counter.library.calls)

    hands.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(counter.settled)
    asked = counter.library.calls.count("poll")

    assert not dialog.leave.waits_for_holder
    assert dialog.strip.code.hasFocus()
    assert counter.library.calls.count("poll") == asked


def test_by_duty_needs_a_listed_reason(counter, hands, qtbot):
    dialog = counter.open(shop_case(counter.small))

    hands.click(dialog.strip.duty)
    assert counter.library.calls == []
    hands.press(Qt.Key.Key_2)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)

    assert counter.library.calls == ["ask by_duty", "find"]
    assert counter.library.reasons == ["持证人到场，手机不能亮码，按事项标准核验"]
    assert "依职责核验示例县清河面馆的证照" in counter.texts()


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


def test_a_handler_without_a_signed_mandate_calls_nothing(counter, hands):
    case = with_helper(shop_case(counter.small), signed=False, acts=frozenset())
    dialog = counter.open(case)

    hands.press(Qt.Key.Key_F8)
    hands.press(Qt.Key.Key_F5)

    assert counter.library.calls == []
    assert "授权委托书还没有委托人签名，什么都没有调取" in counter.texts()
    assert not dialog.strip.code.isVisible()
    assert not dialog.strip.phone.isVisible()


def test_a_mandate_that_covers_certificates_is_leave_of_its_own(counter, hands, qtbot):
    acts = frozenset({MandateAct.AUTHORISE_CERTIFICATES})
    dialog = counter.open(with_helper(shop_case(counter.small), signed=True, acts=acts), poll_ms=5)

    hands.click(dialog.strip.entrusted)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)

    assert counter.library.calls[0] == "ask entrusted"


def test_a_mandate_without_that_act_leaves_only_the_holders_own_code(counter):
    acts = frozenset({MandateAct.SUBMIT})
    dialog = counter.open(with_helper(shop_case(counter.small), signed=True, acts=acts))

    assert dialog.strip.code.isVisible()
    assert not dialog.strip.phone.isVisible()
    assert "请持证人自己亮码" in counter.texts()


def test_an_account_without_the_right_calls_nothing(counter):
    session = counter.small.session
    account = replace(session.account, roles=frozenset({Role.RESULT_CLERK}))
    counter.small.here = replace(counter.small.here, session=replace(session, account=account))

    counter.open(shop_case(counter.small))

    assert "当前账号不能调证照" in counter.texts()


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


def test_when_the_leave_runs_out_nothing_is_shown_any_longer(counter, hands, qtbot):
    counter.library.lasts = timedelta(seconds=30)
    dialog = counter.open(shop_case(counter.small))
    show_code(counter, hands, qtbot)
    assert dialog.model.rowCount() == 1

    counter.library.now = NOW + timedelta(seconds=31)

    qtbot.waitUntil(lambda: dialog.model.rowCount() == 0)
    assert "授权已到期" in counter.texts()
    assert dialog.strip.code.hasFocus()


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
