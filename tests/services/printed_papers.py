"""A paper that goes to a printer and comes out of it."""

from clerk.domain.issued import IssuedPaper
from clerk.domain.printing import PaperPrint, PrintState, SentJob
from clerk.services import paper_prints
from tests.services.window import Window

LASER = "窗口打印机"


def sent(window: Window, paper: IssuedPaper, copies: int = 1) -> PaperPrint:
    """A printer takes it."""
    job = SentJob(printer=LASER, job="7")
    return paper_prints.note_sent(window.desk, window.clerk, paper, job, copies)


def printed(window: Window, paper: IssuedPaper, copies: int = 1) -> PaperPrint:
    """Its sheets come out."""
    under_way = sent(window, paper, copies)
    return paper_prints.note_state(window.desk, window.clerk, under_way, PrintState.DONE)
