"""Ties use cases to the window: what a signed-in person may ask for, as plain callables."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from clerk.app import rounds
from clerk.app.advice_wiring import advice_actions
from clerk.app.archive_wiring import archive_actions
from clerk.app.catalogue_at_hand import CatalogueAtHand
from clerk.app.certificate_wiring import certificate_actions, making_actions
from clerk.app.connections import connections, refused_files
from clerk.app.ledger_wiring import ledger_standing
from clerk.app.opening import OpenCounter
from clerk.app.printers import print_actions
from clerk.app.seal_wiring import seal_actions
from clerk.app.signing_wiring import signing_actions
from clerk.app.use_cases import (
    approval,
    batch,
    blanks,
    bundles,
    case_acts,
    case_export,
    check_files,
    day_end,
    delivery,
    late_papers,
    letter_signing,
    paper_making,
    paper_places,
    papers,
    print_ahead,
    promises,
    reuse,
    rosters,
    shared_data,
    step_times,
    visits,
)
from clerk.domain.batch import batch_rule_for
from clerk.domain.case import Case
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.case_list import CaseQuery
from clerk.domain.decision_bars import decision_bar, who_may_decide
from clerk.domain.decisions import points_to_look_at
from clerk.domain.findings import Verdict
from clerk.domain.identity import Account, Session
from clerk.domain.material import StoredFile
from clerk.domain.pin import PRACTICE_PIN
from clerk.domain.prefill import prefilled
from clerk.domain.site_check import POINT
from clerk.domain.standard import ItemStandard
from clerk.services import (
    acceptance,
    case_list,
    certificate_rechecks,
    credit,
    drafts,
    file_review,
    hand_off,
    paper_prints,
    pin_lease,
    recount,
    sign_in,
    tasks,
    time_passing,
)
from clerk.services.desk import Desk
from clerk.ui.actions import (
    Actions,
    AheadActions,
    ApprovalActions,
    BatchActions,
    BundleActions,
    CaseActions,
    DayActions,
    FileActions,
    Here,
    IntakeActions,
    LatePaperActions,
    PaperActions,
    PinActions,
    TimePassed,
    VisitActions,
)
from clerk.ui.count_actions import CountActions
from clerk.ui.guide_actions import FACE, GuideActions
from clerk.wording_approval import mandates_held, why_not
from clerk.wording_checks import site_words


def actions_for(open_counter: OpenCounter, session: Session) -> Actions:
    """Return everything this person's window may ask for; the use cases check who may."""
    desk = open_counter.desk
    here = Here(
        session=session,
        counter=desk.counter,
        calendar=desk.calendar,
        now=desk.now,
        new_id=desk.new_id,
        standard=desk.standard,
        office=desk.office,
    )
    files = FileActions(
        keep=partial(_keep, desk, session), pages=partial(papers.file_pages, desk, session)
    )
    return Actions(
        intake=_intake(open_counter, session, here, files),
        certificates=certificate_actions(desk, session, here),
        papers=_papers(desk, session, here),
        approval=_approval(open_counter, session, here, files),
        cases=_cases(open_counter, session, here, files),
        archive=archive_actions(desk, session, here),
        making=making_actions(desk, session, here),
        connections=lambda: [
            *connections(desk, session),
            *refused_files(open_counter.refused_data),
            *ledger_standing(desk, session),
        ],
        deliver=partial(rounds.deliver, desk, session),
        load_setting=partial(sign_in.load_setting, desk, session),
        save_setting=partial(sign_in.save_setting, desk, session),
        pass_time=partial(_pass_time, desk, open_counter.items),
        trust_the_clock=partial(time_passing.trust_the_clock, desk, session),
        day=_day(desk, session, here),
        bundles=_bundles(desk, session, here),
        visits=_visits(desk, session),
        counts=CountActions(
            promise_rates=partial(promises.false_promise_rates, desk, session),
            step_times=partial(step_times.step_times, desk, session),
        ),
    )


def _intake(
    open_counter: OpenCounter, session: Session, here: Here, files: FileActions
) -> IntakeActions:
    desk = open_counter.desk
    items = open_counter.items
    return IntakeActions(
        here=here,
        files=files,
        find_items=lambda text: items.find(text, on=desk.today(), profile=desk.profile),
        open_case=lambda item_code: drafts.open_case(
            desk, session, desk.standard(item_code, items.current(item_code, desk.today()))
        ),
        prefill=partial(_prefill, desk),
        read_statuses=partial(certificate_rechecks.read_statuses, desk, session),
        agree_to_later_check=partial(certificate_rechecks.agree_to_later_check, desk, session),
        check=partial(_check, desk, session),
        save_draft=partial(drafts.save_draft, desk, session),
        load_case=partial(drafts.load_case, desk, session),
        drafts=partial(drafts.my_drafts, desk, session),
        destroy_draft=partial(drafts.destroy_draft, desk, session),
        earlier_values=partial(drafts.earlier_values, desk, session),
        alike=partial(drafts.alike, desk, session),
        left_papers=partial(reuse.left_papers, desk, session),
        use_left=partial(reuse.use_left, desk, session),
        take_back_left=partial(reuse.take_back_left, desk, session),
        card_present=desk.card_reader.poll,
        read_card=desk.card_reader.read,
        scan=desk.scanner.scan,
        application=partial(paper_making.make_application, desk, session),
        letter_preview=partial(papers.preview_letter, desk, session),
        sign_letter=partial(letter_signing.sign_letter, desk, session),
        signing=signing_actions(desk, session),
        ask_shared_data=partial(shared_data.ask_shared_data, desk, session),
        ask_credit=partial(credit.ask_credit, desk, session),
        notice_preview=partial(papers.preview_notice, desk, session),
        decline_preview=partial(papers.preview_decline, desk, session),
        take_in=partial(acceptance.take_in, desk, session),
        notify_once=partial(acceptance.tell_once, desk, session),
        decline=partial(acceptance.decline_case, desk, session),
        ahead=AheadActions(
            letter=partial(print_ahead.letter, desk, session),
            papers=partial(print_ahead.papers_of_act, desk, session),
        ),
        advice=advice_actions(open_counter, session, here),
        guide=GuideActions(
            load_face=partial(sign_in.load_setting, desk, session, FACE),
            save_face=partial(sign_in.save_setting, desk, session, FACE),
        ),
    )


def _papers(desk: Desk, session: Session, here: Here) -> PaperActions:
    return PaperActions(
        here=here,
        make_due=partial(paper_making.make_due_papers, desk, session),
        signing=signing_actions(desk, session),
        seals=seal_actions(desk, session),
        of_case=partial(papers.papers_of_case, desk, session),
        pages=lambda paper, width: papers.file_pages(desk, session, paper.pdf, width),
        save_as=lambda paper, path: papers.save_paper_as(desk, session, paper, Path(path)),
        prints=print_actions(desk, session),
        document=partial(papers.paper_document, desk, session),
        quoted=partial(paper_places.quoted_by, desk, session),
    )


def _approval(
    open_counter: OpenCounter, session: Session, here: Here, files: FileActions
) -> ApprovalActions:
    desk = open_counter.desk
    return ApprovalActions(
        here=here,
        files=files,
        queue=partial(approval.approval_queue, desk, session),
        load_case=partial(drafts.load_case, desk, session),
        check=partial(_check, desk, session),
        to_look_at=partial(_to_look_at, desk),
        why_not=partial(_why_not, desk, session, open_counter.people),
        mandates=lambda: mandates_held(session.account.mandates, desk.now()),
        rules=desk.rules,
        answer_point=lambda case, point, outcome, remark: approval.answer_review_point(
            desk, session, case.case_id, point, outcome, remark
        ),
        offer_statement=lambda case, reasons: case_acts.do_act(
            desk, session, case.case_id, CaseAct.OFFER_STATEMENT, ActWords(reason=reasons)
        ),
        pin=_pin(open_counter, session),
        batch=_batch(desk, session),
        decide=lambda case, granted, opinion: approval.decide_case(
            desk, session, case.case_id, granted, opinion
        ),
        send_back=lambda case, points, materials, remark: approval.send_back(
            desk, session, case.case_id, points, materials, remark
        ),
    )


def _pin(open_counter: OpenCounter, session: Session) -> PinActions:
    desk = open_counter.desk
    return PinActions(
        hint=PRACTICE_PIN if open_counter.practice is not None else "",
        left_seconds=partial(pin_lease.lease_left_seconds, desk, session),
        state=partial(pin_lease.pin_state, desk, session),
        open=partial(pin_lease.open_lease, desk, session),
        set=partial(open_counter.set_pin, session),
        end=partial(pin_lease.end_lease, desk, session),
    )


def _batch(desk: Desk, session: Session) -> BatchActions:
    return BatchActions(
        allowed=lambda item_code: (
            batch_rule_for(session.account, item_code, desk.now()) is not None
        ),
        offer=partial(batch.batch_of, desk, session),
        decide=partial(batch.decide_batch, desk, session),
    )


def _cases(
    open_counter: OpenCounter, session: Session, here: Here, files: FileActions
) -> CaseActions:
    desk = open_counter.desk
    return CaseActions(
        here=here,
        page=partial(case_list.cases_page, desk, session, typed=case_list.TypedSearch()),
        page_from_mark=partial(case_list.cases_from_mark, desk, session),
        extent=partial(case_list.cases_extent, desk, session),
        count=partial(case_list.cases_count, desk, session),
        load_case=partial(drafts.load_case, desk, session),
        export=partial(_export, desk, session),
        today=partial(case_list.today_summary, desk, session),
        hand_out=lambda case, receiving: delivery.hand_out_result(
            desk, session, case.case_id, receiving
        ),
        answer_return=lambda case_id: approval.answer_return_of(desk, session, case_id),
        rules=desk.rules,
        offered_acts=partial(case_acts.offered_acts, desk, session),
        do_act=partial(case_acts.do_act, desk, session),
        keep_check_file=partial(check_files.keep_check_file, desk, session),
        late=LatePaperActions(
            files=files,
            scan=desk.scanner.scan,
            find=partial(late_papers.find_late_paper, desk, session),
        ),
        pin=_pin(open_counter, session),
        alarms=partial(time_passing.unseen_alarms, desk, session),
        see_alarms=partial(time_passing.see_alarms, desk, session),
        hanging_prints=partial(paper_prints.hanging_prints, desk, session),
        tasks=partial(tasks.my_tasks, desk, session),
        retry_deliveries=partial(hand_off.try_stuck_again, desk, session),
    )


def _export(
    desk: Desk,
    session: Session,
    query: CaseQuery,
    purpose: str,
    path: str,
    go_on: "case_export.GoOn",
) -> int | None:
    done = case_export.export_cases(desk, session, query, purpose, Path(path), go_on)
    return None if done.stopped else done.rows


def _bundles(desk: Desk, session: Session, here: Here) -> BundleActions:
    return BundleActions(
        here=here,
        to_hand_up=partial(bundles.to_hand_up, desk, session),
        hand_up=partial(bundles.hand_up, desk, session),
        open_bundles=partial(bundles.open_bundles, desk, session),
        settle=partial(bundles.settle_line, desk, session),
        last=partial(rosters.last_bundles, desk, session),
        make_roster=lambda bundle_id, returned: rosters.make_roster(
            desk, session, bundle_id, returned=returned
        ),
        roster_pages=partial(papers.file_pages, desk, session),
        roster_document=partial(rosters.roster_document, desk, session),
    )


def _visits(desk: Desk, session: Session) -> VisitActions:
    return VisitActions(
        visits=partial(visits.visits_to_make, desk, session),
        do_act=partial(case_acts.do_act, desk, session),
        roster=partial(visits.roster_document, desk, session),
        pages=partial(visits.roster_pages, desk, session),
    )


def _day(desk: Desk, session: Session, here: Here) -> DayActions:
    return DayActions(
        here=here,
        sheet=partial(day_end.day_sheet, desk, session),
        sign=partial(day_end.sign_day, desk, session),
        document=partial(day_end.sheet_document, desk, session),
        pages=partial(papers.file_pages, desk, session),
        stocks=partial(blanks.blank_stocks, desk, session),
        receive_blanks=partial(blanks.receive_blanks, desk, session),
        use_blank=partial(blanks.use_blank, desk, session),
        spoil_blank=partial(blanks.spoil_blank, desk, session),
        count_blanks=partial(blanks.count_blanks, desk, session),
        publish=lambda first, last, path: day_end.publish_to(
            desk, session, first, last, Path(path)
        ),
    )


def _pass_time(desk: Desk, items: CatalogueAtHand) -> TimePassed:
    """Count on by a new calendar first, so that no alarm rings for a day that has moved.

    What another window of the hall has published meanwhile is found here from now on. A province's
    catalogue that is still being made for the first time is not waited for.
    """
    if not items.is_being_made():
        items.refresh()
    counted = recount.recount_some(desk)
    if not counted.finished:
        return TimePassed(alarms=0, moved_terms=len(counted.moved), finished=False)
    passed = time_passing.let_the_day_pass(desk)
    file_review.review_closed(desk)
    return TimePassed(alarms=passed.raised, moved_terms=len(counted.moved), finished=True)


def _prefill(desk: Desk, case: Case) -> Case:
    """Fill in what is known, and note on papers that the certificate library was down."""
    filled = prefilled(_standard(desk, case), case, desk.now(), desk.calendar)
    return certificate_rechecks.with_library_state(desk, filled)


def _standard(desk: Desk, case: Case) -> ItemStandard:
    return desk.standard(case.item_code, case.standard_version)


def _check(desk: Desk, session: Session, case: Case) -> Verdict:
    return desk.verdict(session, case)


def _keep(desk: Desk, session: Session, content: bytes, name: str, media_type: str) -> StoredFile:
    return drafts.keep_file(desk, session, content, name, media_type)


def _to_look_at(desk: Desk, case: Case) -> Sequence[tuple[str, str, str]]:
    """Return code, words and requirement of everything a person must look at."""
    standard = _standard(desk, case)
    texts = {point.code: (point.text, "") for point in standard.chief_points}
    texts[POINT] = (site_words(case, standard), "")
    texts |= {
        f"{asked.code}/{point.code}": (f"{asked.name}：{point.text}", asked.code)
        for asked in standard.requirements
        for point in asked.review_points
    }
    return [(code, *texts[code]) for code in points_to_look_at(standard, case)]


def _why_not(desk: Desk, session: Session, people: Sequence[Account], case: Case) -> str:
    standard, now = _standard(desk, case), desk.now()
    barred = decision_bar(standard, case, session, now)
    if barred is None:
        return ""
    return why_not(barred, standard, who_may_decide(standard, case, people, now))
