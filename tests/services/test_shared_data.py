"""Shared data is asked with purpose and right, over HTTP, and each question is in the journal."""

import json
from dataclasses import replace
from uuid import uuid4

import pytest

from clerk.domain import intake
from clerk.domain.certificate_call import CallEnd
from clerk.domain.certificate_holder import HolderAsking, KnownBy
from clerk.domain.errors import BadInput, NotAllowed
from clerk.domain.identity import Role
from clerk.domain.shared_data import SharedBasis, SharedOutcome, SharedSource
from clerk.services import call_settling, certificate_ledger, drafts
from clerk.services.journal_checking import check_journal
from clerk.services.shared_data import ask_shared_data
from clerk.storage import certificate_calls
from clerk.wording_ledger import certificate, end, mode, operation, purpose
from tests.domain.at_the_window import shop
from tests.services import noodle_shop

CONSENT = "本人当场书面同意"


@pytest.fixture
def closing(window):
    """The noodle shop's owner closes it: the tax office says whether anything is owed."""
    standard = window.catalogue["sole_trader_cancellation"]
    case = drafts.open_case(window.desk, window.clerk, standard)
    owner = noodle_shop.read_card(window)
    case = intake.with_person(case, owner, standard.applicant_kinds)
    return intake.with_body(case, shop())


def ask(window, case, basis=SharedBasis.CONSENT, reason=CONSENT, who=None):
    return ask_shared_data(window.desk, who or window.clerk, case, SharedSource.TAX, basis, reason)


def calls(window):
    """Every call in the ledger."""
    with window.desk.store.read() as tx:
        return list(certificate_calls.every_of(tx, window.desk.station))


def test_the_source_answers_and_both_ledgers_know_why_it_was_asked(window, closing):
    answer = ask(window, closing)

    assert answer.outcome is SharedOutcome.FOUND
    assert answer.values["清税状态"] == "已结清"
    intent, outcome = window.lines()[-2:]
    assert (intent.act, intent.case_id) == ("certificate.ask_shared_data:tax", closing.case_id)
    assert json.loads(intent.detail)["mode"] == "consent"
    assert json.loads(outcome.detail)["outcome"] == "ok"


def test_whom_it_is_about_can_have_it_printed_beside_his_certificates(window, closing):
    """Row E5 for shared data: who asked which source about him, when, for what, by what right."""
    ask(window, closing)
    shown = HolderAsking(
        name=shop().name,
        number=shop().id_number,
        known_by=KnownBy.PAPERS,
        first=window.desk.today(),
        last=window.desk.today(),
    )

    page = certificate_ledger.uses_of(window.desk, window.clerk, shown, 1)

    (call,) = page.calls
    told = (operation(call), certificate(call), mode(call), end(call))
    assert told == ("核验共享数据", "清税信息", "本人同意", "已办")
    assert CONSENT in purpose(call)
    checked = check_journal(window.desk, window.session(Role.AUDITOR), {})
    assert not any(one.unlike or one.open_intents for one in checked)


def test_a_source_that_is_down_is_no_word_about_anybody(window, closing, peers):
    peers.province.start("shared_data")
    peers.province.kill("shared_data")

    answer = ask(window, closing)

    peers.province.start("shared_data")

    assert answer.outcome is SharedOutcome.NO_ANSWER
    assert answer.trouble
    (call,) = calls(window)
    assert call.end is CallEnd.FAILED
    assert not window.desk.library.was_down(window.desk.now(), closing.case_id)


def test_a_program_that_died_while_asking_leaves_no_question_open(window, closing):
    """A read changed nothing at the source: the certificate library is not asked after it."""
    ask(window, closing)
    (call,) = calls(window)
    with window.desk.store.begin() as tx:
        left = replace(call, message_id=uuid4(), end=CallEnd.OPEN, ended_at=None, result=None)
        certificate_calls.put(tx, left)

    assert call_settling.settle_calls(window.desk, window.clerk) == 1

    assert {one.end for one in calls(window)} == {CallEnd.ANSWERED, CallEnd.FAILED}


def test_without_a_reason_nobody_is_asked_about(window, closing):
    with pytest.raises(BadInput):
        ask(window, closing, reason="")


@pytest.mark.parametrize("role", [Role.RESULT_CLERK, Role.AUDITOR])
def test_who_calls_no_certificates_asks_no_sources(window, closing, role):
    with pytest.raises(NotAllowed):
        ask(window, closing, who=window.session(role))
