"""A week's cases go up together and are dealt with person by person, each whole or not at all."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from clerk.domain.bundles import LineOutcome
from clerk.domain.case import CaseState
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.chain import step_of
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.hand_off import MessageKind
from clerk.domain.identity import Account, Role
from clerk.domain.tasks import TaskKind, is_open
from clerk.services import bundles
from clerk.services.case_acts import do_act
from clerk.storage import cases
from tests.domain.test_chain import TOWNSHIP, VILLAGE
from tests.services.noodle_shop import FOOD, accepted
from tests.services.statements import statements_of
from tests.services.window import Window, opened

COUNTY = replace(TOWNSHIP, code="county", name="县确认", by="示例县民政局")


LI_CUN = Account(account_id="li", display_name="李样本", roles=frozenset({Role.WINDOW_CLERK}))
"""Somebody at the village who takes nothing in."""


def villager(window):
    return window.session(account=LI_CUN)


@pytest.fixture
def village(tmp_path, empty, peers, press, catalogue, calendar) -> Iterator[Window]:
    """A window whose item goes from the village to the township and on to the county."""
    chained = replace(catalogue[FOOD], chain=(VILLAGE, TOWNSHIP, COUNTY))
    items = {**catalogue, FOOD: chained}
    with opened(tmp_path, empty, peers, press, items, calendar) as window:
        yield window


def handed_up(window, count=2):
    lying = [accepted(window) for _ in range(count)]
    ids = [one.case_id for one in lying]
    return bundles.hand_up(window.desk, villager(window), "village", ids, "入户核实，情况属实")


def step(window, case_id):
    case = stored(window, case_id)
    lies_with = step_of(window.desk.rules(case), case)
    return lies_with.code if lies_with else ""


def stored(window, case_id):
    return window.read(lambda tx: cases.load(tx, case_id))


def test_what_waits_at_a_level_can_be_gathered(village):
    lying = [accepted(village) for _ in range(2)]

    (gathering,) = bundles.to_hand_up(village.desk, villager(village))

    assert (gathering.step, gathering.from_by) == ("village", VILLAGE.by)
    assert {one.case_id for one in gathering.cases} == {one.case_id for one in lying}


def test_however_many_wait_they_are_read_together(village):
    for _ in range(3):
        accepted(village)

    with statements_of(village) as asked:
        (gathering,) = bundles.to_hand_up(village.desk, villager(village))

    assert (len(gathering.cases), len(asked)) == (3, 2)


def test_handing_up_gives_everybodys_opinion_at_once(village):
    bundle = handed_up(village)

    assert [step(village, line.case_id) for line in bundle.lines] == ["township", "township"]
    assert (bundle.to_by, bundle.open_lines) == (TOWNSHIP.by, 2)
    told = village.messages(stored(village, bundle.lines[0].case_id))
    assert [one.message.kind for one in told].count(MessageKind.SUBMIT_CASE) == 2


def test_one_who_lies_elsewhere_by_now_keeps_the_whole_bundle_back(village):
    ids = [accepted(village).case_id for _ in range(2)]
    bundles.hand_up(village.desk, villager(village), "village", ids[:1], "属实")

    with pytest.raises(NotAcceptable, match="整批没有上报"):
        bundles.hand_up(village.desk, village.chief, "township", ids, "属实")

    assert [step(village, one) for one in ids] == ["township", "village"]


def test_persons_are_taken_returned_and_completed_one_by_one(village):
    bundle = handed_up(village, 3)
    desk, clerk = village.desk, village.chief
    taken, returned, lacking = (line.case_id for line in bundle.lines)

    bundles.settle_line(desk, clerk, bundle.bundle_id, taken, LineOutcome.TAKEN, "")
    bundles.settle_line(desk, clerk, bundle.bundle_id, returned, LineOutcome.RETURNED, "年龄不够")
    bundles.settle_line(
        desk, clerk, bundle.bundle_id, lacking, LineOutcome.TO_COMPLETE, "缺银行卡复印件"
    )

    (still,) = bundles.open_bundles(desk, clerk)
    assert [line.outcome for line in still.lines] == list(LineOutcome)
    assert (step(village, taken), step(village, returned)) == ("township", "village")
    assert is_open(stored(village, lacking), TaskKind.COMPLETE_BUNDLED)

    bundles.settle_line(desk, clerk, bundle.bundle_id, lacking, LineOutcome.TAKEN, "")
    assert bundles.open_bundles(desk, clerk) == []
    assert not is_open(stored(village, lacking), TaskKind.COMPLETE_BUNDLED)


def test_nobody_receives_what_he_handed_up_himself(village):
    bundle = handed_up(village, 1)
    (line,) = bundle.lines

    with pytest.raises(NotAllowed, match="你自己上报的"):
        bundles.settle_line(
            village.desk,
            villager(village),
            bundle.bundle_id,
            line.case_id,
            LineOutcome.TAKEN,
            "",
        )

    assert list(bundles.open_bundles(village.desk, villager(village))) == [bundle]


def test_who_took_them_in_hands_none_of_them_up_and_is_told_how_many_wait(village):
    ids = [accepted(village).case_id for _ in range(2)]

    (gathering,) = bundles.to_hand_up(village.desk, village.clerk)

    assert (gathering.cases, gathering.barred) == ((), 2)
    with pytest.raises(NotAllowed, match="整批没有上报"):
        bundles.hand_up(village.desk, village.clerk, "village", ids, "属实")
    assert [step(village, one) for one in ids] == ["village", "village"]


@pytest.mark.parametrize("outcome", LineOutcome)
def test_who_took_the_case_in_does_not_receive_it_from_the_level_below(village, outcome):
    bundle = handed_up(village, 1)
    (line,) = bundle.lines

    with pytest.raises(NotAllowed, match="你收的"):
        bundles.settle_line(
            village.desk, village.clerk, bundle.bundle_id, line.case_id, outcome, "缺说明"
        )

    assert list(bundles.open_bundles(village.desk, village.chief)) == [bundle]


def test_nobody_gives_the_opinions_of_two_levels_through_the_counter_either(village):
    case = stored(village, handed_up(village, 1).lines[0].case_id)
    words = ActWords(choice="agreed", note="同意")

    with pytest.raises(NotAllowed, match="另一级的意见是你给的"):
        do_act(village.desk, villager(village), case.case_id, CaseAct.GIVE_OPINION, words)
    do_act(village.desk, village.chief, case.case_id, CaseAct.GIVE_OPINION, words)

    assert step(village, case.case_id) == "county"


def test_nobody_is_dealt_with_twice(village):
    bundle = handed_up(village, 1)
    (line,) = bundle.lines
    args = (village.desk, village.chief, bundle.bundle_id, line.case_id, LineOutcome.TAKEN, "")
    bundles.settle_line(*args)

    with pytest.raises(NotAcceptable, match="已经处理过"):
        bundles.settle_line(*args)


def test_a_return_without_a_reason_changes_neither_list_nor_case(village):
    bundle = handed_up(village, 1)
    (line,) = bundle.lines

    with pytest.raises(NotAcceptable):
        bundles.settle_line(
            village.desk,
            village.chief,
            bundle.bundle_id,
            line.case_id,
            LineOutcome.RETURNED,
            " ",
        )

    (still,) = bundles.open_bundles(village.desk, village.clerk)
    assert still == bundle
    assert step(village, line.case_id) == "township"


def test_a_case_that_was_handed_up_is_still_undecided(village):
    bundle = handed_up(village, 1)

    assert stored(village, bundle.lines[0].case_id).state is CaseState.ACCEPTED
