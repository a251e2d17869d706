"""One practice peer: a message is acted on once, its answer kept before it is given."""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from integrations.practice import ledger
from integrations.practice.envelope import Refused, Request, Speech, Tree
from integrations.practice.ledger import Heard, Ledger, Remembered

if TYPE_CHECKING:  # who demands nothing starts without its libraries
    from integrations.practice.door import Door

VERSION = "practice 1"


class PracticePeer(ABC):
    """What all peers do alike, whatever they speak: a file, a clock, a log, controls."""

    contract: ClassVar[str]
    tables: ClassVar[str]
    media_type: ClassVar[str] = "text/xml; charset=utf-8"
    """What its answers are called."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        """Open the peer's file in ``folder``; ``now`` is the peer's own clock."""
        folder.mkdir(parents=True, exist_ok=True)
        self.now = now
        self._ledger = Ledger(folder / f"{self.contract}.sqlite", self.tables)

    @abstractmethod
    def answer(self, content: bytes, below: str = "") -> tuple[int, bytes]:
        """Return status and answer; everything is kept when this returns.

        ``below`` is what stood behind the peer's path.
        """

    @abstractmethod
    def fault(self, code: str, content: bytes, below: str = "") -> tuple[int, bytes]:
        """Return the refusal that a control ordered, as if the peer itself had refused."""

    @abstractmethod
    def operation(self, content: bytes, below: str = "") -> str:
        """Return the operation a message asks for, empty where it cannot be read."""

    def steer(self, tx: sqlite3.Connection, order: Mapping[str, object]) -> None:  # noqa: ARG002
        """Do what a control asks; a peer without controls of its own refuses them all."""
        raise Refused("INVALID_ARGUMENT", "没有这项控制")

    @abstractmethod
    def state(self, tx: sqlite3.Connection) -> dict[str, object]:
        """Return what the peer holds, for a second witness."""

    def public(
        self,
        tx: sqlite3.Connection,  # noqa: ARG002
        path: str,  # noqa: ARG002
        asked: Mapping[str, str],  # noqa: ARG002
    ) -> Mapping[str, object] | None:
        """Answer a question that anybody may put, None where there is nothing to tell."""
        return None

    def asked(self, path: str, asked: Mapping[str, str]) -> Mapping[str, object] | None:
        """Answer such a question in a turn of its own."""
        with self._ledger.turn() as tx:
            return self.public(tx, path, asked)

    def time(self) -> datetime:
        """Return the peer's time, also after a control has set its clock."""
        return self.now()

    def control(self, order: Mapping[str, object]) -> None:
        """Do what a control asks; ``now`` lets the peer's clock stand at that instant."""
        if isinstance(told := order.get("now"), str):
            instant = datetime.fromisoformat(told)
            self.now = lambda: instant
            return
        with self._ledger.turn() as tx:
            self.steer(tx, order)

    def heard(self) -> int:
        """Return how many messages came in."""
        with self._ledger.turn() as tx:
            return ledger.heard(tx)

    def log(self, after: int = 0) -> list[dict[str, object]]:
        """Return every message that came in ``after`` so many."""
        with self._ledger.turn() as tx:
            return ledger.log(tx, after)

    def witness(self) -> dict[str, object]:
        """Return what the peer holds."""
        with self._ledger.turn() as tx:
            return self.state(tx)

    def close(self) -> None:
        """Close the peer's file."""
        self._ledger.close()


class Service(PracticePeer):
    """A peer that speaks one of our own contracts; it adds its operations, tables and controls."""

    fault_name: ClassVar[str]
    reads: ClassVar[frozenset[str]]
    """Operations that change nothing: a repeat is worked out anew."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        """Open the peer's file in ``folder``; ``now`` is the peer's own clock."""
        super().__init__(folder, now)
        self.door: Door | None = None
        self._speech = Speech(self.contract, self.fault_name)

    @abstractmethod
    def handle(self, tx: sqlite3.Connection, request: Request) -> Tree:
        """Act on a message and return its answer without the receipt, or raise a refusal."""

    def answer(self, content: bytes, below: str = "") -> tuple[int, bytes]:  # noqa: ARG002
        """Return status and envelope; everything is kept when this returns."""
        status, envelope = self._judged(content)
        return status, envelope if self.door is None else self.door.sign(envelope, self.now())

    def fault(self, code: str, content: bytes, below: str = "") -> tuple[int, bytes]:  # noqa: ARG002
        """Return the fault that a control ordered, as if the peer had refused ``content``."""
        request = self._speech.read(content)
        return 500, self._speech.fault(code, "练习：按菜单的要求拒绝", request.header("messageId"))

    def operation(self, content: bytes, below: str = "") -> str:  # noqa: ARG002
        """Return the operation a message asks for, empty where it cannot be read."""
        try:
            return self._speech.read(content).operation
        except Refused:
            return ""

    def receipt(self, kept: Remembered, *, replayed: bool) -> Tree:
        """Return the receipt of a message."""
        return [
            ("receiptId", f"{self.contract}-{kept.number:08}"),
            ("messageId", kept.message_id),
            ("operation", kept.operation),
            ("serverTime", kept.at),
            ("replayed", replayed),
        ]

    def _judged(self, content: bytes) -> tuple[int, bytes]:
        message_id = ""
        try:
            if self.door is not None:
                content = self.door.let_in(content, self.now())
            request = self._speech.read(content)
            message_id = request.header("messageId")
            if request.operation == "Ping":
                return 200, self._pong(request)
            return 200, self._answer(request)
        except Refused as refusal:
            return 500, self._speech.fault(refusal.code, refusal.message, message_id)

    def _pong(self, request: Request) -> bytes:
        return self._speech.answer(
            "Ping",
            [("echo", request.text("echo")), ("serverTime", self.now()), ("version", VERSION)],
        )

    def _answer(self, request: Request) -> bytes:
        heard = _heard(request)
        try:
            with self._ledger.turn() as tx:
                return self._act_once(tx, request, heard)
        except Refused as refusal:
            with self._ledger.turn() as tx:
                ledger.note(tx, heard, self.now(), replayed=False, refused=refusal.code)
            raise

    def _act_once(self, tx: sqlite3.Connection, request: Request, heard: Heard) -> bytes:
        kept = ledger.recall(tx, heard.message_id)
        replayed = kept is not None
        if kept is not None and (kept.digest, kept.operation) != (heard.digest, heard.operation):
            raise Refused("REPLAYED", "同一报文编号的内容不一致")
        if kept is None or kept.answer is None:
            packed = self._speech.pack(self.handle(tx, request))
        else:
            packed = kept.answer
        if kept is None:
            once = None if request.operation in self.reads else packed
            kept = ledger.remember(tx, heard, self.now(), once)
        ledger.note(tx, heard, self.now(), replayed=replayed)
        brings_its_own = request.operation == "GetReceipt"
        receipt = None if brings_its_own else self.receipt(kept, replayed=replayed)
        return self._speech.answer_kept(request.operation, packed, receipt)


def _heard(request: Request) -> Heard:
    sequence = request.header("sequence")
    return Heard(
        message_id=request.header("messageId"),
        operation=request.operation,
        case_id=request.case_id,
        sequence=int(sequence) if sequence else None,
        digest=request.digest,
    )
