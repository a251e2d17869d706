"""Seals small PDF files with pyHanko, and adds to them what should not be there."""

import io
from datetime import UTC, datetime
from functools import cache

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import NumberObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

SEALED_AT = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
SHOWN = b"20 20 100 60 re f"
"""A black rectangle, all that is on the page."""


def document() -> bytes:
    """A PDF of one page without a seal."""
    writer = PdfFileWriter()
    content = writer.add_object(StreamObject(stream_data=SHOWN))
    writer.insert_page(PageObject(contents=content, media_box=(0, 0, 200, 100)))
    return _written(writer)


def sealed(content: bytes, field: str = "A") -> bytes:
    """The file with one more seal, over everything that is there."""
    out = io.BytesIO()
    metadata = PdfSignatureMetadata(
        field_name=field, name="示例县练习专用章", md_algorithm="sha256"
    )
    PdfSigner(metadata, signer=_signer(), new_field_spec=SigFieldSpec(field)).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(content)), output=out
    )
    return out.getvalue()


def turned(content: bytes) -> bytes:
    """The file with a later revision that turns its page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    pages = writer.root["/Pages"]["/Kids"]
    pages[0]["/Rotate"] = NumberObject(90)
    writer.mark_update(pages.raw_get(0))
    return _written(writer)


@cache
def root() -> bytes:
    """The certificate of the authority, as DER."""
    return _certificate("练习根", _key("root"), authority=True).public_bytes(Encoding.DER)


@cache
def _signer() -> SimpleSigner:
    key = _key("signer")
    certificate = _certificate("练习签章人", key, authority=False)
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )


@cache
def _key(_whose: str) -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


def _certificate(name: str, key: RSAPrivateKey, *, authority: bool) -> x509.Certificate:
    def called(common: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])

    return (
        x509.CertificateBuilder()
        .subject_name(called(name))
        .issuer_name(called("练习根"))
        .public_key(key.public_key())
        .serial_number(1 if authority else 2)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2056, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .sign(_key("root"), hashes.SHA256())
    )


def _written(writer: PdfFileWriter | IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
