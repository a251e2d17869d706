"""What goes into the archive package of a case (归档包): the same case gives the same bytes.

``index.json`` names every file with its digests, ``manifest.txt`` holds the digests of the index,
and the digest of the package is the index's. ``verify.py`` inside it checks all of that on any
machine with Python.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection

from clerk.documents import archive_verify
from clerk.documents.archive_cover import CoverRow, cover_of, draw_cover
from clerk.documents.material_list import LIST_TITLE, material_list
from clerk.domain.archive_names import ending_of, files_of, safe_name, unused
from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.days import local_date
from clerk.domain.file_review import FileReview, ReviewCheck
from clerk.domain.identity import Session
from clerk.domain.issued import IssuedPaper
from clerk.domain.material import StoredFile
from clerk.domain.papers import PaperKind
from clerk.services.desk import Desk
from clerk.services.paper_making import STROKES
from clerk.storage import files, journal, papers
from clerk.storage.codec import canonical_json, dump, dump_as
from clerk.storage.digest import sm3
from clerk.values import dataclass

COVER, VERIFIER = "cover.pdf", "verify.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of the package; ``paper`` is the kind of an issued paper."""

    path: str
    kind: str
    content: bytes
    title: str = ""
    paper: str = ""
    row: CoverRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A whole package in memory; ``contents`` by path, ``digest`` is the SM3 of its index."""

    name: str
    contents: Mapping[str, bytes]
    digest: str

    @property
    def size_bytes(self) -> int:
        """How much it takes on disk."""
        return sum(map(len, self.contents.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What the store holds of a case when its package is made."""

    case: Case
    found: FileReview
    entries: tuple[Entry, ...]
    journal_lines: int


def read_file(desk: Desk, tx: Connection, case: Case, found: FileReview, reason: str) -> ReadFile:
    """Read everything of the case in one transaction."""
    lines = list(journal.lines_of_case(tx, case.case_id))
    entries = [*_papers(tx, case), *_materials(desk, tx, case), *_certificates_made(tx, case)]
    entries += _records(case, found, reason)
    entries.append(_journal(tx, lines))
    return ReadFile(case=case, found=found, entries=tuple(entries), journal_lines=len(lines))


def package_of(desk: Desk, session: Session, read: ReadFile, reason: str) -> Package:
    """Draw the cover and seal everything with its digests; outside any transaction.

    Raises:
        PaperTrouble: the cover could not be drawn; nothing was kept.
    """
    case = read.case
    cover = cover_of(
        case,
        desk.standard(case.item_code, case.standard_version),
        read.found,
        [entry.row for entry in read.entries if entry.row is not None],
        reason=reason.strip(),
        archived_on=local_date(desk.now()),
        archived_by=session.account.display_name,
        practice=desk.counter.practice,
    )
    verifier = Path(archive_verify.__file__).read_bytes()
    entries = (
        *read.entries,
        Entry(path=COVER, kind="cover", content=draw_cover(desk.press.ahead, cover)),
        Entry(path=VERIFIER, kind="verifier", content=verifier),
    )
    return _sealed(case, entries, read.journal_lines)


def _sealed(case: Case, entries: Sequence[Entry], journal_lines: int) -> Package:
    index = canonical_json(
        {
            "format": archive_verify.FORMAT,
            "case_id": str(case.case_id),
            "number": case.label,
            "item_code": case.item_code,
            "item_version": case.standard_version,
            "journal_lines": journal_lines,
            "files": [_listed(entry) for entry in sorted(entries, key=lambda one: one.path)],
        }
    ).encode()
    digest = sm3(index)
    manifest = f"sm3 {digest}\nsha256 {hashlib.sha256(index).hexdigest()}\n".encode()
    contents = {entry.path: entry.content for entry in entries}
    return Package(
        name=f"{safe_name(case.label, 'case')}_{case.case_id.hex[-8:]}",
        contents={
            **contents,
            archive_verify.INDEX: index,
            archive_verify.MANIFEST: manifest,
        },
        digest=digest,
    )


def _listed(entry: Entry) -> dict[str, object]:
    return {
        "path": entry.path,
        "kind": entry.kind,
        "title": entry.title,
        "paper": entry.paper,
        "number": entry.row.number if entry.row else "",
        "size_bytes": len(entry.content),
        "sha256": hashlib.sha256(entry.content).hexdigest(),
        "sm3": sm3(entry.content),
    }


def _papers(tx: Connection, case: Case) -> Iterator[Entry]:
    for number, paper in enumerate(papers.of_case(tx, case.case_id), 1):
        stem = f"papers/{number:02}-{paper.kind.value}"
        yield _paper(tx, paper, paper.pdf, f"{stem}.pdf", listed=True)
        if paper.docx is not None:
            yield _paper(tx, paper, paper.docx, f"{stem}.docx", listed=False)


def _paper(
    tx: Connection, paper: IssuedPaper, file: StoredFile, path: str, *, listed: bool
) -> Entry:
    row = CoverRow(
        title=paper.title,
        path=path,
        number=paper.number,
        on=local_date(paper.made_at),
        pages=file.pages,
    )
    return Entry(
        path=path,
        kind="paper",
        content=files.content_of(tx, file.sha256),
        title=paper.title,
        paper=paper.kind.value,
        row=row if listed else None,
    )


def _materials(desk: Desk, tx: Connection, case: Case) -> Iterator[Entry]:
    """Yield what was handed in and whatever else the case names, each file once.

    What an older version of a material held is there as long as the store has it.
    """
    standard = desk.standard(case.item_code, case.standard_version)
    names = {safe_name(asked.code): asked.name for asked in standard.requirements}
    taken: set[str] = set()
    made = papers.of_case(tx, case.case_id)
    once = {file.sha256 for paper in made for file in (paper.pdf, paper.docx) if file is not None}
    held = files.held(tx, {file.sha256 for _, _, file in files_of(case)})
    for folder, stem, file in files_of(case):
        if file.sha256 in once or file.sha256 not in held:
            continue
        once.add(file.sha256)
        path = unused(f"{folder}/{stem}.{ending_of(file.media_type)}", taken)
        title = names.get(stem.rpartition("-")[0], file.name)
        if file.media_type == STROKES:
            strokes = files.content_of(tx, file.sha256)
            yield Entry(path=path, kind="strokes", content=strokes, title=file.name)
            continue
        yield Entry(
            path=path,
            kind="material",
            content=files.content_of(tx, file.sha256),
            title=title,
            paper=PaperKind.COMMITMENT.value if "-letter-" in stem else "",
            row=CoverRow(title=title, path=path, pages=file.pages),
        )
    for code, given in sorted(case.evidence.items()):
        if given.certificate is not None:
            path = unused(f"certificates/{safe_name(code)}.json", taken)
            yield Entry(
                path=path,
                kind="certificate",
                content=dump(given.certificate).encode(),
                title=given.certificate.type_name,
                row=CoverRow(
                    title=given.certificate.type_name,
                    path=path,
                    number=given.certificate.number,
                    on=local_date(given.certificate.fetched_at),
                ),
            )
        if given.shared is not None:
            yield Entry(
                path=unused(f"shared_data/{safe_name(code)}.json", taken),
                kind="shared_data",
                content=dump(given.shared).encode(),
                title=standard.requirement(code).name,
            )
    yield Entry(
        path="materials.json",
        kind="materials",
        content=material_list(standard, case),
        title=LIST_TITLE,
    )


def _certificates_made(tx: Connection, case: Case) -> Iterator[Entry]:
    """Yield the page of every certificate that was printed here for the case, misprints too."""
    for event in case.events:
        if event.kind is not CaseEventKind.CERTIFICATE_PRINTED or not event.detail.get("sheet"):
            continue
        path = f"certificates/made-{safe_name(event.subject)}.pdf"
        yield Entry(
            path=path,
            kind="certificate",
            content=files.content_of(tx, event.detail["sheet"]),
            title=event.detail["kind_of_blank"],
            row=CoverRow(
                title=event.detail["kind_of_blank"],
                path=path,
                number=event.detail["number"],
                on=local_date(event.at),
                pages=1,
            ),
        )


def _records(case: Case, found: FileReview, reason: str) -> Iterator[Entry]:
    missing = [
        paper
        for result in found.results
        if result.rule.check in {ReviewCheck.PAPERS_MADE, ReviewCheck.DELIVERY_PROVEN}
        and result.blocks
        for paper in result.codes
    ]
    told = {
        "results": [
            {
                "check": result.rule.check.value,
                "name": result.rule.name,
                "basis": result.rule.basis,
                "must": result.rule.must,
                "outcome": result.outcome.value,
                "compared": [[one.what, one.value] for one in result.compared],
            }
            for result in found.results
        ],
        "reason": reason.strip(),
        "missing_papers": sorted({code.removeprefix("paper_") for code in missing}),
    }
    contents = {
        "case.json": dump(case),
        "events.json": dump_as(case.events, tuple[CaseEvent, ...]),
        "review.json": canonical_json(told),
    }
    for path, text in contents.items():
        yield Entry(path=path, kind="record", content=text.encode())


def _journal(tx: Connection, lines: Sequence[str]) -> Entry:
    """Return the lines of the case, and the ends of their chains as they stand now.

    Lines between them tell of other cases and stay in the office's own journal, where
    ``verify.py --journal`` looks each line up at its place.
    """
    stations = sorted({json.loads(line)["station"] for line in lines})
    ends = [end for station in stations if (end := journal.anchor(tx, station)) is not None]
    told = {
        "lines": [json.loads(line) for line in lines],
        "anchors": [
            {"station": end.station, "sequence": end.sequence, "digest": end.digest} for end in ends
        ],
    }
    return Entry(path="journal.json", kind="record", content=canonical_json(told).encode())
