"""A person registers as a sole trader: an on-the-spot case, complete on paper."""

from clerk.domain import intake
from clerk.domain.case import Case
from clerk.domain.findings import NextAct
from clerk.services import acceptance, drafts
from integrations.practice.people import ZHANG_SHILI
from tests.services.noodle_shop import read_card
from tests.services.window import Window

TRADER = "sole_trader_registration"
ANSWERS = {"named": "no"}
"""Every other question takes its first option."""

VALUES = {
    "phone": ZHANG_SHILI.phone,
    "place": "示例县清河镇演示路 8 号",
    "scope": "日用百货零售",
    "staff": "1",
    "funds": "3",
}


def complete(window: Window) -> Case:
    """Everything typed and laid on the desk; each point looked at by the clerk."""
    standard = window.catalogue[TRADER]
    case = drafts.open_case(window.desk, window.clerk, standard)
    case = intake.with_person(case, read_card(window), standard.applicant_kinds)
    for question in standard.questions:
        option = ANSWERS.get(question.code, question.options[0].code)
        case = window.prefill(intake.with_answer(case, question.code, option, window.clock()))
    for line in standard.fields:
        value = VALUES.get(line.code)
        if value is None and line.code not in case.values and line.options:
            value = line.options[0].label
        if value is not None:
            case = intake.with_value(case, line.code, value, window.clock())
    case = window.prefill(case)
    for code in window.check(case).asked:
        asked = standard.requirement(code)
        held = intake.on_paper(asked, window.clerk, window.clock())
        case = intake.with_evidence(case, code, held)
        for point in asked.review_points:
            case = intake.with_point(case, code, point.code, True)
    return case


def accepted(window: Window) -> Case:
    """The same after 受理."""
    return acceptance.take_in(
        window.desk, window.clerk, complete(window), NextAct.ACCEPT_AND_PASS_ON
    )
