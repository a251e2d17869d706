"""Taking a list away (导出办件): what is shown, masked, for a purpose that is written down."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from clerk.documents.case_sheet import row_of, write_csv, write_worksheet
from clerk.domain.case_list import CaseLine, CaseQuery
from clerk.domain.errors import BadInput
from clerk.domain.identity import Act, Session
from clerk.services.case_list import cases_count, cases_page
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import cases
from clerk.values import dataclass

PAGE = 200
PARTIAL = ".partial"
_WRITERS = {".csv": write_csv, ".xlsx": write_worksheet}

GoOn = Callable[[int, int], bool]
"""Told how many of how many cases are written; False stops it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """How many cases a list has; a ``stopped`` one left no file."""

    rows: int
    stopped: bool


class _Stopped(Exception):
    """The person does not want it any more."""


def export_cases(
    desk: Desk, session: Session, query: CaseQuery, purpose: str, path: Path, go_on: GoOn
) -> Exported:
    """Write the list of a query to ``path``, ``.xlsx`` or ``.csv``; whole or not at all.

    Who took how many cases away, and for what, is a line of the journal, also of one stopped.

    Raises:
        BadInput: no purpose, another kind of file, or the place cannot be written.
    """
    session.require(Act.LIST_CASES)
    why = purpose.strip()
    if not why:
        raise BadInput("还没写用途，没有导出。写明再导")
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise BadInput("只能导出成 xlsx 或 csv，没有导出。换一种格式再导")
    total = cases_count(desk, session, query)
    beside = path.with_name(path.name + PARTIAL)
    written = 0

    def rows() -> Iterator[Sequence[str]]:
        nonlocal written
        for line in _lines(desk, session, query):
            if written % PAGE == 0 and not go_on(written, max(total, written)):
                raise _Stopped
            with desk.store.read() as tx:
                case = cases.load(tx, line.case_id)
            yield row_of(line, case, desk.today())
            written += 1

    stopped = False
    try:
        write(beside, rows())
        beside.replace(path)
    except _Stopped:
        stopped = True
    except OSError as error:
        raise BadInput("这个位置写不进去，没有导出。换一个文件夹再存") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    with desk.store.begin() as tx:
        record(
            desk,
            tx,
            session,
            "cases.exported",
            view=query.view.value,
            purpose=why,
            rows=0 if stopped else written,
            format=path.suffix.lower().removeprefix("."),
            stopped=stopped,
        )
    return Exported(rows=written, stopped=stopped)


def _lines(desk: Desk, session: Session, query: CaseQuery) -> Iterator[CaseLine]:
    last: CaseLine | None = None
    while page := cases_page(desk, session, query, last, 0, PAGE):
        yield from page
        last = page[-1]
        if len(page) < PAGE:
            return
