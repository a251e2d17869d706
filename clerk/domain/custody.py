"""Custody of originals (原件去向): every one that was laid on the counter is accounted for.

What was made for the case stays in its file, a card that was read was never let go of; of all
other originals a person says what became of them. Nothing kept is forgotten: it is a task.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.course import CaseRules, done, event_by, settled
from clerk.domain.days import local_date
from clerk.domain.deadlines import workdays_between
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.material import Evidence, Origin
from clerk.domain.originals import OriginalHeld, OriginalPlace
from clerk.domain.standard import ItemStandard, Requirement
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set
from clerk.domain.transfer import bag_of, kind_of_transfer, with_reception_task
from clerk.values import dataclass, replace

EVERY: Final = "*"
"""In place of a material's code: all of them that the act can concern."""

MADE_FOR_THE_CASE: Final = "2"
"""材料类型 申请表格文书: such papers belong to the file of the case, not to the applicant."""

OWED: Final = frozenset({OriginalPlace.KEPT, OriginalPlace.HANDED_ON})
"""Where originals lie that have to go back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalLine:
    """The originals of one material; ``place`` is None while nobody has said where they are."""

    material: str
    name: str
    count: int
    place: OriginalPlace | None
    held: OriginalHeld | None


def originals_of(standard: ItemStandard, case: Case) -> tuple[OriginalLine, ...]:
    """Return every original that was laid on the counter, in the order of the standard."""
    return tuple(_lines(standard, case))


def _lines(standard: ItemStandard, case: Case) -> Iterator[OriginalLine]:
    for asked in standard.requirements:
        given = case.evidence.get(asked.code)
        if given is not None and given.originals:
            yield _line(asked, given, case.custody.get(asked.code))


def unaccounted(standard: ItemStandard, case: Case) -> tuple[OriginalLine, ...]:
    """Return the originals of which nobody has said where they are."""
    return tuple(line for line in originals_of(standard, case) if line.place is None)


def owed(standard: ItemStandard, case: Case) -> tuple[OriginalLine, ...]:
    """Return the originals that have still to go back to the applicant."""
    return tuple(line for line in originals_of(standard, case) if line.place in OWED)


def _line(asked: Requirement, given: Evidence, held: OriginalHeld | None) -> OriginalLine:
    return OriginalLine(
        material=asked.code,
        name=asked.name,
        count=given.originals,
        place=held.place if held else _known_place(asked, given),
        held=held,
    )


def _known_place(asked: Requirement, given: Evidence) -> OriginalPlace | None:
    if given.origin is Origin.READ_FROM_CARD:
        return OriginalPlace.SEEN
    made_for_it = asked.generated_from_form or asked.material_kind.code == MADE_FOR_THE_CASE
    return OriginalPlace.FILED if made_for_it else None


def ask_where(rules: CaseRules, case: Case, at: datetime) -> Case:
    """Set the task to say by the end of the day where the originals are, if that is not known."""
    open_now = any(line.place is None for line in _lines(rules.standard, case))
    if open_now is is_open(case, TaskKind.PLACE_ORIGINALS) or case.state is CaseState.DRAFT:
        return case
    if not open_now:
        return settled(rules, case, (task_done(TaskKind.PLACE_ORIGINALS, None, at),))
    return settled(rules, case, (task_set(TaskKind.PLACE_ORIGINALS, local_date(at), at),))


def place_originals(
    rules: CaseRules,
    case: Case,
    material: str,
    place: OriginalPlace,
    session: Session,
    at: datetime,
    *,
    number: str = "",
    bag: str = "",
    back_by_on: date | None = None,
    note: str = "",
) -> Case:
    """Say where originals are now.

    Args:
        rules: what governs the case.
        case: any case that was taken in.
        material: a code of the standard, or ``EVERY`` that lies here.
        place: where they are; what went back is ``return_originals``'s.
        session: who says so.
        at: when.
        number: of the transfer slip (材料流转单), where they go on to the department.
        bag: the number of the bag they go in (袋号).
        back_by_on: the day by which what is kept is to go back.
        note: what else is to be remembered.

    Raises:
        BadInput: the slip's number, the bag's or the day is missing.
        NotAcceptable: no such original was laid on the counter, or it went back.
    """
    goes_on = place is OriginalPlace.HANDED_ON
    if goes_on and not number.strip():
        raise BadInput("还没写流转单号，没有登记。填上随件的材料流转单号")
    in_bag = bag_of(bag) if goes_on else ""
    if place in OWED and (back_by_on is None or back_by_on < local_date(at)):
        raise BadInput("还没写哪天退还，没有登记。填今天或以后的日期")
    there = (*unaccounted(rules.standard, case), *owed(rules.standard, case))
    lines = _concerned(rules.standard, case, material, there)
    if any(line.place is OriginalPlace.RETURNED for line in lines):
        raise NotAcceptable("这份原件已经退还，没有再登记。退还的经过留着")
    to = rules.standard.body.short_name if goes_on else ""
    after = case
    for line in lines:
        held = OriginalHeld(
            place=place,
            count=line.count,
            at=at,
            by=session.account.account_id,
            number=number.strip(),
            to=to,
            note=note.strip(),
            bag=in_bag,
            transfer=kind_of_transfer(case, line.material) if goes_on else None,
            by_name=session.account.display_name,
        )
        after = _moved(rules, after, line, held, session, back_by_on if goes_on else None)
    return _with_tasks(rules, after, session, at, back_by_on)


def return_originals(
    rules: CaseRules, case: Case, material: str, to: str, session: Session, at: datetime
) -> Case:
    """Give originals back (退还原件); ``to`` is who got them and signed for them.

    Raises:
        BadInput: nobody is named.
        NotAcceptable: nothing is there to be given back.
    """
    if not to.strip():
        raise BadInput("还没写退给谁，没有登记。填上签收人的姓名")
    standard = rules.standard
    mine = (*owed(standard, case), *unaccounted(standard, case))
    after = case
    for line in _concerned(standard, case, material, mine):
        if line.place in {OriginalPlace.RETURNED, OriginalPlace.SEEN, OriginalPlace.FILED}:
            raise NotAcceptable("这份原件不在窗口，没有登记退还。按 F5 刷新后再看")
        held = OriginalHeld(
            place=OriginalPlace.RETURNED,
            count=line.count,
            at=at,
            by=session.account.account_id,
            to=to.strip(),
        )
        after = _moved(rules, after, line, held, session)
    return _with_tasks(rules, after, session, at, None)


def _concerned(
    standard: ItemStandard, case: Case, material: str, every: tuple[OriginalLine, ...]
) -> tuple[OriginalLine, ...]:
    named = every
    if material != EVERY:
        named = tuple(line for line in originals_of(standard, case) if line.material == material)
    if not named:
        raise NotAcceptable("没有要登记的原件，没有改动。按 F5 刷新后再看")
    return named


def _moved(
    rules: CaseRules,
    case: Case,
    line: OriginalLine,
    held: OriginalHeld,
    session: Session,
    back_by_on: date | None = None,
) -> Case:
    moved = event_by(
        session,
        CaseEventKind.ORIGINALS_MOVED,
        held.at,
        subject=line.material,
        place=held.place.value,
        count=str(held.count),
        number=held.number,
        to=held.to,
        note=held.note,
    )
    detail = {**moved.detail, **_of_transfer(rules, held, back_by_on)}
    said = replace(moved, detail=detail)
    return done(rules, replace(case, custody={**case.custody, line.material: held}), said)


def _of_transfer(
    rules: CaseRules, held: OriginalHeld, back_by_on: date | None
) -> Mapping[str, str]:
    """Return what else the slip says: bag, kind, and within how many working days it comes back."""
    if held.transfer is None or back_by_on is None:
        return {}
    workdays = workdays_between(local_date(held.at), back_by_on, rules.calendar)
    return {
        "bag": held.bag,
        "transfer": held.transfer.value,
        "back_by_on": back_by_on.isoformat(),
        "workdays": str(workdays),
    }


def _with_tasks(
    rules: CaseRules, case: Case, session: Session, at: datetime, back_by_on: date | None
) -> Case:
    events = []
    standard, back = rules.standard, TaskKind.RETURN_ORIGINALS
    if is_open(case, TaskKind.PLACE_ORIGINALS) and not unaccounted(standard, case):
        events.append(task_done(TaskKind.PLACE_ORIGINALS, session, at))
    still = bool(owed(standard, case))
    if still and back_by_on is not None:
        events.append(task_set(back, back_by_on, at))
    if not still and is_open(case, back):
        events.append(task_done(back, session, at))
    after = settled(rules, case, events) if events else case
    return with_reception_task(rules, after, session, at)
