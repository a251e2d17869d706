"""Drafts (暂存): open, save as typed, resume, destroy; files and earlier typed values."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from clerk.domain.case import Case
from clerk.domain.case_list import CaseLine, CaseQuery, CaseView, EarlierValue
from clerk.domain.catalogue_line import line_of
from clerk.domain.duplicates import Alike
from clerk.domain.errors import BadInput, NotAcceptable, UnknownItem
from clerk.domain.identity import Act, Session
from clerk.domain.intake import EDITABLE, new_case
from clerk.domain.item_search import NotOffered, why_not_offered
from clerk.domain.material import StoredFile
from clerk.domain.party import Source
from clerk.domain.prefill import prefilled
from clerk.domain.standard import ItemStandard
from clerk.domain.window_profile import WindowProfile
from clerk.services.certificate_use_reports import report_deleted
from clerk.services.desk import Desk
from clerk.services.draft_version import under_version_in_force
from clerk.services.file_looks import pages_in
from clerk.services.records import keep_case, record
from clerk.storage import alike as storage_alike
from clerk.storage import case_list, cases, files, typed_values

MOST_FILE_BYTES = 20 << 20
MOST_ALIKE: Final = 5
_MAGIC = {
    "application/pdf": b"%PDF-",
    "application/ofd": b"PK\x03\x04",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}
"""What may be kept as a material, told by its first bytes and never by its name."""


def open_case(desk: Desk, session: Session, standard: ItemStandard) -> Case:
    """Open a draft of an item in force; nothing is stored before something is typed.

    Raises:
        NotAllowed: the role does not open cases.
        UnknownItem: this version may not be taken in today, or not at this window.
    """
    session.require(Act.OPEN_CASE)
    reason = why_not_offered(line_of(standard), desk.today(), desk.profile)
    if reason is not None:
        raise UnknownItem(
            f"{standard.name}{_why_not(standard, reason, desk.profile)}，没有开件。按 F2 换一个事项"
        )
    now = desk.now()
    case = new_case(desk.new_id(), standard, session, now)
    return prefilled(standard, case, now, desk.calendar)


def _why_not(standard: ItemStandard, reason: NotOffered, profile: WindowProfile) -> str:
    match reason:
        case NotOffered.ELSEWHERE:
            line = line_of(standard)
            return f"本窗口不办，到{profile.elsewhere(line) or line.body}办"
        case NotOffered.NOT_YET:
            return f" {standard.effective_on.isoformat()} 起施行，今天还不能收"
        case NotOffered.ENDED if standard.ended_on is not None:
            return f" {standard.ended_on.isoformat()} 已停止执行"
        case NotOffered.CANCELLED:
            return "已取消"
        case _:
            return "暂停办理"


def save_draft(desk: Desk, session: Session, case: Case) -> Case:
    """Keep a draft as it stands and return it at its new version.

    Raises:
        NotAllowed: the role does not edit cases.
        NotAcceptable: the case is no longer a draft.
        CaseChanged: another window saved it meanwhile.
    """
    session.require(Act.EDIT_CASE)
    if case.state not in EDITABLE:
        raise NotAcceptable("这件已经收下，不再当草稿保存")
    with desk.store.begin() as tx:
        saved = keep_case(tx, case)
        if case.version == 0:
            record(desk, tx, session, "case.opened", case.case_id, item=case.item_code)
    return saved


def load_case(desk: Desk, session: Session, case_id: UUID) -> Case:
    """Read a case; reading personal data is a line of the journal.

    A draft that nobody has taken in comes under the version in force today.
    """
    session.require(Act.READ_CASE)
    with desk.store.begin() as tx:
        case = under_version_in_force(desk, tx, cases.load(tx, case_id))
        record(desk, tx, session, "case.read", case_id)
    return case


def my_drafts(desk: Desk, session: Session) -> Sequence[CaseLine]:
    """Return the person's own open drafts, newest first."""
    session.require(Act.EDIT_CASE)
    query = CaseQuery(view=CaseView.DRAFTS, on=desk.today(), clerk=session.account.account_id)
    with desk.store.read() as tx:
        lines = case_list.page(tx, query, limit=50)
    return sorted(lines, key=lambda line: line.opened_at, reverse=True)


def destroy_draft(desk: Desk, session: Session, case: Case) -> None:
    """Remove a draft for good; only its line in the journal stays.

    Raises:
        NotAcceptable: the case is no draft any more.
    """
    session.require(Act.EDIT_CASE)
    with desk.store.begin() as tx:
        if not cases.discard_draft(tx, case.case_id):
            raise NotAcceptable("只有草稿能销毁，这件已经收下，没有改动")
        report_deleted(desk, tx, case)
        record(desk, tx, session, "case.draft_destroyed", case.case_id)


def keep_file(
    desk: Desk, session: Session, content: bytes, name: str, media_type: str
) -> StoredFile:
    """Keep a scan or chosen file, named by its digest; it is on disk when this returns.

    Raises:
        BadInput: too large, empty, damaged, or not what its type says.
        StoreTrouble: no room; nothing was kept.
    """
    session.require(Act.EDIT_CASE)
    return keep_openable(desk, session, content, name, media_type)


def keep_openable(
    desk: Desk, session: Session, content: bytes, name: str, media_type: str
) -> StoredFile:
    """Keep a file that was looked at, for whoever may; the caller has asked for his right.

    Raises:
        BadInput: too large, empty, damaged, not what its type says, or acting by itself.
        StoreTrouble: no room; nothing was kept.
    """
    require_openable(content, media_type)
    pages = pages_in(desk, content, media_type)
    desk.store.require_room_for_file()
    with desk.store.begin() as tx:
        kept = files.keep(tx, content, name=name, media_type=media_type, at=desk.now(), pages=pages)
        record(desk, tx, session, "file.kept", sha256=kept.sha256)
    return kept


def require_openable(content: bytes, media_type: str) -> None:
    """Raise ``BadInput`` unless the file is one of the few kinds that are kept."""
    magic = _MAGIC.get(media_type)
    if magic is None:
        raise BadInput("这种文件收不了，没有保存。选 PDF、OFD、JPG 或 PNG")
    if not content.startswith(magic):
        raise BadInput("这个文件的内容和它的类型对不上，没有保存。换一份 PDF、OFD、JPG 或 PNG")
    if len(content) > MOST_FILE_BYTES:
        raise BadInput("这个文件超过 20 MB，没有保存。分成几份，或降低扫描分辨率")


def read_file(desk: Desk, session: Session, file: StoredFile) -> bytes:
    """Return a kept file, checked against its digest."""
    session.require(Act.READ_CASE)
    with desk.store.read() as tx:
        return files.content_of(tx, file.sha256)


def earlier_values(desk: Desk, session: Session, case: Case) -> Sequence[EarlierValue]:
    """Return what this person typed in earlier cases, to be offered with source and age (B3)."""
    session.require(Act.EDIT_CASE)
    if case.applicant is None:
        return ()
    standard = desk.standard(case.item_code, case.standard_version)
    wanted = [line.code for line in standard.fields if "earlier" in line.prefill]
    party = case.applicant.representative or case.applicant.party
    with desk.store.read() as tx:
        found = typed_values.recall(tx, party.id_number, wanted, not_from=case.case_id)
    return tuple(found.values())


def alike(desk: Desk, session: Session, case: Case) -> Alike:
    """Return what this store holds already of the applicant, to be laid beside the case (B5)."""
    session.require(Act.EDIT_CASE)
    if case.applicant is None or not case.applicant.party.id_number:
        return Alike()
    party = case.applicant.party
    with desk.store.read() as tx:
        of_item = storage_alike.open_of_item(
            tx, party.id_number, case.item_code, but=case.case_id, limit=MOST_ALIKE
        )
        others = storage_alike.under_other_name(
            tx, party.id_number, party.name, but=case.case_id, limit=MOST_ALIKE
        )
    return Alike(same_item=tuple(of_item), other_names=tuple(others))


def typed_in(case: Case) -> dict[str, str]:
    """Return the values of a case that a person typed; certificates' values serve one case only."""
    return {
        code: held.value
        for code, held in case.values.items()
        if held.source in {Source.TYPED, Source.EARLIER}
    }
