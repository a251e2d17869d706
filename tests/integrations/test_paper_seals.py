"""The practice hall's seals: whole papers, one key an office, and no changed bit goes unseen."""

import random
import re
import subprocess
from datetime import UTC, datetime

import pypdfium2
import pytest

from clerk import assets
from clerk.domain.certificate_file import SealState
from clerk.domain.errors import SealUnavailable
from clerk.domain.issued import PlacedValue
from clerk.domain.paper_seal import SealOrder
from integrations.certificate_files.pdf_seal import pdf_seals
from integrations.certificate_files.sm_certificate import read_authorities
from integrations.seals.authority import holder, root
from integrations.seals.practice import PracticeSeals
from integrations.seals.signing import sealed
from tests.integrations.sealed_pdf import document

AT = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
CODE, OFFICE = "11990123MB00000018", "示例县市场监督管理局"


def seal(pdf: bytes, picture: tuple[str, str] | None = None, office: str = OFFICE) -> bytes:
    return sealed(
        pdf,
        holder(CODE, office),
        name=f"{office}受理专用章",
        at=AT,
        page=1,
        box=(300, 300, 340, 340),
        picture=picture,
    )


@pytest.fixture(scope="module")
def paper() -> bytes:
    return document()


@pytest.fixture(scope="module")
def once(paper) -> bytes:
    return seal(paper)


def found(content: bytes):
    return pdf_seals(content, read_authorities([root()]))


def test_a_seal_stands_behind_the_paper_and_changes_none_of_its_bytes(paper, once):
    assert once.startswith(paper)


def test_the_seal_tells_who_when_and_under_which_authority(once):
    (told,) = found(once)

    assert (told.state, told.trusted, told.method) == (SealState.INTACT, True, "ECDSA")
    assert (told.name, told.signer, told.signed_at) == (f"{OFFICE}受理专用章", OFFICE, AT)
    assert told.issuers == ("示例省练习印章根证书（仅供练习）",)


def test_no_changed_bit_is_called_intact(once):
    """In what was drawn, in the signature, in its padding and in the file's own tables."""
    chosen = random.Random(6)
    places = set(chosen.sample(range(len(once)), 60))
    places |= {once.rindex(word) + 4 for word in (b"/Contents", b"/ByteRange", b"/Rect", b"/Name")}
    called = {place: states(turned(once, place, chosen.randrange(8))) for place in places}

    assert {place for place, told in called.items() if SealState.INTACT in told} == set()


def states(content: bytes) -> set[SealState]:
    return {one.state for one in found(content)}


def turned(content: bytes, place: int, bit: int) -> bytes:
    return content[:place] + bytes([content[place] ^ (1 << bit)]) + content[place + 1 :]


def test_what_is_added_later_is_no_part_of_what_was_sealed(once):
    added = once + b"\n" + once[once.rindex(b"\n9 ") :] if b"\n9 " in once else once + b"%later\n"

    assert SealState.INTACT not in states(added)


def test_another_program_finds_the_signature_valid(once, tmp_path):
    """poppler reads it with a library of its own."""
    file = tmp_path / "sealed.pdf"
    file.write_bytes(once)

    told = subprocess.run(["pdfsig", file], capture_output=True, text=True, check=False).stdout

    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert f"Common Name: {OFFICE}" in told


def test_the_same_office_has_one_key_and_another_office_another():
    mine, again, other = holder(CODE, OFFICE), holder(CODE, OFFICE), holder("1", OFFICE)

    assert mine.certificate == again.certificate
    assert mine.certificate != other.certificate


def test_a_long_name_of_an_office_is_sealed_under_as_well(paper):
    long = "示例省示例市" * 20

    (told,) = found(seal(paper, (long, "受理专用章"), long))

    assert (told.state, told.trusted) == (SealState.INTACT, True)
    assert (told.name, told.signer) == (f"{long}受理专用章", long[:60])


def test_the_root_lies_beside_the_others_as_it_is_made():
    laid_down = assets.read_bytes("resources", "practice/authority/practice-only-root-seal.cer")

    assert laid_down == root()


def test_a_page_without_a_drawn_seal_gets_its_picture(paper):
    def red(pdf: bytes) -> int:
        with pypdfium2.PdfDocument(pdf) as opened:
            opened.init_forms()
            picture = opened[0].render(scale=1).to_pil().convert("RGB")
        told = picture.tobytes()
        return sum(r > 150 and g < 110 for r, g in zip(told[::3], told[1::3], strict=True))

    assert red(seal(paper, (OFFICE, "受理专用章"))) > red(seal(paper)) + 100


def test_the_field_is_printed_and_has_a_look_as_an_archive_asks(once):
    behind = once[len(document()) :]
    (field,) = re.findall(rb"obj\n<<((?:(?!endobj).)*/FT /Sig.*?)endobj", behind, re.DOTALL)
    (flags,) = re.findall(rb"/F (\d+)", field)

    assert int(flags) & 0b100
    assert int(flags) & 0b100011 == 0
    assert b"/AP" in field


def test_what_is_no_pdf_is_not_sealed():
    service = PracticeSeals(seconds=60)
    place = PlacedValue(field="seal", page=1, left=0, top=0, width=340, height=340)
    order = SealOrder(
        body_code=CODE, body_name=OFFICE, seal_name="章", at=AT, place=place, drawn=True
    )

    with pytest.raises(SealUnavailable):
        service.seal(b"no paper", order)
    service.close()
    with pytest.raises(SealUnavailable):
        service.seal(document(), order)
