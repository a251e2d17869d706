"""What 用证记录, 用证对账 and 证照纠错 may ask for, and what 今日 is told of them."""

from collections.abc import Sequence
from functools import partial

from clerk.app.opening import OpenCounter
from clerk.app.use_cases import certificate_ledger
from clerk.domain.identity import Act, Session
from clerk.services import call_settling, certificate_reports, drafts, use_comparison
from clerk.services.desk import Desk
from clerk.ui.actions import Connection, Here
from clerk.ui.ledger_actions import LedgerActions


def ledger_actions(open_counter: OpenCounter, session: Session, here: Here) -> LedgerActions:
    """Return the ledger's windows for this person; the use cases check who may."""
    desk = open_counter.desk
    return LedgerActions(
        here=here,
        read_card=desk.card_reader.read,
        uses=partial(certificate_ledger.uses_of, desk, session),
        uses_document=partial(certificate_ledger.uses_document, desk, session),
        uses_pages=partial(certificate_ledger.uses_pages, desk, session),
        comparisons=partial(use_comparison.comparisons, desk, session),
        compare=partial(use_comparison.compare_day, desk, session),
        look_at=partial(use_comparison.look_at_comparison, desk, session),
        comparison_document=partial(use_comparison.comparison_document, desk, session),
        comparison_pages=partial(use_comparison.comparison_pages, desk, session),
        report=partial(certificate_reports.report_certificate, desk, session),
        reports=partial(certificate_reports.reports, desk, session),
        reports_of_case=partial(certificate_reports.reports_of_case, desk, session),
        by_issuer=partial(certificate_reports.reports_by_issuer, desk, session),
        scan=desk.scanner.scan,
        keep_file=partial(drafts.keep_file, desk, session),
    )


def ledger_standing(desk: Desk, session: Session) -> Sequence[Connection]:
    """Return what somebody must look at in the ledger; nothing where all is in order."""
    found = []
    if session.may(Act.COMPARE_USES):
        days = use_comparison.days_that_differ(desk)
        if days:
            count = sum(len(day.differences) for day in days)
            found.append(_warning("用证对账", f"{count} 条对不上，按 Ctrl K 找用证对账"))
        unsettled = call_settling.unsettled_calls(desk)
        if unsettled:
            found.append(_warning("证照调用", f"{unsettled} 次结果无法核实，请问省证照库"))
    if session.may(Act.REPORT_CERTIFICATE):
        answers = certificate_reports.unread_answers(desk, session)
        if answers:
            found.append(_warning("证照纠错", f"{answers} 份有答复，按 Ctrl K 找证照纠错"))
    return found


def _warning(name: str, detail: str) -> Connection:
    return Connection(name=name, state="warning", detail=detail)
