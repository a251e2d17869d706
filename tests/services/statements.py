"""What the store is asked, statement by statement: counted instead of timed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.services.window import Window


@contextmanager
def statements_of(window: Window) -> Iterator[list[str]]:
    """Yield the list to which every statement that reads is added, transactions left out."""
    asked: list[str] = []
    with window.desk.store.read() as tx:
        driver: Any = tx.connection.driver_connection  # the pool gives the same one again
    driver.set_trace_callback(
        lambda statement: asked.append(statement) if statement.startswith("SELECT") else None
    )
    try:
        yield asked
    finally:
        driver.set_trace_callback(None)
