"""What goes with a result: 送达回证 with who took it and how that was known, and 快递单."""

from typing import TYPE_CHECKING

from clerk.domain.case import Case, HandOut
from clerk.domain.days import local_date
from clerk.domain.delivery_papers import CourierSlip, Delivery, ResultRow
from clerk.domain.parcel import Parcel, ResultWay, postcode_in
from clerk.domain.parcels import postage
from clerk.domain.receiving import IdentityCheck, ReceiverRole
from clerk.domain.standard import ItemStandard
from clerk.wording_approval import handed_over
from clerk.wording_results import (
    ANY_COURIER,
    AT_THE_DOOR,
    BY_COURIER,
    BY_THE_COURIER,
    ID_CARD,
    IDENTITY_CHECKS,
    NOT_LEFT,
    ON_THE_WAYBILL,
    RECEIVER_ROLES,
    RESULT_WAYS,
    waybill_words,
)

if TYPE_CHECKING:
    from clerk.documents.content import Occasion

_IN_ANOTHERS_STEAD = frozenset({ReceiverRole.PROXY, ReceiverRole.LET_THROUGH})


def delivery(of: "Occasion", common: dict[str, object], phone: str) -> Delivery:
    """Return the paper; ``common`` is what every paper carries."""
    case, standard = of.case, of.standard
    handed = case.hand_out
    if handed is None or case.decision is None:
        raise ValueError("the result was not handed out")
    posted = handed.way == ResultWay.COURIER
    return Delivery(
        **common,  # type: ignore[arg-type]  # values of one mapping
        results=_results(case, standard),
        way=_way(handed),
        place=case.parcels[-1].address if posted else f"{of.counter.hall}{of.counter.name}",
        receiver_name=handed.receiver,
        receiver_id_kind=BY_COURIER if posted else ID_CARD,
        receiver_id_number=handed.receiver_id_number or ON_THE_WAYBILL,
        receiver_phone=case.parcels[-1].phone if posted else _phone(handed, phone),
        identity_check=IDENTITY_CHECKS[handed.identity or IdentityCheck.CARD_SEEN],
        handed_at=handed.at,
        deputy=_deputy(case, handed),
        deputy_reason=_why(handed) if _deputy(case, handed) else "",
    )


def courier_slip(of: "Occasion", common: dict[str, object], parcel: Parcel) -> CourierSlip:
    """Return what goes with a parcel; its number is the courier's own."""
    standard = of.standard
    listed = "；".join(f"{one.name}{one.standard}" for one in postage(standard, of.case))
    return CourierSlip(
        **common,  # type: ignore[arg-type]  # values of one mapping
        courier=of.office.courier or ANY_COURIER,
        results=_results(of.case, standard),
        sent_on=local_date(parcel.sent_at),
        sender=f"{of.counter.hall}{of.counter.name}",
        sender_phone=of.counter.phone,
        sender_address=of.counter.address,
        sender_postcode=of.office.postcode or BY_THE_COURIER,
        receiver=parcel.receiver,
        receiver_mobile=parcel.phone,
        receiver_address=parcel.address,
        receiver_postcode=postcode_in(parcel.address) or BY_THE_COURIER,
        postage=listed,
    )


def _results(case: Case, standard: ItemStandard) -> tuple[ResultRow, ...]:
    return tuple(
        ResultRow(name=name, number=number) for name, number in handed_over(case, standard)
    )


def _way(handed: HandOut) -> str:
    way = RESULT_WAYS[ResultWay(handed.way)]
    return f"{way}，{waybill_words(handed.proof)}" if handed.proof else way


def _phone(handed: HandOut, applicants: str) -> str:
    """Whoever took it for another left his own; the applicant's is never passed off as his."""
    known = "" if handed.role in _IN_ANOTHERS_STEAD else applicants
    return handed.phone or known or NOT_LEFT


def _deputy(case: Case, handed: HandOut) -> str:
    """Whoever took it in another's stead, with the papers he showed."""
    if handed.role is ReceiverRole.AT_THE_DOOR:
        stranger = handed.receiver != case.parcels[-1].receiver
        return handed.receiver if stranger else ""
    if handed.role not in _IN_ANOTHERS_STEAD:
        return ""
    return f"{handed.receiver}（{handed.mandate or RECEIVER_ROLES[handed.role]}）"


def _why(handed: HandOut) -> str:
    return AT_THE_DOOR if handed.role is ReceiverRole.AT_THE_DOOR else handed.reason
