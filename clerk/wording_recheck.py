"""The words for a check that comes out otherwise when it is made again (重新核对)."""

from collections.abc import Iterator, Mapping
from typing import Final

from clerk.domain.findings import Headline, NextAct
from clerk.domain.kept_check import CheckDifference, KeptCheck
from clerk.domain.standard import ItemStandard

HEADLINE: Final[Mapping[Headline, str]] = {
    Headline.NOT_STARTED: "还没开始",
    Headline.ACCEPTABLE: "可以受理",
    Headline.ACCEPTABLE_WITH_DEFERRAL: "容缺受理",
    Headline.RECEIVABLE: "收件转部门",
    Headline.GAPS: "还有没办完的",
    Headline.NOT_YET: "暂不能受理",
    Headline.NOT_REQUIRED: "不需要办理",
    Headline.NOT_OURS: "不归本机关办",
}

ACT: Final[Mapping[NextAct, str]] = {
    NextAct.NOTHING: "不做什么",
    NextAct.NEXT_GAP: "去下一处",
    NextAct.ACCEPT_AND_PASS_ON: "受理",
    NextAct.RECEIVE_AND_PASS_ON: "收件",
    NextAct.NOTIFY_ONCE: "一次性告知",
    NextAct.DECLINE: "不予受理",
}


def lines(label: str, check: KeptCheck, found: CheckDifference) -> Iterator[str]:
    """Yield what differs, the case and its outcome first, then finding by finding."""
    case = check.case
    yield (
        f"{label or check.case_id} {case.item_name}第{case.standard_version}版 {check.on}："
        f"当时{_came(found.before, found.act_before)}，现在{_came(found.now, found.act_now)}"
    )
    yield from (f"  当时 {line}" for line in found.gone)
    yield from (f"  现在 {line}" for line in found.new)


def summary(looked_at: int, different: int, a_second: float, draft: ItemStandard | None) -> str:
    """Return the last line: how many were looked at and how many differ."""
    if draft is None:
        return f"重新核对了 {looked_at} 次，{different} 次结论不同，每秒 {a_second:.0f} 次"
    return (
        f"按{draft.name}第{draft.version}版重新核对了 {looked_at} 次，"
        f"{different} 次结论会不同，每秒 {a_second:.0f} 次"
    )


def _came(headline: Headline, act: NextAct) -> str:
    return f"{HEADLINE[headline]}（{ACT[act]}）"
