"""The scribe's child process: the only place where zeep and the parser of XML run.

It answers one frame after the other and ends when its input ends. It opens shipped contracts and
nothing else, and writes no file.
"""

import gc
import os
import sys
from contextlib import suppress
from functools import cache
from typing import BinaryIO

from clerk.domain.errors import RemoteTrouble
from integrations.soap.contract import Contract
from integrations.soap.frames import Frame, receive, send
from integrations.soap.gate import Gate
from integrations.soap.outcome import tell_trouble
from integrations.soap.transport import Answer, Expected

_ADDRESS_SPACE_BYTES = 2 << 30
_MOST_BYTES = 1 << 30


@cache
def _contract(name: str) -> Contract:
    return Contract(name)


@cache
def _gate(peer: str, contract: str) -> Gate:
    read = _contract(contract)
    return Gate(peer, read.namespace, read.schema)


def _answer(request: Frame) -> dict[str, object]:
    operation = request["operation"]
    contract = _contract(request["contract"])
    match request["do"]:
        case "write":
            written = contract.write(operation, request["context"], request["fields"])
            return {"action": contract.action(operation), "envelope": written}
        case "read":
            gate = _gate(request["peer"], request["contract"])
            try:
                envelope = gate.check(Answer(**request["answer"]), Expected(**request["expected"]))
            except RemoteTrouble as trouble:
                return {"trouble": tell_trouble(trouble)}
            return {"values": contract.read(operation, envelope)}
        case unknown:
            raise ValueError(unknown)


def _bound_memory_and_files() -> None:
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError):  # a stricter limit is in force already
        resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE_BYTES, _ADDRESS_SPACE_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep stdin and stdout for frames, so that a stray line of a library cannot break one."""
    asked = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return asked, answers


def main() -> None:
    asked, answers = _own_pipes()
    gc.collect()
    gc.freeze()
    _bound_memory_and_files()
    while (request := receive(asked, most_bytes=_MOST_BYTES)) is not None:
        send(answers, _answer(request))


if __name__ == "__main__":
    main()
