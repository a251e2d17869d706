"""The ways a card reader does not finish, each with its one sentence for the clerk.

Nothing of an unfinished read is used, and every sentence leaves typing as a way out.
"""

from clerk.domain.errors import DeviceAbsent, DeviceTrouble, NoCard


class ReaderDenied(DeviceTrouble):
    """The operating system does not let this user at the reader."""


class ReaderHeld(DeviceTrouble):
    """Another program holds the reader."""


class ReaderSilent(DeviceTrouble):
    """The reader did not answer in time."""


class ReaderFaulty(DeviceTrouble):
    """The reader says that it is out of order, or is not what it claims to be."""


class AnswerGarbled(DeviceTrouble):
    """The answer was cut, changed on the way, or makes no sense."""


class CardMoved(DeviceTrouble):
    """The card was lifted or moved before it was read to the end."""


class CardRejected(DeviceTrouble):
    """Card and reader do not trust each other: a forged or damaged chip, or a foreign card."""


def no_reader() -> DeviceAbsent:
    """No reader is plugged in."""
    return DeviceAbsent("没有找到读卡器，请检查连线；也可以手工录入")


def no_usb_library() -> DeviceAbsent:
    """The machine has no library for USB at all."""
    return DeviceAbsent("本机缺少 libusb 组件，读卡器用不了，请联系系统管理员安装；可先手工录入")


def unplugged() -> DeviceAbsent:
    """The reader went away while it was spoken to."""
    return DeviceAbsent("读卡器断开了，这次读到的内容没有使用，请检查连线后重放证件")


def denied() -> ReaderDenied:
    """The user may not open the device."""
    return ReaderDenied("本用户无权使用读卡器，请联系系统管理员安装设备规则；可先手工录入")


def held() -> ReaderHeld:
    """The device is claimed elsewhere."""
    return ReaderHeld("读卡器正被其他程序占用，请关闭那个程序后重放证件；也可以手工录入")


def silent() -> ReaderSilent:
    """No answer came."""
    return ReaderSilent("读卡器没有响应，这次没有读到内容，请重放证件；仍不行请重新插拔读卡器")


def faulty(code: int) -> ReaderFaulty:
    """The security module inside refuses; ``code`` is its status."""
    return ReaderFaulty(f"读卡器自检没有通过（代码 {code:02X}），请报修；可先手工录入")


def unknown_status(code: int) -> ReaderFaulty:
    """A status that the protocol's tables do not know or that should not come here."""
    return ReaderFaulty(f"读卡器报告代码 {code:02X}，这次没有读到内容，请重放证件；也可以手工录入")


def garbled() -> AnswerGarbled:
    """The bytes are not a whole frame, or the record inside cannot be read."""
    return AnswerGarbled("读卡器传来的数据不完整，这次读到的内容没有使用，请移开证件后重新放置")


def unknown_card() -> CardRejected:
    """The card names a type that no layout is known for."""
    return CardRejected("不认识这种证件，没有读取内容，请手工录入")


def no_card() -> NoCard:
    """Nothing to read."""
    return NoCard("读卡器上没有证件，请放好证件再读")


def card_moved() -> CardMoved:
    """Read half and then lost."""
    return CardMoved("证件移动了，没有读完，这次读到的内容没有使用，请移开后重新放置")


def card_rejected() -> CardRejected:
    """The chip fails the mutual check."""
    return CardRejected("证件没有通过读卡器验证，芯片可能损坏，请核对证件真伪；内容没有使用")


class NoScanner(DeviceAbsent):
    """This counter has no document camera."""

    def __init__(self) -> None:
        super().__init__("高拍仪没有接，什么都没有扫。按 2 选文件，或收纸质件")


class NothingOnScanner(DeviceTrouble):
    """Nothing lies under the camera."""

    def __init__(self) -> None:
        super().__init__("高拍仪下面没有放纸，什么都没有存。放好后再按一次 F7")


class NothingInFolder(DeviceTrouble):
    """The scanner's program has written no new page."""

    def __init__(self) -> None:
        super().__init__("扫描文件夹里没有新的页，什么都没有存。先在扫描仪上扫好，再按一次 1")


class ScanFolderUnread(DeviceAbsent):
    """The folder that the scanner writes to is not there, or may not be read."""

    def __init__(self) -> None:
        super().__init__("扫描文件夹打不开，什么都没有扫。按 2 选文件，并告诉系统管理员")


class PageTooLarge(DeviceTrouble):
    """The page is larger than any file that is kept."""

    def __init__(self) -> None:
        super().__init__("扫描的这一页超过 20 MB，没有存。降低分辨率再扫一次")
