"""The practice province's shared data (共享数据): people, marriages, firms, taxes and qualifications."""

import sqlite3
from collections.abc import Mapping
from typing import ClassVar, Final

from integrations.practice.envelope import Refused, Request, Tree
from integrations.practice.people import (
    CHEN_YANSHI,
    COUNTY,
    FIRMS,
    LI_YANGBEN,
    PEOPLE,
    WANG_CESHI,
    ZHANG_SHILI,
    ZHAO_XUGOU,
    ZHOU_MONI,
    PracticeFirm,
    PracticePerson,
)
from integrations.practice.residents import BODIES, RESIDENTS
from integrations.practice.service import Service

_COUPLES: Final = ((ZHANG_SHILI, CHEN_YANSHI, "2010-05-20"), (WANG_CESHI, None, ""))
"""Who is married to whom since when; nobody beside a person: he never was."""
_WIDOWED: Final = frozenset({LI_YANGBEN.id_number})
_MOST_SILENT: Final = frozenset({ZHOU_MONI.id_number, *(one.id_number for one in RESIDENTS)})
"""Nobody's marriage is on record here: the certificate or the paper must come."""
_QUALIFIED: Final = {
    CHEN_YANSHI.id_number: "护士执业资格",
    ZHAO_XUGOU.id_number: "医师资格",
}
_AS_OF: Final = "2026-03-17"


class SharedData(Service):
    """Answers about the practice people and firms; knows nothing of anybody else.

    Its control ``{"unknown": number}`` lets every source forget somebody, ``{"say": number,
    "field": name, "value": text}`` lets the sources say something else of him.
    """

    contract: ClassVar[str] = "shared_data"
    fault_name: ClassVar[str] = "SharedDataFault"
    reads: ClassVar[frozenset[str]] = frozenset({"AskSharedData"})
    tables: ClassVar[str] = """
    CREATE TABLE IF NOT EXISTS forgotten (id_number TEXT PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS said (
        id_number TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
        PRIMARY KEY (id_number, field));
    CREATE TABLE IF NOT EXISTS question (
        message_id TEXT PRIMARY KEY, case_id TEXT NOT NULL, source TEXT NOT NULL,
        id_number TEXT NOT NULL, purpose TEXT NOT NULL, basis TEXT NOT NULL, reason TEXT NOT NULL);
    """

    def handle(self, tx: sqlite3.Connection, request: Request) -> Tree:
        """Act on a message."""
        if request.operation == "AskSharedData":
            return _ask(tx, request)
        raise Refused("INVALID_ARGUMENT", "没有这项操作")

    def steer(self, tx: sqlite3.Connection, order: Mapping[str, object]) -> None:
        """Change what is known of somebody."""
        number, field, value = (order.get(name) for name in ("say", "field", "value"))
        forget = order.get("unknown")
        if isinstance(forget, str) and forget:
            tx.execute("INSERT OR REPLACE INTO forgotten VALUES (?)", (forget,))
        elif isinstance(number, str) and isinstance(field, str) and isinstance(value, str):
            tx.execute("INSERT OR REPLACE INTO said VALUES (?, ?, ?)", (number, field, value))
        else:
            raise Refused("INVALID_ARGUMENT", "没有这项控制")

    def state(self, tx: sqlite3.Connection) -> dict[str, object]:
        """Return who was asked about, what for and by what right: the ledger of the sources."""
        return {"questions": [dict(row) for row in tx.execute("SELECT * FROM question")]}


def _ask(tx: sqlite3.Connection, request: Request) -> Tree:
    if not request.case_id:
        raise Refused("ACCESS_DENIED", "只能为办件查询")
    source, number = request.text("source"), request.text("idNumber")
    tx.execute(
        "INSERT OR REPLACE INTO question VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            request.header("messageId"),
            request.case_id,
            source,
            number,
            request.text("purpose"),
            request.text("basis"),
            request.text("reason"),
        ),
    )
    told: list[tuple[str, str | Tree]] = [("source", source), ("idNumber", number)]
    forgotten = tx.execute("SELECT 1 FROM forgotten WHERE id_number = ?", (number,)).fetchone()
    known = {} if forgotten else dict(_known(source, number))
    if not known:
        return [*told, ("outcome", "NOT_FOUND")]
    for row in tx.execute("SELECT field, value FROM said WHERE id_number = ?", (number,)):
        if row["field"] in known:
            known[row["field"]] = row["value"]
    told += [("outcome", "FOUND"), ("recordNumber", f"{source[:3]}-{number[-6:]}")]
    told.append(("asOf", _AS_OF))
    told += [("value", [("name", name), ("value", value)]) for name, value in known.items()]
    return told


def _known(source: str, number: str) -> Mapping[str, str]:
    person = next((one for one in (*PEOPLE, *RESIDENTS) if one.id_number == number), None)
    firm = next((one for one in (*FIRMS, *BODIES) if one.code == number), None)
    match source:
        case "POPULATION" if person is not None:
            return _population(person)
        case "MARRIAGE" if person is not None:
            return _marriage(person)
        case "ENTERPRISE" if firm is not None:
            return _enterprise(firm)
        case "TAX" if firm is not None:
            return {"清税状态": "已结清", "清税日期": "2026-03-02"}
        case "QUALIFICATION" if number in _QUALIFIED:
            return {"资格名称": _QUALIFIED[number], "取得日期": "2019-07-01"}
        case _:
            return {}


def _population(person: PracticePerson) -> Mapping[str, str]:
    return {
        "姓名": person.name,
        "性别": person.sex,
        "民族": person.nation,
        "出生日期": person.birth_on.isoformat(),
        "户籍地址": person.address,
        "状态": "正常",
    }


def _marriage(person: PracticePerson) -> Mapping[str, str]:
    for one, other, since in _COUPLES:
        for self, spouse in ((one, other), (other, one)):
            if self is person:
                return (
                    {"婚姻状况": "已婚", "配偶姓名": spouse.name, "登记日期": since}
                    if spouse is not None
                    else {"婚姻状况": "未婚"}
                )
    if person.id_number in _MOST_SILENT:
        return {}
    return {"婚姻状况": "丧偶" if person.id_number in _WIDOWED else "未婚"}


def _enterprise(firm: PracticeFirm) -> Mapping[str, str]:
    return {
        "名称": firm.name,
        "类型": firm.kind,
        "负责人": firm.person.name,
        "住所": firm.address or COUNTY,
        "成立日期": firm.registered_on.isoformat(),
        "状态": "存续",
    }
