import sys
import threading
from concurrent.futures import wait
from functools import partial

import pytest
from PyQt6 import sip
from PyQt6.QtCore import QObject, QTimer

from clerk.domain.errors import StoreTrouble
from clerk.jobs import Jobs, Lane


@pytest.fixture
def jobs(qapp):
    lanes = Jobs(qapp)
    yield lanes
    lanes.close()


def test_work_runs_off_the_window_and_the_answer_comes_back_to_it(qtbot, jobs):
    answers = []

    jobs.run(
        Lane.STORE,
        threading.current_thread,
        owner=jobs,
        then=lambda thread: answers.append((thread, threading.current_thread())),
        failed=pytest.fail,
    )
    assert answers == [], "an answer never arrives inside run()"

    qtbot.waitUntil(lambda: bool(answers))
    worked, answered = answers[0]
    assert worked is not threading.main_thread()
    assert answered is threading.main_thread()


def test_the_store_does_one_thing_at_a_time_and_in_order(qtbot, jobs):
    order: list[object] = []

    for number in range(20):
        jobs.run(
            Lane.STORE,
            lambda number=number: number,
            owner=jobs,
            then=order.append,
            failed=pytest.fail,
        )

    qtbot.waitUntil(lambda: len(order) == 20)
    assert order == list(range(20))


def test_answers_that_arrive_together_leave_the_window_a_turn_in_between(qtbot, jobs):
    happened: list[object] = []
    beat = QTimer(jobs)
    beat.timeout.connect(lambda: happened.append("turn"))
    for number in range(3):
        jobs.run(
            Lane.STORE,
            lambda number=number: number,
            owner=jobs,
            then=happened.append,
            failed=pytest.fail,
        )
    jobs.run(Lane.COUNT, lambda: None, owner=jobs, then=lambda _: None, failed=pytest.fail)
    assert wait([*jobs._open], timeout=10).not_done == set()

    beat.start(0)
    qtbot.waitUntil(lambda: 2 in happened)

    order = [one for one in happened if one != "turn"]
    assert order == [0, 1, 2]
    assert all("turn" in happened[happened.index(one) : happened.index(one + 1)] for one in (0, 1))


def test_four_certificates_are_called_side_by_side(qtbot, jobs):
    together = threading.Barrier(4, timeout=10)
    passed: list[object] = []

    for _ in range(4):
        jobs.run(
            Lane.CERTIFICATES, together.wait, owner=jobs, then=passed.append, failed=pytest.fail
        )

    qtbot.waitUntil(lambda: len(passed) == 4)


def test_a_slow_certificate_library_holds_up_no_hand_off(qtbot, jobs):
    released = threading.Event()
    sent: list[object] = []
    for _ in range(4):
        jobs.run(
            Lane.CERTIFICATES,
            lambda: released.wait(10),
            owner=jobs,
            then=lambda _: None,
            failed=pytest.fail,
        )

    jobs.run(Lane.BACK_OFFICE, lambda: "回执", owner=jobs, then=sent.append, failed=pytest.fail)

    qtbot.waitUntil(lambda: sent == ["回执"])
    released.set()


def test_known_trouble_is_told_to_the_panel(qtbot, jobs):
    told: list[object] = []

    def work():
        raise StoreTrouble("磁盘满了，已存的都在，先腾出空间")

    jobs.run(Lane.STORE, work, owner=jobs, then=pytest.fail, failed=told.append)

    qtbot.waitUntil(lambda: bool(told))
    assert str(told[0]).startswith("磁盘满了")


def test_a_bug_reaches_the_excepthook_and_no_panel(qtbot, jobs):
    def work():
        raise ZeroDivisionError

    with qtbot.captureExceptions() as bugs:
        jobs.run(Lane.STORE, work, owner=jobs, then=pytest.fail, failed=pytest.fail)
        qtbot.waitUntil(lambda: bool(bugs))

    assert bugs[0][0] is ZeroDivisionError
    assert sys.excepthook is not None


def test_a_closed_panel_gets_no_answer(qtbot, jobs):
    panel, released = QObject(), threading.Event()
    answers: list[object] = []
    jobs.run(
        Lane.STORE,
        lambda: released.wait(10),
        owner=panel,
        then=answers.append,
        failed=pytest.fail,
    )

    sip.delete(panel)
    released.set()

    qtbot.waitUntil(lambda: sum(jobs.pending().values()) == 0)
    assert answers == []


def test_the_window_can_tell_what_is_under_way(qtbot, jobs):
    released, changes = threading.Event(), []
    jobs.changed.connect(lambda: changes.append(jobs.pending()[Lane.PAPER]))

    for _ in range(3):
        jobs.run(
            Lane.PAPER,
            lambda: released.wait(10),
            owner=jobs,
            then=lambda _: None,
            failed=pytest.fail,
        )
    assert jobs.pending()[Lane.PAPER] == 3
    released.set()

    qtbot.waitUntil(lambda: jobs.pending()[Lane.PAPER] == 0)
    assert changes == [1, 2, 3, 2, 1, 0]


def test_closing_ends_in_bounded_time_and_drops_what_has_not_begun(jobs):
    released, begun = threading.Event(), []

    def _begin(number):
        begun.append(number)
        return released.wait(10)

    for number in range(3):
        jobs.run(
            Lane.DEVICE,
            partial(_begin, number),
            owner=jobs,
            then=pytest.fail,
            failed=pytest.fail,
        )

    assert jobs.close(seconds=0.05) is False, "the first one still waits for its device"
    released.set()

    assert jobs.close(seconds=10) is True
    assert begun in ([], [0])


def test_what_is_asked_for_after_the_end_is_dropped_as_if_it_had_waited(jobs, qtbot):
    """A page that is shown in pieces may ask for its next picture when the window has closed."""
    done: list[object] = []
    jobs.run(Lane.PAGES, lambda: None, owner=jobs, then=done.append, failed=done.append)
    qtbot.waitUntil(lambda: done == [None])
    jobs.close()

    jobs.run(Lane.PAGES, lambda: done.append("work"), owner=jobs, then=done.append, failed=print)

    assert not any(jobs.pending().values())
    assert done == [None]
