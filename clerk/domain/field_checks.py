"""Checks of one line of the form."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from clerk.domain.case import FieldValue
from clerk.domain.condition import number_in
from clerk.domain.findings import Check, Finding, Group, Outcome, Remedy
from clerk.domain.identifiers import check_mobile, check_resident_id, check_unified_code
from clerk.domain.standard import FieldKind, FormField, ItemStandard


def check_field(
    standard: ItemStandard, line: FormField, held: FieldValue | None, on: date
) -> Iterator[Finding]:
    """Say whether a line is filled, of the right form, within bounds, and free of conflict."""
    if held is None or not held.value.strip():
        if line.required:
            yield _finding(
                standard, line, Check.FIELD_FILLED, Outcome.CANNOT_TELL, remedies=(Remedy.FILL,)
            )
        return
    fault = fault_in(line, held.value, on)
    if fault is None:
        yield _finding(standard, line, Check.FIELD_FORM, Outcome.PASS, given=held.value)
    else:
        check, wanted, hard = fault
        yield _finding(
            standard,
            line,
            check,
            Outcome.FAIL,
            hard=hard,
            given=held.value,
            wanted=wanted,
            remedies=(Remedy.FILL,),
        )
    if held.replaced and held.replaced != held.value:
        yield _finding(
            standard,
            line,
            Check.FIELD_CONFLICT,
            Outcome.FAIL,
            hard=False,
            given=held.value,
            wanted=held.replaced,
            remedies=(Remedy.FILL,),
        )


def fault_in(line: FormField, value: str, on: date) -> tuple[Check, str, bool] | None:
    """Return what is wrong with a value: check, what was wanted, whether it blocks; or None."""
    if len(value) > line.max_length:
        return Check.FIELD_BOUNDS, f"≤{line.max_length}", True
    return _BY_KIND[line.kind](line, value, on)


Fault = tuple[Check, str, bool]


def _fault_in_date(_line: FormField, value: str, _on: date) -> Fault | None:
    try:
        date.fromisoformat(value)
    except ValueError:
        return Check.FIELD_FORM, "yyyy-mm-dd", True
    return None


def _fault_in_choice(line: FormField, value: str, _on: date) -> Fault | None:
    labels = [option.label for option in line.options]
    return None if value in labels else (Check.FIELD_FORM, "/".join(labels), True)


def _fault_in_mobile(_line: FormField, value: str, _on: date) -> Fault | None:
    return None if check_mobile(value).valid else (Check.FIELD_FORM, "1[3-9]×9", True)


def _fault_in_resident_id(_line: FormField, value: str, on: date) -> Fault | None:
    return None if check_resident_id(value, on).valid else (Check.FIELD_FORM, "GB 11643", True)


def _fault_in_credit_code(_line: FormField, value: str, _on: date) -> Fault | None:
    """Warn only: codes with a wrong check character exist in real registers."""
    return None if check_unified_code(value).valid else (Check.FIELD_FORM, "GB 32100", False)


def _fault_in_account(_line: FormField, value: str, _on: date) -> Fault | None:
    fits = value.isascii() and value.isdigit() and 16 <= len(value) <= 19
    return None if fits else (Check.FIELD_FORM, "16–19", True)


def _no_fault(_line: FormField, _value: str, _on: date) -> Fault | None:
    return None


def _fault_in_number(line: FormField, value: str, _on: date) -> Fault | None:
    number = number_in(value)
    if number is None:
        return Check.FIELD_FORM, "0-9", True
    if line.kind is FieldKind.INTEGER and number != number.to_integral_value():
        return Check.FIELD_FORM, "0-9", True
    low, high = line.at_least, line.at_most
    if (low is not None and number < low) or (high is not None and number > high):
        return Check.FIELD_BOUNDS, f"{_plain(low)}–{_plain(high)}", True
    return None


_BY_KIND: dict[FieldKind, Callable[[FormField, str, date], Fault | None]] = {
    FieldKind.TEXT: _no_fault,
    FieldKind.NUMBER: _fault_in_number,
    FieldKind.INTEGER: _fault_in_number,
    FieldKind.MONEY: _fault_in_number,
    FieldKind.DATE: _fault_in_date,
    FieldKind.CHOICE: _fault_in_choice,
    FieldKind.MOBILE: _fault_in_mobile,
    FieldKind.RESIDENT_ID: _fault_in_resident_id,
    FieldKind.CREDIT_CODE: _fault_in_credit_code,
    FieldKind.BANK_ACCOUNT: _fault_in_account,
}


def _plain(bound: Decimal | None) -> str:
    return "" if bound is None else f"{bound:f}"


def _finding(
    standard: ItemStandard,
    line: FormField,
    check: Check,
    outcome: Outcome,
    *,
    hard: bool = True,
    given: str = "",
    wanted: str = "",
    remedies: tuple[Remedy, ...] = (),
) -> Finding:
    return Finding(
        outcome=outcome,
        check=check,
        group=Group.FORM,
        subject=line.code,
        subject_name=line.label,
        basis=line.basis,
        rule_version=standard.version,
        hard=hard,
        given=given,
        wanted=wanted,
        remedies=remedies,
    )
