"""Thousands of broken answers among whole ones: none of the broken is believed, all whole are."""

import base64
import logging
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings

from clerk.domain.errors import RemoteTrouble
from integrations.practice.certlib import CertificateLibrary as PracticeLibrary
from integrations.soap.contract import Contract, written
from integrations.soap.gate import Gate
from integrations.soap.transport import Answer, Expected
from tests.integrations.library_calls import SENT_AT, new_id
from tests.integrations.lying_peer import envelope, piece
from tests.integrations.reply_mutations import Reply, broken, scrambled
from tests.integrations.reply_oracle import Bad, Element, parse
from tests.integrations.reply_oracle import values as whole_values
from tests.integrations.reply_writer import plain, variation

SOAKING = settings.get_current_profile_name() == "soak"
BROKEN, WHOLE = (20_000, 5_000) if SOAKING else (1_600, 400)
SEED = 5
"""Of a run of all tests; a soak names its own by ``--hypothesis-seed``."""


@dataclass(frozen=True, slots=True)
class Base:
    """A whole answer as a real peer gave it, and what was asked."""

    operation: str
    tree: Element
    expected: Expected
    secrets: frozenset[str]


@pytest.fixture(scope="module")
def contract() -> Contract:
    return Contract("certlib")


@pytest.fixture(scope="module")
def bases(contract: Contract, tmp_path_factory: pytest.TempPathFactory) -> tuple[Base, ...]:
    folder: Path = tmp_path_factory.mktemp("library")
    peer = PracticeLibrary(folder, lambda: SENT_AT)
    try:
        return tuple(_answers(peer, contract))
    finally:
        peer.close()


PURPOSE = {
    "serviceItemCode": "131001",
    "serviceItemName": "食品经营许可新办",
    "reason": "[code] 核验",
}
HOLDER = {"name": "张示例", "idType": "111", "idNumber": "990123198506120030"}


def _answers(peer: PracticeLibrary, contract: Contract) -> Iterator[Base]:
    def ask(operation: str, given: Mapping[str, object], receipt_of: UUID | None = None) -> Base:
        fields = dict(given)
        message_id = new_id()
        if operation == "Ping":
            fields["echo"] = str(message_id)
        context = {
            "protocolVersion": "1",
            "messageId": str(message_id),
            "clientSystem": "window-clerk",
            "orgCode": "11990123MB00010014",
            "operatorAccount": "clerk01",
            "sentAt": SENT_AT,
        }
        status, answer = peer.answer(written(contract.message(operation, context, fields)))
        assert status == 200, answer.decode()
        expected = Expected(
            response=f"{operation}Response",
            message_id=str(receipt_of or message_id),
            operation="" if receipt_of else operation,
            at=SENT_AT,
        )
        tree = parse(answer)
        return Base(operation, tree, expected, frozenset(_secrets(tree)))

    yield ask("Ping", {})
    by_code = ask("VerifyUseCode", {"useCode": "9901-0001", "purpose": PURPOSE})
    yield by_code
    asked = {"holder": HOLDER, "certTypeCode": [], "purpose": PURPOSE}
    by_duty = dict(PURPOSE, reason="[by_duty] 核验")
    yield ask("RequestAuthorization", asked | {"purpose": by_duty})
    leave = {"authorizationId": _told(by_code)["authorizationId"]}
    yield ask("GetAuthorization", leave)
    listed = ask("QueryCertificates", leave | asked | {"pageIndex": 1, "pageSize": 3})
    yield listed
    named = {"certificateId": _told(listed)["certificate"][0]["certificateId"]}
    yield _piece_of_a_file()
    report = {"businessNumber": "20260318-0001", "outcome": "ATTACHED", "usedAt": SENT_AT}
    told = ask("ReportUse", leave | named | report)
    yield told
    earlier = UUID(told.expected.message_id)
    yield ask("GetReceipt", {"messageId": str(earlier)}, receipt_of=earlier)


def _piece_of_a_file() -> Base:
    """Written by hand: making a sealed certificate takes longer than the whole course."""
    message_id = str(new_id())
    content = base64.b64encode(bytes(range(256)) + "印章".encode()).decode()
    tree = parse(envelope(piece(message_id, content=content, total=262)).encode())
    operation = "FetchCertificateFile"
    response = f"{operation}Response"
    expected = Expected(response=response, message_id=message_id, operation=operation, at=SENT_AT)
    return Base(operation, tree, expected, frozenset(_secrets(tree)))


def _told(base: Base) -> dict[str, Any]:
    expected = base.expected
    content = plain(base.tree).encode()
    return whole_values(content, expected.response, expected.message_id, expected.operation)


def _secrets(element: Element) -> Iterator[str]:
    """Every value that nobody may find in a sentence or in a log."""
    if len(element.text.strip()) >= 4 and element.name not in {"operation", "status"}:
        yield element.text.strip()[:60]
    for child in element.children:
        yield from _secrets(child)


class Course:
    """One run: answers made one after the other from one seed, and what became of them."""

    def __init__(self, contract: Contract, bases: tuple[Base, ...], seed: int) -> None:
        self._seed = seed
        self._contract = contract
        self._bases = bases
        self._gate = Gate("省证照库", contract.namespace, contract.schema)
        self.counted: Counter[str] = Counter()
        self.wrong: list[str] = []

    def run(self, broken_wanted: int, whole_wanted: int) -> None:
        """Try until both kinds have been there often enough."""
        number = 0
        while self.counted["broken"] < broken_wanted or self.counted["made whole"] < whole_wanted:
            chosen = Random(self._seed * 1_000_003 + number)
            base = self._bases[number % len(self._bases)]
            number += 1
            if self.counted["made whole"] * broken_wanted < self.counted["broken"] * whole_wanted:
                self._try_whole(number, base, variation(base.tree, chosen))
            elif chosen.random() < 0.3:
                self._try_scrambled(number, base, scrambled(plain(base.tree).encode(), chosen))
            else:
                self._try_broken(number, base, *broken(base.tree, chosen))

    def told(self) -> str:
        """Return the figures of the run."""
        counted = self.counted
        kinds = (
            f"  {times:6} {kind.removeprefix('kind ')}\n"
            for kind, times in sorted(counted.items())
            if kind.startswith("kind ")
        )
        return (
            f"seed {self._seed}: {counted['broken']} broken answers, {counted['broken believed']} believed;"
            f" {counted['made whole']} whole ones and {counted['still whole']} scrambled that"
            f" stayed whole, {counted['whole refused']} refused;"
            f" {counted['values told']} values in sentences\n{''.join(kinds)}"
        )

    def _try_whole(self, number: int, base: Base, content: bytes) -> None:
        self.counted["made whole"] += 1
        meant = self._opinion(base, content)
        if meant is None:
            self.counted["broken believed"] += 1
            self.wrong.append(f"{number} {base.operation}: the second opinion refuses {content!r}")
            return
        self._hold_against(number, base, Reply(content), meant)

    def _try_scrambled(self, number: int, base: Base, content: bytes) -> None:
        meant = self._opinion(base, content)
        self.counted["still whole" if meant is not None else "broken"] += 1
        self._hold_against(number, base, Reply(content), meant)

    def _try_broken(self, number: int, base: Base, way: str, reply: Reply) -> None:
        self.counted["broken"] += 1
        plainly_sent = (reply.media_type, reply.status) == ("text/xml", 200)
        if plainly_sent and self._opinion(base, reply.body) is not None:
            self.wrong.append(f"{number} {base.operation}: {way} broke nothing: {reply.body!r}")
        self._hold_against(number, base, reply, None)

    def _opinion(self, base: Base, content: bytes) -> dict[str, Any] | None:
        expected = base.expected
        try:
            return whole_values(content, expected.response, expected.message_id, expected.operation)
        except Bad:
            return None

    def _hold_against(
        self, number: int, base: Base, reply: Reply, meant: Mapping[str, Any] | None
    ) -> None:
        answer = Answer(
            status=reply.status,
            media_type=reply.media_type,
            retry_after_seconds=None,
            body=reply.body,
        )
        try:
            passed = self._gate.check(answer, base.expected)
        except RemoteTrouble as trouble:
            self.counted[f"kind {trouble.kind}"] += 1
            if meant is not None:
                self.counted["whole refused"] += 1
                self.wrong.append(f"{number} {base.operation}: {trouble.kind}: {reply.body!r}")
            if any(secret in str(trouble) for secret in base.secrets):
                self.counted["values told"] += 1
                self.wrong.append(f"{number} {base.operation}: repeats a value: {trouble}")
            return
        read = self._contract.read(base.operation, passed)
        if meant is None:
            self.counted["broken believed"] += 1
            self.wrong.append(f"{number} {base.operation}: accepted {reply.body!r}")
        elif not _same(read, meant):
            self.wrong.append(f"{number} {base.operation}: reads {read} for {meant}")


def _same(read: Any, meant: Any) -> bool:
    """Whether zeep's values are those of the second opinion; it tells nothing from empty."""
    if isinstance(meant, Mapping):
        return set(meant) <= set(read) and all(_same(read[n], meant.get(n)) for n in read)
    if isinstance(meant, list):
        return len(read) == len(meant) and all(map(_same, read, meant))
    if isinstance(meant, date) and not isinstance(meant, datetime):
        return read == meant and not isinstance(read, datetime)
    if not read and not meant and read != 0:
        return True
    return bool(read == meant) and isinstance(read, type(meant))


def test_no_broken_answer_is_believed_and_every_whole_one_is(
    contract: Contract,
    bases: tuple[Base, ...],
    caplog: pytest.LogCaptureFixture,
    pytestconfig: pytest.Config,
):
    caplog.set_level(logging.DEBUG)
    seed = int(pytestconfig.getoption("hypothesis_seed") or SEED)
    course = Course(contract, bases, seed)

    course.run(BROKEN, WHOLE)

    sys.stdout.write(course.told())
    assert course.wrong[:5] == []
    assert len(bases) == 8
    logged = caplog.text
    assert not [secret for base in bases for secret in base.secrets if secret in logged]
