"""The practice library's own certificate authority: roots and sealers in SM2 and in RSA.

Its keys are fixed and known to everybody: they make seals of invented certificates, and whoever
trusts its roots is a practice counter. Everything is the same on every machine, so that a file
that is made again has the same digest.
"""

from datetime import UTC, datetime
from functools import cache
from typing import Final

from asn1crypto import algos, core, keys, x509
from cryptography import x509 as rsa_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import NameOID

from clerk import assets
from clerk.values import dataclass
from integrations.certificate_files import sm2

SM2_WITH_SM3: Final = "1.2.156.10197.1.501"
_SM2_CURVE: Final = "1.2.156.10197.1.301"
_FROM: Final = datetime(2020, 1, 1, tzinfo=UTC)
_UNTIL: Final = datetime(2049, 12, 31, tzinfo=UTC)
_OFFICE: Final = "示例省练习证照中心（仅供练习）"
_ROOT_NAME: Final = "示例省练习根证书（仅供练习）"
_SEALER_NAME: Final = "示例省电子印章练习专用证书"
_MAKER_NAME: Final = "示例省练习制章系统（仅供练习）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sm2Identity:
    """A certificate (DER) with its private key."""

    certificate: bytes
    private: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RsaIdentity:
    """A certificate with its private key."""

    certificate: rsa_x509.Certificate
    private: RSAPrivateKey

    @property
    def der(self) -> bytes:
        """The certificate."""
        return self.certificate.public_bytes(Encoding.DER)


def practice_authorities() -> tuple[bytes, ...]:
    """Return the roots (DER) that a practice counter trusts: SM2, RSA.

    They lie beside the keys as well, so that a counter need not make them.
    """
    return _sm2_root().certificate, _rsa_root().der


@cache
def sealer() -> Sm2Identity:
    """Return who seals OFD files."""
    return _sm2_below("sealer", _SEALER_NAME, 2)


@cache
def seal_maker() -> Sm2Identity:
    """Return who makes the seals (制章人)."""
    return _sm2_below("maker", _MAKER_NAME, 3)


@cache
def pdf_sealer() -> RsaIdentity:
    """Return who seals PDF files."""
    root, key = _rsa_root(), _rsa_key("seal")
    return RsaIdentity(
        certificate=_rsa_certificate(_SEALER_NAME, key, root.private, 12, authority=False),
        private=key,
    )


@cache
def _sm2_root() -> Sm2Identity:
    private = _sm2_key("root")
    name = _name(_ROOT_NAME)
    certificate = _sm2_certificate(name, private, name, private, serial=1, authority=True)
    return Sm2Identity(certificate=certificate, private=private)


def _sm2_below(purpose: str, called: str, serial: int) -> Sm2Identity:
    private, root = _sm2_key(purpose), _sm2_root()
    certificate = _sm2_certificate(
        _name(called), private, _name(_ROOT_NAME), root.private, serial=serial, authority=False
    )
    return Sm2Identity(certificate=certificate, private=private)


def _sm2_key(purpose: str) -> int:
    """Return a key that anybody can work out: it protects nothing."""
    seed = sm2.sm3(f"practice only: {purpose}".encode())
    return int.from_bytes(seed, "big") % (sm2.N - 2) + 1


def _name(called: str) -> x509.Name:
    return x509.Name.build(
        {"country_name": "CN", "organization_name": _OFFICE, "common_name": called}
    )


def _sm2_certificate(
    subject: x509.Name,
    private: int,
    issuer: x509.Name,
    issuer_private: int,
    *,
    serial: int,
    authority: bool,
) -> bytes:
    method = algos.SignedDigestAlgorithm({"algorithm": SM2_WITH_SM3})
    point, issuer_point = sm2.public_point(private), sm2.public_point(issuer_private)
    told = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": serial,
            "signature": method,
            "issuer": issuer,
            "validity": x509.Validity(
                {"not_before": _instant(_FROM), "not_after": _instant(_UNTIL)}
            ),
            "subject": subject,
            "subject_public_key_info": _sm2_public_key(point),
            "extensions": _extensions(point, issuer_point, authority=authority),
        }
    )
    signature = sm2.sign(issuer_private, told.dump())
    certificate = x509.Certificate(
        {
            "tbs_certificate": told,
            "signature_algorithm": method,
            "signature_value": core.OctetBitString(signature),
        }
    )
    return bytes(certificate.dump())


def _sm2_public_key(point: bytes) -> keys.PublicKeyInfo:
    curve = keys.ECDomainParameters(name="named", value=_SM2_CURVE)
    return keys.PublicKeyInfo(
        {
            "algorithm": keys.PublicKeyAlgorithm({"algorithm": "ec", "parameters": curve}),
            "public_key": keys.ECPointBitString(point),
        }
    )


def _extensions(point: bytes, issuer_point: bytes, *, authority: bool) -> x509.Extensions:
    uses = {"key_cert_sign", "crl_sign"} if authority else {"digital_signature", "non_repudiation"}
    return x509.Extensions(
        [
            _extension(
                "basic_constraints", x509.BasicConstraints({"ca": authority}), critical=True
            ),
            _extension("key_usage", x509.KeyUsage(uses), critical=True),
            _extension("key_identifier", core.OctetString(_key_id(point)), critical=False),
            _extension(
                "authority_key_identifier",
                x509.AuthorityKeyIdentifier({"key_identifier": _key_id(issuer_point)}),
                critical=False,
            ),
        ]
    )


def _extension(name: str, value: core.Asn1Value, *, critical: bool) -> x509.Extension:
    return x509.Extension(
        {
            "extn_id": name,
            "critical": critical,
            "extn_value": core.ParsableOctetString(value.dump()),
        }
    )


def _key_id(point: bytes) -> bytes:
    return sm2.sm3(point)[:20]


def _instant(at: datetime) -> x509.Time:
    return x509.Time({"utc_time": at})


@cache
def _rsa_root() -> RsaIdentity:
    key = _rsa_key("root")
    certificate = _rsa_certificate(_ROOT_NAME, key, key, 11, authority=True)
    return RsaIdentity(certificate=certificate, private=key)


def _rsa_key(purpose: str) -> RSAPrivateKey:
    pem = assets.read_bytes("resources", f"practice/authority/practice-only-{purpose}.pem")
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError(purpose)
    return key


def _rsa_certificate(
    called: str, key: RSAPrivateKey, issuer: RSAPrivateKey, serial: int, *, authority: bool
) -> rsa_x509.Certificate:
    ours, theirs = key.public_key(), issuer.public_key()
    return (
        rsa_x509.CertificateBuilder()
        .subject_name(_rsa_name(called))
        .issuer_name(_rsa_name(_ROOT_NAME))
        .public_key(ours)
        .serial_number(serial)
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(rsa_x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(_rsa_use(authority=authority), critical=True)
        .add_extension(rsa_x509.SubjectKeyIdentifier.from_public_key(ours), critical=False)
        .add_extension(
            rsa_x509.AuthorityKeyIdentifier.from_issuer_public_key(theirs), critical=False
        )
        .sign(issuer, hashes.SHA256())
    )


def _rsa_name(called: str) -> rsa_x509.Name:
    return rsa_x509.Name(
        [
            rsa_x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            rsa_x509.NameAttribute(NameOID.ORGANIZATION_NAME, _OFFICE),
            rsa_x509.NameAttribute(NameOID.COMMON_NAME, called),
        ]
    )


def _rsa_use(*, authority: bool) -> rsa_x509.KeyUsage:
    return rsa_x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
