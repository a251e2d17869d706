"""Every material against every certificate: those that can be used on top, the others with why."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, Qt

from clerk.domain.certificate import Unusable
from clerk.domain.certificate_file import SealState
from clerk.domain.certificate_matching import NEEDS_A_LOOK, MaterialMatch
from clerk.ui.certificates_words import UNOPENABLE, issued, why_not
from clerk.ui.chips import CellSpec, ChipKind, ChipSpec, LinesSpec
from clerk.ui.overriding import override
from clerk.ui.tables import CELL_ROLE
from clerk.ui.widgets.search_box import Hit
from clerk.wording_certificates import SEALS

_GONE = frozenset({Unusable.EXPIRED, Unusable.REVOKED, Unusable.SUSPENDED})


FOR_THIS, FOR_OTHERS, NOT_USABLE = "正好用于这项材料", "能用于别的材料", "不能用"


def hits_in(
    rows: Sequence[MaterialMatch], asked: str, initials: Callable[[str], str]
) -> tuple[Hit, ...]:
    """The rows whose certificate or material is named or numbered so, by their places."""
    wanted = asked.casefold()
    return tuple(
        Hit(value=place, title=row.certificate.type_name, hint=f"用于{row.material_name}")
        for place, row in enumerate(rows)
        if any(wanted in text.casefold() for text in _told_of(row))
        or any(wanted in initials(text) for text in (row.certificate.type_name, row.material_name))
    )


def _told_of(row: MaterialMatch) -> tuple[str, ...]:
    certificate = row.certificate
    return (
        certificate.type_name,
        row.material_name,
        certificate.number,
        certificate.certificate_id,
        certificate.holder_name,
    )


class CertificateModel(QAbstractTableModel):
    """One row a material and certificate: what it is and for what, then whether it can be used.

    What our own look into the files found comes later and changes the row.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[MaterialMatch, ...] = ()
        self._first = ""
        self._seals: dict[str, SealState] = {}
        self._refused: set[str] = set()

    def show_rows(self, rows: Sequence[MaterialMatch], first: str = "") -> None:
        """Show other rows: usable before not, and those of the material ``first`` before others."""
        self.beginResetModel()
        self._first = first
        self.rows = tuple(sorted(rows, key=lambda row: (not row.usable, row.material != first)))
        self.endResetModel()

    def heading_of(self, place: int) -> str:
        """What stands above the row that begins a group, empty above any other."""
        group = self._group_of(place)
        return group if place == 0 or group != self._group_of(place - 1) else ""

    def _group_of(self, place: int) -> str:
        row = self.rows[place]
        if not row.usable:
            return NOT_USABLE
        return FOR_THIS if row.material == self._first else FOR_OTHERS

    def show_seals(self, seals: Mapping[str, SealState], refused: set[str]) -> None:
        """Note what was found in the files, by certificate."""
        self._seals, self._refused = dict(seals), set(refused)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 1))

    def can_use(self, row: MaterialMatch) -> bool:
        """Whether a row may be used as far as is known now."""
        name = row.certificate.certificate_id
        changed = self._seals.get(name) is SealState.CHANGED
        return row.usable and not changed and name not in self._refused

    def seal_of(self, row: MaterialMatch) -> SealState:
        """What is known of the seal."""
        return self._seals.get(row.certificate.certificate_id, SealState.UNCHECKED)

    @override
    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 2

    @override
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        spec = self._spec(row, index.column())
        if role == CELL_ROLE:
            return spec
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return f"{self._group_of(index.row())}，{spec.spoken}"
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return spec.spoken
        return None

    def _spec(self, row: MaterialMatch, column: int) -> CellSpec:
        certificate = row.certificate
        if column == 0:
            named = Unusable.NAME_DIFFERS in row.reasons
            below = f"持证人：{certificate.holder_name}" if named else issued(certificate)
            return LinesSpec(certificate.type_name, f"用于{row.material_name}，{below}")
        if row.used:
            return ChipSpec(ChipKind.OK, "已用")
        if row.reasons:
            kind = ChipKind.BAD if row.reasons[0] in _GONE else ChipKind.WARN
            return ChipSpec(kind, why_not(certificate, row.reasons))
        if certificate.certificate_id in self._refused:
            return ChipSpec(ChipKind.BAD, UNOPENABLE)
        seal = self.seal_of(row)
        if seal is SealState.CHANGED:
            return ChipSpec(ChipKind.BAD, SEALS[seal])
        if seal in NEEDS_A_LOOK:
            return ChipSpec(ChipKind.WARN, SEALS[seal])
        return ChipSpec(ChipKind.REUSE, "可用")
