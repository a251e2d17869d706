"""The words for what makes no sense in an item standard, and the way out (事项标准的体检)."""

from collections.abc import Mapping
from typing import Final

from clerk.domain.sheet_faults import FaultLevel
from clerk.domain.standard_lint import LintFinding, LintKind

LEVEL: Final[Mapping[FaultLevel, str]] = {
    FaultLevel.ERROR: "错误",
    FaultLevel.WARNING: "警告",
    FaultLevel.HINT: "提示",
}

_SENTENCE: Final[Mapping[LintKind, str]] = {
    LintKind.NEVER_ASKED: "“{name}”的条件永远不成立，从来不会出现",
    LintKind.ALWAYS_ASKED: "“{name}”的条件总是成立，写了等于没写",
    LintKind.ANSWER_UNUSED: "问题“{name}”怎么回答都一样，不改变材料、表单、规则和收费",
    LintKind.NEVER_FAILS: "规则“{name}”永远通过，等于没有核对",
    LintKind.ALWAYS_FAILS: "规则“{name}”只要适用就通不过，这种情形永远不能受理",
    LintKind.NO_WAY_TO_DECLINE: "规则“{name}”终止办理，但不予受理的理由里没有能用的一条",
    LintKind.BASIS_VAGUE: "“{name}”的依据“{text}”查不到，等于没有依据",
    LintKind.CATCH_ALL: "“{name}”里有兜底的说法“{text}”",
    LintKind.NO_MAIN_MATERIAL: "没有一份主要材料，什么都可以后补",
    LintKind.NECESSITY_DIFFERS: "“{name}”的必要性写着“{label}”，缺了它却不能受理",
    LintKind.HANDLER_NOT_THERE: "“{name}”要代办人来交，没有代办人的办件也要",
    LintKind.CERTIFICATE_NAMED_TWICE: "证照类型 {code} 既叫“{other}”又叫“{name}”",
    LintKind.LETTER_MISSING: "“{name}”的承诺书模板 {letter} 不在程序里，承诺书出不来",
    LintKind.SAME_MATERIAL_TWICE: "“{name}”和材料 {other} 同名，窗口分不清",
    LintKind.SAMPLES_MISSING: "样例只有{number}个，或者没有能受理的、没有要告知的",
    LintKind.NEVER_SAMPLED: "没有样例要到“{name}”",
    LintKind.REVIEW_BODY_DIFFERS: "救济途径写的复议机关是“{text}”，对{name}应当是{other}",
    LintKind.REMEDY_TERM_MISSING: "救济途径没有写“{text}”的期限",
}

_REMEDY: Final[Mapping[LintKind, str]] = {
    LintKind.NEVER_ASKED: "改正条件，或者删去这一条",
    LintKind.ALWAYS_ASKED: "删去条件，或者改成要区分的条件",
    LintKind.ANSWER_UNUSED: "删去这个问题，或者写明哪个回答要什么",
    LintKind.NEVER_FAILS: "改正应当成立的条件，或者删去这条规则",
    LintKind.ALWAYS_FAILS: "写明终止办理的说明（ends），或者改为提示",
    LintKind.NO_WAY_TO_DECLINE: "在不予受理的理由里加上：不需要办理，或者要写有权机关的一条",
    LintKind.BASIS_VAGUE: "写明哪部法律、第几条",
    LintKind.CATCH_ALL: "写明是哪一份材料、看哪一点",
    LintKind.NO_MAIN_MATERIAL: "标出主要材料（main）",
    LintKind.NECESSITY_DIFFERS: "改必要性，或者给它容缺的期限",
    LintKind.HANDLER_NOT_THERE: "加上条件：有人代办",
    LintKind.CERTIFICATE_NAMED_TWICE: "统一成证照目录里的名称",
    LintKind.LETTER_MISSING: "改成有的模板，或者先把模板放进本单位的资料目录",
    LintKind.SAME_MATERIAL_TWICE: "合成一份，或者写明各是哪一份",
    LintKind.SAMPLES_MISSING: "至少写三个：能受理的、要一次性告知的、容缺或承诺的",
    LintKind.NEVER_SAMPLED: "加一个要到它的样例",
    LintKind.REVIEW_BODY_DIFFERS: "改成法定的复议机关，或者删去这段话，用程序里的",
    LintKind.REMEDY_TERM_MISSING: "补上期限；法律另有规定的，写明依据",
}


def sentence(found: LintFinding) -> str:
    """Return what makes no sense."""
    return _SENTENCE[found.kind].format_map({"name": found.name, **found.detail})


def remedy(found: LintFinding) -> str:
    """Return what to do about it."""
    return _REMEDY[found.kind]
