"""What may be done to a case after it was taken in, by whom, and from which state (办件操作).

One table: the right an act needs and the event it writes. Where an act is not offered, the bar
says why. The acts themselves check all of it again; this is what the window shows beforehand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.clock import ALLOWED_FROM, facts_of
from clerk.domain.course import CaseRules
from clerk.domain.deadlines import Term
from clerk.domain.identity import Act, Session
from clerk.domain.special import procedures_of


class CaseAct(StrEnum):
    """An act on a case that is no draft any more."""

    SUPPLY = "supply"
    EXCUSE = "excuse"
    FAIL_DEFERRAL = "fail_deferral"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"
    START_PROCEDURE = "start_procedure"
    END_PROCEDURE = "end_procedure"
    EXTEND = "extend"
    VOID = "void"


class ActBar(StrEnum):
    """Why an act is not open; the words are in ``clerk.wording_acts``."""

    NOT_YOUR_ROLE = "not_your_role"
    NOT_IN_THIS_STATE = "not_in_this_state"
    NOTHING_DEFERRED = "nothing_deferred"
    TERM_STILL_RUNS = "term_still_runs"
    NO_TERM = "no_term"
    NOT_LISTED = "not_listed"
    EXTENDED_BEFORE = "extended_before"
    TERM_PASSED = "term_passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedAct:
    """An act and why it is not open now; None where it is."""

    act: CaseAct
    bar: ActBar | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActWords:
    """What a person writes down for an act; each act takes its own of them.

    ``material`` and ``procedure`` are codes of the item's standard, ``document`` the number of
    the paper that tells the applicant, ``approved_by`` the head of the authority.
    """

    reason: str = ""
    document: str = ""
    approved_by: str = ""
    material: str = ""
    procedure: str = ""
    workdays: int = 0
    until_on: date | None = None


_NEEDS: Mapping[CaseAct, tuple[Act, CaseEventKind]] = MappingProxyType(
    {
        CaseAct.SUPPLY: (Act.SUPPLY, CaseEventKind.SUPPLIED),
        CaseAct.EXCUSE: (Act.EXCUSE, CaseEventKind.DEFERRAL_EXCUSED),
        CaseAct.FAIL_DEFERRAL: (Act.LAPSE, CaseEventKind.LAPSED),
        CaseAct.LAPSE: (Act.LAPSE, CaseEventKind.LAPSED),
        CaseAct.WITHDRAW: (Act.WITHDRAW, CaseEventKind.WITHDRAWN),
        CaseAct.START_PROCEDURE: (Act.RUN_PROCEDURE, CaseEventKind.PROCEDURE_STARTED),
        CaseAct.END_PROCEDURE: (Act.RUN_PROCEDURE, CaseEventKind.PROCEDURE_ENDED),
        CaseAct.EXTEND: (Act.EXTEND, CaseEventKind.EXTENDED),
        CaseAct.VOID: (Act.VOID, CaseEventKind.VOIDED),
    }
)


def right_of(act: CaseAct) -> Act:
    """Return the right that a person needs for the act."""
    return _NEEDS[act][0]


def acts_on(rules: CaseRules, case: Case, session: Session, on: date) -> tuple[OfferedAct, ...]:
    """Return every act with what keeps this person from it today."""
    return tuple(OfferedAct(act=act, bar=_bar(rules, case, session, act, on)) for act in CaseAct)


def _bar(rules: CaseRules, case: Case, session: Session, act: CaseAct, on: date) -> ActBar | None:
    right, event = _NEEDS[act]
    if not session.may(right):
        return ActBar.NOT_YOUR_ROLE
    if case.state not in ALLOWED_FROM[event]:
        return ActBar.NOT_IN_THIS_STATE
    match act:
        case CaseAct.SUPPLY | CaseAct.EXCUSE | CaseAct.FAIL_DEFERRAL:
            return _deferral_bar(rules, case, act, on)
        case CaseAct.LAPSE:
            return _lapse_bar(case, on)
        case CaseAct.START_PROCEDURE:
            return None if procedures_of(rules) else ActBar.NOT_LISTED
        case CaseAct.EXTEND:
            return _extension_bar(rules, case, on)
        case _:
            return None


def _deferral_bar(rules: CaseRules, case: Case, act: CaseAct, on: date) -> ActBar | None:
    still = facts_of(rules.law, case.events).deferred
    if not still:
        return ActBar.NOTHING_DEFERRED
    if act is CaseAct.FAIL_DEFERRAL and on <= min(still.values()):
        return ActBar.TERM_STILL_RUNS
    return None


def _lapse_bar(case: Case, on: date) -> ActBar | None:
    if case.state is not CaseState.CORRECTION_DUE:
        return ActBar.NOT_IN_THIS_STATE
    term = case.terms.get(Term.CORRECTION)
    if term is None:
        return ActBar.NO_TERM
    return ActBar.TERM_STILL_RUNS if on <= term.on else None


def _extension_bar(rules: CaseRules, case: Case, on: date) -> ActBar | None:
    if rules.law.extension is None:
        return ActBar.NOT_LISTED
    if facts_of(rules.law, case.events).extended is not None:
        return ActBar.EXTENDED_BEFORE
    term = case.terms.get(Term.STATUTORY)
    return ActBar.TERM_PASSED if term is not None and on > term.on else None
