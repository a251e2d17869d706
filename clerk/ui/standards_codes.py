"""The code sets a standard is written in (代码集): codes and closed words with what they read as.

P is the national platform's reporting set, as docs/standard-format.md says.
"""

from typing import Final

from clerk import wording_standard as standard
from clerk.domain.party import PartyKind
from clerk.domain.shared_data import SharedSource
from clerk.domain.standard import FileFormat
from clerk.ui.standards_shape import Coded
from clerk.wording import GROUPS, PARTY_KINDS, WAYS
from clerk.wording_shared import SOURCES

SAMPLES: Final = "samples"
"""How findings name the sample cases, which are no part of the standard."""

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
LAW_KINDS: Final[Coded] = tuple((one.value, words) for one, words in standard.LAW_KINDS.items())
DECIDERS: Final[Coded] = tuple((one.value, words) for one, words in standard.DECIDERS.items())
UNITS: Final[Coded] = tuple((one.value, words) for one, words in standard.LIMIT_UNITS.items())
FIELD_KINDS: Final[Coded] = tuple((one.value, words) for one, words in standard.FIELD_KINDS.items())
RULE_KINDS: Final[Coded] = tuple((one.value, words) for one, words in standard.RULE_KINDS.items())
STEP_KINDS: Final[Coded] = tuple((one.value, words) for one, words in standard.STEP_KINDS.items())
CHECK_METHODS: Final[Coded] = tuple(
    (one.value, words) for one, words in standard.CHECK_METHODS.items()
)
EXCLUSIONS: Final[Coded] = tuple((one.value, words) for one, words in standard.EXCLUSIONS.items())
HOLDERS: Final[Coded] = tuple(standard.HOLDERS.items())
PAYEES: Final[Coded] = tuple((one.value, words) for one, words in standard.PAYEES.items())
APPLICANT_KINDS: Final[Coded] = tuple((kind.value, PARTY_KINDS[kind]) for kind in PartyKind)
GIVEN_WAYS: Final[Coded] = tuple((way.value, words) for way, words in WAYS.items())
RULE_GROUPS: Final[Coded] = tuple((group.value, words) for group, words in GROUPS.items())
FILE_FORMATS: Final[Coded] = tuple((one.value, one.value) for one in FileFormat)
SHARED_SOURCES: Final[Coded] = tuple((one.value, SOURCES[one]) for one in SharedSource)
FACE_VALUES: Final = (
    *("名称", "统一社会信用代码", "住所", "经营场所", "经营者", "法定代表人", "负责人", "经营范围"),
    *("姓名", "公民身份号码", "性别", "民族", "出生日期", "户籍地址", "住址", "权利人", "坐落"),
)
"""What usually stands on certificates, beside what a standard names already."""
