"""The kit that every panel is made of; see each class for how it behaves.

A name is imported from its module when it is first asked for: the sign-in page is painted before
anything it does not show is loaded.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clerk.ui.chips import (
        ChipKind,
        ChipSpec,
        DeadlineSpec,
        LinesSpec,
        Source,
        SourceSpec,
        days_left,
        overdue,
    )
    from clerk.ui.widgets.button import Button
    from clerk.ui.widgets.card import Card, CardHeader, Line, Quiet
    from clerk.ui.widgets.choice import Choice
    from clerk.ui.widgets.dialog import Dialog, open_dialog
    from clerk.ui.widgets.field import Field, FieldEdit
    from clerk.ui.widgets.icon import Icon
    from clerk.ui.widgets.keycap import Keycap, KeyHint
    from clerk.ui.widgets.label import Label
    from clerk.ui.widgets.marks import Chip, Dot, SourceMark
    from clerk.ui.widgets.notice import Empty, Notice
    from clerk.ui.widgets.search_box import Hit, SearchBox
    from clerk.ui.widgets.spinner import Progress, Spinner
    from clerk.ui.widgets.tabs import CaseTab, CaseTabs
    from clerk.ui.widgets.undo import UndoStrip

__all__ = [
    "Button",
    "Card",
    "CardHeader",
    "CaseTab",
    "CaseTabs",
    "Chip",
    "ChipKind",
    "ChipSpec",
    "Choice",
    "DeadlineSpec",
    "Dialog",
    "Dot",
    "Empty",
    "Field",
    "FieldEdit",
    "Hit",
    "Icon",
    "KeyHint",
    "Keycap",
    "Label",
    "Line",
    "LinesSpec",
    "Notice",
    "Progress",
    "Quiet",
    "SearchBox",
    "Source",
    "SourceMark",
    "SourceSpec",
    "Spinner",
    "UndoStrip",
    "days_left",
    "open_dialog",
    "overdue",
]

_HOMES = {
    "Button": "clerk.ui.widgets.button",
    "Card": "clerk.ui.widgets.card",
    "CardHeader": "clerk.ui.widgets.card",
    "CaseTab": "clerk.ui.widgets.tabs",
    "CaseTabs": "clerk.ui.widgets.tabs",
    "Chip": "clerk.ui.widgets.marks",
    "ChipKind": "clerk.ui.chips",
    "ChipSpec": "clerk.ui.chips",
    "Choice": "clerk.ui.widgets.choice",
    "DeadlineSpec": "clerk.ui.chips",
    "Dialog": "clerk.ui.widgets.dialog",
    "Dot": "clerk.ui.widgets.marks",
    "Empty": "clerk.ui.widgets.notice",
    "Field": "clerk.ui.widgets.field",
    "FieldEdit": "clerk.ui.widgets.field",
    "Hit": "clerk.ui.widgets.search_box",
    "Icon": "clerk.ui.widgets.icon",
    "KeyHint": "clerk.ui.widgets.keycap",
    "Keycap": "clerk.ui.widgets.keycap",
    "Label": "clerk.ui.widgets.label",
    "Line": "clerk.ui.widgets.card",
    "LinesSpec": "clerk.ui.chips",
    "Notice": "clerk.ui.widgets.notice",
    "Progress": "clerk.ui.widgets.spinner",
    "Quiet": "clerk.ui.widgets.card",
    "SearchBox": "clerk.ui.widgets.search_box",
    "Source": "clerk.ui.chips",
    "SourceMark": "clerk.ui.widgets.marks",
    "SourceSpec": "clerk.ui.chips",
    "Spinner": "clerk.ui.widgets.spinner",
    "UndoStrip": "clerk.ui.widgets.undo",
    "days_left": "clerk.ui.chips",
    "open_dialog": "clerk.ui.widgets.dialog",
    "overdue": "clerk.ui.chips",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found
