"""Keys and certificates for a peer on the loopback, made for one test."""

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "practice"
"""Of every key's file."""


@dataclass(frozen=True, slots=True)
class LoopbackTls:
    """A server's side, and the file of the only authority that vouches for it."""

    server: ssl.SSLContext
    authority: Path
    key: Path

    def ask_for(self, authority: Path) -> None:
        """Let nobody in whom ``authority`` does not vouch for."""
        self.server.load_verify_locations(authority)
        self.server.verify_mode = ssl.CERT_REQUIRED


def make(folder: Path, address: str) -> LoopbackTls:
    """Make a key and a certificate for ``address`` that vouches for itself."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"practice {address}")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    authority = folder / "authority.pem"
    authority.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file = folder / "key.pem"
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(PASSWORD.encode()),
        )
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(authority, key_file, PASSWORD)
    return LoopbackTls(server=server, authority=authority, key=key_file)
