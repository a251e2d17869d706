"""Words of promises, of checks after the decision, and of checks on site."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.check_records import (
    CheckFinding,
    OnlineAnswer,
    OnlineOutcome,
    SiteCheck,
    SiteOutcome,
)
from clerk.domain.promise_rate import PromiseRate
from clerk.domain.promise_terms import CheckMethod
from clerk.domain.revocation import HELD, SPOKE, WAIVED
from clerk.domain.standard import ItemStandard
from clerk.wording import CERTIFICATE_STATUSES, day, short_day

CHECK_FINDINGS: Final[Mapping[CheckFinding, str]] = {
    CheckFinding.TRUE: "和承诺一致",
    CheckFinding.FALSE: "和承诺不符，承诺不实",
    CheckFinding.UNCLEAR: "查不清楚，过后再查",
}

CHECK_METHODS: Final[Mapping[CheckMethod, str]] = {
    CheckMethod.NONE: "不用核查",
    CheckMethod.ONLINE: "在线核查",
    CheckMethod.ON_SITE: "实地核查",
}

RATE_HEADS: Final = ("事项", "承诺", "属实", "不实", "查不清", "还没查", "不实率")


def rate_cells(rate: PromiseRate) -> tuple[str, ...]:
    """One item's line below ``RATE_HEADS``; no rate is said while nothing was found out."""
    looked_at = rate.found_true + rate.found_false + rate.unclear
    percent = rate.false_percent
    return (
        rate.item_name,
        str(rate.promised),
        str(rate.found_true),
        str(rate.found_false),
        str(rate.unclear),
        str(rate.promised - looked_at),
        "还没查清的" if percent is None else f"{percent}%",
    )


ONLINE_OUTCOMES: Final[Mapping[OnlineOutcome, str]] = {
    OnlineOutcome.FOUND: "证照库查到了",
    OnlineOutcome.NOT_FOUND: "证照库没有这种证照",
    OnlineOutcome.NO_ANSWER: "证照库没有答复，不能当核查结果",
}


def online_words(answer: OnlineAnswer) -> str:
    """What the certificate library said: how many certificates in which state, or why there is none."""
    said = ONLINE_OUTCOMES[answer.outcome]
    states = Counter(one.status for one in answer.certificates)
    found = "、".join(
        f"{CERTIFICATE_STATUSES[state]} {count} 份" for state, count in states.items()
    )
    return "：".join(part for part in (said, found or answer.trouble) if part)


HEARING_ANSWERS: Final[Mapping[str, str]] = {
    SPOKE: "申请人陈述、申辩了",
    HELD: "举行了听证",
    WAIVED: "申请人放弃陈述、申辩和听证",
}

SITE_OUTCOMES: Final[Mapping[SiteOutcome, str]] = {
    SiteOutcome.FIT: "符合要求",
    SiteOutcome.UNFIT: "不符合要求",
    SiteOutcome.NOT_HELD: "没有查成",
}


def site_words(case: Case, standard: ItemStandard) -> str:
    """What was found on site, for whoever decides: the day, the people, the points not met."""
    held = [check for check in case.checks.site if check.record is not None]
    return "现场核查：" + "；".join(_one(check, standard) for check in held) if held else ""


def _one(check: SiteCheck, standard: ItemStandard) -> str:
    record = check.record
    if record is None:
        return ""
    texts = {point.code: point.text for point in standard.site_points}
    wrong = "、".join(texts[code] for code in record.failed)
    people = "、".join(check.people)
    words = f"{short_day(record.held_on)}，{people}，{SITE_OUTCOMES[record.outcome]}"
    parts = [words, f"不符合的：{wrong}" if wrong else "", record.said]
    if record.files:
        parts.append(f"照片 {len(record.files)} 张")
    return "，".join(part for part in parts if part)


_ABOUT_A_MATERIAL: Final = frozenset(
    {
        CaseEventKind.CORRECTED_ON_THE_SPOT,
        CaseEventKind.PROMISE_DECLINED,
        CaseEventKind.PROMISE_WITHDRAWN,
        CaseEventKind.PROMISE_CHECKED,
        CaseEventKind.PROMISE_ASKED_ONLINE,
        CaseEventKind.REPAIR_ORDERED,
    }
)


def check_subject(event: CaseEvent, standard: ItemStandard) -> str:
    """Return the material that a promise or its check is about, empty for other events."""
    if event.kind not in _ABOUT_A_MATERIAL or not event.subject:
        return ""
    return standard.requirement(event.subject).name


def check_note(event: CaseEvent) -> str:
    """What was found, ordered, told or said; empty for other events."""
    detail = event.detail
    until = day(event.until_on) if event.until_on else ""
    match event.kind:
        case CaseEventKind.PROMISE_CHECKED:
            finding = CHECK_FINDINGS[CheckFinding(detail["finding"])]
            parts = [finding, CHECK_METHODS[CheckMethod(detail["method"])], detail["grounds"]]
        case CaseEventKind.PROMISE_ASKED_ONLINE:
            valid = detail.get("valid", "")
            parts = [
                ONLINE_OUTCOMES[OnlineOutcome(detail["outcome"])],
                f"有效的是{valid}" if valid else "",
            ]
        case CaseEventKind.REPAIR_ORDERED:
            parts = [f"{until}前改好", detail.get("reason", "")]
        case CaseEventKind.HEARING_OFFERED:
            parts = [f"{until}前可以陈述申辩或要求听证", detail.get("reason", "")]
        case CaseEventKind.HEARING_ANSWERED:
            parts = [HEARING_ANSWERS[detail["answer"]], detail.get("record", "")]
        case CaseEventKind.SITE_CHECK_AGREED:
            parts = [until, detail.get("time", ""), detail.get("people", "")]
        case CaseEventKind.SITE_CHECKED:
            outcome = SITE_OUTCOMES[SiteOutcome(detail["outcome"])]
            parts = [outcome, detail.get("people", ""), detail.get("said", "")]
        case CaseEventKind.CORRECTED_ON_THE_SPOT:
            parts = [detail.get("what", ""), f"{detail.get('signer', '')}已签字"]
        case CaseEventKind.DECISION_REVOKED:
            parts = [f"文号 {detail.get('document', '')}", detail.get("reason", "")]
        case CaseEventKind.REVOCATION_SERVED:
            parts = [detail.get("receiver", ""), detail.get("way", "")]
        case _:
            parts = []
    return "，".join(part for part in parts if part)
