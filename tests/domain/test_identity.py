"""Who may do what: the one table, and what it keeps apart."""

from dataclasses import replace
from itertools import combinations

import pytest

from clerk.domain.errors import NotAllowed
from clerk.domain.identity import (
    ADMINISTRATORS,
    ALLOWED,
    Account,
    Act,
    Role,
    exclusive_roles_respected,
)
from tests.domain.at_the_window import session

COUNTER_ROLES = frozenset(Role) - ADMINISTRATORS
LEDGER_ACTS = frozenset({Act.VERIFY_JOURNAL, Act.SHOW_USES, Act.COMPARE_USES})
"""Acts on what was written down of calls; they show and change no case."""
CASE_ACTS = frozenset(Act) - LEDGER_ACTS - {Act.MANAGE_ACCOUNTS}
PAIRS = [frozenset(pair) for pair in combinations(Role, 2)]


def test_every_role_stands_in_the_table():
    assert set(ALLOWED) == set(Role)


def test_every_act_is_given_to_somebody():
    given = frozenset().union(*ALLOWED.values())

    assert frozenset(Act) - given == frozenset()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_what_the_table_does_not_give_is_denied(role, act):
    """Deny by default."""
    who = session(role)

    if act in ALLOWED[role]:
        who.require(act)
    else:
        with pytest.raises(NotAllowed):
            who.require(act)
    assert who.may(act) is (act in ALLOWED[role])


def test_a_person_without_a_role_may_do_nothing():
    account = Account(account_id="wu", display_name="无名", roles=frozenset())
    nobody = replace(session(), account=account)

    assert not any(nobody.may(act) for act in Act)


def test_two_roles_carry_what_either_of_them_carries():
    account = Account(
        account_id="er",
        display_name="二职",
        roles=frozenset({Role.RESULT_CLERK, Role.SUPERVISOR}),
    )
    who = replace(session(), account=account)

    assert who.may(Act.HAND_OUT)
    assert who.may(Act.REVEAL_IDENTITY)
    assert not who.may(Act.DECIDE)


def test_the_three_administrators_are_system_security_and_audit():
    """三员 of a classified protection system (等级保护)."""
    assert {
        Role.SYSTEM_ADMIN,
        Role.SECURITY_ADMIN,
        Role.AUDITOR,
    } == ADMINISTRATORS


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "+".join(sorted(pair)))
def test_an_administrator_holds_no_other_role(pair):
    assert exclusive_roles_respected(pair) is not bool(pair & ADMINISTRATORS)


@pytest.mark.parametrize("role", Role)
def test_one_role_alone_is_always_respected(role):
    assert exclusive_roles_respected(frozenset({role}))


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_no_administrator_touches_a_case(role):
    assert not ALLOWED[role] & CASE_ACTS


@pytest.mark.parametrize("role", sorted(COUNTER_ROLES))
def test_no_counter_role_manages_accounts_or_the_journal(role):
    assert not ALLOWED[role] & {Act.MANAGE_ACCOUNTS, Act.VERIFY_JOURNAL}


def test_only_the_auditor_verifies_the_journal():
    assert [role for role in Role if Act.VERIFY_JOURNAL in ALLOWED[role]] == [Role.AUDITOR]


def test_nobody_both_takes_in_and_decides():
    """The roles are apart; a person with both is held to it case by case."""
    both = [role for role in Role if {Act.ACCEPT, Act.DECIDE} <= ALLOWED[role]]

    assert both == []


def test_an_agent_in_a_village_opens_and_edits_and_accepts_nothing():
    """帮办代办: no authority of the office goes with it."""
    assert ALLOWED[Role.AGENT] == {Act.OPEN_CASE, Act.EDIT_CASE, Act.READ_CASE}
