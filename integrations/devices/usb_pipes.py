"""Whole frames to and from a card reader over USB, within bounded time.

The only module of the program that speaks to pyusb's devices. Two wirings are known for the same
make: one pair of pipes, or two pairs of which the first carries the head of a frame (preamble and
length) and the second its body. The pipes are discovered, never assumed.
"""

import errno
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

import usb.core
import usb.util
from usb.backend import IBackend

from clerk.domain.errors import DeviceTrouble
from integrations.devices import trouble
from integrations.devices.sdt import HEAD_BYTES, frame_bytes

READER_USB_ID: Final = (0x0400, 0xC35A)
"""Vendor and product; other machines share the vendor, so both must match."""

_INTERFACE: Final = 0
_IN: Final = 0x80
_PAIR: Final = 2
_WRITE_SECONDS: Final = 1.0
_DRAIN_SECONDS: Final = 0.03
_DRAIN_READS: Final = 64
_DRAIN_PACKETS: Final = 32
_GONE: Final = frozenset({errno.ENODEV, errno.ENXIO, errno.EIO, errno.ENOENT, errno.ESHUTDOWN})


class UsbPipes:
    """An opened reader: frames out, frames in. Used by one thread at a time."""

    def __init__(self, device: Any, *, monotonic: Callable[[], float]) -> None:
        """Claim ``device``; a kernel driver that holds it is detached until ``close``.

        Raises:
            DeviceTrouble: it is gone, held by another program, or closed to this user.
        """
        self._device = device
        self._monotonic = monotonic
        self._driver_detached = False
        self._outs: list[Any] = []
        self._ins: list[Any] = []
        try:
            with _in_our_words():
                self._claim()
        except DeviceTrouble:
            self.close()
            raise

    def send(self, frame: bytes) -> None:
        """Write a whole frame.

        Raises:
            DeviceTrouble: the reader is gone, silent, or refuses.
        """
        parts: tuple[bytes, ...] = (frame,)
        if len(self._outs) >= _PAIR:
            parts = (frame[:HEAD_BYTES], frame[HEAD_BYTES:])
        for pipe, part in zip((self._outs[0], self._outs[-1]), parts, strict=False):
            with self._bounded(pipe):
                pipe.write(part, _milliseconds(_WRITE_SECONDS))

    def receive(self, seconds: float) -> bytes:
        """Read a whole frame within ``seconds``, however it trickles in.

        Raises:
            AnswerGarbled: it stopped halfway, or is no frame.
            DeviceTrouble: the reader is gone, silent, or refuses.
        """
        until = self._monotonic() + seconds
        head = self._read(self._ins[0], b"", HEAD_BYTES, until)
        return self._read(self._ins[-1], head, frame_bytes(head), until)

    def drain(self) -> None:
        """Throw away what is left of an earlier answer.

        Raises:
            DeviceTrouble: the reader is gone or refuses.
        """
        for pipe in self._ins:
            with suppress(usb.core.USBTimeoutError), self._bounded(pipe, timeouts=False):
                for _ in range(_DRAIN_READS):
                    pipe.read(pipe.wMaxPacketSize * _DRAIN_PACKETS, _milliseconds(_DRAIN_SECONDS))

    def close(self) -> None:
        """Let the device go; may be called again, and after it is gone."""
        with suppress(usb.core.USBError):
            usb.util.release_interface(self._device, _INTERFACE)
        if self._driver_detached:
            self._driver_detached = False
            with suppress(usb.core.USBError, NotImplementedError):
                self._device.attach_kernel_driver(_INTERFACE)
        usb.util.dispose_resources(self._device)

    def _claim(self) -> None:
        # a platform without kernel drivers; a real refusal shows when claiming
        with suppress(usb.core.USBError, NotImplementedError):
            if self._device.is_kernel_driver_active(_INTERFACE):
                self._device.detach_kernel_driver(_INTERFACE)
                self._driver_detached = True
        interface = self._interface()
        usb.util.claim_interface(self._device, interface)
        for pipe in interface:
            if usb.util.endpoint_type(pipe.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK:
                (self._ins if pipe.bEndpointAddress & _IN else self._outs).append(pipe)
        if not self._ins or not self._outs:
            raise trouble.no_reader()

    def _interface(self) -> Any:
        """Set no configuration that is set already: some readers restart when it is."""
        try:
            configuration = self._device.get_active_configuration()
        except usb.core.USBError as error:
            if error.errno in {errno.EACCES, *_GONE}:
                raise
            self._device.set_configuration()
            configuration = self._device.get_active_configuration()
        return configuration[(_INTERFACE, 0)]

    def _read(self, pipe: Any, begun: bytes, wanted: int, until: float) -> bytes:
        """Ask for whole packets: no overflow, and no waiting for an empty one behind them."""
        packet = pipe.wMaxPacketSize
        while len(begun) < wanted:
            left = until - self._monotonic()
            try:
                if left <= 0:
                    raise trouble.silent()
                with self._bounded(pipe):
                    packets = -(-(wanted - len(begun)) // packet)
                    begun += bytes(pipe.read(packets * packet, _milliseconds(left)))
            except trouble.ReaderSilent as error:
                if begun:
                    raise trouble.garbled() from error
                raise
        return begun

    @contextmanager
    def _bounded(self, pipe: Any, *, timeouts: bool = True) -> Iterator[None]:
        """A stalled pipe is cleared; the caller begins again."""
        with _in_our_words(timeouts=timeouts):
            try:
                yield
            except usb.core.USBError as error:
                if error.errno != errno.EPIPE:
                    raise
                pipe.clear_halt()
                raise trouble.garbled() from error


def open_reader(
    backend: IBackend | None = None, *, monotonic: Callable[[], float] = time.monotonic
) -> UsbPipes:
    """Find the reader and open it; ``backend`` is the machine's own USB unless given.

    Raises:
        DeviceAbsent: no reader is plugged in, or the machine has no USB library.
        DeviceTrouble: it is held by another program, or closed to this user.
    """
    vendor, product = READER_USB_ID
    with _in_our_words():
        try:
            device = usb.core.find(backend=backend, idVendor=vendor, idProduct=product)
        except usb.core.NoBackendError as error:
            raise trouble.no_usb_library() from error
    if device is None:
        raise trouble.no_reader()
    return UsbPipes(device, monotonic=monotonic)


@contextmanager
def _in_our_words(*, timeouts: bool = True) -> Iterator[None]:
    """Turn what pyusb raises into trouble that a clerk can read."""
    try:
        yield
    except usb.core.USBTimeoutError as error:
        if not timeouts:
            raise
        raise trouble.silent() from error
    except usb.core.USBError as error:
        if error.errno in {errno.EACCES, errno.EPERM}:
            raise trouble.denied() from error
        if error.errno == errno.EBUSY:
            raise trouble.held() from error
        if error.errno in {errno.EPIPE, errno.EOVERFLOW, errno.EPROTO}:
            raise trouble.garbled() from error
        raise trouble.unplugged() from error


def _milliseconds(seconds: float) -> int:
    """At least one: pyusb waits for ever at 0."""
    return max(1, round(seconds * 1000))
