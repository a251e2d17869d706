"""用证记录, 用证对账 and 证照纠错 over the page, by keys."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from clerk.app.practice_acts import card_of
from clerk.domain.case import Case
from clerk.domain.certificate_call import CallEnd, CertificateCall, UsesPage
from clerk.domain.certificate_holder import HolderAsking, KnownBy
from clerk.domain.certificate_report import (
    CertificateReport,
    Fault,
    IssuerCount,
    ReportState,
    fault_found,
    reported,
)
from clerk.domain.errors import RemoteUnavailable
from clerk.domain.id_card import IdCard
from clerk.domain.identity import Role
from clerk.domain.issued import PageImage
from clerk.domain.material import StoredFile
from clerk.domain.use_list import Differs, UseComparison, UseDifference
from clerk.jobs import Jobs
from clerk.ui.certificate_report import ReportDialog, Reporting, ReportsDialog
from clerk.ui.certificate_uses import UsesDialog
from clerk.ui.ledger_actions import LedgerActions
from clerk.ui.use_comparison import ComparisonDialog
from clerk.ui.widgets import Dialog, open_dialog
from integrations.practice.people import ZHANG_SHILI
from tests.domain.at_the_window import CASE_ID, NOW, accepted_case, draft, session, with_licence
from tests.ui.case_world import World

DAY = date(2026, 3, 17)


def call(number: int, operation: str = "fetch", **changed: Any) -> CertificateCall:
    made = CertificateCall(
        message_id=UUID(int=number),
        station="03",
        at=NOW + timedelta(minutes=number),
        account_id="zhou",
        operation=operation,
        case_id=CASE_ID,
        holder_index="0" * 64,
        authorisation_id="SQ-1",
        certificate_id="1.2.156.3005.2.1",
        intent=number,
        words={
            "counter": "03",
            "clerk": "周模拟",
            "type": "营业执照",
            "item": "食品经营许可新办",
            "number": "20260318-0001",
            "reason": "核验营业执照",
            "mode": "code",
        },
        end=CallEnd.ANSWERED,
        outcome="ok",
        receipt_id="certlib-00000007",
    )
    return replace(made, **changed)


def difference(kind: Differs, number: int) -> UseDifference:
    return UseDifference(
        message_id=UUID(int=number),
        kind=kind,
        at=NOW - timedelta(days=1),
        ours="" if kind is Differs.UNKNOWN_HERE else "FetchCertificateFile 1.2.156.3005.2.1",
        theirs="" if kind is Differs.MISSING_THERE else "FetchCertificateFile",
    )


def compared(*kinds: Differs, on: date = DAY) -> UseComparison:
    return UseComparison(
        on=on,
        compared_at=NOW,
        listed=12,
        differences=tuple(difference(kind, number) for number, kind in enumerate(kinds, 1)),
    )


@dataclass
class Ledger:
    """What the dialogs ask, and what they are told."""

    role: Role = Role.WINDOW_CLERK
    calls: list[CertificateCall] = field(default_factory=list)
    asked: list[tuple[HolderAsking, int]] = field(default_factory=list)
    days: list[UseComparison] = field(default_factory=list)
    seen: list[date] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    down: bool = False

    def actions(self) -> LedgerActions:
        here = replace(World().here(), session=session(self.role))
        return LedgerActions(
            here=here,
            read_card=self.read_card,
            uses=self.uses,
            uses_document=lambda _: b"%PDF-uses",
            uses_pages=self.no_pages,
            comparisons=lambda: self.days,
            compare=self.compare,
            look_at=self.look_at,
            comparison_document=lambda _: b"%PDF-differences",
            comparison_pages=self.no_pages,
            report=self.report,
            reports=list,
            reports_of_case=lambda _: [],
            by_issuer=list,
            scan=lambda: (b"\x89PNG", "image/png"),
            keep_file=lambda content, name, kind: StoredFile(
                sha256="ab" * 32, name=name, media_type=kind, size_bytes=len(content), pages=1
            ),
        )

    def read_card(self) -> IdCard:
        return card_of(ZHANG_SHILI)

    def no_pages(self, _pdf: bytes, _width: int) -> list[PageImage]:
        return []

    def uses(self, asked: HolderAsking, page: int) -> UsesPage:
        self.asked.append((asked, page))
        first = (page - 1) * 50
        return UsesPage(total=len(self.calls), calls=tuple(self.calls[first : first + 50]))

    def compare(self, on: date) -> UseComparison:
        if self.down:
            raise RemoteUnavailable(
                "暂时连接不上一窗式平台，请稍后重试", kind="unreachable", sent="no"
            )
        self.days.insert(0, compared(on=on))
        return self.days[0]

    def look_at(self, on: date) -> None:
        self.seen.append(on)
        self.days = [replace(day, looked_at=NOW) if day.on == on else day for day in self.days]

    def report(
        self, case: Case, material: str, certificate: Any, fault: Fault
    ) -> CertificateReport:
        found = fault_found(fault.field, fault.paper_says, fault.remark, fault.scan)
        self.faults.append(found)
        return reported(
            certificate,
            found,
            report_id=UUID(int=9),
            case_id=case.case_id,
            case_number=case.label,
            material=material,
            session=session(),
            at=NOW,
        )


@pytest.fixture
def host(on_screen):
    made = QWidget()
    made.resize(1180, 760)
    on_screen(made)
    yield made
    made.close()


Opened = Callable[[Dialog], Any]


@pytest.fixture
def opened(host, qtbot) -> Opened:
    def show(dialog):
        open_dialog(host, dialog)
        qtbot.waitUntil(dialog.isVisible)
        return dialog

    return show


def rows(dialog):
    return [
        [dialog.model.index(row, column).data() for column in range(dialog.model.columnCount())]
        for row in range(dialog.model.rowCount())
    ]


# 用证记录 -----------------------------------------------------------------------------------------


def test_a_card_on_the_reader_is_enough_to_see_ones_own_uses(qtbot, opened, jobs: Jobs):
    ledger = Ledger(calls=[call(1), call(2, "verify_use_code")])
    printed: list[bytes] = []
    dialog = opened(UsesDialog(ledger.actions(), jobs, printed.append))

    dialog.read_card()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2)

    (asked, page) = ledger.asked[0]
    assert (asked.number, asked.known_by, page) == (ZHANG_SHILI.id_number, KnownBy.CARD, 1)
    assert rows(dialog)[0][2] == "调取证照文件"
    assert dialog.count.text() == "共 2 条"
    dialog.print_all()
    qtbot.waitUntil(lambda: printed == [b"%PDF-uses"])


def test_whoever_is_asked_about_meanwhile_is_not_mixed_up(qtbot, opened, jobs: Jobs):
    """What is printed is whose records are shown, also for a hasty hand."""
    ledger = Ledger(calls=[call(1)])
    printed: list[bytes] = []
    actions = replace(ledger.actions(), uses_document=lambda asked: asked.name.encode())
    dialog = opened(UsesDialog(actions, jobs, printed.append))
    dialog.name.set_value(ZHANG_SHILI.name)
    dialog.number.set_value(ZHANG_SHILI.id_number)

    dialog.look_up()
    dialog.name.set_value("李样本")
    dialog.look_up()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    dialog.print_all()
    qtbot.waitUntil(lambda: bool(printed))

    assert [asked.name for asked, _ in ledger.asked] == [ZHANG_SHILI.name]
    assert printed == [ZHANG_SHILI.name.encode()]


def test_who_was_never_asked_about_is_told_so(qtbot, opened, jobs: Jobs):
    ledger = Ledger()
    dialog = opened(UsesDialog(ledger.actions(), jobs, lambda _: None))
    dialog.name.set_value(ZHANG_SHILI.name)
    dialog.number.set_value(ZHANG_SHILI.id_number)

    dialog.look_up()
    qtbot.waitUntil(dialog.empty.isVisible)

    assert ledger.asked[0][0].known_by is KnownBy.PAPERS
    assert not dialog.table.isVisible()


def test_a_wrong_number_is_said_and_nothing_is_asked(opened, jobs: Jobs):
    ledger = Ledger()
    dialog = opened(UsesDialog(ledger.actions(), jobs, lambda _: None))
    dialog.name.set_value("张示例")
    dialog.number.set_value("123")

    dialog.look_up()

    assert "证件号不对" in dialog.notice.text()
    assert ledger.asked == []


def test_many_uses_are_turned_page_by_page(qtbot, opened, jobs: Jobs):
    ledger = Ledger(calls=[call(number) for number in range(60)])
    dialog = opened(UsesDialog(ledger.actions(), jobs, lambda _: None))
    dialog.read_card()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 50)

    dialog.turn(1)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 10)
    dialog.turn(1)
    dialog.turn(-1)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 50)

    assert [page for _, page in ledger.asked] == [1, 2, 1]


def test_an_auditor_is_noted_as_such(qtbot, opened, jobs: Jobs):
    ledger = Ledger(role=Role.AUDITOR)
    dialog = opened(UsesDialog(ledger.actions(), jobs, lambda _: None))
    dialog.name.set_value(ZHANG_SHILI.name)
    dialog.number.set_value(ZHANG_SHILI.id_number)

    qtbot.keyClick(dialog.find_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(ledger.asked))

    assert ledger.asked[0][0].known_by is KnownBy.AUDIT


# 用证对账 -----------------------------------------------------------------------------------------


def test_the_day_that_differs_stands_chosen_until_it_was_looked_at(qtbot, opened, jobs: Jobs):
    whole = compared(on=date(2026, 3, 16))
    ledger = Ledger(
        role=Role.SUPERVISOR,
        days=[whole, compared(Differs.UNKNOWN_HERE, Differs.MISSING_THERE, on=date(2026, 3, 13))],
    )
    printed: list[UseComparison] = []
    dialog = opened(ComparisonDialog(ledger.days, ledger.actions(), jobs, printed.append))

    assert dialog.chosen().on == date(2026, 3, 13)
    dialog.print_chosen()
    assert [one.on for one in printed] == [date(2026, 3, 13)]
    dialog.look_at()
    qtbot.waitUntil(lambda: ledger.seen == [date(2026, 3, 13)])
    qtbot.waitUntil(lambda: not dialog.seen_button.isVisible())


def test_a_platform_that_is_down_is_said_in_the_dialog(qtbot, opened, jobs: Jobs):
    ledger = Ledger(role=Role.SUPERVISOR, down=True)
    dialog = opened(ComparisonDialog([], ledger.actions(), jobs, lambda _: None))

    dialog.compare()
    qtbot.waitUntil(lambda: "连接不上" in dialog.notice.text())
    ledger.down = False
    dialog.compare()
    qtbot.waitUntil(lambda: dialog.chosen() is not None)

    assert dialog.chosen().on == DAY


# 证照纠错 -----------------------------------------------------------------------------------------


def test_a_wrong_field_is_reported_with_its_evidence(qtbot, host, opened, jobs: Jobs):
    ledger = Ledger()
    case = with_licence(draft())
    said: list[str] = []
    shown: list[ReportDialog] = []
    reporting = Reporting(
        host, ledger.actions(), jobs, show=lambda _, made: shown.append(opened(made))
    )
    reporting.done.connect(said.append)

    reporting.act(lambda: case).trigger()
    qtbot.waitUntil(lambda: bool(shown))
    (dialog,) = shown
    dialog.confirm()
    qtbot.waitUntil(lambda: "还没选哪一项不对" in dialog.notice.text())
    dialog.field.toggle(0)
    dialog.paper_says.set_value("示例路 9 号")
    dialog.scan()
    qtbot.waitUntil(lambda: "abab" in dialog.scan_words.text())
    dialog.confirm()
    qtbot.waitUntil(lambda: bool(said))

    (fault,) = ledger.faults
    licence = case.evidence["LICENCE"].certificate
    assert licence is not None
    assert fault.field == next(iter(licence.fields))
    assert (fault.paper_says, fault.scan) == ("示例路 9 号", "ab" * 32)
    assert "营业执照" in said[0]


def test_a_case_without_a_certificate_has_nothing_to_report(host, jobs: Jobs):
    reporting = Reporting(host, Ledger().actions(), jobs)

    assert reporting.why_not(None) == "先选一件办件"
    assert reporting.why_not(draft()) == "这件没有用电子证照"
    other = Reporting(host, Ledger(role=Role.SUPERVISOR).actions(), jobs)
    assert other.why_not(draft()) == "证照纠错由窗口报"


def test_answers_and_counts_stand_in_one_list(opened, qapp):
    licence = with_licence(draft()).evidence["LICENCE"].certificate
    fault = Fault(field="经营场所", paper_says="示例路 9 号")
    made = replace(
        Ledger().report(accepted_case(), "LICENCE", licence, fault),
        state=ReportState.CORRECTED,
        answer="已按登记档案更正",
        number="province-00000003",
    )
    counts = [IssuerCount(issuer_name="示例县市场监督管理局", reported=3, corrected=2)]

    dialog = opened(ReportsDialog([made], counts))

    texts = [label.text() for label in dialog.findChildren(type(dialog.heading))]
    assert any("已更正（province-00000003）：已按登记档案更正" in text for text in texts)
    assert "示例县市场监督管理局：报过 3 份，更正 2 份" in texts
