"""Charges of a case (收费): only what the item lists, noticed, paid to the treasury or exempt.

No act here takes money: the applicant pays into the treasury's account and brings the number of
its receipt (财政票据).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from clerk.domain.case import Case, CaseEventKind
from clerk.domain.course import CaseRules, done, event_by
from clerk.domain.days import local_date
from clerk.domain.deadlines import due_date
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.fee_lines import FeeLine, FeeState
from clerk.domain.identity import Session
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.standard import Fee, ItemStandard
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set

PAY_WITHIN = Limit(amount=5, unit=LimitUnit.WORKDAYS)
"""After the notice somebody looks whether it was paid; nothing follows from that day by itself."""

NEXT: Mapping[FeeState | None, frozenset[FeeState]] = {
    None: frozenset({FeeState.NOTIFIED, FeeState.EXEMPT}),
    FeeState.NOTIFIED: frozenset({FeeState.PAID, FeeState.EXEMPT}),
    FeeState.PAID: frozenset({FeeState.REFUNDED}),
    FeeState.EXEMPT: frozenset(),
    FeeState.REFUNDED: frozenset(),
}
"""What may become of a charge next; None is one of which nothing was said yet."""


def code_of(fee: Fee) -> str:
    """Return what the charge is known by: its code, by its name where the list gives none."""
    return fee.code or fee.name


def charged(standard: ItemStandard) -> tuple[Fee, ...]:
    """Return the charges of the item that cost anything."""
    return tuple(fee for fee in standard.fees if fee.amount_fen)


def unpaid(standard: ItemStandard, case: Case) -> tuple[Fee, ...]:
    """Return the charges without which the result is not handed out yet."""
    settled = {FeeState.PAID, FeeState.EXEMPT}
    return tuple(
        fee
        for fee in charged(standard)
        if fee.before_result and _state(case, fee) not in settled | {FeeState.REFUNDED}
    )


def next_states(standard: ItemStandard, case: Case) -> tuple[tuple[Fee, FeeState], ...]:
    """Return what may be written down of which charge, in the order of the list."""
    return tuple(
        (fee, state)
        for fee in charged(standard)
        for state in FeeState
        if state in NEXT[_state(case, fee)] and (state is not FeeState.EXEMPT or fee.exemptions)
    )


def settle_fee(
    rules: CaseRules,
    case: Case,
    code: str,
    state: FeeState,
    session: Session,
    at: datetime,
    *,
    number: str = "",
    exemption: str = "",
) -> Case:
    """Write down what became of a listed charge.

    Args:
        rules: what governs the case.
        case: a case that was taken in.
        code: the charge's code in the standard.
        state: noticed (缴费通知), paid, exempt or refunded.
        session: who writes it down.
        at: when.
        number: the treasury's receipt where it was paid, its refund paper where it paid back.
        exemption: the listed reason, where nothing is to be paid.

    Raises:
        NotAcceptable: the item does not list the charge or the reason, or it is settled already.
        BadInput: the receipt's number is missing.
    """
    fee = next((one for one in charged(rules.standard) if code_of(one) == code), None)
    if fee is None:
        raise NotAcceptable("事项标准没有列这项收费，没有登记。清单外的费不能收")
    if state not in NEXT[_state(case, fee)]:
        raise NotAcceptable("这项收费已经登记过，没有改动。按 F5 刷新后看最新进度")
    if state in {FeeState.PAID, FeeState.REFUNDED} and not number.strip():
        raise BadInput("还没写财政票据号，没有登记。照票据填号码")
    if state is FeeState.EXEMPT and exemption not in {one.code for one in fee.exemptions}:
        raise NotAcceptable("免缴的理由不在事项标准里，没有登记。只能用列出的理由")
    before = case.fees.get(code)
    line = FeeLine(
        state=state,
        amount_fen=fee.amount_fen,
        at=at,
        by=session.account.account_id,
        receipt_number=_receipt(state, number, before),
        exemption=exemption if state is FeeState.EXEMPT else "",
        refund_number=number.strip() if state is FeeState.REFUNDED else "",
    )
    said = event_by(
        session,
        CaseEventKind.FEE_CHANGED,
        at,
        subject=code,
        state=state.value,
        number=number.strip(),
        exemption=line.exemption,
    )
    after = replace(case, fees={**case.fees, code: line})
    events = [said]
    if state is FeeState.NOTIFIED:
        due = due_date(local_date(at), PAY_WITHIN, rules.calendar).on
        events.append(task_set(TaskKind.PAY_FEE, due, at, _task_name(rules.standard, code)))
    elif is_open(case, TaskKind.PAY_FEE, _task_name(rules.standard, code)):
        name = _task_name(rules.standard, code)
        events.append(task_done(TaskKind.PAY_FEE, session, at, name))
    return done(rules, after, *events)


def _receipt(state: FeeState, number: str, before: FeeLine | None) -> str:
    if state is FeeState.PAID:
        return number.strip()
    return before.receipt_number if before else ""


def _state(case: Case, fee: Fee) -> FeeState | None:
    line = case.fees.get(code_of(fee))
    return line.state if line else None


def _task_name(standard: ItemStandard, code: str) -> str:
    """Return the charge's place in the list: a task's subject holds no spaces."""
    return str([code_of(fee) for fee in charged(standard)].index(code) + 1)
