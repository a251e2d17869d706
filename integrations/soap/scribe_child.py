"""The scribe's child process: the only place where zeep and the parser of XML run.

It answers one frame after the other and ends when its input ends. It opens shipped contracts and
nothing else, and writes no file.
"""

import gc
from functools import cache

from clerk import assets
from clerk.child import bound_memory_and_files, own_pipes
from clerk.domain.errors import RemoteTrouble
from integrations.soap.contract import Contract, written
from integrations.soap.frames import Frame, receive, send
from integrations.soap.gate import Gate
from integrations.soap.inner import InnerGate
from integrations.soap.outcome import tell_trouble
from integrations.soap.security import AnswerDemands
from integrations.soap.transport import Answer, Expected

_ADDRESS_SPACE_BYTES = 2 << 30
_MOST_BYTES = 1 << 30


@cache
def _contract(name: str) -> Contract:
    return Contract(name)


@cache
def _gate(peer: str, contract: str, demands: AnswerDemands) -> Gate:
    read = _contract(contract)
    return Gate(peer, read.namespace, read.schema, demands)


def _write(request: Frame) -> bytes:
    contract = _contract(request["contract"])
    envelope = contract.message(request["operation"], request["context"], request["fields"])
    stamp = request["stamp"]
    if stamp is not None:
        from integrations.soap.ws_security import secure  # loads a cryptographic library

        secure(envelope, stamp, stamp["at"], stamp["nonce"])
    return written(envelope)


@cache
def _inner(peer: str, contract: str) -> InnerGate:
    return InnerGate(peer, assets.read_bytes("resources", f"wsdl/{contract}_inner.xsd"))


def _answer(request: Frame) -> dict[str, object]:
    if request["do"] == "read_inner":
        inner = _inner(request["peer"], request["contract"])
        try:
            tolerate = request["tolerate_additions"]
            read = inner.read(request["root"], request["text"], tolerate_additions=tolerate)
            return {"values": read}
        except RemoteTrouble as trouble:
            return {"trouble": tell_trouble(trouble)}
    operation = request["operation"]
    contract = _contract(request["contract"])
    match request["do"]:
        case "write":
            return {"action": contract.action(operation), "envelope": _write(request)}
        case "read":
            told = request["demands"]
            demands = AnswerDemands(**told | {"required": tuple(told["required"])})
            gate = _gate(request["peer"], request["contract"], demands)
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
