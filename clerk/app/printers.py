"""Which printers a counter has: those of CUPS where it runs, else those Qt knows; practice ones."""

import os
from functools import partial
from pathlib import Path

from clerk.domain.identity import Session
from clerk.services import paper_prints
from clerk.services.desk import Desk
from clerk.ui.documents_printer import FollowedPrinters
from clerk.ui.print_actions import PrintActions
from integrations.devices.cups import CONFIG, SOCKETS, CupsPrinters
from integrations.devices.ipp import server_of
from integrations.devices.simulated.printer import SimulatedPrinters


def machine_printers() -> FollowedPrinters | None:
    """Return the printers of CUPS; None where it does not run and Qt has to paint."""
    server = server_of(os.environ, SOCKETS, CONFIG)
    return None if server is None else CupsPrinters(server)


def practice_printers(folder: Path) -> SimulatedPrinters:
    """Return two printers that print into a folder, so that one of them may jam."""
    return SimulatedPrinters(
        folder,
        names=("练习打印机（不出纸）", "大厅练习打印机（不出纸）"),
        done=f"练习打印机不出纸，打印件存成 PDF，在 {folder}",
    )


def print_actions(desk: Desk, session: Session) -> PrintActions:
    """Return the print journal as 文书 writes it."""
    return PrintActions(
        sent=partial(paper_prints.note_sent, desk, session),
        state=partial(paper_prints.note_state, desk, session),
        hand_over=lambda paper, path: paper_prints.hand_over_file(desk, session, paper, Path(path)),
        by_hand=partial(paper_prints.note_by_hand, desk, session),
        under_way=partial(paper_prints.prints_under_way, desk, session),
        usual_copies=partial(paper_prints.usual_copies, desk, session),
    )
