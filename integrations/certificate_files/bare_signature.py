"""Signatures without a seal (GB/T 35275, PKCS#7), as an OFD file may carry them beside seals.

No seal names who may sign, so the certificate that comes along says nothing by itself: it must
lead to an authority that this counter trusts.
"""

from datetime import datetime
from typing import Final

from clerk.values import dataclass
from integrations.certificate_files import der
from integrations.certificate_files.der import DerBroken, Element
from integrations.certificate_files.seal_value import digest
from integrations.certificate_files.sm_certificate import SealCertificate, read_certificate

_SIGNED_DATA: Final = frozenset({"1.2.156.10197.6.1.4.2.2", "1.2.840.113549.1.7.2"})
_DATA: Final = frozenset({"1.2.156.10197.6.1.4.2.1", "1.2.840.113549.1.7.1"})
_MESSAGE_DIGEST: Final = "1.2.840.113549.1.9.4"
_SIGNED_AT: Final = "1.2.840.113549.1.9.5"
_RSA: Final = "1.2.840.113549.1.1.1"
_RSA_WITH: Final = {
    "2.16.840.1.101.3.4.2.1": "1.2.840.113549.1.1.11",
    "1.3.14.3.2.26": "1.2.840.113549.1.1.5",
}
_VERSION: Final = b"\x01"


@dataclass(frozen=True, slots=True, kw_only=True)
class BareSignature:
    """One signature over a Signature.xml.

    ``message`` is what was signed; ``told`` is what it says of the file: its digest by
    ``digest_method``, or the file itself; None where the file itself was signed.
    """

    signer: SealCertificate
    others: tuple[SealCertificate, ...]
    digest_method: str
    method: str
    signature: bytes
    message: bytes | None
    told: bytes | None
    signed_at: datetime | None

    def holds(self, content: bytes) -> bool:
        """Return whether ``content`` is what the signature speaks of."""
        return self.told in {None, content, digest(self.digest_method, content)}

    def is_over(self, content: bytes) -> bool:
        """Return whether its signer signed this; raises ``MethodUnknown``."""
        message = content if self.message is None else self.message
        return self.signer.signed_this(self.method, self.signature, message)


def read_bare_signature(content: bytes) -> BareSignature:
    """Return the one signature that ``content`` is.

    Raises:
        DerBroken: it is none, several, or carries what nobody signed.
        CertificateUnread: a certificate in it is damaged.
    """
    kind, wrapped = der.element(content).exactly(2)
    signed = der.element(wrapped.of(der.TAGGED_0))
    version, digests, data, certificates, signers = signed.exactly(5)
    data_kind, *encapsulated = data.at_least(1)
    signer_info = der.element(signers.of(der.SET)).at_least(5)
    signer_version, issuer_and_serial, digest_method, *rest = signer_info
    if (
        kind.oid not in _SIGNED_DATA
        or data_kind.oid not in _DATA
        or len(encapsulated) > 1
        or {version.of(der.INTEGER), signer_version.of(der.INTEGER)} != {_VERSION}
        or der.element(digests.of(der.SET)).raw != digest_method.raw
    ):
        raise DerBroken
    attributes = rest.pop(0) if rest and rest[0].tag == der.TAGGED_0 else None
    if len(rest) != 2:
        raise DerBroken
    method, signature = rest
    signer, others = _certificates(certificates, issuer_and_serial)
    used = _algorithm(digest_method)
    inside = der.element(encapsulated[0].of(der.TAGGED_0)) if encapsulated else None
    told = inside.of(der.OCTET_STRING) if inside is not None else None
    message, signed_at = told, None
    if attributes is not None:
        message = bytes((der.SET,)) + attributes.raw[1:]  # as it was signed: under a set's tag
        told, signed_at = _attributes(attributes, told)
    named = _algorithm(method)
    return BareSignature(
        signer=signer,
        others=others,
        digest_method=used,
        method=_RSA_WITH.get(used, named) if named == _RSA else named,
        signature=signature.of(der.OCTET_STRING),
        message=message,
        told=told,
        signed_at=signed_at,
    )


def _certificates(
    told: Element, issuer_and_serial: Element
) -> tuple[SealCertificate, tuple[SealCertificate, ...]]:
    """Return the certificate of the signer, and those beside it."""
    issuer, serial = issuer_and_serial.exactly(2)
    found = [read_certificate(one.raw) for one in der.elements(told.of(der.TAGGED_0))]
    signers = [one for one in found if (one.issuer_name, one.serial) == (issuer.raw, serial.raw)]
    if len(signers) != 1:
        raise DerBroken
    return signers[0], tuple(one for one in found if one is not signers[0])


def _attributes(attributes: Element, inside: bytes | None) -> tuple[bytes, datetime | None]:
    """Return the digest that was signed, and when."""
    if inside is not None:
        raise DerBroken  # two things at once that speak of the file
    told = {}
    for attribute in der.elements(attributes.content):
        name, values = attribute.exactly(2)
        told[name.oid] = der.element(values.of(der.SET))
    if _MESSAGE_DIGEST not in told:
        raise DerBroken
    signed_at = told.get(_SIGNED_AT)
    return (
        told[_MESSAGE_DIGEST].of(der.OCTET_STRING),
        signed_at.instant if signed_at is not None else None,
    )


def _algorithm(told: Element) -> str:
    name, *more = told.at_least(1)
    if [one.raw for one in more] not in ([], [der.NULL]):
        raise DerBroken
    return name.oid
