"""The end of the day (日终核对): everything open on one sheet, looked through, printed, signed."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Connection

from clerk.documents import day_sheet as day_sheet_html
from clerk.documents.due import TITLES
from clerk.documents.publication import table_of
from clerk.domain.custody import owed, unaccounted
from clerk.domain.day_sheet import (
    DayLine,
    DayPart,
    DaySection,
    DaySheet,
    SignedSheet,
    require_all_looked_at,
)
from clerk.domain.days import HALL_ZONE
from clerk.domain.errors import BadInput
from clerk.domain.identity import Act, Session
from clerk.domain.paper_numbers import NumberProof
from clerk.domain.parcels import under_way
from clerk.domain.publication import PublishedDecision, published
from clerk.domain.tasks import TaskKind
from clerk.services.desk import Desk
from clerk.services.paper_ledger import proof_of_the_day
from clerk.services.records import record
from clerk.storage import blanks, cases, day_end, files, settings, tasks
from clerk.values import replace

PDF = "application/pdf"
SIGNED_KEY = "day_sheet"
_FAR = timedelta(days=3650)
_EVERY = 10_000
_ORIGINALS = (
    TaskKind.PLACE_ORIGINALS,
    TaskKind.RETURN_ORIGINALS,
    TaskKind.RECEIVE_TRANSFER,
)


def day_sheet(desk: Desk, session: Session) -> DaySheet:
    """Return what is open at the end of this person's day, every section, nothing left out."""
    session.require(Act.CLOSE_DAY)
    with desk.store.read() as tx:
        return _sheet(desk, tx, session)


def sign_day(
    desk: Desk, session: Session, sheet: DaySheet, looked_at: frozenset[DaySection]
) -> SignedSheet:
    """Sign the sheet that was looked through; its printed form is kept under its digest.

    Raises:
        NotAcceptable: a section was not looked at.
        PaperTrouble: it could not be drawn; nothing is signed.
    """
    session.require(Act.CLOSE_DAY)
    require_all_looked_at(looked_at)
    printed = desk.press.print_html(day_sheet_html.html_for(sheet, desk.counter))
    with desk.store.begin() as tx:
        kept = files.keep(
            tx,
            printed.pdf,
            name=f"day-{sheet.on.isoformat()}.pdf",
            media_type=PDF,
            pages=printed.pages,
            at=desk.now(),
        )
        signed = SignedSheet(
            on=sheet.on,
            signed_at=desk.now(),
            pdf=kept,
            open_count=sheet.open_count,
        )
        settings.put(tx, session.account.account_id, SIGNED_KEY, _as_json(signed))
        record(
            desk,
            tx,
            session,
            "day.signed",
            on=sheet.on.isoformat(),
            sheet=kept.sha256,
            open=[f"{part.section.value} {len(part.lines)}" for part in sheet.parts],
        )
    return signed


def sheet_document(desk: Desk, session: Session, signed: SignedSheet) -> bytes:
    """Return the PDF of a signed sheet, for the printer."""
    session.require(Act.CLOSE_DAY)
    with desk.store.read() as tx:
        return files.content_of(tx, signed.pdf.sha256)


def decisions_to_publish(
    desk: Desk, session: Session, first: date, last: date
) -> Sequence[PublishedDecision]:
    """Return what is published of the permits decided on these days, both included."""
    session.require(Act.PUBLISH_PERMITS)
    with desk.store.read() as tx:
        found = cases.load_all(tx, day_end.decided(tx, first, last))
    rows = [published(desk.rules(case).standard, case) for case in found]
    return [row for row in rows if row is not None]


def publish_to(desk: Desk, session: Session, first: date, last: date, path: Path) -> int:
    """Write the list of these days where the clerk chose; how many rows it has.

    Raises:
        BadInput: the place cannot be written.
    """
    rows = decisions_to_publish(desk, session, first, last)
    try:
        path.write_text(table_of(rows), encoding="utf-8-sig", newline="")
    except OSError as error:
        raise BadInput("这个位置写不进去，没有导出。换一个文件夹再存") from error
    with desk.store.begin() as tx:
        record(
            desk,
            tx,
            session,
            "permits.published",
            first=first.isoformat(),
            last=last.isoformat(),
            count=len(rows),
        )
    return len(rows)


def _sheet(desk: Desk, tx: Connection, session: Session) -> DaySheet:
    today = desk.today()
    begun = datetime.combine(today, time.min, tzinfo=HALL_ZONE)
    parts = {
        DaySection.DRAFTS: day_end.drafts_of(tx, session.account.account_id),
        DaySection.ORIGINALS: _originals(desk, tx),
        DaySection.RESULTS: _results(tx),
        DaySection.FEES: _of_tasks(tx, today + _FAR, TaskKind.PAY_FEE),
        DaySection.BLANKS: [DayLine(stock=stock) for stock in blanks.stocks(tx)],
        DaySection.MESSAGES: day_end.unsent(tx),
        DaySection.PAPERS: day_end.unprinted(tx, begun),
        DaySection.NUMBERS: _numbers(desk, tx),
        DaySection.OVERDUE_TASKS: _of_tasks(tx, today - timedelta(days=1), *TaskKind),
    }
    return DaySheet(
        on=today,
        made_at=desk.now(),
        counter_name=session.counter_name,
        clerk_name=session.account.display_name,
        parts=tuple(
            DayPart(section=section, lines=tuple(parts[section])) for section in DaySection
        ),
    )


def _originals(desk: Desk, tx: Connection) -> list[DayLine]:
    due = tasks.due_by(tx, desk.today() + _FAR, _ORIGINALS, _EVERY)
    lines = []
    for case in cases.load_all(tx, list(dict.fromkeys(task.case_id for task in due))):
        standard = desk.rules(case).standard
        lines += [
            DayLine(
                label=case.label,
                item_name=case.item_name,
                applicant_name=case.applicant_name,
                original=line,
            )
            for line in (*unaccounted(standard, case), *owed(standard, case))
        ]
    return lines


def _numbers(desk: Desk, tx: Connection) -> list[DayLine]:
    """Whatever does not hold in this year's series, and what became void today with its reason."""
    proof, voided = proof_of_the_day(desk, tx)
    nothing = NumberProof(standings=(), doubled=(), unlisted=())
    return [
        *(
            DayLine(item_name=TITLES[one.series.kind], proof=replace(nothing, standings=(one,)))
            for one in proof.standings
            if not one.gapless
        ),
        *(DayLine(proof=replace(nothing, doubled=(text,))) for text in proof.doubled),
        *(DayLine(proof=replace(nothing, unlisted=(text,))) for text in proof.unlisted),
        *(DayLine(item_name=TITLES[one.series.kind], voided=one) for one in voided),
    ]


def _results(tx: Connection) -> list[DayLine]:
    found = []
    waiting = day_end.results_waiting(tx)
    kept = cases.load_all(tx, [case_id for case_id, _ in waiting])
    for case, (_, line) in zip(kept, waiting, strict=True):
        parcel = under_way(case)
        found.append(
            replace(
                line,
                parcel=parcel.state if parcel else None,
                note=parcel.waybill_number if parcel else "",
                reminders=len(case.reminders),
            )
        )
    return found


def _of_tasks(tx: Connection, until: date, *kinds: TaskKind) -> list[DayLine]:
    return [
        DayLine(
            label=task.label,
            item_name=task.item_name,
            applicant_name=task.applicant_name,
            task=task.kind,
            due_on=task.due_on,
        )
        for task in tasks.due_by(tx, until, kinds, _EVERY)
    ]


def _as_json(signed: SignedSheet) -> dict[str, str | int]:
    return {
        "on": signed.on.isoformat(),
        "signed_at": signed.signed_at.isoformat(),
        "sha256": signed.pdf.sha256,
        "open": signed.open_count,
    }
