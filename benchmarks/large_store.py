"""Stores of many invented cases, written in bulk: what a hall has after some years."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text

from benchmarks.counter import START_AT, Counter
from benchmarks.intake import Intake
from clerk.domain.case import CaseState
from clerk.storage import search_text
from clerk.storage.cases import NOTHING_DUE, Queue, place
from clerk.storage.tables import cases, outbox

AT_ONCE = 5000
FAMILY_NAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN_NAMES = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国志红梅玉春燕鹏宇浩欣怡子涵"
A_DAY = 740
"""A city takes in 185,000 cases in 250 working days."""

OPEN_DAYS = 8
"""How long a case is under way, on average."""

OPEN = (
    (CaseState.UNDER_REVIEW, Queue.TO_DECIDE, 70),
    (CaseState.RESULT_WAITING, Queue.RESULT_WAITING, 20),
    (CaseState.CORRECTION_DUE, Queue.WITH_APPLICANT, 10),
)
LIMIT_DAYS = 20
_INDEX = text("INSERT INTO case_search (rowid, tokens) VALUES (:row, :tokens)")


def make_large(path: Path, key: bytes, counter: Counter, wanted: int) -> None:
    """Write ``wanted`` cases, each listed and findable like a real one, each with a message.

    One is taken in by the service and is the pattern of the rest; names are drawn at random.
    """
    pattern = Intake(path, key, counter, 1)
    taken = pattern.take_in(pattern.draft())
    with pattern.store.begin() as tx:
        case = dict(tx.execute(select(cases)).mappings().one())
        of_case = select(outbox).where(outbox.c.case_id == taken.case_id).limit(1)
        message = dict(tx.execute(of_case).mappings().one())
        rows = _rows(case, counter, wanted - 1)
        while batch := [row for _, row in zip(range(AT_ONCE), rows, strict=False)]:
            tx.execute(insert(cases), batch)
            tx.execute(
                _INDEX,
                [
                    {
                        "row": row["row_number"],
                        "tokens": search_text.index_tokens(row["search_text"]),
                    }
                    for row in batch
                ],
            )
            tx.execute(
                insert(outbox),
                [
                    message
                    | {
                        "message_id": row["case_id"],
                        "case_id": row["case_id"],
                        "state": "delivered",
                        "body": "{}",
                    }
                    for row in batch
                ],
            )
    pattern.store.close()


def _rows(case: dict[str, Any], counter: Counter, wanted: int) -> Iterator[dict[str, Any]]:
    """Yield columns, the oldest case first: nearly all of a long list is closed, as in a hall."""
    drawn = random.Random(wanted)  # noqa: S311
    stages = [(state, queue) for state, queue, weight in OPEN for _ in range(weight)]
    for serial in range(1, wanted + 1):
        name = drawn.choice(FAMILY_NAMES) + drawn.choice(GIVEN_NAMES) + drawn.choice(GIVEN_NAMES)
        item = drawn.choice(counter.catalogue)
        days_ago = (wanted - serial) / A_DAY
        closed = days_ago > drawn.expovariate(1 / OPEN_DAYS)
        state, queue = (CaseState.HANDED_OUT, Queue.CLOSED) if closed else drawn.choice(stages)
        opened_at = START_AT - timedelta(days=days_ago)
        due_on = opened_at.date() + timedelta(days=drawn.randrange(LIMIT_DAYS))
        running = state in {CaseState.UNDER_REVIEW, CaseState.CORRECTION_DUE}
        next_due_on: date = due_on if running else NOTHING_DUE
        milliseconds = int(opened_at.timestamp() * 1000)
        case_id = UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62 | serial)
        number = f"{opened_at:%Y%m%d}-{serial:07}"
        initials = counter.initials.of(name)
        yield case | {
            "row_number": case["row_number"] + serial,
            "case_id": case_id,
            "state": state.value,
            "closed": closed,
            "queue": queue.value,
            "item_code": item.item_code,
            "item_name": item.name,
            "number": number,
            "applicant_name": name,
            "opened_at": opened_at,
            "received_at": opened_at,
            "accepted_at": opened_at,
            "due_on": due_on,
            "statutory_due_on": due_on + timedelta(days=10),
            "next_due_on": next_due_on,
            "search_text": search_text.line(name, initials, number, "", item.name),
            "place": place(next_due_on, case_id),
        }
