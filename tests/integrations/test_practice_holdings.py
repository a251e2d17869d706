"""The practice library is a province: many holders, every type, files with seals of its own."""

import base64
import io
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from asn1crypto import x509
from lxml import etree
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from clerk import assets
from clerk.app.practice_library import MISBEHAVIOUR
from clerk.domain.certificate import AuthorisationMode, CertificateStatus, Holder
from clerk.domain.errors import RemoteRefused, RemoteUnavailable
from clerk.domain.identifiers import (
    IdKind,
    check_certificate_identifier,
    check_identifier,
)
from integrations.certificate_files import sm2
from integrations.certificates.soap_typed import SoapCertificateLibrary
from integrations.practice.certificate_authority import (
    pdf_sealer,
    practice_authorities,
    seal_maker,
    sealer,
)
from integrations.practice.certificate_makers import made
from integrations.practice.certificate_page import NOTICE, PURPOSE, page_of
from integrations.practice.certificate_stamp import stamp
from integrations.practice.certificate_types import TYPES
from integrations.practice.certlib import CertificateLibrary as PracticeLibrary
from integrations.practice.control import steer
from integrations.practice.holding import Guise, Holding, dressed
from integrations.practice.holdings import (
    HOLDERS_BY_NUMBER,
    HOLDERS_BY_USE_CODE,
    HOLDINGS,
    TYPE_CODES,
)
from integrations.practice.people import AREA, NOODLE_SHOP
from integrations.practice.residents import BODIES, RESIDENTS
from tests.integrations.library_calls import PURPOSE as WHY
from tests.integrations.library_calls import SENT_AT, call, library, profile
from tests.integrations.practice_peer import RunningPeer, running

LICENCE = HOLDINGS[0]
JOINT = next(each for each in HOLDINGS if "^" in each.owner)
RARE = next(each for each in HOLDINGS if each.holder_name == "杨𬭸例")
OFD = "{http://www.ofdspec.org/2016}"


def named(name: str) -> str:
    """Return the number of somebody."""
    return next(one.id_number for one in HOLDERS_BY_NUMBER.values() if one.name == name)


def held_by(name: str) -> list[Holding]:
    covers = HOLDERS_BY_NUMBER[named(name)].covers
    return [each for each in HOLDINGS if each.owner in covers]


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return str(document[0].get_textpage().get_text_range())


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[RunningPeer]:
    with running(PracticeLibrary(tmp_path, lambda: SENT_AT)) as started:
        yield started


@pytest.fixture
def client(peer: RunningPeer) -> SoapCertificateLibrary:
    return library(profile(peer.url, seconds=5, waits=()))


# --- who and what


def test_forty_holders_and_twenty_types_are_served():
    holders = {each.owner for each in HOLDINGS}

    assert len(HOLDERS_BY_NUMBER) == len(HOLDERS_BY_USE_CODE) >= 50
    assert len({number for owner in holders for number in owner.split("^")}) >= 40
    assert len({each.type_name for each in HOLDINGS}) == len(TYPES) >= 20


def test_everybody_is_invented_and_his_number_right():
    """No certificate can be mistaken for a real one: the area exists nowhere."""
    for one in RESIDENTS:
        assert check_identifier(IdKind.RESIDENT_ID, one.id_number, SENT_AT.date()).valid
        assert one.id_number.startswith(AREA)
    for body in BODIES:
        assert check_identifier(IdKind.UNIFIED_CODE, body.code, SENT_AT.date()).valid
        assert body.code[2:8] == AREA


def test_every_type_an_item_asks_for_has_a_certificate_that_can_be_used():
    usable = {each.type_code for each in HOLDINGS if each.status is CertificateStatus.VALID}
    asked = {
        link["type_code"]
        for name in assets.names("resources", "standards")
        for requirement in tomllib.loads(assets.read_text("resources", name))["requirements"]
        if (link := requirement.get("certificate")) is not None
    }

    assert len(asked) >= 6
    assert asked - usable == set()


def test_one_identifier_ends_in_a_wrong_character():
    wrong = [
        each for each in HOLDINGS if not check_certificate_identifier(each.certificate_id).valid
    ]

    assert [each.type_name for each in wrong] == ["医疗机构执业许可证"]
    assert wrong[0].status is CertificateStatus.VALID
    assert len({each.certificate_id for each in HOLDINGS}) == len(HOLDINGS)


def test_the_library_has_what_is_hard_at_a_window():
    statuses = Counter(each.status for each in HOLDINGS)
    formats = {each.formats for each in HOLDINGS}

    assert set(statuses) == set(CertificateStatus)
    assert formats == {("PDF", "OFD"), ("PDF",), ("OFD",), ("PNG",)}
    assert held_by("许空白") == []
    assert len(held_by("示例县示范客运有限公司")) > 30
    assert JOINT.holder_name == "孙样例^吴范例"
    assert JOINT in held_by("孙样例")
    assert JOINT in held_by("吴范例")
    assert [each.holder_name for each in held_by("武曌例")][-1] == "武照例"
    assert max(len(one.name) for one in BODIES) == 60
    assert {"阿依古丽·示例", "龙䶮样", "杨𬭸例"} <= {one.name for one in RESIDENTS}


def test_nothing_that_a_certificate_says_is_left_open():
    """Every gap of a type's texts was filled."""
    for each in HOLDINGS:
        said = [each.number, each.holder_name, *each.fields.values()]
        assert not any("{" in one for one in said)
        assert "^" not in "".join(name for name in each.fields)


# --- files


@pytest.mark.parametrize("file_format", ["PDF", "OFD", "PNG"])
def test_a_file_is_the_same_bytes_each_time_it_is_made(file_format: str):
    first = RARE.file(1, file_format)

    assert made(RARE, 1, file_format) == first
    assert made(RARE, 2, file_format) != first
    assert 20_000 < len(first) < 200_000


@pytest.mark.parametrize("holding", [LICENCE, JOINT, RARE], ids=lambda one: one.type_name)
def test_a_pdf_says_what_the_library_says(holding: Holding):
    told = text_of(holding.file(1)).replace("\r\n", "")

    for said in (holding.number, holding.holder_name, holding.issuer_name, holding.type_name):
        assert said in told
    assert NOTICE in told


def test_an_ofd_has_its_parts_its_metadata_and_its_own_font():
    parts = parts_of(RARE.file(1, "OFD"))
    entry = etree.fromstring(parts["OFD.xml"])
    page = etree.fromstring(parts["Doc_0/Pages/Page_0/Content.xml"])
    mark = etree.fromstring(parts["Doc_0/Annots/Page_0/Annotation.xml"])

    assert set(parts) == {
        "OFD.xml",
        "Doc_0/Document.xml",
        "Doc_0/PublicRes.xml",
        "Doc_0/Res/PracticeSans.otf",
        "Doc_0/Tpls/Tpl_0/Content.xml",
        "Doc_0/Pages/Page_0/Content.xml",
        "Doc_0/Annots/Annotations.xml",
        "Doc_0/Annots/Page_0/Annotation.xml",
        "Doc_0/Signs/Signatures.xml",
        "Doc_0/Signs/Sign_0/Signature.xml",
        "Doc_0/Signs/Sign_0/Seal.esl",
        "Doc_0/Signs/Sign_0/SignedValue.dat",
    }
    told = {one.get("Name"): one.text for one in entry.iter(f"{OFD}CustomData")}
    assert told["ZZBS"] == RARE.certificate_id
    assert (told["CZZT"], told["CZZTDM"]) == (RARE.holder_name, RARE.owner)
    lines = [one.text for one in page.iter(f"{OFD}TextCode")]
    assert {RARE.holder_name, RARE.issuer_name, f"证照编号：{RARE.number}"} <= set(lines)
    assert {one.text for one in mark.iter(f"{OFD}TextCode")} == {NOTICE, PURPOSE}


def test_every_part_of_an_ofd_is_under_its_seal():
    parts = parts_of(LICENCE.file(1, "OFD"))
    signature = etree.fromstring(parts["Doc_0/Signs/Sign_0/Signature.xml"])
    covered = {
        one.get("FileRef", "").lstrip("/"): base64.b64decode(one.findtext(f"{OFD}CheckValue") or "")
        for one in signature.iter(f"{OFD}Reference")
    }

    assert set(parts) - set(covered) == {
        "Doc_0/Signs/Sign_0/Signature.xml",
        "Doc_0/Signs/Sign_0/SignedValue.dat",
    }
    assert all(sm2.sm3(parts[name]) == digest for name, digest in covered.items())


def test_a_pdf_is_sealed_by_the_practice_authority():
    roots = [x509.Certificate.load(practice_authorities()[1])]
    found = PdfFileReader(io.BytesIO(LICENCE.file(1))).embedded_signatures

    told = validate_pdf_signature(found[0], ValidationContext(trust_roots=roots))

    assert (told.intact, told.valid, told.trusted) == (True, True, True)


def test_the_sealers_were_certified_by_the_practice_roots():
    """Both families; the names on them say what they are worth."""
    sm2_root, rsa_root = map(x509.Certificate.load, practice_authorities())

    for one in (sealer().certificate, seal_maker().certificate):
        below = x509.Certificate.load(one)
        root_key = sm2_root.public_key["public_key"].native
        told = below["tbs_certificate"].dump()
        assert sm2.verify(root_key, below["signature_value"].native, told)
        assert below.issuer == sm2_root.subject
    assert x509.Certificate.load(pdf_sealer().der).issuer == rsa_root.subject
    assert "仅供练习" in sm2_root.subject.human_friendly
    assert "仅供练习" in rsa_root.subject.human_friendly


def test_a_practice_counter_trusts_the_roots_that_the_authority_makes():
    """The counter reads them as they were laid down; making them takes it too long."""
    folder = "practice/authority/practice-only-root"
    laid_down = [assets.read_bytes("resources", f"{folder}-{kind}.cer") for kind in ("sm2", "rsa")]

    assert tuple(laid_down) == practice_authorities()


@pytest.mark.parametrize("file_format", ["PDF", "OFD"])
def test_each_flaw_is_another_file(file_format: str):
    flaws = (Guise.CHANGED_BYTE, Guise.HALF_COVERED, Guise.UNSEALED, Guise.TRUNCATED)
    good = LICENCE.file(1, file_format)
    flawed = {flaw: dressed(LICENCE, flaw).file(1, file_format) for flaw in flaws}

    assert len({good, *flawed.values()}) == 5
    assert len(flawed[Guise.TRUNCATED]) < len(good)
    if file_format == "PDF":
        changed = zip(good, flawed[Guise.CHANGED_BYTE], strict=True)
        assert sum(one != other for one, other in changed) == 1
        assert flawed[Guise.HALF_COVERED].startswith(good)
        assert not PdfFileReader(io.BytesIO(flawed[Guise.UNSEALED])).embedded_signatures
    else:
        before, after = parts_of(good), parts_of(flawed[Guise.CHANGED_BYTE])
        assert [name for name in before if before[name] != after[name]] == [
            "Doc_0/Pages/Page_0/Content.xml"
        ]
        assert not any("Signs" in name for name in parts_of(flawed[Guise.UNSEALED]))


def test_no_line_leaves_its_page():
    """Also those of the longest name, and of the certificate with the most to say."""
    for each in HOLDINGS:
        page = page_of(each, 1)
        assert all(0 < one.y < page.height for one in page.words)
        assert all(12 < one.x < page.width - 12 for one in page.words)


def test_a_seal_is_a_picture_of_its_authority():
    assert stamp("示例县公安局").startswith(b"\x89PNG")
    assert stamp("示例县公安局") != stamp("示例县民政局")


# --- misbehaviour


def test_the_training_menu_asks_for_nothing_the_peer_does_not_know(peer: RunningPeer):
    """Each control is taken, the last of them mends everything."""
    for _, orders in MISBEHAVIOUR.values():
        for order in orders:
            peer.control(order)
    assert list(MISBEHAVIOUR)[-1] == "证照库恢复正常"


def test_a_certificate_is_shown_as_what_the_trainer_says(
    client: SoapCertificateLibrary, peer: RunningPeer
):
    def told() -> tuple[CertificateStatus, str, str]:
        _, found = client.verify_use_code(call(), NOODLE_SHOP.use_code, WHY)
        return found[0].status, found[0].holder_name, found[0].fields["名称"]

    plain = told()
    peer.control({"holding": "*", "as": "revoked"})
    peer.control({"holding": LICENCE.certificate_id, "as": "wrong_holder"})
    strange = told()
    peer.control({"holding": LICENCE.certificate_id, "as": "expired"})
    expired = told()
    peer.control({"holding": "*", "as": "normal"})

    assert plain == (CertificateStatus.VALID, NOODLE_SHOP.name, NOODLE_SHOP.name)
    assert strange == (CertificateStatus.VALID, "冒名者", "冒名者")
    assert expired == (CertificateStatus.EXPIRED, NOODLE_SHOP.name, NOODLE_SHOP.name)
    assert told() == plain


def test_a_flawed_file_comes_with_the_digest_of_what_is_sent(
    client: SoapCertificateLibrary, peer: RunningPeer
):
    """The library's own files were altered: only their seals can tell."""
    peer.control({"holding": "*", "as": "changed_byte"})
    leave, _ = client.verify_use_code(call(), NOODLE_SHOP.use_code, WHY)
    known = (leave.authorisation_id, LICENCE.certificate_id, "OFD", WHY)

    part = client.fetch_chunk(call(), *known, 0, 1 << 20, "")

    assert part.last
    assert part.digest == sm2.sm3(part.content).hex()
    assert part.content == dressed(LICENCE, Guise.CHANGED_BYTE).file(1, "OFD")
    assert part.file_name.endswith(".ofd")


def test_a_format_that_is_not_there_is_refused(client: SoapCertificateLibrary):
    only = next(each for each in HOLDINGS if each.formats == ("OFD",))
    holder = Holder(name=only.holder_name, id_type="111", id_number=only.owner)
    leave = client.request_authorisation(call(), holder, (), WHY, AuthorisationMode.BY_DUTY)
    page = client.query(call(), leave.authorisation_id, holder, (), WHY, 1, 10)

    assert page.certificates[-1].formats == ("OFD",)
    with pytest.raises(RemoteRefused):
        client.fetch_chunk(
            call(), leave.authorisation_id, only.certificate_id, "PDF", WHY, 0, 500, ""
        )


def test_a_fleet_comes_in_pages(client: SoapCertificateLibrary):
    name = "示例县示范客运有限公司"
    holder = Holder(name=name, id_type="001", id_number=named(name))
    leave = client.request_authorisation(call(), holder, (), WHY, AuthorisationMode.BY_DUTY)
    wanted = (TYPE_CODES["机动车行驶证"],)

    pages = [
        client.query(call(), leave.authorisation_id, holder, wanted, WHY, index, 20)
        for index in (1, 2)
    ]

    assert [page.total for page in pages] == [36, 36]
    found = [each.certificate_id for page in pages for each in page.certificates]
    assert len(set(found)) == 36


def test_a_peer_that_is_gone_is_said_so():
    with pytest.raises(RemoteUnavailable):
        steer("http://127.0.0.1:9/control", {"fault": "none"})
