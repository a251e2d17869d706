"""Charges of a case (收费): only what the item lists, noticed, paid to the treasury or exempt.

No act here takes money: the applicant pays into the treasury's account and brings the number of
its receipt (财政票据).
"""

from collections.abc import Mapping
from datetime import datetime

from clerk.domain.case import Case, CaseEventKind
from clerk.domain.condition import Truth, evaluate
from clerk.domain.course import CaseRules, done, event_by
from clerk.domain.days import local_date
from clerk.domain.deadlines import WEEKENDS, due_date
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.fee_lines import FeeLine, FeeState
from clerk.domain.fee_terms import Exemption, Fee, Payee
from clerk.domain.form import facts_of
from clerk.domain.identity import Session
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.standard import ItemStandard
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set
from clerk.values import replace

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


def applies(fee: Fee, case: Case) -> bool:
    """Whether the list asks this charge of a case that was answered so."""
    if fee.when is None:
        return True
    on = local_date(case.received_at or case.opened_at)
    facts = facts_of(case, on, WEEKENDS)  # no charge is asked for by working days: fee_faults
    return evaluate(fee.when, facts) is Truth.YES


def counted(fee: Fee, case: Case) -> int:
    """Return how many the listed rule counts, the free ones included; one where it counts none."""
    if not fee.per:
        return 1
    held = case.values.get(fee.per)
    return int(held.value) if held is not None and held.value.isdecimal() else 0


def amount_of(fee: Fee, case: Case) -> int:
    """Return what the list asks for this case, in fen; the free ones cost nothing."""
    return fee.amount_fen * max(counted(fee, case) - fee.free, 0)


def charged(standard: ItemStandard, case: Case) -> tuple[Fee, ...]:
    """Return the charges that the department asks of this case and that cost anything."""
    return tuple(
        fee
        for fee in standard.fees
        if fee.payee is Payee.TREASURY and applies(fee, case) and amount_of(fee, case)
    )


def unpaid(standard: ItemStandard, case: Case) -> tuple[Fee, ...]:
    """Return the charges without which the result is not handed out yet."""
    settled = {FeeState.PAID, FeeState.EXEMPT}
    return tuple(
        fee
        for fee in charged(standard, case)
        if fee.before_result and _state(case, fee) not in settled | {FeeState.REFUNDED}
    )


def next_states(standard: ItemStandard, case: Case) -> tuple[tuple[Fee, FeeState], ...]:
    """Return what may be written down of which charge, in the order of the list."""
    return tuple(
        (fee, state)
        for fee in charged(standard, case)
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
    proof: str = "",
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
        proof: what shows that the reason is there (证明及其编号).

    Raises:
        NotAcceptable: the item does not list the charge or the reason, or it is settled already.
        BadInput: the receipt's number or the proof is missing.
    """
    fee = _listed(rules.standard, case, code)
    if state not in NEXT[_state(case, fee)]:
        raise NotAcceptable("这项收费已经登记过，没有改动。按 F5 刷新后看最新进度")
    if state in {FeeState.PAID, FeeState.REFUNDED} and not number.strip():
        raise BadInput("还没写财政票据号，没有登记。照票据填号码")
    if state is FeeState.EXEMPT:
        _require_proof(fee, exemption, proof)
    before = case.fees.get(code)
    line = FeeLine(
        state=state,
        amount_fen=before.amount_fen if before else amount_of(fee, case),
        count=before.count if before else counted(fee, case),
        at=at,
        by=session.account.account_id,
        receipt_number=_receipt(state, number, before),
        exemption=exemption if state is FeeState.EXEMPT else "",
        proof=proof.strip() if state is FeeState.EXEMPT else "",
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
        proof=line.proof,
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


def _listed(standard: ItemStandard, case: Case, code: str) -> Fee:
    fee = next((one for one in standard.fees if code_of(one) == code), None)
    if fee is not None and fee.payee is Payee.COURIER:
        raise NotAcceptable("寄递费由快递向收件人收取，没有登记。窗口不收也不代收")
    if fee is None or fee not in charged(standard, case):
        raise NotAcceptable("事项标准没有列这项收费，没有登记。清单外的费不能收")
    return fee


def _require_proof(fee: Fee, exemption: str, proof: str) -> None:
    listed = exemption_of(fee, exemption)
    if listed is None:
        raise NotAcceptable("免缴的理由不在事项标准里，没有登记。只能用列出的理由")
    if listed.proof and not proof.strip():
        raise BadInput(f"还没写免缴凭什么证明，没有登记。看过{listed.proof}，写上编号再办")


def exemption_of(fee: Fee, code: str) -> Exemption | None:
    """Return the listed reason of that code, None where the list has none."""
    return next((one for one in fee.exemptions if one.code == code), None)


def _receipt(state: FeeState, number: str, before: FeeLine | None) -> str:
    if state is FeeState.PAID:
        return number.strip()
    return before.receipt_number if before else ""


def _state(case: Case, fee: Fee) -> FeeState | None:
    line = case.fees.get(code_of(fee))
    return line.state if line else None


def _task_name(standard: ItemStandard, code: str) -> str:
    """Return the charge's place in the list: a task's subject holds no spaces."""
    return str([code_of(fee) for fee in standard.fees].index(code) + 1)
