"""Values survive JSON, and equal values have equal bytes."""

import json
from dataclasses import replace
from types import MappingProxyType

import pytest

from clerk.domain.case import Case
from clerk.domain.condition import Condition
from clerk.domain.errors import BadInput
from clerk.domain.hand_off_body import Plain
from clerk.domain.party import HandlerKind
from clerk.domain.standard import ItemStandard
from clerk.storage.codec import canonical_json, dump, dump_as, load, load_as, ordered_json
from clerk.storage.json_text import each_written_once, instant_text
from tests.storage.invented import NOW, a_draft, a_full_case, a_standard


@pytest.mark.parametrize("case", [a_draft(), a_full_case(), a_draft(applicant=None)])
def test_a_case_survives(case: Case) -> None:
    assert load(dump(case), Case) == case


@pytest.mark.parametrize(
    ("relation", "kind"), [("村级代办员", HandlerKind.AGENT), ("同事", HandlerKind.OWN)]
)
def test_a_handler_from_before_handlers_had_a_kind_is_what_his_relation_says(
    relation: str, kind: HandlerKind
) -> None:
    body = json.loads(dump(a_full_case()))
    del body["handler"]["kind"]
    body["handler"]["relation"] = relation

    handler = load(json.dumps(body), Case).handler

    assert handler is not None
    assert (handler.relation, handler.kind) == (relation, kind)


def test_a_handler_of_his_own_stays_so_whatever_his_relation_is_called() -> None:
    case = a_full_case()
    assert case.handler is not None
    case = replace(case, handler=replace(case.handler, relation="替他代办的侄子"))

    assert load(dump(case), Case) == case


def test_a_standard_survives_with_its_nested_conditions() -> None:
    standard = a_standard()

    assert load(dump(standard), ItemStandard) == standard


def test_a_condition_survives_alone() -> None:
    condition = a_standard().requirements[0].when

    assert load_as(dump_as(condition, Condition), Condition) == condition


def test_what_was_read_cannot_be_changed() -> None:
    read = load(dump(a_full_case()), Case)

    assert isinstance(read.values, MappingProxyType)


def test_equal_values_have_equal_bytes() -> None:
    one = {"b": 1, "a": ["张示例", None, True]}
    other = {"a": ["张示例", None, True], "b": 1}

    assert canonical_json(one) == canonical_json(other)
    assert canonical_json(one) == '{"a":["张示例",null,true],"b":1}'
    assert dump(a_full_case()) == dump(load(dump(a_full_case()), Case))


def test_what_two_values_share_is_written_alike_in_each() -> None:
    case = a_full_case()
    changed = replace(case, version=case.version + 1, evidence={})
    alone = dump(case), dump(changed)

    with each_written_once():
        together = dump(case), dump(changed)
        again = dump(case)

    assert together == alone
    assert again == alone[0]


def test_what_stands_in_order_is_written_alike_without_being_sorted() -> None:
    body: Plain = {"a": ["张示例", None, True, {"c": "", "d": 2}], "b": -1}

    assert ordered_json(body) == canonical_json(body)


def test_a_float_has_no_canonical_form() -> None:
    with pytest.raises(TypeError):
        canonical_json({"a": [1.5]})


def test_an_instant_is_written_in_utc() -> None:
    assert instant_text(NOW) == "2026-03-18T01:00:00.000000Z"


def test_half_a_character_is_refused_in_one_sentence_that_says_where_it_stands() -> None:
    """A torn copy brings one in; the store could not hold it, and would say so as a bug."""
    with pytest.raises(BadInput, match=r"^“示例县清河镇”后面有一个损坏的字，没有保存"):
        dump(a_draft(item_name="示例县清河镇\ud840"))
