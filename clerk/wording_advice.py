"""Words of what is told without a case (咨询): who asks, what was answered, what spares a paper."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clerk.domain.advice import Advice
from clerk.domain.standard import Requirement, Way
from clerk.wording import PARTY_KINDS, limit

EASIER: Final[Mapping[Way, str]] = MappingProxyType(
    {
        Way.CERTIFICATE: "授权调电子证照，可以不带",
        Way.SHARED_DATA: "窗口联网核对，可以不带",
        Way.COMMITMENT: "可以书面承诺代替",
        Way.DEFERRAL: "可以先办后补",
        Way.EXEMPT: "符合条件的免交",
    }
)
"""What spares the applicant the paper, in the words for him."""


def easier(asked: Requirement) -> str:
    """How the paper may be spared, empty where it may not."""
    return "；".join(EASIER[way] for way in asked.ways if way in EASIER)


def copies(asked: Requirement) -> str:
    """How many of it: ``原件 1 份，复印件 2 份``."""
    count = [f"原件 {asked.originals} 份"] if asked.originals else []
    count += [f"复印件 {asked.copies} 份"] if asked.copies else []
    return "，".join(count)


HAS_IT: Final = "已具备"
TO_BRING: Final = "要带来"


def there(advice: Advice, asked: Requirement) -> str:
    """Whether he has it with him."""
    return HAS_IT if asked.code in advice.inquiry.have else TO_BRING


def summed_up(advice: Advice) -> str:
    """How many there are, and how many are still to come."""
    count, lacking = len(advice.asked.requirements), advice.lacking
    return f"材料 {count} 份，已具备 {count - lacking} 份，还要带来 {lacking} 份。"


def who(advice: Advice) -> str:
    """Who would apply, and whether he comes himself."""
    kind = advice.inquiry.applicant_kind
    by = "代办人来办" if advice.inquiry.handler else "本人来办"
    return f"{PARTY_KINDS[kind] if kind else '没说'}，{by}"


def answers(advice: Advice) -> str:
    """What was answered, question by question."""
    given = advice.inquiry.answers
    said = []
    for question in advice.asked.questions:
        labels = {option.code: option.label for option in question.options}
        if question.code in given:
            said.append(f"{question.text}：{labels[given[question.code]]}")
    return "；".join(said) or "没有要问的"


def limits(advice: Advice) -> str:
    """Both terms of the item."""
    standard = advice.standard
    return f"承诺{limit(standard.promised_limit)}，法定{limit(standard.statutory_limit)}"


def still_open(advice: Advice) -> str:
    """What nobody has answered yet, empty where all is."""
    asked = "、".join(one.text for one in advice.open)
    return f"还没问清：{asked}。答了材料可能更少。" if asked else ""


def where(advice: Advice) -> str:
    """Place and hours."""
    return f"{advice.standard.place}，{advice.standard.hours}"


def to_fill_in(advice: Advice) -> str:
    """Which lines of the form nobody but the applicant knows."""
    return "、".join(one.label for one in advice.asked.fields if not one.prefill) or "没有"
