"""Cuts long lists into lots that one statement can take."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def lots(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield ``values`` in their order, ``size`` at a time, the last lot with what is left."""
    left = iter(values)
    while lot := list(islice(left, size)):
        yield lot
