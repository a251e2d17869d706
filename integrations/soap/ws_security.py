"""Our own WS-Security 1.1: a password digest or an RSA-SHA256 signature in a message's header.

Runs in the scribe's child. Token, Timestamp, Signature stand in this order: a foreign checker walks
past a signed last child (soap.md 3.4). Sources: OASIS Web Services Security 1.1, UsernameToken
Profile 1.1, X.509 Certificate Token Profile 1.1; W3C XML Signature, Exclusive Canonicalization.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

from integrations.soap import xml
from integrations.soap.security import SecurityMode

_OASIS: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
WSSE: Final = f"{_OASIS}wssecurity-secext-1.0.xsd"
WSU: Final = f"{_OASIS}wssecurity-utility-1.0.xsd"
DS: Final = "http://www.w3.org/2000/09/xmldsig#"
EXCLUSIVE: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
RSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
X509_TOKEN: Final = f"{_OASIS}x509-token-profile-1.0#X509v3"
_BASE64: Final = f"{_OASIS}soap-message-security-1.0#Base64Binary"
_DIGEST: Final = f"{_OASIS}username-token-profile-1.0#PasswordDigest"
_PREFIXES: Final = {"wsse": WSSE, "wsu": WSU}
_LASTS: Final = timedelta(minutes=5)
_TOKEN_ID: Final = "id-token"


def secure(envelope: etree._Element, how: Mapping[str, Any], at: datetime, nonce: bytes) -> None:
    """Put a Security header into ``envelope``; ``how`` are the fields of ``WireSecurity``.

    ``nonce`` and ``at`` must be new on each send: a peer refuses the same twice.
    """
    header = envelope.find(f"{{{xml.SOAP_11}}}Header")
    if header is None:
        header = etree.Element(f"{{{xml.SOAP_11}}}Header")
        envelope.insert(0, header)
    security = etree.Element(f"{{{WSSE}}}Security", nsmap=_PREFIXES)
    security.set(f"{{{xml.SOAP_11}}}mustUnderstand", "1")
    header.insert(0, security)
    match how["mode"]:
        case SecurityMode.DIGEST:
            _add_username_token(security, how["username"], how["password"], at, nonce)
        case SecurityMode.X509:
            _sign(envelope, security, how["key_pem"], how["certificate_pem"], at)


def password_digest(nonce: bytes, created: str, password: str) -> str:
    """Return the digest that the UsernameToken Profile 1.1 prescribes; SHA-1 is its choice."""
    digest = hashlib.sha1(nonce + created.encode() + password.encode(), usedforsecurity=False)
    return base64.b64encode(digest.digest()).decode()


def canonical(element: etree._Element, inclusive: Sequence[str] = ()) -> bytes:
    """Return an element as Exclusive XML Canonicalization 1.0 writes it, without comments."""
    return etree.tostring(
        element,
        method="c14n",
        exclusive=True,
        with_comments=False,
        inclusive_ns_prefixes=list(inclusive) or None,
    )


def instant(at: datetime) -> str:
    """Return an instant as XML writes it, in milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def sha256(content: bytes) -> str:
    """Return the digest in base64."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def _add_username_token(
    security: etree._Element, username: str, password: str, at: datetime, nonce: bytes
) -> None:
    created = instant(at)
    token = etree.SubElement(security, f"{{{WSSE}}}UsernameToken")
    _add(token, WSSE, "Username", username)
    _add(token, WSSE, "Password", password_digest(nonce, created, password), Type=_DIGEST)
    _add(token, WSSE, "Nonce", base64.b64encode(nonce).decode(), EncodingType=_BASE64)
    _add(token, WSU, "Created", created)


def _sign(
    envelope: etree._Element,
    security: etree._Element,
    key_pem: str,
    certificate_pem: str,
    at: datetime,
) -> None:
    key = serialization.load_pem_private_key(key_pem.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(type(key))
    certificate = x509.load_pem_x509_certificate(certificate_pem.encode())
    der = certificate.public_bytes(serialization.Encoding.DER)
    token = _add(
        security,
        WSSE,
        "BinarySecurityToken",
        base64.b64encode(der).decode(),
        EncodingType=_BASE64,
        ValueType=X509_TOKEN,
    )
    token.set(f"{{{WSU}}}Id", _TOKEN_ID)
    stamp = etree.SubElement(security, f"{{{WSU}}}Timestamp")
    _add(stamp, WSU, "Created", instant(at))
    _add(stamp, WSU, "Expires", instant(at + _LASTS))
    body = envelope.find(f"{{{xml.SOAP_11}}}Body")
    headers = security.itersiblings(etree.Element)
    signed = [each for each in (body, stamp, *headers) if each is not None]
    for number, element in enumerate(signed):
        element.set(f"{{{WSU}}}Id", f"id-{number}")
    signature = etree.SubElement(security, f"{{{DS}}}Signature", nsmap={"ds": DS})
    info = _signed_info(signature, signed)
    value = key.sign(canonical(info), padding.PKCS1v15(), hashes.SHA256())
    _add(signature, DS, "SignatureValue", base64.b64encode(value).decode())
    named = etree.SubElement(
        etree.SubElement(signature, f"{{{DS}}}KeyInfo"), f"{{{WSSE}}}SecurityTokenReference"
    )
    _add(named, WSSE, "Reference", "", URI=f"#{_TOKEN_ID}", ValueType=X509_TOKEN)


def _signed_info(signature: etree._Element, signed: Sequence[etree._Element]) -> etree._Element:
    info = etree.SubElement(signature, f"{{{DS}}}SignedInfo")
    _add(info, DS, "CanonicalizationMethod", "", Algorithm=EXCLUSIVE)
    _add(info, DS, "SignatureMethod", "", Algorithm=RSA_SHA256)
    for element in signed:
        reference = etree.SubElement(info, f"{{{DS}}}Reference")
        reference.set("URI", f"#{element.get(f'{{{WSU}}}Id')}")
        transforms = etree.SubElement(reference, f"{{{DS}}}Transforms")
        _add(transforms, DS, "Transform", "", Algorithm=EXCLUSIVE)
        _add(reference, DS, "DigestMethod", "", Algorithm=SHA256)
        _add(reference, DS, "DigestValue", sha256(canonical(element)))
    return info


def _add(
    parent: etree._Element, namespace: str, name: str, text: str, **attributes: str
) -> etree._Element:
    child = etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
    child.text = text or None
    return child
