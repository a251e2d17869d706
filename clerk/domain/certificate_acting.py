"""Acts on what the certificate library could not tell in time, from what a person wrote down."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from clerk.domain.case import Case
from clerk.domain.case_acts import ActBar, ActWords, CaseAct
from clerk.domain.certificate_recheck import look_at_change, verify_by_hand
from clerk.domain.course import CaseRules
from clerk.domain.identity import Session
from clerk.domain.tasks import TaskKind, subjects_open

Doer = Callable[[CaseRules, Case, ActWords, Session, datetime], Case]


def unverified_bar(_: CaseRules, case: Case, __: date) -> ActBar | None:
    """Return why nothing is to be verified by a person, None where something is."""
    waits = subjects_open(case, TaskKind.VERIFY_CERTIFICATE)
    return None if waits else ActBar.NOTHING_UNVERIFIED


def change_bar(_: CaseRules, case: Case, __: date) -> ActBar | None:
    """Return why nobody has a changed certificate to look at, None where somebody has."""
    waits = subjects_open(case, TaskKind.LOOK_AT_CERTIFICATE)
    return None if waits else ActBar.NO_CERTIFICATE_CHANGE


def _verify(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    return verify_by_hand(rules, case, words.material, words.choice, words.note, session, at)


def _look(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    return look_at_change(rules, case, words.material, words.note, session, at)


DOES: Mapping[CaseAct, Doer] = MappingProxyType(
    {CaseAct.VERIFY_CERTIFICATE: _verify, CaseAct.LOOK_AT_CERTIFICATE: _look}
)
