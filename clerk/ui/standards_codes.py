"""The code sets a standard is written in (代码集): codes and closed words with what they read as.

P is the national platform's reporting set, as docs/standard-format.md says.
"""

from typing import Final

from clerk.domain.limits import LimitUnit
from clerk.domain.party import PartyKind
from clerk.domain.promise_terms import CheckMethod, PromiseExclusion
from clerk.domain.rule import RuleKind
from clerk.domain.shared_data import SharedSource
from clerk.domain.standard import DecidedBy, FieldKind, FileFormat, LawKind, StepKind
from clerk.ui.standards_shape import Coded
from clerk.wording import GROUPS, PARTY_KINDS, WAYS
from clerk.wording_shared import SOURCES

ITEM_TYPES: Final[Coded] = (
    ("01", "行政许可"),
    ("05", "行政给付"),
    ("07", "行政确认"),
    ("08", "行政奖励"),
    ("09", "行政裁决"),
    ("10", "其他行政权力"),
    ("20", "公共服务"),
)
STATES: Final[Coded] = (("1", "在用"), ("2", "暂停"), ("3", "取消"))
PROJECT_TYPES: Final[Coded] = (("1", "即办件"), ("2", "承诺件"))
BODY_KINDS: Final[Coded] = (("1", "法定机关"), ("2", "授权组织"), ("3", "受委托组织"))
LEVELS: Final[Coded] = (
    ("1", "国家"),
    ("2", "省"),
    ("3", "市"),
    ("4", "县"),
    ("5", "镇（乡、街道）"),
    ("6", "村（社区）"),
)
POWER_SOURCES: Final[Coded] = (
    ("1", "法定本级行使"),
    ("2", "上级下放"),
    ("3", "上级授权"),
    ("4", "同级授权"),
    ("5", "上级委托"),
    ("6", "同级委托"),
)
SERVICE_OBJECTS: Final[Coded] = (
    ("1", "自然人"),
    ("2", "企业法人"),
    ("3", "事业法人"),
    ("4", "社会组织法人"),
    ("5", "非法人企业"),
    ("6", "行政机关"),
    ("9", "其他组织"),
)
HANDLING_FORMS: Final[Coded] = (("1", "窗口办理"), ("2", "网上办理"), ("3", "快递申请"))
RESULT_KINDS: Final[Coded] = (("10", "证照"), ("20", "批文"), ("30", "其他"), ("99", "无"))
NECESSITIES: Final[Coded] = (("1", "必要"), ("2", "非必要"), ("3", "容缺后补"))
COPY_KINDS: Final[Coded] = (("1", "原件"), ("2", "复印件"), ("3", "原件和复印件"))
MATERIAL_KINDS: Final[Coded] = (
    ("1", "证件证书证明"),
    ("2", "申请表格文书"),
    ("3", "其他"),
)
MATERIAL_FORMS: Final[Coded] = (("1", "纸质"), ("2", "电子化"), ("3", "纸质/电子化"))
MATERIAL_SOURCES: Final[Coded] = (
    ("10", "申请人自备"),
    ("20", "政府部门核发"),
    ("99", "其他"),
)
LAW_KINDS: Final[Coded] = (
    (LawKind.PERMIT.value, "行政许可"),
    (LawKind.BENEFIT.value, "行政给付"),
    (LawKind.CONFIRMATION.value, "行政确认"),
    (LawKind.FILING.value, "备案"),
    (LawKind.REGISTRATION.value, "登记"),
    (LawKind.PUBLIC_SERVICE.value, "公共服务"),
    (LawKind.OTHER.value, "其他"),
)
DECIDERS: Final[Coded] = (
    (DecidedBy.CHIEF.value, "首席代表"),
    (DecidedBy.BACK_OFFICE.value, "部门后台"),
)
UNITS: Final[Coded] = (
    (LimitUnit.WORKDAYS.value, "工作日"),
    (LimitUnit.DAYS.value, "自然日"),
)
FIELD_KINDS: Final[Coded] = (
    (FieldKind.TEXT.value, "文字"),
    (FieldKind.NUMBER.value, "数"),
    (FieldKind.INTEGER.value, "整数"),
    (FieldKind.MONEY.value, "金额"),
    (FieldKind.DATE.value, "日期"),
    (FieldKind.CHOICE.value, "选择"),
    (FieldKind.MOBILE.value, "手机号"),
    (FieldKind.RESIDENT_ID.value, "身份证号"),
    (FieldKind.CREDIT_CODE.value, "统一社会信用代码"),
    (FieldKind.BANK_ACCOUNT.value, "银行账号"),
)
RULE_KINDS: Final[Coded] = (
    (RuleKind.HOLDS.value, "条件成立"),
    (RuleKind.FIELDS_EQUAL.value, "两处一致"),
    (RuleKind.NAME_MATCHES_CERTIFICATE.value, "姓名名称与证照一致"),
    (RuleKind.DATE_NOT_BEFORE_TODAY.value, "日期不早于今天"),
    (RuleKind.NUMBERS_CLOSE.value, "两个数相近"),
    (RuleKind.NOT_TOGETHER.value, "不能同时有"),
)
STEP_KINDS: Final[Coded] = (
    (StepKind.OPINION.value, "出意见"),
    (StepKind.PUBLICITY.value, "公示"),
)
CHECK_METHODS: Final[Coded] = (
    (CheckMethod.NONE.value, "不核查"),
    (CheckMethod.ONLINE.value, "在线核查"),
    (CheckMethod.ON_SITE.value, "现场核查"),
)
EXCLUSIONS: Final[Coded] = (
    (PromiseExclusion.NATIONAL_SECURITY.value, "国家安全"),
    (PromiseExclusion.STATE_SECRET.value, "国家秘密"),
    (PromiseExclusion.PUBLIC_SAFETY.value, "公共安全"),
    (PromiseExclusion.PRUDENTIAL_SUPERVISION.value, "金融业审慎监管"),
    (PromiseExclusion.ENVIRONMENT.value, "生态环境保护"),
    (PromiseExclusion.LIFE_AND_HEALTH.value, "直接关系人身健康、生命财产安全"),
    (PromiseExclusion.FOREIGN_AFFAIRS.value, "重要涉外"),
)
HOLDERS: Final[Coded] = (
    ("applicant", "申请人"),
    ("representative", "法定代表人或负责人"),
    ("handler", "代办人"),
)
PAYEES: Final[Coded] = (("treasury", "财政"), ("courier", "快递"))
APPLICANT_KINDS: Final[Coded] = tuple((kind.value, PARTY_KINDS[kind]) for kind in PartyKind)
GIVEN_WAYS: Final[Coded] = tuple((way.value, words) for way, words in WAYS.items())
RULE_GROUPS: Final[Coded] = tuple((group.value, words) for group, words in GROUPS.items())
FILE_FORMATS: Final[Coded] = tuple((one.value, one.value) for one in FileFormat)
SHARED_SOURCES: Final[Coded] = tuple((one.value, SOURCES[one]) for one in SharedSource)
