"""The tabs of the editor and what each of them holds: one line an element of the standard."""

from typing import Final

from clerk.ui import standards_codes as code
from clerk.ui import standards_sources as sources
from clerk.ui.standards_materials import REQUIREMENTS, points
from clerk.ui.standards_shape import (
    NO_CLAUSE,
    Element,
    Lines,
    Section,
    Tab,
    all_chosen,
    chosen,
    clause,
    coded,
    codes,
    condition,
    day,
    flag,
    limit,
    long_text,
    number,
    pairs,
    text,
    texts,
    whole,
    word,
    words,
)

_CODE: Final = text("code", "代码")


_OPTIONS: Final = Lines(
    key="options",
    name="选项",
    title="label",
    elements=(_CODE, text("label", "选项")),
    fresh={"code": "option", "label": ""},
)
_QUESTIONS: Final = Lines(
    key="questions",
    name="问题",
    title="text",
    elements=(
        text("text", "问什么", wide=True),
        _CODE,
        chosen("known_from", "事先知道的来源", sources.answers_known),
        condition("when", "什么时候才问"),
        *clause(),
    ),
    fresh={"code": "question", "text": "", "options": [], "basis": NO_CLAUSE},
    below=_OPTIONS,
)
_COMPUTED: Final = (
    all_chosen("computed.sum", "算出来：这些填写项相加", sources.counted),
    all_chosen("computed.difference", "算出来：第一项减去其余各项", sources.counted),
    all_chosen("computed.product", "算出来：这些填写项相乘", sources.counted),
    chosen("computed.age", "算出来：按哪个日期算周岁", sources.days),
    chosen("computed.date.from", "算出来：从哪个日期推算", sources.days),
    whole("computed.date.days", "往后", "天"),
    whole("computed.date.workdays", "往后", "工作日"),
    whole("computed.date.months", "往后", "个月"),
    whole("computed.date.years", "往后", "年"),
)
_FIELDS: Final = Lines(
    key="fields",
    name="填写项",
    title="label",
    elements=(
        text("label", "名称"),
        _CODE,
        word("kind", "怎样填", code.FIELD_KINDS),
        text("unit", "单位"),
        flag("required", "必填", otherwise=True),
        whole("max_length", "最多几个字"),
        number("at_least", "不小于"),
        number("at_most", "不大于"),
        all_chosen("prefill", "值从哪里来，先选的先用", sources.values_known),
        *_COMPUTED,
        text("hint", "填写提示", wide=True),
        condition("when", "什么时候才填"),
        *clause(),
    ),
    fresh={"code": "field", "label": "", "kind": "text", "basis": NO_CLAUSE},
    below=_OPTIONS,
)


_RULES: Final = Lines(
    key="rules",
    name="规则",
    title="text",
    elements=(
        text("text", "规则，一句话", wide=True),
        _CODE,
        word("kind", "种类", code.RULE_KINDS),
        word("group", "归到哪一组", code.RULE_GROUPS),
        flag("hard", "不符合就不能受理", otherwise=True),
        condition("must", "要成立的条件"),
        all_chosen("subjects", "比较哪几处", sources.compared),
        number("tolerance", "最多相差"),
        number("tolerance_percent", "最多相差（前者的百分之几）"),
        texts("units", "数后面可以写的单位，一行一个"),
        condition("when", "什么情形才核对"),
        text("remedy", "不符合时怎么办", wide=True),
        text("ends", "为什么不该在这里办（终止办理）", wide=True),
        text("competent_body", "有权的机关", wide=True),
        *clause(),
    ),
    fresh={"code": "RULE", "kind": "holds", "group": "form", "text": "", "basis": NO_CLAUSE},
)
_DECLINES: Final = Lines(
    key="decline_reasons",
    name="不受理理由",
    title="text",
    elements=(
        text("text", "理由", wide=True),
        _CODE,
        flag("not_required", "不需要办理"),
        flag("needs_competent_body", "要告知有权机关"),
        *clause(),
    ),
    fresh={
        "code": "REASON",
        "text": "",
        "not_required": False,
        "needs_competent_body": False,
        "basis": NO_CLAUSE,
    },
)
_BASES: Final = Lines(
    key="bases",
    name="设定依据",
    title="law",
    elements=clause(""),
    fresh=NO_CLAUSE,
    titled=lambda line: f"{line.get('law') or ''}{line.get('article') or ''}",
)
_CHAIN: Final = Lines(
    key="chain",
    name="环节",
    title="name",
    elements=(
        text("name", "环节"),
        text("by", "谁办"),
        _CODE,
        word("kind", "做什么", code.STEP_KINDS, otherwise="opinion"),
        *limit("limit", "时限", code.UNITS),
        flag("passes_on", "办完报上级决定", otherwise=False),
        *clause(),
    ),
    fresh={"code": "step", "name": "", "by": "", "limit": {"amount": 5, "unit": "workdays"}},
)
_PROCEDURES: Final = Lines(
    key="special_procedures",
    name="特别程序",
    title="name",
    elements=(
        text("name", "程序"),
        whole("days", "天数", "工作日"),
        flag("extends", "属于延长审批"),
        *clause(),
    ),
    fresh={"name": "", "extends": False, "days": 10, "basis": NO_CLAUSE},
)
_FEES: Final = Lines(
    key="fees",
    name="收费",
    title="name",
    elements=(
        text("name", "收费项目"),
        _CODE,
        whole("amount_fen", "金额", "分"),
        word("payee", "谁收", code.PAYEES, otherwise="treasury"),
        text("standard", "收费标准", wide=True),
        text("income_code", "非税收入项目编码"),
        flag("reducible", "可以减免", otherwise=False),
        flag("before_result", "领结果前缴清", otherwise=True),
        chosen("per", "按哪一项填写的数计", sources.counted),
        text("unit", "计量单位"),
        whole("free", "免费的份数"),
        condition("when", "什么情形才收"),
        *clause(),
    ),
    fresh={"name": "", "standard": "", "amount_fen": 0, "basis": NO_CLAUSE},
    below=Lines(
        key="exemptions",
        name="免缴情形",
        title="label",
        elements=(_CODE, text("label", "情形"), text("proof", "凭什么", wide=True)),
        fresh={"code": "exemption", "label": ""},
    ),
)
_DELEGATIONS: Final = Lines(
    key="delegations",
    name="授权受理",
    title="counter_code",
    elements=(
        text("counter_code", "窗口号"),
        text("document", "授权文件"),
        day("from_on", "从哪天起"),
        day("until_on", "到哪天止"),
    ),
    fresh={"counter_code": "", "document": ""},
    titled=lambda line: f"{line.get('counter_code') or ''} 号窗，到 {line.get('until_on') or ''}",
)
_HEAD: Final[tuple[Element, ...]] = (
    text("name", "事项名称", wide=True),
    text("catalog_code", "基本编码"),
    text("task_code", "实施编码"),
    text("handle_item_code", "业务办理项编码"),
    text("local_code", "本地编码"),
    coded("state", "事项状态", code.STATES),
    coded("item_type", "事项类型", code.ITEM_TYPES),
    word("law_kind", "适用哪类法律", code.LAW_KINDS),
    coded("project_type", "办件类型", code.PROJECT_TYPES),
    word("decided_by", "谁来决定", code.DECIDERS),
    coded("use_level", "行使层级", code.LEVELS),
    coded("power_source", "权力来源", code.POWER_SOURCES),
    words("applicant_kinds", "谁可以申请", code.APPLICANT_KINDS),
    codes("service_objects", "服务对象", code.SERVICE_OBJECTS),
    texts("aliases", "俗称，一行一个"),
)
_BODY: Final[tuple[Element, ...]] = (
    text("body.name", "实施主体", wide=True),
    text("body.short_name", "简称"),
    text("body.code", "统一社会信用代码"),
    coded("body.kind", "实施主体性质", code.BODY_KINDS),
    text("body.document_mark", "发文代字"),
    text("body.phone", "电话"),
    text("body.supervise_phone", "监督电话"),
    text("body.address", "地址", wide=True),
)
_HANDLING: Final[tuple[Element, ...]] = (
    texts("acceptance_conditions", "受理条件，一行一条"),
    texts("process", "办理流程，一行一步"),
    codes("handling_forms", "办理形式", code.HANDLING_FORMS),
    whole("visits", "到现场次数", "次"),
    text("visit_reason", "必须到现场的原因"),
    text("place", "办理地点", wide=True),
    text("hours", "办理时间", wide=True),
    text("consult", "咨询方式", wide=True),
    flag("charged", "收费"),
    flag("on_site_check", "决定前要现场核查", otherwise=False),
    flag("offline", "可离线收件", otherwise=False),
    long_text("remedies", "救济途径"),
    texts("opinions", "常用审批意见，一行一条"),
)
_RESULT: Final[tuple[Element, ...]] = (
    coded("result.kind", "结果类型", code.RESULT_KINDS, "L"),
    text("result.name", "结果名称"),
    text("result.certificate_type_code", "电子证照类型代码"),
    text("result.validity", "有效期"),
)
_LIMITS: Final[tuple[Element, ...]] = (
    *limit("statutory_limit", "法定时限", code.UNITS),
    *limit("promised_limit", "承诺时限", code.UNITS),
    whole("decision_limit_workdays", "决定是否受理（只有许可）", "工作日"),
)

EDITED: Final[tuple[Tab, ...]] = (
    Tab(
        name="要素",
        sections=(
            Section(name="名称和分类", elements=_HEAD),
            Section(name="实施主体", elements=_BODY),
            Section(name="办理", elements=_HANDLING),
            Section(name="办理结果", elements=_RESULT),
            Section(
                name="其他要素",
                elements=(pairs("elements", "只保存的要素，一行一项：名称 = 内容"),),
            ),
        ),
    ),
    Tab(name="情形", sections=(Section(name="问题", lines=_QUESTIONS),)),
    Tab(name="申请表", sections=(Section(name="填写项", lines=_FIELDS),)),
    Tab(name="材料", sections=(Section(name="材料", lines=REQUIREMENTS),)),
    Tab(
        name="规则",
        sections=(
            Section(name="规则", lines=_RULES),
            Section(name="不受理理由", lines=_DECLINES),
            Section(name="退回理由", lines=points("return_reasons", "退回理由")),
            Section(name="首席代表要看", lines=points("chief_points", "要点")),
            Section(name="现场核查要点", lines=points("site_points", "要点")),
        ),
    ),
    Tab(
        name="依据和时限",
        sections=(
            Section(name="时限", elements=_LIMITS),
            Section(name="设定依据", lines=_BASES),
            Section(name="环节", lines=_CHAIN),
            Section(name="特别程序", lines=_PROCEDURES),
            Section(name="收费", lines=_FEES),
            Section(name="授权受理", lines=_DELEGATIONS),
        ),
    ),
)
TRIAL: Final = Tab(name="试办")
VERSIONS: Final = Tab(name="版本")
TREE: Final = Tab(name="结构")
TABS: Final[tuple[Tab, ...]] = (*EDITED, TRIAL, VERSIONS, TREE)


def tab_of(key: str) -> int:
    """The tab at which a key of the standard is edited; the first for one that nobody knows."""
    if key == code.SAMPLES:
        return TABS.index(TRIAL)
    return next((place for place, tab in enumerate(EDITED) if key in tab.edits()), 0)
