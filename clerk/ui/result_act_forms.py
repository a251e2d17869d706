"""What the acts around a result ask: originals, the way out, reminders, fees."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from clerk.domain.bringing import bringings
from clerk.domain.case import Case
from clerk.domain.case_acts import CaseAct
from clerk.domain.course import CaseRules
from clerk.domain.custody import EVERY, OriginalLine, owed, unaccounted
from clerk.domain.fee_lines import FeeState
from clerk.domain.fee_terms import Fee, Payee
from clerk.domain.fees import amount_of, code_of, counted, next_states
from clerk.domain.originals import OriginalHeld, OriginalPlace
from clerk.domain.parcel import ResultWay
from clerk.domain.parcels import plan_of
from clerk.domain.result_acting import BETWEEN
from clerk.domain.transfer import unsigned
from clerk.ui.act_form_parts import ActForm, Box, Kind
from clerk.wording_results import (
    BRINGING_ANSWERS,
    FEE_ACTS,
    ORIGINAL_PLACES,
    REMINDER_WAYS,
    RESULT_WAYS,
    bringing_words,
    money,
)

_TO_SAY = (
    OriginalPlace.SEEN,
    OriginalPlace.KEPT,
    OriginalPlace.HANDED_ON,
    OriginalPlace.FILED,
)

Listed = Sequence[tuple[str, str]]


def originals_there(rules: CaseRules, case: Case) -> Listed:
    """The originals of which nobody has said where they are, and those that are kept."""
    standard = rules.standard
    lines = (*unaccounted(standard, case), *owed(standard, case))
    each = [(line.material, _original(line)) for line in lines]
    return [(EVERY, f"以下全部 {len(lines)} 份材料"), *each] if len(each) > 1 else each


def _original(line: OriginalLine) -> str:
    place = ORIGINAL_PLACES[line.place] if line.place else "没登记去向"
    return f"{line.name}，{line.count} 份，{place}"


def places(_: CaseRules, __: Case) -> Listed:
    """Where originals can be said to be."""
    return [(place.value, ORIGINAL_PLACES[place]) for place in _TO_SAY]


def ways(rules: CaseRules, case: Case) -> Listed:
    """How a result can reach the applicant; the one agreed now says so."""
    now = plan_of(rules.standard, case).way
    post = next((fee for fee in rules.standard.fees if fee.payee is Payee.COURIER), None)
    found = []
    for way, text in RESULT_WAYS.items():
        if way is ResultWay.VAN and way is not now:
            continue  # by the offer that names route and stop
        charge = f"，{post.name}{post.standard}" if post and way is ResultWay.COURIER else ""
        found.append((way.value, f"{text}{charge}{'，现在约定的' if way is now else ''}"))
    return found


def bringing_ways(rules: CaseRules, _: Case, today: date) -> Listed:
    """How a result could be brought: by courier, or with one of the van's next stops."""
    return [(one.code, bringing_words(one)) for one in bringings(rules, today)]


def bringing_answers(_: CaseRules, __: Case) -> Listed:
    """What the holder said to it."""
    return [(answer.value, text) for answer, text in BRINGING_ANSWERS.items()]


def reminder_ways(_: CaseRules, __: Case) -> Listed:
    """How somebody can be reminded."""
    return [(way.value, text) for way, text in REMINDER_WAYS.items()]


def bags(_: CaseRules, case: Case) -> Listed:
    """The bags that nobody in the department signed for, with what lies in each."""
    lying: dict[str, list[OriginalHeld]] = {}
    for _material, held in unsigned(case):
        lying.setdefault(held.bag, []).append(held)
    return [
        (bag, f"袋 {bag or '没写袋号'}，原件 {sum(one.count for one in held)} 份，{held[0].number}")
        for bag, held in lying.items()
    ]


FORMS: Mapping[CaseAct, ActForm] = MappingProxyType(
    {
        CaseAct.RECEIVE_TRANSFER: ActForm(
            says="点过袋里的原件，和流转单一样，双方签了字再登记。本人签收的不用填签收人",
            boxes=(
                Box(into="number", label="袋号，扫袋上的条码"),
                Box(
                    into="people",
                    label="部门签收人，照流转单上的签名",
                    kind=Kind.NAMES,
                    needed=False,
                ),
            ),
            listed=bags,
            list_name="在路上的",
        ),
        CaseAct.OFFER_TO_BRING: ActForm(
            says="催领到最后一次还没人领，问申请人要不要送上门。他同意了才改领取方式",
            boxes=(
                Box(into="people", label="问了谁，同意的就是收件人", kind=Kind.NAMES),
                Box(into="number", label="电话", needed=False),
                Box(into="note", label="寄递地址，选寄递才写", needed=False),
                Box(into="reason", label="凭据，如几点打的电话、短信回执号"),
            ),
            listed_on=bringing_ways,
            list_into="procedure",
            list_name="怎样送",
            also=bringing_answers,
            also_name="申请人怎么说",
        ),
    }
)


def fee_steps(rules: CaseRules, case: Case) -> Listed:
    """What can be written down of each listed charge; each reason to pay nothing by itself."""
    found: list[tuple[str, str]] = []
    for fee, state in next_states(rules.standard, case):
        code, words = f"{code_of(fee)}{BETWEEN}{state.value}", f"{fee.name}，{FEE_ACTS[state]}"
        if state is FeeState.EXEMPT:
            found += [
                (f"{code}{BETWEEN}{reason.code}", f"{words}：{reason.label}")
                for reason in fee.exemptions
            ]
        else:
            found.append((code, f"{words} {_counted(fee, case)}"))
    return found


def _counted(fee: Fee, case: Case) -> str:
    """The amount with what the listed rule counts: ``20.00 元（3 本，免 1 本）``."""
    line = case.fees.get(code_of(fee))
    amount = money(line.amount_fen if line else amount_of(fee, case))
    count = line.count if line else counted(fee, case)
    if not fee.per:
        return amount
    free = f"，免 {fee.free} {fee.unit}" if fee.free else ""
    return f"{amount}（{count} {fee.unit}{free}）"
