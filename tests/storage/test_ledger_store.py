"""The certificate ledger in both databases: calls, pieces, days compared, reports."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from clerk.domain.certificate_call import CallEnd, CertificateCall
from clerk.domain.certificate_report import CertificateReport, Fault, ReportState
from clerk.domain.use_list import Differs, UseComparison, UseDifference
from clerk.storage import certificate_calls, certificate_reports, issued, use_comparisons
from clerk.storage.engine import Store
from tests.storage.invented import NOW, STATION, an_id

HOLDER, OTHER = "a" * 64, "b" * 64
DAY = date(2026, 3, 18)


@pytest.fixture
def store(place: Path | str, open_store: Callable[..., Store]) -> Store:
    return open_store(place)


def a_call(serial: int, **changed: object) -> CertificateCall:
    made = CertificateCall(
        message_id=an_id(serial),
        station=STATION,
        at=NOW + timedelta(minutes=serial),
        account_id="zhou",
        operation="fetch",
        case_id=an_id(1),
        holder_index=HOLDER,
        authorisation_id=f"SQ-{serial}",
        certificate_id="1.2.156",
        intent=serial,
        words={"reason": "核验营业执照"},
    )
    return replace(made, **changed)  # type: ignore[arg-type]  # whatever a test changes


def test_a_call_is_found_by_its_holder_its_leave_and_any_piece_of_its_file(store: Store) -> None:
    first, second, others = a_call(1), a_call(2), a_call(3, holder_index=OTHER)
    span = NOW, NOW + timedelta(hours=1)
    with store.begin() as tx:
        for call in (first, second, others):
            certificate_calls.put(tx, call)
        certificate_calls.put_pieces(tx, first.message_id, [an_id(11), an_id(12)])

    with store.read() as tx:
        assert certificate_calls.count_of_holder(tx, HOLDER, *span) == 2
        assert certificate_calls.of_holder(tx, HOLDER, *span, offset=0, limit=1) == [second]
        assert certificate_calls.of_holder(tx, HOLDER, *span, offset=1, limit=5) == [first]
        assert certificate_calls.first_under(tx, "SQ-3") == others
        assert certificate_calls.find_piece(tx, an_id(12)) == first
        assert certificate_calls.find_piece(tx, an_id(99)) is None
        assert certificate_calls.of_span(tx, *span) == [first, second, others]
        assert certificate_calls.begun_at(tx) == first.at
        assert list(certificate_calls.every_of(tx, STATION)) == [first, second, others]


def test_an_ended_call_is_open_no_more(store: Store) -> None:
    call = a_call(1)
    with store.begin() as tx:
        certificate_calls.put(tx, call)
        assert certificate_calls.still_open(tx, STATION) == [call]
        assert certificate_calls.still_open(tx, "elsewhere") == []
        ended = call.ended(CallEnd.UNKNOWN, "unknown", at=NOW, result=7, receipt_id="R1")
        certificate_calls.put_end(tx, ended)

    with store.read() as tx:
        assert certificate_calls.still_open(tx, STATION) == []
        assert certificate_calls.unsettled(tx) == 1
        assert certificate_calls.find(tx, call.message_id) == ended


def test_a_call_that_brought_a_leave_is_found_by_it(store: Store) -> None:
    call = a_call(1, holder_index="", authorisation_id="")
    brought = replace(call, holder_index=HOLDER, authorisation_id="SQ-7")
    ended = brought.ended(CallEnd.ANSWERED, "ok", at=NOW, result=7, receipt_id="R1")
    with store.begin() as tx:
        certificate_calls.put(tx, call)
        certificate_calls.put_end(tx, ended, brought_leave=True)

    with store.read() as tx:
        assert certificate_calls.first_under(tx, "SQ-7") == ended


def test_a_day_that_differs_is_looked_at_once(store: Store) -> None:
    one = UseDifference(
        message_id=an_id(1), kind=Differs.UNKNOWN_HERE, at=NOW, ours="", theirs="ReportUse"
    )
    found = UseComparison(on=DAY, compared_at=NOW, listed=3, differences=(one,))
    with store.begin() as tx:
        use_comparisons.keep(tx, found)
        use_comparisons.keep(tx, replace(found, on=DAY - timedelta(days=1), differences=()))
        assert use_comparisons.not_looked_at(tx) == [found]
        assert use_comparisons.look_at(tx, DAY, "wu", NOW)
        assert not use_comparisons.look_at(tx, DAY, "li", NOW)

    with store.read() as tx:
        assert use_comparisons.not_looked_at(tx) == []
        assert use_comparisons.last(tx, 1) == [replace(found, looked_at=NOW, looked_by="wu")]
        assert [day.on for day in use_comparisons.last(tx, 1)] == [DAY]


def test_reports_are_counted_by_issuer_and_by_what_was_read(store: Store) -> None:
    report = CertificateReport(
        report_id=an_id(1),
        case_id=an_id(2),
        case_number="",
        material="LICENCE",
        certificate_id="1.2.156",
        type_name="营业执照",
        certificate_number="",
        issuer_name="示例县市场监督管理局",
        says="8 号",
        fault=Fault(field="住所", paper_says="9 号"),
        reported_at=NOW,
        reported_by="zhou",
        reported_by_name="周模拟",
    )
    corrected = replace(report, report_id=an_id(3), state=ReportState.CORRECTED, answer="已更正")
    with store.begin() as tx:
        certificate_reports.put(tx, report)
        certificate_reports.put(tx, corrected)

    with store.read() as tx:
        (count,) = certificate_reports.by_issuer(tx)
        assert (count.reported, count.corrected) == (2, 1)
        assert certificate_reports.unread(tx, "zhou") == 1
        assert certificate_reports.waiting(tx) == 1
        assert certificate_reports.find(tx, an_id(3)) == corrected
        assert len(certificate_reports.of_case(tx, an_id(2))) == 2
        assert certificate_reports.since(tx, NOW + timedelta(days=1)) == []
        assert issued.never_submitted(tx, 0, 5) == []
