"""The certificates that the leave covers: those that can be used on top, the others with why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, Qt

from clerk.domain.certificate import CertificateSummary, Unusable, why_unusable
from clerk.domain.standard import CertificateLink
from clerk.ui.certificates_words import issued, why_not
from clerk.ui.chips import CellSpec, ChipKind, ChipSpec, LinesSpec
from clerk.ui.overriding import override
from clerk.ui.tables import CELL_ROLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A certificate and every reason why it cannot be used; none means it can."""

    certificate: CertificateSummary
    reasons: tuple[Unusable, ...]

    @property
    def usable(self) -> bool:
        """Whether it may stand in for the material."""
        return not self.reasons


def rows_of(
    found: Sequence[CertificateSummary], link: CertificateLink, holder_name: str, on: date
) -> list[Listed]:
    """Say of every certificate whether it can be used on this day."""
    return [
        Listed(
            certificate=one,
            reasons=why_unusable(one, type_code=link.type_code, holder_name=holder_name, on=on),
        )
        for one in found
    ]


class CertificateModel(QAbstractTableModel):
    """One row a certificate: what it is and from whom, then whether it can be used."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Listed, ...] = ()

    def show_rows(self, rows: Sequence[Listed]) -> None:
        """Show other certificates, the usable ones first, else in the library's order."""
        self.beginResetModel()
        self.rows = tuple(sorted(rows, key=lambda row: not row.usable))
        self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 2

    @override
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        spec = _spec(row, index.column())
        if role == CELL_ROLE:
            return spec
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return spec.spoken
        return None


def _spec(row: Listed, column: int) -> CellSpec:
    certificate = row.certificate
    if column == 0:
        named = Unusable.NAME_DIFFERS in row.reasons
        below = f"持证人：{certificate.holder_name}" if named else issued(certificate)
        return LinesSpec(certificate.type_name, below)
    if row.usable:
        return ChipSpec(ChipKind.REUSE, "可用")
    gone = {Unusable.EXPIRED, Unusable.REVOKED, Unusable.SUSPENDED}
    kind = ChipKind.BAD if row.reasons[0] in gone else ChipKind.WARN
    return ChipSpec(kind, why_not(certificate, row.reasons))
