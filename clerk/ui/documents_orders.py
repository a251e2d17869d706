"""What is to be printed where, and what came in its way."""

from enum import Enum

from clerk.domain.issued import IssuedPaper
from clerk.domain.printing import PrinterTrouble
from clerk.values import dataclass


class Where(Enum):
    """How far a paper was when something came in its way."""

    NOT_SENT = "not_sent"
    AT_PRINTER = "at_printer"
    GIVEN_UP = "given_up"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A paper, how often and on which printer."""

    paper: IssuedPaper
    printer: str
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hang:
    """Papers that did not come out: where they are, and what is in the way.

    ``said`` is the system's own sentence where it gave one.
    """

    orders: tuple[Order, ...]
    where: Where
    troubles: tuple[PrinterTrouble, ...] = ()
    said: str = ""

    @property
    def printer(self) -> str:
        """The printer that is in trouble."""
        return self.orders[0].printer
