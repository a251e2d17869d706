"""Certificates of those who seal: cryptography reads no SM2 keys, so asn1crypto reads them here."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final, cast

from asn1crypto import keys, pem, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from clerk.values import dataclass
from integrations.certificate_files import der, sm2
from integrations.certificate_files.der import DerBroken

SM2_SM3: Final = "1.2.156.10197.1.501"
_SM2_METHODS: Final = frozenset({SM2_SM3, "1.2.156.10197.1.301", "1.2.156.10197.1.301.1"})
_SM2_CURVE: Final = "1.2.156.10197.1.301"
_EC_KEY: Final = "1.2.840.10045.2.1"
_HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    "1.2.840.113549.1.1.5": hashes.SHA1(),  # noqa: S303 - what old seals were signed with
    "1.2.840.113549.1.1.11": hashes.SHA256(),
    "1.2.840.113549.1.1.12": hashes.SHA384(),
    "1.2.840.113549.1.1.13": hashes.SHA512(),
    "1.2.840.10045.4.3.2": hashes.SHA256(),
    "1.2.840.10045.4.3.3": hashes.SHA384(),
    "1.2.840.10045.4.3.4": hashes.SHA512(),
}
_MOST_STEPS: Final = 6
_NAMED_BY: Final = ("common_name", "organization_name", "organizational_unit_name")
_MISREAD: Final = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
)


class CertificateUnread(Exception):
    """What should be a certificate is none, or is damaged."""


class MethodUnknown(Exception):
    """A signature was made in a way that this program cannot check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealCertificate:
    """A certificate as far as a seal needs it; ``point`` is an SM2 key, else ``key`` holds it."""

    der: bytes
    subject: str
    subject_name: bytes
    issuer_name: bytes
    serial: bytes
    not_before: datetime
    not_after: datetime
    is_authority: bool
    curve: str
    point: bytes
    key: bytes
    signed: bytes
    signed_by: str
    signature: bytes

    @property
    def method(self) -> str:
        """The kind of its key in words."""
        return "SM2" if self.curve == _SM2_CURVE else "ECDSA" if self.curve else "RSA"

    def in_force(self, at: datetime) -> bool:
        """Return whether ``at`` lies within its days."""
        return self.not_before <= at <= self.not_after

    def issued(self, other: "SealCertificate") -> bool | None:
        """Return whether this authority issued the other; None where that cannot be checked."""
        if not self.is_authority or self.subject_name != other.issuer_name:
            return False
        try:
            return self.signed_this(other.signed_by, other.signature, other.signed)
        except MethodUnknown:
            return None

    def signed_this(self, method: str, signature: bytes, message: bytes) -> bool:
        """Return whether the owner of this certificate signed ``message``.

        Raises:
            MethodUnknown: the method is not known, or does not go with the key.
        """
        if self.curve == _SM2_CURVE:
            if method not in _SM2_METHODS:
                raise MethodUnknown
            return sm2.verify(self.point, signature, message)
        digest = _HASHES.get(method)
        if digest is None:
            raise MethodUnknown
        try:
            key = serialization.load_der_public_key(self.key)
            match key:
                case rsa.RSAPublicKey():
                    key.verify(signature, message, padding.PKCS1v15(), digest)
                case ec.EllipticCurvePublicKey():
                    key.verify(signature, message, ec.ECDSA(digest))
                case _:
                    raise MethodUnknown
        except InvalidSignature:
            return False
        except (ValueError, UnsupportedAlgorithm) as error:
            raise MethodUnknown from error
        return True


def read_certificate(content: bytes) -> SealCertificate:
    """Return the certificate that ``content`` is, as DER.

    Raises:
        CertificateUnread: it is none.
    """
    try:
        signed, signed_by, signature = der.element(content).exactly(3)
        read = x509.Certificate.load(content, strict=True)
        tbs = read["tbs_certificate"]
        spki = tbs["subject_public_key_info"]
        curve = _curve(spki["algorithm"])
        if tbs["signature"].dump() != signed_by.raw:
            raise CertificateUnread
        return SealCertificate(
            der=content,
            subject=_name(read.subject),
            subject_name=read.subject.dump(),
            issuer_name=read.issuer.dump(),
            serial=tbs["serial_number"].dump(),
            not_before=_utc(read.not_valid_before),
            not_after=_utc(read.not_valid_after),
            is_authority=_is_authority(tbs),
            curve=curve,
            point=bytes(spki["public_key"].contents[1:]) if curve else b"",
            key=spki.dump(),
            signed=signed.raw,
            signed_by=signed_by.at_least(1)[0].oid,
            signature=signature.bits,
        )
    except (DerBroken, *_MISREAD) as error:
        raise CertificateUnread from error


def read_authorities(files: Iterable[bytes]) -> tuple[SealCertificate, ...]:
    """Return the authorities that the counter was given, one a file, as DER or PEM.

    Raises:
        CertificateUnread: one of them is no certificate.
    """
    return tuple(read_certificate(_bare(content)) for content in files)


def leads_to(
    certificate: SealCertificate,
    authorities: Sequence[SealCertificate],
    at: datetime,
    between: Sequence[SealCertificate] = (),
) -> bool | None:
    """Return whether a trusted authority issued a certificate that was in force at ``at``.

    Every authority that was given is trusted itself, also one in the middle of a chain; those
    ``between`` came with the file and are not. None where no authorities were given, or where one
    of the right name signed in a way that cannot be checked.
    """
    if not authorities:
        return None
    trusted = {authority.der for authority in authorities}
    unknown = False
    for _ in range(_MOST_STEPS):
        if not certificate.in_force(at):
            return False
        if certificate.der in trusted:
            return True
        issuers = []
        for candidate in (*authorities, *between):
            issued = candidate.issued(certificate)
            unknown = unknown or issued is None
            if issued:
                issuers.append(candidate)
        if not issuers:
            break
        certificate = issuers[0]
    return None if unknown else False


def issuers_of(
    certificate: SealCertificate,
    authorities: Sequence[SealCertificate],
    between: Sequence[SealCertificate] = (),
) -> tuple[str, ...]:
    """Return who stands above a certificate, the nearest first, trusted or not.

    Where whoever issued it is not at hand, the last is named as the certificate below names him.
    """
    told: list[str] = []
    while len(told) < _MOST_STEPS and certificate.subject_name != certificate.issuer_name:
        above = next((one for one in (*authorities, *between) if one.issued(certificate)), None)
        if above is None:
            return (*told, _name(x509.Name.load(certificate.issuer_name)))
        told.append(above.subject)
        certificate = above
    return tuple(told)


def _is_authority(tbs: x509.TbsCertificate) -> bool:
    """Return whether it may issue others; its other extensions may be as broken as they like."""
    for extension in tbs["extensions"] or ():
        if extension["extn_id"].native == "basic_constraints":
            return bool(extension["extn_value"].parsed["ca"].native)
    return False


def _curve(algorithm: keys.PublicKeyAlgorithm) -> str:
    """Return the curve of an elliptic key, empty for another; some name SM2 as the kind itself."""
    kind: str = algorithm["algorithm"].dotted
    if kind == _EC_KEY:
        curve: str = algorithm["parameters"].chosen.dotted
        return curve
    return kind if kind == _SM2_CURVE else ""


def _bare(content: bytes) -> bytes:
    try:
        if pem.detect(content):
            return cast("bytes", pem.unarmor(content)[2])
    except _MISREAD as error:
        raise CertificateUnread from error
    return content


def _name(name: x509.Name) -> str:
    """Return who it is: the common name, else the organisation; an unreadable one is none."""
    told = {}
    for part in name.chosen:
        for pair in part:
            try:
                told[pair["type"].native] = str(pair["value"].native)
            except _MISREAD:  # a mail address in Chinese, as some authorities write it
                continue
    return next((told[kind] for kind in _NAMED_BY if told.get(kind)), "")


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)
