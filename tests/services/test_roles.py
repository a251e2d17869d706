"""Each use case asks the one table who may; nothing is allowed because a button is hidden."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

import clerk.services
from clerk.domain.certificate import AuthorisationMode
from clerk.domain.errors import NotAllowed
from clerk.domain.findings import NextAct
from clerk.domain.identity import ALLOWED, Act, Role
from clerk.storage import journal
from tests.services.use_case_acts import ACT_OF, BESIDE_IT, BY_ACT, BY_ITSELF, PARTS
from tests.services.window import STATION, Window, opened

GIVEN = {"act": NextAct.ACCEPT_AND_PASS_ON, "mode": AuthorisationMode.PHONE}


def use_cases():
    """Every public function of the room that takes the desk and who acts."""
    for module in pkgutil.iter_modules(clerk.services.__path__, "clerk.services."):
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            takes = list(inspect.signature(function).parameters)
            own = function.__module__ == module.name and not name.startswith("_")
            if own and takes[:2] == ["desk", "session"]:
                yield function


def denied():
    """Every use case with every role that the table does not give it to."""
    wanted: list[tuple[Any, dict[str, object], Act]] = [
        (function, {}, act) for function, act in ACT_OF.items()
    ]
    wanted += [
        (function, {argument: value}, act)
        for (function, argument), (value, act) in BESIDE_IT.items()
    ]
    for function, rights in BY_ACT.items():
        wanted += [(function, {"act": asked}, act) for asked, act in rights.items()]
    for function, given, act in wanted:
        for role in Role:
            if act not in ALLOWED[role]:
                yield pytest.param(
                    function, given, role, id=f"{function.__name__}-{given.get('act', act)}-{role}"
                )


@pytest.fixture(scope="module")
def one_window(
    tmp_path_factory: pytest.TempPathFactory, empty, peers, press, catalogue, calendar
) -> Iterator[Window]:
    with opened(
        tmp_path_factory.mktemp("store"), empty, peers, press, catalogue, calendar
    ) as window:
        yield window


def test_every_use_case_stands_in_the_table():
    found = set(use_cases())

    listed = {*ACT_OF, *BY_ACT, *BY_ITSELF, *PARTS}
    missing = {f.__qualname__ for f in found - listed}
    gone = {f.__qualname__ for f in listed - found}
    assert (missing, gone) == (set(), set())


@pytest.mark.parametrize(("function", "given", "role"), list(denied()))
def test_what_the_role_does_not_carry_is_refused_before_anything_else(
    one_window, function, given, role
):
    """Before a case is read, a peer is asked or a line is written: nothing else is handed in."""
    asked = list(inspect.signature(function).parameters)[2:]
    arguments = {name: {**GIVEN, **given}.get(name) for name in asked}

    with pytest.raises(NotAllowed):
        function(one_window.desk, one_window.session(role), **arguments)

    assert one_window.read(lambda tx: journal.anchor(tx, STATION)) is None


@pytest.mark.parametrize("act", Act)
def test_every_act_guards_a_use_case_or_waits_for_its_feature(act):
    """No line of the table is there for nothing."""
    waits = {
        Act.LET_THROUGH,  # asked for inside the hand-out, of whoever has no papers
        Act.REVEAL_IDENTITY,  # the screen's own, where a number is shown in full
        Act.MANAGE_ACCOUNTS,  # the administrators' page
    }
    by_act = {act for rights in BY_ACT.values() for act in rights.values()}
    guarded = {*ACT_OF.values(), *(act for _, act in BESIDE_IT.values()), *by_act}

    assert (act in guarded) is not (act in waits)
