"""Checks the seals on a PDF file: signatures over ranges of its bytes (ISO 32000-1, 12.8).

pyHanko reads the file, its revisions and the signatures; nothing is fetched, and no trust is taken
from the file or the machine. Signatures by SM2 are told apart and left undecided: pyHanko does not
know them.
"""

import io
import logging
import zlib
from collections.abc import Sequence
from datetime import UTC
from typing import Final

from asn1crypto import cms
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.pdf_utils.generic import DictionaryObject, PdfObject, TextStringObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from clerk.domain.certificate_file import SealFinding, SealState
from clerk.values import replace
from integrations.certificate_files import der
from integrations.certificate_files.der import DerBroken
from integrations.certificate_files.sm_certificate import (
    CertificateUnread,
    SealCertificate,
    issuers_of,
    leads_to,
    read_certificate,
)
from integrations.certificate_files.why import Why

MOST_SEALS: Final = 50
_RANGE: Final = b"/ByteRange"
_KINDS: Final = frozenset({"/adbe.pkcs7.detached", "/ETSI.CAdES.detached"})
_DIGESTS: Final = frozenset({"sha1", "sha224", "sha256", "sha384", "sha512"})
_SIGNATURES: Final = frozenset({"rsassa_pkcs1v15", "rsassa_pss", "ecdsa"})
_CMS_VERSIONS: Final = frozenset({"v1", "v3"})
_MISREAD: Final = (
    PdfError,
    DerBroken,
    CertificateUnread,
    UnsupportedAlgorithm,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    zlib.error,
)
"""pyHanko takes a file at its word: what is damaged shows as any of these."""

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it tells what stands in the file


def pdf_seals(content: bytes, authorities: Sequence[SealCertificate]) -> tuple[SealFinding, ...]:
    """Return what is found of every seal on the file, oldest first."""
    undecided = (SealFinding(state=SealState.UNDECIDED, why=Why.UNREAD),)
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        if reader.encrypted:
            reader.decrypt(b"")
        fields = list(enumerate_sig_fields(reader, filled_status=True))
        hybrid = reader.xrefs.hybrid_xrefs_present
    except _MISREAD:
        return undecided
    if hybrid or len(fields) > MOST_SEALS:  # hybrid files show different things to different eyes
        return undecided
    if not fields:
        return undecided if _RANGE in content else ()  # a seal that no field leads to
    looks = [
        _Look(content, reader, name, value, field, authorities) for name, value, field in fields
    ]
    looks.sort(key=lambda look: look.revision)
    return tuple(look.after(looks[number + 1 :]) for number, look in enumerate(looks))


class _Look:
    """One signature and what is found of it alone; ``after`` adds what later ones cover."""

    def __init__(
        self,
        content: bytes,
        reader: PdfFileReader,
        field_name: str,
        value: PdfObject,
        field: DictionaryObject,
        authorities: Sequence[SealCertificate],
    ) -> None:
        self.field_name = field_name
        self._content = content
        self._authorities = authorities
        self._reader = reader
        self._changed_fields: frozenset[str] | None = None
        self.covers_all = False
        self.revision = 0
        try:
            kind = value.get_object().get("/SubFilter")  # type: ignore[no-untyped-call]
            embedded = EmbeddedPdfSignature(reader, field, field_name)
            self.revision = embedded.signed_revision
            known = str(kind) in _KINDS and _known_methods(embedded)
            self.finding = self._judged(embedded) if known else _undecided(Why.METHOD)
        except _MISREAD:
            self.finding = _undecided(Why.UNREAD)

    def after(self, later: "Sequence[_Look]") -> SealFinding:
        """Return the finding; as resealed where all that was added are later intact seals."""
        added = self._changed_fields
        if self.finding.state is not SealState.PARTLY or added is None:
            return self.finding
        closed = any(one.covers_all and one.finding.state is SealState.INTACT for one in later)
        if closed and added <= {one.field_name for one in later}:
            return replace(self.finding, state=SealState.RESEALED, why=Why.NOTHING)
        return self.finding

    def _judged(self, embedded: EmbeddedPdfSignature) -> SealFinding:
        certificate = read_certificate(embedded.signer_cert.dump())
        signed_at = embedded.self_reported_timestamp
        signed_at = signed_at.astimezone(UTC) if signed_at is not None else None
        between = [read_certificate(each.dump()) for each in embedded.other_embedded_certs]
        trusted = (
            leads_to(certificate, self._authorities, signed_at, between) if signed_at else None
        )
        finding = SealFinding(
            state=SealState.INTACT,
            name=_text(embedded.sig_object.get("/Name")),
            signer=certificate.subject,
            method=certificate.method,
            signed_at=signed_at,
            covered=embedded.signed_revision + 1,
            parts=self._reader.xrefs.total_revisions,
            trusted=trusted,
            issuers=issuers_of(certificate, self._authorities, between),
        )
        _check_spelling(embedded, self._content)
        embedded.compute_integrity_info()  # type: ignore[no-untyped-call]
        same, signed = validate_sig_integrity(
            embedded.signer_info,
            embedded.signer_cert,
            expected_content_type="data",
            actual_digest=embedded.compute_digest(),
        )
        if not same or not signed:
            why = Why.VALUE if same else Why.PARTS
            return replace(finding, state=SealState.CHANGED, why=why)
        return self._covering(finding, embedded)

    def _covering(self, finding: SealFinding, embedded: EmbeddedPdfSignature) -> SealFinding:
        """Return an intact finding with what was added to the file since it was sealed."""
        found = embedded.summarise_integrity_info()
        coverage, difference = found["coverage"], found["diff_result"]
        if coverage is SignatureCoverageLevel.ENTIRE_FILE:
            self.covers_all = True
            return finding
        if coverage is not SignatureCoverageLevel.ENTIRE_REVISION:
            return replace(finding, state=SealState.PARTLY, why=Why.OUTSIDE)
        if not isinstance(difference, DiffResult) or not found["docmdp_ok"]:
            return replace(finding, state=SealState.PARTLY, why=Why.LATER)
        if difference.modification_level <= ModificationLevel.FORM_FILLING:
            self._changed_fields = frozenset(difference.changed_form_fields)
        return replace(finding, state=SealState.PARTLY, why=Why.OUTSIDE)


def _undecided(why: Why) -> SealFinding:
    return SealFinding(state=SealState.UNDECIDED, why=why)


def _known_methods(embedded: EmbeddedPdfSignature) -> bool:
    """Return whether pyHanko can check a signature of this kind."""
    signed: cms.SignedDigestAlgorithm = embedded.signer_info["signature_algorithm"]
    try:
        method = signed.signature_algo
    except ValueError:
        return False
    return method in _SIGNATURES and embedded.md_algorithm in _DIGESTS


def _check_spelling(embedded: EmbeddedPdfSignature, content: bytes) -> None:
    """Refuse a signature whose bytes could be other ones; raises ``DerBroken``.

    The file leaves room for it between two ranges of bytes, in hexadecimal, which zeros fill up;
    and the container has fields that nothing signs.
    """
    spelled = der.first(embedded.pkcs7_content)
    _, begin, end, _ = (int(number) for number in embedded.byte_range)
    written = embedded.pkcs7_content.hex().encode()
    signed, signer = embedded.signed_data, embedded.signer_info
    told = {one["algorithm"].dotted for one in signed["digest_algorithms"]}
    if (
        any(embedded.pkcs7_content[len(spelled.raw) :])
        or content[begin:end] not in {b"<%s>" % written, b"<%s>" % written.upper()}
        or {signed["version"].native, signer["version"].native} - _CMS_VERSIONS
        or told != {signer["digest_algorithm"]["algorithm"].dotted}
    ):
        raise DerBroken


def _text(told: PdfObject | None) -> str:
    return str(told) if isinstance(told, TextStringObject) else ""
