"""The ledger of blank certificates (空白证照台账): received, used for a case, spoilt, counted."""

from collections.abc import Sequence

from sqlalchemy import Connection

from clerk.domain.blanks import (
    Blank,
    BlankState,
    BlankStock,
    checked_count,
    numbers_between,
    require_in_stock,
    require_reason,
)
from clerk.domain.certificate_making import making_bar, printed_on
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Act, Session
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import blanks, cases
from clerk.values import replace


def blank_stocks(desk: Desk, session: Session) -> Sequence[BlankStock]:
    """Return how every kind of blank stands."""
    session.require(Act.MANAGE_BLANKS)
    with desk.store.read() as tx:
        return blanks.stocks(tx)


def receive_blanks(
    desk: Desk, session: Session, kind: str, first: str, last: str
) -> Sequence[BlankStock]:
    """Put a delivery into stock, by its first and last number.

    Raises:
        BadInput: the numbers are none, or the kind is not named.
        NotAcceptable: one of them was received before; nothing is kept.
    """
    session.require(Act.MANAGE_BLANKS)
    if not kind.strip():
        raise BadInput("还没写是哪一种空白证，没有入库。填证照名称")
    numbers = numbers_between(first, last)
    with desk.store.begin() as tx:
        blanks.receive(tx, kind.strip(), numbers, session.account.account_id, desk.now())
        record(
            desk,
            tx,
            session,
            "blanks.received",
            kind=kind.strip(),
            first=numbers[0],
            last=numbers[-1],
            count=len(numbers),
        )
        return blanks.stocks(tx)


def use_blank(
    desk: Desk, session: Session, kind: str, number: str, case_number: str, certificate_number: str
) -> Sequence[BlankStock]:
    """Note that a blank was printed for a case; the case's course says which.

    Raises:
        NotAcceptable: the blank is not in stock, its case is not granted or has a certificate, or
            the number stands on another one.
        BadInput: the number on the certificate is missing.
    """
    session.require(Act.MANAGE_BLANKS)
    if not certificate_number.strip():
        raise BadInput("还没写证照号，没有登记。照印好的证填")
    now = desk.now()
    with desk.store.begin() as tx:
        case_id = cases.id_of_number(tx, case_number.strip())
        case = cases.find(tx, case_id) if case_id else None
        if case is None or making_bar(case) is not None:
            raise NotAcceptable("没有这个编号的准予办件，没有登记。核对办件编号")
        found = blanks.find(tx, kind, number.strip())
        if blanks.bears_number(tx, kind, certificate_number.strip()):
            raise NotAcceptable("这个证照号已经登记在别的空白证上，没有登记。核对印好的证")
        printed, used = printed_on(
            desk.rules(case), case, found, certificate_number, "", session, now
        )
        _write(tx, used)
        cases.save(tx, printed)
        record(desk, tx, session, "blank.used", case.case_id, kind=kind, number=used.number)
        return blanks.stocks(tx)


def spoil_blank(
    desk: Desk, session: Session, kind: str, number: str, reason: str
) -> Sequence[BlankStock]:
    """Note that a blank was spoilt, with the reason; its number is never used again.

    Raises:
        NotAcceptable: the blank is not in stock.
        BadInput: no reason.
    """
    session.require(Act.MANAGE_BLANKS)
    why = require_reason(reason)
    with desk.store.begin() as tx:
        spoilt = replace(
            require_in_stock(blanks.find(tx, kind, number.strip())),
            state=BlankState.SPOILT,
            at=desk.now(),
            by=session.account.account_id,
            reason=why,
        )
        _write(tx, spoilt)
        record(desk, tx, session, "blank.spoilt", kind=kind, number=spoilt.number, reason=why)
        return blanks.stocks(tx)


def count_blanks(
    desk: Desk, session: Session, kind: str, counted: int, reason: str
) -> Sequence[BlankStock]:
    """Keep what was counted at the day's end; a difference is kept with its reason.

    Raises:
        NotAcceptable: no such kind was ever received.
        BadInput: the number is none, or the reason for a difference is missing.
    """
    session.require(Act.MANAGE_BLANKS)
    with desk.store.begin() as tx:
        stock = next((one for one in blanks.stocks(tx) if one.kind == kind), None)
        if stock is None:
            raise NotAcceptable("没有入过这种空白证，没有登记清点。核对证照名称")
        by = session.account.account_id
        kept = checked_count(stock, counted, reason, by, desk.now())
        blanks.count(tx, kept)
        record(
            desk,
            tx,
            session,
            "blanks.counted",
            kind=kind,
            counted=counted,
            expected=stock.in_stock,
            reason=kept.reason,
        )
        return blanks.stocks(tx)


def _write(tx: Connection, blank: Blank) -> None:
    if not blanks.change(tx, blank):
        raise NotAcceptable("这张空白证刚被别处登记，没有改动。按 F5 刷新后再看")
