"""What 文号台账 may ask for, each with the lane it runs in."""

from collections.abc import Callable, Sequence
from pathlib import Path

from clerk.domain.issued import PageImage
from clerk.domain.paper_numbers import GivenNumber, NumberAsking, NumberPage, Series
from clerk.ui.actions import Here
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberActions:
    """文号台账: look up, make void, print, export."""

    here: Here
    page: Callable[[NumberAsking, int], NumberPage]  # page from 1; COUNT
    void: Callable[[Series, int, str, bool], GivenNumber]
    """Series, count, reason, whether every printed copy lies here; STORE."""
    document: Callable[[NumberAsking], bytes]  # the PDF, for the printer; PAPER
    pages: Callable[[bytes, int], Sequence[PageImage]]  # of it, width in pixels; PAPER
    export: Callable[[NumberAsking, Path], int]  # as a table; how many lines; COUNT
