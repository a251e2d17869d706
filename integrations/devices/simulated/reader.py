"""What practice mode and the tests hold in their hands: a card reader and the cards for it."""

import errno
from typing import Final

from usb.backend import IBackend

from clerk.domain.id_card import IdCard
from integrations.devices.cards import record_for
from integrations.devices.sdt import Command, Status
from integrations.devices.simulated.bus import SimulatedBus, SimulatedUsbReader
from integrations.devices.simulated.module import Fault, SimulatedModule

_DENIED: Final = errno.EACCES
_HELD: Final = errno.EBUSY


class SimulatedReader:
    """A reader in this process; the real driver speaks to it through ``backend``.

    Its methods may be called from another thread than the driver's: each changes one thing.
    """

    def __init__(self, *, two_pairs: bool = False) -> None:
        """``two_pairs`` chooses the wiring with separate pipes for head and body of a frame."""
        self._module = SimulatedModule()
        self._reader = SimulatedUsbReader(self._module, two_pairs=two_pairs)
        self.backend: IBackend = SimulatedBus(self._reader)

    def place(self, card: IdCard) -> None:
        """Lay a card on the reader, over one that may lie there."""
        self.place_record(record_for(card))

    def place_record(self, record: bytes) -> None:
        """Lay a card on the reader whose chip holds these 256 bytes."""
        self._module.card = record

    def remove(self) -> None:
        """Lift the card."""
        self._module.card = None

    def befall(self, fault: Fault | Status, times: int = 1) -> None:
        """Let the next ``times`` answers go wrong; a status is answered instead of the right one."""
        self._module.faults.extend([fault] * times)

    def unplug(self) -> None:
        """Pull the plug."""
        self._reader.plugged = False

    def plug_in(self) -> None:
        """Plug it in again, under another address as a real one."""
        self._reader.forget()
        self._reader.address += 1
        self._reader.plugged = True

    def deny(self) -> None:
        """Close the device to this user."""
        self._reader.refusal = _DENIED

    def hold(self) -> None:
        """Let another program hold the device."""
        self._reader.refusal = _HELD

    def release(self) -> None:
        """End ``deny`` and ``hold``."""
        self._reader.refusal = 0

    @property
    def kernel_driver(self) -> bool:
        """Whether a driver of the operating system sits on the device."""
        return self._reader.kernel_driver

    @kernel_driver.setter
    def kernel_driver(self, sits: bool) -> None:
        self._reader.kernel_driver = sits

    @property
    def asked(self) -> tuple[Command | None, ...]:
        """Every command it was given so far, None for one it does not know."""
        return tuple(self._module.asked)
