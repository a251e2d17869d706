"""The child that opens packages of standards: signature, zip and members are looked at here.

A province's package has half a gigabyte: taken apart in the window's own process, it would hold the
window up and fill its memory. The file is mapped, for the signature is over all of it at once; a
stick that is pulled out ends this child alone, and that is told. It stays open from its signature to
its last member: under its name there may be another one by then.
"""

import gc
import json
import logging
from collections.abc import Sequence
from contextlib import ExitStack
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO

from clerk.child import bound_memory_and_files, give_up_network, own_pipes
from clerk.child.frames import Head, read_frame, write_frame
from clerk.domain.standard_package import PackageFaulty
from clerk.services.standard_unpacking import Package, opened
from integrations.credentials.signatures import is_signed_by

_ADDRESS_SPACE_BYTES = 8 << 30


class _Opened:
    """The package that was asked for last, whose signature this child has looked at."""

    def __init__(self) -> None:
        self._held = ExitStack()
        self._file: BinaryIO | None = None
        self._package: Package | None = None

    def answer(self, head: Head) -> tuple[Head, bytes]:
        """Do what is asked; a request about a package that this child never saw is lost."""
        try:
            if head["do"] == "signed":
                return {"signed": self._signed(Path(head["file"]), head["keys"])}, b""
            if head["do"] == "open" and self._file is not None:
                self._package = self._held.enter_context(opened(self._file))
                return _about(self._package), b""
            if self._package is None:
                return {"lost": True}, b""
            return _of(self._package, head)
        except PackageFaulty as error:
            return {"faulty": str(error)}, json.dumps(error.faults).encode()

    def _signed(self, file: Path, keys: Sequence[str]) -> bool | None:
        """Whether one of the keys signed it; None where file or signature cannot be read."""
        try:
            signature = file.with_name(f"{file.name}.sig").read_text("ascii")
            there = self._held.enter_context(file.open("rb"))
            with (
                mmap(there.fileno(), 0, access=ACCESS_READ) as mapped,
                memoryview(mapped) as content,
            ):
                signed = is_signed_by(keys, content, signature)
        except (OSError, ValueError):
            return None
        self._file = there if signed else None
        return signed


def _of(package: Package, head: Head) -> tuple[Head, bytes]:
    match head["do"]:
        case "look":
            return {}, json.dumps(package.faults_from(head["begin"])).encode()
        case "item":
            code, versions, samples = package.members_of(head["number"])
            members = [*versions.values(), *samples.values()]
            sizes = [len(one) for one in members]
            return {"code": code, "samples": list(samples), "sizes": sizes}, b"".join(members)
        case "letter":
            code, promises, content = package.letter(head["number"])
            return {"code": code, "promises": promises}, content
        case unknown:
            raise ValueError(unknown)


def _about(package: Package) -> Head:
    return {
        "files": package.files,
        "items": package.items,
        "letters": package.letter_count,
        "made_at": package.made_at,
        "made_by": package.made_by,
        "digests": dict(package.digests()),
    }


def main() -> None:
    asked, answers = own_pipes()
    give_up_network()
    logging.disable(logging.CRITICAL)
    gc.freeze()
    bound_memory_and_files(_ADDRESS_SPACE_BYTES)
    package = _Opened()
    while (frame := read_frame(asked)) is not None:
        write_frame(answers, *package.answer(frame[0]))


if __name__ == "__main__":
    main()
