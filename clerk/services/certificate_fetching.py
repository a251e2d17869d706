"""The file of a certificate: fetched piece by piece, looked into, held for its case in memory.

A fetch that broke off goes on where it was, under the same version of the file; one that changed
meanwhile is begun anew once. Everything that is fetched is checked against the library's digest
and opened by a process of its own before anybody sees it.
"""

import hashlib
from dataclasses import field
from datetime import timedelta
from typing import Final
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.case import Case
from clerk.domain.certificate import (
    Authorisation,
    CertificateChunk,
    CertificateSummary,
    Purpose,
    UseOutcome,
)
from clerk.domain.certificate_call import CallAbout
from clerk.domain.errors import (
    CertificateFileRefused,
    NotAllowed,
    RemoteGarbled,
    RemoteRefused,
    RemoteUnavailable,
)
from clerk.domain.identity import Act, Session
from clerk.services.call_journal import journaled
from clerk.services.certificate_leave import cancellable
from clerk.services.certificate_memory import HeldFile
from clerk.services.certificate_purpose import (
    purpose_of,
    require_granted,
    wanted_under,
)
from clerk.services.certificate_use_reports import queue_report
from clerk.services.desk import Desk
from clerk.storage.digest import sm3
from clerk.values import dataclass

CHUNK_BYTES: Final = 1 << 20
MOST_BYTES: Final = 20 << 20
"""A certificate file larger than this is refused; the paper way stays open."""
WHOLE_ACTION: Final = timedelta(seconds=20)
"""How long one act of a clerk may take with all its pieces."""
_RESUMES: Final = 2
_OURS_TO_STOP: Final = frozenset({"cancelled", "deadline"})
_CHANGED: Final = "fault:FILE_CHANGED"


def file_at_hand(
    desk: Desk,
    session: Session,
    case: Case,
    requirement_code: str,
    leave: Authorisation,
    chosen: CertificateSummary,
) -> HeldFile:
    """Return the file, fetched now or ahead of now; one is never fetched twice at once.

    Raises:
        NotAllowed: no leave carries it, or it is not one that the case asks for.
        CertificateFileRefused: it cannot be opened; the library is told.
        RemoteTrouble: it could not be fetched whole; nothing of it is kept.
    """
    session.require(Act.CALL_CERTIFICATE)
    require_granted(desk, leave)
    memory = desk.certificate_memory
    with memory.one_at_a_time(case.case_id, chosen.certificate_id):
        held = memory.file_of(case.case_id, chosen.certificate_id, desk.now())
        if held is None or held.leave.authorisation_id != leave.authorisation_id:
            held = _fetched(desk, session, case, requirement_code, leave, chosen)
            memory.keep_file(case.case_id, held)
    return held


def picture(desk: Desk, held: HeldFile, page: int, dpi: float) -> bytes:
    """Return one page of a file, counted from 1, as a PNG."""
    return desk.certificate_files.picture(held.content, held.last.format, page=page, dpi=dpi)


def drop_old_files(desk: Desk) -> int:
    """Forget what lay in memory too long and tell the library it was not used; how many."""
    dropped = desk.certificate_memory.drop_old(desk.now())
    if dropped:
        with desk.store.begin() as tx:
            for case_id, one in dropped:
                queue_report(
                    desk, tx, case_id, "", one.leave, one.certificate, UseOutcome.ABANDONED
                )
    return len(dropped)


def _fetched(
    desk: Desk,
    session: Session,
    case: Case,
    requirement_code: str,
    leave: Authorisation,
    chosen: CertificateSummary,
) -> HeldFile:
    wanted = wanted_under(desk, case, leave)
    asked = next((one for one in wanted if one.code == requirement_code), None)
    if (
        asked is None
        or asked.certificate is None
        or asked.certificate.type_code != chosen.type_code
    ):
        raise NotAllowed(f"这份{chosen.type_name}不是本件材料要的，没有调取。收纸质件，或换一份")
    standard = desk.standard(case.item_code, case.standard_version)
    purpose = purpose_of(standard, (asked,), case)
    about = CallAbout(
        purpose=purpose,
        leave=leave,
        certificate_id=chosen.certificate_id,
        type_name=chosen.type_name,
    )
    call = desk.call(session, case.case_id)
    fetch = _Fetch(desk, session, leave, chosen, purpose, about.further)
    content, last = journaled(
        desk, call, "fetch", asked.code, lambda: fetch.whole(call, format_of(chosen)), about
    )
    try:
        look = desk.certificate_files.look(content, last.format)
    except CertificateFileRefused:
        with desk.store.begin() as tx:
            queue_report(desk, tx, case.case_id, case.label, leave, chosen, UseOutcome.REJECTED)
        raise
    return HeldFile(
        content=content,
        last=last,
        look=look,
        restarted=fetch.restarted,
        leave=leave,
        certificate=chosen,
        at=desk.now(),
    )


@dataclass(slots=True)
class _Fetch:
    """One file on its way; ``further`` gets the ids of all pieces after the first."""

    desk: Desk
    session: Session
    leave: Authorisation
    chosen: CertificateSummary
    purpose: Purpose
    further: list[UUID]
    restarted: bool = False
    _content: bytearray = field(default_factory=bytearray)
    _version: str = ""
    _resumes: int = _RESUMES

    def whole(self, call: Call, wanted: str) -> tuple[bytes, CertificateChunk]:
        """Fetch all of it; a piece that broke off is asked for again from where it was."""
        until = self.desk.now() + WHOLE_ACTION
        while True:
            last = self._piece(call, wanted)
            if last is not None:
                break
            if self.desk.now() >= until:
                raise RemoteUnavailable(
                    "省证照库 20 秒里没有给完文件，没有采用。再试一次，或收纸质件",
                    kind="deadline",
                    sent="unknown",
                )
            call = self.desk.call(self.session, call.case_id)
            self.further.append(call.message_id)
        content = bytes(self._content)
        if len(content) != last.total_bytes or _digest(last, content) != last.digest.lower():
            raise _broken_file()
        return content, last

    def _piece(self, call: Call, wanted: str) -> CertificateChunk | None:
        """Fetch the next piece; return it where it was the last one."""
        try:
            with cancellable(self.desk, call):
                chunk = self.desk.certificates.fetch_chunk(
                    call,
                    self.leave.authorisation_id,
                    self.chosen.certificate_id,
                    wanted,
                    self.purpose,
                    len(self._content),
                    CHUNK_BYTES,
                    self._version,
                )
        except RemoteUnavailable as broken:
            if broken.kind in _OURS_TO_STOP or not self._content or not self._resumes:
                raise
            self._resumes -= 1
            return None
        except RemoteRefused as refused:
            if refused.kind != _CHANGED or self.restarted:
                raise
            self._begin_anew()
            return None
        return self._taken(chunk)

    def _begin_anew(self) -> None:
        self.restarted, self._version = True, ""
        self._content.clear()

    def _taken(self, chunk: CertificateChunk) -> CertificateChunk | None:
        if self._version and chunk.file_version != self._version:
            raise _broken_file()
        if chunk.offset != len(self._content):
            raise _broken_file()
        self._version = chunk.file_version
        self._content += chunk.content
        if chunk.total_bytes > MOST_BYTES or len(self._content) > chunk.total_bytes:
            raise RemoteGarbled(
                "省证照库给的文件太大，没有采用。收纸质件，或请管理员核对",
                kind="too-large",
                sent="answered",
            )
        if not chunk.last and not chunk.content:
            raise _broken_file()
        return chunk if chunk.last else None


def format_of(chosen: CertificateSummary) -> str:
    """Return in which of its formats a certificate is fetched: as the library prefers, else PNG.

    Raises:
        NotAllowed: none of them can be opened here.
    """
    for wanted in (*(one for one in chosen.formats if one in {"OFD", "PDF"}), "PNG"):
        if wanted in chosen.formats:
            return wanted
    raise NotAllowed(f"这份{chosen.type_name}没有可调取的文件，没有采用。收纸质件")


def _broken_file() -> RemoteGarbled:
    return RemoteGarbled(
        "省证照库给的文件和它的摘要对不上，没有采用。再试一次，或收纸质件",
        kind="digest",
        sent="answered",
    )


def _digest(chunk: CertificateChunk, whole: bytes) -> str:
    if chunk.digest_method.upper() in {"SM3", "SM-3"}:
        return sm3(whole)
    return hashlib.sha256(whole).hexdigest()
