"""The words for what is wrong with an identity number, a credit code or a name."""

from collections.abc import Mapping
from typing import Final

from clerk.domain.identifiers import IdCheck, IdFault, IdKind
from clerk.domain.names import MAX_NAME_LENGTH, NameCheck, NameFault
from clerk.wording import ID_KINDS

_ID_FAULTS: Final[Mapping[IdFault, str]] = {
    IdFault.EMPTY: "还差{name}",
    IdFault.LENGTH: "{name}有 {count} 位{length}。对照证件补齐",
    IdFault.CHARACTER: "{name}第 {position} 位不能是这个字。对照证件改",
    IdFault.FIRST_GENERATION: "15 位身份证号 2013 年起停用。换用 18 位的证件",
    IdFault.BIRTH_DATE: "{name}里的出生日期没有这一天。再读一次卡，或对照证件改",
    IdFault.BIRTH_IN_FUTURE: "{name}里的出生日期还没到。对照证件改",
    IdFault.CHECK_CHARACTER: "{name}第 {position} 位不对，应为 {expected}。再读一次卡，或对照证件改",
    IdFault.FORM: "{name}的样子不对{length}。对照证件改",
    IdFault.REGION: "{name}前几位查不到地区。对照证件看一眼",
}


def id_fault(kind: IdKind, found: IdCheck) -> str:
    """What is wrong with a number and what to do; empty where nothing is."""
    if found.fault is None:
        return ""
    return _ID_FAULTS[found.fault].format(
        name="身份证号" if kind is IdKind.RESIDENT_ID else ID_KINDS[kind],
        count=len(found.number),
        length=f"，应为 {found.length} 位" if found.length else "",
        position=found.position,
        expected=found.expected,
    )


_NAME_FAULTS: Final[Mapping[NameFault, str]] = {
    NameFault.EMPTY: "还差{name}",
    NameFault.TOO_LONG: "{name}超过 {most} 个字。对照证件改",
    NameFault.CONTROL: "{name}第 {position} 位是看不见的控制符（{found}）。删去它，对照证件重打",
    NameFault.INVISIBLE: "{name}第 {position} 位是看不见的符号（{found}）。删去它，对照证件重打",
    NameFault.BROKEN: "{name}第 {position} 位是损坏的字（{found}）。删去它，对照证件重打",
}


def name_fault(name: str, found: NameCheck) -> str:
    """What is wrong with a name that was typed and what to do; empty where nothing is.

    A private sign passes: a rare name may have no other, and on paper a pen writes it.
    """
    if found.fault is None or found.fault is NameFault.PRIVATE_USE:
        return ""
    return _NAME_FAULTS[found.fault].format(
        name=name, most=MAX_NAME_LENGTH, position=found.position, found=found.found
    )
