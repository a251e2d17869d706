"""The practice province as processes: they start, die, come back with what they knew, and end."""

import json
import os
import select
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk import assets
from clerk.domain.certificate import Holder
from clerk.domain.errors import RemoteUnavailable
from clerk.domain.hand_off import MessageKind
from clerk.domain.identifiers import (
    IdKind,
    check_identifier,
)
from integrations.back_office.soap import SoapBackOffice
from integrations.platform.soap import SoapPlatform
from integrations.practice.holdings import HOLDINGS
from integrations.practice.people import AREA, FIRMS, PEOPLE
from integrations.practice.province import PracticeProvince
from tests.integrations.library_calls import (
    PURPOSE,
    SCRIBE,
    SENT_AT,
    call,
    library,
    new_id,
    profile,
)
from tests.integrations.message_samples import message

_PARENT = """
import json, sys
from pathlib import Path
from integrations.practice.province import PracticeProvince
province = PracticeProvince(Path(sys.argv[1]))
province.start_all()
print(json.dumps(list(province.pids.values())), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def province(tmp_path: Path) -> Iterator[PracticeProvince]:
    with PracticeProvince(tmp_path, now=SENT_AT) as started:
        yield started


def test_three_peers_answer_by_the_clock_they_were_given(province: PracticeProvince):
    urls = province.urls

    assert library(profile(urls["certlib"], seconds=5)).ping(call()) == SENT_AT
    assert SoapBackOffice(profile(urls["back_office"], seconds=5), SCRIBE).ping(call()) == SENT_AT
    assert SoapPlatform(profile(urls["platform"], seconds=5), SCRIBE).ping(call()) == SENT_AT


def test_a_killed_back_office_knows_every_case_it_gave_a_receipt_for(province: PracticeProvince):
    client = SoapBackOffice(profile(province.urls["back_office"], seconds=5), SCRIBE)
    told = [message(MessageKind.SUBMIT_CASE, {}, case_id=new_id()) for _ in range(20)]
    for each in told:
        client.submit_case(call(), each, ())
    before = client.events(call(), "", 100)

    province.kill("back_office")
    with pytest.raises(RemoteUnavailable):
        client.submit_case(call(), told[0], ())
    province.start("back_office")

    assert client.events(call(), "", 100) == before
    assert all(client.submit_case(call(), each, ()).replayed for each in told)


def test_a_killed_platform_gives_no_number_twice(province: PracticeProvince):
    client = SoapPlatform(profile(province.urls["platform"], seconds=5), SCRIBE)
    asked = call()
    before = client.lease_numbers(asked, 5)

    province.kill("platform")
    province.start("platform")

    assert client.lease_numbers(asked, 5) == before
    after = client.lease_numbers(call(), 5)
    assert not {each.number for each in before.numbers} & {each.number for each in after.numbers}


def test_a_killed_library_keeps_the_leave_it_was_given(province: PracticeProvince):
    client = library(profile(province.urls["certlib"], seconds=5))
    leave, certificates = client.verify_use_code(call(), PEOPLE[0].use_code, PURPOSE)

    province.kill("certlib")
    province.start("certlib")

    holder = Holder(name=PEOPLE[0].name, id_type="111", id_number=PEOPLE[0].id_number)
    page = client.query(call(), leave.authorisation_id, holder, (), PURPOSE, 1, 10)
    assert page.certificates == certificates


def test_no_peer_outlives_a_parent_that_was_killed(tmp_path: Path):
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert parent.stdout is not None
    assert parent.stdin is not None
    with parent.stdin, parent.stdout:
        watched = [os.pidfd_open(pid) for pid in json.loads(parent.stdout.readline())]

        parent.send_signal(signal.SIGKILL)
        parent.wait()

        gone = [bool(select.select([peer], [], [], 10)[0]) for peer in watched]
        for peer in watched:
            os.close(peer)
    assert gone == [True, True, True]


def test_a_province_that_cannot_start_says_so(tmp_path: Path):
    (tmp_path / "certlib").write_text("a file where the folder should be")

    with pytest.raises(RemoteUnavailable):
        PracticeProvince(tmp_path, peers=("certlib",)).start_all()


def test_the_people_of_the_province_are_invented_and_their_numbers_right():
    for person in PEOPLE:
        assert check_identifier(IdKind.RESIDENT_ID, person.id_number, SENT_AT.date()).valid
        assert person.id_number.startswith(AREA)
    for firm in FIRMS:
        assert check_identifier(IdKind.UNIFIED_CODE, firm.code, SENT_AT.date()).valid
    assert len({each.certificate_id for each in HOLDINGS}) == len(HOLDINGS)


def test_the_certificates_carry_what_the_item_standards_take_from_them():
    """A starter item that asks for a field no practice certificate has could not be practised."""
    held = {each.type_code: set[str]() for each in HOLDINGS}
    for each in HOLDINGS:
        held[each.type_code] |= set(each.fields)

    missing = [
        (name, link["type_name"], field)
        for name in assets.names("resources", "standards")
        for requirement in tomllib.loads(assets.read_text("resources", name))["requirements"]
        if (link := requirement.get("certificate")) is not None
        for field in link.get("fills", {}).values()
        if field not in held.get(link["type_code"], set())
    ]
    assert missing == []
