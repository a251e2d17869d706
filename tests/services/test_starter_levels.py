"""Levels, a filing's end and charges, of the starter items themselves, and the list on paper."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from clerk.domain.bundles import LineOutcome
from clerk.domain.case import CaseEventKind, CaseState
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.chain import step_of
from clerk.domain.chain_acting import AGREED
from clerk.domain.deadlines import Term
from clerk.domain.errors import NotAllowed
from clerk.domain.fee_lines import FeeState
from clerk.domain.tasks import TaskKind, is_open
from clerk.services import bundles, paper_making, papers, rosters
from clerk.services.case_acts import do_act
from clerk.services.tasks import my_tasks
from clerk.services.time_passing import let_the_day_pass
from clerk.settings import PRACTICE_OFFICE
from clerk.storage import cases as store_cases
from integrations.practice.people import LI_YANGBEN
from tests.services.noodle_shop import accepted as noodle_shop_accepted
from tests.services.starters import (
    ALLOWANCE,
    FILING,
    HOUSE,
    QIAN_JIADING,
    accepted,
    person,
)


@pytest.fixture
def with_office(window):
    """A window whose office lists its ladder and its van, as the practice hall does."""
    window.desk = replace(window.desk, office=PRACTICE_OFFICE)
    return window


def handed_up(window):
    """Two old people's cases, handed up by the village."""
    lying = [accepted(window, ALLOWANCE, who) for who in (LI_YANGBEN, QIAN_JIADING)]
    ids = [one.case_id for one in lying]
    village = person(window, "zhuang")
    return bundles.hand_up(window.desk, village, "village", ids, "入户核实，情况属实，同意上报")


def lies_with(window, case):
    step = step_of(window.desk.rules(case), case)
    return step.code if step else ""


def give(window, who, case, note):
    words = ActWords(choice=AGREED, note=note)
    return do_act(window.desk, person(window, who), case.case_id, CaseAct.GIVE_OPINION, words)


def test_an_accepted_allowance_lies_with_the_village_within_its_own_three_days(window):
    case = accepted(window, ALLOWANCE, LI_YANGBEN)

    assert lies_with(window, case) == "village"
    assert case.with_whom == "户籍地村（居）民委员会"
    assert case.terms[Term.STEP].on == date(2026, 3, 23)  # 21 March is a Saturday
    assert case.terms[Term.PROMISED].on == date(2026, 4, 7)


def test_from_village_to_county_each_level_has_its_day_and_its_person(window):
    bundle = handed_up(window)
    desk, town = window.desk, person(window, "zhuo")
    taken, returned = (line.case_id for line in bundle.lines)

    bundles.settle_line(desk, town, bundle.bundle_id, taken, LineOutcome.TAKEN, "")
    bundles.settle_line(desk, town, bundle.bundle_id, returned, LineOutcome.RETURNED, "证明过期")
    cases = {one: window.read(partial(_load, case_id=one)) for one in (taken, returned)}
    assert [lies_with(window, case) for case in cases.values()] == ["township", "village"]

    public = give(window, "zhuo", cases[taken], "材料齐全，同意公示")
    assert (lies_with(window, public), public.terms[Term.STEP].on) == (
        "publicity",
        date(2026, 3, 25),
    )
    window.clock.goes_on(days=8)
    county = give(window, "zong", public, "公示期满，没有异议")
    assert (lies_with(window, county), county.with_whom) == ("county", "县民政局")
    done = give(window, "zou", county, "符合条件，同意确认")
    assert (lies_with(window, done), done.with_whom) == ("", "县民政局")
    assert done.state is CaseState.ACCEPTED


def _load(tx, *, case_id):
    return store_cases.load(tx, case_id)


def test_who_took_the_case_in_speaks_for_no_level_of_it(window):
    case = accepted(window, ALLOWANCE, LI_YANGBEN)

    with pytest.raises(NotAllowed):
        give(window, "zhou", case, "属实")


def test_the_list_goes_up_with_masked_names_and_comes_back_person_by_person(window, read_text):
    bundle = handed_up(window)
    desk, village, town = window.desk, person(window, "zhuang"), person(window, "zhuo")

    up = rosters.make_roster(desk, village, bundle.bundle_id, returned=False)
    for line, outcome in zip(bundle.lines, (LineOutcome.TAKEN, LineOutcome.RETURNED), strict=True):
        bundles.settle_line(desk, town, bundle.bundle_id, line.case_id, outcome, "证明过期")
    back = rosters.make_roster(desk, town, bundle.bundle_id, returned=True)

    went, came = (read_text(rosters.roster_document(desk, town, one)) for one in (up, back))
    assert all(word in went for word in ("上报名单", "李**", "钱**", "入户核实", "接收人签名"))
    assert LI_YANGBEN.name not in went + came
    assert all(word in came for word in ("批次处理名单", "收下", "退回", "证明过期", "卓镇级"))
    assert "还没处理" not in came
    assert [one.bundle_id for one in rosters.last_bundles(desk, town)] == [bundle.bundle_id]
    journal = [line.act for line in window.lines()]
    assert journal.count("bundle.roster_made") == 2
    assert journal.count("bundle.roster_printed") == 2


def test_a_filing_ends_at_the_window_with_its_paper(window, read_text):
    case = accepted(window, FILING)
    window.deliver()

    kept = window.stored(case)
    assert kept.state is CaseState.RESULT_WAITING
    assert [event.kind for event in kept.events].count(CaseEventKind.CONCLUDED) == 1
    made = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)
    notice = next(one for one in made if one.kind.value == "decision")
    text = read_text(papers.paper_document(window.desk, window.clerk, notice))
    assert all(word in text for word in ("备案通知书", "予以备案", "备案编号"))
    assert "决定如下" not in text


def test_a_charge_is_noticed_paid_to_the_treasury_or_exempt_with_proof(window, read_text):
    case = accepted(window, HOUSE)
    desk, clerk = window.desk, window.clerk
    noticed = do_act(
        desk, clerk, case.case_id, CaseAct.SETTLE_FEE, ActWords(choice="COPIES|notified")
    )
    assert is_open(noticed, TaskKind.PAY_FEE, "3")
    made = paper_making.make_due_papers(desk, clerk, case.case_id)
    notice = next(one for one in made if one.kind.value == "fee_notice")
    text = read_text(papers.paper_document(desk, clerk, notice))
    for words in ("20.00元（人民币贰拾元整）", "3本，其中1本不收", "990115003", "寄递费到付"):
        assert words in text

    paid = ActWords(choice="COPIES|paid", number="00012345 0000000001")
    do_act(desk, clerk, case.case_id, CaseAct.SETTLE_FEE, paid)
    exempt = ActWords(choice="REGISTER_HOME|exempt|TRADER", note="营业执照 92990123MA00TE5T2G")
    done = do_act(desk, clerk, case.case_id, CaseAct.SETTLE_FEE, exempt)

    states = {code: line.state for code, line in done.fees.items()}
    assert states == {"COPIES": FeeState.PAID, "REGISTER_HOME": FeeState.EXEMPT}
    assert done.fees["REGISTER_HOME"].proof == "营业执照 92990123MA00TE5T2G"


def test_an_unanswered_urging_stands_before_the_one_who_is_named_and_nobody_else(with_office):
    window = with_office
    case = noodle_shop_accepted(window)
    words = ActWords(note="群众来问了两次", until_on=date(2026, 3, 20))
    do_act(window.desk, person(window, "wu"), case.case_id, CaseAct.URGE, words)
    before = window.stored(case)
    window.clock.goes_on(days=3)

    went_up = [let_the_day_pass(window.desk).went_up for _ in range(3)]

    after = window.stored(case)
    assert went_up == [1, 0, 0]
    assert (after.state, after.terms) == (before.state, before.terms)
    assert TaskKind.URGING_UNANSWERED in _kinds(window, "wu")
    assert TaskKind.URGING_UNANSWERED not in _kinds(window, "zhu")

    window.clock.goes_on(days=5)
    assert let_the_day_pass(window.desk).went_up == 1
    assert TaskKind.URGING_UNANSWERED in _kinds(window, "zhu")
    assert TaskKind.URGING_UNANSWERED not in _kinds(window, "wu")
    assert [line.act for line in window.lines()].count("case.urging_went_up") == 2


def _kinds(window, account_id):
    return {line.kind for line in my_tasks(window.desk, person(window, account_id))}
