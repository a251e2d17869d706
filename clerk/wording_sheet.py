"""The words for what is wrong with a bureau's worksheet (实施清单表)."""

from collections.abc import Mapping
from typing import Final

from clerk.domain.sheet_drafts import DraftChange
from clerk.domain.sheet_faults import FaultLevel, SheetFault, SheetRule
from clerk.wording_standard import fault_words

LEVEL: Final[Mapping[FaultLevel, str]] = {
    FaultLevel.ERROR: "错误",
    FaultLevel.WARNING: "警告",
    FaultLevel.HINT: "提示",
}

CHANGE: Final[Mapping[DraftChange, str]] = {
    DraftChange.ADDED: "新增",
    DraftChange.CHANGED: "修改",
    DraftChange.SAME: "不变",
    DraftChange.ENDED: "取消",
}

FAULT_HEADINGS: Final = ("工作表", "行", "栏", "级别", "规则", "问题")

_SENTENCE: Final[Mapping[SheetRule, str]] = {
    SheetRule.COLUMN_MISSING: "缺少“{label}”这一栏",
    SheetRule.MEANING_UNSAID: "“{label}”有两种填法：原件或复印件，还是证件证明或申请表格。请先说明是哪一种",
    SheetRule.FORMULA: "{label}是公式，没有读入。请在表里把公式粘贴为数值",
    SheetRule.ERROR_VALUE: "{label}是错误值 {value}，请在表里改正",
    SheetRule.TOO_LONG: "{label}有{long}个字，超过{most}个，请缩短",
    SheetRule.DIGITS_LOST: "{label}被表格软件存成了数字，末尾几位已经丢失。请把这一栏设为文本，重新填写编码",
    SheetRule.CODE_FORM: "{label}只能是数字、字母和连字符，请核对",
    SheetRule.DAY_UNKNOWN: "{label}“{value}”认不出是哪一天，请写成 2026-03-18",
    SheetRule.NUMBER_UNKNOWN: "{label}“{value}”应是一个整数，请核对",
    SheetRule.YES_OR_NO: "{label}“{value}”应为是或否，请核对",
    SheetRule.CODE_UNKNOWN: "{label}“{value}”不在代码里（{known}），请核对",
    SheetRule.EMPTY: "{label}没有填",
    SheetRule.DOUBLE_ITEM: "和第{first}行是同一个编码的事项，只能留一行",
    SheetRule.DOUBLE_MATERIAL: "“{name}”在第{first}行已经有了",
    SheetRule.BEGINS_EARLIER: "生效日期{begins}早于今天，新版本从今天或以后生效",
    SheetRule.DRAFT_EXISTS: "这个事项已有草稿，这一行不存。先把那份草稿送审或放弃，再导一次",
    SheetRule.DRAFT_LACKS: "存为草稿后还有{many}处要补，才能发布：{lacking}",
    SheetRule.PROMISED_TOO_LONG: "承诺时限{promised}比法定时限{statutory}长，承诺时限不能超过法定时限",
    SheetRule.ON_THE_SPOT_TOO_LONG: "即办件的承诺时限是{promised}个工作日，通常是0或1",
    SheetRule.VISIT_UNEXPLAINED: "能网上办却要到现场，必须现场办理的原因没有填",
    SheetRule.CATCH_ALL: "“{name}”是兜底的说法，要写明是哪一份材料",
    SheetRule.MATERIAL_LACKS: "“{name}”没有写{lacking}",
    SheetRule.CERTIFICATE_UNLINKED: "“{name}”由政府部门核发，没有关联电子证照，看看能不能免提交",
    SheetRule.FEE_UNLISTED: "写明收费，却没有收费项目",
    SheetRule.NOT_OFFERED: "取消日期{ends}已到，或者不晚于生效日期，这个事项不再提供",
    SheetRule.TASK_CODE: "实施编码不是31位，或者前18位不是有效的统一社会信用代码",
}


def fault(found: SheetFault) -> str:
    """Return the sentence of a fault."""
    detail = dict(found.detail)
    if found.rule is SheetRule.DRAFT_LACKS:
        detail["lacking"] = "；".join(map(fault_words, detail["lacking"].split("\n")))
    return _SENTENCE[found.rule].format_map(detail)


def place(found: SheetFault) -> str:
    """Return where a fault stands, as the worksheet names its cells."""
    return f"{found.column}{found.row}" if found.column else f"第{found.row}行"


def fault_cells(found: SheetFault) -> tuple[str, ...]:
    """Return a fault as a line under ``FAULT_HEADINGS``."""
    level = LEVEL[found.level]
    return (found.sheet, str(found.row), found.column, level, found.rule.value, fault(found))
