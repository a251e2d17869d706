"""What the hall issues goes back to the library: with the hand-over, once, and back again."""

import pytest
from sqlalchemy import delete

from clerk.domain.certificate import Purpose
from clerk.domain.certificate_making import made_certificate
from clerk.domain.hand_off import MessageKind
from clerk.domain.identity import Role
from clerk.services import blanks, certificate_making, delivery
from clerk.services.issued_certificates import submit_stock, withdraw_issued
from clerk.storage import cases, issued, outbox
from clerk.storage.tables import outbox as messages
from integrations.practice.people import NOODLE_SHOP
from tests.services.noodle_shop import HIS_OWN_CARD
from tests.services.test_certificate_making import KIND, make
from tests.services.test_delivery import waiting


@pytest.fixture
def result_clerk(window):
    return window.session(Role.RESULT_CLERK)


@pytest.fixture
def made(window, result_clerk):
    """A granted case whose certificate is printed and not handed out yet."""
    blanks.receive_blanks(window.desk, result_clerk, KIND, "SY000101", "SY000103")
    case = waiting(window)
    make(window, result_clerk, case)
    return case


def told_of(window, case):
    return [one for one in window.messages(case) if one.message.kind is MessageKind.SUBMIT_ISSUED]


def handed_out(window, who, case):
    return delivery.hand_out_result(window.desk, who, case.case_id, HIS_OWN_CARD)


def lies_there(window, case):
    return [
        one
        for one in window.peer("platform").state()["issued"]
        if one["case_id"] == str(case.case_id)
    ]


def test_what_is_handed_out_goes_to_the_library(window, result_clerk, made):
    assert told_of(window, made) == []

    case = handed_out(window, result_clerk, made)
    window.deliver()

    (entry,) = told_of(window, made)
    assert entry.state is outbox.SendState.DELIVERED
    assert entry.receipt is not None
    assert window.stored(case).events[-1].detail == {"change": "submitted"}
    (kept,) = lies_there(window, case)
    printed = made_certificate(case)
    assert printed is not None
    assert kept["certificate_number"] == printed.number
    assert kept["file_sha256"] == printed.sheet
    assert kept["holder"]["id_number"] == case.applicant.party.id_number
    assert kept["fields"]["经营者名称"] == case.values["operator_name"].value
    assert kept["issuer_name"] == window.desk.rules(case).standard.body.name


def test_the_holders_next_code_brings_what_was_issued_to_him(window, result_clerk, made):
    """The library lists it beside its own: nobody asks him for the paper again."""
    case = handed_out(window, result_clerk, made)
    printed = made_certificate(case)
    assert printed is not None
    window.deliver()
    shown = window.desk.call(window.clerk, case.case_id)
    purpose = Purpose(item_code="1", item_name="变更", business_number="1", reason="核验许可证")

    _, listed = window.desk.certificates.verify_use_code(shown, NOODLE_SHOP.use_code, purpose)

    (permit,) = [one for one in listed if one.number == printed.number]
    assert permit.type_name == KIND
    assert permit.holder_name == NOODLE_SHOP.name
    assert permit.fields["经营场所"] == case.values["premises"].value


def test_a_result_without_a_certificate_made_here_tells_the_library_nothing(window, result_clerk):
    case = handed_out(window, result_clerk, waiting(window))

    assert told_of(window, case) == []


def test_a_certificate_that_counts_no_longer_is_withdrawn(window, result_clerk, made):
    case = handed_out(window, result_clerk, made)
    window.deliver()

    with window.desk.store.begin() as tx:
        stored = cases.load(tx, case.case_id)
        assert withdraw_issued(window.desk, tx, stored, "以欺骗手段取得")
        assert not withdraw_issued(window.desk, tx, stored, "再来一次")
    window.deliver()

    (kept,) = lies_there(window, case)
    assert kept["withdrawn"] == "以欺骗手段取得"


def test_the_stock_is_submitted_once_each(window, result_clerk, made):
    """A store from before this: handed out, and nobody was told."""
    case = handed_out(window, result_clerk, made)
    with window.desk.store.begin() as tx:
        tx.execute(delete(messages).where(messages.c.kind == "submit_issued"))

    ((number, _),) = window.read(lambda tx: issued.never_submitted(tx, 0, 5))
    assert window.read(lambda tx: issued.never_submitted(tx, number, 5)) == []
    done = submit_stock(window.desk, result_clerk)
    again = submit_stock(window.desk, result_clerk)
    window.deliver()

    assert (done.labels, done.finished, done.last) == ((case.label,), True, number)
    assert again.labels == ()
    assert window.read(lambda tx: issued.never_submitted(tx, 0, 5)) == []
    assert len(lies_there(window, case)) == 1
    assert certificate_making.certificate_document(window.desk, result_clerk, case.case_id)
