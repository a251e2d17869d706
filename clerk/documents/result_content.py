"""What the papers around a result say (缴费通知书、材料流转单): case and event in, values out."""

from datetime import date

from clerk.documents.content import Occasion, cited, common
from clerk.domain.case import CaseEvent
from clerk.domain.days import local_date
from clerk.domain.fee_lines import FeeLine
from clerk.domain.fee_terms import Fee
from clerk.domain.fees import code_of
from clerk.domain.originals import TransferKind
from clerk.domain.papers import MaterialRow
from clerk.domain.parcels import postage
from clerk.domain.result_papers import FeeNotice, TransferSlip
from clerk.domain.tasks import TaskKind
from clerk.domain.transfer import went_under
from clerk.wording import ORIGINS
from clerk.wording_results import (
    DECISION_SEAL,
    HOW_TO_PAY,
    ORIGINAL,
    TRANSFER_KINDS,
    counted_words,
    exemption_words,
    in_capitals,
    money,
)


def fee_notice(of: Occasion, event: CaseEvent) -> FeeNotice:
    """Return the notice of one listed charge."""
    fee = next(one for one in of.standard.fees if code_of(one) == event.subject)
    line = of.case.fees[event.subject]
    return FeeNotice(
        **common(of, sealed=DECISION_SEAL),  # type: ignore[arg-type]  # values of one mapping
        fee_name=fee.name,
        fee_standard=fee.standard,
        amount=f"{money(line.amount_fen)}（{in_capitals(line.amount_fen)}）",
        basis=cited(fee.basis),
        how_to_pay=HOW_TO_PAY,
        pay_by_on=_pay_by(of, event),
        body_code=of.standard.body.code,
        income_code=fee.income_code,
        counted=_counted(fee, line),
        postage=_postage(of),
        exemptions=tuple(exemption_words(reason) for reason in fee.exemptions),
    )


def _counted(fee: Fee, line: FeeLine) -> str:
    if not fee.per:
        return ""
    return counted_words(line.count, fee.free, fee.unit, fee.amount_fen)


def _postage(of: Occasion) -> str:
    return "；".join(f"{one.name}{one.standard}" for one in postage(of.standard, of.case))


def _pay_by(of: Occasion, event: CaseEvent) -> date:
    """The day that the task of this notice names; the program looks again on it."""
    after = of.case.events[of.case.events.index(event) :]
    task = next((one for one in after if one.subject.startswith(TaskKind.PAY_FEE.value)), None)
    return task.until_on if task and task.until_on else local_date(event.at)


def transfer_slip(of: Occasion, event: CaseEvent) -> TransferSlip:
    """Return the slip under which originals went on, all of them that went with it."""
    said = event.detail
    gone = went_under(of.case.events, said["number"])
    kind, back = said.get("transfer"), said.get("back_by_on")
    return TransferSlip(
        **common(of, sealed=""),  # type: ignore[arg-type]  # values of one mapping
        materials=tuple(_row(of, one) for one in gone),
        handed_to=said["to"],
        handed_at=event.at,
        bag=said.get("bag", ""),
        transfer=TRANSFER_KINDS[TransferKind(kind)] if kind else "",
        brought_by=event.actor_name,
        workdays=int(said.get("workdays", "0")),
        back_by_on=date.fromisoformat(back) if back else None,
    )


def _row(of: Occasion, moved: CaseEvent) -> MaterialRow:
    held = of.case.evidence.get(moved.subject)
    return MaterialRow(
        name=of.standard.requirement(moved.subject).name,
        obtained=ORIGINS[held.origin] if held else ORIGINAL,
        originals=int(moved.detail["count"]),
    )
