"""The list of a bundle on paper (上报名单): drawn, kept, shown and printed, each a journal line."""

from collections.abc import Sequence
from uuid import UUID

from clerk.documents.due import TITLES
from clerk.documents.notices import require_complete
from clerk.documents.roster_content import roster_of
from clerk.domain.bundles import Bundle
from clerk.domain.identity import Act, Session
from clerk.domain.material import StoredFile
from clerk.domain.papers import PaperKind
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import bundles, cases, files

PDF = "application/pdf"


def last_bundles(desk: Desk, session: Session) -> Sequence[Bundle]:
    """Return the bundles of the last weeks, the newest first, those done with too."""
    session.require(Act.RUN_CHAIN)
    with desk.store.read() as tx:
        return bundles.newest(tx)


def make_roster(desk: Desk, session: Session, bundle_id: UUID, *, returned: bool) -> StoredFile:
    """Draw the list as it goes up, or as it comes back, and keep it.

    Raises:
        PaperTrouble: a mandatory value is missing, or it could not be drawn; nothing was kept.
    """
    session.require(Act.RUN_CHAIN)
    with desk.store.read() as tx:
        bundle = bundles.load(tx, bundle_id)
        standard = desk.rules(cases.load(tx, bundle.lines[0].case_id)).standard
    clerk_name = session.account.display_name
    paper = roster_of(bundle, standard, desk.counter, clerk_name, desk.now(), returned=returned)
    require_complete(paper)
    printed = desk.press.print_paper(paper)
    with desk.store.begin() as tx:
        kept = files.keep(
            tx,
            printed.pdf,
            name=f"{TITLES[PaperKind.ROSTER]} {bundle.label}.pdf",
            media_type=PDF,
            pages=printed.pages,
            at=desk.now(),
        )
        record(
            desk,
            tx,
            session,
            "bundle.roster_made",
            bundle_id=str(bundle_id),
            sheet=kept.sha256,
            returned=returned,
        )
    return kept


def roster_document(desk: Desk, session: Session, sheet: StoredFile) -> bytes:
    """Return the PDF of a list that was made, for the printer."""
    session.require(Act.RUN_CHAIN)
    with desk.store.begin() as tx:
        record(desk, tx, session, "bundle.roster_printed", sheet=sheet.sha256)
        return files.content_of(tx, sheet.sha256)
