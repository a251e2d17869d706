"""What is filled into a commitment letter (告知承诺书)."""

from clerk import wording
from clerk.documents.content import Occasion, cited, phone_of
from clerk.domain.commitment import Commitment
from clerk.domain.days import local_date
from clerk.domain.standard import Requirement
from clerk.wording_letters import paper_day

LETTER_SEAL = "受理专用章"
"""Which seal of the authority stands under a commitment letter."""


def commitment_of(of: Occasion, asked: Requirement) -> Commitment:
    """Return what is filled into the commitment letter for one proof."""
    promise = asked.promise
    case, body, applicant = of.case, of.standard.body, of.case.applicant
    if promise is None or applicant is None:
        raise ValueError("no promise is offered for this material")
    party, person, agent = applicant.party, applicant.representative, case.handler
    return Commitment(
        letter_number=of.letter_number or "（签署时编号）",
        applicant_name=party.name,
        applicant_id_kind=wording.ID_KINDS[party.id_kind],
        applicant_id_number=party.id_number,
        applicant_phone=phone_of(case),
        representative_name=person.name if person else "",
        agent_name=agent.party.name if agent else "",
        agent_id_kind=wording.ID_KINDS[agent.party.id_kind] if agent else "",
        agent_id_number=agent.party.id_number if agent else "",
        body_name=body.name,
        body_contact=f"{of.counter.name} {of.clerk_name}",
        body_phone=body.phone,
        item_name=of.standard.name,
        proof_name=asked.name,
        item_basis="、".join(cited(clause) for clause in of.standard.bases),
        proof_basis=cited(asked.basis),
        must_be_true=_unended(promise.must_be_true),
        excluded=_unended(promise.excluded),
        promise_way="书面承诺，当面签署；可以由有权限的代理人代为签署"
        if agent
        else "书面承诺，当面签署",
        check=_unended(promise.check),
        public=_unended(promise.public),
        conditions_met_by="签署本承诺书之日",
        made_on=paper_day(local_date(of.at)),
        practice=of.counter.practice,
        effective=of.effective,
    )


def _unended(told: str) -> str:
    """Return what a standard says without its full stop: the letter's own sentence goes on."""
    return told.rstrip("。")
