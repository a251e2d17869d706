"""What other systems call our states is data: each state in each set, and nothing unknown."""

import tomllib

import pytest

from clerk import assets
from clerk.domain.case import CaseState
from clerk.domain.errors import BadInput
from clerk.domain.state_codes import state_code_sets_from

SHIPPED = tomllib.loads(assets.read_text("resources", "codes/case_states.toml"))


def without(state):
    sets = [
        {**one, "states": {code: said for code, said in one["states"].items() if code != state}}
        for one in SHIPPED["sets"]
    ]
    return {"sets": sets}


def test_three_systems_of_the_field_have_a_word_on_every_state_of_ours():
    sets = state_code_sets_from(SHIPPED)

    assert len(sets) == 3
    assert all(set(one.states) == set(CaseState) for one in sets)


def test_the_same_state_bears_another_code_in_each_of_them():
    codes = {one.code: one.states[CaseState.DECLINED].code for one in state_code_sets_from(SHIPPED)}

    assert codes == {"status_number": "7", "stage_number": "97", "acceptance_and_end": "SL=4"}


@pytest.mark.parametrize("state", list(CaseState))
def test_a_table_that_leaves_a_state_out_is_not_used(state):
    with pytest.raises(BadInput, match=f"states.{state.value}"):
        state_code_sets_from(without(state.value))


def test_a_table_with_a_state_nobody_knows_is_not_used():
    unknown = {**SHIPPED["sets"][0]["states"], "99": {"code": "1", "label": "？"}}

    with pytest.raises(BadInput, match="99：不认识的键"):
        state_code_sets_from({"sets": [{**SHIPPED["sets"][0], "states": unknown}]})


def test_a_set_that_comes_twice_is_not_used():
    with pytest.raises(BadInput, match="出现了两次"):
        state_code_sets_from({"sets": [SHIPPED["sets"][0]] * 2})
