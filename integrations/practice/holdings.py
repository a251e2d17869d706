"""The invented certificates of the practice library, and who holds them."""

from datetime import date
from typing import Final

from clerk.domain.certificate import CertificateStatus
from clerk.values import dataclass
from integrations.practice.certificate_types import TYPES
from integrations.practice.holding import Holding
from integrations.practice.more_holdings import licence_of, more_holdings
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
from integrations.practice.residents import BODIES, RESIDENTS

BUSINESS_LICENCE: Final = "营业执照"
IDENTITY_CARD: Final = "居民身份证"
HOUSEHOLD_BOOK: Final = "居民户口簿"
REAL_ESTATE: Final = "不动产权证书"
SOCIAL_CARD: Final = "社会保障卡"
INSTITUTION: Final = "事业单位法人证书"
FOOD_PERMIT: Final = "食品经营许可证"

TYPE_CODES: Final = {name: one.code for name, one in TYPES.items()}
"""The 21 characters of each type: defining body (18) and serial (3)."""


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
    licence_of(NOODLE_SHOP, serial="0000000101"),
    licence_of(DISPATCH_COMPANY, serial="0000000102"),
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
    *more_holdings(),
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


def _shared(number: str) -> tuple[str, ...]:
    """Return the joint numbers under which somebody holds certificates with others."""
    joint = {each.owner for each in HOLDINGS if "^" in each.owner}
    return tuple(sorted(one for one in joint if number in one.split("^")))


def _of_person(person: PracticePerson) -> KnownHolder:
    return KnownHolder(
        name=person.name,
        id_type="111",
        id_number=person.id_number,
        covers=(person.id_number, *_shared(person.id_number)),
    )


def _of_firm(firm: PracticeFirm) -> KnownHolder:
    return KnownHolder(name=firm.name, id_type="001", id_number=firm.code, covers=(firm.code,))


_PERSONS: Final = tuple((one.use_code, _of_person(one)) for one in (*PEOPLE, *RESIDENTS))
_OTHERS: Final = tuple((one.use_code, _of_firm(one)) for one in (*FIRMS, *BODIES))

HOLDERS_BY_NUMBER: Final = {one.id_number: one for _, one in (*_PERSONS, *_OTHERS)}
HOLDERS_BY_USE_CODE: Final = dict((*_PERSONS, *_OTHERS))
