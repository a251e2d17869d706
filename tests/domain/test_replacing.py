"""``replace`` of ours says of every value what that of ``dataclasses`` says."""

import dataclasses
from datetime import UTC, datetime
from uuid import UUID

import pytest

from clerk.domain.case import Case, CaseState
from clerk.domain.replacing import replace


def test_a_case_is_replaced_as_dataclasses_would():
    """Every other field is the very same object, and the case before stays as it was."""
    case = _a_case()

    changed = replace(case, version=8, state=CaseState.ACCEPTED)

    assert changed == dataclasses.replace(case, version=8, state=CaseState.ACCEPTED)
    assert (case.version, case.state) == (7, CaseState.DRAFT)
    assert changed.answers is case.answers
    assert type(changed) is Case


def test_a_replaced_value_cannot_be_written_over():
    changed = replace(_a_case(), version=8)

    with pytest.raises(dataclasses.FrozenInstanceError):
        changed.version = 9  # type: ignore[misc]  # that is what is tried


def test_an_unknown_field_is_refused_as_ever():
    with pytest.raises(TypeError):
        replace(_a_case(), colour="red")  # type: ignore[call-arg]  # that is what is tried


@dataclasses.dataclass(frozen=True, slots=True)
class _Doubled:
    once: int
    twice: int = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "twice", 2 * self.once)


@dataclasses.dataclass(frozen=True)
class _WithoutSlots:
    name: str
    number: int


def test_what_is_more_than_plain_slots_is_left_to_dataclasses():
    assert replace(_Doubled(2), once=3).twice == 6
    assert replace(_WithoutSlots("a", 1), number=2) == _WithoutSlots("a", 2)


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
