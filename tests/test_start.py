"""The command line: light, quick, and clear where it cannot work."""

import os
import subprocess
import sys

import pytest

import clerk
from clerk import selfcheck
from clerk.__main__ import has_display, main

HEADLESS = {
    name: value
    for name, value in os.environ.items()
    if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
}


def test_without_a_display_one_sentence_says_so():
    done = subprocess.run(
        [sys.executable, "-m", "clerk"], env=HEADLESS, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip().count("\n") == 0
    assert "没有图形界面" in done.stderr


def test_the_command_line_itself_loads_next_to_nothing():
    """Goal 3: whatever is imported here is paid before the first paint."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys, clerk.__main__; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & {"PyQt6", "sqlalchemy", "asyncio", "zeep", "pathlib", "importlib_metadata"}


def test_the_window_keeps_the_readers_of_foreign_text_out_of_its_own_process():
    """Goal 18: XML, templates and pages are the children's; each would stay in its memory."""
    program = "import sys, clerk.app.floor, clerk.app.door, clerk.app.opening; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "sqlalchemy" in loaded
    assert not loaded & {"zeep", "lxml", "requests", "jinja2", "segno", "docx", "weasyprint", "PIL"}
    assert not loaded & {"asn1crypto", "fontTools", "pyhanko"}  # seals, too, are made in a child


@pytest.mark.parametrize(("option", "says"), [("--version", clerk.__version__), ("-h", "usage")])
def test_an_option_is_answered_without_a_window(option, says, capsys):
    assert main([option]) == 0
    assert says in capsys.readouterr().out


@pytest.mark.parametrize(
    ("platform", "environment", "shown"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("win32", {}, True),
    ],
)
def test_a_display_is_what_qt_could_open(platform, environment, shown):
    assert has_display(platform, environment) is shown


@pytest.mark.usefixtures("qapp")
def test_a_self_check_with_a_failure_goes_on_and_says_so_with_its_exit_code(capsys):
    def broken(_scratch):
        yield selfcheck.ok("first")
        raise OSError("the disk is gone")

    def sound(scratch):
        yield selfcheck.note(f"{scratch.is_dir()}")

    code = selfcheck.main({"A": broken, "B": sound})

    assert code == 1
    assert capsys.readouterr().out.splitlines() == [
        "ok    A：first",
        "fail  A：the disk is gone",
        "note  B：True",
    ]


@pytest.mark.usefixtures("qapp")
def test_a_self_check_with_notes_only_passes(capsys):
    assert selfcheck.main({"A": lambda _scratch: iter([selfcheck.note("n")])}) == 0
    assert capsys.readouterr().out == "note  A：n\n"
