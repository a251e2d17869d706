"""Cards of invented people, one of each kind that a reader reads."""

from dataclasses import replace
from datetime import date

from clerk.domain.id_card import IdCard
from clerk.domain.identifiers import IdKind
from clerk.domain.residents import Sex

RESIDENT = IdCard(
    kind=IdKind.RESIDENT_ID,
    name="张示例",
    sex=Sex.MALE,
    birth_on=date(1988, 3, 12),
    id_number="990123198803120010",
    valid_from_on=date(2020, 1, 1),
    valid_until_on=date(2040, 1, 1),
    nation_code="01",
    nation="汉",
    address="示例省示例市示例区模拟路1号",
    issuer="示例市公安局示例分局",
)
HMT = IdCard(
    kind=IdKind.HMT_RESIDENCE_PERMIT,
    name="李样本",
    sex=Sex.MALE,
    birth_on=date(1900, 1, 1),
    id_number="810000190001010018",
    valid_from_on=date(2024, 5, 1),
    valid_until_on=date(2029, 5, 1),
    address="示例省示例市样本路2号",
    issuer="示例市公安局",
    travel_permit_number="H00000000",
)
FOREIGN_2017 = IdCard(
    kind=IdKind.FOREIGN_RESIDENCE_CARD,
    name="SAMPLE JANE",
    latin_name="SAMPLE JANE",
    sex=Sex.FEMALE,
    birth_on=date(1901, 2, 3),
    id_number="XXX000000000000",
    valid_from_on=date(2018, 1, 1),
    valid_until_on=date(2028, 1, 1),
    nationality="XXX",
)
FOREIGN_2023 = replace(
    FOREIGN_2017,
    name="周模拟",
    latin_name="SAMPLE JANE WITH QUITE A LONG NAME OF ALL",  # a blank on the border of two fields
    id_number="931840190001010010",
    birth_on=date(1900, 1, 1),
)
