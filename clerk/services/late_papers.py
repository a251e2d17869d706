"""Finds the case of a late paper by the code on its notice (补件码), at any window."""

from clerk.domain.case import Case
from clerk.domain.deferral import require_open
from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Act, Session
from clerk.domain.late_paper_code import LatePaperCode
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import cases


def find_late_paper(desk: Desk, session: Session, code: LatePaperCode) -> Case:
    """Return the case that a scanned or typed code names, whose material is still to come.

    Raises:
        NotAcceptable: no case bears the number, or the material is not open (any more).
    """
    session.require(Act.SUPPLY)
    with desk.store.begin() as tx:
        case_id = cases.id_of_number(tx, code.number)
        if case_id is None:
            raise NotAcceptable(f"没有编号 {code.number} 的办件，没有打开。核对通知书上的补件码")
        case = cases.load(tx, case_id)
        record(desk, tx, session, "case.found_by_code", case.case_id, material=code.material)
    require_open(desk.rules(case), case, code.material)
    return case
