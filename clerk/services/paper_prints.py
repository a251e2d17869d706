"""The print journal (打印登记): what went to which printer, what came out, what went as a file.

A paper counts as printed only when its job came out; sending it says nothing. What hangs is shown
in 今日 until somebody settles it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from clerk.documents.due import TITLES
from clerk.domain.case import Case
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Act, Session
from clerk.domain.issued import IssuedPaper, require_goes_as_file
from clerk.domain.paper_gates import RESULT_WAITS_FOR, numbers_a_result_awaits
from clerk.domain.papers import PaperKind
from clerk.domain.printing import (
    ENDED,
    HANDED_OUT,
    PaperPrint,
    PrinterTrouble,
    PrintState,
    SentJob,
)
from clerk.domain.signing import tells_by_signature
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import paper_prints, papers
from clerk.values import replace

PATIENCE: Final = timedelta(minutes=10)
"""A job that never ended is in nobody's hand after this."""

_MOST: Final = 20
_ON_ITS_WAY: Final = frozenset({PrintState.WAITING, PrintState.PRINTING})


def note_sent(
    desk: Desk, session: Session, paper: IssuedPaper, sent: SentJob, copies: int
) -> PaperPrint:
    """Note that a printer took a job; nothing is printed by that yet."""
    session.require(Act.MAKE_PAPER)
    made = PaperPrint(
        print_id=desk.new_id(),
        paper_id=paper.paper_id,
        case_id=paper.case_id,
        kind=paper.kind,
        printer=sent.printer,
        copies=copies,
        job=sent.job,
        state=PrintState.WAITING,
        sent_at=desk.now(),
        sent_by=session.account.account_id,
    )
    with desk.store.begin() as tx:
        paper_prints.put(tx, made)
        _record(desk, tx, session, "paper.sent", made)
    return made


def note_state(
    desk: Desk,
    session: Session,
    sent: PaperPrint,
    state: PrintState,
    troubles: Sequence[PrinterTrouble] = (),
    *,
    given_up: bool = False,
) -> PaperPrint:
    """Note how far a job is; where it came out, its copies count from now on.

    ``given_up``: the person does not wait for it any more, and another way was taken.
    """
    session.require(Act.MAKE_PAPER)
    at = desk.now()
    with desk.store.begin() as tx:
        before = paper_prints.get(tx, sent.print_id)
        if before.ended_at is not None:
            return before
        ended = given_up or state in ENDED - {PrintState.FAILED}
        now = replace(before, state=state, troubles=tuple(troubles), ended_at=at if ended else None)
        paper_prints.save(tx, now)
        if state in HANDED_OUT:
            papers.printed(tx, now.paper_id, now.copies, at)
            _record(desk, tx, session, "paper.printed", now)
        elif state not in _ON_ITS_WAY and (state, ended) != (before.state, False):
            _record(desk, tx, session, "paper.not_printed", now)
    return now


def hand_over_file(desk: Desk, session: Session, paper: IssuedPaper, path: Path) -> None:
    """Write the paper for the applicant where the clerk chose: handed over as a file (电子件).

    Raises:
        NotAcceptable: a pen has to add to its pages, which no file can be written on with.
        BadInput: the place cannot be written; nothing was handed over.
    """
    from clerk.services.papers import save_paper_as  # what makes papers: most print, or do neither

    session.require(Act.MAKE_PAPER)
    require_goes_as_file(paper)
    save_paper_as(desk, session, paper, path)
    made = _without_printer(desk, session, paper, PrintState.ELECTRONIC, copies=0)
    with desk.store.begin() as tx:
        paper_prints.put(tx, made)
        papers.handed_over(tx, paper.paper_id, made.sent_at)
        _record(desk, tx, session, "paper.given_electronically", made)


def note_by_hand(desk: Desk, session: Session, paper: IssuedPaper, reason: str) -> PaperPrint:
    """Note that no printer here made the paper and it reached its receiver all the same (手工出具).

    Printed in another room, or a form filled in with a pen: the person who did it says why.

    Raises:
        BadInput: there is no reason.
    """
    session.require(Act.MAKE_PAPER)
    said = reason.strip()
    if not said:
        raise BadInput("还没写为什么手工出具，没有登记。写明原因再记")
    made = _without_printer(desk, session, paper, PrintState.BY_HAND, copies=1, reason=said)
    with desk.store.begin() as tx:
        paper_prints.put(tx, made)
        papers.printed(tx, paper.paper_id, made.copies, made.sent_at)
        _record(desk, tx, session, "paper.made_by_hand", made)
    return made


def prints_under_way(desk: Desk, session: Session, case_id: UUID) -> Sequence[PaperPrint]:
    """Return the prints of a case that nobody knows the end of, as after a restart."""
    session.require(Act.READ_CASE)
    with desk.store.read() as tx:
        return paper_prints.under_way(tx, case_id)


def usual_copies(desk: Desk, session: Session) -> Mapping[tuple[PaperKind, str], int]:
    """Return how many copies of a kind were printed on a printer the last time."""
    session.require(Act.READ_CASE)
    with desk.store.read() as tx:
        return paper_prints.usual_copies(tx)


def hanging_prints(desk: Desk, session: Session) -> Sequence[tuple[str, str]]:
    """Return (applicant, title) of papers that did not come out of a printer, oldest first."""
    session.require(Act.LIST_CASES)
    with desk.store.read() as tx:
        return paper_prints.hanging(tx, desk.now() - PATIENCE, _MOST)


def require_result_free(tx: Connection, case: Case) -> None:
    """Raise where a result may not leave yet: the paper that tells of it is in nobody's hand.

    A case that owes no such paper, as one decided elsewhere, waits for none.

    Raises:
        NotAcceptable: see ``require_in_hand``.
    """
    require_in_hand(tx, case, RESULT_WAITS_FOR, numbers_a_result_awaits(case))


def require_in_hand(tx: Connection, case: Case, kind: PaperKind, numbers: Collection[str]) -> None:
    """Raise where one of these papers did not reach its receiver: a step waits for every one.

    It did where its print came out, where it went as a file, was made by hand with a reason, or
    was signed; that somebody did not want to sign it says nothing, nor that he signed on the screen
    a page that a pen has to add to.

    Args:
        tx: the transaction of the step.
        case: whose papers.
        kind: what they are.
        numbers: their 文号.

    Raises:
        NotAcceptable: it must be printed, or handed over in another way, first.
    """
    if not numbers:
        return
    made = [one for one in papers.of_case(tx, case.case_id) if one.kind is kind]
    there = {one.number for one in made if one.handed_out or tells_by_signature(one)}
    lacking = [number for number in numbers if number not in there]
    if lacking:
        called = {one.number: one.title for one in made}.get(lacking[0], TITLES[kind])
        raise NotAcceptable(
            f"{called}（{'、'.join(lacking)}）还没打出来，这一步没有办。到文书里打印，打不出来就换一台打印机、"
            "存成电子件，或写明原因手工出具，再办这一步"
        )


def _without_printer(
    desk: Desk,
    session: Session,
    paper: IssuedPaper,
    state: PrintState,
    *,
    copies: int,
    reason: str = "",
) -> PaperPrint:
    """Return the line of a paper that reached its receiver, just now, without a printer of ours."""
    at = desk.now()
    return PaperPrint(
        print_id=desk.new_id(),
        paper_id=paper.paper_id,
        case_id=paper.case_id,
        kind=paper.kind,
        printer="",
        copies=copies,
        job="",
        state=state,
        sent_at=at,
        sent_by=session.account.account_id,
        ended_at=at,
        reason=reason,
    )


def _record(desk: Desk, tx: Connection, session: Session, act: str, now: PaperPrint) -> None:
    record(
        desk,
        tx,
        session,
        act,
        now.case_id,
        paper=str(now.paper_id),
        print=str(now.print_id),
        printer=now.printer,
        copies=now.copies,
        job=now.job,
        outcome=now.state.value,
        **({"reason": now.reason} if now.reason else {}),
        troubles=[trouble.value for trouble in now.troubles],
    )
