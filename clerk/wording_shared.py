"""Words of shared data (共享数据核验): the sources, by what right they are asked, what they said."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clerk.domain.case import CaseEvent
from clerk.domain.shared_data import SharedAnswer, SharedBasis, SharedOutcome, SharedSource
from clerk.wording import clock, day

SOURCES: Final[Mapping[SharedSource, str]] = MappingProxyType(
    {
        SharedSource.POPULATION: "人口信息",
        SharedSource.MARRIAGE: "婚姻登记",
        SharedSource.ENTERPRISE: "市场主体登记",
        SharedSource.TAX: "清税信息",
        SharedSource.QUALIFICATION: "职业资格",
    }
)
RIGHTS: Final = (
    (SharedBasis.CONSENT, "本人当场书面同意"),
    (SharedBasis.CONSENT, "本人亮码同意"),
    (SharedBasis.DUTY, "依职责核对申请内容是否属实"),
    (SharedBasis.DUTY, "依职责核查有疑点的材料"),
)
"""By what right it may be asked; the closed list of the window."""
_OUTCOMES: Final[Mapping[SharedOutcome, str]] = MappingProxyType(
    {
        SharedOutcome.FOUND: "查到",
        SharedOutcome.NOT_FOUND: "查不到",
        SharedOutcome.NO_ANSWER: "没有答复",
    }
)


def source_line(source: SharedSource, about: str, answer: SharedAnswer | None) -> str:
    """A source, about whom it is asked, and what it said last: ``婚姻登记，张示例，09:00 查到``."""
    said = f"{clock(answer.at)} {_OUTCOMES[answer.outcome]}" if answer else "还没核"
    return f"{SOURCES[source]}，{about or '还不知道核谁'}，{said}"


def answer_words(answer: SharedAnswer) -> tuple[str, str, str]:
    """What came of it, what stays as it was, what to do next."""
    name = SOURCES[answer.source]
    match answer.outcome:
        case SharedOutcome.FOUND:
            values = "，".join(f"{field} {value}" for field, value in answer.values.items())
            as_of = f"{day(answer.as_of)}的数据" if answer.as_of else ""
            return f"{name}查到：{values}", as_of, f"记录 {answer.record_number}，已带入"
        case SharedOutcome.NOT_FOUND:
            return f"{name}里没有这个人或单位", "这是源头的答复", "收纸质材料照常办"
        case SharedOutcome.NO_ANSWER:
            return f"{name}没有答复，不等于查不到", "办件没有变化", "过会儿再核，或收纸质材料"


def shared_event(event: CaseEvent) -> str:
    """What the course says of a question: ``婚姻登记，查到，本人当场书面同意``."""
    outcome = _OUTCOMES[SharedOutcome(event.detail["outcome"])]
    record = f"记录 {event.detail['record']}" if event.detail.get("record") else ""
    parts = (SOURCES[SharedSource(event.subject)], outcome, event.detail["reason"], record)
    return "，".join(part for part in parts if part)
