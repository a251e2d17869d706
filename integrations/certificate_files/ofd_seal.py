"""Checks the seals on an OFD file (GB/T 33190, 18; GB/T 38540): is what was sealed as it was?

A seal vouches for its Signature.xml, that for the digests of the parts, and they for the parts.
Everything else in the file lies outside of the seal, unless it belongs to the seals themselves.
"""

import base64
import binascii
import posixpath
from collections.abc import Sequence
from typing import Final

from lxml import etree

from clerk.domain.certificate_file import SealFinding, SealState
from clerk.values import dataclass, replace
from integrations.certificate_files.bare_signature import BareSignature, read_bare_signature
from integrations.certificate_files.der import DerBroken
from integrations.certificate_files.guard import FileFlawed, Flaw
from integrations.certificate_files.ofd_package import ROOT, OfdPackage, child_text, children
from integrations.certificate_files.seal_value import SealValue, digest, read_seal_value
from integrations.certificate_files.sm_certificate import (
    CertificateUnread,
    MethodUnknown,
    SealCertificate,
    leads_to,
    read_certificate,
)
from integrations.certificate_files.why import Why

MOST_SEALS: Final = 50
MOST_REFERENCES: Final = 20_000

_BARE_SIGNATURE: Final = "Sign"
_VALUE: Final = ".dat"
_SEAL: Final = ".esl"


@dataclass(frozen=True, slots=True)
class _Listed:
    """A seal as the list names it: where its Signature.xml is, in which list it stands."""

    listing: str
    place: str
    bare: bool


@dataclass(frozen=True, slots=True)
class _Cover:
    """What a seal's digests say: the parts that are as they were, those that are not.

    ``outside`` tells that the file has parts which the seal does not cover.
    """

    kept: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    unknown: bool = False
    outside: bool = False
    total: int = 0


class _Doubtful(Exception):
    """The seal is not as it was, or cannot be checked."""

    def __init__(self, state: SealState, why: Why) -> None:
        super().__init__(why)
        self.state = state
        self.why = why


def ofd_seals(
    package: OfdPackage, authorities: Sequence[SealCertificate]
) -> tuple[SealFinding, ...]:
    """Return what is found of every seal on the file, in its order.

    Raises:
        FileFlawed: a part that lists the seals is damaged, or lists too many.
    """
    listed = _listed(package)
    own = _seals_own_parts(package, listed)
    found: list[tuple[_Listed, _Cover, SealFinding]] = []
    for seal in listed:
        try:
            told = package.xml(seal.place)
            cover = _cover(package, seal.place, told, own)
            finding = _look(package, seal, told, authorities)
        except (FileFlawed, DerBroken):
            cover = _Cover()
            finding = SealFinding(state=SealState.UNDECIDED, why=Why.UNREAD)
        finding = replace(finding, covered=len(cover.kept), parts=cover.total)
        found.append((seal, cover, _by_parts(finding, seal, cover)))
    return tuple(
        _covered_later(finding, seal, cover, found[number + 1 :])
        for number, (seal, cover, finding) in enumerate(found)
    )


def _listed(package: OfdPackage) -> tuple[_Listed, ...]:
    found = []
    for listing in dict.fromkeys(body.signatures for body in package.doc_bodies):
        if listing and listing in package.names:
            for seal in children(package.xml(listing), "Signature"):
                place = package.resolve(listing, seal.get("BaseLoc", ""))
                found.append(_Listed(listing, place, seal.get("Type") == _BARE_SIGNATURE))
    if len(found) > MOST_SEALS:
        raise FileFlawed(Flaw.TOO_MANY_PARTS)
    return tuple(found)


def _seals_own_parts(package: OfdPackage, listed: Sequence[_Listed]) -> frozenset[str]:
    """Return what no seal need cover: the entry of the file, the lists, what the seals consist of.

    The entry only says which document is shown, and that one is covered or counts as outside. The
    copy of a seal beside its value is not what is shown, except for a signature without a seal.
    """
    kinds = {
        posixpath.dirname(seal.place): (_VALUE,) if seal.bare else (_VALUE, _SEAL)
        for seal in listed
    }
    values = {
        name for name in package.names if name.endswith(kinds.get(posixpath.dirname(name), ()))
    }
    places = {seal.place for seal in listed} | {seal.listing for seal in listed}
    return frozenset({ROOT} | places | values)


def _look(
    package: OfdPackage,
    seal: _Listed,
    told: etree._Element,
    authorities: Sequence[SealCertificate],
) -> SealFinding:
    """Return what the seal's value says of itself and of its Signature.xml."""
    content = package.read(package.resolve(seal.place, child_text(told, "SignedValue")))
    try:
        if seal.bare:
            signature = read_bare_signature(content)
            return _look_at_bare(signature, package.read(seal.place), authorities)
        value = read_seal_value(content)
        signer = read_certificate(value.certificate)
    except (DerBroken, CertificateUnread):
        return SealFinding(state=SealState.UNDECIDED, why=Why.METHOD if seal.bare else Why.UNREAD)
    finding = SealFinding(
        state=SealState.INTACT,
        name=value.name,
        signer=signer.subject,
        method=signer.method,
        signed_at=value.signed_at,
        trusted=_trusted(value, signer, authorities),
    )
    try:
        _check_value(value, signer, package.read(seal.place))
    except _Doubtful as doubt:
        return replace(finding, state=doubt.state, why=doubt.why)
    return finding


def _look_at_bare(
    signature: BareSignature, sealed: bytes, authorities: Sequence[SealCertificate]
) -> SealFinding:
    """Return what a signature without a seal says; intact only where its signer is known."""
    signer, at = signature.signer, signature.signed_at
    every = (signer, *signature.others)
    led = [leads_to(one, authorities, at, signature.others) for one in every] if at else [None]
    finding = SealFinding(
        state=SealState.INTACT,
        signer=signer.subject,
        method=signer.method,
        signed_at=at,
        trusted=led[0],
    )
    if not signature.holds(sealed):
        return replace(finding, state=SealState.CHANGED, why=Why.SIGNATURE_FILE)
    try:
        if not signature.is_over(sealed):
            return replace(finding, state=SealState.CHANGED, why=Why.VALUE)
    except MethodUnknown:
        return replace(finding, state=SealState.UNDECIDED, why=Why.METHOD)
    if not all(led):
        return replace(finding, state=SealState.UNDECIDED, why=Why.SIGNER)
    return finding


def _cover(package: OfdPackage, place: str, told: etree._Element, own: frozenset[str]) -> _Cover:
    """Compare every part that is listed in a Signature.xml with its digest there."""
    kept, changed, unknown = set(), set(), False
    info = children(told, "SignedInfo")
    lists = [each for one in info for each in children(one, "References")]
    references = [(each, one) for each in lists for one in children(each, "Reference")]
    if len(references) > MOST_REFERENCES:
        raise FileFlawed(Flaw.TOO_MANY_PARTS)
    for each, reference in references:
        part = package.resolve(place, reference.get("FileRef", ""))
        if part not in package.names:
            changed.add(part)
            continue
        now = digest(each.get("CheckMethod", ""), package.read(part))
        if now is None:
            unknown = True
        elif now == _octets(child_text(reference, "CheckValue")):
            kept.add(part)
        else:
            changed.add(part)
    kept -= changed
    outside = bool(package.names - own - kept)
    return _Cover(frozenset(kept), frozenset(changed), unknown, outside, len(references))


def _octets(written: str) -> bytes:
    try:
        return base64.b64decode(written)
    except (binascii.Error, ValueError):
        return b""


def _check_value(value: SealValue, signer: SealCertificate, sealed: bytes) -> None:
    """Check everything in the seal's value against everything else in it; raises ``_Doubtful``."""
    try:
        if not value.holds_hash_of(sealed):
            raise _Doubtful(SealState.CHANGED, Why.SIGNATURE_FILE)
        if not signer.signed_this(value.method, value.signature, value.signed):
            raise _Doubtful(SealState.CHANGED, Why.VALUE)
        if not value.may_be_used_with(signer.der):
            raise _Doubtful(SealState.CHANGED, Why.OWNER)
        maker = read_certificate(value.maker.certificate)
        made = value.maker
        if not any(
            maker.signed_this(made.method, made.signature, message) for message in made.messages
        ):
            raise _Doubtful(SealState.CHANGED, Why.MAKER)
    except (MethodUnknown, CertificateUnread) as error:
        raise _Doubtful(SealState.UNDECIDED, Why.METHOD) from error
    if value.stamps:
        raise _Doubtful(SealState.UNDECIDED, Why.STAMP)


def _trusted(
    value: SealValue, signer: SealCertificate, authorities: Sequence[SealCertificate]
) -> bool | None:
    """Return whether who sealed was issued to by a trusted authority, and in his days."""
    if value.signed_at is None:
        return None
    trusted = leads_to(signer, authorities, value.signed_at)
    in_its_days = value.not_before <= value.signed_at <= value.not_after
    return trusted and in_its_days


def _by_parts(finding: SealFinding, seal: _Listed, cover: _Cover) -> SealFinding:
    """Return the finding once the digests of the parts are counted in as well."""
    if finding.state is SealState.CHANGED:
        return finding
    if cover.changed:
        only_list = cover.changed == {seal.listing} and not cover.unknown
        if only_list and finding.state is not SealState.INTACT:
            return finding
        return replace(finding, state=SealState.CHANGED, why=Why.LIST if only_list else Why.PARTS)
    if finding.state is not SealState.INTACT:
        return finding
    if cover.unknown:
        return replace(finding, state=SealState.UNDECIDED, why=Why.METHOD)
    if cover.outside:
        return replace(finding, state=SealState.PARTLY, why=Why.OUTSIDE)
    return finding


def _covered_later(
    finding: SealFinding,
    seal: _Listed,
    cover: _Cover,
    later: Sequence[tuple[_Listed, _Cover, SealFinding]],
) -> SealFinding:
    """Return the finding of a seal whose list alone grew, where a later intact seal covers that."""
    if finding.why != Why.LIST:
        return finding
    for _, other, other_finding in later:
        covers = not other.kept.isdisjoint({seal.listing, seal.place})
        if covers and other_finding.state is SealState.INTACT:
            if cover.outside:
                return replace(finding, state=SealState.PARTLY, why=Why.OUTSIDE)
            return replace(finding, state=SealState.RESEALED, why=Why.NOTHING)
    return finding
