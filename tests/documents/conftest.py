"""One press for all papers of this folder, and poppler as the second reader."""

import subprocess
from collections.abc import Callable, Iterator

import pytest

from clerk.documents.press import Press

Tool = Callable[[bytes], str]


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    running = Press(deadline_seconds=60)
    yield running
    running.close()


def _poppler(*command: str) -> Tool:
    def read(pdf: bytes) -> str:
        done = subprocess.run([*command], input=pdf, capture_output=True, check=True)
        return done.stdout.decode()

    return read


@pytest.fixture
def read_text() -> Tool:
    """What another program reads on the pages, in the order they were set, without spaces."""
    read = _poppler("pdftotext", "-raw", "-", "-")
    return lambda pdf: "".join(read(pdf).split())


@pytest.fixture
def read_fonts() -> Tool:
    return _poppler("pdffonts", "-")
