"""A USB bus inside this process, as a back end for pyusb: no hardware, no libusb, any platform.

Method names and signatures are pyusb's. Waiting costs no time here: a read that would time out
does so at once.
"""

import errno
import os
from array import array
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Final

import usb.core
from typing_extensions import override
from usb.backend import IBackend

from integrations.devices.sdt import HEAD_BYTES
from integrations.devices.simulated.module import Fault, SimulatedModule
from integrations.devices.usb_pipes import READER_USB_ID

_PACKET_BYTES: Final = 64
_BULK: Final = 2
_HEAD_OUT, _BODY_OUT, _HEAD_IN, _BODY_IN = 0x02, 0x06, 0x81, 0x85


class SimulatedUsbReader:
    """A reader as the bus sees it; two pairs of pipes split each frame into head and body.

    ``refusal`` is the error number that opening or claiming ends with, 0 for none.
    """

    def __init__(self, module: SimulatedModule, *, two_pairs: bool) -> None:
        self.endpoints = (
            (_HEAD_OUT, _BODY_OUT, _HEAD_IN, _BODY_IN) if two_pairs else (_HEAD_OUT, _HEAD_IN)
        )
        self.refusal = 0
        self.kernel_driver = False
        self.plugged = True
        self.address = 1
        self._module = module
        self._two_pairs = two_pairs
        self._waiting = {_HEAD_IN: b"", _BODY_IN: b""}

    def write(self, data: bytes) -> None:
        """Hand bytes to the module and fetch its answer; one not yet read stays in front of it."""
        self._module.take(data)
        answer, self._module.answer = self._module.answer, b""
        head = HEAD_BYTES if self._two_pairs else len(answer)
        self._waiting[_HEAD_IN] += answer[:head]
        self._waiting[_BODY_IN] += answer[head:]

    def read(self, endpoint: int, wanted: int) -> bytes:
        """Return at most ``wanted`` bytes of a pipe."""
        self._befall()
        if not self._waiting[endpoint]:
            if self._module.fault is Fault.UNPLUGGED_MIDWAY:
                self.plugged = False
            raise refused(errno.ETIMEDOUT if self.plugged else errno.ENODEV)
        taken = 1 if self._module.fault is Fault.TRICKLE else wanted
        data = self._waiting[endpoint][:taken]
        self._waiting[endpoint] = self._waiting[endpoint][taken:]
        return data

    def forget(self) -> None:
        """Lose what waits, as a reader does that lost its power."""
        self._waiting = {_HEAD_IN: b"", _BODY_IN: b""}

    def _befall(self) -> None:
        if self._module.fault is Fault.LATE:
            self._module.fault = None
            raise refused(errno.ETIMEDOUT)
        if self._module.fault is Fault.STALL:
            self._module.fault = None
            self.forget()
            raise refused(errno.EPIPE)


class SimulatedBus(IBackend):  # type: ignore[misc]  # pyusb ships no types
    """Offers one reader to pyusb while it is plugged in."""

    def __init__(self, reader: SimulatedUsbReader) -> None:
        self._reader = reader

    @override
    def enumerate_devices(self) -> Iterable[SimulatedUsbReader]:
        return (self._reader,) if self._reader.plugged else ()

    @override
    def get_parent(self, dev: SimulatedUsbReader) -> None:
        return None

    @override
    def get_device_descriptor(self, dev: SimulatedUsbReader) -> SimpleNamespace:
        vendor, product = READER_USB_ID
        return SimpleNamespace(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x0110,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=_PACKET_BYTES,
            idVendor=vendor,
            idProduct=product,
            bcdDevice=0x0100,
            iManufacturer=0,
            iProduct=0,
            iSerialNumber=0,
            bNumConfigurations=1,
            bus=1,
            address=dev.address,
            port_number=1,
            port_numbers=(1,),
            speed=2,
        )

    @override
    def get_configuration_descriptor(self, dev: SimulatedUsbReader, config: int) -> SimpleNamespace:
        if config:
            raise IndexError(config)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=18 + 7 * len(dev.endpoints),
            bNumInterfaces=1,
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0x80,
            bMaxPower=50,
            extra_descriptors=[],
        )

    @override
    def get_interface_descriptor(
        self, dev: SimulatedUsbReader, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        if intf or alt or config:
            raise IndexError(intf, alt, config)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=0,
            bNumEndpoints=len(dev.endpoints),
            bInterfaceClass=0xFF,
            bInterfaceSubClass=0,
            bInterfaceProtocol=0,
            iInterface=0,
            extra_descriptors=[],
        )

    @override
    def get_endpoint_descriptor(
        self, dev: SimulatedUsbReader, ep: int, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=dev.endpoints[ep],
            bmAttributes=_BULK,
            wMaxPacketSize=_PACKET_BYTES,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            extra_descriptors=[],
        )

    @override
    def open_device(self, dev: SimulatedUsbReader) -> SimulatedUsbReader:
        _reachable(dev)
        if dev.refusal == errno.EACCES:
            raise refused(errno.EACCES)
        return dev

    @override
    def close_device(self, dev_handle: SimulatedUsbReader) -> None:
        pass

    @override
    def get_configuration(self, dev_handle: SimulatedUsbReader) -> int:
        _reachable(dev_handle)
        return 1

    @override
    def claim_interface(self, dev_handle: SimulatedUsbReader, intf: int) -> None:
        _reachable(dev_handle)
        if dev_handle.kernel_driver or dev_handle.refusal == errno.EBUSY:
            raise refused(errno.EBUSY)

    @override
    def release_interface(self, dev_handle: SimulatedUsbReader, intf: int) -> None:
        _reachable(dev_handle)

    @override
    def is_kernel_driver_active(self, dev_handle: SimulatedUsbReader, intf: int) -> bool:
        return dev_handle.kernel_driver

    @override
    def detach_kernel_driver(self, dev_handle: SimulatedUsbReader, intf: int) -> None:
        dev_handle.kernel_driver = False

    @override
    def attach_kernel_driver(self, dev_handle: SimulatedUsbReader, intf: int) -> None:
        dev_handle.kernel_driver = True

    @override
    def clear_halt(self, dev_handle: SimulatedUsbReader, ep: int) -> None:
        _reachable(dev_handle)

    @override
    def bulk_write(
        self, dev_handle: SimulatedUsbReader, ep: int, intf: int, data: "array[int]", timeout: int
    ) -> int:
        _reachable(dev_handle)
        dev_handle.write(data.tobytes())
        return len(data)

    @override
    def bulk_read(
        self, dev_handle: SimulatedUsbReader, ep: int, intf: int, buff: "array[int]", timeout: int
    ) -> int:
        _reachable(dev_handle)
        data = dev_handle.read(ep, len(buff))
        buff[: len(data)] = array("B", data)
        return len(data)


def refused(number: int) -> usb.core.USBError:
    """Return what pyusb raises for the error ``number`` of the operating system."""
    kind = usb.core.USBTimeoutError if number == errno.ETIMEDOUT else usb.core.USBError
    return kind(os.strerror(number), None, number)


def _reachable(reader: SimulatedUsbReader) -> None:
    if not reader.plugged:
        raise refused(errno.ENODEV)
