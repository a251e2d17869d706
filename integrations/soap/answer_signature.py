"""Whether an answer was signed as it stands by a certificate of the profile; nothing less counts.

Runs in the scribe's child. What is looked for is fixed, whatever the answer offers: the one Body and
the one Timestamp, found by their place in the envelope, must each be referred to by their own id,
and no id may stand twice. So a signature over something else proves nothing here.
"""

import base64
import binascii
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

from integrations.soap import xml
from integrations.soap.outcome import SignatureDoubt
from integrations.soap.ws_security import (
    DS,
    EXCLUSIVE,
    RSA_SHA256,
    SHA256,
    WSSE,
    WSU,
    canonical,
    sha256,
)

_IDS: Final = (f"{{{WSU}}}Id", "Id", "ID", "id", "{http://www.w3.org/XML/1998/namespace}id")
_LONGEST: Final = timedelta(hours=1)


class SignatureRefused(Exception):
    """The answer is not signed as it must be; ``doubt`` says what is wrong."""

    def __init__(self, doubt: SignatureDoubt) -> None:
        super().__init__(doubt.name)
        self.doubt = doubt


class SignatureChecker:
    """Checks answers against the certificates of one profile."""

    def __init__(self, signers_pem: str, tolerance: timedelta) -> None:
        """``tolerance`` is how far the peer's clock may be from ours."""
        trusted = x509.load_pem_x509_certificates(signers_pem.encode())
        self._signers = {each.public_bytes(serialization.Encoding.DER): each for each in trusted}
        self._tolerance = tolerance

    def doubt(self, envelope: etree._Element, at: datetime) -> SignatureDoubt | None:
        """Return why the envelope does not count as signed at ``at``, None where it does."""
        try:
            self.check(envelope, at)
        except SignatureRefused as refused:
            return refused.doubt
        return None

    def check(self, envelope: etree._Element, at: datetime) -> None:
        """Return if the envelope's Body and Timestamp are signed and fresh at ``at``.

        Raises:
            SignatureRefused: they are not.
        """
        security = _only(envelope, f"{{{xml.SOAP_11}}}Header/{{{WSSE}}}Security")
        body = _only(envelope, f"{{{xml.SOAP_11}}}Body")
        signature = _only(security, f"{{{DS}}}Signature")
        stamp = _only(security, f"{{{WSU}}}Timestamp")
        if len(list(envelope.iter(f"{{{DS}}}Signature"))) != 1:
            raise SignatureRefused(SignatureDoubt.AMBIGUOUS)
        by_id = _by_id(envelope)
        info = _only(signature, f"{{{DS}}}SignedInfo")
        signed = [_referred(reference, by_id) for reference in _references(info)]
        for needed in (body, stamp):
            if not any(element is needed for element in signed):
                raise SignatureRefused(SignatureDoubt.NOT_COVERED)
        self._check_value(signature, info, self._signer(signature, by_id, at))
        self._check_fresh(stamp, at)

    def _signer(
        self, signature: etree._Element, by_id: dict[str, etree._Element], at: datetime
    ) -> x509.Certificate:
        reference = _only(
            signature, f"{{{DS}}}KeyInfo/{{{WSSE}}}SecurityTokenReference/{{{WSSE}}}Reference"
        )
        token = by_id.get(reference.get("URI", "").removeprefix("#"))
        if token is None or token.tag != f"{{{WSSE}}}BinarySecurityToken":
            raise SignatureRefused(SignatureDoubt.SIGNER)
        signer = self._signers.get(_bytes(token, SignatureDoubt.SIGNER))
        if signer is None or not signer.not_valid_before_utc <= at <= signer.not_valid_after_utc:
            raise SignatureRefused(SignatureDoubt.SIGNER)
        return signer

    def _check_value(
        self, signature: etree._Element, info: etree._Element, signer: x509.Certificate
    ) -> None:
        _require(info, "SignatureMethod", RSA_SHA256)
        inclusive = _inclusive(_require(info, "CanonicalizationMethod", EXCLUSIVE))
        value = _bytes(_only(signature, f"{{{DS}}}SignatureValue"), SignatureDoubt.ALTERED)
        key = signer.public_key()
        if not isinstance(key, rsa.RSAPublicKey):
            raise SignatureRefused(SignatureDoubt.SIGNER)
        try:
            key.verify(value, canonical(info, inclusive), padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature as error:
            raise SignatureRefused(SignatureDoubt.ALTERED) from error

    def _check_fresh(self, stamp: etree._Element, at: datetime) -> None:
        created = _instant(_only(stamp, f"{{{WSU}}}Created"))
        expires = _instant(_only(stamp, f"{{{WSU}}}Expires"))
        begins, ends = created - self._tolerance, expires + self._tolerance
        if not begins <= at < ends or not timedelta() <= expires - created <= _LONGEST:
            raise SignatureRefused(SignatureDoubt.EXPIRED)


def _only(parent: etree._Element, path: str) -> etree._Element:
    found = parent.findall(path)
    if len(found) != 1:
        raise SignatureRefused(SignatureDoubt.AMBIGUOUS if found else SignatureDoubt.MISSING)
    return found[0]


def _by_id(envelope: etree._Element) -> dict[str, etree._Element]:
    found: dict[str, etree._Element] = {}
    for element in envelope.iter(etree.Element):
        for value in {element.get(name) for name in _IDS} - {None}:
            if found.setdefault(str(value), element) is not element:
                raise SignatureRefused(SignatureDoubt.AMBIGUOUS)
    return found


def _references(info: etree._Element) -> Iterator[etree._Element]:
    yield from info.iterfind(f"{{{DS}}}Reference")


def _referred(reference: etree._Element, by_id: dict[str, etree._Element]) -> etree._Element:
    """Return the element that a reference names, if it stands as it was signed."""
    uri = reference.get("URI", "")
    element = by_id.get(uri[1:]) if uri.startswith("#") else None
    if element is None:
        raise SignatureRefused(SignatureDoubt.ALTERED)
    transform = _only(reference, f"{{{DS}}}Transforms/{{{DS}}}Transform")
    if transform.get("Algorithm") != EXCLUSIVE:
        raise SignatureRefused(SignatureDoubt.AMBIGUOUS)
    _require(reference, "DigestMethod", SHA256)
    digest = "".join((_only(reference, f"{{{DS}}}DigestValue").text or "").split())
    if digest != sha256(canonical(element, _inclusive(transform))):
        raise SignatureRefused(SignatureDoubt.ALTERED)
    return element


def _require(parent: etree._Element, name: str, algorithm: str) -> etree._Element:
    method = _only(parent, f"{{{DS}}}{name}")
    if method.get("Algorithm") != algorithm:
        raise SignatureRefused(SignatureDoubt.AMBIGUOUS)
    return method


def _inclusive(method: etree._Element) -> list[str]:
    """Return the prefixes that a toolkit keeps although they are not used visibly."""
    named = method.find(f"{{{EXCLUSIVE}}}InclusiveNamespaces")
    return [] if named is None else named.get("PrefixList", "").split()


def _bytes(element: etree._Element, doubt: SignatureDoubt) -> bytes:
    try:
        return base64.b64decode("".join((element.text or "").split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise SignatureRefused(doubt) from error


def _instant(element: etree._Element) -> datetime:
    try:
        at = datetime.fromisoformat((element.text or "").strip())
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise SignatureRefused(SignatureDoubt.EXPIRED) from error
