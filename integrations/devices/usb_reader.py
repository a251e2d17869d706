"""The identity card reader on the counter, over USB."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Final

from usb.backend import IBackend

from clerk.domain.errors import DeviceAbsent, DeviceTrouble
from clerk.domain.id_card import IdCard
from integrations.devices import trouble
from integrations.devices.cards import card_in, read_nations
from integrations.devices.sdt import (
    MISHEARD,
    MOVED,
    OUT_OF_ORDER,
    REJECTED,
    Command,
    Status,
    answer_in,
    request_frame,
    text_in,
)
from integrations.devices.usb_pipes import UsbPipes, open_reader

ANSWER_SECONDS: Final = 1.5
READ_SECONDS: Final = 3.0

_log = logging.getLogger(__name__)


class UsbCardReader:
    """Reads identity cards from an SDT reader; opens it when first asked, and again after trouble.

    Blocking, each call within seconds; for the device lane, used by one thread at a time. Ask
    ``poll`` no more often than every 300 ms: the module inside is slow.
    """

    def __init__(
        self,
        *,
        backend: IBackend | None = None,
        nations: Mapping[str, str] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Speak over ``backend``, the machine's own USB unless given; ``nations`` are labels."""
        self._backend = backend
        self._nations = read_nations() if nations is None else nations
        self._monotonic = monotonic
        self._pipes: UsbPipes | None = None
        self._found = False
        self._answer_outstanding = False

    def poll(self) -> bool:
        """Whether a card waits on the reader.

        Many readers say no of a card they have just read, until it is lifted and put back.

        Raises:
            DeviceTrouble: the reader is absent, held, closed to this user, silent or out of order.
        """
        status, _ = self._ask(Command.FIND_CARD)
        if status not in {Status.FOUND, Status.NO_CARD}:
            raise _trouble_of(status)
        self._found = status == Status.FOUND
        return self._found

    def read(self) -> IdCard:
        """Read the card that lies on the reader, and once more from the start if that went wrong.

        Raises:
            NoCard: there is none.
            DeviceTrouble: it was not read to the end; nothing of it is returned.
        """
        try:
            return self._read_once()
        except (trouble.AnswerGarbled, trouble.CardMoved) as error:
            _log.info("card read begins again: %s", type(error).__name__)
        return self._read_once()

    def close(self) -> None:
        """Let the reader go; may be called again."""
        pipes, self._pipes = self._pipes, None
        self._found = self._answer_outstanding = False
        if pipes is not None:
            pipes.close()

    def _read_once(self) -> IdCard:
        found, self._found = self._found, False
        if not found and not self.poll():
            raise trouble.no_card()
        self._found = False
        self._done(Command.SELECT_CARD)
        return card_in(text_in(self._done(Command.READ_CARD, READ_SECONDS)), self._nations)

    def _done(self, command: Command, seconds: float = ANSWER_SECONDS) -> bytes:
        status, data = self._ask(command, seconds)
        if status != Status.DONE:
            raise _trouble_of(status)
        return data

    def _ask(self, command: Command, seconds: float = ANSWER_SECONDS) -> tuple[int, bytes]:
        """Ask once, once more if the reader misheard, then reset it."""
        pipes = self._open()
        status, data = self._exchange(pipes, command, seconds)
        if status in MISHEARD:
            status, data = self._exchange(pipes, command, seconds)
        if status in MISHEARD:
            self._exchange(pipes, Command.RESET, ANSWER_SECONDS)
            raise trouble.garbled()
        return status, data

    def _open(self) -> UsbPipes:
        """Another machine may carry the reader's USB id: believe it when it answers as one."""
        if self._pipes is None:
            self._pipes = open_reader(self._backend, monotonic=self._monotonic)
            status, _ = self._exchange(self._pipes, Command.MODULE_STATUS, ANSWER_SECONDS)
            if status != Status.DONE:
                self.close()
                raise _trouble_of(status)
        return self._pipes

    def _exchange(self, pipes: UsbPipes, command: Command, seconds: float) -> tuple[int, bytes]:
        try:
            if self._answer_outstanding:
                pipes.drain()
            self._answer_outstanding = True
            pipes.send(request_frame(command))
            answer = answer_in(pipes.receive(seconds))
        except (DeviceAbsent, trouble.ReaderDenied, trouble.ReaderHeld):
            self.close()
            raise
        except DeviceTrouble as error:
            self._found = False
            _log.info("card reader, %s: %s", command.name, type(error).__name__)
            raise
        self._answer_outstanding = False
        return answer.status, answer.data


def _trouble_of(status: int) -> DeviceTrouble:
    if status in MOVED:
        return trouble.card_moved()
    if status in REJECTED:
        return trouble.card_rejected()
    if status in OUT_OF_ORDER:
        return trouble.faulty(status)
    if status == Status.UNKNOWN_CARD:
        return trouble.unknown_card()
    if status == Status.NO_CARD:
        return trouble.no_card()
    return trouble.unknown_status(status)
