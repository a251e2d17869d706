"""What every test stands on: no display, quickly made passwords, and a log that stays quiet."""

import gc
import logging
import os
from collections.abc import Generator

import pytest
from hypothesis import settings

from clerk.storage import stretching

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # read when Qt is imported, so before any test is

settings.register_profile("test", deadline=None)  # a loaded machine is no fault
settings.load_profile("test")
settings.register_profile("soak", max_examples=10_000, deadline=None, print_blob=True)

# hundreds of people sign in here, and nobody steals a store: the real cost is for test_stretching
stretching.COST = stretching.Cost(passes=1, memory_kib=8, lanes=1)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep what is collected to the end: nobody looks through it for garbage, now or later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the stories: at the end a long one would leave the other worker with nothing."""
    items.sort(key=lambda item: "stories" not in item.path.parts)


class _Listener(logging.Handler):
    """Keeps what was logged at WARNING or above, by whatever thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that logged a warning, unless it is marked ``logs_warnings``."""
    listener = _Listener()
    root = logging.getLogger()
    root.addHandler(listener)
    try:
        result = yield
    finally:
        root.removeHandler(listener)
    if listener.heard and item.get_closest_marker("logs_warnings") is None:
        pytest.fail("logged: " + "; ".join(listener.heard), pytrace=False)
    return result
