"""Words of papers left for re-use (留用材料): what is offered, how old it is, what has changed."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from clerk.domain.case import CaseEvent, FieldValue
from clerk.domain.case_list import EarlierValue
from clerk.domain.days import local_date
from clerk.domain.material import Evidence
from clerk.domain.party import Source
from clerk.domain.reuse import LeftPaper, PaperChange, PaperOffer
from clerk.wording import ORIGINS, SOURCES, clock, finding, short_day

CHANGES: Final[Mapping[PaperChange, str]] = MappingProxyType(
    {
        PaperChange.STANDARD: "标准对它的要求变了",
        PaperChange.REPLACED: "后来的办件换过一份",
    }
)


def age_words(on: date, today: date) -> str:
    """How old something is: ``今天``, ``16 天前``, ``5 个月前``, ``2 年前``."""
    days = (today - on).days
    if days <= 0:
        return "今天"
    if days < 60:
        return f"{days} 天前"
    return f"{days // 30} 个月前" if days < 730 else f"{days // 365} 年前"


def earlier_offer(offer: EarlierValue, held: FieldValue | None, unit: str, today: date) -> str:
    """A value of an earlier case with its age, and beside what stands there now: old → new."""
    on = local_date(offer.at)
    said = f"{on:%Y-%m-%d}（{age_words(on, today)}）填过 {offer.value}{unit}"
    return said if held is None else f"{said} → 现在{SOURCES[held.source]}是 {held.value}{unit}"


def earlier_offer_again(offer: EarlierValue, held: FieldValue, unit: str) -> str:
    """What is asked before a value of an earlier case takes the place of what stands there."""
    now = f"现在{SOURCES[held.source]}的 {held.value}{unit}"
    return f"再按一次，用以前填的 {offer.value}{unit} 代替{now}"


def typed_words(held: FieldValue, today: date) -> str:
    """A value that a person chose, with where it is from and how old it is."""
    on = local_date(held.at)
    if held.source is Source.EARLIER:
        return f"{held.value}（{on:%Y-%m-%d} 填过，{age_words(on, today)}）"
    return f"{held.value}（这次手填）"


def _came(paper: LeftPaper, today: date) -> str:
    on = local_date(paper.came_at)
    return f"{on:%Y-%m-%d} 收（{age_words(on, today)}）"


def offer_line(offer: PaperOffer, today: date) -> str:
    """A left paper: material, what has changed, pages, age, the case it is from, the day it bears."""
    paper = offer.paper
    held = paper.evidence
    case = f"{paper.item_name} {paper.case_label}".strip()
    changes = (CHANGES[change] for change in offer.changes)
    parts = [offer.asked.name, *changes, f"{held.pages} 页", _came(paper, today), case]
    if held.issued_on is not None:
        parts.append(f"开具 {held.issued_on.isoformat()}")
    elif offer.asked.ages:
        parts.append("开具日期没记，取用后要补")
    return "，".join(parts)


def failed_line(offer: PaperOffer, today: date) -> str:
    """A left paper that would not pass today, and why."""
    name, held = offer.asked.name, offer.paper.evidence
    why = "；".join(finding(one).removeprefix(name) for one in offer.failed)
    issued = f"，开具 {held.issued_on.isoformat()}" if held.issued_on else ""
    return f"{name}，{_came(offer.paper, today)}{issued}，今天用不了：{why}"


def leave_line(name: str, held: Evidence) -> str:
    """A paper of this case and whether it may be used again."""
    said = "不留用"
    if held.leave is not None:
        said = f"{short_day(local_date(held.leave.at))} {clock(held.leave.at)} 允许再用"
    return f"{name}，{held.pages} 页，{said}"


def earlier_words(held: Evidence) -> str:
    """What a row says of a paper that was taken over: ``上次留下的，3 月 2 日，2 页``."""
    came = short_day(local_date(held.taken_from.at)) if held.taken_from else ""
    parts = (ORIGINS[held.origin], came, f"{held.pages} 页")
    return "，".join(part for part in parts if part)


def reused_note(event: CaseEvent) -> str:
    """What the course says of a paper taken over: when it came, from which case, what changed."""
    came = short_day(date.fromisoformat(event.detail["came_on"]))
    changes = [CHANGES[PaperChange(one)] for one in event.detail["changes"].split()]
    label = event.detail["label"]
    parts = (f"{came}收的", label and f"办件 {label}", *changes, "审查要点重新看")
    return "，".join(part for part in parts if part)
