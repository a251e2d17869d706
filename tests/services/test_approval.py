"""Approval through the use cases: mandates that end, statement, correction, own intake, batch."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk.domain.batch import BatchBar
from clerk.domain.case import CaseEventKind, CaseState
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.errors import NotAcceptable, NotAllowed, PinNeeded
from clerk.domain.findings import NextAct
from clerk.domain.hand_off import MessageKind
from clerk.domain.identity import Role
from clerk.domain.mandate import BatchRule, chosen
from clerk.domain.papers import PaperKind
from clerk.domain.tasks import TaskKind
from clerk.services import acceptance, batch, case_acts, paper_making, tasks
from tests.services.at_the_decision import acts, decide, looked_at, ready, with_mandate
from tests.services.noodle_shop import FOOD, OPINION, accepted, complete_on_paper, decided

BETTER = "材料齐全，现场核查符合要求，准予许可，经营面积为 46 平方米。"
REASONS = "操作间没有独立的清洗水池，不符合要求"


# 审批密码 -----------------------------------------------------------------------------------------


def test_nothing_is_decided_without_the_pin(window):
    case = ready(window)

    with pytest.raises(PinNeeded):
        decide(window, case, window.chief)

    assert window.stored(case).decision is None
    assert MessageKind.SUBMIT_DECISION not in {m.kind for m in window.waiting(case)}


# 授权 ---------------------------------------------------------------------------------------------


def test_a_mandate_that_ends_at_noon_ends_for_a_case_that_was_open_before(window):
    """The button was there at half past eleven; the use case asks the mandate itself."""
    noon = window.clock() + timedelta(hours=3)
    chief = with_mandate(window.chief, until_on=date(2026, 3, 18), until_at=noon)
    case = ready(window, chief)

    window.clock.goes_on(hours=3)
    with pytest.raises(NotAllowed, match="没有作出决定"):
        decide(window, case, window.proved(chief))

    assert window.stored(case).decision is None


def test_two_windows_look_at_the_same_case_and_only_who_looked_last_decides(window):
    case = ready(window)
    looked_at(window, case, window.deputy)

    with pytest.raises(NotAcceptable, match="别人也在审"):
        decide(window, case, window.proved(window.chief))
    decided_by = decide(window, case, window.proved(window.deputy)).decision

    assert decided_by is not None
    assert decided_by.by == "qian"


def test_two_windows_decide_the_same_case_and_the_second_is_told(window):
    case = ready(window)
    first = decide(window, case, window.proved(window.chief))

    with pytest.raises(NotAcceptable, match="按 F5"):
        decide(window, case, window.proved(window.deputy), granted=True)

    assert window.stored(case).decision == first.decision
    assert acts(window).count("case.decided") == 1


def test_a_deputy_decides_for_the_other_and_the_department_is_told_so(window):
    case = ready(window, window.deputy)

    decision = decide(window, case, window.proved(window.deputy)).decision

    assert decision is not None
    assert (decision.by_name, decision.deputy_for) == ("钱代理", "郑范例")
    told = window.waiting(case)[-1]
    assert told.kind is MessageKind.SUBMIT_DECISION
    assert '"deputy_for":"郑范例"' in told.body
    assert '"mandate":"示授代〔2026〕1 号"' in told.body
    assert '"outcome":"met"' in told.body


# 不予许可 -----------------------------------------------------------------------------------------


def test_a_refusal_waits_for_the_applicant_and_tells_him_on_paper(window):
    case = ready(window)
    words = ActWords(reason=REASONS)
    case_acts.do_act(window.desk, window.chief, case.case_id, CaseAct.OFFER_STATEMENT, words)
    with pytest.raises(NotAcceptable, match="陈述申辩到"):
        decide(window, case, window.proved(window.chief), granted=False, opinion=REASONS)

    made = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)
    window.clock.goes_on(days=6)
    refused = decide(window, case, window.proved(window.chief), granted=False, opinion=REASONS)

    notice = next(paper for paper in made if paper.kind is PaperKind.STATEMENT_NOTICE)
    assert notice.number == "示审食拟告〔2026〕1 号"
    assert refused.state is CaseState.REFUSED


# 更正 ---------------------------------------------------------------------------------------------


def corrected(window, case):
    words = ActWords(reason="经营面积漏写", note=BETTER)
    who = window.proved(window.chief)
    return case_acts.do_act(window.desk, who, case.case_id, CaseAct.CORRECT_DECISION, words)


def test_a_correction_needs_the_pin_too(window):
    case = decided(window, accepted(window))
    window.desk.leases.end()

    with pytest.raises(PinNeeded):
        case_acts.do_act(
            window.desk,
            window.chief,
            case.case_id,
            CaseAct.CORRECT_DECISION,
            ActWords(reason="漏写", note=BETTER),
        )


def test_a_corrected_decision_has_a_new_number_papers_and_goes_out_again(window):
    case = decided(window, accepted(window))
    window.deliver()
    old = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)

    after = corrected(window, case)
    made = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)
    window.deliver()

    assert after.decision is not None
    assert after.decision.number != after.corrected_decisions[0].decision.number
    kinds = [paper.kind for paper in made]
    assert kinds.count(PaperKind.DECISION) == 2
    assert kinds.count(PaperKind.DECISION_CORRECTION) == 1
    assert {paper.paper_id for paper in old} <= {paper.paper_id for paper in made}
    told = [
        m.message for m in window.messages(case) if m.message.kind is MessageKind.SUBMIT_DECISION
    ]
    (result,) = [
        one
        for one in window.peer("platform").state()["results"]
        if one["case_id"] == str(case.case_id)
    ]
    assert (result["change"], result["document_number"]) == ("corrected", after.decision.number)
    assert result["replaces"] == after.corrected_decisions[0].decision.number
    assert len(told) == 2
    assert '"why_corrected":"经营面积漏写"' in told[-1].body
    assert window.stored(case).state is CaseState.RESULT_WAITING
    assert "case.decision_corrected" in acts(window)


# 自收自批、抽查 -----------------------------------------------------------------------------------


def on_the_spot(window, one_in):
    """The item as one that is decided on the spot, and a chief who also takes it in."""
    item = window.catalogue[FOOD]
    window.catalogue[FOOD] = replace(item, project_type=replace(item.project_type, code="1"))
    return with_mandate(window.chief, own_intake_one_in=one_in)


@pytest.fixture
def catalogue(catalogue):
    """A copy of its own: some of these tests change an item."""
    return dict(catalogue)


def decided_own(window, one_in):
    chief = on_the_spot(window, one_in)
    both = replace(
        chief,
        account=replace(
            chief.account, roles=frozenset({Role.WINDOW_CLERK, Role.CHIEF_REPRESENTATIVE})
        ),
    )
    case = acceptance.take_in(
        window.desk, both, complete_on_paper(window), NextAct.ACCEPT_AND_PASS_ON
    )
    looked_at(window, case, both)
    return decide(window, case, window.proved(both))


def test_ones_own_intake_that_was_drawn_waits_for_another_person_to_check(window):
    case = decided_own(window, 1)

    due = tasks.my_tasks(window.desk, window.session(Role.SUPERVISOR))
    window.clock.goes_on(days=8)
    due = tasks.my_tasks(window.desk, window.session(Role.SUPERVISOR))
    words = ActWords(choice="at_fault", note="经营面积写错")
    checked = case_acts.do_act(
        window.desk,
        window.session(Role.SUPERVISOR),
        case.case_id,
        CaseAct.CHECK_SAMPLE,
        words,
    )

    assert [line.case_id for line in due if line.kind is TaskKind.SAMPLE_CHECK] == [case.case_id]
    assert TaskKind.SAMPLE_CHECK.value not in checked.tasks
    found = next(e for e in checked.events if e.kind is CaseEventKind.SAMPLE_CHECKED)
    assert found.detail == {"result": "at_fault", "remark": "经营面积写错"}


def test_a_promised_case_of_ones_own_is_never_decided_whatever_the_permit(window):
    both = replace(
        window.chief,
        account=replace(
            window.chief.account, roles=frozenset({Role.WINDOW_CLERK, Role.CHIEF_REPRESENTATIVE})
        ),
    )
    case = acceptance.take_in(
        window.desk, both, complete_on_paper(window), NextAct.ACCEPT_AND_PASS_ON
    )

    with pytest.raises(NotAllowed):
        decide(window, case, window.proved(both))


# 批量 ---------------------------------------------------------------------------------------------


def batcher(window, *, points, open_one_in=5):
    """A chief who may decide the item many at once; with or without points to look at."""
    item = window.catalogue[FOOD]
    if not points:
        bare = tuple(replace(asked, review_points=()) for asked in item.requirements)
        window.catalogue[FOOD] = replace(item, chief_points=(), requirements=bare)
    rule = BatchRule(items=frozenset({FOOD}), most=20, open_one_in=open_one_in)
    return with_mandate(window.chief, batch=rule)


def test_a_batch_decides_what_was_looked_at_and_logs_size_and_seconds(window):
    chief = batcher(window, points=True)
    seen = [looked_at(window, accepted(window), chief) for _ in range(2)]
    unseen = accepted(window)
    offered = batch.batch_of(window.desk, chief, FOOD)
    window.clock.goes_on(seconds=12)

    done = batch.decide_batch(
        window.desk, window.proved(chief), offered, [c.case_id for c in seen], OPINION
    )

    assert [line.case_id for line, bar in offered.left_out if bar is BatchBar.NOT_LOOKED_AT] == [
        unseen.case_id
    ]
    assert (len(done.decided), done.refused, done.seconds) == (2, (), 12)
    assert window.lines()[-1].act == "approval.batch"
    assert '"seconds":12' in window.lines()[-1].detail
    assert '"size":2' in window.lines()[-1].detail


def test_of_cases_nobody_opened_some_are_drawn_and_must_be_opened(window):
    chief = batcher(window, points=False)
    taken = [accepted(window) for _ in range(3)]

    offered = batch.batch_of(window.desk, chief, FOOD)

    drawn = [line.case_id for line, bar in offered.left_out if bar is BatchBar.SAMPLED]
    assert drawn
    assert len(drawn) + len(offered.lines) == 3
    with pytest.raises(NotAcceptable, match="不能再批量"):
        batch.decide_batch(
            window.desk, window.proved(chief), offered, [c.case_id for c in taken], OPINION
        )
    assert all(window.stored(case).decision is None for case in taken)


def test_a_batch_needs_the_pin_and_a_mandate(window):
    chief = batcher(window, points=True)
    case = looked_at(window, accepted(window), chief)
    offered = batch.batch_of(window.desk, chief, FOOD)

    with pytest.raises(PinNeeded):
        batch.decide_batch(window.desk, chief, offered, [case.case_id], OPINION)
    with pytest.raises(NotAcceptable, match="没有让这个事项批量"):
        batch.batch_of(window.desk, window.chief, FOOD)


def test_what_another_window_decided_meanwhile_is_left_out_of_the_batch(window):
    chief = batcher(window, points=True)
    case = looked_at(window, accepted(window), chief)
    offered = batch.batch_of(window.desk, chief, FOOD)
    decide(window, case, window.proved(chief))

    with pytest.raises(NotAcceptable, match="看最新"):
        batch.decide_batch(window.desk, chief, offered, [case.case_id], OPINION)


def test_the_sample_is_the_same_wherever_it_is_asked(window):
    case = accepted(window)

    assert chosen(case.case_id, 10) is chosen(window.stored(case).case_id, 10)
