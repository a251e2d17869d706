"""The words for what differs between a sample case and its check (样例)."""

from collections.abc import Mapping
from typing import Final

from clerk.domain.notice_points import notice_findings
from clerk.domain.sample_case import Expected
from clerk.domain.sample_run import SampleDifference, SampleResult, SampleTrouble
from clerk.wording_recheck import HEADLINE

EXPECTED: Final[Mapping[Expected, str]] = {
    Expected.ACCEPT: "可以受理",
    Expected.DEFERRAL: "容缺受理",
    Expected.RECEIVE: "收件转部门",
    Expected.NOTICE: "一次性告知",
    Expected.GAPS: "还有没办完的",
    Expected.NOT_REQUIRED: "不需要办理",
    Expected.NOT_OURS: "不归本机关办",
}

_SENTENCE: Final[Mapping[SampleTrouble, str]] = {
    SampleTrouble.FAULTY: "{what}",
    SampleTrouble.NOT_NAMED: "应当指出 {what}，实际没有指出",
    SampleTrouble.NAMED_TOO: "多指出了 {what}",
    SampleTrouble.NOT_ASKED: "应当要 {what}，实际不要",
    SampleTrouble.ASKED_TOO: "不应当要 {what}，实际要了",
    SampleTrouble.NOT_WARNED: "应当提示 {what}，实际没有提示",
    SampleTrouble.WARNED_TOO: "多提示了 {what}",
}


def differences(result: SampleResult) -> tuple[str, ...]:
    """Return a sentence for everything in which a sample came out otherwise than it expects."""
    return tuple(_difference(result, one) for one in result.differences)


def difference_words(one: SampleDifference) -> str:
    """Return the sentence for one thing that differs, where the check itself is not at hand."""
    if one.trouble is SampleTrouble.OTHER_OUTCOME:
        return "结论和应有的不一样"
    return _SENTENCE[one.trouble].format(what=one.what)


def _difference(result: SampleResult, one: SampleDifference) -> str:
    if one.trouble is not SampleTrouble.OTHER_OUTCOME:
        return _SENTENCE[one.trouble].format(what=one.what)
    verdict = result.verdict
    came = HEADLINE[verdict.headline] if verdict else ""
    told = f"（告知书写{len(notice_findings(verdict))}处）" if verdict and verdict.failed else ""
    return f"应为{EXPECTED[result.sample.expect]}，实际是{came}{told}"
