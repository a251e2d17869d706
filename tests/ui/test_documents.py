"""文书 with real keys: papers are made on entry, shown, printed, saved; nothing of it is lost."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PyQt6.QtCore import QPoint, Qt

from clerk.domain.case import Case, CaseState
from clerk.domain.certificate_file import FileLook
from clerk.domain.errors import BadInput, PaperTrouble
from clerk.domain.hand_off import CaseNumber
from clerk.domain.issued import IssuedPaper, PlacedValue
from clerk.domain.papers import PaperKind
from clerk.domain.quoted import Quote, QuotePlace, quoted_values
from clerk.ui.actions import PaperActions
from clerk.ui.documents import DocumentsPage
from clerk.ui.documents_panel import Tick
from clerk.ui.main_window import MainWindow
from clerk.ui.shell import Shell
from clerk.ui.sign_in import SignInPage
from tests.ui.certificate_library import shop_case
from tests.ui.example_values import NOW, page_picture, stored_file
from tests.ui.examples import SmallCounter
from tests.ui.paper_printers import PaperPrinters, PrintJournal
from tests.ui.seal_world import SEALED, seal_actions

QUOTES = (
    Quote(field="applicant_name", label="申请人", text="示例县清河面馆"),
    Quote(field="due_on", label="办结期限", text="2026-03-25"),
    Quote(field="rows/premises", label="经营场所", text="示例县清河镇模拟路 12 号"),
)
TITLES = {PaperKind.ACCEPTANCE: "受理通知书", PaperKind.RECEIPT: "收件凭证"}


def accepted(counter: SmallCounter) -> Case:
    return replace(
        shop_case(counter, premises="示例县清河镇模拟路 12 号"),
        state=CaseState.ACCEPTED,
        number=CaseNumber(text="990123202603180037", query_code="730416", provisional=False),
        received_at=NOW,
        accepted_at=NOW,
        due_on=date(2026, 3, 25),
    )


def paper(case: Case, kind: PaperKind, serial: int) -> IssuedPaper:
    return IssuedPaper(
        paper_id=UUID(int=serial),
        case_id=case.case_id,
        kind=kind,
        title=TITLES[kind],
        number=f"示审批受〔2026〕{serial:04} 号" if kind is PaperKind.ACCEPTANCE else "",
        template=f"{kind.value}.html",
        template_sha256="0" * 64,
        made_at=NOW,
        made_by="zhou",
        pdf=stored_file(f"{kind.value}.pdf"),
        docx=None,
        values=(("申请人", "示例县清河面馆"), ("办结期限", "2026-03-25"), ("查询密码", "730416")),
        quotes=QUOTES,
        placed=tuple(
            PlacedValue(
                field=quote.field, page=1, left=600, top=300 + 200 * line, width=500, height=60
            )
            for line, quote in enumerate(QUOTES)
        ),
    )


class Office:
    """Papers, printers and a place to save, all in memory."""

    def __init__(self) -> None:
        self.counter = SmallCounter()
        self.case = accepted(self.counter)
        self.kinds = [PaperKind.ACCEPTANCE, PaperKind.RECEIPT]
        self.stored: list[IssuedPaper] = []
        self.making_trouble: PaperTrouble | None = None
        self.saving_trouble: BadInput | None = None
        self.printers = PaperPrinters()
        self.journal = PrintJournal(self)
        self.saved: list[tuple[str, str]] = []
        self.path = ""
        self.said: list[str] = []
        self.left = 0
        self.changing: list[tuple[str, str]] = []
        self.looks: dict[str, FileLook] = {}

    def make_due(self, _case_id: UUID):
        if self.making_trouble is not None:
            raise self.making_trouble
        have = {one.kind for one in self.stored}
        self.stored += [
            paper(self.case, kind, serial)
            for serial, kind in enumerate(self.kinds, start=37)
            if kind not in have
        ]
        return list(self.stored)

    def save_as(self, one: IssuedPaper, path: str) -> None:
        if self.saving_trouble is not None:
            raise self.saving_trouble
        self.saved.append((one.title, path))

    def quoted(self, one: IssuedPaper):
        standard = self.counter.here.standard(self.case.item_code, self.case.standard_version)
        return quoted_values(standard, self.case, one.quotes)

    def leave(self) -> None:
        self.left += 1

    def actions(self) -> PaperActions:
        return PaperActions(
            here=self.counter.here,
            make_due=self.make_due,
            of_case=lambda _case_id: list(self.stored),
            pages=lambda _paper, _width: [page_picture(), page_picture("二")],
            save_as=self.save_as,
            prints=self.journal.actions(),
            document=lambda one: one.title.encode(),
            quoted=self.quoted,
            signing=self.counter.signing.actions(),
            seals=seal_actions(self.looks),
        )


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def page(office, jobs, on_screen, qtbot):
    """The page in the window, with the case shown and everything loaded."""
    made = DocumentsPage(
        office.actions(),
        jobs,
        office.leave,
        say=office.said.append,
        printers=office.printers,
        choose_path=lambda _host, _name: office.path,
        change=lambda _case, value: office.changing.append((value.place, value.code)),
    )
    window = MainWindow(SignInPage(jobs, hall="示例县政务服务中心"))
    window.resize(1440, 868)
    shell = Shell(window.acts, jobs, now=lambda: NOW)
    shell.add_page(made)
    window.show_shell(shell)
    on_screen(window)

    def show() -> DocumentsPage:
        shell.show_page(made)
        made.show_case(office.case)
        qtbot.waitUntil(lambda: not any(jobs.pending().values()))
        return made

    return show


def rows(made: DocumentsPage) -> list[str]:
    model = made.list.model
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def test_a_paper_with_a_blank_for_a_rare_character_tells_the_clerk_to_write_it_in(office, page):
    first = paper(office.case, PaperKind.ACCEPTANCE, 37)
    office.stored = [replace(first, pdf=replace(first.pdf, by_hand=("\U000313f0",)))]

    made = page()

    assert "有字要手写" in rows(made)[0]
    assert "字库里没有 U+313F0" in made.by_hand.text()
    made.list.table.go_to(1)
    assert made.by_hand.text() == ""


def test_entering_makes_what_the_case_is_due_and_shows_the_first_paper(office, page):
    made = page()

    assert [one.title for one in office.stored] == ["受理通知书", "收件凭证"]
    assert "待打印，09:00 生成，示审批受〔2026〕0037 号" in rows(made)[0]
    assert made.view.canvas.accessibleName() == "受理通知书，第 1 页，共 2 页"
    assert made.standing.accessibleName() == "09:00 已受理"
    assert made.panel.printer.currentText() == "3 号窗激光打印机"
    assert made.print_button.words() == "打印 2 份"
    assert made.list.later_title.isVisible()
    assert made.print_button.hasFocus()


def test_ctrl_p_prints_the_paper_and_notes_it_in_the_journal(office, page, hands, qtbot):
    made = page()

    hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(office.said))

    assert office.printers.came == [("3 号窗激光打印机", "受理通知书", "受理通知书".encode(), 2)]
    assert office.journal.noted == [("受理通知书", "3 号窗激光打印机", 2)]
    assert "刚打印 2 份" in rows(made)[0]
    assert office.said == ["3 号窗激光打印机打好了"]


def test_earlier_prints_are_counted_when_the_papers_are_shown_again(office, page, hands, qtbot):
    made = page()
    earlier = replace(office.stored[0], copies_printed=2)
    office.stored[0] = earlier
    hands.press(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: "已打印 2 份" in rows(made)[0])

    hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(office.said))

    assert "刚打印 2 份，共 4 份" in rows(made)[0]


def test_papers_that_go_along_are_printed_in_as_many_copies(office, page, hands, qtbot):
    made = page()
    box = made.panel.findChild(Tick)
    box.setFocus()
    hands.press(Qt.Key.Key_Space)
    made.panel.copies.setFocus()
    hands.press(Qt.Key.Key_Up)
    assert made.print_button.words() == "打印 6 份"

    hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(office.said))

    assert [(title, copies) for _, title, _, copies in office.printers.came] == [
        ("受理通知书", 3),
        ("收件凭证", 3),
    ]


def test_without_a_printer_the_page_says_so_and_the_pdf_can_be_saved(office, page, hands, qtbot):
    office.printers.offered = []
    office.path = "/media/usb/notice.pdf"
    made = page()

    assert "没有装打印机" in made.panel.no_printer.text()
    assert not made.print_button.isEnabled()
    hands.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(office.said))

    assert office.saved == [("受理通知书", "/media/usb/notice.pdf")]
    assert office.said == ["已另存到 /media/usb/notice.pdf"]


def test_a_name_for_the_copy_is_offered_and_choosing_nothing_saves_nothing(
    office, jobs, on_screen, qtbot, hands
):
    offered = []

    def choose(_host, name):
        offered.append(name)
        return ""

    made = DocumentsPage(
        office.actions(),
        jobs,
        office.leave,
        say=office.said.append,
        printers=office.printers,
        choose_path=choose,
    )
    on_screen(made)
    made.show_case(office.case)
    qtbot.waitUntil(made.view.has_pages)

    made.save()

    assert offered == ["受理通知书 示审批受〔2026〕0037 号.pdf"]
    assert office.saved == []


def test_a_place_that_cannot_be_written_is_said_in_its_own_words(office, page, hands, qtbot):
    office.path = "/nowhere/x.pdf"
    office.saving_trouble = BadInput("这个位置写不进去，文书还在办件里。换一个文件夹再存")
    made = page()

    hands.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: "写不进去" in made.notice.text())


def test_a_paper_that_could_not_be_made_leaves_the_others_and_f5_tries_again(
    office, page, hands, qtbot
):
    office.stored = [paper(office.case, PaperKind.RECEIPT, 38)]
    office.making_trouble = PaperTrouble("受理通知书没有生成，办件没有变。按 F5 再试")
    made = page()
    assert "受理通知书没有生成" in made.notice.text()
    assert len(rows(made)) == 1
    assert made.view.has_pages()

    office.making_trouble = None
    hands.press(Qt.Key.Key_F5)

    qtbot.waitUntil(lambda: len(rows(made)) == 2)
    assert made.notice.text() == ""


def test_a_draft_has_no_paper_yet(office, page):
    office.case = replace(office.case, state=CaseState.DRAFT, accepted_at=None, received_at=None)
    office.kinds = []

    made = page()

    assert "还没有文书" in made.notice.text()
    assert not made.print_button.isEnabled()


def test_the_page_of_another_paper_is_gone_before_this_one_is_there(page, qtbot):
    made = page()
    assert made.view.has_pages()

    made.list.table.go_to(1)

    assert not made.view.has_pages()
    qtbot.waitUntil(made.view.has_pages)


def test_a_button_that_is_barred_hands_the_keyboard_back(office, page, qtbot):
    made = page()
    qtbot.waitUntil(made.print_button.hasFocus)

    office.printers.offered = []
    made.sending.look_for_printers()

    qtbot.waitUntil(lambda: not made.print_button.isEnabled())
    assert made.list.table.hasFocus()


def test_arrows_change_the_paper_and_its_quoted_values_follow(office, page, hands, qtbot):
    made = page()
    made.list.table.setFocus()

    hands.press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "收件凭证" in made.view.canvas.accessibleName())

    values = made.panel.quoted.table.model()
    qtbot.waitUntil(lambda: values.rowCount() == len(QUOTES))
    assert values.data(values.index(0, 1)) == "示例县清河面馆"


def test_esc_goes_back(office, page, hands):
    page()

    hands.press(Qt.Key.Key_Escape)

    assert office.left == 1


def test_the_seal_is_not_said_to_be_more_than_it_is(office, page):
    office.looks["受理通知书"] = SEALED

    made = page()

    said = made.panel.seal.text()
    assert "签章完好，未接入国密验签" in said
    assert "没有法律效力" in said


def test_a_paper_without_a_seal_asks_for_the_stamp(office, page):
    made = page()

    assert "没有电子签章" in made.panel.seal.text()
    assert "打印后在圈里盖章" in made.panel.seal.text()


def quoted(made: DocumentsPage, qtbot):
    """The list of what the paper in front quotes, once it is known."""
    table = made.panel.quoted.table
    model = table.model()
    assert model is not None
    qtbot.waitUntil(lambda: model.rowCount() == len(QUOTES))
    return table


def middle_of(made: DocumentsPage, line: int) -> QPoint:
    """The middle of the place where a value stands on the first page, in the viewport."""
    first = made.canvas.rect_of(0)
    across, down = (600 + 500 / 2) / 2100, (300 + 200 * line + 60 / 2) / 2970
    return first.topLeft() + QPoint(round(across * first.width()), round(down * first.height()))


def test_a_value_that_is_clicked_on_the_page_is_named_with_its_source(office, page, hands, qtbot):
    made = page()
    table = quoted(made, qtbot)

    hands.click(made.canvas.viewport(), middle_of(made, 0))

    assert table.current_row() == 0
    told = made.panel.quoted.told
    assert told.isVisible()
    assert told.text().startswith("申请人：来自身份证。已受理，申请人不能再改")
    assert office.said[-1] == told.text()
    assert office.changing == [], "nothing is changed once it is accepted"


def test_arrows_go_from_value_to_value_and_say_what_each_is(office, page, hands, qtbot):
    made = page()
    table = quoted(made, qtbot)
    made.canvas.setFocus()

    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Right)

    assert table.current_row() == 1
    said = "办结期限：来自工作日历。按日历算的，不能填"
    assert made.panel.quoted.told.text() == said
    assert made.canvas.accessibleDescription() == said
    hands.press(Qt.Key.Key_Left)
    assert table.current_row() == 0


def test_while_the_case_may_be_changed_enter_leads_to_the_line_of_the_form(
    office, page, hands, qtbot
):
    office.case = replace(office.case, state=CaseState.CORRECTION_DUE, accepted_at=None)
    made = page()
    table = quoted(made, qtbot)
    table.setFocus()
    table.go_to(2)
    assert made.panel.quoted.told.text() == "经营场所：来自手填。Enter 到受理改申请表"

    hands.press(Qt.Key.Key_Return)
    made.canvas.setFocus()
    hands.press(Qt.Key.Key_Return)

    assert office.changing == [(QuotePlace.AT_FIELD, "premises")] * 2


def test_the_mouse_is_told_what_lies_under_it(office, page, qtbot):
    made = page()
    quoted(made, qtbot)
    port = made.canvas.viewport()

    qtbot.mouseMove(port, middle_of(made, 2))

    qtbot.waitUntil(lambda: port.cursor().shape() is Qt.CursorShape.PointingHandCursor)
    assert port.toolTip().startswith("经营场所：来自手填")
