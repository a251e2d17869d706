"""What the acts around a result do with what was written down: originals, way, reminder, fee.

To send it by courier needs an id of its own and is a use case by itself.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from clerk.domain import bringing, custody, fees, parcels, transfer, unclaimed
from clerk.domain.case import Case
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.course import CaseRules
from clerk.domain.errors import BadInput
from clerk.domain.fee_lines import FeeState
from clerk.domain.identity import Session
from clerk.domain.originals import OriginalPlace
from clerk.domain.papers import PaperKind
from clerk.domain.parcel import ResultPlan, ResultWay
from clerk.domain.reminder import ReminderWay

Doer = Callable[[CaseRules, Case, ActWords, Session, datetime], Case]

BETWEEN: Final = "|"
"""Stands between the two codes of a choice that names two things (the charge and its state)."""


def _place(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    return custody.place_originals(
        rules,
        case,
        words.material,
        OriginalPlace(words.choice),
        session,
        at,
        number=case.paper_numbers.get(PaperKind.TRANSFER_SLIP.value, ""),
        bag=words.number,
        back_by_on=words.until_on,
        note=words.note,
    )


def _return(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    to = "、".join(words.people)
    return custody.return_originals(rules, case, words.material, to, session, at)


def _receive(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    bag, signer = words.number, "、".join(words.people)
    return transfer.receive_transfer(rules, case, bag, signer, session, at, chosen=words.choice)


def _change_way(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    plan = ResultPlan(
        way=ResultWay(words.choice),
        receiver="、".join(words.people),
        phone=words.number.strip(),
        address=words.note.strip(),
    )
    return parcels.change_way(rules, case, plan, words.reason, session, at)


def _remind(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    to, way = "、".join(words.people), ReminderWay(words.choice)
    return unclaimed.remind(rules, case, to, way, words.note, session, at)


def _offer_to_bring(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    plan = ResultPlan(
        way=ResultWay.WINDOW,
        receiver="、".join(words.people),
        phone=words.number.strip(),
        address=words.note.strip(),
    )
    if words.choice not in set(bringing.BringingAnswer):
        raise BadInput("还没选申请人怎么说，没有登记。选一项再办")
    answer = bringing.BringingAnswer(words.choice)
    return bringing.offer_to_bring(
        rules, case, words.procedure, answer, plan, words.reason, session, at
    )


def _settle_fee(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    code, state, *exemption = words.choice.split(BETWEEN)
    return fees.settle_fee(
        rules,
        case,
        code,
        FeeState(state),
        session,
        at,
        number=words.number,
        exemption=exemption[0] if exemption else "",
        proof=words.note,
    )


DOES: Mapping[CaseAct, Doer] = MappingProxyType(
    {
        CaseAct.PLACE_ORIGINALS: _place,
        CaseAct.RETURN_ORIGINALS: _return,
        CaseAct.RECEIVE_TRANSFER: _receive,
        CaseAct.CHANGE_WAY: _change_way,
        CaseAct.REMIND_RESULT: _remind,
        CaseAct.OFFER_TO_BRING: _offer_to_bring,
        CaseAct.SETTLE_FEE: _settle_fee,
    }
)
