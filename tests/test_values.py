"""Our values say of themselves what those of ``dataclasses`` say, and cost a tenth of them."""

import dataclasses
import pickle
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

import pytest

from clerk import values
from clerk.domain.case import Case, CaseState
from clerk.values import dataclass, field_names, is_value, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    """A kind with everything that ours have: defaults, a factory, a field that is not told."""

    name: str
    copies: int = 1
    marks: Mapping[str, str] = dataclasses.field(default_factory=dict)
    password: str = dataclasses.field(default="", repr=False)

    @property
    def sheets(self) -> int:
        return 2 * self.copies


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter(_Paper):
    to: str = "周模拟"


@dataclass(frozen=True, slots=True, kw_only=True)
class _SealedLetter(_Letter):
    pin: str = dataclasses.field(default="", repr=False)


def test_a_case_is_replaced_as_dataclasses_would():
    """Every other field is the very same object, and the case before stays as it was."""
    case = _a_case()

    changed = replace(case, version=8, state=CaseState.ACCEPTED)

    assert changed == dataclasses.replace(case, version=8, state=CaseState.ACCEPTED)
    assert (case.version, case.state) == (7, CaseState.DRAFT)
    assert changed.answers is case.answers
    assert type(changed) is Case


def test_a_value_cannot_be_written_over():
    with pytest.raises(AttributeError):
        replace(_a_case(), version=8).version = 9  # type: ignore[misc]  # that is what is tried


def test_an_unknown_field_is_refused_as_ever():
    with pytest.raises(TypeError):
        replace(_a_case(), colour="red")  # type: ignore[call-arg]  # that is what is tried


def test_two_values_are_one_where_all_their_fields_are():
    assert _Paper(name="申请书") == _Paper(name="申请书", copies=1)
    assert _Paper(name="申请书") != _Paper(name="申请书", copies=2)
    assert _Letter(name="函") != _Paper(name="函")


def test_a_factory_makes_every_value_its_own():
    assert _Paper(name="甲").marks is not _Paper(name="乙").marks


def test_what_is_not_to_be_told_stays_out_of_what_is_printed():
    said = repr(_Paper(name="函", password="practice"))

    assert "practice" not in said
    assert said == "_Paper(name='函', copies=1, marks={})"


def test_what_is_derived_tells_nothing_that_its_base_does_not_tell():
    for told in (_Letter(name="函", password="practice"), _SealedLetter(name="函", pin="246810")):
        assert "password" not in repr(told)
        assert "246810" not in repr(told)


def test_a_value_goes_to_another_process_and_comes_back_whole():
    paper = _Letter(name="函", copies=3, marks={"a": "b"}, password="practice")

    assert pickle.loads(pickle.dumps(paper)) == paper


def test_the_standard_library_knows_our_values():
    paper = _Letter(name="函")

    assert dataclasses.is_dataclass(_Letter)
    assert [one.name for one in dataclasses.fields(_Letter)] == list(field_names(paper))
    by_name = {one.name: one for one in dataclasses.fields(_Paper)}
    assert by_name["name"].default is dataclasses.MISSING
    assert by_name["copies"].default == 1
    assert by_name["marks"].default_factory is dict
    assert dataclasses.asdict(paper)["to"] == "周模拟"


@dataclasses.dataclass(frozen=True, slots=True)
class _Doubled:
    once: int
    twice: int = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "twice", 2 * self.once)


def test_what_is_more_than_its_fields_is_left_to_dataclasses():
    assert replace(_Doubled(2), once=3).twice == 6
    assert is_value(_Doubled)
    assert field_names(_Doubled) == ("once", "twice")
    assert not is_value("text")


def test_what_is_derived_from_a_frozen_value_cannot_be_another_sort_of_value():
    with pytest.raises(TypeError):

        @dataclass(slots=True, kw_only=True)
        class _Open(_Paper):  # type: ignore[misc]  # that is what is tried
            more: str = ""


def test_a_kind_that_asks_for_more_is_refused_where_it_is_written():
    with pytest.raises(TypeError):

        @dataclass(frozen=True, slots=True)
        class _Counted:
            seen: int = dataclasses.field(default=0, compare=False)


def test_what_is_derived_keeps_its_doc_its_name_and_its_properties():
    assert _Paper.__doc__ is not None
    assert _Paper.__module__ == __name__
    assert _Letter(name="函", copies=2).sheets == 4
    assert values.dataclass is dataclass


def _a_case() -> Case:
    return Case(
        case_id=UUID(int=1),
        version=7,
        state=CaseState.DRAFT,
        item_code="food_business_permit",
        item_name="item",
        standard_version=1,
        opened_at=datetime(2026, 3, 18, 1, 0, tzinfo=UTC),
        counter_code="W03",
        clerk="zhou",
        clerk_name="clerk",
    )
