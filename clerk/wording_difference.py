"""The words for what differs between two versions of a standard (版本差异)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from clerk.domain.condition_parsing import condition_from
from clerk.domain.errors import StandardFaulty
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_difference import (
    ElementChange,
    ItemChange,
    LineChange,
    StandardChangeKind,
)
from clerk.domain.standard_parsing import readable_from
from clerk.values import dataclass
from clerk.wording_rules import condition_words, path_words
from clerk.wording_standard import CLOSED, ELEMENTS

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two that are compared: its mapping, and what can be read of it."""

    table: Table
    standard: ItemStandard

    @classmethod
    def of(cls, table: Table) -> "_Side":
        return cls(table, readable_from(table))


GROUP: Final[Mapping[str, str]] = {
    "": "基本信息和时限",
    "bases": "设定依据",
    "questions": "情形",
    "fields": "申请表",
    "requirements": "材料",
    "rules": "核对规则",
    "fees": "收费",
    "special_procedures": "特别程序",
    "chain": "办理链",
    "decline_reasons": "不予受理的理由",
    "return_reasons": "退回的理由",
    "chief_points": "审批要点",
    "site_points": "现场核查要点",
    "delegations": "授权受理",
}
"""The lists of a standard, by the key in its file, in the order in which they are shown."""

_LINE: Final[Mapping[str, str]] = {
    "bases": "依据",
    "questions": "问题",
    "fields": "表单项",
    "requirements": "材料",
    "rules": "规则",
    "fees": "收费项目",
    "special_procedures": "特别程序",
    "chain": "层级",
    "decline_reasons": "理由",
    "return_reasons": "理由",
    "chief_points": "要点",
    "site_points": "要点",
    "delegations": "窗口",
    "options": "选项",
    "review_points": "审查要点",
    "exemptions": "减免",
}
_ELEMENT: Final[Mapping[str, str]] = {
    **ELEMENTS,
    "state": "状态",
    "handle_item_code": "办理项编码",
    "law_kind": "适用法律",
    "decided_by": "由谁决定",
    "applicant_kinds": "申请人类型",
    "statutory_limit": "法定办结时限",
    "promised_limit": "承诺办结时限",
    "decision_limit_workdays": "决定受理的期限",
    "charged": "是否收费",
    "opinions": "审批意见",
    "on_site_check": "现场核查",
    "elements": "其他要素",
    "options": "选项",
    "when": "适用条件",
    "must": "应当成立的条件",
    "prefill": "自动带入",
    "at_least": "下限",
    "at_most": "上限",
    "max_length": "最多字数",
    "hint": "提示",
    "computed": "推算",
    "necessity": "必要性",
    "material_kind": "材料类型",
    "copy_kind": "原件或复印件",
    "issuer": "出具机构",
    "issuers": "认可的出具机构",
    "page_format": "规格",
    "pages_at_least": "最少页数",
    "pages_at_most": "最多页数",
    "file_formats": "文件格式",
    "max_age_days": "开具后有效天数",
    "max_age_months": "开具后有效月数",
    "min_validity_days": "剩余有效天数",
    "valid_on": "到哪天仍应有效",
    "signature_by": "由谁签名",
    "not_needed_with": "有了哪份就不要",
    "never_promised": "不适用告知承诺",
    "deferral_workdays": "容缺期限",
    "exemption": "免提交",
    "remedy": "怎么改正",
    "group": "分组",
    "hard": "硬性",
    "subjects": "比较的内容",
    "ends": "终止办理的说明",
    "competent_body": "有权机关",
    "tolerance": "允许的差",
    "tolerance_percent": "允许的百分比差",
    "amount_fen": "金额（分）",
    "per": "按什么计",
    "free": "免费的数量",
    "income_code": "收入编码",
    "payee": "收款方",
    "extends": "是延长审批",
    "by": "由谁",
    "passes_on": "转报上级",
    "for_chief": "审批时再看",
    "needs_competent_body": "要写有权机关",
    "from_on": "起始日",
    "until_on": "截止日",
    "counter_code": "窗口",
    "law": "法律",
    "gist": "要旨",
    "type_code": "证照类型代码",
    "type_name": "证照名称",
    "holder": "持证人",
    "fills": "填入表单",
    "code": "编码",
    "document_mark": "文书字头",
    "certificate_type_code": "证照类型代码",
    "template": "承诺书模板",
    "check": "事后核查",
    "check_method": "核查方式",
    "check_within_workdays": "核查期限",
    "public": "公开范围",
    "excluded": "不得承诺的人",
}
_CLOSED: Final = frozenset(
    {"law_kind", "decided_by", "applicant_kinds", "ways", "holder", "signature_by"}
    | {"read_from_card", "signers", "kind", "group", "check_method", "never_promised"}
    | {"payee", "shared_source"}
)
"""Elements whose values are words of a closed list; of others a value is shown as it stands."""
_PATHS: Final = frozenset({"prefill", "subjects", "known_from", "valid_on", "per"})
_QUANTITY: Final = ("originals", "copies")
_UNIT: Final = {"workdays": "个工作日", "days": "日"}
_LONGEST: Final = 60


def heading(change: ItemChange) -> str:
    """Return what became of an item, in one line."""
    became = {
        StandardChangeKind.ADDED: "新增事项",
        StandardChangeKind.DROPPED: "不再有的事项",
    }.get(change.kind, "有改动的事项")
    return f"{became}：{change.name}（{change.item_code}）"


def grouped(
    change: ItemChange, before: Table, after: Table
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the sentences of every group that changed, by its title, in order."""
    held, now = _Side.of(before), _Side.of(after)
    found: dict[str, list[str]] = {}
    for line in change.lines:
        found.setdefault(GROUP[line.key], []).extend(_line(line, held, now))
    return tuple((title, tuple(sentences)) for title, sentences in found.items())


def sentences(change: ItemChange, before: Table, after: Table) -> tuple[str, ...]:
    """Return everything that changed, one sentence a line."""
    held, now = _Side.of(before), _Side.of(after)
    return tuple(one for line in change.lines for one in _line(line, held, now))


def _line(line: LineChange, before: _Side, after: _Side) -> Iterator[str]:
    if not line.key:
        for element in line.elements:
            yield _element(element, before, after)
        return
    what = _called(line)
    match line.kind:
        case StandardChangeKind.ADDED:
            yield f"增加{what}"
        case StandardChangeKind.DROPPED:
            yield f"去掉{what}"
        case StandardChangeKind.MOVED:
            yield f"{GROUP.get(line.key, _LINE[line.key])}的顺序有变化"
        case StandardChangeKind.CHANGED:
            yield f"{what}{'；'.join(_changes(line, before, after))}"


def _called(line: LineChange) -> str:
    name = line.name or line.code
    if line.key == "bases":
        return f"{_LINE[line.key]}《{name}》"
    if line.key == "delegations":
        return f"{name}号窗口的授权"
    return f"{_LINE[line.key]}“{name}”"


def _changes(line: LineChange, before: _Side, after: _Side) -> Iterator[str]:
    changed = {one.key for one in line.elements}
    if changed & set(_QUANTITY):
        held = _quantity(_of(line, before))
        now = _quantity(_of(line, after))
        yield f"从{held}改为{now}"
    for element in line.elements:
        if element.key not in _QUANTITY:
            yield _element(element, before, after)
    for part in line.parts:
        yield from _line(part, before, after)


def _of(line: LineChange, side: _Side) -> Table:
    listed = side.table.get(line.key)
    found = listed if isinstance(listed, list | tuple) else ()
    return next((one for one in found if one.get("code") == line.code), {})


def _quantity(line: Table) -> str:
    originals, copies = line.get("originals") or 0, line.get("copies") or 0
    parts = [f"原件{originals}份"] * bool(originals) + [f"复印件{copies}份"] * bool(copies)
    return "、".join(parts) or "0份"


def _element(change: ElementChange, before: _Side, after: _Side) -> str:
    key, label = change.key.split(".")[-1], _label(change.key)
    held = _value(key, change.before, before)
    now = _value(key, change.after, after)
    if isinstance(change.before, bool) or isinstance(change.after, bool):
        return f"{label}改为{now}" if change.after is not None else f"不再写{label}"
    if change.before is None:
        return f"{label}加上{now}"
    if change.after is None:
        return f"去掉{label}{held}"
    if isinstance(change.before, list | tuple) and isinstance(change.after, list | tuple):
        return _of_lists(label, key, change, before, after)
    return f"{label}从{held}改为{now}"


def _of_lists(label: str, key: str, change: ElementChange, before: _Side, after: _Side) -> str:
    held = [_one(key, one, before) for one in _listed(change.before)]
    now = [_one(key, one, after) for one in _listed(change.after)]
    gone = [one for one in held if one not in now]
    new = [one for one in now if one not in held]
    parts = [f"去掉{_joined(gone)}"] * bool(gone) + [f"加上{_joined(new)}"] * bool(new)
    return label + ("，".join(parts) or f"的顺序改为{_joined(now)}")


def _label(key: str) -> str:
    parts = key.split(".")
    return "的".join(_ELEMENT.get(part, part) for part in parts)


def _value(key: str, value: object, side: _Side) -> str:
    if value is None:
        return "（无）"
    if key in {"when", "must"}:
        return f"（{_condition(value, side)}）"
    if isinstance(value, list | tuple):
        return _joined([_one(key, one, side) for one in value])
    return _one(key, value, side)


def _one(key: str, value: object, side: _Side) -> str:
    if isinstance(value, Mapping):
        return _of_table(value, side)
    if isinstance(value, bool):
        return "是" if value else "否"
    if key in _PATHS:
        return path_words(str(value), side.standard)
    if isinstance(value, int | float | date):
        return str(value)
    text = str(value)
    if key in _CLOSED:
        return CLOSED.get(text, text)
    return f"“{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}”"


def _of_table(value: Table, side: _Side) -> str:
    if "label" in value and "code" in value:
        return f"{value['label']}"
    if "law" in value:
        return f"《{value['law']}》{value.get('article', '')}"
    if "amount" in value:
        note = f"（{value['note']}）" if value.get("note") else ""
        return f"{value['amount']}{_UNIT.get(str(value.get('unit')), '')}{note}"
    if "type_name" in value:
        return f"“{value['type_name']}”"
    pairs = (f"{_label(key)}{_value(key, one, side)}" for key, one in value.items())
    return f"（{'，'.join(pairs)}）"


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else ()


def _joined(parts: Iterable[str]) -> str:
    return "、".join(parts) or "（无）"


def _condition(value: object, side: _Side) -> str:
    try:
        return condition_words(condition_from(_table(value)), side.standard)
    except StandardFaulty:
        return "没写全的条件"


def _table(value: object) -> Table:
    return value if isinstance(value, Mapping) else {}
