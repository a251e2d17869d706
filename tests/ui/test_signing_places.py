"""Where signing on the screen is opened: a promise, an agent's mandate, the papers of a case."""

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from clerk.domain.case import CaseState
from clerk.domain.intake import with_handler
from clerk.domain.issued import PlacedValue
from clerk.domain.paper_signature import SIGN_PLACE, PaperSignature, SignWay
from clerk.domain.papers import PaperKind
from clerk.domain.party import HandlerKind, MandateAct
from clerk.ui.documents_words import signed_words
from clerk.ui.signing import SigningDialog
from clerk.ui.signing_papers import PaperSigning
from tests.domain.at_the_window import handler, mandate_of
from tests.ui.example_values import NOW, identity_number
from tests.ui.examples import SmallCounter
from tests.ui.intake_world import CTRL, answered
from tests.ui.paper_office import accepted, paper
from tests.ui.pens import by_pen, read_to_the_end
from tests.ui.signing_world import PAGE


@pytest.fixture
def host(on_screen):
    made = QWidget()
    made.resize(1366, 720)
    return on_screen(made)


def test_a_promise_is_signed_on_the_screen_with_ctrl_e(page, counter, hands, qtbot):
    opened = answered(page, counter, qtbot)
    page.body.materials.focus_row("PREMISES")
    hands.press(Qt.Key.Key_4)
    offer = counter.dialogs[-1]
    qtbot.waitUntil(offer.pages.has_pages)
    hands.press(Qt.Key.Key_1)

    hands.press(Qt.Key.Key_E, CTRL)
    dialog = counter.dialogs[-1]
    assert isinstance(dialog, SigningDialog)
    qtbot.waitUntil(dialog.sheet.on.isEnabled)
    read_to_the_end(dialog, hands)
    by_pen(dialog.sheet.pad)
    hands.click(dialog.sheet.sign)
    qtbot.waitUntil(lambda: "PREMISES" in opened.case.evidence)

    assert opened.case.evidence["PREMISES"].letter.shown_sha256 == PAGE
    assert counter.signing.kept[0].signer == opened.case.applicant_name


def mandate_read(page, counter, hands, qtbot):
    """An agent is entrusted, his mandate was read and written under, not handed over yet."""
    page.people.open_handler()
    form = counter.dialogs[-1]
    form.name.editor.setText("陈演示")
    form.number.editor.setText(identity_number("99012319790226004"))
    form.relation.editor.setText("村级代办员")
    form.agent.click()
    form.confirm.click()
    hands.click(page.body.applicant.sign)
    dialog = counter.dialogs[-1]
    qtbot.waitUntil(dialog.sheet.on.isEnabled)
    read_to_the_end(dialog, hands)
    by_pen(dialog.sheet.pad)
    return dialog


def test_an_agents_mandate_is_signed_by_the_principal_and_carries_from_then_on(
    page, counter, hands, qtbot
):
    opened = answered(page, counter, qtbot)
    dialog = mandate_read(page, counter, hands, qtbot)
    hands.click(dialog.sheet.sign)
    qtbot.waitUntil(lambda: opened.case.mandate_letter is not None)

    assert opened.case.handler.mandate.signed
    assert counter.signing.kept[0].signer == "张示例"
    assert not page.body.applicant.sign.isVisible()


def test_what_was_signed_goes_into_its_own_case_though_another_is_in_front_by_then(
    page, counter, hands, qtbot
):
    opened = answered(page, counter, qtbot)
    dialog = mandate_read(page, counter, hands, qtbot)

    dialog.sheet.sign.click()
    dialog.close_dialog()
    page.desk.bring_up(None)
    page.open_item("sole_trader_registration")
    qtbot.waitUntil(lambda: opened.case.mandate_letter is not None)

    assert opened.case.handler.mandate.signed
    assert page.desk.current is not opened
    assert page.desk.current.case.mandate_letter is None


def test_a_signature_for_a_case_that_is_not_open_any_more_is_said_not_to_be_noted(
    page, counter, hands, qtbot
):
    opened = answered(page, counter, qtbot)
    dialog = mandate_read(page, counter, hands, qtbot)

    dialog.sheet.sign.click()
    dialog.close_dialog()
    page.desk.close(opened)

    qtbot.waitUntil(lambda: any("签名没有记上" in said for said in counter.said))
    assert opened.case.mandate_letter is None


def test_a_promise_that_was_signed_is_not_noted_in_another_case(page, counter, qtbot):
    first = answered(page, counter, qtbot)
    page.materials.act("4", "PREMISES")
    offer = counter.dialogs[-1]
    page.desk.bring_up(None)
    page.open_item("food_business_permit")
    second = page.desk.current

    offer._take(counter.sign_letter(first.case, "PREMISES"))

    assert "PREMISES" in first.case.evidence
    assert "PREMISES" not in second.case.evidence


def test_a_mandate_is_not_offered_to_be_signed_once_the_case_was_taken_in(page, counter, qtbot):
    opened = answered(page, counter, qtbot)
    agent = replace(handler(mandate_of(MandateAct.SUBMIT, signed=False)), kind=HandlerKind.AGENT)
    page.desk.edit(lambda case: with_handler(case, agent))
    assert page.body.applicant.sign.isVisible()

    taken_in = replace(opened.case, state=CaseState.CORRECTION_DUE, received_at=NOW)
    page.desk.apply(opened, taken_in)

    assert opened.editable
    assert not page.body.applicant.sign.isVisible()


class Lying:
    """A paper that lies before the clerk in 文书."""

    def __init__(self, counter: SmallCounter) -> None:
        self.counter = counter
        self.case = accepted(counter)
        place = PlacedValue(field=SIGN_PLACE, page=1, left=240, top=2500, width=340, height=74)
        made = paper(self.case, PaperKind.ACCEPTANCE, 1)
        self.paper = replace(made, placed=(place,))
        self.changed = 0
        self.said: list[str] = []

    def current(self):
        return self.counter.signing.papers.get(self.paper.paper_id, self.paper)

    def change(self) -> None:
        self.changed += 1

    def signing(self, host, jobs) -> PaperSigning:
        return PaperSigning(
            host,
            jobs,
            self.counter.here,
            self.counter.signing.actions(),
            pages=lambda _paper, _width: self.counter.signing.pages,
            paper=self.current,
            case=lambda: self.case,
            changed=self.change,
            say=self.said.append,
        )


def test_a_notice_is_signed_from_the_papers_once(counter, host, jobs, hands, qtbot):
    lying = Lying(counter)
    signing = lying.signing(host, jobs)
    assert signing.button.words() == "请申请人签字"

    signing.turn()
    (dialog,) = host.findChildren(SigningDialog)
    qtbot.waitUntil(dialog.sheet.on.isEnabled)
    read_to_the_end(dialog, hands)
    by_pen(dialog.sheet.pad)
    hands.click(dialog.sheet.sign)
    qtbot.waitUntil(lambda: lying.changed == 1)

    signing.follow()
    assert counter.signing.kept[0].page_sha256 == lying.paper.pdf.sha256
    assert lying.current().signature.way is SignWay.PEN
    assert "签收时间" in lying.said[0]
    assert signing.why_not() == "这份文书已签收"


@pytest.mark.parametrize(("button", "way"), [("wet", SignWay.PAPER), ("decline", SignWay.REFUSED)])
def test_ink_and_a_refusal_are_written_down_too(counter, host, jobs, hands, qtbot, button, way):
    lying = Lying(counter)
    signing = lying.signing(host, jobs)
    signing.turn()
    (dialog,) = host.findChildren(SigningDialog)
    qtbot.waitUntil(dialog.sheet.on.isEnabled)

    hands.click(dialog.wet if button == "wet" else dialog.sheet.decline)
    qtbot.waitUntil(lambda: lying.changed == 1)

    assert lying.current().signature.way is way
    assert counter.signing.kept == []


def test_a_paper_without_a_place_for_it_is_not_signed(counter, host, jobs):
    lying = Lying(counter)
    lying.paper = replace(lying.paper, placed=())

    signing = lying.signing(host, jobs)

    assert not signing.button.isEnabled()
    assert signing.why_not() == "这份文书不用申请人签字"


@pytest.mark.parametrize(
    ("kind", "words"), [(PaperKind.APPLICATION, "已签字"), (PaperKind.ACCEPTANCE, "已签收")]
)
def test_his_own_paper_he_signs_and_one_of_ours_he_receives(kind, words):
    of_him = replace(paper(accepted(SmallCounter()), PaperKind.RECEIPT, 1), kind=kind)
    signature = PaperSignature(
        kind=kind, number="", way=SignWay.PEN, signer="张示例", at=NOW, by="zhou"
    )

    assert signed_words(of_him) == ""
    assert signed_words(replace(of_him, signature=signature)) == words
