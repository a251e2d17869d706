"""Role by act by state by own work: everything through the use cases, the window bypassed.

Denied by default: what ``who_may`` does not say is refused and leaves the store as it was. What it
says may still be refused for another reason; what the window shows as barred always is.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import bindparam, select

from clerk.app.edges import uuid7
from clerk.domain.act_rules import acts_on
from clerk.domain.case import Case, CaseState
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.course import settled
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError, NotAllowed
from clerk.domain.findings import NextAct
from clerk.domain.identity import Role, Session
from clerk.domain.receiving import IdentityCheck, Receiving
from clerk.domain.referral import Referral
from clerk.services import acceptance, approval, case_acts, delivery
from clerk.storage import cases, tables
from integrations.practice.people import ZHANG_SHILI
from tests.domain.at_the_clock import happens, said_in
from tests.domain.at_the_window import approval_mandate, noodle_shop_complete, session
from tests.services.who_may import ACTS, MAIN, NEVER_ON_OWN_WORK
from tests.services.window import NOW, Window, opened

LETTERS: Final = {
    Role.WINDOW_CLERK: "W",
    Role.CHIEF_REPRESENTATIVE: "C",
    Role.SUPERVISOR: "S",
    Role.RESULT_CLERK: "R",
    Role.AGENT: "A",
}
WAYS: Final[Mapping[CaseState, str]] = {
    CaseState.DRAFT: "",
    CaseState.RECEIVED: "received",
    CaseState.CORRECTION_DUE: "received notified_once",
    CaseState.ACCEPTED: "received accepted",
    CaseState.UNDER_REVIEW: "received accepted handed_off",
    CaseState.SPECIAL_PROCEDURE: "received accepted procedure_started",
    CaseState.GRANTED: "received accepted decided",
    CaseState.REFUSED: "received accepted refused",
    CaseState.REVOKED: "received accepted decided decision_revoked",
    CaseState.RESULT_WAITING: "received accepted decided result_ready",
    CaseState.HANDED_OUT: "received accepted decided result_ready handed_out",
    CaseState.DECLINED: "received declined",
    CaseState.WITHDRAWN: "received withdrawn",
    CaseState.LAPSED: "received notified_once lapsed",
    CaseState.VOID: "received voided",
    CaseState.PASSED_ON: "received accepted passed_on",
}
WORDS: Final = ActWords(
    reason="写明的理由",
    approved_by="局长 吴样例",
    material="RULES",
    procedure="听证",
    workdays=3,
    until_on=local_date(NOW) + timedelta(days=3),
    people=("陈演示", "李样本"),
    on=local_date(NOW),
    note="写明的内容，字数足够写出理由",
)
CHOICES: Final = {
    "supply": "paper",
    "remind_deferral": "phone",
    "remind_result": "phone",
    "give_opinion": "agreed",
    "send_down": "village",
    "take_statement": "waived",
    "check_sample": "in_order",
    "check_promise": "true",
    "answer_hearing": "heard",
    "record_site_check": "fit",
    "place_originals": "kept",
    "change_way": "window",
    "settle_fee": "none|notified",
}
"""What the window lets choose; the other acts choose nothing."""

WRITTEN: Final = (
    select(tables.cases, tables.case_bodies.c.body)
    .join_from(tables.cases, tables.case_bodies)
    .where(tables.cases.c.case_id == bindparam("case_id"))
)
MINE: Final = "me"
"""The account that took in half of the cases."""


def at_work(role: Role, *, own: bool) -> Session:
    """Somebody of this role, who took the case in himself or did not."""
    mandate = approval_mandate() if role is Role.CHIEF_REPRESENTATIVE else None
    return session(role, account_id=MINE if own else "somebody", mandate=mandate)


def standing(window: Window, state: CaseState) -> Case:
    """The noodle shop's case in this state, taken in by ``MINE``."""
    case = replace(
        noodle_shop_complete(), case_id=uuid7(), clerk=MINE, version=0, with_whom="审批科"
    )
    paper = {code: replace(held, files=(), letter=None) for code, held in case.evidence.items()}
    case = replace(case, evidence=paper)
    case = replace(case, events=tuple(replace(one, actor=MINE) for one in case.events))
    day = local_date(NOW) - timedelta(days=9)
    for step in WAYS[state].split():
        event = replace(happens(day=day, **said_in(step, day)), actor=MINE)
        case = settled(window.desk.rules(case), case, (event,))
        day += timedelta(days=1)
    assert case.state is state
    with window.desk.store.begin() as tx:
        case = cases.add(tx, case)
    assert window.stored(case) == case
    return case


def main_acts(window: Window) -> Mapping[str, Callable[[Session, Case], object]]:
    desk = window.desk
    receiving = Receiving(
        name=ZHANG_SHILI.name, id_number=ZHANG_SHILI.id_number, identity=IdentityCheck.CARD_READ
    )
    reason = window.catalogue["food_business_permit"].decline_reasons[0].code
    return {
        "accept": lambda who, case: acceptance.take_in(desk, who, case, NextAct.ACCEPT_AND_PASS_ON),
        "receive": lambda who, case: acceptance.take_in(
            desk, who, case, NextAct.RECEIVE_AND_PASS_ON
        ),
        "notify_once": lambda who, case: acceptance.tell_once(desk, who, case, {}),
        "decline": lambda who, case: acceptance.decline_case(
            desk, who, case, reason, Referral(office="某局", receiver="某人", phone="12345")
        ),
        "decide": lambda who, case: approval.decide_case(
            desk, window.proved(who), case.case_id, True, WORDS.note
        ),
        "send_back": lambda who, case: approval.send_back(
            desk, who, case.case_id, ("UNCLEAR",), (), ""
        ),
        "answer_return": lambda who, case: approval.answer_return_of(desk, who, case.case_id),
        "hand_out": lambda who, case: delivery.hand_out_result(desk, who, case.case_id, receiving),
    }


@pytest.fixture(scope="module")
def hall(
    tmp_path_factory: pytest.TempPathFactory, empty, peers, press, catalogue, calendar
) -> Iterator[Window]:
    folder = tmp_path_factory.mktemp("matrix")
    with opened(folder, empty, peers, press, catalogue, calendar) as window:
        yield window


def attempted(window: Window, name: str, who: Session, case: Case) -> ClerkError | None:
    """Do the act as if every button were there; return what refused it."""
    try:
        if name in MAIN:
            main_acts(window)[name](who, case)
        else:
            act = CaseAct(name)
            words = replace(WORDS, choice=CHOICES.get(name, ""))
            case_acts.do_act(window.desk, window.proved(who), case.case_id, act, words)
    except ClerkError as error:
        return error
    return None


def written(window: Window, case: Case) -> Sequence[object]:
    """What stands in the store of this case, unread: to read it after every try takes longest."""
    with window.desk.store.read() as tx:
        return tx.execute(WRITTEN, {"case_id": case.case_id}).one()


def everybody() -> Iterator[tuple[Role, bool, Session]]:
    for role in Role:
        for own in (True, False):
            yield role, own, at_work(role, own=own)


def test_every_act_has_its_line():
    assert set(ACTS) == {act.value for act in CaseAct}


@pytest.mark.parametrize("state", CaseState)
def test_what_no_line_says_is_refused_and_changes_nothing(hall: Window, state: CaseState):
    counted: Counter[str] = Counter()
    case = standing(hall, state)
    before = written(hall, case)
    for name, (letters, states) in {**ACTS, **MAIN}.items():
        for role, own, who in everybody():
            error = attempted(hall, name, who, case)
            where = (name, role.value, state.value, own)
            by_role = LETTERS.get(role, "-") in letters
            barred = own and name in NEVER_ON_OWN_WORK
            may = by_role and state.value in states.split() and not barred
            counted["combinations"] += 1
            counted["denied"] += not may
            assert by_role or isinstance(error, NotAllowed), where
            assert may or error is not None, where
            if error is None:
                counted["done"] += 1
                case = standing(hall, state)
                before = written(hall, case)
            else:
                assert written(hall, case) == before, where
    sys.stdout.write(f"{state.value}: {dict(counted)}\n")


@pytest.mark.parametrize("state", CaseState)
def test_what_the_window_shows_as_barred_is_refused(hall: Window, state: CaseState):
    case = standing(hall, state)
    rules = hall.desk.rules(case)
    for role, own, who in everybody():
        for offered in acts_on(rules, case, who, hall.desk.now()):
            if offered.bar is not None:
                where = (offered.act.value, role.value, own, offered.bar.value)
                assert attempted(hall, offered.act.value, who, case) is not None, where
