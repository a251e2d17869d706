"""The words for what differs between a sample case and its check (样例)."""

from collections.abc import Callable, Mapping
from typing import Final

from clerk.domain.findings import Check
from clerk.domain.notice_points import notice_findings
from clerk.domain.sample_case import Expected, GivenAs
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

GIVEN: Final[Mapping[GivenAs, str]] = {
    GivenAs.USUAL: "按最方便的方式，齐全",
    GivenAs.MISSING: "没有交",
    GivenAs.PAPER: "交纸质的",
    GivenAs.SCAN: "扫描",
    GivenAs.FILE: "交文件",
    GivenAs.CARD: "读身份证",
    GivenAs.MADE: "由申请表生成",
    GivenAs.CERTIFICATE: "调电子证照",
    GivenAs.SHARED_DATA: "核共享数据",
    GivenAs.COMMITMENT: "告知承诺",
    GivenAs.DEFERRAL: "容缺后补",
    GivenAs.EXEMPT: "免提交",
}
CHECKS: Final[Mapping[Check, str]] = {
    Check.APPLICANT_KNOWN: "申请人",
    Check.APPLICANT_KIND: "申请人的类型",
    Check.APPLICANT_IDENTITY: "申请人的身份",
    Check.REPRESENTATIVE_KNOWN: "负责人",
    Check.HANDLER_MANDATE: "委托",
    Check.ITEM_IN_FORCE: "标准在用",
    Check.WINDOW_DELEGATED: "窗口的授权",
    Check.QUESTION_ANSWERED: "没有回答",
    Check.FIELD_FILLED: "没有填",
    Check.FIELD_FORM: "填写的格式",
    Check.FIELD_BOUNDS: "填写的大小",
    Check.FIELD_CONFLICT: "前后不一致",
    Check.RULE: "不符合",
    Check.MATERIAL_PRESENT: "没有交",
    Check.MATERIAL_WAY: "收取方式",
    Check.MATERIAL_ORIGINALS: "原件份数",
    Check.MATERIAL_COPIES: "复印件份数",
    Check.MATERIAL_AGE: "开具时间",
    Check.MATERIAL_VALIDITY: "有效期",
    Check.MATERIAL_PAGES: "页数",
    Check.MATERIAL_FILE_FORMAT: "文件格式",
    Check.MATERIAL_ISSUER: "出具单位",
    Check.MATERIAL_SIGNED: "签名",
    Check.MATERIAL_SEALED: "盖章",
    Check.MATERIAL_POINT: "审查要点",
    Check.MATERIAL_FIT: "不合规",
    Check.CERTIFICATE_STATUS: "证照状态",
    Check.DATA_STANDS: "共享数据",
    Check.DEFERRAL_ALLOWED: "能否容缺",
    Check.PROMISE_ALLOWED: "能否承诺",
    Check.CREDIT_CLEAR: "失信记录",
}
"""What a check is called where a sample names it."""

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


def difference_words(
    one: SampleDifference, called: Callable[[str], str] = lambda code: code
) -> str:
    """Return the sentence for one thing that differs, where the check itself is not at hand.

    ``called`` says what a code of the standard is called.
    """
    if one.trouble is SampleTrouble.OTHER_OUTCOME:
        return "结论和应有的不一样"
    what = one.what if one.trouble is SampleTrouble.FAULTY else called(one.what)
    return _SENTENCE[one.trouble].format(what=what)


def _difference(result: SampleResult, one: SampleDifference) -> str:
    if one.trouble is not SampleTrouble.OTHER_OUTCOME:
        return _SENTENCE[one.trouble].format(what=one.what)
    verdict = result.verdict
    came = HEADLINE[verdict.headline] if verdict else ""
    told = f"（告知书写{len(notice_findings(verdict))}处）" if verdict and verdict.failed else ""
    return f"应为{EXPECTED[result.sample.expect]}，实际是{came}{told}"
