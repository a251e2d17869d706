"""The papers of an approval besides the decision: before a refusal, and after a correction."""

from datetime import date
from typing import ClassVar

from clerk.domain.papers import SEALED, Paper, PaperKind
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementNotice(Paper):
    """拟不予许可告知书: why a refusal is intended, and until when and how one may speak."""

    kind: ClassVar[PaperKind] = PaperKind.STATEMENT_NOTICE
    _required: ClassVar[frozenset[str]] = SEALED | {"number", "reason", "how_to_speak"}

    received_on: date
    reason: str
    until_on: date
    how_to_speak: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCorrection(Paper):
    """更正通知书: which decision was wrong in what, and which one stands now."""

    kind: ClassVar[PaperKind] = PaperKind.DECISION_CORRECTION
    _required: ClassVar[frozenset[str]] = SEALED | {
        "number",
        "reason",
        "replaced_number",
        "new_number",
        "content",
    }

    replaced_number: str
    replaced_on: date
    new_number: str
    reason: str
    content: str
    pickup: str
