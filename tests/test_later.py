"""What the window hardly ever uses is loaded when it is used, and then by whoever asks first."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module, invalidate_caches
from pathlib import Path
from threading import Barrier

import pytest

from clerk.app.later import put_off

LIBRARY = "seldom_used"
SUBMODULE = f"{LIBRARY}.deeper"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library that notes each time it is loaded."""
    folder, loads = tmp_path / LIBRARY, tmp_path / "loads"
    folder.mkdir()
    note = f"with open({str(loads)!r}, 'a') as noted:\n    noted.write(__name__ + ' ')\n"
    slowly = "sum(range(200_000))\n"
    (folder / "__init__.py").write_text(f"{note}{slowly}import {LIBRARY}\nSTAMP = 'blue'\n")
    (folder / "deeper.py").write_text(f"{note}INK = 'red'\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    invalidate_caches()
    yield loads
    for name in (LIBRARY, SUBMODULE):
        sys.modules.pop(name, None)


def loads_in(noted: Path) -> list[str]:
    return noted.read_text().split() if noted.exists() else []


def test_a_library_that_was_put_off_is_imported_but_not_loaded(library: Path) -> None:
    put_off({LIBRARY: {"known": 7}})

    imported = import_module(LIBRARY)

    assert (imported.known, loads_in(library)) == (7, [])


def test_it_is_loaded_once_whatever_is_asked_of_it(library: Path) -> None:
    put_off({LIBRARY: {}})
    imported = import_module(LIBRARY)

    assert (imported.STAMP, imported.STAMP) == ("blue", "blue")
    assert import_module(LIBRARY).STAMP == "blue"
    assert import_module(SUBMODULE).INK == "red"
    assert loads_in(library) == [LIBRARY, SUBMODULE]


def test_a_part_of_a_library_is_put_off_as_well(library: Path) -> None:
    put_off({SUBMODULE: {}})
    package = import_module(LIBRARY)

    assert (package.deeper.INK, loads_in(library)) == ("red", [LIBRARY, SUBMODULE])


def test_what_is_not_there_is_missing_as_ever(library: Path) -> None:
    put_off({LIBRARY: {}})

    with pytest.raises(AttributeError, match="no attribute 'colour'"):
        _ = import_module(LIBRARY).colour


def test_two_that_ask_at_once_both_get_the_whole_library(library: Path) -> None:
    put_off({LIBRARY: {}})
    imported, together = import_module(LIBRARY), Barrier(2)

    def ask() -> str:
        together.wait()
        stamp: str = imported.STAMP
        return stamp

    with ThreadPoolExecutor(2) as clerks:
        asked = [clerks.submit(ask) for _ in range(2)]

    assert [one.result() for one in asked] == ["blue", "blue"]
    assert loads_in(library) == [LIBRARY]


def test_a_library_that_is_loaded_already_stays(library: Path) -> None:
    loaded = import_module(LIBRARY)

    put_off({LIBRARY: {}})

    assert import_module(LIBRARY) is loaded
