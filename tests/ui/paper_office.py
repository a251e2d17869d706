"""文书 in a window of its own: papers, printers and a place to save, all in memory."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from clerk.domain.case import Case, CaseState
from clerk.domain.certificate_file import FileLook
from clerk.domain.errors import BadInput, PaperTrouble
from clerk.domain.hand_off import CaseNumber
from clerk.domain.issued import IssuedPaper, PlacedValue
from clerk.domain.papers import PaperKind
from clerk.domain.quoted import Quote, quoted_values
from clerk.ui.actions import PaperActions
from clerk.ui.documents import DocumentsPage
from clerk.ui.main_window import MainWindow
from clerk.ui.shell import Shell
from clerk.ui.sign_in import SignInPage
from tests.ui.certificate_library import shop_case
from tests.ui.example_values import NOW, page_picture, stored_file
from tests.ui.examples import SmallCounter
from tests.ui.paper_printers import PaperPrinters, PrintJournal
from tests.ui.seal_world import seal_actions

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
