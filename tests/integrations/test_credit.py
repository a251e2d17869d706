"""The credit platform's client against the practice platform, over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk.domain.credit import CreditOccasion, CreditOutcome, CreditSubject
from clerk.domain.errors import RemoteGarbled, RemoteRefused, RemoteUnavailable
from clerk.domain.hand_off import MessageKind
from clerk.services.ports import CreditSource
from integrations.credit.soap import SoapCreditSource
from integrations.practice.credit import Credit
from integrations.practice.people import (
    NOODLE_SHOP,
    QIAN_JIADING,
    ZHANG_SHILI,
    PracticePerson,
)
from tests.integrations.library_calls import SCRIBE, SENT_AT, call, new_id, profile
from tests.integrations.message_samples import message
from tests.integrations.practice_peer import RunningPeer, running

PORT: type[CreditSource] = SoapCreditSource
"""The client keeps the port; mypy reads this line."""

FALSE: dict[str, object] = {
    "fact": "假合同",
    "heard_at": "2026-03-17T02:00:00+00:00",
    "reported_by": "wu",
}


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[RunningPeer]:
    with running(Credit(tmp_path, lambda: SENT_AT)) as started:
        yield started


@pytest.fixture
def client(peer: RunningPeer) -> Iterator[SoapCreditSource]:
    source = source_of(peer)
    yield source
    source.close()


def source_of(peer: RunningPeer) -> SoapCreditSource:
    return SoapCreditSource(lambda: profile(peer.url, name="信用平台", seconds=5), SCRIBE)


def about(person: PracticePerson = ZHANG_SHILI) -> CreditSubject:
    return CreditSubject(name=person.name, id_type="111", id_number=person.id_number)


def ask(client: SoapCreditSource, subject: CreditSubject | None = None):
    return client.ask(call(), subject or about(), CreditOccasion.DEFERRAL)


def test_somebody_without_a_record_is_good(client: SoapCreditSource):
    found = ask(client)

    assert (found.outcome, found.records) == (CreditOutcome.GOOD, ())
    assert (found.about, found.at) == (ZHANG_SHILI.id_number, SENT_AT)


def test_a_bad_record_comes_with_its_source_its_day_and_the_way_back(client: SoapCreditSource):
    found = ask(client, about(QIAN_JIADING))

    (record,) = found.records
    assert found.outcome is CreditOutcome.BAD
    assert (record.source, record.recorded_on.isoformat()) == ("示例县民政局", "2025-09-10")
    assert "信用修复" in record.repair + record.contact


def test_somebody_nobody_knows_is_unknown_and_not_bad(client: SoapCreditSource, peer: RunningPeer):
    peer.control({"forget": NOODLE_SHOP.code})
    shop = CreditSubject(name=NOODLE_SHOP.name, id_type="001", id_number=NOODLE_SHOP.code)

    assert ask(client, shop).outcome is CreditOutcome.UNKNOWN


def test_a_repaired_record_is_gone(client: SoapCreditSource, peer: RunningPeer):
    peer.control({"repair": QIAN_JIADING.id_number})

    assert ask(client, about(QIAN_JIADING)).outcome is CreditOutcome.GOOD


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("drop_answer", RemoteUnavailable),
        ("html", RemoteGarbled),
        ("fault:INTERNAL", RemoteUnavailable),
        ("fault:ACCESS_DENIED", RemoteRefused),
    ],
)
def test_a_platform_that_fails_says_nothing_about_anybody(
    client: SoapCreditSource, peer: RunningPeer, fault: str, error: type[Exception]
):
    peer.control({"fault": fault})

    with pytest.raises(error):
        ask(client)


def test_a_platform_that_is_not_there_is_unavailable():
    nowhere = SoapCreditSource(
        lambda: profile("http://127.0.0.1:9/credit", name="信用平台"), SCRIBE
    )

    with pytest.raises(RemoteUnavailable):
        ask(nowhere)


def test_a_question_names_the_case_and_nothing_is_kept_of_it(
    client: SoapCreditSource, peer: RunningPeer
):
    ask(client)

    assert [(one["operation"], bool(one["case_id"])) for one in peer.log()] == [("AskCredit", True)]
    assert peer.state() == {"reports": []}


def test_a_false_promise_is_reported_once(client: SoapCreditSource, peer: RunningPeer):
    told = message(MessageKind.REPORT_FALSE_PROMISE, FALSE, case_id=new_id())

    first = client.report_false_promise(call(), told)
    second = client.report_false_promise(call(), told)

    assert (first.replayed, second.replayed) == (False, True)
    assert [one["body"]["fact"] for one in peer.state()["reports"]] == ["假合同"]


def test_a_report_without_a_hearing_is_not_taken(client: SoapCreditSource):
    body: dict[str, object] = {"fact": "假合同"}
    told = message(MessageKind.REPORT_FALSE_PROMISE, body, case_id=new_id())

    with pytest.raises(RemoteRefused):
        client.report_false_promise(call(), told)


def test_what_was_reported_survives_a_power_cut(tmp_path: Path):
    told = message(MessageKind.REPORT_FALSE_PROMISE, FALSE, case_id=new_id())
    for replayed in (False, True):
        with running(Credit(tmp_path, lambda: SENT_AT)) as started:
            source = source_of(started)
            assert source.report_false_promise(call(), told).replayed is replayed
            source.close()


class Mistaken(Credit):
    """A platform that answers about somebody else, or calls bad what it cannot name."""

    said = (("idNumber", QIAN_JIADING.id_number), ("outcome", "GOOD"))

    def handle(self, tx, request):
        return list(self.said)


class Nameless(Mistaken):
    said = (("idNumber", ZHANG_SHILI.id_number), ("outcome", "BAD"))


@pytest.mark.parametrize("platform", [Mistaken, Nameless])
def test_an_answer_that_cannot_be_is_used_in_no_part(tmp_path: Path, platform: type[Credit]):
    with running(platform(tmp_path, lambda: SENT_AT)) as started:
        source = source_of(started)
        with pytest.raises(RemoteGarbled):
            ask(source)
        source.close()
