"""What can be wrong with a bureau's worksheet, as a closed list; the words are in wording_sheet."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from clerk.values import dataclass


class SheetRule(StrEnum):
    """What was found; I1 to I9 are the platform's quality checks of an 实施清单."""

    COLUMN_MISSING = "column_missing"
    MEANING_UNSAID = "meaning_unsaid"
    FORMULA = "formula"
    ERROR_VALUE = "error_value"
    TOO_LONG = "too_long"
    DIGITS_LOST = "digits_lost"
    CODE_FORM = "code_form"
    DAY_UNKNOWN = "day_unknown"
    NUMBER_UNKNOWN = "number_unknown"
    YES_OR_NO = "yes_or_no"
    CODE_UNKNOWN = "code_unknown"
    EMPTY = "empty"
    DOUBLE_ITEM = "double_item"
    DOUBLE_MATERIAL = "double_material"
    BEGINS_EARLIER = "begins_earlier"
    DRAFT_LACKS = "draft_lacks"
    DRAFT_EXISTS = "draft_exists"
    PROMISED_TOO_LONG = "I1"
    ON_THE_SPOT_TOO_LONG = "I2"
    VISIT_UNEXPLAINED = "I3"
    CATCH_ALL = "I4"
    MATERIAL_LACKS = "I5"
    CERTIFICATE_UNLINKED = "I6"
    FEE_UNLISTED = "I7"
    NOT_OFFERED = "I8"
    TASK_CODE = "I9"


class FaultLevel(StrEnum):
    """How much a fault of a list matters: an error keeps the item out."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellTrouble:
    """Why a cell cannot be used, with the values that the sentence names."""

    rule: SheetRule
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFault:
    """What is wrong at one place; ``row`` as the worksheet counts, ``column`` its letter or empty.

    ``detail`` holds the values that the sentence names.
    """

    sheet: str
    row: int
    column: str
    rule: SheetRule
    level: FaultLevel
    detail: Mapping[str, str] = field(default_factory=dict)
