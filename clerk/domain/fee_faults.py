"""Listed charges that contradict themselves: what is counted, who is paid, who need not pay."""

from collections.abc import Iterator

from clerk.domain.condition import days_in
from clerk.domain.condition_faults import Vocabulary, condition_faults
from clerk.domain.errors import BadInput
from clerk.domain.fee_terms import Fee, Payee
from clerk.domain.moved_day import DayUnit
from clerk.domain.standard import FieldKind, ItemStandard


def fee_faults(standard: ItemStandard) -> Iterator[BadInput]:
    """Yield what is wrong with the list of charges."""
    known = Vocabulary.of(standard, questions=standard.questions)
    for number, fee in enumerate(standard.fees, 1):
        place = f"fees {fee.code or number}"
        yield from condition_faults(fee.when, known, f"{place}.when")
        if any(day.unit is DayUnit.WORKDAYS for day in days_in(fee.when)):
            yield BadInput(f"{place}.when：收费的条件不能按工作日推算")
        yield from _rule(fee, standard, place)
        yield from _payee(fee, place)


def _rule(fee: Fee, standard: ItemStandard, place: str) -> Iterator[BadInput]:
    counts = {line.code for line in standard.fields if line.kind is FieldKind.INTEGER}
    if fee.per and fee.per not in counts:
        yield BadInput(f"{place}.per：没有整数的表单项 {fee.per}")
    if fee.per and not fee.unit:
        yield BadInput(f"{place}.unit：按数量收费要写单位")
    if fee.free and not fee.per:
        yield BadInput(f"{place}.free：不按数量收费，没有免费的份数")


def _payee(fee: Fee, place: str) -> Iterator[BadInput]:
    if fee.payee is Payee.TREASURY and fee.amount_fen and not fee.income_code:
        yield BadInput(f"{place}.income_code：缴入财政的收费要写非税收入项目编码")
    if fee.payee is Payee.COURIER and (fee.income_code or fee.exemptions):
        yield BadInput(f"{place}：快递收的费不进财政，不写收入项目编码和免缴情形")
