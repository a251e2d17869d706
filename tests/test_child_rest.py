"""A child that nothing is asked of gives the memory of its last paper back."""

import ctypes
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk.child import rest

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere the system's allocator sees to it"
)

_PIECES, _PIECE_BYTES = 400, 64 * 1024


@pytest.fixture
def asked() -> Iterator[tuple[int, int]]:
    """The two ends of the pipe on which a child is asked."""
    read, write = os.pipe()
    yield read, write
    os.close(read)
    os.close(write)


def held_kib() -> int:
    said = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in said if line.startswith("Anonymous:"))


def leave_a_papers_memory_free() -> ctypes.c_void_p:
    """Take and free what a paper takes, below something that is kept; return what is kept."""
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    taken = [ctypes.c_void_p(libc.malloc(_PIECE_BYTES)) for _ in range(_PIECES)]
    for piece in taken:
        ctypes.memset(piece, 1, _PIECE_BYTES)
    kept = taken.pop()
    for piece in taken:
        libc.free(piece)
    return kept


def test_who_is_asked_nothing_gives_back_what_it_freed(asked: tuple[int, int]) -> None:
    kept = leave_a_papers_memory_free()
    before = held_kib()

    with os.fdopen(os.dup(asked[0]), "rb") as pipe:
        rest(pipe)

    assert before - held_kib() > _PIECES * _PIECE_BYTES // 1024 // 2
    ctypes.CDLL(None).free(kept)


def test_who_is_asked_something_keeps_it_for_that(asked: tuple[int, int]) -> None:
    kept = leave_a_papers_memory_free()
    before = held_kib()
    os.write(asked[1], b"next")

    with os.fdopen(os.dup(asked[0]), "rb") as pipe:
        rest(pipe)

    assert before - held_kib() < _PIECES * _PIECE_BYTES // 1024 // 2
    ctypes.CDLL(None).free(kept)
