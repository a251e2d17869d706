"""Seals small OFD files by hand, octet by octet, so that maker and checker are not one code.

The SM2 certificates were made with the openssl command; their owners are invented and their keys
are known to everybody.
"""

import base64
import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from integrations.certificate_files import sm2

SM2_ROOT = base64.b64decode(
    "MIIBhjCCASugAwIBAgIBATAKBggqgRzPVQGDdTAaMRgwFgYDVQQDDA/nu4PkuaDmtYvor5XmoLkwIBcNMjYxMTIyMTkx"
    "MDExWhgPMjA4MTA4MjUxOTEwMTFaMBoxGDAWBgNVBAMMD+e7g+S5oOa1i+ivleaguTBZMBMGByqGSM49AgEGCCqBHM9V"
    "AYItA0IABIw6/pwZm2vDNIH0wqm/EMfE4raNfVi9ep3UBdgGziUMOJqyR4UsJlb044w5YzL3f31caoUTCrPygSodgkyM"
    "fEyjYDBeMB0GA1UdDgQWBBQmFSFN2waxs7KslB8mNFhiaJgblTAfBgNVHSMEGDAWgBQmFSFN2waxs7KslB8mNFhiaJgb"
    "lTAPBgNVHRMBAf8EBTADAQH/MAsGA1UdDwQEAwICBDAKBggqgRzPVQGDdQNJADBGAiEA+tK5k7YuYaprJJyq1OPCF6wT"
    "XumDNGUO+6JUYcU1LU4CIQCUCpYkzvqEAw5y3Zt7FSQYVljdYFOHmriDNXMfavRwnQ=="
)
SM2_MAKER = base64.b64decode(
    "MIIBHjCBxQICH7swCgYIKoEcz1UBg3UwGjEYMBYGA1UEAwwP57uD5Lmg5rWL6K+V5qC5MCAXDTI2MTEyMjE5MTAxMVoY"
    "DzIwODEwODI1MTkxMDExWjAaMRgwFgYDVQQDDA/nu4PkuaDliLbnq6DkurowWTATBgcqhkjOPQIBBggqgRzPVQGCLQNC"
    "AAT0xzsHsdvu7iSwYPrXOcg0/I1DwMhf5iYWp+xFxgKEx3ZMtT+f8ZfDILdalYE7Ktz3Vjyxgv1u5JelNgz01QeHMAoG"
    "CCqBHM9VAYN1A0gAMEUCIQDynb8vkFsPAVVkgInbUwumZKOWd3eAhEMiXPUs7gJW+gIgDvTdwe2leUQ3XRMOmrSwLRYP"
    "NxZMYJcCNnO7LinWnas="
)
SM2_SIGNER = base64.b64decode(
    "MIIBHjCBxQICRPgwCgYIKoEcz1UBg3UwGjEYMBYGA1UEAwwP57uD5Lmg5rWL6K+V5qC5MCAXDTI2MTEyMjE5MTAxMVoY"
    "DzIwODEwODI1MTkxMDExWjAaMRgwFgYDVQQDDA/nu4PkuaDnrb7nq6DkurowWTATBgcqhkjOPQIBBggqgRzPVQGCLQNC"
    "AAT31AgNkbVAV7LekKKCW14Yfvu2xjdKCmsvL+tGI3r5nCrr3kT/9ml9b7llTItA+xiRPbmARN4TvVn876V4C4jkMAoG"
    "CCqBHM9VAYN1A0gAMEUCIQCZbXfvXwn4Zk/McJuawH8zrnDz/OFQjWrhCwLaP+betwIgUI+Vk5X92rDk6Q8tw0way0pe"
    "9YmCIYp2ngzJ19KM2gw="
)
_MAKER_KEY = int("d5ea3e749eb93de8bbb17321cd8bce7717ee704994e2d04af0e2ec9436cad337", 16)
_SIGNER_KEY = int("ce71a215e2a57d5d5edb2d6f5ff605af982ce5b1a67833c801b40c783226d8d0", 16)

SM2_SM3 = "1.2.156.10197.1.501"
SHA256_RSA = "1.2.840.113549.1.1.11"
SEAL_NAME = "示例县练习专用章"
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SEALED_AT = "20270318010000Z"
PAGE = "Doc_0/Pages/Page_0/Content.xml"
LIST = "Doc_0/Signs/Signatures.xml"
FIRST, SECOND = "Doc_0/Signs/Sign_0", "Doc_0/Signs/Sign_1"

Parts = dict[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Sealer:
    """Whoever signs: his certificate, and what he makes of a message."""

    certificate: bytes
    method: str
    sign: Callable[[bytes], bytes]


SM2_SEALER = Sealer(
    certificate=SM2_SIGNER, method=SM2_SM3, sign=lambda message: sm2.sign(_SIGNER_KEY, message)
)
SM2_SEAL_MAKER = Sealer(
    certificate=SM2_MAKER, method=SM2_SM3, sign=lambda message: sm2.sign(_MAKER_KEY, message)
)


@cache
def rsa_sealer() -> Sealer:
    """One who signs by RSA and issued his certificate himself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "练习 RSA 签章人")])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(5)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    return Sealer(
        certificate=built.public_bytes(Encoding.DER),
        method=SHA256_RSA,
        sign=lambda message: key.sign(message, padding.PKCS1v15(), hashes.SHA256()),
    )


@dataclass(frozen=True, kw_only=True)
class Seal:
    """How a file is sealed; every field is something that can be wrong with it."""

    sealer: Sealer = SM2_SEALER
    maker: Sealer = SM2_SEAL_MAKER
    owners: tuple[bytes, ...] | None = None
    owners_by_digest: bool = False
    made_with: Callable[[bytes], bytes] | None = None
    method: str = "1.2.156.10197.1.401"
    days: tuple[str, str] = ("20270101000000Z", "20370101000000Z")
    sealed_at: str = SEALED_AT
    stamp: bytes = b""
    layout: int = 4
    kind: str = "Seal"
    place: str = FIRST
    left_out: frozenset[str] = frozenset()

    def value(self, sealed: bytes) -> bytes:
        """The seal's value over a Signature.xml."""
        data_hash = bits(sm3(sealed))
        place = text(0x16, f"/{self.place}/Signature.xml")
        sealer = octets(self.sealer.certificate), oid(self.sealer.method)
        version, seal = integer(self.layout), self._seal()
        if self.layout == 1:
            time_info = bits(text(0x17, self.sealed_at[2:]))
            to_sign = sequence(version, seal, time_info, data_hash, place, *sealer)
            return sequence(to_sign, bits(self.sealer.sign(to_sign)))
        sealed_at = text(0x18, self.sealed_at)
        to_sign = sequence(version, seal, sealed_at, data_hash, place)
        stamp = [tlv(0xA0, bits(self.stamp))] if self.stamp else []
        return sequence(to_sign, *sealer, bits(self.sealer.sign(to_sign)), *stamp)

    def _seal(self) -> bytes:
        header = sequence(text(0x16, "ES"), integer(self.layout), text(0x16, "practice"))
        picture = sequence(text(0x16, "PNG"), octets(b"no picture"), integer(40), integer(40))
        info = sequence(header, text(0x16, "99000001"), self._property(), picture)
        maker = octets(self.maker.certificate), oid(self.maker.method)
        made = self.made_with or self.maker.sign
        if self.layout == 1:
            return sequence(info, sequence(*maker, bits(made(sequence(info, *maker)))))
        return sequence(info, *maker, bits(made(info)))

    def _property(self) -> bytes:
        owners = (self.sealer.certificate,) if self.owners is None else self.owners
        listed = [octets(owner) for owner in owners]
        if self.owners_by_digest:
            listed = [sequence(text(0x13, "SM3"), octets(sm3(owner))) for owner in owners]
        kind = [integer(2 if self.owners_by_digest else 1)] if self.layout > 1 else []
        tag, cut = (0x17, 2) if self.layout == 1 else (0x18, 0)
        days = [text(tag, day[cut:]) for day in (self.days[0], *self.days)]
        return sequence(integer(3), text(0x0C, SEAL_NAME), *kind, sequence(*listed), *days)


def bare_signature(sealed: bytes, *, attributes: bool = True, sealer: Sealer = SM2_SEALER) -> bytes:
    """A signature without a seal over a Signature.xml, as GB/T 35275 lays it out."""
    sm3_method = sequence(oid("1.2.156.10197.1.401"), b"\5\0")
    kind, data = oid("1.2.156.10197.6.1.4.2.2"), oid("1.2.156.10197.6.1.4.2.1")
    fields = (
        sequence(oid("1.2.840.113549.1.9.3"), tlv(0x31, data)),
        sequence(oid("1.2.840.113549.1.9.4"), tlv(0x31, octets(sm3(sealed)))),
        sequence(oid("1.2.840.113549.1.9.5"), tlv(0x31, text(0x17, SEALED_AT[2:]))),
    )
    listed = b"".join(fields) if attributes else b""
    message = tlv(0x31, listed) if attributes else sm3(sealed)
    signer = sequence(
        integer(1),
        issuer_and_serial(sealer.certificate),
        sm3_method,
        tlv(0xA0, listed) if attributes else b"",
        sequence(oid("1.2.156.10197.1.301.1"), b"\5\0"),
        octets(sealer.sign(message)),
    )
    inside = b"" if attributes else tlv(0xA0, octets(sm3(sealed)))
    signed = sequence(
        integer(1),
        tlv(0x31, sm3_method),
        sequence(data, inside),
        tlv(0xA0, sealer.certificate),
        tlv(0x31, signer),
    )
    return sequence(kind, tlv(0xA0, signed))


def issuer_and_serial(certificate: bytes) -> bytes:
    read = asn1_x509.Certificate.load(certificate)
    serial = read["tbs_certificate"]["serial_number"].dump()
    return sequence(read.issuer.dump(), serial)


def bare(parts: Parts, *, attributes: bool = True, sealer: Sealer = SM2_SEALER) -> Parts:
    """The document with a signature without a seal on it."""
    done = sealed(parts, Seal(kind="Sign"))
    written = done[f"{FIRST}/Signature.xml"]
    value = bare_signature(written, attributes=attributes, sealer=sealer)
    return done | {f"{FIRST}/SignedValue.dat": value}


def document(pages: int = 1) -> Parts:
    """A small document without a seal."""
    listed = "".join(
        f'<ofd:Page ID="{10 + number}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        for number in range(pages)
    )
    parts = {
        "OFD.xml": f'<ofd:OFD {NAMESPACE} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
        f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>/{LIST}</ofd:Signatures>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 60 40</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for number in range(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f'<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer ID="{50 + number}"><ofd:PathObject '
            f'ID="{90 + number}" Boundary="5 5 20 20" Fill="true"><ofd:AbbreviatedData>'
            "M 0 0 L 20 0 L 20 20 C</ofd:AbbreviatedData></ofd:PathObject></ofd:Layer>"
            "</ofd:Content></ofd:Page>"
        )
    return {name: written.encode() for name, written in parts.items()}


def sealed(parts: Mapping[str, bytes], *seals: Seal) -> Parts:
    """The document with these seals put on it, one after the other."""
    done = dict(parts)
    for number, seal in enumerate(seals):
        entries = "".join(
            f'<ofd:Signature ID="{each}" Type="{one.kind}" BaseLoc="/{one.place}/Signature.xml"/>'
            for each, one in enumerate(seals[: number + 1])
        )
        done[LIST] = f"<ofd:Signatures {NAMESPACE}>{entries}</ofd:Signatures>".encode()
        covered = {name: part for name, part in done.items() if name not in seal.left_out}
        written = _signature_xml(seal, covered)
        done[f"{seal.place}/Signature.xml"] = written
        done[f"{seal.place}/SignedValue.dat"] = seal.value(written)
    return done


def _signature_xml(seal: Seal, covered: Mapping[str, bytes]) -> bytes:
    digest = DIGESTS[seal.method]
    references = "".join(
        f'<ofd:Reference FileRef="/{name}"><ofd:CheckValue>'
        f"{base64.b64encode(digest(part)).decode()}</ofd:CheckValue></ofd:Reference>"
        for name, part in covered.items()
    )
    method = f' CheckMethod="{seal.method}"' if seal.method else ""
    return (
        f'<ofd:Signature {NAMESPACE}><ofd:SignedInfo><ofd:Provider ProviderName="practice"/>'
        f"<ofd:References{method}>{references}</ofd:References></ofd:SignedInfo>"
        f"<ofd:SignedValue>/{seal.place}/SignedValue.dat</ofd:SignedValue></ofd:Signature>"
    ).encode()


def sm3(content: bytes) -> bytes:
    return hashlib.new("sm3", content).digest()


DIGESTS: dict[str, Callable[[bytes], bytes]] = {
    "1.2.156.10197.1.401": sm3,
    "SM3": sm3,
    "2.16.840.1.101.3.4.2.1": lambda content: hashlib.sha256(content).digest(),
    "SHA1": lambda content: hashlib.sha1(content, usedforsecurity=False).digest(),
    "": lambda content: hashlib.md5(content, usedforsecurity=False).digest(),
    "1.2.156.10197.1.401.2": sm3,
}
"""By the names that are in use; the last one means another digest, with a key."""


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def tlv(tag: int, content: bytes) -> bytes:
    if len(content) < 0x80:
        return bytes((tag, len(content))) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def sequence(*parts: bytes) -> bytes:
    return tlv(0x30, b"".join(parts))


def integer(number: int) -> bytes:
    return tlv(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def octets(content: bytes) -> bytes:
    return tlv(0x04, content)


def bits(content: bytes) -> bytes:
    return tlv(0x03, b"\0" + content)


def text(tag: int, written: str) -> bytes:
    return tlv(tag, written.encode())


def oid(dotted: str) -> bytes:
    first, other, *steps = (int(step) for step in dotted.split("."))
    content = bytes((first * 40 + other,))
    for step in steps:
        octets_of = [step & 0x7F]
        while step := step >> 7:
            octets_of.append(0x80 | step & 0x7F)
        content += bytes(reversed(octets_of))
    return tlv(0x06, content)


def flipped(parts: Mapping[str, bytes], name: str, at: int, bit: int) -> Parts:
    """The parts with one bit of one of them turned over."""
    content = bytearray(parts[name])
    content[at] ^= 1 << bit
    return {**parts, name: bytes(content)}
