"""Whom of those with the right an act on a case is not open to (回避、授权), and why.

The acts themselves refuse the same; this is what the window shows beforehand.
"""

from datetime import datetime

from clerk.domain.after_check import checks_own_intake
from clerk.domain.case import Case
from clerk.domain.case_acts import ActBar
from clerk.domain.chain import ChainBar, chain_bar
from clerk.domain.course import CaseRules
from clerk.domain.decision_bars import DecisionBar, decision_bar
from clerk.domain.identity import Session

_OWN = frozenset(
    {DecisionBar.OWN_INTAKE, DecisionBar.OWN_INTAKE_PERMIT_ENDED, DecisionBar.OWN_CASE}
)
_NOT_RUNNING = frozenset({DecisionBar.NOT_BEGUN, DecisionBar.ENDED})
_OTHERS = frozenset(
    {DecisionBar.BACK_OFFICE_DECIDES, DecisionBar.NO_MANDATE, DecisionBar.OTHER_ITEM}
)


def outside_mandate(rules: CaseRules, case: Case, session: Session, at: datetime) -> ActBar | None:
    """Return why no mandate carries an act of the decision at this instant, None where one does.

    Items, dates, the instant it ends at, limits and deputies count as for the decision itself.
    """
    barred = decision_bar(rules.standard, case, session, at)
    if barred is None:
        return None
    if barred.bar in _OTHERS:
        return ActBar.OUTSIDE_MANDATE
    if barred.bar in _NOT_RUNNING:
        return ActBar.MANDATE_NOT_RUNNING
    return ActBar.OWN_WORK if barred.bar in _OWN else ActBar.OVER_MANDATE


def repairs(rules: CaseRules, case: Case, session: Session, at: datetime) -> ActBar | None:
    """Return why this person orders no repair: his own intake, or no mandate carries it."""
    return own_check(rules, case, session, at) or outside_mandate(rules, case, session, at)


def own_sample(_: CaseRules, case: Case, session: Session, __: datetime) -> ActBar | None:
    """Return why this person checks no sample: he took the case in, or decided it."""
    decided_by = case.decision.by if case.decision else ""
    return ActBar.OWN_WORK if session.account.account_id in {decided_by, case.clerk} else None


def own_check(_: CaseRules, case: Case, session: Session, __: datetime) -> ActBar | None:
    """Return why this person looks at no promise: he had a hand in taking the case in."""
    return ActBar.OWN_WORK if checks_own_intake(case, session) else None


def other_level(rules: CaseRules, case: Case, session: Session, _: datetime) -> ActBar | None:
    """Return why this person does not speak for the level that the case lies with."""
    barred = chain_bar(rules, case, session.account)
    if barred is None:
        return None
    return ActBar.OWN_WORK if barred is ChainBar.OWN_INTAKE else ActBar.SPOKE_BEFORE
