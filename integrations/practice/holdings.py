"""The invented certificates of the practice library, and who holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from clerk.domain.certificate import CertificateStatus
from clerk.domain.check_digits import mod_37_36_check_character
from integrations.practice.pdf import one_page
from integrations.practice.people import (
    AREA,
    COUNTY,
    DISPATCH_COMPANY,
    FIRMS,
    LI_YANGBEN,
    NOODLE_SHOP,
    PEOPLE,
    SCHOOL,
    ZHANG_SHILI,
    ZHAO_XUGOU,
    ZHOU_MONI,
    PracticeFirm,
    PracticePerson,
)

_ROOT: Final = "1.2.156.3005.2"
_DEFINING_BODY: Final = "11990123MB0000094P"

BUSINESS_LICENCE: Final = "营业执照"
IDENTITY_CARD: Final = "居民身份证"
HOUSEHOLD_BOOK: Final = "居民户口簿"
REAL_ESTATE: Final = "不动产权证书"
SOCIAL_CARD: Final = "社会保障卡"
INSTITUTION: Final = "事业单位法人证书"
FOOD_PERMIT: Final = "食品经营许可证"


TYPE_CODES: Final = {
    name: f"{_DEFINING_BODY}{serial:03}"
    for serial, name in enumerate(
        (
            BUSINESS_LICENCE,
            HOUSEHOLD_BOOK,
            REAL_ESTATE,
            SOCIAL_CARD,
            INSTITUTION,
            IDENTITY_CARD,
            FOOD_PERMIT,
        ),
        1,
    )
}
"""The 21 characters of each type: defining body (18) and serial (3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A certificate in the library, listed under the number of ``owner``."""

    owner: str
    serial: str
    type_name: str
    number: str
    holder_name: str
    issuer_name: str
    issued_on: date
    valid_until_on: date | None = None
    status: CertificateStatus = CertificateStatus.VALID
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def type_code(self) -> str:
        """The 21 characters of its type."""
        return TYPE_CODES[self.type_name]

    @property
    def certificate_id(self) -> str:
        """Its identifier (GB/T 36904) with its check character."""
        parts = (self.type_code, AREA, self.serial, "001")
        check = mod_37_36_check_character("".join(parts))
        return ".".join((_ROOT, *parts, check))

    def file(self, version: int) -> bytes:
        """Return its file (PDF)."""
        lines = [f"{name}：{value}" for name, value in self.fields.items()]
        end = f"{self.valid_until_on:%Y-%m-%d}" if self.valid_until_on else "长期"
        return one_page(
            f"{self.type_name}（练习用，非真实证照）",
            [
                f"证照编号：{self.number}",
                f"持证主体：{self.holder_name}",
                *lines,
                f"发证机关：{self.issuer_name}",
                f"发证日期：{self.issued_on:%Y-%m-%d}",
                f"有效期至：{end}",
                f"文件版本：{version}",
            ],
        )


def _licence(firm: PracticeFirm, serial: str) -> Holding:
    sole = firm.kind == "个体工商户"
    fields = {
        "统一社会信用代码": firm.code,
        "名称": firm.name,
        "类型": firm.kind,
        "经营者" if sole else "法定代表人": firm.person.name,
        "经营场所" if sole else "住所": firm.address,
        "经营范围": firm.scope,
        "成立日期": f"{firm.registered_on:%Y-%m-%d}",
        "登记机关": "示例县市场监督管理局",
    }
    if firm.capital_10k:
        fields["注册资本万元"] = firm.capital_10k
    return Holding(
        owner=firm.code,
        serial=serial,
        type_name=BUSINESS_LICENCE,
        number=firm.code,
        holder_name=firm.name,
        issuer_name="示例县市场监督管理局",
        issued_on=firm.registered_on,
        fields=fields,
    )


def _card(person: PracticePerson, serial: str) -> Holding:
    return Holding(
        owner=person.id_number,
        serial=serial,
        type_name=IDENTITY_CARD,
        number=person.id_number,
        holder_name=person.name,
        issuer_name="示例县公安局",
        issued_on=date(2019, 8, 1),
        valid_until_on=date(2039, 8, 1),
        fields={
            "姓名": person.name,
            "性别": person.sex,
            "民族": person.nation,
            "出生日期": f"{person.birth_on:%Y-%m-%d}",
            "住址": person.address,
            "公民身份号码": person.id_number,
        },
    )


def _real_estate(
    owner: str,
    holder_name: str,
    serial: str,
    place: str,
    status: CertificateStatus = CertificateStatus.VALID,
) -> Holding:
    return Holding(
        owner=owner,
        serial=serial,
        type_name=REAL_ESTATE,
        number=f"示（2022）示例县不动产权第{serial}号",
        holder_name=holder_name,
        issuer_name="示例县自然资源局",
        issued_on=date(2022, 3, 28),
        status=status,
        fields={
            "权利人": holder_name,
            "共有情况": "单独所有",
            "坐落": f"{COUNTY}{place}",
            "不动产单元号": f"{AREA}001001GB00001F{serial[-8:]}",
            "权利类型": "国有建设用地使用权／房屋所有权",
            "用途": "商业服务",
            "建筑面积": "86.50",
        },
    )


_HOUSEHOLD: Final = Holding(
    owner=LI_YANGBEN.id_number,
    serial="0000000301",
    type_name=HOUSEHOLD_BOOK,
    number="9901230042",
    holder_name=LI_YANGBEN.name,
    issuer_name="示例县公安局",
    issued_on=date(2010, 6, 1),
    fields={
        "姓名": LI_YANGBEN.name,
        "户主": LI_YANGBEN.name,
        "户号": "9901230042",
        "户别": "家庭户",
        "户籍地址": LI_YANGBEN.address,
        "公民身份号码": LI_YANGBEN.id_number,
    },
)

_SOCIAL: Final = Holding(
    owner=LI_YANGBEN.id_number,
    serial="0000000601",
    type_name=SOCIAL_CARD,
    number=LI_YANGBEN.id_number,
    holder_name=LI_YANGBEN.name,
    issuer_name="示例县人力资源和社会保障局",
    issued_on=date(2020, 1, 6),
    valid_until_on=date(2030, 1, 5),
    fields={
        "姓名": LI_YANGBEN.name,
        "社会保障号码": LI_YANGBEN.id_number,
        "开户银行": "示例县农村信用合作社",
        "银行账号": "6200000099012300424",
    },
)

_SCHOOL: Final = Holding(
    owner=SCHOOL.code,
    serial="0000000701",
    type_name=INSTITUTION,
    number=SCHOOL.code,
    holder_name=SCHOOL.name,
    issuer_name="示例县事业单位登记管理局",
    issued_on=SCHOOL.registered_on,
    valid_until_on=date(2032, 8, 31),
    fields={
        "统一社会信用代码": SCHOOL.code,
        "名称": SCHOOL.name,
        "法定代表人": SCHOOL.person.name,
        "住所": SCHOOL.address,
        "宗旨和业务范围": SCHOOL.scope,
    },
)

_EXPIRED: Final = Holding(
    owner=NOODLE_SHOP.code,
    serial="0000000501",
    type_name=FOOD_PERMIT,
    number="JY29901230000017",
    holder_name=NOODLE_SHOP.name,
    issuer_name="示例县市场监督管理局",
    issued_on=date(2020, 2, 10),
    valid_until_on=date(2025, 2, 9),
    status=CertificateStatus.EXPIRED,
    fields={
        "经营者名称": NOODLE_SHOP.name,
        "经营场所": NOODLE_SHOP.address,
        "主体业态": "餐饮服务经营者",
        "经营项目": "热食类食品制售",
    },
)

_ZHANG: Final = ZHANG_SHILI.id_number

HOLDINGS: Final = (
    _licence(NOODLE_SHOP, "0000000101"),
    _licence(DISPATCH_COMPANY, "0000000102"),
    *(_card(person, f"00000002{place:02}") for place, person in enumerate(PEOPLE, 1)),
    _HOUSEHOLD,
    _SOCIAL,
    _SCHOOL,
    _real_estate(_ZHANG, ZHANG_SHILI.name, "0000000401", "清河镇演示路8号一层"),
    _real_estate(
        _ZHANG,
        ZHANG_SHILI.name,
        "0000000402",
        "清河镇演示路2号",
        CertificateStatus.REVOKED,
    ),
    _real_estate(_ZHANG, ZHOU_MONI.name, "0000000403", "清河镇演示路10号一层"),
    _real_estate(ZHOU_MONI.id_number, ZHOU_MONI.name, "0000000404", "城关镇模型街21号"),
    _real_estate(DISPATCH_COMPANY.code, DISPATCH_COMPANY.name, "0000000405", "城关镇模型街66号5层"),
    _real_estate(ZHAO_XUGOU.id_number, ZHAO_XUGOU.name, "0000000406", "清河镇演示路20号一层"),
    _EXPIRED,
)
"""Among them one that has expired, one that was revoked, and one of another holder."""

BY_ID: Final = {each.certificate_id: each for each in HOLDINGS}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHolder:
    """Somebody the library knows, with the numbers a code of his covers."""

    name: str
    id_type: str
    id_number: str
    covers: tuple[str, ...]


def _of_person(person: PracticePerson) -> KnownHolder:
    return KnownHolder(
        name=person.name,
        id_type="111",
        id_number=person.id_number,
        covers=(person.id_number,),
    )


def _of_firm(firm: PracticeFirm) -> KnownHolder:
    return KnownHolder(name=firm.name, id_type="001", id_number=firm.code, covers=(firm.code,))


HOLDERS_BY_NUMBER: Final = {
    **{person.id_number: _of_person(person) for person in PEOPLE},
    **{firm.code: _of_firm(firm) for firm in FIRMS},
}
HOLDERS_BY_USE_CODE: Final = {
    **{person.use_code: _of_person(person) for person in PEOPLE},
    **{firm.use_code: _of_firm(firm) for firm in FIRMS},
}
