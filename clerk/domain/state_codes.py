"""What other systems call the states of a case: data of the bureau, never our own words."""

from collections.abc import Mapping

from clerk.domain.case import CaseState
from clerk.domain.errors import BadInput
from clerk.domain.toml_reading import Table
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCode:
    """A state in another code set; an empty ``code`` says that the set has none for it."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCodeSet:
    """One system's codes, one for each of our states."""

    code: str
    name: str
    states: Mapping[CaseState, StateCode]


def state_code_sets_from(data: Mapping[str, object]) -> tuple[StateCodeSet, ...]:
    """Read the parsed ``resources/codes/case_states.toml``.

    Raises:
        BadInput: it does not parse, a set comes twice, or one of our states is missing in a set.
    """
    faults: list[BadInput] = []
    table = Table(data, "", faults)
    found = tuple(_set(one) for one in table.tables("sets", required=True))
    table.close()
    codes = [one.code for one in found]
    twice = [code for code in codes if codes.count(code) > 1]
    faults.extend(BadInput(f"代码集 {code} 出现了两次") for code in twice)
    if faults:
        raise BadInput(f"状态代码对照表读不懂（{faults[0]}），没有启用。请恢复随程序的文件")
    return found


def _set(table: Table) -> StateCodeSet:
    states = table.table("states")
    read = {state: _code(states, state) for state in CaseState}
    states.close()
    found = StateCodeSet(code=table.text("code"), name=table.text("name"), states=read)
    table.close()
    return found


def _code(states: Table, state: CaseState) -> StateCode:
    one = states.table(state.value)
    code = StateCode(code=one.text("code", ""), label=one.text("label", ""))
    one.close()
    return code
