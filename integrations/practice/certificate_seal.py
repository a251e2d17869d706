"""Seals an OFD package (GB/T 38540-2020, the fourth layout): SM3 over its parts, signed by SM2."""

import base64
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from clerk.values import dataclass
from integrations.certificate_files import sm2
from integrations.practice.certificate_authority import SM2_WITH_SM3, seal_maker, sealer
from integrations.practice.certificate_ofd import (
    PAGE_ID,
    SIGNATURES,
    Parts,
    element,
    millimetres,
    tree,
    xml,
)
from integrations.practice.certificate_page import Place
from integrations.practice.certificate_stamp import SIDE_MM, seal_name
from integrations.practice.der_writing import (
    bits,
    ia5,
    instant,
    integer,
    object_identifier,
    octets,
    sequence,
    utf8,
)

_SM3: Final = "1.2.156.10197.1.401"
_FOLDER: Final = "Doc_0/Signs/Sign_0"
_SIGNATURE: Final = f"{_FOLDER}/Signature.xml"
_SEAL_PART: Final = f"{_FOLDER}/Seal.esl"
_VALUE_PART: Final = f"{_FOLDER}/SignedValue.dat"
_FROM: Final = datetime(2020, 1, 1, tzinfo=UTC)
_UNTIL: Final = datetime(2049, 12, 31, tzinfo=UTC)
_LAYOUT: Final = 4
_UNIT_SEAL: Final = 1
_WHOLE_CERTIFICATES: Final = 1
_MAKER: Final = "PRACTICE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """Whose seal it is, what it looks like, where it stands and since when."""

    authority: str
    seal_id: str
    picture: bytes
    place: Place
    sealed_at: datetime


def sealed(parts: Parts, sealing: Sealing, *, left_out: Iterable[str] = ()) -> Parts:
    """Return the parts with a seal over all of them but those ``left_out``."""
    seal = _made(sealing)
    covered = {**parts, SIGNATURES: _list(), _SEAL_PART: seal}
    skipped = frozenset(left_out)
    references = {name: content for name, content in covered.items() if name not in skipped}
    signature = _signature(references, sealing)
    return {**covered, _SIGNATURE: signature, _VALUE_PART: _value(seal, signature, sealing)}


def _made(sealing: Sealing) -> bytes:
    """Return the seal itself (SESeal), signed by who made it."""
    facts = sequence(
        integer(_UNIT_SEAL),
        utf8(seal_name(sealing.authority)),
        integer(_WHOLE_CERTIFICATES),
        sequence(octets(sealer().certificate)),
        instant(_FROM),
        instant(_FROM),
        instant(_UNTIL),
    )
    picture = sequence(ia5("png"), octets(sealing.picture), integer(SIDE_MM), integer(SIDE_MM))
    header = sequence(ia5("ES"), integer(_LAYOUT), ia5(_MAKER))
    info = sequence(header, ia5(sealing.seal_id), facts, picture)
    maker = seal_maker()
    told = info, octets(maker.certificate), object_identifier(SM2_WITH_SM3)
    return sequence(*told, bits(sm2.sign(maker.private, sequence(*told))))


def _list() -> bytes:
    one = element("Signature", ID="1", Type="Seal", BaseLoc=f"/{_SIGNATURE}")
    return xml(tree(element("Signatures"), [element("MaxSignId", "1"), one]))


def _signature(references: Parts, sealing: Sealing) -> bytes:
    place = sealing.place
    checked = [
        tree(element("Reference", FileRef=f"/{name}"), [element("CheckValue", _digest(content))])
        for name, content in references.items()
    ]
    stamp = element(
        "StampAnnot",
        ID="900",
        PageRef=str(PAGE_ID),
        Boundary=millimetres(place.x, place.y, place.size, place.size),
    )
    told = [
        element("Provider", ProviderName="practice", Version="1.0", Company="practice"),
        element("SignatureMethod", SM2_WITH_SM3),
        element("SignatureDateTime", f"{sealing.sealed_at:%Y%m%d%H%M%SZ}"),
        tree(element("References", CheckMethod=_SM3), checked),
        stamp,
        tree(element("Seal"), [element("BaseLoc", f"/{_SEAL_PART}")]),
    ]
    root = element("Signature")
    value = element("SignedValue", f"/{_VALUE_PART}")
    return xml(tree(root, [tree(element("SignedInfo"), told), value]))


def _digest(content: bytes) -> str:
    return base64.b64encode(sm2.sm3(content)).decode()


def _value(seal: bytes, signature: bytes, sealing: Sealing) -> bytes:
    """Return the signed value (SES_Signature) over the digest of Signature.xml."""
    identity = sealer()
    told = sequence(
        integer(_LAYOUT),
        seal,
        instant(sealing.sealed_at),
        bits(sm2.sm3(signature)),
        ia5(f"/{_SIGNATURE}"),
    )
    return sequence(
        told,
        octets(identity.certificate),
        object_identifier(SM2_WITH_SM3),
        bits(sm2.sign(identity.private, told)),
    )
