"""What 导入实施清单 may ask for, as plain callables."""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path

from clerk import assets, wording_sheet
from clerk.domain.identity import Session
from clerk.domain.sheet_columns import SheetMapping, SheetVocabulary
from clerk.domain.sheet_report import Grouped
from clerk.domain.standard_difference import as_written, item_change
from clerk.services import sheet_export, sheet_import
from clerk.services.desk import Desk
from clerk.services.sheet_import import ImportWords
from clerk.ui.import_actions import GoOn, Head, ImportActions, ReadList
from clerk.wording_difference import grouped


@cache
def sheet_vocabulary() -> SheetVocabulary:
    """Return what the columns of a list may mean."""
    return sheet_import.sheet_vocabulary(assets.read_text("resources", "sheet/columns.toml"))


def import_actions(desk: Desk, session: Session) -> ImportActions:
    """Return import and export of lists for this person; the use cases check who may."""

    def head(path: str, sheet: str) -> Head:
        return sheet_import.sheet_head(desk, session, Path(path), sheet, sheet_vocabulary())

    def check(path: str, mapping: SheetMapping, go_on: GoOn) -> ReadList | None:
        return sheet_import.check_list(
            desk,
            session,
            Path(path),
            mapping,
            sheet_vocabulary(),
            go_on,
            ImportWords(fault=wording_sheet.fault_cells, changes=changes),
        )

    def keep(found: ReadList, name: str, go_on: GoOn) -> int | None:
        batch = f"{desk.today().isoformat()} {name}"
        return sheet_import.keep_drafts(desk, session, _checked(found), batch, name, go_on)

    def export(item_codes: Sequence[str], path: str, go_on: GoOn) -> int | None:
        return sheet_export.export_list(
            desk, session, sheet_vocabulary(), item_codes, Path(path), "实施清单", go_on
        )

    return ImportActions(
        vocabulary=sheet_vocabulary,
        sheets=lambda path: sheet_import.sheet_names(Path(path)),
        head=head,
        remember=partial(sheet_import.remember_mapping, desk, session),
        check=check,
        write_faults=lambda found, path: _checked(found).write_faults(Path(path)),
        keep=keep,
        export=export,
    )


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> Grouped:
    """Say what changes from one plain standard to another, as the editor says it too."""
    held, now = as_written(before), as_written(after)
    change = item_change(held, now)
    return () if change is None else grouped(change, held, now)


def _checked(found: ReadList) -> sheet_import.CheckedList:
    if not isinstance(found, sheet_import.CheckedList):
        raise TypeError(found)
    return found
