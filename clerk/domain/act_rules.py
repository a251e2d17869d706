"""What may be done to a case after it was taken in, by whom, and from which state (办件操作).

One table: the right an act needs and the event it writes. Where an act is not offered, the bar
says why. The acts themselves check all of it again; this is what the window shows beforehand.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from clerk.domain import act_whose
from clerk.domain.after_check import open_checks, proven_false, repair_runs
from clerk.domain.case import CLOSED_STATES, Case, CaseEventKind, CaseState
from clerk.domain.case_acts import ActBar, CaseAct, OfferedAct
from clerk.domain.certificate_acting import change_bar, unverified_bar
from clerk.domain.chain import passes_on, step_of, steps_before
from clerk.domain.clock import ALLOWED_FROM, facts_of
from clerk.domain.course import CaseRules
from clerk.domain.credit_gate import reported_before, was_heard
from clerk.domain.custody import owed, unaccounted
from clerk.domain.days import local_date
from clerk.domain.deadlines import Term
from clerk.domain.fees import charged, next_states, unpaid
from clerk.domain.identity import Act, Session
from clerk.domain.notice_again import untold_points
from clerk.domain.online_check import askable
from clerk.domain.parcels import plan_of, under_way
from clerk.domain.posting import OPEN_IN
from clerk.domain.promise import WITHDRAWABLE, promised_proofs
from clerk.domain.retaking import retakable
from clerk.domain.revocation import REVOCABLE, awaits_answer, heard, hearing_wanted, unserved
from clerk.domain.site_check import CHECKABLE, agreed_on
from clerk.domain.special import procedures_of
from clerk.domain.standard import StepKind
from clerk.domain.tasks import TaskKind, is_open
from clerk.domain.transfer import unsigned
from clerk.values import dataclass

Bar = Callable[[CaseRules, Case, date], ActBar | None]
Whose = Callable[[CaseRules, Case, Session, datetime], ActBar | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRule:
    """The right an act needs, the states it is open in, and what else may bar it.

    ``whose`` bars a person who has the right, for this case only.
    """

    right: Act
    states: frozenset[CaseState]
    bar: Bar | None = None
    whose: Whose | None = None


def _deferral_bar(rules: CaseRules, case: Case, _: date) -> ActBar | None:
    return None if _deferred(rules, case) else ActBar.NOTHING_DEFERRED


def _failure_bar(rules: CaseRules, case: Case, on: date) -> ActBar | None:
    still = _deferred(rules, case)
    if not still:
        return ActBar.NOTHING_DEFERRED
    return ActBar.TERM_STILL_RUNS if on <= min(still.values()) else None


def _deferred(rules: CaseRules, case: Case) -> Mapping[str, date]:
    return facts_of(rules.law, case.events).deferred


def _lapse_bar(_: CaseRules, case: Case, on: date) -> ActBar | None:
    if case.state is not CaseState.CORRECTION_DUE:
        return ActBar.NOT_IN_THIS_STATE
    term = case.terms.get(Term.CORRECTION)
    if term is None:
        return ActBar.NO_TERM
    return ActBar.TERM_STILL_RUNS if on <= term.on else None


def _procedure_bar(rules: CaseRules, _: Case, __: date) -> ActBar | None:
    return None if procedures_of(rules) else ActBar.NOT_LISTED


def _extension_bar(rules: CaseRules, case: Case, on: date) -> ActBar | None:
    if rules.law.extension is None:
        return ActBar.NOT_LISTED
    if facts_of(rules.law, case.events).extended is not None:
        return ActBar.EXTENDED_BEFORE
    term = case.terms.get(Term.STATUTORY)
    return ActBar.TERM_PASSED if term is not None and on > term.on else None


def _offer_bar(rules: CaseRules, case: Case, _: date) -> ActBar | None:
    if rules.law.statement is None:
        return ActBar.NOT_LISTED
    return ActBar.TOLD_BEFORE if case.statement is not None else None


def _hearing_bar(_: CaseRules, case: Case, __: date) -> ActBar | None:
    waits = case.statement is not None and case.statement.answered_at is None
    return None if waits else ActBar.NOTHING_TO_HEAR


def _sample_bar(_: CaseRules, case: Case, __: date) -> ActBar | None:
    return None if is_open(case, TaskKind.SAMPLE_CHECK) else ActBar.NOTHING_SAMPLED


def _original_bar(rules: CaseRules, case: Case, _: date) -> ActBar | None:
    standard = rules.standard
    return None if unaccounted(standard, case) or owed(standard, case) else ActBar.NO_ORIGINALS


def _way_bar(_: CaseRules, case: Case, __: date) -> ActBar | None:
    return ActBar.UNDER_WAY if under_way(case) else None


def _bringing_bar(_: CaseRules, case: Case, __: date) -> ActBar | None:
    if under_way(case):
        return ActBar.UNDER_WAY
    return None if is_open(case, TaskKind.UNCLAIMED_RESULT) else ActBar.REMINDERS_RUN


def _parcel_bar(rules: CaseRules, case: Case, on: date) -> ActBar | None:
    if under_way(case):
        return ActBar.UNDER_WAY
    if not plan_of(rules.standard, case).can_be_sent:
        return ActBar.NO_ADDRESS
    if _original_bar(rules, case, on) is None:
        return ActBar.ORIGINALS_OPEN
    return ActBar.NOT_PAID if unpaid(rules.standard, case) else None


def _fee_bar(rules: CaseRules, case: Case, _: date) -> ActBar | None:
    if not charged(rules.standard, case):
        return ActBar.NOT_LISTED
    return None if next_states(rules.standard, case) else ActBar.FEES_SETTLED


def _signature_bar(rules: CaseRules, case: Case, _: date) -> ActBar | None:
    if not _deferred(rules, case):
        return ActBar.NOTHING_DEFERRED
    return None if is_open(case, TaskKind.SIGN_DEFERRAL) else ActBar.SIGNED_BEFORE


def _credit_bar(_: CaseRules, case: Case, __: date) -> ActBar | None:
    return None if is_open(case, TaskKind.LOOK_AT_CREDIT) else ActBar.NO_CREDIT_CHANGE


_TAKEN_IN = frozenset(CaseState) - {CaseState.DRAFT}
_UNDECIDED_OR_WAITING = _TAKEN_IN - CLOSED_STATES
_WAITING = frozenset({CaseState.RESULT_WAITING})
_REVOKED = frozenset({CaseState.REVOKED})


def _again_bar(rules: CaseRules, case: Case, on: date) -> ActBar | None:
    return None if untold_points(rules, case, on) else ActBar.NOTHING_LEFT_OUT


def _site_bar(rules: CaseRules, _: Case, __: date) -> ActBar | None:
    return None if rules.standard.on_site_check else ActBar.NOT_LISTED


def _revocation_bar(_: CaseRules, case: Case, on: date) -> ActBar | None:
    if not proven_false(case):
        return ActBar.NOTHING_FALSE
    if repair_runs(case, on):
        return ActBar.REPAIR_RUNS
    return None if heard(case, on) else ActBar.NOT_HEARD


def _online_bar(rules: CaseRules, case: Case, _: date) -> ActBar | None:
    return None if askable(rules, case) else ActBar.NOTHING_TO_ASK


def _intent_bar(_: CaseRules, case: Case, on: date) -> ActBar | None:
    if not proven_false(case):
        return ActBar.NOTHING_FALSE
    return None if hearing_wanted(case, on) else ActBar.TOLD_BEFORE


def _report_bar(_: CaseRules, case: Case, on: date) -> ActBar | None:
    if not proven_false(case):
        return ActBar.NOTHING_FALSE
    if repair_runs(case, on):
        return ActBar.REPAIR_RUNS
    if not was_heard(case):
        return ActBar.NOT_HEARD
    return ActBar.REPORTED_BEFORE if reported_before(case) else None


def _opinion_bar(rules: CaseRules, case: Case, on: date) -> ActBar | None:
    step, term = step_of(rules, case), case.terms.get(Term.STEP)
    if step is None:
        return ActBar.NO_LEVEL
    runs = step.kind is StepKind.PUBLICITY and term is not None and on <= term.on
    return ActBar.PUBLICITY_RUNS if runs else None


def _send_down_bar(rules: CaseRules, case: Case, _: date) -> ActBar | None:
    return None if steps_before(rules, case) else ActBar.NO_LEVEL


def _conclusion_bar(rules: CaseRules, case: Case, _: date) -> ActBar | None:
    if not rules.law.concludes:
        return ActBar.NOT_LISTED
    return ActBar.DEFERRAL_OPEN if _deferred(rules, case) else None


_NOT_CLOSED = frozenset(CaseState) - CLOSED_STATES - {CaseState.DRAFT}


def _urging_bar(_: CaseRules, case: Case, __: date) -> ActBar | None:
    if not case.with_whom:
        return ActBar.WITH_NOBODY
    return ActBar.ANSWER_AWAITED if _urged(case) else None


def _urged(case: Case) -> bool:
    return is_open(case, TaskKind.ANSWER_URGING)


def _pass_on_bar(rules: CaseRules, case: Case, _: date) -> ActBar | None:
    if not passes_on(rules):
        return ActBar.NOT_LISTED
    return None if step_of(rules, case) is None else ActBar.LEVEL_OPEN


def _moving(
    right: Act, event: CaseEventKind, bar: Bar | None = None, whose: Whose | None = None
) -> ActRule:
    """Return the rule of an act that writes an event the clock itself allows or not."""
    return ActRule(right=right, states=ALLOWED_FROM[event], bar=bar, whose=whose)


def _if(
    right: Act,
    states: frozenset[CaseState],
    found: Callable[[Case], object],
    bar: ActBar,
    whose: Whose | None = None,
) -> ActRule:
    """Return the rule of an act that needs something on the case to act upon."""

    def missing(_: CaseRules, case: Case, __: date) -> ActBar | None:
        return None if found(case) else bar

    return ActRule(right=right, states=states, bar=missing, whose=whose)


_ON_ORIGINALS = ActRule(right=Act.HOLD_ORIGINALS, states=_TAKEN_IN, bar=_original_bar)

RULES: Mapping[CaseAct, ActRule] = MappingProxyType(
    {
        CaseAct.NOTIFY_AGAIN: ActRule(
            right=Act.NOTIFY_AGAIN,
            states=ALLOWED_FROM[CaseEventKind.NOTIFIED_ONCE],
            bar=_again_bar,
        ),
        CaseAct.SUPPLY: _moving(Act.SUPPLY, CaseEventKind.SUPPLIED, _deferral_bar),
        CaseAct.EXCUSE: _moving(Act.EXCUSE, CaseEventKind.DEFERRAL_EXCUSED, _deferral_bar),
        CaseAct.FAIL_DEFERRAL: _moving(Act.LAPSE, CaseEventKind.LAPSED, _failure_bar),
        CaseAct.LAPSE: _moving(Act.LAPSE, CaseEventKind.LAPSED, _lapse_bar),
        CaseAct.WITHDRAW: _moving(Act.WITHDRAW, CaseEventKind.WITHDRAWN),
        CaseAct.START_PROCEDURE: _moving(
            Act.RUN_PROCEDURE, CaseEventKind.PROCEDURE_STARTED, _procedure_bar
        ),
        CaseAct.END_PROCEDURE: _moving(Act.RUN_PROCEDURE, CaseEventKind.PROCEDURE_ENDED),
        CaseAct.EXTEND: _moving(Act.EXTEND, CaseEventKind.EXTENDED, _extension_bar),
        CaseAct.VOID: _moving(Act.VOID, CaseEventKind.VOIDED),
        CaseAct.GIVE_OPINION: _moving(
            Act.RUN_CHAIN, CaseEventKind.STEP_DONE, _opinion_bar, act_whose.other_level
        ),
        CaseAct.SEND_DOWN: _moving(
            Act.RUN_CHAIN, CaseEventKind.STEP_RETURNED, _send_down_bar, act_whose.other_level
        ),
        CaseAct.URGE: ActRule(right=Act.URGE, states=_NOT_CLOSED, bar=_urging_bar),
        CaseAct.ANSWER_URGING: _if(Act.ANSWER_URGING, _TAKEN_IN, _urged, ActBar.NOTHING_URGED),
        CaseAct.CONCLUDE: _moving(Act.ACCEPT, CaseEventKind.CONCLUDED, _conclusion_bar),
        CaseAct.PASS_ON: _moving(Act.RUN_CHAIN, CaseEventKind.PASSED_ON, _pass_on_bar),
        CaseAct.OFFER_STATEMENT: ActRule(
            right=Act.OFFER_STATEMENT,
            states=frozenset({CaseState.ACCEPTED, CaseState.UNDER_REVIEW}),
            bar=_offer_bar,
            whose=act_whose.outside_mandate,
        ),
        CaseAct.TAKE_STATEMENT: ActRule(
            right=Act.TAKE_STATEMENT,
            states=frozenset({CaseState.ACCEPTED, CaseState.UNDER_REVIEW}),
            bar=_hearing_bar,
        ),
        CaseAct.CORRECT_DECISION: ActRule(
            right=Act.CORRECT_DECISION,
            states=ALLOWED_FROM[CaseEventKind.DECISION_CORRECTED],
            whose=act_whose.outside_mandate,
        ),
        CaseAct.CHECK_SAMPLE: ActRule(
            right=Act.CHECK_SAMPLE,
            states=frozenset(CaseState) - {CaseState.DRAFT},
            bar=_sample_bar,
            whose=act_whose.own_sample,
        ),
        CaseAct.PLACE_ORIGINALS: _ON_ORIGINALS,
        CaseAct.RETURN_ORIGINALS: _ON_ORIGINALS,
        CaseAct.RECEIVE_TRANSFER: _if(
            Act.RECEIVE_TRANSFER, _TAKEN_IN, unsigned, ActBar.NOTHING_HANDED_ON
        ),
        CaseAct.CHANGE_WAY: ActRule(right=Act.HAND_OUT, states=_UNDECIDED_OR_WAITING, bar=_way_bar),
        CaseAct.SEND_RESULT: ActRule(right=Act.HAND_OUT, states=_WAITING, bar=_parcel_bar),
        CaseAct.REMIND_RESULT: ActRule(right=Act.HAND_OUT, states=_WAITING, bar=_way_bar),
        CaseAct.OFFER_TO_BRING: ActRule(right=Act.HAND_OUT, states=_WAITING, bar=_bringing_bar),
        CaseAct.SIGN_DEFERRAL: _moving(Act.SUPPLY, CaseEventKind.SUPPLIED, _signature_bar),
        CaseAct.REMIND_DEFERRAL: _moving(Act.REMIND, CaseEventKind.DEFERRAL_EXCUSED, _deferral_bar),
        CaseAct.LOOK_AT_CREDIT: ActRule(
            right=Act.LOOK_AT_CREDIT, states=_TAKEN_IN, bar=_credit_bar
        ),
        CaseAct.REPORT_FALSE_PROMISE: ActRule(
            right=Act.REPORT_FALSE_PROMISE,
            states=REVOCABLE | _REVOKED,
            bar=_report_bar,
            whose=act_whose.own_check,
        ),
        CaseAct.SETTLE_FEE: ActRule(right=Act.SETTLE_FEE, states=_TAKEN_IN, bar=_fee_bar),
        CaseAct.WITHDRAW_PROMISE: _if(
            Act.SUPPLY, WITHDRAWABLE, promised_proofs, ActBar.NOTHING_PROMISED
        ),
        CaseAct.CHECK_PROMISE: _if(
            Act.CHECK_PROMISE, _TAKEN_IN, open_checks, ActBar.NOTHING_TO_CHECK, act_whose.own_check
        ),
        CaseAct.CHECK_ONLINE: ActRule(
            right=Act.CHECK_PROMISE,
            states=_TAKEN_IN,
            bar=_online_bar,
            whose=act_whose.own_check,
        ),
        CaseAct.ORDER_REPAIR: _if(
            Act.REVOKE, REVOCABLE, proven_false, ActBar.NOTHING_FALSE, act_whose.repairs
        ),
        CaseAct.OFFER_HEARING: ActRule(
            right=Act.REVOKE,
            states=REVOCABLE,
            bar=_intent_bar,
            whose=act_whose.outside_mandate,
        ),
        CaseAct.ANSWER_HEARING: _if(
            Act.TAKE_STATEMENT, REVOCABLE, awaits_answer, ActBar.NOTHING_TO_HEAR
        ),
        CaseAct.REVOKE: ActRule(
            right=Act.REVOKE, states=REVOCABLE, bar=_revocation_bar, whose=act_whose.outside_mandate
        ),
        CaseAct.SERVE_REVOCATION: _if(Act.HAND_OUT, _REVOKED, unserved, ActBar.SERVED_BEFORE),
        CaseAct.AGREE_SITE_CHECK: ActRule(right=Act.CHECK_ON_SITE, states=CHECKABLE, bar=_site_bar),
        CaseAct.RECORD_SITE_CHECK: _if(
            Act.CHECK_ON_SITE, CHECKABLE, agreed_on, ActBar.NOTHING_AGREED
        ),
        CaseAct.NOTE_CARE: ActRule(right=Act.NOTE_CARE, states=_NOT_CLOSED),
        CaseAct.RECORD_VISIT: _if(
            Act.NOTE_CARE, _TAKEN_IN, lambda case: case.care and case.care.visit, ActBar.NO_VISIT
        ),
        CaseAct.TAKE_POSTED: ActRule(right=Act.SUPPLY, states=OPEN_IN),
        CaseAct.VERIFY_CERTIFICATE: ActRule(
            right=Act.CALL_CERTIFICATE, states=_TAKEN_IN, bar=unverified_bar
        ),
        CaseAct.LOOK_AT_CERTIFICATE: ActRule(
            right=Act.LOOK_AT_CERTIFICATE, states=_TAKEN_IN, bar=change_bar
        ),
        CaseAct.RETAKE: _if(
            Act.EDIT_CASE,
            frozenset({CaseState.ACCEPTED, CaseState.UNDER_REVIEW}),
            retakable,
            ActBar.NOTHING_TO_RETAKE,
        ),
    }
)
"""One line an act; an act without a line cannot be done by anybody."""


def right_of(act: CaseAct) -> Act:
    """Return the right that a person needs for the act."""
    return RULES[act].right


def acts_on(rules: CaseRules, case: Case, session: Session, at: datetime) -> tuple[OfferedAct, ...]:
    """Return every act with what keeps this person from it at this instant."""
    return tuple(OfferedAct(act=act, bar=bar_of(rules, case, session, act, at)) for act in RULES)


def bar_of(
    rules: CaseRules, case: Case, session: Session, act: CaseAct, at: datetime
) -> ActBar | None:
    """Return what keeps this person from the act at this instant, None where nothing does."""
    rule = RULES[act]
    if not session.may(rule.right):
        return ActBar.NOT_YOUR_ROLE
    if case.state not in rule.states:
        return ActBar.NOT_IN_THIS_STATE
    barred = rule.bar(rules, case, local_date(at)) if rule.bar else None
    if barred is None and rule.whose is not None:
        return rule.whose(rules, case, session, at)
    return barred
