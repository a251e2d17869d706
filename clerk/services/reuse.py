"""Papers left for re-use (留用): found for their owner, taken over, and his word taken back."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from clerk.domain.case import Case
from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Act, Session
from clerk.domain.reuse import LeftPaper, still_left, take_leave_back
from clerk.domain.reuse import left_papers as papers_of
from clerk.services.desk import Desk
from clerk.services.records import keep_case, record
from clerk.storage import cases
from clerk.storage import left_papers as storage_left_papers

MOST_CASES: Final = 10
"""So many of the applicant's cases are looked through."""


def left_papers(desk: Desk, session: Session, case: Case) -> tuple[LeftPaper, ...]:
    """Return what the applicant left for re-use in earlier cases of this store."""
    session.require(Act.EDIT_CASE)
    if not _owner(case):
        return ()
    with desk.store.read() as tx:
        found = storage_left_papers.cases_with_left(
            tx, _owner(case), but=case.case_id, limit=MOST_CASES
        )
        earlier = cases.load_all(tx, found)
    return papers_of([(one, desk.standard(one.item_code, one.standard_version)) for one in earlier])


def use_left(desk: Desk, session: Session, case: Case, papers: Sequence[LeftPaper]) -> None:
    """Write down that these papers are taken over, if the applicant's word still stands.

    Raises:
        NotAcceptable: he took it back meanwhile, or the paper is another one by now; nothing is
            taken over.
    """
    session.require(Act.EDIT_CASE)
    with desk.store.begin() as tx:
        for paper in papers:
            held = _of_same_owner(tx, case, paper).evidence.get(paper.code)
            if held is None or not still_left(held) or held.files != paper.evidence.files:
                raise NotAcceptable(f"{paper.name}刚刚不让再用了，一份都没有取用。请收新的")
            record(
                desk,
                tx,
                session,
                "paper.reused",
                case.case_id,
                from_case=str(paper.case_id),
                material=paper.code,
            )


def take_back_left(desk: Desk, session: Session, case: Case, papers: Sequence[LeftPaper]) -> None:
    """Take the applicant's word back in the earlier cases; all are offered no more from now on."""
    session.require(Act.EDIT_CASE)
    with desk.store.begin() as tx:
        for paper in papers:
            earlier = _of_same_owner(tx, case, paper)
            asked = desk.standard(earlier.item_code, earlier.standard_version).requirement(
                paper.code
            )
            keep_case(tx, take_leave_back(earlier, asked, session, desk.now()))
            record(
                desk,
                tx,
                session,
                "paper.leave_taken_back",
                earlier.case_id,
                material=paper.code,
            )


def _of_same_owner(tx: Connection, case: Case, paper: LeftPaper) -> Case:
    earlier = cases.load(tx, paper.case_id)
    if not _owner(case) or _owner(earlier) != _owner(case):
        raise NotAcceptable("这份材料不是这位申请人留下的，没有取用。请收新的")
    return earlier


def _owner(case: Case) -> str:
    return case.applicant.party.id_number.strip().upper() if case.applicant else ""
