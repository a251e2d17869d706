"""Each use case asks the one table who may; nothing is allowed because a button is hidden."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

import clerk.services
from clerk.domain.act_rules import right_of
from clerk.domain.case_acts import CaseAct
from clerk.domain.certificate import AuthorisationMode
from clerk.domain.errors import NotAllowed
from clerk.domain.findings import NextAct
from clerk.domain.identity import ALLOWED, Act, Role
from clerk.domain.shared_data import SharedBasis
from clerk.services import (
    acceptance,
    advice,
    approval,
    archive_content,
    archiving,
    batch,
    blanks,
    bundles,
    call_settling,
    case_acts,
    case_export,
    case_list,
    catalogue,
    certificate_fetching,
    certificate_leave,
    certificate_ledger,
    certificate_making,
    certificate_matching,
    certificate_rechecks,
    certificate_reports,
    certificates,
    check_files,
    correction,
    credit,
    day_end,
    delegating,
    delivery,
    drafts,
    file_review,
    hand_off,
    issued_certificates,
    journal_checking,
    late_papers,
    letter_signing,
    letter_template_import,
    letter_template_use,
    letter_templates,
    library_asking,
    mandate_signing,
    numbers,
    package_taking,
    paper_ledger,
    paper_making,
    paper_places,
    paper_prints,
    paper_signing,
    papers,
    parcels,
    pin_lease,
    print_ahead,
    promises,
    rechecking,
    rederiving,
    reuse,
    rosters,
    sample_from_case,
    seal_checking,
    shared_data,
    sheet_export,
    sheet_import,
    sign_in,
    standard_drafts,
    standard_packing,
    standard_proposals,
    standard_publishing,
    standard_reverting,
    standard_unpacking,
    step_times,
    tasks,
    time_passing,
    use_comparison,
    visits,
)
from clerk.storage import journal
from tests.services.window import STATION, Window, opened

ACT_OF = {
    acceptance.take_in: Act.ACCEPT,
    acceptance.tell_once: Act.NOTIFY_ONCE,
    acceptance.decline_case: Act.DECLINE,
    approval.approval_queue: Act.DECIDE,
    check_files.keep_check_file: Act.CHECK_PROMISE,
    promises.false_promise_rates: Act.CHECK_PROMISE,
    promises.ask_online: Act.CHECK_PROMISE,
    step_times.step_times: Act.SEE_STEP_TIMES,
    approval.answer_review_point: Act.DECIDE,
    batch.batch_of: Act.DECIDE,
    batch.decide_batch: Act.DECIDE,
    correction.correct_case_decision: Act.CORRECT_DECISION,
    pin_lease.pin_state: Act.DECIDE,
    pin_lease.set_pin: Act.DECIDE,
    pin_lease.open_lease: Act.DECIDE,
    pin_lease.lease_left_seconds: Act.DECIDE,
    pin_lease.end_lease: Act.DECIDE,
    approval.decide_case: Act.DECIDE,
    approval.send_back: Act.RETURN_INTERNALLY,
    approval.answer_return_of: Act.EDIT_CASE,
    case_acts.offered_acts: Act.READ_CASE,
    case_export.export_cases: Act.LIST_CASES,
    case_list.cases_page: Act.LIST_CASES,
    case_list.cases_from_mark: Act.LIST_CASES,
    case_list.cases_extent: Act.LIST_CASES,
    case_list.cases_count: Act.LIST_CASES,
    case_list.today_summary: Act.LIST_CASES,
    certificate_ledger.uses_of: Act.SHOW_USES,
    certificate_ledger.uses_document: Act.SHOW_USES,
    certificate_ledger.uses_pages: Act.SHOW_USES,
    certificate_reports.report_certificate: Act.REPORT_CERTIFICATE,
    certificate_reports.reports: Act.REPORT_CERTIFICATE,
    certificate_reports.reports_by_issuer: Act.REPORT_CERTIFICATE,
    certificate_reports.unread_answers: Act.REPORT_CERTIFICATE,
    certificate_reports.reports_of_case: Act.READ_CASE,
    paper_ledger.paper_numbers_page: Act.MANAGE_NUMBERS,
    paper_ledger.void_paper_number: Act.VOID_PAPER_NUMBER,
    paper_ledger.number_sheet_document: Act.MANAGE_NUMBERS,
    paper_ledger.number_sheet_pages: Act.MANAGE_NUMBERS,
    paper_ledger.export_paper_numbers: Act.MANAGE_NUMBERS,
    paper_ledger.prove_paper_numbers: Act.VERIFY_JOURNAL,
    use_comparison.compare_day: Act.COMPARE_USES,
    use_comparison.comparisons: Act.COMPARE_USES,
    use_comparison.look_at_comparison: Act.COMPARE_USES,
    use_comparison.comparison_document: Act.COMPARE_USES,
    use_comparison.comparison_pages: Act.COMPARE_USES,
    journal_checking.check_journal: Act.VERIFY_JOURNAL,
    issued_certificates.submit_stock: Act.MANAGE_BLANKS,
    certificate_rechecks.read_statuses: Act.CALL_CERTIFICATE,
    certificate_rechecks.agree_to_later_check: Act.CALL_CERTIFICATE,
    certificate_fetching.file_at_hand: Act.CALL_CERTIFICATE,
    certificate_leave.leaves_at_hand: Act.CALL_CERTIFICATE,
    certificate_leave.authorise_by_code: Act.CALL_CERTIFICATE,
    certificate_leave.request_authorisation: Act.CALL_CERTIFICATE,
    certificate_leave.poll_authorisation: Act.CALL_CERTIFICATE,
    certificate_leave.duty_calls_left: Act.CALL_BY_DUTY,
    certificate_leave.cancel_calls: Act.CALL_CERTIFICATE,
    certificate_matching.match: Act.CALL_CERTIFICATE,
    certificates.look_at_certificate: Act.CALL_CERTIFICATE,
    certificates.picture_of_certificate: Act.CALL_CERTIFICATE,
    certificates.use_certificate: Act.CALL_CERTIFICATE,
    certificates.drop_certificate: Act.CALL_CERTIFICATE,
    blanks.blank_stocks: Act.MANAGE_BLANKS,
    blanks.receive_blanks: Act.MANAGE_BLANKS,
    blanks.use_blank: Act.MANAGE_BLANKS,
    blanks.spoil_blank: Act.MANAGE_BLANKS,
    blanks.count_blanks: Act.MANAGE_BLANKS,
    certificate_making.offer_certificate: Act.MANAGE_BLANKS,
    certificate_making.preview_certificate: Act.MANAGE_BLANKS,
    certificate_making.print_certificate: Act.MANAGE_BLANKS,
    certificate_making.void_certificate: Act.MANAGE_BLANKS,
    certificate_making.certificate_document: Act.MANAGE_BLANKS,
    certificate_making.certificate_pages: Act.MANAGE_BLANKS,
    day_end.day_sheet: Act.CLOSE_DAY,
    day_end.sign_day: Act.CLOSE_DAY,
    day_end.sheet_document: Act.CLOSE_DAY,
    day_end.decisions_to_publish: Act.PUBLISH_PERMITS,
    day_end.publish_to: Act.PUBLISH_PERMITS,
    credit.ask_credit: Act.EDIT_CASE,
    credit.report_false_promise: Act.REPORT_FALSE_PROMISE,
    late_papers.find_late_paper: Act.SUPPLY,
    delivery.hand_out_result: Act.HAND_OUT,
    parcels.send_by_courier: Act.HAND_OUT,
    archiving.archive_case: Act.ARCHIVE,
    archiving.waiting_for_archive: Act.ARCHIVE,
    archiving.case_of_number: Act.ARCHIVE,
    bundles.to_hand_up: Act.RUN_CHAIN,
    bundles.hand_up: Act.RUN_CHAIN,
    bundles.open_bundles: Act.RUN_CHAIN,
    bundles.settle_line: Act.RUN_CHAIN,
    rosters.last_bundles: Act.RUN_CHAIN,
    rosters.make_roster: Act.RUN_CHAIN,
    rosters.roster_document: Act.RUN_CHAIN,
    file_review.review_file: Act.READ_CASE,
    rederiving.rederive_some: Act.VERIFY_JOURNAL,
    rechecking.recheck_some: Act.VERIFY_JOURNAL,
    rechecking.recheck_under: Act.VERIFY_JOURNAL,
    standard_packing.pack_standards: Act.READ_STANDARDS,
    standard_unpacking.changes: Act.READ_STANDARDS,
    package_taking.compare_package: Act.EDIT_STANDARDS,
    package_taking.keep_package: Act.EDIT_STANDARDS,
    tasks.my_tasks: Act.LIST_CASES,
    drafts.open_case: Act.OPEN_CASE,
    drafts.save_draft: Act.EDIT_CASE,
    drafts.load_case: Act.READ_CASE,
    drafts.my_drafts: Act.EDIT_CASE,
    drafts.destroy_draft: Act.EDIT_CASE,
    drafts.keep_file: Act.EDIT_CASE,
    drafts.read_file: Act.READ_CASE,
    drafts.earlier_values: Act.EDIT_CASE,
    drafts.alike: Act.EDIT_CASE,
    reuse.left_papers: Act.EDIT_CASE,
    reuse.use_left: Act.EDIT_CASE,
    reuse.take_back_left: Act.EDIT_CASE,
    advice.advice_on: Act.OPEN_CASE,
    advice.advice_document: Act.OPEN_CASE,
    advice.advice_pages: Act.OPEN_CASE,
    shared_data.ask_shared_data: Act.CALL_CERTIFICATE,
    hand_off.try_stuck_again: Act.SEND_AGAIN,
    paper_making.make_due_papers: Act.MAKE_PAPER,
    papers.papers_of_case: Act.READ_CASE,
    papers.preview_notice: Act.NOTIFY_ONCE,
    papers.preview_decline: Act.DECLINE,
    paper_making.make_application: Act.EDIT_CASE,
    papers.preview_letter: Act.MAKE_PAPER,
    letter_signing.sign_letter: Act.MAKE_PAPER,
    letter_signing.letter_to_sign: Act.MAKE_PAPER,
    paper_signing.sign_paper: Act.MAKE_PAPER,
    mandate_signing.mandate_to_sign: Act.MAKE_PAPER,
    mandate_signing.sign_mandate: Act.MAKE_PAPER,
    papers.file_pages: Act.READ_CASE,
    papers.pages_before_seal: Act.READ_CASE,
    papers.paper_document: Act.READ_CASE,
    seal_checking.look_at_paper: Act.READ_CASE,
    seal_checking.look_at_file: Act.READ_CASE,
    seal_checking.papers_under: Act.READ_CASE,
    papers.save_paper_as: Act.MAKE_PAPER,
    paper_prints.note_sent: Act.MAKE_PAPER,
    paper_prints.note_state: Act.MAKE_PAPER,
    paper_prints.hand_over_file: Act.MAKE_PAPER,
    paper_prints.note_by_hand: Act.MAKE_PAPER,
    paper_places.quoted_by: Act.READ_CASE,
    paper_prints.prints_under_way: Act.READ_CASE,
    paper_prints.usual_copies: Act.READ_CASE,
    paper_prints.hanging_prints: Act.LIST_CASES,
    print_ahead.letter: Act.MAKE_PAPER,
    print_ahead.papers_of_act: Act.MAKE_PAPER,
    visits.visits_to_make: Act.NOTE_CARE,
    visits.roster_document: Act.NOTE_CARE,
    visits.roster_pages: Act.NOTE_CARE,
    time_passing.trust_the_clock: Act.READ_CASE,
    time_passing.unseen_alarms: Act.LIST_CASES,
    time_passing.see_alarms: Act.LIST_CASES,
    catalogue.catalogue_page: Act.READ_STANDARDS,
    catalogue.read_version: Act.READ_STANDARDS,
    catalogue.history: Act.READ_STANDARDS,
    catalogue.samples_of: Act.READ_STANDARDS,
    catalogue.version_on: Act.READ_STANDARDS,
    delegating.delegate: Act.EDIT_STANDARDS,
    sample_from_case.sample_from_case: Act.EDIT_STANDARDS,
    standard_drafts.begin_draft: Act.EDIT_STANDARDS,
    standard_drafts.new_draft: Act.EDIT_STANDARDS,
    standard_drafts.load_draft: Act.READ_STANDARDS,
    standard_drafts.save_draft: Act.EDIT_STANDARDS,
    standard_drafts.drop_draft: Act.EDIT_STANDARDS,
    standard_drafts.take_drafts: Act.EDIT_STANDARDS,
    standard_drafts.count_of_batch: Act.READ_STANDARDS,
    standard_drafts.drop_batch: Act.EDIT_STANDARDS,
    sheet_import.sheet_head: Act.EDIT_STANDARDS,
    sheet_import.check_list: Act.EDIT_STANDARDS,
    sheet_import.keep_drafts: Act.EDIT_STANDARDS,
    sheet_import.remember_mapping: Act.EDIT_STANDARDS,
    sheet_export.export_list: Act.EDIT_STANDARDS,
    standard_proposals.propose: Act.EDIT_STANDARDS,
    standard_proposals.propose_batch: Act.EDIT_STANDARDS,
    standard_proposals.withdraw_proposal: Act.EDIT_STANDARDS,
    standard_proposals.proposals: Act.READ_STANDARDS,
    standard_proposals.proposed_items: Act.READ_STANDARDS,
    standard_proposals.rehearse: Act.READ_STANDARDS,
    standard_proposals.rehearse_batch: Act.READ_STANDARDS,
    standard_proposals.rehearse_draft: Act.READ_STANDARDS,
    letter_templates.known_codes: Act.READ_STANDARDS,
    letter_templates.letter_shelf: Act.READ_STANDARDS,
    letter_templates.letter_faults: Act.READ_STANDARDS,
    letter_templates.letter_pages: Act.READ_STANDARDS,
    letter_template_import.check_letter_file: Act.EDIT_STANDARDS,
    letter_template_import.take_letter_file: Act.EDIT_STANDARDS,
    letter_template_import.check_packed_letters: Act.EDIT_STANDARDS,
    letter_template_use.propose_template: Act.EDIT_STANDARDS,
    letter_template_use.withdraw_template: Act.EDIT_STANDARDS,
    letter_template_use.drop_template: Act.EDIT_STANDARDS,
    letter_template_use.send_template_back: Act.PUBLISH_STANDARDS,
    letter_template_use.retire_template: Act.PUBLISH_STANDARDS,
    letter_template_use.use_template: Act.PUBLISH_STANDARDS,
    standard_publishing.publish: Act.PUBLISH_STANDARDS,
    standard_publishing.send_back: Act.PUBLISH_STANDARDS,
    standard_reverting.take_back: Act.PUBLISH_STANDARDS,
    standard_reverting.revert: Act.EDIT_STANDARDS,
}

BY_ACT = {case_acts.do_act: {act: right_of(act) for act in CaseAct}}
"""Use cases whose right depends on which act they are asked for."""

BY_ITSELF = {
    hand_off.deliver,  # the program's own round, whoever is signed in
    hand_off.take_over_events,
    credit.ask_again,
    certificate_rechecks.ask_again,
    parcels.take_over_parcels,
    numbers.lease_numbers,
    call_settling.settle_calls,
    certificate_reports.take_over_answers,
    use_comparison.compare_days_before,
    numbers.map_provisional,
    sign_in.note_lock,  # about nobody but oneself
    sign_in.load_setting,
    sign_in.save_setting,
}

PARTS = {
    archive_content.package_of,
    library_asking.asked_by_duty,  # of a check that has asked for a right of its own
    library_asking.listed,
    rechecking.keep_checked,  # in the transaction of an act that has asked
    acceptance.foreseen,  # these keep nothing; who calls them has asked
    letter_signing.draw_letter,
    paper_making.occasion_at,
    paper_making.draw_paper,
    papers.draw_preview,
    drafts.keep_openable,  # each who calls it has asked for a right of his own
}

BESIDE_IT = {
    (acceptance.take_in, "act"): (NextAct.RECEIVE_AND_PASS_ON, Act.RECEIVE),
    (certificate_leave.request_authorisation, "mode"): (
        AuthorisationMode.BY_DUTY,
        Act.CALL_BY_DUTY,
    ),
    (shared_data.ask_shared_data, "basis"): (SharedBasis.DUTY, Act.CALL_BY_DUTY),
}
"""An argument that asks for another act than the table says."""

GIVEN = {"act": NextAct.ACCEPT_AND_PASS_ON, "mode": AuthorisationMode.PHONE}


def use_cases():
    """Every public function of the room that takes the desk and who acts."""
    for module in pkgutil.iter_modules(clerk.services.__path__, "clerk.services."):
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            takes = list(inspect.signature(function).parameters)
            own = function.__module__ == module.name and not name.startswith("_")
            if own and takes[:2] == ["desk", "session"]:
                yield function


def denied():
    """Every use case with every role that the table does not give it to."""
    wanted: list[tuple[Any, dict[str, object], Act]] = [
        (function, {}, act) for function, act in ACT_OF.items()
    ]
    wanted += [
        (function, {argument: value}, act)
        for (function, argument), (value, act) in BESIDE_IT.items()
    ]
    for function, rights in BY_ACT.items():
        wanted += [(function, {"act": asked}, act) for asked, act in rights.items()]
    for function, given, act in wanted:
        for role in Role:
            if act not in ALLOWED[role]:
                yield pytest.param(
                    function, given, role, id=f"{function.__name__}-{given.get('act', act)}-{role}"
                )


@pytest.fixture(scope="module")
def one_window(
    tmp_path_factory: pytest.TempPathFactory, empty, peers, press, catalogue, calendar
) -> Iterator[Window]:
    with opened(
        tmp_path_factory.mktemp("store"), empty, peers, press, catalogue, calendar
    ) as window:
        yield window


def test_every_use_case_stands_in_the_table():
    found = set(use_cases())

    listed = {*ACT_OF, *BY_ACT, *BY_ITSELF, *PARTS}
    missing = {f.__qualname__ for f in found - listed}
    gone = {f.__qualname__ for f in listed - found}
    assert (missing, gone) == (set(), set())


@pytest.mark.parametrize(("function", "given", "role"), list(denied()))
def test_what_the_role_does_not_carry_is_refused_before_anything_else(
    one_window, function, given, role
):
    """Before a case is read, a peer is asked or a line is written: nothing else is handed in."""
    asked = list(inspect.signature(function).parameters)[2:]
    arguments = {name: {**GIVEN, **given}.get(name) for name in asked}

    with pytest.raises(NotAllowed):
        function(one_window.desk, one_window.session(role), **arguments)

    assert one_window.read(lambda tx: journal.anchor(tx, STATION)) is None


@pytest.mark.parametrize("act", Act)
def test_every_act_guards_a_use_case_or_waits_for_its_feature(act):
    """No line of the table is there for nothing."""
    waits = {
        Act.LET_THROUGH,  # asked for inside the hand-out, of whoever has no papers
        Act.REVEAL_IDENTITY,  # the screen's own, where a number is shown in full
        Act.MANAGE_ACCOUNTS,  # the administrators' page
    }
    by_act = {act for rights in BY_ACT.values() for act in rights.values()}
    guarded = {*ACT_OF.values(), *(act for _, act in BESIDE_IT.values()), *by_act}

    assert (act in guarded) is not (act in waits)
