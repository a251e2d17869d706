"""Who may decide a case, and exactly why somebody may not (授权、回避)."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.days import local_date
from clerk.domain.identity import ALLOWED, Account, Act, Session
from clerk.domain.mandate import ApprovalMandate, MandateLimit
from clerk.domain.party import Party
from clerk.domain.standard import DecidedBy, ItemStandard
from clerk.values import dataclass, replace


class DecisionBar(StrEnum):
    """Why a person may not decide a case; the words are in ``clerk.wording_approval``."""

    BACK_OFFICE_DECIDES = "back_office_decides"
    NO_MANDATE = "no_mandate"
    OTHER_ITEM = "other_item"
    NOT_BEGUN = "not_begun"
    ENDED = "ended"
    FIELD_UNKNOWN = "field_unknown"
    OVER_LIMIT = "over_limit"
    UNDER_LIMIT = "under_limit"
    APPLICANT_KIND = "applicant_kind"
    ONLY_ON_THE_SPOT = "only_on_the_spot"
    OWN_INTAKE = "own_intake"
    OWN_INTAKE_PERMIT_ENDED = "own_intake_permit_ended"
    OWN_CASE = "own_case"


_NEARNESS = tuple(DecisionBar)
"""A mandate that fails later in this list came nearer; of several it is the one to name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """A bar with what it stands on: the mandate, the limit of it, and what the case says."""

    bar: DecisionBar
    mandate: ApprovalMandate | None = None
    limit: MandateLimit | None = None
    value: str = ""


def decision_bar(
    standard: ItemStandard, case: Case, session: Session, at: datetime
) -> Barred | None:
    """Return why this person may not decide this case at this instant, None where he may.

    Nobody decides a case with a promised limit (承诺件) that he took in, as clerk, as agent or
    away from the hall; for an on-the-spot case (即办件) the office may allow it in writing.
    """
    return _bar(standard, case, session.account, at)


def mandate_for(
    standard: ItemStandard, case: Case, account: Account, at: datetime
) -> ApprovalMandate | None:
    """Return the mandate that carries this decision; one's own comes before a deputy's."""
    return next((one for one in _own_first(account) if not _outside(standard, case, one, at)), None)


def carrying_mandate(
    standard: ItemStandard, case: Case, session: Session, at: datetime
) -> ApprovalMandate | None:
    """Return the mandate that carries an act which belongs to the decision, None where none does."""
    mandate = mandate_for(standard, case, session.account, at)
    return None if decision_bar(standard, case, session, at) is not None else mandate


def noting(mandate: ApprovalMandate, event: CaseEvent) -> CaseEvent:
    """Return the event with the mandate that it stands on, and for whom a deputy acts (代)."""
    deputy = {"deputy_for": mandate.deputises_for_name} if mandate.deputises_for else {}
    return replace(event, detail={**event.detail, "mandate": mandate.number, **deputy})


def who_may_decide(
    standard: ItemStandard, case: Case, people: Iterable[Account], at: datetime
) -> tuple[Account, ...]:
    """Return everybody who may decide this case now."""
    return tuple(
        one
        for one in people
        if any(Act.DECIDE in ALLOWED[role] for role in one.roles)
        and _bar(standard, case, one, at) is None
    )


def decides_own_intake(case: Case, account: Account) -> bool:
    """Whether this person had a hand in taking the case in, or collected any of its materials."""
    mine = {case.clerk, *(event.actor for event in case.events if event.kind in _INTAKE)}
    return account.account_id in mine | {held.by for held in case.evidence.values()}


_INTAKE = frozenset(
    {
        CaseEventKind.OPENED,
        CaseEventKind.CARD_READ,
        CaseEventKind.CERTIFICATE_USED,
        CaseEventKind.LETTER_SIGNED,
        CaseEventKind.RECEIVED,
        CaseEventKind.NOTIFIED_ONCE,
        CaseEventKind.CORRECTED,
        CaseEventKind.ACCEPTED,
        CaseEventKind.SUPPLIED,
    }
)


def _bar(standard: ItemStandard, case: Case, account: Account, at: datetime) -> Barred | None:
    if standard.decided_by is not DecidedBy.CHIEF:
        return Barred(bar=DecisionBar.BACK_OFFICE_DECIDES)
    if not account.mandates:
        return Barred(bar=DecisionBar.NO_MANDATE)
    bars = []
    for mandate in _own_first(account):
        found = _outside(standard, case, mandate, at)
        if found is None:
            return _own_bar(standard, case, account, mandate, at)
        bars.append(found)
    return max(bars, key=lambda found: _NEARNESS.index(found.bar))


def _own_first(account: Account) -> list[ApprovalMandate]:
    return sorted(account.mandates, key=lambda mandate: bool(mandate.deputises_for))


def _outside(
    standard: ItemStandard, case: Case, mandate: ApprovalMandate, at: datetime
) -> Barred | None:
    """Return what of the mandate does not carry the case."""
    if case.item_code not in mandate.items:
        return Barred(bar=DecisionBar.OTHER_ITEM, mandate=mandate)
    if not mandate.begun(at):
        return Barred(bar=DecisionBar.NOT_BEGUN, mandate=mandate)
    if mandate.ended(at):
        return Barred(bar=DecisionBar.ENDED, mandate=mandate)
    for limit in mandate.limits:
        if limit.concerns(case.item_code):
            found = _beyond(standard, case, limit)
            if found is not None:
                bar, value = found
                return Barred(bar=bar, mandate=mandate, limit=limit, value=value)
    return None


def _beyond(
    standard: ItemStandard, case: Case, limit: MandateLimit
) -> tuple[DecisionBar, str] | None:
    if limit.on_the_spot_only and not standard.on_the_spot:
        return DecisionBar.ONLY_ON_THE_SPOT, standard.project_type.label
    if limit.applicant_kinds:
        kind = case.applicant.party.kind if case.applicant else None
        if kind not in limit.applicant_kinds:
            return DecisionBar.APPLICANT_KIND, kind.value if kind else ""
    if limit.field:
        held = case.values.get(limit.field)
        return _beyond_number(limit, held.value if held else "")
    return None


def _beyond_number(limit: MandateLimit, text: str) -> tuple[DecisionBar, str] | None:
    """A number that is not known lies within no limit."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return DecisionBar.FIELD_UNKNOWN, text
    if not number.is_finite():
        return DecisionBar.FIELD_UNKNOWN, text
    if limit.at_most is not None and number > limit.at_most:
        return DecisionBar.OVER_LIMIT, text
    if limit.at_least is not None and number < limit.at_least:
        return DecisionBar.UNDER_LIMIT, text
    return None


def _own_bar(
    standard: ItemStandard, case: Case, account: Account, mandate: ApprovalMandate, at: datetime
) -> Barred | None:
    if any(_is_holder(mandate, account, party) for party in _sides(case)):
        return Barred(bar=DecisionBar.OWN_CASE, mandate=mandate)
    if not decides_own_intake(case, account):
        return None
    if not standard.on_the_spot or not mandate.own_intake_permit:
        return Barred(bar=DecisionBar.OWN_INTAKE, mandate=mandate)
    if not mandate.permits_own_intake(local_date(at)):
        return Barred(bar=DecisionBar.OWN_INTAKE_PERMIT_ENDED, mandate=mandate)
    return None


def _sides(case: Case) -> list[Party]:
    """Return everybody who stands on the applicant's side, the handler among them."""
    applicant, handler = case.applicant, case.handler
    sides = [applicant.party] if applicant else []
    if applicant and applicant.representative:
        sides.append(applicant.representative)
    return [*sides, handler.party] if handler else sides


def _is_holder(mandate: ApprovalMandate, account: Account, party: Party) -> bool:
    """By the identity number where the mandate says it; else whoever bears the name may be him."""
    if mandate.holder_id_number:
        return party.id_number == mandate.holder_id_number
    return party.name == account.display_name
