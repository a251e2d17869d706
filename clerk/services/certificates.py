"""Reuse a certificate of the provincial library (证照复用): look at it, use it, or leave it.

Leave is given in ``certificate_leave``, listed and matched in ``certificate_matching``, fetched in
``certificate_fetching``. Nothing is asked before the holder authorised it.
"""

from clerk.domain.case import Case
from clerk.domain.certificate import (
    LOCAL_DIGEST,
    Authorisation,
    CertificateStatus,
    CertificateSummary,
    CertificateUse,
    UseOutcome,
)
from clerk.domain.certificate_file import SealState
from clerk.domain.certificate_matching import (
    NEEDS_A_LOOK,
    CertificateLook,
    HolderRelation,
    asks_relation,
    reasons_against,
)
from clerk.domain.errors import NotAllowed
from clerk.domain.identity import Act, Session
from clerk.domain.material import StoredFile
from clerk.services.certificate_fetching import file_at_hand, picture
from clerk.services.certificate_memory import KEPT_FOR, HeldFile
from clerk.services.certificate_purpose import link_of, require_granted, wanted_under
from clerk.services.certificate_use_reports import queue_report
from clerk.services.desk import Desk
from clerk.storage import files

_MEDIA = {"PDF": "application/pdf", "PNG": "image/png"}


def look_at_certificate(
    desk: Desk,
    session: Session,
    case: Case,
    requirement_code: str,
    leave: Authorisation,
    chosen: CertificateSummary,
) -> CertificateLook:
    """Have the file at hand and say what our own look into it found; raises as ``use``."""
    session.require(Act.CALL_CERTIFICATE)
    _require_usable(desk, case, requirement_code, leave, chosen)
    held = file_at_hand(desk, session, case, requirement_code, leave, chosen)
    undigested = held.last.digest_method == LOCAL_DIGEST
    return CertificateLook(look=held.look, restarted=held.restarted, undigested=undigested)


def picture_of_certificate(
    desk: Desk,
    session: Session,
    case: Case,
    requirement_code: str,
    leave: Authorisation,
    chosen: CertificateSummary,
    page: int,
    dpi: float,
) -> bytes:
    """Return one page, counted from 1, as a PNG; raises as ``use``."""
    session.require(Act.CALL_CERTIFICATE)
    _require_usable(desk, case, requirement_code, leave, chosen)
    held = file_at_hand(desk, session, case, requirement_code, leave, chosen)
    return picture(desk, held, page, dpi)


def use_certificate(
    desk: Desk,
    session: Session,
    case: Case,
    requirement_code: str,
    leave: Authorisation,
    chosen: CertificateSummary,
    relation: HolderRelation | None = None,
    looked: bool = False,
) -> tuple[CertificateUse, tuple[StoredFile, ...]]:
    """Take the file that was fetched, or fetch it, keep it with the case, and queue the report.

    ``relation`` says why somebody else's certificate serves the applicant; ``looked`` that a
    person looked where the seal could not be decided here.

    Raises:
        NotAllowed: the certificate may not stand in for this material.
        CertificateFileRefused: its file cannot be opened.
        RemoteTrouble: it could not be fetched whole; nothing was kept.
    """
    session.require(Act.CALL_CERTIFICATE)
    require_granted(desk, leave)
    _require_usable(desk, case, requirement_code, leave, chosen)
    asks = asks_relation(case, leave.holder, chosen)
    if asks and relation is None:
        raise NotAllowed(
            f"持证人{leave.holder.name}不是申请人，没有采用。先确认和申请人的关系，再用"
        )
    held = file_at_hand(desk, session, case, requirement_code, leave, chosen)
    _require_sealed(desk, case, held, looked)
    now = desk.now()
    listed = desk.certificate_memory.list_under(case.case_id, leave, now)
    use = CertificateUse(
        certificate_id=chosen.certificate_id,
        type_code=chosen.type_code,
        type_name=chosen.type_name,
        number=chosen.number,
        holder_name=chosen.holder_name,
        holder=leave.holder,
        issuer_name=chosen.issuer_name,
        valid_until_on=chosen.valid_until_on,
        status=CertificateStatus.VALID,
        authorisation_id=leave.authorisation_id,
        mode=leave.mode,
        fetched_at=held.at,
        fields=chosen.fields,
        seal=held.look.seal,
        # a list that is forgotten is at least so old, and its file says nothing of the status
        status_read_at=listed.at if listed else now - KEPT_FOR,
        leave_until_at=leave.valid_until_at,
        relation=relation.value if asks and relation else "",
    )
    media = _MEDIA.get(held.last.format, "application/ofd")
    with desk.store.begin() as tx:
        kept = files.keep(
            tx, held.content, name=held.last.file_name, media_type=media, at=desk.now()
        )
        queue_report(desk, tx, case.case_id, case.label, leave, chosen, UseOutcome.ATTACHED)
    desk.certificate_memory.drop_file(case.case_id, chosen.certificate_id)
    return use, (kept,)


def drop_certificate(
    desk: Desk, session: Session, case: Case, leave: Authorisation, seen: CertificateSummary
) -> None:
    """Tell the library that a certificate was looked at and not used; its file is forgotten."""
    session.require(Act.CALL_CERTIFICATE)
    desk.certificate_memory.drop_file(case.case_id, seen.certificate_id)
    with desk.store.begin() as tx:
        queue_report(desk, tx, case.case_id, case.label, leave, seen, UseOutcome.VIEWED)


def _require_usable(
    desk: Desk,
    case: Case,
    requirement_code: str,
    leave: Authorisation,
    chosen: CertificateSummary,
) -> None:
    _, asked, _ = link_of(desk, case, requirement_code)
    held = wanted_under(desk, case, leave)
    if reasons_against(asked, chosen, case, leave.holder, desk.today()) or asked not in held:
        raise NotAllowed(f"这份{chosen.type_name}不能用在本件，没有调取。收纸质件，或换一份")


def _require_sealed(desk: Desk, case: Case, held: HeldFile, looked: bool) -> None:
    """Let nothing be used that was changed after it was sealed; the library is told."""
    name, seal = held.certificate.type_name, held.look.seal
    if seal is SealState.CHANGED:
        desk.certificate_memory.drop_file(case.case_id, held.certificate.certificate_id)
        with desk.store.begin() as tx:
            queue_report(
                desk,
                tx,
                case.case_id,
                case.label,
                held.leave,
                held.certificate,
                UseOutcome.REJECTED,
            )
        raise NotAllowed(
            f"这份{name}的文件盖章以后被改动过，没有采用。收纸质件，再用“证照纠错”上报"
        )
    if seal in NEEDS_A_LOOK and not looked:
        raise NotAllowed(f"这份{name}的签章不能由本机断定，没有采用。看过原件后打勾再用")
