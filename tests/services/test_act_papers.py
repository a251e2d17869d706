"""Papers of acts: each has its number from the act itself, and none is skipped or made twice."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.findings import NextAct
from clerk.domain.papers import PaperKind
from clerk.services import acceptance, paper_making
from clerk.services.case_acts import do_act
from tests.services.noodle_shop import accepted, decided, incomplete, received
from tests.services.test_case_acts import _completed

HEARING = ActWords(procedure="听证")
LONGER = ActWords(workdays=5, approved_by="局长 吴样例", reason="专家意见不一致")
AGREED = ActWords(
    on=date(2026, 3, 18), people=("孙核查", "钱勘验"), number="上午 9 点半", note="电话告知张示例"
)


def act(window, who, case, kind, words):
    return do_act(window.desk, who, case.case_id, kind, words)


def made(window, case, who=None):
    return list(paper_making.make_due_papers(window.desk, who or window.chief, case.case_id))


def of_kind(window, case, kind):
    return [paper.number for paper in made(window, case) if paper.kind is kind]


def test_a_procedure_is_told_on_paper_under_a_number_of_its_own_series(window):
    case = act(window, window.chief, accepted(window), CaseAct.START_PROCEDURE, HEARING)

    (number,) = of_kind(window, case, PaperKind.PROCEDURE_NOTICE)

    assert number == case.events[-1].detail["document"]
    assert number.endswith("特〔2026〕1 号")


def test_each_procedure_has_its_own_paper_also_where_the_first_was_not_made_yet(window):
    case = act(window, window.chief, accepted(window), CaseAct.START_PROCEDURE, HEARING)
    window.clock.goes_on(days=2)
    case = act(window, window.chief, case, CaseAct.END_PROCEDURE, ActWords(reason="没有异议"))
    case = act(window, window.chief, case, CaseAct.START_PROCEDURE, HEARING)

    numbers = of_kind(window, case, PaperKind.PROCEDURE_NOTICE)

    assert [number[-4:] for number in numbers] == ["〕1 号", "〕2 号"]
    assert of_kind(window, case, PaperKind.PROCEDURE_NOTICE) == numbers


def test_an_extension_names_the_term_before_and_after(window):
    case = act(window, window.chief, accepted(window), CaseAct.EXTEND, LONGER)

    (paper,) = [one for one in made(window, case) if one.kind is PaperKind.EXTENSION_NOTICE]

    assert ("原期限", "2026-04-01") in paper.values
    assert ("延长后的期限", "2026-04-09") in paper.values
    assert ("批准人", "局长 吴样例") in paper.values


def test_a_refused_act_takes_no_number(window):
    case = accepted(window)
    with pytest.raises(NotAcceptable):
        act(window, window.chief, case, CaseAct.EXTEND, ActWords(workdays=99))

    longer = act(window, window.chief, case, CaseAct.EXTEND, LONGER)

    assert longer.paper_numbers["extension_notice"].endswith("延〔2026〕1 号")


@pytest.mark.parametrize("taken_in", [accepted, received])
def test_an_application_taken_back_has_its_paper_and_what_goes_back(window, taken_in):
    case = act(
        window, window.clerk, taken_in(window), CaseAct.WITHDRAW, ActWords(reason="不开店了")
    )

    assert len(of_kind(window, case, PaperKind.TERMINATION_NOTICE)) == 1


def test_what_was_corrected_is_receipted_with_the_new_term(window):
    told = acceptance.tell_once(window.desk, window.clerk, incomplete(window), {})
    window.clock.goes_on(days=5)

    case = acceptance.take_in(
        window.desk, window.clerk, _completed(window, told), NextAct.ACCEPT_AND_PASS_ON
    )

    (number,) = of_kind(window, case, PaperKind.SUPPLEMENT_RECEIPT)
    assert number.endswith("补收〔2026〕1 号")


def test_a_check_on_site_is_told_recorded_and_seen_before_the_decision(window):
    case = accepted(window)
    today = window.desk.today()

    case = act(window, window.chief, case, CaseAct.AGREE_SITE_CHECK, AGREED)
    with pytest.raises(NotAcceptable, match="现场核查"):
        decided(window, case)
    held = act(
        window,
        window.chief,
        case,
        CaseAct.RECORD_SITE_CHECK,
        ActWords(
            on=today,
            choice="unfit",
            seen=("PLACE", "FLOW", "PEOPLE"),
            note="没有独立的消毒柜",
            people=("张示例",),
        ),
    )

    record = held.checks.site[0].record
    assert record is not None
    assert record.failed == ("EQUIPMENT",)
    assert of_kind(window, held, PaperKind.SITE_NOTICE) == [case.paper_numbers["site_notice"]]
    assert of_kind(window, held, PaperKind.SITE_RECORD) == [record.number]


def test_one_person_alone_is_not_sent(window):
    alone = replace(AGREED, people=("孙核查",))

    with pytest.raises(NotAcceptable, match="两个人"):
        act(window, window.chief, accepted(window), CaseAct.AGREE_SITE_CHECK, alone)


def test_the_window_sends_nobody_on_site(window):
    with pytest.raises(NotAllowed):
        act(window, window.clerk, accepted(window), CaseAct.AGREE_SITE_CHECK, AGREED)
