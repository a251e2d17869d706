"""The value of an electronic seal (电子签章数据): what its maker, its owner and the law put into it.

Two layouts are read: GB/T 38540-2020 (V4, and V5 which differs by a time stamp in the seal), and
the one before it, GM/T 0031-2014 (V1 to V3).
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from clerk.values import dataclass
from integrations.certificate_files import der
from integrations.certificate_files.der import DerBroken, Element
from integrations.certificate_files.sm2 import sm3

_NAMES: Final[Mapping[str, str]] = {
    "": "md5",  # GB/T 33190, 18.2.2: where nothing is said
    "md5": "md5",
    "1.2.840.113549.2.5": "md5",
    "sha1": "sha1",
    "sha-1": "sha1",
    "1.3.14.3.2.26": "sha1",
    "sha256": "sha256",
    "sha-256": "sha256",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "sm3": "sm3",
    "1.2.156.10197.1.401": "sm3",
}
_BY_LENGTH: Final = {32: ("sm3", "sha256"), 20: ("sha1",)}

_FLAT_FIELDS: Final = (4, 5)
_OLD_FIELDS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SealMaker:
    """Who made the seal, and what he signed: ``messages`` are the spellings that are in use."""

    certificate: bytes
    method: str
    signature: bytes
    messages: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealValue:
    """A seal as it was put on a file.

    ``owners`` are the certificates that may use the seal, or their digests by method. ``stamps``
    tells that it carries time stamps. ``signed_at`` is None where the seal tells no plain time.
    """

    signed: bytes
    certificate: bytes
    method: str
    signature: bytes
    data_hash: bytes
    signed_at: datetime | None
    name: str
    owners: tuple[tuple[str, bytes], ...]
    not_before: datetime
    not_after: datetime
    maker: SealMaker
    stamps: bool

    def may_be_used_with(self, certificate: bytes) -> bool:
        """Return whether the seal names this certificate as one of its owners'."""
        return any(
            owner == (digest(method, certificate) if method else certificate)
            for method, owner in self.owners
        )

    def holds_hash_of(self, content: bytes) -> bool:
        """Return whether ``content`` is what was sealed; the length tells the method."""
        methods = _BY_LENGTH.get(len(self.data_hash), ())
        return any(digest(method, content) == self.data_hash for method in methods)


def digest(method: str, content: bytes) -> bytes | None:
    """Return the digest of ``content`` by the method of that name or number; None if unknown."""
    name = _NAMES.get(method.strip().lower())
    if name is None:
        return None
    if name == "sm3":
        return sm3(content)
    return hashlib.new(name, content, usedforsecurity=False).digest()


def read_seal_value(content: bytes) -> SealValue:
    """Return the seal value that ``content`` is.

    Raises:
        DerBroken: it is none of the layouts above, or not DER.
    """
    fields = der.element(content).parts
    if len(fields) in _FLAT_FIELDS:
        return _flat(fields)
    if len(fields) == _OLD_FIELDS:
        return _old(fields)
    raise DerBroken


def _flat(fields: tuple[Element, ...]) -> SealValue:
    """V4 and V5: what is signed, the certificate, the method, the signature, a time stamp."""
    to_sign, certificate, method, signature, *stamp = fields
    _, seal, signed_at, data_hash, _, *_ = to_sign.at_least(5)
    info, maker, maker_method, maker_signature, *seal_stamp = seal.at_least(4)
    _check_stamps(stamp, seal_stamp)
    name, owners, days = _flat_property(info.at_least(4)[2])
    return SealValue(
        signed=to_sign.raw,
        certificate=certificate.of(der.OCTET_STRING),
        method=method.oid,
        signature=signature.bits,
        data_hash=data_hash.bits,
        signed_at=signed_at.instant,
        name=name,
        owners=owners,
        not_before=days[0],
        not_after=days[1],
        maker=SealMaker(
            certificate=maker.of(der.OCTET_STRING),
            method=maker_method.oid,
            signature=maker_signature.bits,
            messages=(info.raw, _wrapped(info, maker, maker_method)),
        ),
        stamps=bool(stamp or seal_stamp),
    )


def _flat_property(
    told: Element,
) -> tuple[str, tuple[tuple[str, bytes], ...], tuple[datetime, datetime]]:
    """Return the seal's name, its owners, and its days."""
    _, name, _, listed, _, begin, end, *_ = told.at_least(7)
    owners = []
    for owner in listed.parts:
        if owner.tag == der.OCTET_STRING:
            owners.append(("", owner.content))
        else:
            method, value = owner.exactly(2)
            owners.append((method.text or "sm3", value.of(der.OCTET_STRING)))
    return name.text, tuple(owners), (begin.instant, end.instant)


def _old(fields: tuple[Element, ...]) -> SealValue:
    """V1 to V3: certificate and method stand inside of what is signed."""
    to_sign, signature = fields
    _, seal, time_info, data_hash, _, certificate, method = to_sign.exactly(7)
    info, made = seal.exactly(2)
    maker, maker_method, maker_signature = made.exactly(3)
    _, name, listed, _, begin, end, *_ = info.at_least(4)[2].at_least(6)
    return SealValue(
        signed=to_sign.raw,
        certificate=certificate.of(der.OCTET_STRING),
        method=method.oid,
        signature=signature.bits,
        data_hash=data_hash.bits,
        signed_at=_old_instant(time_info),
        name=name.text,
        owners=tuple(("", owner.of(der.OCTET_STRING)) for owner in listed.parts),
        not_before=begin.instant,
        not_after=end.instant,
        maker=SealMaker(
            certificate=maker.of(der.OCTET_STRING),
            method=maker_method.oid,
            signature=maker_signature.bits,
            messages=(_wrapped(info, maker, maker_method), info.raw),
        ),
        stamps=False,
    )


def _old_instant(told: Element) -> datetime | None:
    """Return the instant in a bit string; None where a time stamp stands there instead."""
    try:
        return der.element(told.bits).instant
    except DerBroken:
        return None


def _check_stamps(*stamps: list[Element]) -> None:
    for stamp in stamps:
        if any(one.tag != der.TAGGED_0 for one in stamp):
            raise DerBroken


def _wrapped(*elements: Element) -> bytes:
    """Return a sequence of these values."""
    content = b"".join(one.raw for one in elements)
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return b"\x30" + bytes((0x80 | len(length),)) + length + content
