"""The scribe: writes our messages and reads other people's answers, in one child process.

zeep and the parser of XML never run in this process: a foreign document would have the run of the
window, would hold its interpreter while it is read, and their libraries would stay in its memory.
The child sees documents and nothing else: ``integrations.soap.transport`` sends and receives here.
It remembers nothing between two requests, so one that dies is replaced and asked again.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, BinaryIO, Final

from clerk.child.frames import FrameBroken
from clerk.child.process import ChildClosed, ChildDied, ChildProcess, ChildTooSlow
from clerk.values import field_names
from integrations.soap.frames import Frame, receive, send
from integrations.soap.outcome import Kind, Sent, told_trouble, trouble
from integrations.soap.security import NO_DEMANDS, AnswerDemands
from integrations.soap.transport import Answer, Expected

Fields = Mapping[str, object]

_CHILD: Final = "integrations.soap.scribe_child"
_MOST_BYTES: Final = 256 << 20


class Scribe:
    """One child for all contracts, one request at a time; any thread may call and waits its turn.

    ``seconds`` bounds one request, including the start of a child where one is needed. A child
    that is slower is killed; one that dies by itself is replaced and asked again, once.
    """

    def __init__(self, *, seconds: float = 20.0, command: Sequence[str] = ()) -> None:
        self._child = ChildProcess(_CHILD, seconds=seconds, command=command)

    def start(self) -> None:
        """Start the child; it loads its libraries while nobody waits for them."""
        self._child.start()

    @property
    def process_id(self) -> int | None:
        """The child's process, None where none is running; for measures of its memory."""
        return self._child.pid

    def write(
        self,
        peer: str,
        contract: str,
        operation: str,
        context: Fields,
        fields: Fields,
        stamp: Fields | None = None,
    ) -> tuple[str, bytes]:
        """Return the SOAPAction and the envelope that ask for ``operation``.

        ``stamp`` secures it: the fields of ``WireSecurity`` with an ``at`` and a ``nonce`` of this
        one send.

        Raises:
            RemoteUnavailable: it could not be written; nothing was sent.
        """
        written = self._ask(
            peer,
            Sent.NO,
            {
                "do": "write",
                "contract": contract,
                "operation": operation,
                "context": context,
                "fields": fields,
                "stamp": stamp,
            },
        )
        return written["action"], written["envelope"]

    def read(
        self,
        peer: str,
        contract: str,
        operation: str,
        answer: Answer,
        expected: Expected,
        demands: AnswerDemands = NO_DEMANDS,
    ) -> Mapping[str, Any]:
        """Return the values of an answer that keeps the contract and meets the profile's demands.

        Raises:
            RemoteRefused: the peer answered with a fault, or does not let us in.
            RemoteUnavailable: it is busy, or its answer could not be read to the end.
            RemoteGarbled: the answer breaks the contract.
        """
        read = self._ask(
            peer,
            Sent.UNKNOWN,
            {
                "do": "read",
                "peer": peer,
                "contract": contract,
                "operation": operation,
                "answer": _told(answer),
                "expected": _told(expected),
                "demands": _told(demands),
            },
        )
        if "trouble" in read:
            raise told_trouble(read["trouble"])
        values: Mapping[str, Any] = read["values"]
        return values

    def read_inner(
        self, peer: str, contract: str, root: str, text: str, *, tolerate_additions: bool = False
    ) -> Mapping[str, Any]:
        """Return the values of a document that came as text, in an answer that passed the gate.

        ``root`` is the element of the contract's schema that it must be; an element that may
        stand several times comes as a list, an absent one not at all.

        Raises:
            RemoteRefused: the text is the peer's word for its no, and not a document.
            RemoteGarbled: the document is not what the contract says.
        """
        read = self._ask(
            peer,
            Sent.UNKNOWN,
            {
                "do": "read_inner",
                "peer": peer,
                "contract": contract,
                "root": root,
                "text": text,
                "tolerate_additions": tolerate_additions,
            },
        )
        if "trouble" in read:
            raise told_trouble(read["trouble"])
        values: Mapping[str, Any] = read["values"]
        return values

    def close(self) -> None:
        """End the child and refuse new requests; one under way is finished first."""
        self._child.close()

    def _ask(self, peer: str, sent: Sent, request: Mapping[str, object]) -> Frame:
        """``sent`` is what we know of the message where no child answers."""
        try:
            return self._child.ask(partial(_exchanged, request))
        except ChildClosed as error:
            raise trouble(peer, Kind.CANCELLED, sent=sent) from error
        except (ChildTooSlow, ChildDied) as error:
            raise trouble(peer, Kind.UNREAD, sent=sent) from error


def _told(value: Answer | Expected | AnswerDemands) -> Fields:
    """Return the parts of a flat value; ``asdict`` would copy each of them deeply."""
    return {name: getattr(value, name) for name in field_names(value)}


def _exchanged(request: Mapping[str, object], requests: BinaryIO, answers: BinaryIO) -> Frame:
    send(requests, request)
    answer = receive(answers, most_bytes=_MOST_BYTES)
    if answer is None:
        raise FrameBroken
    return answer
