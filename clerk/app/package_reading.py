"""A package of standards as its child reads it; see ``clerk.app.package_child``."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from clerk.child.frames import Head, exchange
from clerk.child.process import ChildDied, ChildProcess, ChildTooSlow
from clerk.domain.errors import BadInput
from clerk.domain.standard_package import PackageFaulty
from clerk.services.standard_unpacking import PackagedItem, differing

_SECONDS: Final = 600.0
"""A signature is over the whole file, which may lie on a slow stick."""


class PackageReading:
    """A ``Packaged`` in another process; see ``reading``."""

    def __init__(self, child: ChildProcess, file: Path, keys: Sequence[str]) -> None:
        """Make sure that one of ``keys`` signed it; nothing else of it is read."""
        self._child, self._name = child, file.name
        self._about: Head = {}
        head, _ = self._asked("signed", file=str(file.resolve()), keys=list(keys))
        if head["signed"] is None:
            raise BadInput(
                f"标准包 {file.name} 读不出或没有签名，没有取任何内容。请连同签名文件一起拷来"
            )
        if not head["signed"]:
            raise BadInput(
                f"标准包 {file.name} 的签名不对，没有取任何内容。请换成本单位签发的，"
                "或在 settings.toml 里写上打包单位的公钥"
            )

    def open(self) -> None:
        """Read what it says it holds.

        Raises:
            PackageFaulty: it does not hold that; everything is listed.
        """
        self._about, _ = self._asked("open")

    @property
    def pid(self) -> int | None:
        """The child's number with the system."""
        return self._child.pid

    @property
    def files(self) -> int:
        return int(self._about["files"])

    @property
    def items(self) -> int:
        return int(self._about["items"])

    @property
    def made_at(self) -> str:
        return str(self._about["made_at"])

    @property
    def made_by(self) -> str:
        return str(self._about["made_by"])

    def faults_from(self, begin: int) -> Sequence[str]:
        """See ``Packaged``."""
        _, body = self._asked("look", begin=begin)
        return [str(one) for one in json.loads(body)]

    def item(self, number: int) -> PackagedItem:
        """See ``Packaged``."""
        head, body = self._asked("item", number=number)
        members = _parted(body, head["sizes"])
        versions = members[: len(members) - len(head["samples"])]
        samples = dict(zip(head["samples"], members[len(versions) :], strict=True))
        return PackagedItem(head["code"], versions, samples)

    def letters(self) -> Iterator[tuple[str, bool, bytes]]:
        """See ``Packaged``."""
        for number in range(self._about["letters"]):
            head, content = self._asked("letter", number=number)
            yield head["code"], head["promises"], content

    def differing(self, here: Mapping[str, str]) -> tuple[str, ...]:
        """See ``Packaged``."""
        return differing(self._about["digests"], here)

    def _asked(self, what: str, **head: object) -> tuple[Head, bytes]:
        ask = partial(exchange, {"do": what, **head}, b"")
        try:
            told, body = self._child.ask(ask)
        except (ChildDied, ChildTooSlow) as error:
            raise self._gone() from error
        if "lost" in told:
            raise self._gone()
        if "faulty" in told:
            raise PackageFaulty(told["faulty"], tuple(json.loads(body)))
        return told, body

    def _gone(self) -> BadInput:
        return BadInput(
            f"标准包 {self._name} 读到一半读不出了，没有取任何内容。U 盘可能已拔下，插好再试"
        )


def _parted(body: bytes, sizes: Sequence[int]) -> list[bytes]:
    parts: list[bytes] = []
    begin = 0
    for size in sizes:
        parts.append(body[begin : begin + size])
        begin += size
    return parts


@contextmanager
def reading(file: Path, keys: Sequence[str]) -> Iterator[PackageReading]:
    """Start a child for a package that one of ``keys`` has signed, and end it afterwards.

    Raises:
        BadInput: nobody whom we trust has signed exactly these bytes, or they cannot be read.
    """
    child = ChildProcess("clerk.app.package_child", seconds=_SECONDS)
    try:
        yield PackageReading(child, file, keys)
    finally:
        child.close()
