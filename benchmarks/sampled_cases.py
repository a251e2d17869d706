"""Many cases of several versions, taken in through the use cases out of the samples that ship."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from clerk.app.sample_files import read_hall, read_samples
from clerk.child.png import png
from clerk.domain.case import Case
from clerk.domain.errors import UnknownItem
from clerk.domain.findings import NextAct
from clerk.domain.identity import Session
from clerk.domain.material import StoredFile
from clerk.domain.referral import Referral
from clerk.domain.sample_run import SampleHall, sample_case
from clerk.domain.standard import ItemStandard
from clerk.services import acceptance, drafts
from clerk.services.desk import Desk

Versions = Mapping[tuple[str, int], ItemStandard]
_PAGE = png(b"\xff", width=1, height=1, colour=False)
_REFERRED = Referral(office="示例县示例局", receiver="吴示例", phone="0999-8000009")


def three_versions(item: ItemStandard, today: date) -> tuple[ItemStandard, ...]:
    """The item as it ships, tomorrow with one copy more, the day after with a hard rule fewer."""
    last = item.requirements[-1]
    more = replace(last, copies=last.copies + 1)
    gone = next((rule for rule in item.rules if rule.hard and not rule.ends), None)
    second = replace(
        item,
        version=item.version + 1,
        effective_on=today + timedelta(days=1),
        requirements=(*item.requirements[:-1], more),
    )
    third = replace(
        item,
        version=item.version + 2,
        effective_on=today + timedelta(days=2),
        rules=tuple(rule for rule in item.rules if rule is not gone),
    )
    return item, second, third


def with_versions(desk: Desk, versions: Versions) -> Desk:
    """The same desk over these versions and no others."""

    def standard(item_code: str, version: int) -> ItemStandard:
        found = versions.get((item_code, version))
        if found is None:
            raise UnknownItem(f"没有事项 {item_code} 第{version}版")
        return found

    return replace(desk, standard=standard)


def with_real_files(case: Case, page: StoredFile) -> Case:
    """Let a file that is in the store stand for every page of the sample."""
    evidence = {
        code: replace(
            held,
            files=(page,) if held.files else (),
            letter=replace(held.letter, docx=page, pdf=page) if held.letter else None,
        )
        for code, held in case.evidence.items()
    }
    return replace(case, evidence=evidence)


def sampled_cases(
    desk: Desk, session: Session, versions: Iterable[ItemStandard], new_id: Callable[[], UUID]
) -> Iterator[Case]:
    """Yield every sample of every version as a draft of its own, at this window."""
    page = drafts.keep_file(desk, session, _PAGE, "sample.png", "image/png")
    hall: SampleHall = read_hall(desk.today())
    for standard in versions:
        samples = read_samples(standard.item_code)
        for sample in samples.samples if samples else ():
            case = sample_case(hall, standard, sample, desk.counter.code, desk.today())
            yield with_real_files(replace(case, case_id=new_id()), page)


def acted_upon(desk: Desk, session: Session, case: Case) -> Case | None:
    """Do what F9 would do with the draft; None where it would only lead to the next gap."""
    act = desk.verdict(session, case).act
    match act:
        case NextAct.ACCEPT_AND_PASS_ON | NextAct.RECEIVE_AND_PASS_ON:
            return acceptance.take_in(desk, session, case, act)
        case NextAct.NOTIFY_ONCE:
            return acceptance.tell_once(desk, session, case, {})
        case NextAct.DECLINE:
            standard = desk.standard(case.item_code, case.standard_version)
            reason = standard.decline_reasons[0]
            return acceptance.decline_case(desk, session, case, reason.code, _REFERRED)
        case _:
            return None
