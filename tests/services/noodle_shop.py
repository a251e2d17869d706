"""The noodle shop asks for its food permit: the main job, step by step through the use cases."""

from clerk.app.practice_acts import card_of
from clerk.domain import intake
from clerk.domain.case import Case
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.decisions import points_to_look_at
from clerk.domain.findings import NextAct
from clerk.domain.material import Origin
from clerk.domain.party import Party
from clerk.domain.receiving import IdentityCheck, Receiving
from clerk.domain.review import PointOutcome
from clerk.domain.secret import Secret
from clerk.services import (
    acceptance,
    approval,
    case_acts,
    certificate_leave,
    certificates,
    drafts,
    letter_signing,
    paper_making,
)
from clerk.services.certificate_matching import match
from integrations.practice.people import NOODLE_SHOP, ZHANG_SHILI, PracticePerson
from tests.domain.at_the_window import FOOD_VALUES, shop
from tests.services.window import Window

FOOD = "food_business_permit"
HIS_OWN_CARD = Receiving(
    name=ZHANG_SHILI.name, id_number=ZHANG_SHILI.id_number, identity=IdentityCheck.CARD_READ
)
OPINION = "材料齐全，现场核查符合要求，准予许可。"


def read_card(window: Window, who: PracticePerson = ZHANG_SHILI) -> Party:
    """Put the card on the reader and read it."""
    window.reader.place(card_of(who))
    try:
        return intake.party_from_card(window.desk.card_reader.read(), window.clock())
    finally:
        window.reader.remove()


def opened(window: Window) -> Case:
    """A case whose applicant stands there and has answered what is asked."""
    standard = window.catalogue[FOOD]
    case = drafts.open_case(window.desk, window.clerk, standard)
    case = window.prefill(intake.with_person(case, read_card(window), standard.applicant_kinds))
    for question, option in (("business", "catering"), ("dishes", "hot"), ("online", "no")):
        case = window.prefill(intake.with_answer(case, question, option, window.clock()))
    return case


def named(window: Window) -> Case:
    """The same with the shop named by hand."""
    return intake.with_body(opened(window), shop())


def with_licence_called(window: Window, case: Case) -> Case:
    """Let the licence be called by the code the owner shows."""
    desk, clerk = window.desk, window.clerk
    code = Secret(NOODLE_SHOP.use_code)
    leave = certificate_leave.authorise_by_code(desk, clerk, case, "LICENCE", code)
    (licence,) = (row.certificate for row in match(desk, clerk, case, leave).rows)
    use, files = certificates.use_certificate(desk, clerk, case, "LICENCE", leave, licence)
    evidence = intake.from_certificate(use, files, clerk, window.clock())
    case = intake.with_evidence(case, "LICENCE", evidence)
    return window.prefill(intake.certificate_was_used(case, clerk, use))


def with_form_filled(window: Window, case: Case) -> Case:
    for field, value in FOOD_VALUES.items():
        case = intake.with_value(case, field, value, window.clock())
    return window.prefill(case)


def scanned(window: Window, case: Case, code: str) -> Case:
    """Lay the paper under the camera, keep the picture, look at every point."""
    asked = window.catalogue[FOOD].requirement(code)
    content, media_type = window.desk.scanner.scan()
    file = drafts.keep_file(window.desk, window.clerk, content, f"{asked.name}.png", media_type)
    held = intake.from_file(asked, file, Origin.SCANNED, window.clerk, window.clock())
    return looked_at(window, intake.with_evidence(case, code, held), code)


def on_paper(window: Window, case: Case, *codes: str) -> Case:
    """Lay papers on the desk and look at every point."""
    for code in codes:
        asked = window.catalogue[FOOD].requirement(code)
        held = intake.on_paper(asked, window.clerk, window.clock())
        case = looked_at(window, intake.with_evidence(case, code, held), code)
    return case


def looked_at(window: Window, case: Case, code: str) -> Case:
    for point in window.catalogue[FOOD].requirement(code).review_points:
        case = intake.with_point(case, code, point.code, True)
    return case


def promised(window: Window, case: Case, code: str) -> Case:
    """Sign the letter that stands for the proof."""
    letter = letter_signing.sign_letter(window.desk, window.clerk, case, code)
    asked = window.catalogue[FOOD].requirement(code)
    case = intake.with_evidence(case, code, intake.promised(asked, letter, window.clerk))
    return intake.letter_was_signed(case, window.clerk, asked, window.clock())


def applied_for(window: Window, case: Case) -> Case:
    """Print the application form and have it signed."""
    form = paper_making.make_application(window.desk, window.clerk, case)
    made = intake.made_by_system(form, window.clerk, window.clock())
    return intake.with_evidence(case, "APPLICATION", made)


def complete_in_full(window: Window) -> Case:
    """Card, licence by code, form, scans, letter and application: the whole counter."""
    case = with_form_filled(window, with_licence_called(window, opened(window)))
    card = intake.from_card(read_card(window), window.clerk, window.clock())
    case = intake.with_evidence(case, "HEAD_ID", card)
    case = promised(window, scanned(window, scanned(window, case, "LAYOUT"), "RULES"), "PREMISES")
    return applied_for(window, case)


def complete_on_paper(window: Window) -> Case:
    """Everything on paper: no peer is asked and nothing is printed."""
    case = intake.with_value(
        with_form_filled(window, named(window)), "premises", NOODLE_SHOP.address, window.clock()
    )
    return on_paper(
        window, case, "APPLICATION", "LICENCE", "HEAD_ID", "LAYOUT", "RULES", "PREMISES"
    )


def incomplete(window: Window, *missing: str) -> Case:
    """The same without some of the papers."""
    case = complete_on_paper(window)
    for code in missing or ("RULES", "PREMISES"):
        case = intake.without_evidence(case, code)
    return case


def put_off(window: Window, code: str = "RULES") -> Case:
    """Everything on paper but one that the applicant brings later."""
    desk, case = window.desk, complete_on_paper(window)
    standard = window.catalogue[case.item_code]
    later = intake.deferred(
        standard,
        standard.requirement(code),
        desk.calendar,
        window.clerk,
        window.clock(),
        desk.today(),
    )
    return intake.with_evidence(intake.without_evidence(case, code), code, later)


def accepted(window: Window, case: Case | None = None) -> Case:
    case = case or complete_on_paper(window)
    return acceptance.take_in(window.desk, window.clerk, case, NextAct.ACCEPT_AND_PASS_ON)


def received(window: Window, case: Case | None = None) -> Case:
    case = case or complete_on_paper(window)
    return acceptance.take_in(window.desk, window.clerk, case, NextAct.RECEIVE_AND_PASS_ON)


def decided(window: Window, case: Case, *, granted: bool = True) -> Case:
    """Let the chief representative look at everything and decide."""
    for point in points_to_look_at(window.catalogue[FOOD], case):
        approval.answer_review_point(
            window.desk, window.chief, case.case_id, point, PointOutcome.MET
        )
    if not granted:
        spoken_up(window, case)
    chief = window.proved(window.chief)
    return approval.decide_case(window.desk, chief, case.case_id, granted, OPINION)


def spoken_up(window: Window, case: Case) -> Case:
    """Tell the applicant that a refusal is intended; he gives up speaking."""
    told = ActWords(reason="操作间没有独立的清洗水池，不符合要求")
    case_acts.do_act(window.desk, window.chief, case.case_id, CaseAct.OFFER_STATEMENT, told)
    gives_up = ActWords(choice="waived", note="当面表示放弃，已签字")
    return case_acts.do_act(
        window.desk, window.clerk, case.case_id, CaseAct.TAKE_STATEMENT, gives_up
    )
