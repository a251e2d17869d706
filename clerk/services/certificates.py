"""Reuse a certificate of the provincial library (证照复用): authorise, list, fetch, keep, report.

Every call leaves a line in the journal before it is sent and another with its outcome, so that an
intent without a result can be settled later. Nothing is asked before the holder authorised it.
"""

import hashlib

from sqlalchemy import Connection

from clerk.domain.case import Case
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    CertificateChunk,
    CertificateStatus,
    CertificateSummary,
    CertificateUse,
    Holder,
    Purpose,
    UseOutcome,
    UseReport,
    why_unusable,
)
from clerk.domain.errors import NotAllowed, RemoteGarbled
from clerk.domain.hand_off import MessageKind
from clerk.domain.identity import Act, Session
from clerk.domain.material import StoredFile
from clerk.domain.material_checks import holder_of
from clerk.domain.party import MandateAct
from clerk.domain.standard import CertificateLink, ItemStandard, Requirement
from clerk.services.call_journal import journaled
from clerk.services.desk import Desk
from clerk.storage import files, outbox
from clerk.storage.codec import dump
from clerk.storage.digest import sm3

PAGE_SIZE = 50
CHUNK_BYTES = 1 << 20
MOST_BYTES = 20 << 20
"""A certificate file larger than this is refused; the paper way stays open."""


def authorise_by_code(
    desk: Desk, session: Session, case: Case, requirement_code: str, code: str
) -> tuple[Authorisation, tuple[CertificateSummary, ...]]:
    """Exchange the code the holder shows for his leave and what it covers.

    The code is a secret: it is never written anywhere.

    Raises:
        NotAllowed: the person at the window may not authorise this for the holder.
        RemoteTrouble: no leave was given, or nobody knows; the paper way stays open.
    """
    session.require(Act.CALL_CERTIFICATE)
    standard, asked, link = _link(desk, case, requirement_code)
    _require_leave_of_principal(desk, case, link, AuthorisationMode.CODE)
    purpose = _purpose(standard, asked, case, "")
    call = desk.call(session, case.case_id)
    granted, found = journaled(
        desk,
        call,
        "verify_use_code",
        asked.code,
        lambda: desk.certificates.verify_use_code(call, code, purpose),
    )
    return granted, tuple(one for one in found if one.type_code == link.type_code)


def request_authorisation(
    desk: Desk,
    session: Session,
    case: Case,
    requirement_code: str,
    mode: AuthorisationMode,
    reason: str,
) -> Authorisation:
    """Ask the holder's phone, or call by duty with a reason from the list.

    Raises:
        NotAllowed: the mandate does not cover it, or the role may not call by duty.
        RemoteTrouble: as ``authorise_by_code``.
    """
    session.require(Act.CALL_BY_DUTY if mode is AuthorisationMode.BY_DUTY else Act.CALL_CERTIFICATE)
    standard, asked, link = _link(desk, case, requirement_code)
    _require_leave_of_principal(desk, case, link, mode)
    holder = _holder(asked, case)
    purpose = _purpose(standard, asked, case, reason)
    call = desk.call(session, case.case_id)
    return journaled(
        desk,
        call,
        f"request_authorisation:{mode.value}",
        asked.code,
        lambda: desk.certificates.request_authorisation(
            call, holder, (link.type_code,), purpose, mode
        ),
    )


def poll_authorisation(
    desk: Desk, session: Session, case: Case, asked_for: Authorisation
) -> Authorisation:
    """Ask where an authorisation stands; a read without personal data, not journaled."""
    session.require(Act.CALL_CERTIFICATE)
    return desk.certificates.authorisation(
        desk.call(session, case.case_id),
        asked_for.authorisation_id,
        asked_for.holder,
        asked_for.mode,
    )


def find_certificates(
    desk: Desk, session: Session, case: Case, requirement_code: str, leave: Authorisation
) -> tuple[CertificateSummary, ...]:
    """List what the leave covers and the material asks for; other certificates stay unnamed.

    Raises:
        NotAllowed: no leave was given, it has run out, or somebody else gave it.
        RemoteTrouble: the library did not answer as it should.
    """
    session.require(Act.CALL_CERTIFICATE)
    standard, asked, link = _link(desk, case, requirement_code)
    _require_granted(desk, leave)
    holder = _holder_or_shown(asked, case, leave)
    purpose = _purpose(standard, asked, case, "")
    call = desk.call(session, case.case_id)
    page = journaled(
        desk,
        call,
        "query",
        asked.code,
        lambda: desk.certificates.query(
            call, leave.authorisation_id, holder, (link.type_code,), purpose, 1, PAGE_SIZE
        ),
    )
    return tuple(one for one in page.certificates if one.type_code == link.type_code)


def use_certificate(
    desk: Desk,
    session: Session,
    case: Case,
    requirement_code: str,
    leave: Authorisation,
    chosen: CertificateSummary,
) -> tuple[CertificateUse, tuple[StoredFile, ...]]:
    """Fetch the file, check it against the library's digest, keep it, and queue the report.

    Raises:
        NotAllowed: the certificate may not stand in for this material.
        RemoteTrouble: it could not be fetched whole; nothing was kept.
    """
    session.require(Act.CALL_CERTIFICATE)
    standard, asked, link = _link(desk, case, requirement_code)
    _require_granted(desk, leave)
    holder = _holder_or_shown(asked, case, leave)
    if why_unusable(chosen, type_code=link.type_code, holder_name=holder.name, on=desk.today()):
        raise NotAllowed(f"这份{chosen.type_name}不能用在本件，没有调取。收纸质件，或换一份")
    purpose = _purpose(standard, asked, case, "")
    call = desk.call(session, case.case_id)
    wanted = _format_of(chosen)
    content, last = journaled(
        desk,
        call,
        "fetch",
        asked.code,
        lambda: _fetch(desk, session, case, leave, chosen, purpose, wanted),
    )
    now = desk.now()
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
        fetched_at=now,
        fields=chosen.fields,
    )
    with desk.store.begin() as tx:
        kept = files.keep(tx, content, name=last.file_name, media_type=_media(last), at=now)
        _queue_report(desk, tx, case, leave, chosen, UseOutcome.ATTACHED)
    return use, (kept,)


def drop_certificate(
    desk: Desk, session: Session, case: Case, leave: Authorisation, seen: CertificateSummary
) -> None:
    """Tell the library that a certificate was looked at and not used."""
    session.require(Act.CALL_CERTIFICATE)
    with desk.store.begin() as tx:
        _queue_report(desk, tx, case, leave, seen, UseOutcome.VIEWED)


def _link(
    desk: Desk, case: Case, requirement_code: str
) -> tuple[ItemStandard, Requirement, CertificateLink]:
    standard = desk.standard(case.item_code, case.standard_version)
    asked = standard.requirement(requirement_code)
    if asked.certificate is None:
        raise NotAllowed(f"{asked.name}没有对应的电子证照，没有调取。收原件或扫描")
    return standard, asked, asked.certificate


def _holder(asked: Requirement, case: Case) -> Holder:
    party = holder_of(asked, case)
    if party is None or not party.id_number:
        raise NotAllowed("还不知道持证人是谁，没有调取。先读身份证，或填上证件号")
    return Holder(name=party.name, id_type=party.id_kind.code, id_number=party.id_number)


def _holder_or_shown(asked: Requirement, case: Case, leave: Authorisation) -> Holder:
    """Return the holder the case knows, or whoever gave leave where it knows only the person.

    A shop's owner puts down his identity card first; that he acts for the shop is what its
    licence then says. Where the holder is known, somebody else's leave carries nothing: two may
    bear one name.
    """
    party = holder_of(asked, case)
    if party is None or not party.id_number:
        return leave.holder
    if party.id_number.upper() != leave.holder.id_number.upper():
        raise NotAllowed("亮码的人不是本件的持证人，没有调取。请持证人本人亮码，或收纸质件")
    return _holder(asked, case)


def _require_leave_of_principal(
    desk: Desk, case: Case, link: CertificateLink, mode: AuthorisationMode
) -> None:
    """Refuse to call a principal's certificate, in any way, before his mandate is signed.

    Asking for leave in his name is an act of its own; showing the code he gave is not.
    """
    handler = case.handler
    if handler is None or link.holder == "handler":
        return
    if not handler.mandate.in_force(desk.today()):
        raise NotAllowed("委托书还没有委托人签名，或不在期限内，什么都没有调取。请补签，或收纸质件")
    asks_for_him = mode in {AuthorisationMode.PHONE, AuthorisationMode.ENTRUSTED}
    if asks_for_him and not handler.mandate.carries(
        MandateAct.AUTHORISE_CERTIFICATES, desk.today()
    ):
        raise NotAllowed("委托书没有授权调用证照，什么都没有调取。请委托人补签，或收纸质件")


def _require_granted(desk: Desk, leave: Authorisation) -> None:
    if not leave.granted(desk.now()):
        raise NotAllowed("授权没有给，或已经过期，没有调取。请持证人再亮一次码，或收纸质件")


def check_purpose(standard: ItemStandard, asked: Requirement, case: Case) -> Purpose:
    """Return what the library is told of a check after the decision, and on what it rests."""
    return _purpose(
        standard, asked, case, f"事后核查承诺的{asked.name}，凭承诺书里申请人本人的同意"
    )


def _purpose(standard: ItemStandard, asked: Requirement, case: Case, reason: str) -> Purpose:
    return Purpose(
        item_code=standard.task_code,
        item_name=standard.name,
        business_number=case.label or str(case.case_id),
        reason=reason.strip() or f"核验{asked.name}",
    )


def _fetch(
    desk: Desk,
    session: Session,
    case: Case,
    leave: Authorisation,
    chosen: CertificateSummary,
    purpose: Purpose,
    wanted: str,
) -> tuple[bytes, CertificateChunk]:
    content = bytearray()
    version = ""
    while True:
        chunk = desk.certificates.fetch_chunk(
            desk.call(session, case.case_id),
            leave.authorisation_id,
            chosen.certificate_id,
            wanted,
            purpose,
            len(content),
            CHUNK_BYTES,
            version,
        )
        version = chunk.file_version
        content += chunk.content
        if chunk.total_bytes > MOST_BYTES or len(content) > chunk.total_bytes:
            raise RemoteGarbled(
                "省证照库给的文件太大，没有采用。收纸质件，或请管理员核对",
                kind="too-large",
                sent="answered",
            )
        if chunk.last:
            break
        if not chunk.content:
            raise _broken_file()
    whole = bytes(content)
    if len(whole) != chunk.total_bytes or _digest(chunk, whole) != chunk.digest.lower():
        raise _broken_file()
    return whole, chunk


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


def _format_of(chosen: CertificateSummary) -> str:
    for wanted in ("PDF", "OFD", "PNG"):
        if wanted in chosen.formats:
            return wanted
    raise NotAllowed(f"这份{chosen.type_name}没有可调取的文件，没有采用。收纸质件")


def _media(chunk: CertificateChunk) -> str:
    return {"PDF": "application/pdf", "PNG": "image/png"}.get(chunk.format, "application/ofd")


def _queue_report(
    desk: Desk,
    tx: Connection,
    case: Case,
    leave: Authorisation,
    certificate: CertificateSummary,
    outcome: UseOutcome,
) -> None:
    report = UseReport(
        authorisation_id=leave.authorisation_id,
        certificate_id=certificate.certificate_id,
        business_number=case.label or str(case.case_id),
        outcome=outcome,
        used_at=desk.now(),
    )
    outbox.put(
        tx,
        message_id=desk.new_id(),
        case_id=case.case_id,
        kind=MessageKind.REPORT_USE,
        schema_version=1,
        body=dump(report),
        at=desk.now(),
    )
