"""The press in its child: what it may take, and that a paper comes out whatever ends it."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from clerk.documents.press import Press
from clerk.domain.errors import PaperTrouble

PAGE = "<p>受理通知书</p>"


def limits_of(process: int) -> dict[str, str]:
    lines = Path(f"/proc/{process}/limits").read_text(encoding="ascii").splitlines()
    return {line[:25].strip(): line[25:46].strip() for line in lines}


def test_the_press_may_write_no_file_and_take_no_more_than_its_share(press):
    press.print_html(PAGE)

    limits = limits_of(press.pid)

    assert limits["Max file size"] == limits["Max core file size"] == "0"
    assert int(limits["Max address space"]) <= 3 << 30
    assert int(limits["Max cpu time"]) <= 600


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end


# A child that greets and answers each request with its own number, by its input; quick to start.
COUNTING = """
import os, sys
from clerk.child.frames import write_frame, read_frame
write_frame(sys.stdout.buffer, {"ok": True, "offline": False})
while (frame := read_frame(sys.stdin.buffer)) is not None:
    head = {"ok": True, "pages": os.getpid(), "marks": [], "warnings": [], "by_hand": []}
    write_frame(sys.stdout.buffer, head, frame[1])
"""
COUNTER = (sys.executable, "-c", COUNTING)


@pytest.mark.parametrize("most", [{"most_jobs": 3}, {"most_resident_bytes": 1}])
def test_a_press_that_did_enough_makes_room_for_a_fresh_one_and_nobody_waits(most):
    press = Press(command=COUNTER, **most)
    try:
        first = press.print_html(PAGE).pages
        for _ in range(2):
            press.print_html(PAGE)

        until(lambda: press.print_html(PAGE).pages != first)

        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)
    finally:
        press.close()


def second_child(tmp_path: Path, instead: str) -> tuple[str, ...]:
    """The first child works; each that comes after it does ``instead`` before it greets."""
    mark = str(tmp_path / "begun")
    program = (
        f"import os, sys\nif os.path.exists({mark!r}):\n    {instead}\nopen({mark!r}, 'w').close()"
    )
    return (sys.executable, "-c", f"{program}\n{COUNTING}")


def test_a_fresh_press_that_does_not_come_up_leaves_the_old_one_at_work(tmp_path):
    """As where memory is short."""
    press = Press(command=second_child(tmp_path, "raise SystemExit(1)"), most_jobs=1)
    try:
        assert len({press.print_html(PAGE).pages for _ in range(4)}) == 1
    finally:
        press.close()


def test_closing_does_not_wait_for_a_fresh_press_on_its_way(tmp_path):
    press = Press(command=second_child(tmp_path, "sys.stdin.buffer.read()"), most_jobs=1)
    press.print_html(PAGE)

    press.close()

    assert press.pid is None
    with pytest.raises(PaperTrouble, match="退出"):
        press.print_html(PAGE)


# The first child never answers, the next ones do; which one it is, a file tells.
STUCK_ONCE = """
import os
if not os.path.exists({mark!r}):
    open({mark!r}, "w").close()
    import sys
    from clerk.child.frames import write_frame, read_frame
    write_frame(sys.stdout.buffer, {{"ok": True, "offline": False}})
    read_frame(sys.stdin.buffer)
    sys.stdin.buffer.read()
"""


def test_after_a_paper_that_took_too_long_the_next_one_comes_from_a_press_that_is_up(tmp_path):
    program = STUCK_ONCE.format(mark=str(tmp_path / "stuck")) + COUNTING
    press = Press(deadline_seconds=1.0, command=(sys.executable, "-c", program))
    try:
        with pytest.raises(PaperTrouble, match="超时"):
            press.print_html(PAGE)
        assert press.pid is not None, "it is started at once, not at the next paper"

        assert press.print_html(PAGE).pages == press.pid
    finally:
        press.close()


@pytest.mark.logs_warnings
def test_a_press_killed_over_a_paper_makes_it_all_the_same(tmp_path):
    """The other child does the job; nobody is told, nothing is lost."""
    program = STUCK_ONCE.format(mark=str(tmp_path / "stuck")) + COUNTING
    press = Press(command=(sys.executable, "-c", program))
    try:
        press.warm()
        assert press.pid is not None
        os.kill(press.pid, signal.SIGKILL)

        assert press.print_html(PAGE).pdf == PAGE.encode()
    finally:
        press.close()
