"""A draft is changed step by step as the plain table it is kept as, and nothing is lost by it."""

from hypothesis import given
from hypothesis import strategies as st

from clerk.domain.condition_parsing import condition_from
from clerk.domain.draft_conditions import (
    beside,
    condition_lines,
    leading_word,
    with_condition,
    wrapped,
)
from clerk.domain.draft_editing import (
    MOST_STEPS,
    DraftSteps,
    copied_line,
    difference_at,
    free_code,
    lines_at,
    moved_line,
    value_at,
    with_line,
    with_value,
    without_line,
)
from clerk.domain.errors import StandardFaulty
from clerk.domain.fault_places import place_of, split_fault
from clerk.domain.standard_parsing import standard_from
from tests.domain.starter_items import raw

FOOD = "food_business_permit"
LISTED = {"lines": [{"code": "a", "name": "甲"}, {"code": "b", "name": "乙"}]}
LEASED = {"answer": "premises", "is": ["leased"]}
TRADER = {"applicant": ["sole_trader"]}


def test_a_value_is_put_where_it_belongs_and_the_old_table_stays():
    before = {"body": {"name": "甲局", "phone": "1"}, "name": "旧"}

    after = with_value(before, ("body", "name"), "乙局")

    assert value_at(after, ("body", "name")) == "乙局"
    assert value_at(before, ("body", "name")) == "甲局"
    assert after["name"] is before["name"]


def test_a_value_taken_away_takes_the_table_that_becomes_empty_with_it():
    """An empty promise is none; an empty line of a list stays, for it is still being written."""
    promise = {"requirements": [{"code": "A", "promise": {"check": "现场"}}]}

    without = with_value(promise, ("requirements", 0, "promise", "check"), None)
    emptied = with_value(without, ("requirements", 0, "code"), None)

    assert without == {"requirements": [{"code": "A"}]}
    assert emptied == {"requirements": [{}]}


def codes(table):
    return [value_at(line, ("code",)) for line in lines_at(table, ("lines",))]


def test_lines_are_added_moved_copied_and_dropped():
    added = with_line(LISTED, ("lines",), {"code": "c"}, 1)
    moved, to = moved_line(added, ("lines",), 1, 1)
    copied = copied_line(moved, ("lines",), 0)
    dropped = without_line(copied, ("lines",), 2)

    assert codes(added) == ["a", "c", "b"]
    assert (to, codes(moved)) == (2, ["a", "b", "c"])
    assert codes(copied) == ["a", "a_2", "b", "c"]
    assert codes(dropped) == ["a", "a_2", "c"]


def test_the_first_line_moves_no_further_up_and_the_last_one_leaves_no_empty_list():
    assert moved_line(LISTED, ("lines",), 0, -1) == (LISTED, 0)
    assert without_line({"lines": [1]}, ("lines",), 0) == {}


def test_a_new_code_is_one_that_no_line_has():
    lines = [{"code": "point"}, {"code": "point_2"}, {"code": "point_3"}]

    assert free_code(lines, "point") == "point_4"
    assert free_code(lines, "other") == "other"


def test_steps_are_taken_back_and_done_again():
    steps = DraftSteps(table={"a": 0})
    for number in (1, 2, 3):
        steps = steps.stepped({"a": number})

    back = steps.undone().undone()

    assert back.table == {"a": 1}
    assert back.redone().redone().table == {"a": 3}
    assert back.stepped({"a": 9}).redone().table == {"a": 9}
    assert steps.stepped({"a": 3}) is steps
    assert DraftSteps(table={}).undone().redone() == DraftSteps(table={})


def test_no_more_steps_are_kept_than_one_goes_back():
    steps = DraftSteps(table={"a": 0})
    for number in range(MOST_STEPS + 50):
        steps = steps.stepped({"a": number + 1})

    assert len(steps.before) == MOST_STEPS


def test_where_two_drafts_differ_is_where_the_undo_leads_back_to():
    later = with_value(LISTED, ("lines", 1, "name"), "丙")

    assert difference_at(LISTED, later) == ("lines", 1, "name")
    assert difference_at(LISTED, LISTED) == ()


@given(
    st.lists(
        st.tuples(st.sampled_from(["add", "drop", "move", "copy"]), st.integers(0, 3)), max_size=12
    )
)
def test_any_edits_are_undone_one_by_one_to_where_they_began(edits):
    steps = DraftSteps(table=LISTED)
    for act, place in edits:
        count = len(lines_at(steps.table, ("lines",)))
        at = min(place, max(0, count - 1))
        if act == "add" or not count:
            steps = steps.stepped(with_line(steps.table, ("lines",), {"code": "n"}, at))
        elif act == "drop":
            steps = steps.stepped(without_line(steps.table, ("lines",), at))
        elif act == "move":
            steps = steps.stepped(moved_line(steps.table, ("lines",), at, 1)[0])
        else:
            steps = steps.stepped(copied_line(steps.table, ("lines",), at))

    while steps.before:
        steps = steps.undone()

    assert steps.table == LISTED


# ---- where a fault lies ------------------------------------------------------------------------


def test_a_fault_leads_to_the_line_it_speaks_of_by_number_or_by_code():
    table = raw(FOOD)
    codes = [line["code"] for line in table["requirements"]]
    at = codes.index("PREMISES")

    assert place_of(f"requirements[{at + 1}] PREMISES.name：缺少", table) == (
        "requirements",
        at,
        "name",
    )
    assert place_of("requirements PREMISES.when：没有问题 x", table)[:2] == ("requirements", at)
    assert place_of("promised_limit：承诺时限比法定时限长（I1）", table) == ("promised_limit",)
    assert place_of("requirements NOPE：代码不在", table) == ("requirements",)
    assert place_of("没有写在哪里", table) == ()


def test_what_a_fault_says_stands_behind_its_place():
    assert split_fault("name：不能为空") == ("name", "不能为空")
    assert split_fault("整句话：没有位置") == ("", "整句话：没有位置")


def test_every_fault_of_a_spoiled_draft_has_a_place():
    """Whatever is taken out of the food permit, the editor can jump to what is wrong."""
    table = raw(FOOD)
    spoiled = with_value(table, ("requirements", 1, "basis"), None)
    spoiled = with_value(spoiled, ("questions", 0, "options"), None)
    spoiled = with_value(spoiled, ("state",), None)

    try:
        standard_from(spoiled)
    except StandardFaulty as faulty:
        places = [place_of(fault, spoiled) for fault in faulty.faults]

    assert ("requirements", 1, "basis") in places
    assert ("state",) in places
    assert all(places)


# ---- conditions --------------------------------------------------------------------------------


def test_a_condition_is_read_as_lines_with_their_depth():
    condition = {"all": [LEASED, {"any": [TRADER, {"handler": True}]}]}

    lines = [(line.depth, line.word) for line in condition_lines(condition)]

    assert lines == [(0, "all"), (1, "answer"), (1, "any"), (2, "applicant"), (2, "handler")]
    assert list(condition_lines(None)) == []


def test_a_second_line_makes_a_group_of_which_all_must_hold():
    condition, at = beside(LEASED, (), TRADER)

    assert condition == {"all": [LEASED, TRADER]}
    assert (at, value_at(condition, at)) == (("all", 1), TRADER)


def test_a_line_beside_one_of_a_group_stands_behind_it():
    condition, at = beside({"any": [LEASED, TRADER]}, ("any", 0), {"handler": True})

    assert condition == {"any": [LEASED, {"handler": True}, TRADER]}
    assert at == ("any", 1)


def test_a_group_that_loses_its_last_line_goes_and_nothing_is_asked_any_more():
    nested = {"all": [{"any": [LEASED]}]}

    assert with_condition(nested, ("all", 0, "any", 0), None) is None
    assert with_condition({"all": [LEASED, TRADER]}, ("all", 0), None) == {"all": [TRADER]}
    assert with_condition({"not": LEASED}, ("not",), None) is None


def test_a_line_is_put_into_a_group_or_turned_round():
    assert wrapped(LEASED, (), "not") == {"not": LEASED}
    assert wrapped({"all": [LEASED]}, ("all", 0), "any") == {"all": [{"any": [LEASED]}]}
    assert leading_word(wrapped(LEASED, (), "any")) == "any"


def test_what_was_put_together_line_by_line_is_a_condition_of_the_vocabulary():
    condition, _ = beside(LEASED, (), TRADER)
    condition = wrapped(condition, ("all", 1), "not")

    assert isinstance(condition, dict)
    assert condition_from(condition) == condition_from({"all": [LEASED, {"not": TRADER}]})
