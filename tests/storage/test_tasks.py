"""Tasks are found across all cases, closed ones too, what is due first before the rest."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, insert, select

from clerk.domain.case import CaseState
from clerk.domain.case_list import CaseQuery, CaseView
from clerk.domain.tasks import TaskKind
from clerk.storage import case_list, cases, tasks
from clerk.storage.engine import Store
from clerk.storage.tables import cases as case_rows
from tests.storage.invented import TODAY, a_draft, an_id

SOON, LATER = TODAY + timedelta(days=3), TODAY + timedelta(days=30)


def kept(tx: Connection) -> None:
    cases.add(tx, a_draft(1, tasks={"after_check/LEASE": LATER, "after_check/RULES": SOON}))
    cases.add(tx, a_draft(2, state=CaseState.HANDED_OUT, tasks={"remind_result": TODAY}))
    cases.add(tx, a_draft(3, tasks={"after_check/LEASE": LATER}))
    cases.add(tx, a_draft(4))


def test_what_is_due_is_found_and_a_closed_case_is_no_exception(
    place: Path | str, open_store: Callable[..., Store]
) -> None:
    with open_store(place).begin() as tx:
        kept(tx)

        found = tasks.due_by(tx, SOON, list(TaskKind), limit=10)

    assert [(line.kind, line.subject, line.due_on) for line in found] == [
        (TaskKind.REMIND_RESULT, "", TODAY),
        (TaskKind.AFTER_CHECK, "RULES", SOON),
    ]


def test_nothing_due_is_left_out_however_many_cases_there_are(
    place: Path | str, open_store: Callable[..., Store]
) -> None:
    with open_store(place).begin() as tx:
        cases.add(tx, a_draft(1, tasks={"after_check/LEASE": LATER}))
        pattern = dict(tx.execute(select(case_rows)).mappings().one())
        del pattern["row_number"]
        more = range(2, tasks.MOST_CASES + 2)
        tx.execute(
            insert(case_rows),
            [pattern | {"case_id": an_id(row), "place": row.to_bytes(20)} for row in more],
        )
        cases.add(tx, a_draft(5000, tasks={"remind_result": TODAY, "after_check/RULES": SOON}))

        every = tasks.due_by(tx, LATER, list(TaskKind), limit=10_000)
        first = tasks.due_by(tx, LATER, {TaskKind.AFTER_CHECK}, limit=1)

    assert len(every) == tasks.MOST_CASES + 3
    assert [line.due_on for line in first] == [SOON]


def test_nobody_is_shown_what_is_not_his(
    place: Path | str, open_store: Callable[..., Store]
) -> None:
    with open_store(place).begin() as tx:
        kept(tx)

        mine = tasks.due_by(tx, SOON, {TaskKind.AFTER_CHECK}, limit=10)
        nothing = tasks.due_by(tx, LATER, frozenset(), limit=10)

    assert [line.subject for line in mine] == ["RULES"]
    assert nothing == []


def test_a_view_lists_the_cases_with_something_to_do(
    place: Path | str, open_store: Callable[..., Store]
) -> None:
    with open_store(place).begin() as tx:
        kept(tx)
        query = CaseQuery(view=CaseView.TASKS, on=TODAY, tasks=frozenset({TaskKind.AFTER_CHECK}))

        found = [line.case_id.int & 0xFFFF for line in case_list.page(tx, query)]

    assert found == [1]


def test_the_list_of_what_to_do_is_in_the_order_of_ones_own_tasks(
    place: Path | str, open_store: Callable[..., Store]
) -> None:
    """Neither the order of the cases nor somebody else's task puts a line first; pages agree with it."""
    with open_store(place).begin() as tx:
        mine = "after_check/LEASE"
        cases.add(tx, a_draft(1, tasks={mine: SOON, "remind_result": TODAY}))
        cases.add(tx, a_draft(2, tasks={mine: TODAY + timedelta(days=1)}))
        cases.add(tx, a_draft(3, tasks={mine: TODAY + timedelta(days=2)}))
        query = CaseQuery(view=CaseView.TASKS, on=TODAY, tasks=frozenset({TaskKind.AFTER_CHECK}))

        whole = case_list.page(tx, query)
        (first,) = case_list.page(tx, query, limit=1)
        rest = case_list.page(tx, query, first)
        skipped = case_list.page(tx, query, offset=2)
        extent = case_list.extent(tx, query)

    assert [line.case_id.int & 0xFFFF for line in whole] == [2, 3, 1]
    assert [first, *rest] == whole
    assert skipped == whole[2:]
    assert (extent.rows, extent.complete, extent.marks) == (3, True, ())
