"""RSA keys with certificates for messages that are signed, made for one run."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.integrations.library_calls import SENT_AT


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and the certificate that names it, both PEM."""

    key_pem: str
    certificate_pem: str


@cache
def signing_key(name: str, valid_from: datetime = SENT_AT - timedelta(days=1)) -> SigningKey:
    """Return the key of ``name``, valid for a year; the same one in every test of a run."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"practice {name}")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_from + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    return SigningKey(
        key_pem=key.private_bytes(pem, *form).decode(),
        certificate_pem=certificate.public_bytes(pem).decode(),
    )
