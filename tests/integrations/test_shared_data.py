"""The client of the province's shared data against the practice sources, over HTTP."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clerk.domain.errors import RemoteGarbled, RemoteRefused, RemoteUnavailable
from clerk.domain.shared_data import SharedBasis, SharedOutcome, SharedQuestion, SharedSource
from clerk.services.ports import SharedData as Port
from integrations.practice.people import CHEN_YANSHI, NOODLE_SHOP, ZHANG_SHILI, ZHOU_MONI
from integrations.practice.shared_data import SharedData
from integrations.shared_data.soap import SoapSharedData
from tests.integrations.library_calls import SCRIBE, SENT_AT, call, profile
from tests.integrations.practice_peer import RunningPeer, running

PORT: type[Port] = SoapSharedData
"""The client keeps the port; mypy reads this line."""

MARRIED = SharedQuestion(
    source=SharedSource.MARRIAGE,
    name=ZHANG_SHILI.name,
    id_type="111",
    id_number=ZHANG_SHILI.id_number,
    purpose="不动产转移登记",
    basis=SharedBasis.CONSENT,
    reason="本人当场同意",
)
SHOP = replace(
    MARRIED,
    source=SharedSource.ENTERPRISE,
    name=NOODLE_SHOP.name,
    id_type="001",
    id_number=NOODLE_SHOP.code,
)


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[RunningPeer]:
    with running(SharedData(tmp_path, lambda: SENT_AT)) as started:
        yield started


@pytest.fixture
def client(peer: RunningPeer) -> Iterator[SoapSharedData]:
    source = client_of(peer)
    yield source
    source.close()


def client_of(peer: RunningPeer) -> SoapSharedData:
    return SoapSharedData(lambda: profile(peer.url, name="共享数据", seconds=5), SCRIBE)


def test_what_is_found_comes_with_its_record_and_its_day(client: SoapSharedData):
    found = client.ask(call(), MARRIED)

    assert found.outcome is SharedOutcome.FOUND
    assert found.values["配偶姓名"] == CHEN_YANSHI.name
    assert (found.about, found.at) == (ZHANG_SHILI.id_number, SENT_AT)
    assert found.record_number
    assert found.as_of is not None


def test_a_firm_is_known_by_its_code(client: SoapSharedData):
    assert client.ask(call(), SHOP).values["状态"] == "存续"


@pytest.mark.parametrize(
    "question",
    [
        replace(MARRIED, id_number=ZHOU_MONI.id_number),
        replace(MARRIED, source=SharedSource.ENTERPRISE),
    ],
)
def test_that_a_source_holds_nothing_is_its_own_word(
    client: SoapSharedData, question: SharedQuestion
):
    found = client.ask(call(), question)

    assert (found.outcome, found.values, found.record_number) == (SharedOutcome.NOT_FOUND, {}, "")


def test_somebody_forgotten_is_not_found(client: SoapSharedData, peer: RunningPeer):
    peer.control({"unknown": ZHANG_SHILI.id_number})

    assert client.ask(call(), MARRIED).outcome is SharedOutcome.NOT_FOUND


def test_the_sources_ledger_says_who_was_asked_about_what_for_and_by_what_right(
    client: SoapSharedData, peer: RunningPeer
):
    client.ask(call(), MARRIED)

    (asked,) = peer.state()["questions"]
    said = (asked["id_number"], asked["purpose"], asked["basis"], asked["reason"])
    assert said == (ZHANG_SHILI.id_number, "不动产转移登记", "CONSENT", "本人当场同意")
    assert asked["case_id"]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("drop_answer", RemoteUnavailable),
        ("html", RemoteGarbled),
        ("fault:INTERNAL", RemoteUnavailable),
        ("fault:ACCESS_DENIED", RemoteRefused),
    ],
)
def test_a_source_that_fails_says_nothing_about_anybody(
    client: SoapSharedData, peer: RunningPeer, fault: str, error: type[Exception]
):
    peer.control({"fault": fault})

    with pytest.raises(error):
        client.ask(call(), MARRIED)


class Mistaken(SharedData):
    """A source that answers about somebody else."""

    said: tuple[tuple[str, object], ...] = (
        ("source", "MARRIAGE"),
        ("idNumber", ZHOU_MONI.id_number),
        ("outcome", "NOT_FOUND"),
    )

    def handle(self, tx, request):
        return list(self.said)


class Elsewhere(Mistaken):
    said = (
        ("source", "POPULATION"),
        ("idNumber", ZHANG_SHILI.id_number),
        ("outcome", "NOT_FOUND"),
    )


class Empty(Mistaken):
    said = (
        ("source", "MARRIAGE"),
        ("idNumber", ZHANG_SHILI.id_number),
        ("outcome", "FOUND"),
    )


class Twofold(Mistaken):
    said = (
        ("source", "MARRIAGE"),
        ("idNumber", ZHANG_SHILI.id_number),
        ("outcome", "FOUND"),
        ("recordNumber", "MAR-1"),
        ("value", [("name", "婚姻状况"), ("value", "已婚")]),
        ("value", [("name", "婚姻状况"), ("value", "未婚")]),
    )


@pytest.mark.parametrize("source", [Mistaken, Elsewhere, Empty, Twofold])
def test_an_answer_that_cannot_be_is_used_in_no_part(tmp_path: Path, source: type[SharedData]):
    with running(source(tmp_path, lambda: SENT_AT)) as started:
        client = client_of(started)
        with pytest.raises(RemoteGarbled):
            client.ask(call(), MARRIED)
        client.close()
