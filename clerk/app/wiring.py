"""Ties use cases to the window: what a signed-in person may ask for, as plain callables."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from clerk.app.opening import OpenCounter
from clerk.domain.call import Call
from clerk.domain.case import Case
from clerk.domain.decisions import DecisionBar, decision_bar, points_to_look_at
from clerk.domain.errors import RemoteTrouble
from clerk.domain.findings import Verdict
from clerk.domain.identity import Session
from clerk.domain.material import StoredFile
from clerk.domain.prefill import prefilled
from clerk.domain.standard import ItemStandard
from clerk.services import (
    acceptance,
    approval,
    case_acts,
    case_list,
    certificates,
    delivery,
    drafts,
    hand_off,
    numbers,
    papers,
    print_ahead,
    recount,
    sign_in,
    time_passing,
)
from clerk.services.desk import Desk
from clerk.ui.actions import (
    Actions,
    AheadActions,
    ApprovalActions,
    CaseActions,
    CertificateActions,
    Connection,
    FileActions,
    Here,
    IntakeActions,
    PaperActions,
    TimePassed,
)

DECISION_BARS = {
    DecisionBar.BACK_OFFICE_DECIDES: "本事项由部门后台决定",
    DecisionBar.NO_MANDATE: "当前账号没有审批授权",
    DecisionBar.OUTSIDE_MANDATE: "授权书不包括本事项，或已到期",
    DecisionBar.OWN_INTAKE: "自己收的件不能自己审批",
}


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
    )
    files = FileActions(
        keep=partial(_keep, desk, session), pages=partial(papers.file_pages, desk, session)
    )
    return Actions(
        intake=_intake(open_counter, session, here, files),
        certificates=_certificates(desk, session, here),
        papers=_papers(desk, session, here),
        approval=_approval(desk, session, here, files),
        cases=_cases(desk, session, here),
        connections=partial(_connections, desk, session),
        deliver=partial(_deliver, desk, session),
        load_setting=partial(sign_in.load_setting, desk, session),
        save_setting=partial(sign_in.save_setting, desk, session),
        pass_time=partial(_pass_time, desk),
        trust_the_clock=partial(time_passing.trust_the_clock, desk, session),
    )


def _intake(
    open_counter: OpenCounter, session: Session, here: Here, files: FileActions
) -> IntakeActions:
    desk = open_counter.desk
    items = open_counter.items
    return IntakeActions(
        here=here,
        files=files,
        find_items=lambda text: items.find(text, on=desk.today()),
        open_case=lambda item_code: drafts.open_case(
            desk, session, items.current(item_code, desk.today())
        ),
        prefill=lambda case: prefilled(_standard(desk, case), case, desk.now()),
        check=partial(_check, desk, session),
        save_draft=partial(drafts.save_draft, desk, session),
        load_case=partial(drafts.load_case, desk, session),
        drafts=partial(drafts.my_drafts, desk, session),
        destroy_draft=partial(drafts.destroy_draft, desk, session),
        earlier_values=partial(drafts.earlier_values, desk, session),
        card_present=desk.card_reader.poll,
        read_card=desk.card_reader.read,
        scan=desk.scanner.scan,
        application=partial(papers.make_application, desk, session),
        letter_preview=partial(papers.preview_letter, desk, session),
        sign_letter=partial(papers.sign_letter, desk, session),
        notice_preview=partial(papers.preview_notice, desk, session),
        decline_preview=partial(papers.preview_decline, desk, session),
        take_in=partial(acceptance.take_in, desk, session),
        notify_once=partial(acceptance.tell_once, desk, session),
        decline=partial(acceptance.decline_case, desk, session),
        ahead=AheadActions(
            letter=partial(print_ahead.letter, desk, session),
            papers=partial(print_ahead.papers_of_act, desk, session),
        ),
    )


def _certificates(desk: Desk, session: Session, here: Here) -> CertificateActions:
    return CertificateActions(
        here=here,
        by_code=partial(certificates.authorise_by_code, desk, session),
        ask=partial(certificates.request_authorisation, desk, session),
        poll=partial(certificates.poll_authorisation, desk, session),
        find=partial(certificates.find_certificates, desk, session),
        use=partial(certificates.use_certificate, desk, session),
        drop=partial(certificates.drop_certificate, desk, session),
    )


def _papers(desk: Desk, session: Session, here: Here) -> PaperActions:
    return PaperActions(
        here=here,
        make_due=partial(papers.make_due_papers, desk, session),
        of_case=partial(papers.papers_of_case, desk, session),
        pages=lambda paper, width: papers.file_pages(desk, session, paper.pdf, width),
        save_as=lambda paper, path: papers.save_paper_as(desk, session, paper, Path(path)),
        printed=partial(papers.note_printed, desk, session),
        document=partial(papers.paper_document, desk, session),
    )


def _approval(desk: Desk, session: Session, here: Here, files: FileActions) -> ApprovalActions:
    return ApprovalActions(
        here=here,
        files=files,
        queue=partial(approval.approval_queue, desk, session),
        load_case=partial(drafts.load_case, desk, session),
        check=partial(_check, desk, session),
        to_look_at=partial(_to_look_at, desk),
        why_not=partial(_why_not, desk, session),
        look_at=lambda case, point: approval.look_at_point(desk, session, case.case_id, point),
        decide=lambda case, granted, opinion: approval.decide_case(
            desk, session, case.case_id, granted, opinion
        ),
        send_back=lambda case, points, materials, remark: approval.send_back(
            desk, session, case.case_id, points, materials, remark
        ),
    )


def _cases(desk: Desk, session: Session, here: Here) -> CaseActions:
    return CaseActions(
        here=here,
        page=partial(case_list.cases_page, desk, session),
        page_from_mark=partial(case_list.cases_from_mark, desk, session),
        extent=partial(case_list.cases_extent, desk, session),
        count=partial(case_list.cases_count, desk, session),
        load_case=partial(drafts.load_case, desk, session),
        today=partial(case_list.today_summary, desk, session),
        hand_out=lambda case, receiver, identity_number: delivery.hand_out_result(
            desk, session, case.case_id, receiver, identity_number
        ),
        answer_return=lambda case: approval.answer_return_of(desk, session, case.case_id),
        rules=desk.rules,
        offered_acts=partial(case_acts.offered_acts, desk, session),
        do_act=partial(case_acts.do_act, desk, session),
        alarms=partial(time_passing.unseen_alarms, desk, session),
        see_alarms=partial(time_passing.see_alarms, desk, session),
        retry_deliveries=partial(hand_off.try_stuck_again, desk, session),
    )


def _pass_time(desk: Desk) -> TimePassed:
    """Count on by a new calendar first, so that no alarm rings for a day that has moved."""
    counted = recount.recount_some(desk)
    if not counted.finished:
        return TimePassed(alarms=0, moved_terms=len(counted.moved), finished=False)
    passed = time_passing.let_the_day_pass(desk)
    return TimePassed(alarms=passed.raised, moved_terms=len(counted.moved), finished=True)


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
    texts |= {
        f"{asked.code}/{point.code}": (f"{asked.name}：{point.text}", asked.code)
        for asked in standard.requirements
        for point in asked.review_points
    }
    return [(code, *texts[code]) for code in points_to_look_at(standard, case)]


def _why_not(desk: Desk, session: Session, case: Case) -> str:
    bar = decision_bar(_standard(desk, case), case, session, desk.today())
    return DECISION_BARS[bar] if bar else ""


def _deliver(desk: Desk, session: Session) -> int:
    """Send what waits, lease numbers where few are left, take over what happened elsewhere."""
    moved = hand_off.deliver(desk, session)
    try:
        numbers.lease_numbers(desk, session)
        moved += numbers.map_provisional(desk, session)
        moved += hand_off.take_over_events(desk, session)
    except RemoteTrouble:
        # The next turn asks again; what waits is counted on 今日, the state shown by the dots.
        return moved
    return moved


def _connections(desk: Desk, session: Session) -> Sequence[Connection]:
    """Ask each peer and device once how it stands."""
    asked: tuple[tuple[str, Callable[[Call], datetime]], ...] = (
        ("证照库", desk.certificates.ping),
        ("部门系统", desk.back_office.ping),
        ("一窗式平台", desk.platform.ping),
    )
    found = []
    for name, ping in asked:
        try:
            ping(desk.call(session, None))
        except RemoteTrouble as trouble:
            found.append(Connection(name=name, state="broken", detail=str(trouble)))
        else:
            found.append(Connection(name=name, state="ready", detail=""))
    return found
