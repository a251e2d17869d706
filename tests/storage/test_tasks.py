"""Tasks are found across all cases, closed ones too, what is due first before the rest."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection

from clerk.domain.case import CaseState
from clerk.domain.case_list import CaseQuery, CaseView
from clerk.domain.tasks import TaskKind
from clerk.storage import case_list, cases, tasks
from clerk.storage.engine import Store
from tests.storage.invented import TODAY, a_draft

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
