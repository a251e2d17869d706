"""The command line: light, quick, and clear where it cannot work."""

import os
import subprocess
import sys

import pytest

import clerk
from clerk import selfcheck
from clerk.__main__ import has_display, main
from tests.source_code import modules

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


@pytest.fixture(scope="module")
def loaded_by_the_window() -> frozenset[str]:
    """Every module that is there once somebody has signed in."""
    program = "import sys, clerk.app.floor, clerk.app.door, clerk.app.opening; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return frozenset(done.stdout.split())


def test_the_window_keeps_the_readers_of_foreign_text_out_of_its_own_process(loaded_by_the_window):
    """Goal 18: XML, templates and pages are the children's; each would stay in its memory."""
    loaded = {name.partition(".")[0] for name in loaded_by_the_window}
    assert "sqlalchemy" in loaded
    assert not loaded & {"zeep", "lxml", "requests", "jinja2", "segno", "docx", "weasyprint", "PIL"}
    assert not loaded & {"asn1crypto", "fontTools", "pyhanko"}  # seals, too, are made in a child


def test_signing_in_loads_no_list_that_is_opened_by_ctrl_k(loaded_by_the_window):
    """Goal 18: who takes cases in hardly ever opens one, and it would stay in memory all day."""
    (lists,) = (module for module in modules("clerk/app") if module.name == "clerk.app.lists")
    opened_first = {*lists.imports()} - {*lists.imports(when_loaded=True)}

    assert "clerk.ui.visits" in opened_first
    assert not loaded_by_the_window & opened_first


def test_signing_in_loads_no_face_and_no_dialog_before_its_first_use(loaded_by_the_window):
    assert "clerk.ui.intake_promise" in loaded_by_the_window
    assert not loaded_by_the_window & {
        "clerk.ui.guide_parts",
        "clerk.ui.hand_out",
        "clerk.ui.signing",
    }


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
