"""Giving the catalogue away as a bureau's worksheet again, with the columns kept for its owner."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from clerk.documents.standard_sheet import write_standard_sheet
from clerk.domain.errors import BadInput
from clerk.domain.identity import Act, Session
from clerk.domain.sheet_columns import MaterialTypeMeaning, SheetVocabulary
from clerk.domain.sheet_writing import SheetWriting, kept_elements
from clerk.domain.standard_writing import table_of
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import standards

ASKED_EVERY = 50
PARTIAL = ".partial"

GoOn = Callable[[int, int], bool]


class _Stopped(Exception):
    """The person does not want it any more."""


def export_list(
    desk: Desk,
    session: Session,
    vocabulary: SheetVocabulary,
    item_codes: Sequence[str],
    path: Path,
    title: str,
    go_on: GoOn,
) -> int | None:
    """Write these items, everything in force without any; None where it was stopped.

    The file is whole or not there. 材料类型 is written as certificate, form or other: originals and
    copies have columns of their own.

    Raises:
        BadInput: the place cannot be written.
    """
    session.require(Act.EDIT_STANDARDS)
    beside = path.with_name(path.name + PARTIAL)
    with desk.store.read() as tx:
        kept: dict[str, None] = {}
        total = 0
        for table in _tables(desk, tx, item_codes):
            kept.update(dict.fromkeys(kept_elements(table, vocabulary)))
            total += 1
        writing = SheetWriting(vocabulary, MaterialTypeMeaning.MATERIAL_KIND, tuple(kept))

        def rows() -> Iterator[Sequence[str]]:
            for number, table in enumerate(_tables(desk, tx, item_codes)):
                if number % ASKED_EVERY == 0 and not go_on(number, total):
                    raise _Stopped
                yield from writing.rows(table)

        try:
            write_standard_sheet(beside, title, writing.headings, rows())
            beside.replace(path)
        except _Stopped:
            return None
        except OSError as error:
            raise BadInput("这个位置写不进去，没有导出。换一个文件夹再存") from error
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
    with desk.store.begin() as tx:
        record(desk, tx, session, "standards.exported", items=total)
    return total


def _tables(desk: Desk, tx: Connection, item_codes: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    today = desk.today()
    if not item_codes:
        yield from map(table_of, standards.in_force(tx, today))
        return
    for item_code in item_codes:
        version = standards.version_on(tx, item_code, today)
        standard = None if version is None else standards.find(tx, item_code, version)
        if standard is not None:
            yield table_of(standard)
