"""No code path leads from a clock to anybody's bad record: reporting is a person's act."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.call_graph import CallGraph
from tests.source_code import Module, modules

# What runs because time passes or a timer rings.
CLOCKS = (
    "clerk.app.behind",
    "clerk.domain.alarms",
    "clerk.domain.reminders",
    "clerk.domain.tasks",
    "clerk.services.recount",
    "clerk.services.tasks",
    "clerk.services.time_passing",
    "clerk.storage.alarms",
    "clerk.storage.tasks",
)
# What writes to a credit record, or lets a message about one be written.
WRITES = (
    "clerk.services.credit:report_false_promise",
    "clerk.domain.credit_gate:report_false_promise",
)
REPORT = "REPORT_FALSE_PROMISE"
# They carry what a person has already decided and written down: the table of peers, the sender.
CARRIERS = {"clerk.domain.hand_off:_PEERS", "clerk.services.hand_off:_send"}


def shipped() -> list[Module]:
    """Everything that can act; a panel only reaches it through the callables it was given."""
    return [
        module
        for module in modules("clerk")
        if not module.name.startswith(("clerk.ui", "clerk.tour", "clerk.selfcheck"))
    ]


@cache
def whole() -> CallGraph:
    return CallGraph.of(shipped())


def asked_by_timers(graph: CallGraph) -> list[str]:
    return [*graph.within(*CLOCKS), "clerk.services.credit:ask_again"]


def who_names_the_report(sources: list[Module]) -> set[str]:
    """Functions and tables that write down the kind of a message about a bad record."""
    return {
        f"{module.name}:{node.name}"
        for module in sources
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute)
        and inner.attr == REPORT
        and isinstance(inner.value, ast.Name)
        and inner.value.id == "MessageKind"
    }


def test_nothing_that_time_sets_going_reports_anybody():
    graph = whole()
    targets = {*WRITES, *who_names_the_report(shipped())} - CARRIERS

    way = graph.way(asked_by_timers(graph), targets)

    assert way == [], " -> ".join(way)


def test_the_report_is_queued_in_one_place_only():
    assert who_names_the_report(shipped()) - CARRIERS == {
        "clerk.services.credit:report_false_promise"
    }


def test_a_timer_does_reach_what_it_is_there_for():
    """The graph itself: one that reached nothing would forbid nothing."""
    graph = whole()
    reached = ("clerk.services.hand_off:deliver", "clerk.services.time_passing:let_the_day_pass")

    for target in (*reached, "clerk.services.credit:ask_again"):
        assert graph.way(graph.within("clerk.app.behind"), [target])


CALLED = """
from clerk.services import credit

def let_the_day_pass(desk):
    credit.report_false_promise(desk, None, None, "")
"""
HANDED_ON = """
from clerk.services.credit import report_false_promise as tell

def let_the_day_pass(desk):
    _later(desk)

def _later(desk):
    desk.jobs.run(tell)
"""
THROUGH_A_TABLE = """
from clerk.domain import credit_gate

_DOES = {"overdue": credit_gate.report_false_promise}

def let_the_day_pass(desk):
    _DOES["overdue"](desk)
"""
WIRED = """
from clerk.services import credit

def wire():
    return Actions(deliver=credit.report_false_promise)
"""


def planted(name: str, source: str) -> Module:
    return Module(name=name, path=Path("x.py"), tree=ast.parse(source))


@pytest.mark.parametrize("source", [CALLED, HANDED_ON, THROUGH_A_TABLE])
def test_a_planted_path_is_found(source):
    graph = whole().with_more(planted("clerk.services.time_passing", source))

    assert graph.way(graph.within("clerk.services.time_passing"), WRITES)


def test_a_path_through_the_wiring_is_found():
    """A callable that the wiring hands to what a timer calls counts as called by it."""
    graph = whole().with_more(planted("clerk.app.planted", WIRED))

    assert graph.way(graph.within("clerk.app.behind"), WRITES)
