"""The security module of a simulated card reader: what it answers, and how it goes wrong."""

from collections import deque
from enum import Enum

from clerk.domain.errors import DeviceTrouble
from integrations.devices.sdt import (
    HEAD_BYTES,
    PREAMBLE,
    Command,
    Status,
    answer_frame,
    command_in,
)

_PHOTO = b"WL" + (102).to_bytes(2, "little") + (126).to_bytes(2, "little") + bytes(1018)
_HALF = 2


class Fault(Enum):
    """How an answer goes wrong; the last two, only that to reading a card."""

    CHECKSUM = "checksum"
    MUTE = "mute"
    LATE = "late"
    HALF = "half"
    TRICKLE = "trickle"
    STALL = "stall"
    PULLED = "pulled"
    UNPLUGGED_MIDWAY = "unplugged_midway"


_ONLY_READING = frozenset({Fault.PULLED, Fault.UNPLUGGED_MIDWAY})


class SimulatedModule:
    """Takes request bytes and holds what is to be read; knows nothing of USB."""

    def __init__(self) -> None:
        self.card: bytes | None = None
        """The text record of the card that lies on it."""
        self.faults: deque[Fault | Status] = deque()
        """What befalls the next answers, one each; a status is answered instead of the right one."""
        self.answer = b""
        self.fault: Fault | None = None
        """What befell the answer that is being read."""
        self.asked: list[Command | None] = []
        self._request = b""
        self._selected = False

    def take(self, data: bytes) -> None:
        """Take written bytes; a whole request is answered."""
        self._request += data
        if len(self._request) < HEAD_BYTES:
            return
        body = int.from_bytes(self._request[len(PREAMBLE) : HEAD_BYTES], "big")
        if len(self._request) >= HEAD_BYTES + body:
            request, self._request = self._request, b""
            self._answer(request)

    def _answer(self, request: bytes) -> None:
        try:
            command = command_in(request)
        except DeviceTrouble:
            self.answer = answer_frame(Status.BAD_CHECKSUM)
            return
        self.asked.append(command)
        befalls = self._next_fault(command)
        if befalls is Fault.PULLED:
            self.card, befalls = None, None
        if isinstance(befalls, Status):
            self.fault, self.answer = None, answer_frame(befalls)
            return
        self.fault = befalls
        whole = self._answer_to(command)
        match befalls:
            case Fault.CHECKSUM:
                whole = whole[:-1] + bytes((whole[-1] ^ 1,))
            case Fault.MUTE:
                whole = b""
            case Fault.HALF | Fault.UNPLUGGED_MIDWAY:
                whole = whole[: len(whole) // _HALF]
        self.answer = whole

    def _next_fault(self, command: Command | None) -> Fault | Status | None:
        if not self.faults:
            return None
        if self.faults[0] in _ONLY_READING and command is not Command.READ_CARD:
            return None
        return self.faults.popleft()

    def _answer_to(self, command: Command | None) -> bytes:
        match command:
            case Command.RESET | Command.MODULE_STATUS:
                self._selected = False
                return answer_frame(Status.DONE)
            case Command.FIND_CARD:
                self._selected = False
                if self.card is None:
                    return answer_frame(Status.NO_CARD)
                return answer_frame(Status.FOUND, bytes(4))
            case Command.SELECT_CARD:
                self._selected = self.card is not None
                if not self._selected:
                    return answer_frame(Status.SELECT_FAILED)
                return answer_frame(Status.DONE, bytes(8))
            case Command.READ_CARD:
                return self._card_answer()
        return answer_frame(Status.BAD_COMMAND)

    def _card_answer(self) -> bytes:
        if self.card is None or not self._selected:
            return answer_frame(Status.READ_FAILED)
        lengths = len(self.card).to_bytes(2, "big") + len(_PHOTO).to_bytes(2, "big")
        return answer_frame(Status.DONE, lengths + self.card + _PHOTO)
