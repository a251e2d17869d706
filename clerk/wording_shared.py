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
    (SharedBasis.DUTY, "依职责核对申请内容是否属实"),
    (SharedBasis.DUTY, "依职责核查有疑点的材料"),
)
"""By what right it may be asked; the closed list of the window."""
OBJECTED: Final = "{name}的异议已记下，不再凭它，锁定的项可以改填，Ctrl Z 撤回"
_OUTCOMES: Final[Mapping[SharedOutcome, str]] = MappingProxyType(
    {
        SharedOutcome.FOUND: "查到",
        SharedOutcome.NOT_FOUND: "查不到",
        SharedOutcome.NO_ANSWER: "没有答复",
    }
)


def source_line(source: SharedSource, about: str, answer: SharedAnswer | None) -> str:
    """A source, about whom it is asked, and what it said last: ``婚姻登记，张示例，09:00 查到``."""
    said = f"{clock(answer.at)} {_said(answer)}" if answer else "还没核"
    return f"{SOURCES[source]}，{about or '还不知道核谁'}，{said}"


def said_last(answer: SharedAnswer) -> str:
    """What a source said last, for the row of a material: ``婚姻登记没有答复，过会儿再核``."""
    name = SOURCES[answer.source]
    if answer.outcome is SharedOutcome.NO_ANSWER:
        return f"{name}没有答复，不等于查不到，再核或收纸质件"
    if answer.objection:
        return f"对{name}有异议，收纸质件"
    values = "，".join(f"{field} {value}" for field, value in answer.values.items())
    return f"{name}{_said(answer)}{values and f'：{values}'}，收纸质件"


def _said(answer: SharedAnswer) -> str:
    return "有异议" if answer.objection else _OUTCOMES[answer.outcome]


def answer_words(answer: SharedAnswer) -> tuple[str, str, str]:
    """What came of it, what stays as it was, what to do next."""
    name = SOURCES[answer.source]
    match answer.outcome:
        case SharedOutcome.FOUND:
            values = "，".join(f"{field} {value}" for field, value in answer.values.items())
            as_of = f"{day(answer.as_of)}的数据，" if answer.as_of else ""
            return f"{name}查到：{values}", as_of, f"记录 {answer.record_number}，已带入"
        case SharedOutcome.NOT_FOUND:
            return f"{name}里没有这个人或单位", "这是源头的答复，", "收纸质材料照常办"
        case SharedOutcome.NO_ANSWER:
            again = "接通了自动再核，也可以收纸质材料"
            return f"{name}没有答复，不等于查不到", "办件没有变化，", again


def shared_event(event: CaseEvent) -> str:
    """What the course says of a question: ``婚姻登记，查到，本人当场书面同意``."""
    outcome = _OUTCOMES[SharedOutcome(event.detail["outcome"])]
    record = f"记录 {event.detail['record']}" if event.detail.get("record") else ""
    parts = (SOURCES[SharedSource(event.subject)], outcome, event.detail["reason"], record)
    return "，".join(part for part in parts if part)


def objection_event(event: CaseEvent) -> str:
    """What the course says of an objection: ``婚姻登记，配偶姓名不对，记录 MAR-…``."""
    record = f"记录 {event.detail['record']}" if event.detail.get("record") else ""
    parts = (SOURCES[SharedSource(event.subject)], event.detail["reason"], record)
    return "，".join(part for part in parts if part)
