from datetime import UTC, datetime, timedelta

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QLabel

from clerk.domain.errors import SignInRefused
from clerk.domain.identity import Account, Role, Session
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.idle import IdleLock
from clerk.ui.lock import LockPage
from clerk.ui.main_window import MainWindow
from clerk.ui.page import Page
from clerk.ui.rail import Place
from clerk.ui.shell import Shell
from clerk.ui.sign_in import AccountChoice, SignInPage
from clerk.ui.standstill import StandstillMeter

NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
ACCOUNTS = (
    AccountChoice(account_id="zhou", name="周模拟", role="窗口受理"),
    AccountChoice(account_id="zheng", name="郑范例", role="首席代表"),
)
SESSION = Session(
    account=Account(account_id="zhou", display_name="周模拟", roles=frozenset({Role.WINDOW_CLERK})),
    counter_code="3",
    counter_name="3 号窗",
    signed_in_at=NOW,
)


def _sign_in(account_id, password):
    if password != "right":
        raise SignInRefused("密码不对，草稿都在。再输一次，或找安全管理员重置")
    return account_id


@pytest.fixture
def page(on_screen, jobs):
    made = SignInPage(
        jobs, hall="示例大厅", accounts=ACCOUNTS, practice_word="练习大厅", sign_in=_sign_in
    )
    on_screen(made).enter()
    return made


def test_the_right_password_opens_the_desk(hands, qtbot, page):
    with qtbot.waitSignal(page.signed_in) as signed:
        hands.type("right")
        hands.press(Qt.Key.Key_Return)

    assert signed.args == ["zhou"]
    assert page.password.text() == ""


def test_another_person_is_chosen_by_arrow(hands, qtbot, page):
    page.accounts.setFocus()
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.password

    with qtbot.waitSignal(page.signed_in) as signed:
        hands.type("right")
        hands.press(Qt.Key.Key_Return)

    assert signed.args == ["zheng"]


def test_ten_people_and_a_refusal_fit_the_smallest_screen(jobs, on_screen):
    """1366×768 less the taskbar and the title bar."""
    people = [AccountChoice(account_id=str(n), name="周模拟", role="督导") for n in range(10)]
    made = SignInPage(jobs, hall="示例大厅", accounts=people, practice_word="练习大厅")
    on_screen(made)

    made.show_trouble(SignInRefused("密码不对，草稿都在。再输一次，或找安全管理员重置"))

    assert made.sizeHint().height() <= 696


def test_of_many_people_ten_are_shown_and_the_others_come_by_the_arrows(
    jobs, on_screen, hands, qtbot
):
    people = [AccountChoice(str(number), f"示例 {number}", "综合受理") for number in range(16)]
    made = SignInPage(jobs, hall="示例大厅", accounts=people, practice_word="练习大厅")
    on_screen(made)
    height = made.accounts.height()
    made.accounts.setFocus()

    for _ in range(15):
        hands.press(Qt.Key.Key_Down)

    who = made.accounts.current()
    assert who is not None
    assert who.account_id == "15"
    assert made.accounts.height() == height <= 10 * theme.px(28)
    qtbot.mouseClick(made.accounts, Qt.MouseButton.LeftButton, pos=QPoint(20, 4))
    who = made.accounts.current()
    assert who is not None
    assert who.account_id == "6"  # the first of those that are shown now


def test_a_wrong_password_is_said_in_place_and_can_be_typed_again(hands, qtbot, page):
    hands.type("wrong")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.notice.isVisible)
    assert "密码不对" in page.notice.text()
    assert page.password.selectedText()

    with qtbot.waitSignal(page.signed_in):
        hands.type("right")
        hands.press(Qt.Key.Key_Return)


def test_a_password_entered_before_the_desk_is_open_is_tried_when_it_is(
    hands, on_screen, qtbot, jobs
):
    made = SignInPage(jobs, hall="示例大厅", accounts=ACCOUNTS)
    on_screen(made).enter()
    made.password.setText("right")
    hands.press(Qt.Key.Key_Return)

    with qtbot.waitSignal(made.signed_in):
        made.set_ready(_sign_in, ())


def test_the_practice_hall_says_so_and_tells_its_public_word(page):
    said = "".join(label.text() for label in page.findChildren(QLabel))

    assert "练习大厅" in said
    assert "虚构" in said


def test_the_password_field_keeps_the_input_method_out_and_tells_caps_lock(hands, page):
    assert not page.password.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert not page.caps.isVisible()

    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert not page.caps.isVisible()
    hands.type("b")
    hands.type("C")

    assert page.caps.isVisible()


def test_the_lock_covers_everything_and_returns_to_where_the_clerk_was(
    hands, on_screen, qtbot, jobs
):
    done, times = [], [NOW]
    window = MainWindow(SignInPage(jobs, hall="示例大厅"))
    on_screen(window)
    shell = Shell(window.acts, jobs, now=lambda: NOW)
    shell.add_place(Place.INTAKE, Page("受理"))
    shell.set_everywhere([Act(name="新收件", key="Ctrl+N", trigger=lambda: done.append(1))])
    window.show_shell(shell)
    shell.go(Place.INTAKE)
    lock = LockPage(
        jobs,
        SESSION,
        unlock=lambda word: _sign_in("zhou", word),
        now=lambda: times[0],
        drafts=2,
    )

    window.lock(lock)
    times[0] = NOW + timedelta(minutes=4)
    lock.show_time()
    hands.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert done == [], "no key reaches an act behind the lock"
    assert lock.who.text() == "周模拟，3 号窗，已锁 4 分钟"
    assert lock.clock.text() == "09:04"
    assert not shell.isVisible()

    lock.unlocked.connect(window.unlock)
    hands.type("right")
    hands.press(Qt.Key.Key_Return)

    qtbot.waitUntil(shell.isVisible)
    assert not window.is_locked()


@pytest.mark.usefixtures("page")
def test_nobody_at_the_desk_locks_it_and_a_key_keeps_it_open(hands, qtbot, qapp):
    lock = IdleLock(qapp)
    assert lock.minutes() == 10
    lock.set_minutes(60)
    assert lock.minutes() == 15
    lock.set_minutes(1)
    assert lock.minutes() == 5

    lock.set_wait_ms(40)
    with qtbot.waitSignal(lock.idle):
        lock.start()
        hands.type("a")
        assert lock.is_counting()

    qapp.removeEventFilter(lock)


def test_a_planted_block_of_80_ms_shows_as_a_standstill(qtbot):
    meter, turns = StandstillMeter(), []
    meter._timer.timeout.connect(lambda: turns.append(1))
    meter.start()
    qtbot.waitUntil(lambda: len(turns) >= 3)

    _block_for(80)
    qtbot.waitUntil(lambda: len(turns) >= 6)

    assert meter.stop() >= 80


def test_what_an_onlooker_does_is_left_out_and_the_standstill_around_it_is_one(qtbot):
    meter, turns = StandstillMeter(), []
    meter._timer.timeout.connect(lambda: turns.append(1))
    meter.start()
    qtbot.waitUntil(lambda: len(turns) >= 3)

    _block_for(60)
    with meter.left_out():
        _block_for(400)
    _block_for(60)
    longest = meter.stop()

    assert 120 <= longest < 400


def _block_for(ms):
    from PyQt6.QtCore import QElapsedTimer

    clock = QElapsedTimer()
    clock.start()
    while clock.elapsed() < ms:
        pass
