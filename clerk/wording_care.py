"""Words of how a person is served (服务需求), of visits at home, and of what came by post."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from clerk.domain.care import Care, HomeVisit, ServiceNeed
from clerk.domain.caring import GREEN, LARGE
from clerk.domain.case import CaseEvent, CaseEventKind
from clerk.domain.visits import VisitLine
from clerk.wording import short_day

NEEDS: Final[Mapping[str, str]] = {
    ServiceNeed.ELDERLY.value: "老年人",
    ServiceNeed.DISABLED.value: "残疾人",
    ServiceNeed.PREGNANT.value: "孕产妇、带婴幼儿",
    ServiceNeed.INFIRM.value: "重病、行动不便",
    ServiceNeed.SOLDIER.value: "军人、消防救援人员",
    ServiceNeed.VETERAN.value: "退役军人、军属",
}
TICKS: Final[Mapping[str, str]] = {
    **NEEDS,
    GREEN: "绿色通道，优先办",
    LARGE: "文书用大字打印",
}
"""What may be ticked, by its code, in this order."""

_MARKS: Final[Mapping[str, str]] = {
    GREEN: "绿色通道",
    ServiceNeed.ELDERLY.value: "老年人",
    ServiceNeed.DISABLED.value: "残疾人",
    ServiceNeed.PREGNANT.value: "孕产妇",
    ServiceNeed.INFIRM.value: "行动不便",
    ServiceNeed.SOLDIER.value: "军人",
    ServiceNeed.VETERAN.value: "退役军人",
    "visit": "上门",
}


def mark_words(marks: Iterable[str]) -> tuple[str, ...]:
    """Return a short word for each mark, in their order."""
    return tuple(_MARKS[mark] for mark in marks)


def care_line(marks: Sequence[str]) -> str:
    """Return the marks in one line."""
    return "，".join(mark_words(marks))


def care_words(care: Care) -> str:
    """Return everything that is marked: ``老年人，绿色通道，大字文书；3 月 20 日（周五）上门……``."""
    large = ("大字文书",) if care.large_print else ()
    marks = "，".join((*mark_words(mark for mark in care.marks if mark != "visit"), *large))
    visit = visit_words(care.visit) if care.visit else ""
    return "；".join(part for part in (marks, visit) if part)


def visit_words(visit: HomeVisit) -> str:
    """Return when, where and under which number a visit is to be made."""
    return f"{short_day(visit.wanted_on)}上门，{visit.address}，{visit.phone}"


def visit_task(line: VisitLine) -> str:
    """Return what is to be done there: bring the result, or fetch what is missing."""
    if line.result_waits:
        return "把结果送去，带送达回证"
    return f"还缺：{'、'.join(line.lacking)}" if line.lacking else "材料不缺，去签字或核对"


def visit_line_words(line: VisitLine) -> str:
    """Return one line of the list: day, who, what for."""
    who = "，".join((line.applicant_name or "还没有申请人", *mark_words(line.marks)))
    return f"{short_day(line.wanted_on)}　{who}　{line.item_name}"


def suggestion(age: int) -> str:
    """Return that the clerk may ask, since nothing is marked by itself."""
    return f"{age} 岁，问问要不要按老年人服务"


def care_event(event: CaseEvent) -> str:
    """Return what else is to be said of a mark, a visit or a parcel; empty for other events."""
    said = event.detail
    match event.kind:
        case CaseEventKind.CARE_NOTED:
            marks = (*((GREEN,) if said.get("green") else ()), *said.get("needs", "").split())
            words = [*mark_words(marks)]
            if said.get("large"):
                words.append("大字文书")
            if event.until_on is not None:
                words.append(f"{short_day(event.until_on)}上门")
            return "，".join(words) or "都取消了"
        case CaseEventKind.VISITED:
            return said.get("note", "")
        case CaseEventKind.POSTED_IN:
            number = said.get("waybill", "")
            found = f"有 {said['there']} 份，缺 {said['missing']} 份，清单外 {said['not_asked']} 份"
            return f"{found}，运单 {number}" if number else found
        case _:
            return ""
