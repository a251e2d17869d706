"""Papers around a result: what is to be paid (缴费通知书), what goes on to the department (流转单)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from clerk.domain.papers import NUMBERED, SEALED, MaterialRow, Paper, PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeNotice(Paper):
    """缴费通知书: one listed charge, its clause, where it is paid; the window takes no money.

    ``exemptions`` are the listed reasons to pay nothing, as they stand in the standard.
    """

    kind: ClassVar[PaperKind] = PaperKind.FEE_NOTICE
    _required: ClassVar[frozenset[str]] = (
        SEALED | NUMBERED | {"fee_name", "fee_standard", "amount", "basis", "how_to_pay"}
    )

    fee_name: str
    fee_standard: str
    amount: str
    basis: str
    how_to_pay: str
    pay_by_on: date
    exemptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSlip(Paper):
    """材料流转单: originals that go on to the department, signed for by both sides."""

    kind: ClassVar[PaperKind] = PaperKind.TRANSFER_SLIP
    _required: ClassVar[frozenset[str]] = frozenset(
        {"document_number", "number", "materials", "handed_to", "handed_at"}
    )
    _given_at_effect: ClassVar[frozenset[str]] = frozenset({"document_number", "number"})

    materials: tuple[MaterialRow, ...]
    handed_to: str
    handed_at: datetime
    back_by_on: date | None = None
