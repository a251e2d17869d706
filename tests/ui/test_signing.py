"""The applicant reads the very page and signs below it, by pen, finger or mouse, or does not."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from clerk.domain.case import CaseState
from clerk.domain.handwriting import FULL_PRESSURE, MOST_POINTS, PageChanged
from clerk.domain.intake import with_handler
from clerk.domain.issued import PlacedValue
from clerk.domain.paper_signature import SIGN_PLACE, PaperSignature, SignWay
from clerk.domain.papers import PaperKind
from clerk.domain.party import HandlerKind, MandateAct
from clerk.ui.documents_words import signed_words
from clerk.ui.signing import Signing, SigningDialog
from clerk.ui.signing_pad import SigningPad
from clerk.ui.signing_papers import PaperSigning
from clerk.ui.widgets import Label, open_dialog
from clerk.ui.widgets.dialog import close_dialogs
from tests.domain.at_the_window import handler, mandate_of
from tests.ui.example_values import NOW, identity_number
from tests.ui.examples import SmallCounter
from tests.ui.intake_world import CTRL, answered
from tests.ui.pens import WAVE, by_finger, by_mouse, by_pen
from tests.ui.signing_world import PAGE
from tests.ui.test_documents import accepted, paper

# The pad ----------------------------------------------------------------------


@pytest.fixture
def pad(on_screen):
    made = SigningPad()
    made.resize(500, 180)
    return on_screen(made)


def test_the_mouse_writes_where_it_goes_and_time_runs_on(pad, qtbot):
    by_mouse(qtbot, pad)

    (stroke,) = pad.strokes()
    assert len(stroke) == len(WAVE)
    times = [point.ms for point in stroke]
    assert times == sorted(times)
    assert times[0] == 0
    per_pixel = 2540 / pad._dpi()
    assert stroke[-1].x == pytest.approx(WAVE[-1].x() * per_pixel, abs=1)
    assert stroke[-1].y == pytest.approx(WAVE[-1].y() * per_pixel, abs=1)


def test_a_pen_is_pressed_and_a_resting_hand_writes_nothing(pad):
    by_pen(pad)
    by_finger(pad)

    (stroke,) = pad.strokes()
    assert [stroke[0].pressure, stroke[-1].pressure] == [0, round(FULL_PRESSURE * 18 / 19)]


def test_a_finger_writes_where_there_is_no_pen(pad):
    by_finger(pad)

    assert len(pad.strokes()[0]) == len(WAVE) - 1


def test_a_stroke_is_taken_back_and_all_of_them(pad, qtbot):
    by_mouse(qtbot, pad)
    by_mouse(qtbot, pad)

    pad.undo()
    assert len(pad.strokes()) == 1
    pad.wipe()

    assert pad.is_empty()
    image = pad.grab().toImage()
    assert image.pixelColor(WAVE[3]).lightness() > 200


def test_a_hand_that_never_stops_fills_no_memory(pad):
    pad._strokes, pad._points = [[]], MOST_POINTS
    by_pen(pad)

    assert sum(map(len, pad.strokes())) == 0


# The window -------------------------------------------------------------------


class Asked:
    """A signing that notes what follows."""

    def __init__(self, counter: SmallCounter) -> None:
        self.desk = counter.signing
        self.here = counter.here
        self.followed: list[object] = []
        self.said: list[str] = []

    def signing(self) -> Signing:
        return Signing(
            title="一次性告知书",
            signer="张示例",
            pages=self.desk.shown,
            keep=self.desk.keep,
            take=self.followed.append,
            refused=lambda: self.followed.append("refused"),
            on_paper=lambda: self.followed.append("on paper"),
        )


@pytest.fixture
def asked(counter):
    return Asked(counter)


@pytest.fixture
def host(on_screen):
    made = QWidget()
    made.resize(1366, 720)
    return on_screen(made)


@pytest.fixture
def begin(asked, host, jobs, qtbot):
    """Open the window and wait until the pages are shown."""

    def begun(**given) -> SigningDialog:
        made = SigningDialog(
            asked.signing(), jobs, asked.here, host, say=asked.said.append, **given
        )
        open_dialog(host, made)
        qtbot.waitUntil(lambda: made.sheet.on.isEnabled() or made.sheet.finished.isEnabled())
        return made

    return begun


def read_to_the_end(dialog, hands):
    for _ in range(20):
        if dialog.sheet.on.isEnabled():
            hands.click(dialog.sheet.on)
    hands.click(dialog.sheet.finished)


def test_the_pen_opens_only_behind_the_end_of_the_last_page(begin, hands):
    dialog = begin(find_screen=lambda _: None)
    sheet = dialog.sheet

    assert not sheet.finished.isEnabled()
    assert not sheet.pad.isVisible()
    assert dialog.stage.text() == "正在看第 1 页，共 2 页"
    read_to_the_end(dialog, hands)

    assert sheet.pad.isVisible()
    assert not sheet.sign.isEnabled(), "nothing is written yet"
    assert dialog.stage.text() == "已看完，等签字"


def test_what_was_written_is_bound_to_the_page_that_was_shown(begin, asked, hands, qtbot):
    dialog = begin(find_screen=lambda _: None)
    read_to_the_end(dialog, hands)

    by_pen(dialog.sheet.pad)
    hands.click(dialog.sheet.sign)
    qtbot.waitUntil(lambda: bool(asked.followed))

    (hand,) = asked.desk.kept
    assert asked.followed == [hand]
    assert (hand.page_sha256, hand.signer, hand.signed_at) == (PAGE, "张示例", asked.here.now())
    assert dialog.sheet.pad.is_empty(), "nothing stays for the next one to see"
    assert not dialog.sheet.view.has_pages()


@pytest.mark.parametrize("way", ["escape", "refuse", "ink", "leave"])
def test_whatever_else_ends_it_leaves_nothing(begin, asked, hands, host, qtbot, way):
    dialog = begin(find_screen=lambda _: None)
    read_to_the_end(dialog, hands)
    by_mouse(qtbot, dialog.sheet.pad)
    closed = []
    dialog.closed.connect(lambda: closed.append(way))

    match way:
        case "escape":
            qtbot.keyClick(dialog.sheet.pad, Qt.Key.Key_Escape)
        case "refuse":
            hands.click(dialog.sheet.decline)
        case "ink":
            hands.click(dialog.wet)
        case "leave":
            close_dialogs(host)
    qtbot.waitUntil(lambda: bool(closed))

    assert asked.desk.kept == []
    assert asked.followed == {"refuse": ["refused"], "ink": ["on paper"]}.get(way, [])
    assert asked.said == []


def test_when_nobody_does_anything_it_ends_and_says_so(asked, host, jobs, qtbot):
    dialog = SigningDialog(
        asked.signing(), jobs, asked.here, host, say=asked.said.append, idle_ms=1
    )

    open_dialog(host, dialog)
    qtbot.waitUntil(lambda: bool(asked.said))

    assert asked.said[0].endswith("什么都没有留下")
    assert asked.followed == []


def test_a_page_that_changed_is_shown_again_and_signed_again(begin, asked, hands, qtbot):
    dialog = begin(find_screen=lambda _: None)
    read_to_the_end(dialog, hands)
    by_pen(dialog.sheet.pad)
    asked.desk.trouble = PageChanged(
        "签字后文书内容变了，这次签名没有用上。请申请人看过新的一页再签"
    )
    asked.desk.page_sha256 = "6f" * 32

    hands.click(dialog.sheet.sign)
    qtbot.waitUntil(lambda: dialog.sheet.on.isVisible() and dialog.sheet.on.isEnabled())

    assert "没有用上" in dialog.sheet.notice.text()
    assert dialog.sheet.pad.is_empty()
    asked.desk.trouble = None
    read_to_the_end(dialog, hands)
    by_pen(dialog.sheet.pad)
    hands.click(dialog.sheet.sign)
    qtbot.waitUntil(lambda: bool(asked.followed))
    assert asked.desk.kept[0].page_sha256 == "6f" * 32


def test_a_mere_touch_is_no_signature_and_may_be_written_again(begin, asked, hands, qtbot):
    dialog = begin(find_screen=lambda _: None)
    read_to_the_end(dialog, hands)
    hands.click(dialog.sheet.pad)

    hands.click(dialog.sheet.sign)
    qtbot.waitUntil(lambda: bool(dialog.sheet.notice.text()))

    assert dialog.sheet.notice.text().startswith("只碰了一下")
    assert asked.desk.kept == []
    assert dialog.sheet.sign.isEnabled()


def test_the_second_screen_has_the_page_alone_and_is_wiped_with_the_lock(begin, host, hands, qtbot):
    dialog = begin(find_screen=lambda window: window.screen())
    second = dialog.second
    assert second.isVisible()
    assert second.isWindow()
    assert dialog.sheet.window() is second
    read_to_the_end(dialog, hands)
    by_pen(dialog.sheet.pad)

    assert dialog.stage.text() == "正在签字"
    close_dialogs(host)

    assert not second.isVisible()
    assert dialog.sheet.pad.is_empty()


def test_with_two_screens_the_page_fills_the_other_one(tmp_path):
    """Qt takes made-up screens from a file, so a real second one is told from the first."""
    screens = [
        {"name": name, "x": x, "y": 0, "width": width, "height": 1024, "logicalDpi": 96, "dpr": 1}
        for name, x, width in (("clerk", 0, 1440), ("applicant", 1440, 1280))
    ]
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": screens}))

    told = subprocess.run(
        [sys.executable, "-m", "tests.ui.two_screens"],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
        capture_output=True,
        check=True,
    )

    found = json.loads(told.stdout)
    assert found == {"screens": ["clerk", "applicant"], "at": [1440, 0, 1280, 1024]}


def test_with_one_screen_it_says_that_this_one_is_to_be_turned_round(begin):
    dialog = begin(find_screen=lambda _: None)

    said = [one for one in dialog.findChildren(Label) if "没有第二块屏" in one.text()]
    assert [one.isVisible() for one in said] == [True]


# Where it is opened -----------------------------------------------------------


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
