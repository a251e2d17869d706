"""What each act does with what a person wrote down for it: one line an act, all of them pure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from clerk.domain import (
    caring,
    certificate_acting,
    chain_acting,
    check_acting,
    deferral,
    deferral_acting,
    life,
    notice_again,
    posting,
    refusal,
    result_acting,
    retaking,
    sampling,
    special,
)
from clerk.domain.case import Case
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.course import CaseRules
from clerk.domain.errors import BadInput
from clerk.domain.identity import Session
from clerk.domain.papers import PaperKind

Doer = Callable[[CaseRules, Case, ActWords, Session, datetime], Case]


def act_on(
    rules: CaseRules, case: Case, act: CaseAct, words: ActWords, session: Session, at: datetime
) -> Case:
    """Return the case after the act.

    Raises:
        NotAcceptable: state, term or words do not allow it.
        BadInput: something that the act needs was not written down.
    """
    return _DOES[act](rules, case, words, session, at)


def _excuse(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    if words.until_on is None:
        raise BadInput("还没写新的期限，没有延期。选一天再办")
    return deferral.excuse(rules, case, words.material, words.until_on, words.reason, session, at)


def _fail_deferral(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    return deferral.fail(rules, case, words.reason, session, at)


def _lapse(rules: CaseRules, case: Case, _: ActWords, session: Session, at: datetime) -> Case:
    return life.lapse(rules, case, session, at)


def _withdraw(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    by_handler = words.choice == life.BY_HANDLER
    return life.withdraw(rules, case, words.reason, session, at, by_handler=by_handler)


def _start_procedure(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    number = case.paper_numbers.get(PaperKind.PROCEDURE_NOTICE.value, "")
    return special.start_procedure(rules, case, words.procedure, number, session, at)


def _end_procedure(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    return special.end_procedure(rules, case, words.reason, session, at)


def _extend(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    granted = special.Extension(
        workdays=words.workdays,
        reason=words.reason,
        approved_by=words.approved_by,
        document=case.paper_numbers.get(PaperKind.EXTENSION_NOTICE.value, ""),
    )
    return special.extend(rules, case, granted, session, at)


def _void(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    return life.void(rules, case, words.reason, session, at)


def _offer_statement(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    return refusal.offer_statement(rules, case, words.reason, session, at)


def _take_statement(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    return refusal.take_statement(rules, case, words.choice, words.note, session, at)


def _check_sample(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    return sampling.check_sample(rules, case, words.choice, words.note, session, at)


_DOES: Mapping[CaseAct, Doer] = MappingProxyType(
    {
        CaseAct.NOTIFY_AGAIN: notice_again.notify_again,
        CaseAct.EXCUSE: _excuse,
        CaseAct.FAIL_DEFERRAL: _fail_deferral,
        CaseAct.LAPSE: _lapse,
        CaseAct.WITHDRAW: _withdraw,
        CaseAct.START_PROCEDURE: _start_procedure,
        CaseAct.END_PROCEDURE: _end_procedure,
        CaseAct.EXTEND: _extend,
        CaseAct.VOID: _void,
        CaseAct.OFFER_STATEMENT: _offer_statement,
        CaseAct.TAKE_STATEMENT: _take_statement,
        CaseAct.CHECK_SAMPLE: _check_sample,
        CaseAct.RETAKE: retaking.act,
        CaseAct.NOTE_CARE: caring.act_note,
        CaseAct.RECORD_VISIT: caring.act_visit,
        CaseAct.TAKE_POSTED: posting.act,
        **result_acting.DOES,
        **deferral_acting.DOES,
        **check_acting.DOES,
        **chain_acting.DOES,
        **certificate_acting.DOES,
    }
)
