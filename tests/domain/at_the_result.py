"""The noodle shop's case after its decision, as the tests around the result take it."""

from dataclasses import replace
from datetime import date

from clerk.domain.case import Case, CaseEvent, CaseEventKind, Decision
from clerk.domain.course import CaseRules, settled
from clerk.domain.fee_terms import Exemption, Fee
from clerk.domain.hand_out import ready_for_hand_out
from clerk.domain.limits import Clause
from tests.domain.at_the_window import NOW, accepted_case, rules

SAMPLE_FEE = Fee(
    name="证书工本费（样例）",
    standard="每证 10 元",
    amount_fen=1000,
    basis=Clause(law="样例收费办法", article="第一条"),
    reducible=False,
    code="SAMPLE",
    exemptions=(Exemption(code="low_income", label="低保家庭", proof="低保证"),),
    income_code="990101",
)
"""No starter item charges anything; this fee is invented and says so."""


def charging(*fees: Fee) -> CaseRules:
    """The rules of the food permit as if it charged something."""
    governed = rules()
    standard = replace(governed.standard, fees=fees or (SAMPLE_FEE,))
    return replace(governed, standard=standard)


def granted(case: Case | None = None) -> Case:
    """The case after a grant, before its result is there."""
    decided = CaseEvent(
        kind=CaseEventKind.DECIDED, at=NOW, actor="zheng", actor_name="郑练习", granted=True
    )
    decision = Decision(
        granted=True,
        opinion="准予",
        at=NOW,
        by="zheng",
        by_name="郑练习",
        number="示审决〔2026〕1 号",
        valid_until_on=date(2031, 3, 17),
    )
    return replace(settled(rules(), case or accepted_case(), (decided,)), decision=decision)


def waiting(case: Case | None = None) -> Case:
    """The result lies at the window; what was laid on the counter is accounted for."""
    return ready_for_hand_out(rules(), granted(case or scanned_case()), NOW, "示例县行政审批服务局")


def scanned_case() -> Case:
    """The accepted case with nothing left on the counter: every paper was scanned."""
    case = accepted_case()
    evidence = {code: replace(held, originals=0) for code, held in case.evidence.items()}
    return replace(case, evidence=evidence)
