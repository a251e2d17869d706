"""再次告知 at the counter: another notice under its own number, with what was left out and why."""

import pytest

from clerk.domain import intake
from clerk.domain.case import CaseState
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.errors import NotAllowed
from clerk.domain.identity import Role
from clerk.domain.papers import PaperKind
from clerk.services import acceptance, drafts, paper_making, papers
from clerk.services.case_acts import do_act
from tests.services.noodle_shop import incomplete

WHY = ActWords(reason="第一次没看出布局图的问题")


def told_too_little(window):
    """Told of one paper; only afterwards somebody sees that another one will not do."""
    case = acceptance.tell_once(window.desk, window.clerk, incomplete(window, "RULES"), {})
    paper_making.make_due_papers(window.desk, window.clerk, case.case_id)
    seen = intake.with_fault(case, "LAYOUT", "两扇门画反了")
    return drafts.save_draft(window.desk, window.clerk, seen)


def notices(window, case):
    made = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)
    return [one for one in made if one.kind is PaperKind.CORRECTION_NOTICE]


def test_the_second_notice_bears_its_own_number_and_says_why_it_comes(window, read_text):
    case = told_too_little(window)

    after = do_act(
        window.desk, window.session(Role.SUPERVISOR), case.case_id, CaseAct.NOTIFY_AGAIN, WHY
    )

    assert after.state is CaseState.CORRECTION_DUE
    made = notices(window, after)
    assert len({one.number for one in made}) == 2
    newest = next(one for one in made if one.number == after.paper_numbers["correction_notice"])
    pdf = papers.paper_document(window.desk, window.clerk, newest)
    text = read_text(pdf)
    for part in ("再次告知", WHY.reason, "经营场所、设备布局图", "补正期限重新计算"):
        assert part in text
    in_order = text.partition("下列材料已具备")[2]
    assert "营业执照" in in_order
    assert "布局图" not in in_order  # what has to be put right is never told to be in order
    assert f"因{WHY.reason}，经值班长同意" in text
    assert "case.notify_again" in [line.act for line in window.lines()]


def test_a_clerk_tells_nobody_a_second_time(window):
    case = told_too_little(window)

    with pytest.raises(NotAllowed):
        do_act(window.desk, window.clerk, case.case_id, CaseAct.NOTIFY_AGAIN, WHY)
