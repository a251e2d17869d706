"""What the keys and closed words of a standard are called, so that a fault is told without them."""

import re
from collections.abc import Mapping
from typing import Final

from clerk.domain.fee_terms import Payee
from clerk.domain.limits import LimitUnit
from clerk.domain.party import PartyKind
from clerk.domain.promise_terms import CheckMethod, PromiseExclusion
from clerk.domain.rule import RuleKind
from clerk.domain.standard import DecidedBy, FieldKind, LawKind, StepKind
from clerk.wording import GROUPS, PARTY_KINDS, WAYS
from clerk.wording_shared import SOURCES

LAW_KINDS: Final[Mapping[LawKind, str]] = {
    LawKind.PERMIT: "行政许可",
    LawKind.BENEFIT: "行政给付",
    LawKind.CONFIRMATION: "行政确认",
    LawKind.FILING: "备案",
    LawKind.REGISTRATION: "登记",
    LawKind.PUBLIC_SERVICE: "公共服务",
    LawKind.OTHER: "其他",
}
DECIDERS: Final[Mapping[DecidedBy, str]] = {
    DecidedBy.CHIEF: "首席代表",
    DecidedBy.BACK_OFFICE: "部门后台",
}
LIMIT_UNITS: Final[Mapping[LimitUnit, str]] = {
    LimitUnit.WORKDAYS: "工作日",
    LimitUnit.DAYS: "自然日",
}
FIELD_KINDS: Final[Mapping[FieldKind, str]] = {
    FieldKind.TEXT: "文字",
    FieldKind.NUMBER: "数",
    FieldKind.INTEGER: "整数",
    FieldKind.MONEY: "金额",
    FieldKind.DATE: "日期",
    FieldKind.CHOICE: "选择",
    FieldKind.MOBILE: "手机号",
    FieldKind.RESIDENT_ID: "身份证号",
    FieldKind.CREDIT_CODE: "统一社会信用代码",
    FieldKind.BANK_ACCOUNT: "银行账号",
}
RULE_KINDS: Final[Mapping[RuleKind, str]] = {
    RuleKind.HOLDS: "条件成立",
    RuleKind.FIELDS_EQUAL: "两处一致",
    RuleKind.NAME_MATCHES_CERTIFICATE: "姓名名称与证照一致",
    RuleKind.DATE_NOT_BEFORE_TODAY: "日期不早于今天",
    RuleKind.NUMBERS_CLOSE: "两个数相近",
    RuleKind.NOT_TOGETHER: "不能同时有",
}
STEP_KINDS: Final[Mapping[StepKind, str]] = {
    StepKind.OPINION: "出意见",
    StepKind.PUBLICITY: "公示",
}
CHECK_METHODS: Final[Mapping[CheckMethod, str]] = {
    CheckMethod.NONE: "不核查",
    CheckMethod.ONLINE: "在线核查",
    CheckMethod.ON_SITE: "现场核查",
}
EXCLUSIONS: Final[Mapping[PromiseExclusion, str]] = {
    PromiseExclusion.NATIONAL_SECURITY: "国家安全",
    PromiseExclusion.STATE_SECRET: "国家秘密",
    PromiseExclusion.PUBLIC_SAFETY: "公共安全",
    PromiseExclusion.PRUDENTIAL_SUPERVISION: "金融业审慎监管",
    PromiseExclusion.ENVIRONMENT: "生态环境保护",
    PromiseExclusion.LIFE_AND_HEALTH: "直接关系人身健康、生命财产安全",
    PromiseExclusion.FOREIGN_AFFAIRS: "重要涉外",
}
PAYEES: Final[Mapping[Payee, str]] = {
    Payee.TREASURY: "财政",
    Payee.COURIER: "快递",
}
HOLDERS: Final[Mapping[str, str]] = {
    "applicant": "申请人",
    "representative": "法定代表人或负责人",
    "handler": "代办人",
}

LISTS: Final[Mapping[str, str]] = {
    "questions": "问题",
    "fields": "填写项",
    "requirements": "材料",
    "rules": "规则",
    "decline_reasons": "不受理理由",
    "return_reasons": "退回理由",
    "chief_points": "首席代表要看的要点",
    "site_points": "现场核查要点",
    "bases": "设定依据",
    "chain": "环节",
    "special_procedures": "特别程序",
    "fees": "收费项目",
    "delegations": "授权受理",
    "options": "选项",
    "review_points": "审查要点",
    "exemptions": "免缴情形",
    "samples": "样例",
}
ELEMENTS: Final[Mapping[str, str]] = {
    "name": "名称",
    "catalog_code": "基本编码",
    "task_code": "实施编码",
    "handle_item_code": "业务办理项编码",
    "local_code": "本地编码",
    "state": "事项状态",
    "item_type": "事项类型",
    "law_kind": "适用哪类法律",
    "project_type": "办件类型",
    "decided_by": "谁来决定",
    "use_level": "行使层级",
    "power_source": "权力来源",
    "applicant_kinds": "谁可以申请",
    "service_objects": "服务对象",
    "aliases": "俗称",
    "body": "实施主体",
    "short_name": "简称",
    "document_mark": "发文代字",
    "phone": "电话",
    "supervise_phone": "监督电话",
    "address": "地址",
    "acceptance_conditions": "受理条件",
    "process": "办理流程",
    "handling_forms": "办理形式",
    "visits": "到现场次数",
    "visit_reason": "必须到现场的原因",
    "place": "办理地点",
    "hours": "办理时间",
    "consult": "咨询方式",
    "charged": "收费",
    "on_site_check": "决定前要现场核查",
    "offline": "可离线收件",
    "remedies": "救济途径",
    "opinions": "常用审批意见",
    "result": "办理结果",
    "certificate_type_code": "电子证照类型代码",
    "validity": "有效期",
    "elements": "只保存的要素",
    "text": "文字",
    "code": "代码",
    "known_from": "事先知道的来源",
    "when": "什么情形才要",
    "basis": "依据",
    "law": "法律法规或文件",
    "article": "条款",
    "gist": "条文要点",
    "label": "名称",
    "kind": "种类",
    "unit": "单位",
    "required": "必填",
    "max_length": "最多几个字",
    "at_least": "不小于",
    "at_most": "不大于",
    "prefill": "值从哪里来",
    "computed": "算出来的值",
    "hint": "填写提示",
    "necessity": "材料必要性",
    "main": "主要材料",
    "material_kind": "材料类型（种类）",
    "copy_kind": "材料类型（原件复印件）",
    "form": "材料形式",
    "originals": "原件份数",
    "copies": "复印件份数",
    "ways": "收取方式",
    "source": "来源渠道",
    "issuer": "出具单位",
    "where_to_get": "到哪里取得",
    "acceptance_standard": "受理标准",
    "fill_note": "填报须知",
    "max_age_days": "出具不超过几天",
    "max_age_months": "出具不超过几个月",
    "min_validity_days": "有效期至少剩几天",
    "valid_on": "有效到哪个日期",
    "pages_at_least": "至少几页",
    "pages_at_most": "至多几页",
    "file_formats": "收哪些格式的文件",
    "signature_by": "谁签名",
    "signers": "还要谁签名",
    "issuers": "只收谁出具的",
    "not_needed_with": "有了哪份材料就不用交",
    "needs_seal": "要盖章",
    "page_format": "纸张规格",
    "generated_from_form": "由申请表生成",
    "read_from_card": "读谁的身份证",
    "deferral_workdays": "容缺后补期限",
    "exemption": "免提交的理由",
    "shared_source": "共享数据的来源",
    "shared_says": "共享数据要怎样说",
    "certificate": "电子证照",
    "type_code": "电子证照类型代码",
    "type_name": "电子证照名称",
    "holder": "谁的证照",
    "fills": "证照带入",
    "never_promised": "不适用告知承诺的原因",
    "promise": "告知承诺",
    "template": "承诺书范本",
    "check_method": "事后核查",
    "check_within_workdays": "几天内核查",
    "agent_may": "代办人可以承诺",
    "must_be_true": "承诺的内容",
    "check": "怎样核查",
    "public": "是否公开",
    "excluded": "哪些人不能承诺",
    "for_chief": "决定前首席代表再看",
    "group": "归到哪一组",
    "hard": "不符合就不能受理",
    "must": "要成立的条件",
    "subjects": "比较哪几处",
    "tolerance": "最多相差",
    "tolerance_percent": "最多相差百分之几",
    "units": "数后面可以写的单位",
    "remedy": "不符合时怎么办",
    "ends": "为什么不该在这里办",
    "competent_body": "有权的机关",
    "not_required": "不需要办理",
    "needs_competent_body": "要告知有权机关",
    "statutory_limit": "法定时限",
    "promised_limit": "承诺时限",
    "decision_limit_workdays": "决定是否受理的时限",
    "amount": "数",
    "note": "说明",
    "by": "谁办",
    "limit": "时限",
    "passes_on": "办完报上级决定",
    "days": "天数",
    "extends": "属于延长审批",
    "amount_fen": "金额",
    "payee": "谁收",
    "standard": "收费标准",
    "income_code": "非税收入项目编码",
    "reducible": "可以减免",
    "before_result": "领结果前缴清",
    "per": "按哪一项填写的数计",
    "free": "免费的份数",
    "proof": "凭什么",
    "counter_code": "窗口号",
    "document": "授权文件",
    "from_on": "从哪天起",
    "until_on": "到哪天止",
    "effective_on": "生效日期",
    "ended_on": "终止日期",
    "expect": "应有的结论",
    "names": "应当指出的各处",
    "answers": "回答",
    "materials": "材料怎样给",
    "asks": "应当要的材料",
    "asks_not": "不应当要的材料",
    "why": "为什么是这个结论",
}
"""Every element by its last key; a test holds them against the editor's own labels."""

CLOSED: Final[Mapping[str, str]] = {
    **{one.value: words for one, words in LAW_KINDS.items()},
    **{one.value: words for one, words in DECIDERS.items()},
    **{one.value: words for one, words in LIMIT_UNITS.items()},
    **{one.value: words for one, words in FIELD_KINDS.items()},
    **{one.value: words for one, words in RULE_KINDS.items()},
    **{one.value: words for one, words in STEP_KINDS.items()},
    **{one.value: words for one, words in CHECK_METHODS.items()},
    **{one.value: words for one, words in EXCLUSIONS.items()},
    **{kind.value: PARTY_KINDS[kind] for kind in PartyKind},
    **{way.value: words for way, words in WAYS.items()},
    **{group.value: words for group, words in GROUPS.items()},
    **{one.value: words for one, words in PAYEES.items()},
    **{one.value: words for one, words in SOURCES.items()},
    **HOLDERS,
}
"""Every word of a closed list, as it stands in the file."""
_STEP: Final = r"[a-z_]+(?:\[\d+\](?: [^\s.：]+)?| [A-Za-z0-9_]+)?"
_PLACE: Final = re.compile(rf"(?<![A-Za-z_.])(?P<place>{_STEP}(?:\.{_STEP})*)：")
_PART: Final = re.compile(r"(?P<key>[a-z_]+)(?:\[(?P<number>\d+)\])?(?: (?P<code>\S+))?")
_WORD: Final = re.compile(r"(?<![A-Za-z_:.])[a-z][a-z_]+(?![A-Za-z_:])")
_SAID_BEFORE: Final = re.compile(r"(?<=[\u4e00-\u9fff]) ([a-z_]+)(?![A-Za-z_:])")
"""A key behind the Chinese that says the same."""
_MEMBERS: Final[Mapping[str, str]] = {"standards": "", "samples": "的样例"}
_MEMBER: Final = re.compile(
    rf"(?P<kind>{'|'.join(_MEMBERS)})/(?P<item>[^/\s]+)/(?P<version>\d+)\.json ?"
)
_NAMES_A_CODE: Final = ("没有问题", "没有表单项", "没有材料", "没有选项", "没有审查要点")


def fault_words(fault: str) -> str:
    """A fault of a draft with its place and its words as people call them.

    ``requirements[2] LEASE.when：没有问题 kin`` is 材料 2 LEASE › 什么情形才要：没有问题 kin.
    """
    found = _PLACE.search(fault)
    begin = re.match(r"[a-z_]+", found["place"]) if found else None
    if found is None or begin is None or _word(begin[0]) == begin[0]:
        return fault
    before, says = fault[: found.start()], fault[found.end() :]
    return f"{before}{_place(found['place'])}：{says_words(says)}"


def package_fault_words(fault: str) -> str:
    """A fault of a package: the item and version of its file, then as ``fault_words`` tells it.

    ``standards/rest/2.json fields F1：缺少`` is rest 第2版 › 填写项 F1：缺少.
    """
    found = _MEMBER.match(fault)
    if found is None:
        return fault_words(fault)
    item = f"{found['item']} 第{found['version']}版{_MEMBERS[found['kind']]}"
    says = fault_words(fault[found.end() :])
    return f"{item}{says}" if says.startswith("：") else f"{item} › {says}"


def says_words(says: str) -> str:
    """What a fault says, its closed words in Chinese and its keys left out; codes stay."""
    if says.startswith(_NAMES_A_CODE):
        return says
    said = _SAID_BEFORE.sub(lambda key: key[0] if _is_closed(key[1]) else "", says)
    said = _WORD.sub(lambda word: _word(word[0]), said)
    return re.sub(r"(?<=[\u4e00-\u9fff）]) (?=[\u4e00-\u9fff])", "", said)


def _is_closed(word: str) -> bool:
    return word in CLOSED or (word not in LISTS and word not in ELEMENTS)


def _word(key: str) -> str:
    return CLOSED.get(key) or LISTS.get(key) or ELEMENTS.get(key) or key


def _place(named: str) -> str:
    said = []
    for step in named.split("."):
        part = _PART.fullmatch(step)
        if part is None:
            said.append(step)
            continue
        words = (_word(part["key"]), part["number"], part["code"])
        said.append(" ".join(one for one in words if one))
    return " › ".join(said)
