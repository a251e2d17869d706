"""Is what was sealed as it was? Every answer, on files that were sealed octet by octet by hand."""

import random
from dataclasses import replace

import pytest

from clerk.domain.certificate_file import FileLook, SealFinding, SealState
from integrations.certificate_files import sm2
from integrations.certificate_files.guard import FileFlawed
from integrations.certificate_files.ofd_package import OfdPackage
from integrations.certificate_files.ofd_seal import ofd_seals
from integrations.certificate_files.sm_certificate import read_authorities, read_certificate
from integrations.certificate_files.why import Why
from tests.integrations.sealed_ofd import (
    FIRST,
    LIST,
    PAGE,
    SEAL_NAME,
    SECOND,
    SM2_MAKER,
    SM2_ROOT,
    SM2_SEAL_MAKER,
    SM2_SEALER,
    SM2_SIGNER,
    Parts,
    Seal,
    bare,
    document,
    flipped,
    packed,
    rsa_sealer,
    sealed,
)

AUTHORITIES = read_authorities([SM2_ROOT])
NEW_PAGE = "Doc_0/Annots/Page_0/Annotation.xml"


def found(parts: Parts, authorities=AUTHORITIES) -> tuple[SealFinding, ...]:
    return ofd_seals(OfdPackage(packed(parts)), authorities)


def state(parts: Parts) -> tuple[str, str]:
    finding = found(parts)[0]
    return finding.state, finding.why


def by_rsa(**more) -> Seal:
    return Seal(sealer=rsa_sealer(), maker=rsa_sealer(), **more)


def test_a_sealed_file_is_intact_and_tells_who_sealed_it_and_when():
    (finding,) = found(sealed(document(pages=2), Seal()))

    assert (finding.state, finding.why) == (SealState.INTACT, "")
    assert (finding.name, finding.signer) == (SEAL_NAME, "练习签章人")
    assert finding.method == "SM2"
    assert f"{finding.signed_at:%Y-%m-%d %H:%M %z}" == "2027-03-18 01:00 +0000"
    assert (finding.covered, finding.parts) == (5, 5)
    assert finding.trusted is True


@pytest.mark.parametrize(
    "seal",
    [
        Seal(layout=1),
        Seal(layout=5),
        Seal(owners_by_digest=True),
        Seal(method="SM3"),
        Seal(method="2.16.840.1.101.3.4.2.1"),
        Seal(method="SHA1"),
        Seal(method=""),
        Seal(left_out=frozenset({"OFD.xml"})),
    ],
)
def test_every_layout_and_digest_of_the_standards_is_read(seal):
    assert state(sealed(document(), seal)) == (SealState.INTACT, "")


def test_a_seal_by_rsa_is_intact_too():
    (finding,) = found(sealed(document(), by_rsa()))

    assert (finding.state, finding.method) == (SealState.INTACT, "RSA")


@pytest.mark.parametrize(
    ("authorities", "trusted"), [((), None), ((SM2_MAKER,), False), ((SM2_SIGNER,), True)]
)
def test_trust_is_what_this_counter_was_given_and_nothing_else(authorities, trusted):
    (finding,) = found(sealed(document(), Seal()), read_authorities(authorities))

    assert (finding.state, finding.trusted) == (SealState.INTACT, trusted)


@pytest.mark.parametrize("sealed_at", ["20261231235959Z", "20370101000001Z", "20250101000000Z"])
def test_a_seal_used_outside_of_its_days_is_not_trusted(sealed_at):
    (finding,) = found(sealed(document(), Seal(sealed_at=sealed_at)))

    assert (finding.state, finding.trusted) == (SealState.INTACT, False)


def test_a_file_that_nobody_sealed_has_no_seal():
    parts = document()

    assert found(parts) == ()
    assert FileLook(pages=1).seal is SealState.NONE


def test_a_changed_page_is_named_as_such():
    parts = sealed(document(pages=2), Seal())
    parts[PAGE] = parts[PAGE].replace(b"L 20 0", b"L 21 0")

    (finding,) = found(parts)

    assert (finding.state, finding.why) == (SealState.CHANGED, Why.PARTS)
    assert (finding.covered, finding.parts) == (4, 5)


def test_a_part_that_is_gone_is_a_change():
    parts = sealed(document(pages=2), Seal())
    del parts[PAGE]

    assert state(parts) == (SealState.CHANGED, Why.PARTS)


@pytest.mark.parametrize("left_out", [PAGE, "Doc_0/Document.xml"])
def test_what_the_seal_left_out_makes_it_cover_in_part(left_out):
    assert state(sealed(document(), Seal(left_out=frozenset({left_out})))) == (
        SealState.PARTLY,
        Why.OUTSIDE,
    )


def test_what_came_into_the_file_later_makes_it_cover_in_part():
    parts = sealed(document(), Seal())
    parts[NEW_PAGE] = b"<Annotation/>"

    assert state(parts) == (SealState.PARTLY, Why.OUTSIDE)


def test_the_copy_of_a_seal_is_nothing_outside_but_a_picture_without_a_seal_is():
    copy = {f"{FIRST}/Seal.esl": b"a seal"}

    assert state(sealed(document(), Seal()) | copy) == (SealState.INTACT, "")
    assert state(bare(document()) | copy) == (SealState.PARTLY, Why.OUTSIDE)


def test_a_second_intact_seal_makes_the_first_one_resealed():
    findings = found(sealed(document(), Seal(), Seal(place=SECOND)))

    assert [finding.state for finding in findings] == [SealState.RESEALED, SealState.INTACT]
    assert FileLook(pages=1, seals=findings).seal is SealState.RESEALED


def test_a_second_seal_that_is_not_intact_excuses_nothing():
    parts = sealed(document(), Seal(), Seal(place=SECOND))
    parts[f"{SECOND}/SignedValue.dat"] = parts[f"{FIRST}/SignedValue.dat"]

    first, second = found(parts)

    assert (first.state, first.why) == (SealState.CHANGED, Why.LIST)
    assert (second.state, second.why) == (SealState.CHANGED, Why.SIGNATURE_FILE)


def test_what_came_between_two_seals_is_outside_of_the_first_one():
    parts = document() | {NEW_PAGE: b"<Annotation/>"}
    before = Seal(left_out=frozenset({NEW_PAGE}))

    first, second = found(sealed(parts, before, Seal(place=SECOND)))

    assert (first.state, first.why) == (SealState.PARTLY, Why.OUTSIDE)
    assert second.state is SealState.INTACT


def test_a_list_that_is_not_as_it_was_is_a_change_unless_a_later_seal_covers_it():
    parts = sealed(document(), Seal(), Seal(place=SECOND))
    parts[LIST] = parts[LIST].replace(b'ID="0"', b'ID="7"')

    first, second = found(parts)

    assert (first.state, second.state) == (SealState.CHANGED, SealState.CHANGED)
    assert second.why == Why.LIST


@pytest.mark.parametrize(
    ("seal", "why"),
    [
        (Seal(sealer=replace(SM2_SEALER, sign=SM2_SEAL_MAKER.sign)), Why.VALUE),
        (Seal(owners=(SM2_MAKER,)), Why.OWNER),
        (Seal(owners=()), Why.OWNER),
        (Seal(owners=(SM2_MAKER,), owners_by_digest=True), Why.OWNER),
        (Seal(made_with=SM2_SEALER.sign), Why.MAKER),
        (Seal(layout=1, made_with=SM2_SEALER.sign), Why.MAKER),
    ],
)
def test_a_seal_that_is_not_what_it_says_was_changed(seal, why):
    assert state(sealed(document(), seal)) == (SealState.CHANGED, why)


@pytest.mark.parametrize(
    ("seal", "why"),
    [
        (Seal(method="1.2.156.10197.1.401.2"), Why.METHOD),
        (Seal(sealer=replace(SM2_SEALER, method="1.2.3.4")), Why.METHOD),
        (Seal(maker=replace(SM2_SEAL_MAKER, method="1.2.3.4")), Why.METHOD),
        (Seal(stamp=b"somebody's time"), Why.STAMP),
        (Seal(sealer=replace(SM2_SEALER, certificate=b"no certificate")), Why.UNREAD),
    ],
)
def test_what_cannot_be_checked_is_left_undecided(seal, why):
    assert state(sealed(document(), seal)) == (SealState.UNDECIDED, why)


def test_a_signature_without_a_seal_is_intact_where_its_signer_is_known():
    (finding,) = found(bare(document()))

    assert (finding.state, finding.why, finding.trusted) == (SealState.INTACT, "", True)
    assert (finding.signer, finding.name) == ("练习签章人", "")


@pytest.mark.parametrize("authorities", [(), (SM2_MAKER,)])
def test_a_signature_without_a_seal_by_a_stranger_is_left_undecided(authorities):
    (finding,) = found(bare(document()), read_authorities(authorities))

    assert (finding.state, finding.why) == (SealState.UNDECIDED, Why.SIGNER)


def test_a_signature_that_tells_no_time_cannot_be_followed_to_an_authority():
    assert state(bare(document(), attributes=False)) == (SealState.UNDECIDED, Why.SIGNER)


@pytest.mark.parametrize("attributes", [True, False])
def test_a_signature_without_a_seal_over_something_else_was_changed(attributes):
    parts = bare(document(), attributes=attributes)
    signed = parts[f"{FIRST}/Signature.xml"]

    assert state(parts | {f"{FIRST}/Signature.xml": signed + b"\n"}) == (
        SealState.CHANGED,
        Why.SIGNATURE_FILE,
    )


def test_a_signature_without_a_seal_by_another_key_was_changed():
    another = replace(SM2_SEALER, sign=SM2_SEAL_MAKER.sign)

    assert state(bare(document(), sealer=another)) == (SealState.CHANGED, Why.VALUE)


def test_a_naked_signature_is_left_undecided():
    parts = bare(document()) | {f"{FIRST}/SignedValue.dat": bytes(64)}

    assert state(parts) == (SealState.UNDECIDED, Why.METHOD)


def test_a_changed_page_under_a_naked_signature_is_a_change_all_the_same():
    parts = bare(document()) | {f"{FIRST}/SignedValue.dat": bytes(64), PAGE: b"<Page/>"}

    assert state(parts) == (SealState.CHANGED, Why.PARTS)


@pytest.mark.parametrize("name", ["Signature.xml", "SignedValue.dat"])
def test_a_seal_whose_own_parts_are_gone_is_left_undecided(name):
    parts = sealed(document(), Seal())
    del parts[f"{FIRST}/{name}"]

    assert state(parts) == (SealState.UNDECIDED, Why.UNREAD)


@pytest.mark.parametrize(
    ("seal", "flips"), [(Seal(), 3), (Seal(layout=1), 2), (None, 30)], ids=["V4", "V1", "RSA"]
)
def test_no_single_changed_octet_of_a_sealed_file_leaves_it_intact(seal, flips):
    """Octets of every part and of the seal itself, chosen by a fixed seed."""
    parts = sealed(document(pages=2), seal or by_rsa())
    chosen = random.Random(5)
    intact = []
    for name, content in parts.items():
        for _ in range(flips):
            at, bit = chosen.randrange(len(content)), chosen.randrange(8)
            try:
                states = {finding.state for finding in found(flipped(parts, name, at, bit))}
            except FileFlawed:
                continue
            if states & {SealState.INTACT, SealState.RESEALED, SealState.PARTLY}:
                intact.append((name, at, bit))

    assert intact == []


def test_no_octet_of_a_signature_without_a_seal_is_idle():
    parts = bare(document())
    name = f"{FIRST}/SignedValue.dat"
    size = len(parts[name])

    states = {found(flipped(parts, name, at, at % 8))[0].state for at in range(0, size, 31)}

    assert states == {SealState.CHANGED, SealState.UNDECIDED}


def test_every_octet_of_the_value_around_the_picture_counts():
    """Lengths, tags, object numbers, the certificate: there is no idle octet in a seal."""
    parts = sealed(document(), by_rsa())
    name = f"{FIRST}/SignedValue.dat"
    size = len(parts[name])

    states = {found(flipped(parts, name, at, at % 8))[0].state for at in range(0, size, 29)}

    assert states == {SealState.CHANGED, SealState.UNDECIDED}


class TestSm2:
    """Against the example of GB/T 32918.5, A.2, and against the openssl command."""

    PRIVATE = 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8
    POINT = bytes.fromhex(
        "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
    )
    RAW = bytes.fromhex(
        "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
        "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
    )

    def test_the_standards_own_example_is_confirmed(self):
        assert sm2.public_point(self.PRIVATE) == self.POINT
        assert sm2.verify(self.POINT, self.RAW, b"message digest")
        assert not sm2.verify(self.POINT, self.RAW, b"message digesT")

    def test_the_digest_is_that_of_the_standard(self):
        assert sm2.sm3(b"abc").hex() == (
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
        )

    def test_a_certificate_that_openssl_issued_is_confirmed(self):
        (root,) = AUTHORITIES

        assert root.issued(read_certificate(SM2_SIGNER)) is True
        assert root.issued(root) is True

    def test_a_signature_of_ours_is_the_same_each_time_and_confirmed(self):
        signature = sm2.sign(self.PRIVATE, b"practice")

        assert signature == sm2.sign(self.PRIVATE, b"practice")
        assert sm2.verify(self.POINT, signature, b"practice")
        assert not sm2.verify(self.POINT, signature, b"practice", uid=b"somebody else")

    @pytest.mark.parametrize(
        ("point", "signature"),
        [
            (POINT[:-1], RAW),
            (b"\x03" + POINT[1:], RAW),
            (POINT[:-1] + b"\x14", RAW),
            (POINT, bytes(64)),
            (POINT, sm2.N.to_bytes(32, "big") + RAW[32:]),
            (POINT, b""),
            (POINT, b"\x30\x03\x02\x01"),
            (POINT, RAW + b"\0"),
        ],
    )
    def test_what_is_no_key_or_no_signature_has_signed_nothing(self, point, signature):
        assert sm2.verify(point, signature, b"message digest") is False
