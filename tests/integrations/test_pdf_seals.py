"""Is a sealed PDF as it was? Changed, added to, sealed again, or sealed in a way not known here."""

import random
import re

import pytest

from clerk.domain.certificate_file import FileLook, SealFinding, SealState
from integrations.certificate_files.pdf_seal import pdf_seals
from integrations.certificate_files.sm_certificate import read_authorities
from integrations.certificate_files.why import Why
from tests.integrations.sealed_ofd import SM2_ROOT
from tests.integrations.sealed_pdf import SHOWN, document, root, sealed, turned


@pytest.fixture(scope="module")
def once() -> bytes:
    return sealed(document())


@pytest.fixture(scope="module")
def twice(once) -> bytes:
    return sealed(once, "B")


def found(content: bytes) -> tuple[SealFinding, ...]:
    return pdf_seals(content, read_authorities([root()]))


def states(content: bytes) -> list[tuple[str, str]]:
    return [(finding.state, finding.why) for finding in found(content)]


def test_a_sealed_file_is_intact_and_tells_who_sealed_it(once):
    (finding,) = found(once)

    assert (finding.state, finding.why) == (SealState.INTACT, "")
    assert (finding.name, finding.signer) == ("示例县练习专用章", "练习签章人")
    assert (finding.method, finding.trusted) == ("RSA", True)
    assert finding.signed_at is not None
    assert finding.signed_at.utcoffset() is not None


@pytest.mark.parametrize(("authorities", "trusted"), [((), None), ((SM2_ROOT,), False)])
def test_trust_is_what_this_counter_was_given_and_nothing_else(once, authorities, trusted):
    (finding,) = pdf_seals(once, read_authorities(authorities))

    assert (finding.state, finding.trusted) == (SealState.INTACT, trusted)


def test_a_file_that_nobody_sealed_has_no_seal():
    assert found(document()) == ()


def test_a_changed_page_is_a_change(once):
    assert once.count(SHOWN) == 1

    assert states(once.replace(SHOWN, b"20 20 100 61 re f")) == [(SealState.CHANGED, Why.PARTS)]


def test_a_revision_after_the_seal_makes_it_cover_in_part(once):
    assert states(turned(once)) == [(SealState.PARTLY, Why.LATER)]


def test_a_second_seal_over_everything_makes_the_first_one_resealed(twice):
    findings = found(twice)

    assert [finding.state for finding in findings] == [SealState.RESEALED, SealState.INTACT]
    assert FileLook(pages=1, seals=findings).seal is SealState.RESEALED


def test_a_page_that_was_turned_between_two_seals_is_outside_of_the_first(once):
    first, second = found(sealed(turned(once), "B"))

    assert (first.state, first.why) == (SealState.PARTLY, Why.LATER)
    assert second.state is SealState.INTACT


def test_a_revision_after_both_seals_makes_both_cover_in_part(twice):
    assert [state for state, _ in states(turned(twice))] == [SealState.PARTLY, SealState.PARTLY]


def test_an_algorithm_that_is_not_known_is_left_undecided(once):
    sha256, unknown = b"608648016503040201", b"60864801650304020f"
    assert sha256 in once.lower()

    changed = re.sub(sha256, unknown.upper(), once, flags=re.IGNORECASE)

    assert states(changed) == [(SealState.UNDECIDED, Why.METHOD)]


def test_a_kind_of_seal_that_is_not_known_is_left_undecided(once):
    changed = once.replace(b"/adbe.pkcs7.detached", b"/gm.sm2.seal_2020.xx")

    assert states(changed) == [(SealState.UNDECIDED, Why.METHOD)]


def test_a_seal_that_no_field_leads_to_is_left_undecided(once):
    assert states(once.replace(b"/AcroForm", b"/AcroFarm")) == [(SealState.UNDECIDED, Why.UNREAD)]


def test_no_single_changed_octet_of_a_sealed_file_leaves_it_intact(once):
    """Octets of the whole file, the room for the signature too, chosen by a fixed seed."""
    chosen = random.Random(8)
    intact = []
    for at in chosen.sample(range(8, len(once)), 50):
        changed = bytearray(once)
        changed[at] ^= 1 << chosen.randrange(8)
        if any(
            state in {SealState.INTACT, SealState.RESEALED} for state, _ in states(bytes(changed))
        ):
            intact.append(at)

    assert intact == []
