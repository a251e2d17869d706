"""What the acts around a result ask: originals, the way out, reminders, fees."""

from collections.abc import Sequence

from clerk.domain.case import Case
from clerk.domain.course import CaseRules
from clerk.domain.custody import EVERY, OriginalLine, owed, unaccounted
from clerk.domain.fee_lines import FeeState
from clerk.domain.fees import code_of, next_states
from clerk.domain.originals import OriginalPlace
from clerk.domain.parcels import plan_of
from clerk.domain.result_acting import BETWEEN
from clerk.wording_results import (
    FEE_ACTS,
    ORIGINAL_PLACES,
    REMINDER_WAYS,
    RESULT_WAYS,
    money,
)

_TO_SAY = (
    OriginalPlace.SEEN,
    OriginalPlace.KEPT,
    OriginalPlace.HANDED_ON,
    OriginalPlace.FILED,
)

Listed = Sequence[tuple[str, str]]


def originals_there(rules: CaseRules, case: Case) -> Listed:
    """The originals of which nobody has said where they are, and those that are kept."""
    standard = rules.standard
    lines = (*unaccounted(standard, case), *owed(standard, case))
    each = [(line.material, _original(line)) for line in lines]
    return [(EVERY, f"以下全部 {len(lines)} 份材料"), *each] if len(each) > 1 else each


def _original(line: OriginalLine) -> str:
    place = ORIGINAL_PLACES[line.place] if line.place else "没登记去向"
    return f"{line.name}，{line.count} 份，{place}"


def places(_: CaseRules, __: Case) -> Listed:
    """Where originals can be said to be."""
    return [(place.value, ORIGINAL_PLACES[place]) for place in _TO_SAY]


def ways(rules: CaseRules, case: Case) -> Listed:
    """How a result can reach the applicant; the one agreed now says so."""
    now = plan_of(rules.standard, case).way
    return [
        (way.value, f"{text}，现在约定的" if way is now else text)
        for way, text in RESULT_WAYS.items()
    ]


def reminder_ways(_: CaseRules, __: Case) -> Listed:
    """How somebody can be reminded."""
    return [(way.value, text) for way, text in REMINDER_WAYS.items()]


def fee_steps(rules: CaseRules, case: Case) -> Listed:
    """What can be written down of each listed charge; each reason to pay nothing by itself."""
    found: list[tuple[str, str]] = []
    for fee, state in next_states(rules.standard, case):
        code, words = f"{code_of(fee)}{BETWEEN}{state.value}", f"{fee.name}，{FEE_ACTS[state]}"
        if state is FeeState.EXEMPT:
            found += [
                (f"{code}{BETWEEN}{reason.code}", f"{words}：{reason.label}")
                for reason in fee.exemptions
            ]
        else:
            found.append((code, f"{words} {money(fee.amount_fen)}"))
    return found
