"""The scribe's child process: the only place where zeep and the parser of XML run.

It answers one frame after the other and ends when its input ends. It opens shipped contracts and
nothing else, and writes no file.
"""

import gc
from functools import cache

from clerk.child import bound_memory_and_files, own_pipes
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


def main() -> None:
    asked, answers = own_pipes()
    gc.collect()
    gc.freeze()
    bound_memory_and_files(_ADDRESS_SPACE_BYTES)
    while (request := receive(asked, most_bytes=_MOST_BYTES)) is not None:
        send(answers, _answer(request))


if __name__ == "__main__":
    main()
