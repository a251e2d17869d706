"""Papers around a result: what is to be paid (缴费通知书), what goes on to the department (流转单)."""

from datetime import date, datetime
from typing import ClassVar

from clerk.domain.papers import NUMBERED, SEALED, MaterialRow, Paper, PaperKind
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeNotice(Paper):
    """缴费通知书: one listed charge, its clause, where it is paid; the window takes no money.

    ``body_code`` and ``income_code`` are what the treasury books it under, ``counted`` what the
    listed rule counts and leaves free. ``postage`` is the courier's own charge, no part of the
    amount. ``exemptions`` are the listed reasons to pay nothing, with what has to show them.
    """

    kind: ClassVar[PaperKind] = PaperKind.FEE_NOTICE
    _required: ClassVar[frozenset[str]] = (
        SEALED
        | NUMBERED
        | {"fee_name", "fee_standard", "amount", "basis", "how_to_pay", "income_code"}
    )

    fee_name: str
    fee_standard: str
    amount: str
    basis: str
    how_to_pay: str
    pay_by_on: date
    body_code: str
    income_code: str
    counted: str = ""
    postage: str = ""
    exemptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSlip(Paper):
    """材料流转单: originals that go on to the department in a bag, signed for by both sides.

    ``transfer`` is its kind (流转类型), ``brought_by`` who brings it. It comes back within so many
    ``workdays``, by ``back_by_on``.
    """

    kind: ClassVar[PaperKind] = PaperKind.TRANSFER_SLIP
    _required: ClassVar[frozenset[str]] = frozenset(
        {"document_number", "number", "materials", "handed_to", "handed_at"}
        | {"bag", "transfer", "brought_by", "back_by_on"}
    )
    _given_at_effect: ClassVar[frozenset[str]] = frozenset({"document_number", "number"})

    materials: tuple[MaterialRow, ...]
    handed_to: str
    handed_at: datetime
    bag: str
    transfer: str
    brought_by: str
    workdays: int
    back_by_on: date | None
