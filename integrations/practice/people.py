"""The invented people and firms of the practice province; their names say that they are none.

All live in area 990123, which exists nowhere; every check digit is right.
"""

from datetime import date
from typing import Final

from clerk.domain.check_digits import resident_check_digit, unified_code_check_character
from clerk.values import dataclass

AREA: Final = "990123"
COUNTY: Final = "示例省示例市示例县"


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePerson:
    """Somebody who can step up to the window."""

    name: str
    sex: str
    birth_on: date
    id_number: str
    phone: str
    address: str
    nation: str = "汉"
    use_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFirm:
    """A body with the person who runs it; its capital is in units of 10,000 yuan."""

    name: str
    kind: str
    code: str
    person: PracticePerson
    address: str
    scope: str
    registered_on: date
    capital_10k: str = ""
    use_code: str = ""


def _resident_id(birth_on: date, order: str) -> str:
    body = f"{AREA}{birth_on:%Y%m%d}{order}"
    return body + resident_check_digit(body)


def _person(
    name: str, birth_on: date, order: str, *, phone: str, address: str, use_code: str
) -> PracticePerson:
    """Return a person; an odd ``order`` is a man's (GB 11643)."""
    return PracticePerson(
        name=name,
        sex="男" if int(order) % 2 else "女",
        birth_on=birth_on,
        id_number=_resident_id(birth_on, order),
        phone=phone,
        address=f"{COUNTY}{address}",
        use_code=use_code,
    )


def _unified_code(body: str) -> str:
    return body + unified_code_check_character(body)


ZHANG_SHILI: Final = _person(
    "张示例",
    date(1985, 6, 12),
    "003",
    phone="13800000147",
    address="清河镇演示路8号",
    use_code="9901-0001",
)
"""Runs the noodle shop; applies for the food permit."""

LI_YANGBEN: Final = _person(
    "李样本",
    date(1942, 11, 5),
    "002",
    phone="13800000258",
    address="清河镇样本村3组12号",
    use_code="9901-0002",
)
"""Over eighty; the allowance for the old is hers."""

CHEN_YANSHI: Final = _person(
    "陈演示",
    date(1970, 3, 9),
    "004",
    phone="13800000369",
    address="清河镇样本村3组12号",
    use_code="9901-0003",
)
"""Her daughter; comes to the window for her."""

WANG_CESHI: Final = _person(
    "王测试",
    date(1978, 9, 21),
    "007",
    phone="13800000471",
    address="城关镇模型街66号",
    use_code="9901-0004",
)
"""Represents the labour dispatch company."""

ZHOU_MONI: Final = _person(
    "周模拟",
    date(1960, 1, 15),
    "009",
    phone="13800000582",
    address="城关镇模型街21号",
    use_code="9901-0005",
)
"""Owns the shop room that others rent."""

ZHAO_XUGOU: Final = _person(
    "赵虚构",
    date(1996, 4, 30),
    "006",
    phone="13800000693",
    address="清河镇演示路20号",
    use_code="9901-0006",
)
"""Wants to set up a sole trader's business."""

QIAN_JIADING: Final = _person(
    "钱假定",
    date(1941, 2, 17),
    "011",
    phone="13800000704",
    address="清河镇样本村5组3号",
    use_code="9901-0007",
)
"""Over eighty; the credit platform has a bad record of his."""

NOODLE_SHOP: Final = PracticeFirm(
    name="示例县清河面馆（个体工商户）",
    kind="个体工商户",
    code=_unified_code("92990123MA00TE5T2"),
    person=ZHANG_SHILI,
    address=f"{COUNTY}清河镇演示路8号一层",
    scope="餐饮服务",
    registered_on=date(2025, 10, 20),
    use_code="9901-1001",
)

DISPATCH_COMPANY: Final = PracticeFirm(
    name="示例县示范人力资源有限公司",
    kind="有限责任公司（自然人投资或控股）",
    code=_unified_code("91990123MA00TE5T3"),
    person=WANG_CESHI,
    address=f"{COUNTY}城关镇模型街66号5层",
    scope="人力资源服务（不含职业中介活动、劳务派遣服务）",
    registered_on=date(2024, 5, 17),
    capital_10k="200",
    use_code="9901-1002",
)

SCHOOL: Final = PracticeFirm(
    name="示例县演示小学",
    kind="事业单位",
    code=_unified_code("12990123MA00TE5T4"),
    person=CHEN_YANSHI,
    address=f"{COUNTY}城关镇模型街80号",
    scope="实施小学义务教育",
    registered_on=date(2012, 9, 1),
    use_code="9901-1003",
)
"""Has a canteen; its certificate is that of a public institution."""

PEOPLE: Final = (
    ZHANG_SHILI,
    LI_YANGBEN,
    CHEN_YANSHI,
    WANG_CESHI,
    ZHOU_MONI,
    ZHAO_XUGOU,
    QIAN_JIADING,
)
FIRMS: Final = (NOODLE_SHOP, DISPATCH_COMPANY, SCHOOL)
EXPIRED_USE_CODE: Final = "9901-9999"
