"""What the papers of an agency say (帮办代办委托书、终止委托书): case and mandate in, values out."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from clerk import wording
from clerk.domain.agency_papers import AgencyEnd, AgencyMandate, HandedRow
from clerk.domain.case import CaseState
from clerk.domain.papers import MaterialRow
from clerk.domain.party import MandateAct

if TYPE_CHECKING:
    from clerk.documents.content import Occasion

ENDED_BECAUSE: Final[Mapping[CaseState, str]] = MappingProxyType(
    {
        CaseState.HANDED_OUT: "委托事项已经办结，结果已经送达",
        CaseState.WITHDRAWN: "委托人撤回了申请",
        CaseState.LAPSED: "申请的办理已经终止",
    }
)
"""Why an agency is over, by the state its case ended in."""


def agency_mandate(
    of: "Occasion", common: dict[str, object], phone: str, handed: Sequence[MaterialRow]
) -> AgencyMandate:
    """Return the mandate as both sign it; ``handed`` are the materials on paper."""
    return AgencyMandate(**_values(of, common, phone, handed))  # type: ignore[arg-type]  # one mapping


def agency_end(
    of: "Occasion", common: dict[str, object], phone: str, handed: Sequence[MaterialRow]
) -> AgencyEnd:
    """Return the end of it."""
    because = ENDED_BECAUSE.get(of.case.state, "")
    return AgencyEnd(
        **_values(of, common, phone, handed),  # type: ignore[arg-type]  # one mapping
        ended_because=because,
    )


def _values(
    of: "Occasion", common: dict[str, object], phone: str, handed: Sequence[MaterialRow]
) -> dict[str, object]:
    applicant, agent = of.case.applicant, of.case.handler
    if applicant is None or agent is None:
        raise ValueError("nobody acts for the applicant")
    person = applicant.representative
    return {
        **common,
        "applicant_id_kind": wording.ID_KINDS[applicant.party.id_kind],
        "applicant_id_number": applicant.party.id_number,
        "applicant_phone": phone,
        "representative_name": person.name if person else "",
        "agent_name": agent.party.name,
        "agent_id_kind": wording.ID_KINDS[agent.party.id_kind],
        "agent_id_number": agent.party.id_number,
        "relation": agent.relation,
        "services": tuple(act for act in MandateAct if act in agent.mandate.acts),
        "mandate_from": agent.mandate.from_on,
        "mandate_until": agent.mandate.until_on,
        "handed_rows": tuple(
            HandedRow(name=row.name, form=form, count=count)
            for row in handed
            for form, count in (("原件", row.originals), ("复印件", row.copies))
            if count
        ),
    }
