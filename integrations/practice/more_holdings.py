"""The certificates of ``certificates.toml``, and the cards and licences that go without saying."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from clerk import assets
from clerk.domain.certificate import CertificateStatus
from clerk.values import replace
from integrations.practice.certificate_types import TYPES, CertificateType
from integrations.practice.holding import Holding
from integrations.practice.people import PracticeFirm, PracticePerson
from integrations.practice.residents import BODIES, RESIDENTS, WITHOUT_CARD

_CARD: Final = TYPES["居民身份证"]
_LICENCE: Final = TYPES["营业执照"]
_LICENSED: Final = ("91", "92", "93")
_REVOKED_LICENCES: Final = frozenset({"示例县曾经贸易有限公司"})
_CARD_ISSUED_ON: Final = date(2024, 8, 1)
_CARD_YEARS: Final = ((16, 5), (26, 10), (46, 20))
"""Up to which age a card is valid for how many years; older people's has no end."""

_PEOPLE: Final = {one.name: one for one in RESIDENTS}
_FIRMS: Final = {one.name: one for one in BODIES}


def more_holdings() -> tuple[Holding, ...]:
    """Return the certificates of everybody of ``holders.toml``."""
    told = tomllib.loads(assets.read_text("resources", "practice/certificates.toml"))
    return (
        *(_card(one, order) for order, one in enumerate(RESIDENTS, 1) if _has_card(one)),
        *(_licence(one, order) for order, one in enumerate(BODIES, 1) if _has_licence(one)),
        *_told(told["certificates"]),
    )


def _has_card(person: PracticePerson) -> bool:
    return person.id_number not in WITHOUT_CARD


def _has_licence(firm: PracticeFirm) -> bool:
    return firm.code.startswith(_LICENSED)


def _card(person: PracticePerson, order: int) -> Holding:
    age = _CARD_ISSUED_ON.year - person.birth_on.year
    years = next((years for below, years in _CARD_YEARS if age < below), 0)
    return Holding(
        owner=person.id_number,
        serial=_serial(_CARD, order),
        type_name=_CARD.name,
        number=person.id_number,
        holder_name=person.name,
        issuer_name=_CARD.issuer,
        issuer_code=_CARD.issuer_code,
        issuer_part=_CARD.issuer_code,
        issued_on=_CARD_ISSUED_ON,
        valid_until_on=_years_on(_CARD_ISSUED_ON, years) if years else None,
        fields={
            "姓名": person.name,
            "性别": person.sex,
            "民族": person.nation,
            "出生日期": f"{person.birth_on:%Y-%m-%d}",
            "住址": person.address,
            "公民身份号码": person.id_number,
        },
    )


def _licence(firm: PracticeFirm, order: int) -> Holding:
    revoked = firm.name in _REVOKED_LICENCES
    return replace(
        licence_of(firm, serial=_serial(_LICENCE, order)),
        issuer_code=_LICENCE.issuer_code,
        issuer_part=_LICENCE.issuer_code,
        status=CertificateStatus.REVOKED if revoked else CertificateStatus.VALID,
    )


def licence_of(firm: PracticeFirm, *, serial: str) -> Holding:
    """Return the business licence of a firm or a sole trader."""
    sole = firm.kind == "个体工商户"
    fields = {
        "统一社会信用代码": firm.code,
        "名称": firm.name,
        "类型": firm.kind,
        "经营者" if sole else "法定代表人": firm.person.name,
        "经营场所" if sole else "住所": firm.address,
        "经营范围": firm.scope,
        "成立日期": f"{firm.registered_on:%Y-%m-%d}",
        "登记机关": _LICENCE.issuer,
    }
    if firm.capital_10k:
        fields["注册资本万元"] = firm.capital_10k
    return Holding(
        owner=firm.code,
        serial=serial,
        type_name=_LICENCE.name,
        number=firm.code,
        holder_name=firm.name,
        issuer_name=_LICENCE.issuer,
        issued_on=firm.registered_on,
        fields=fields,
    )


def _told(entries: Sequence[Mapping[str, Any]]) -> Iterator[Holding]:
    made = Counter[str]()
    for told in entries:
        for _ in range(told.get("count", 1)):
            made[told["type"]] += 1
            yield _one(told, TYPES[told["type"]], made[told["type"]])


def _one(told: Mapping[str, Any], of: CertificateType, order: int) -> Holding:
    known = [_known(name) for name in told["holders"]]
    gaps = {
        **{name: "^".join(one[name] for one in known) for name in known[0]},
        **told,
        "tail": f"{order:06}",
    }
    gaps["number"] = of.number.format_map(gaps)
    holding = Holding(
        owner=gaps["id_number"],
        serial=_serial(of, order),
        type_name=of.name,
        number=gaps["number"],
        holder_name=told.get("named", gaps["name"]),
        issuer_name=of.issuer,
        issuer_code=of.issuer_code,
        issuer_part=of.issuer_code,
        issued_on=told["issued"],
        valid_until_on=_years_on(told["issued"], of.years) if of.years else None,
        status=CertificateStatus(told.get("status", CertificateStatus.VALID)),
        formats=tuple(told.get("formats", ("PDF", "OFD"))),
        fields={name: text.format_map(gaps) for name, text in of.fields.items()},
    )
    return _with_wrong_check(holding) if told.get("wrong_check", False) else holding


def _known(name: str) -> Mapping[str, str]:
    """Return what the texts of a type may say of a holder."""
    if name in _PEOPLE:
        person = _PEOPLE[name]
        return {
            "name": person.name,
            "id_number": person.id_number,
            "sex": person.sex,
            "sex_digit": "1" if person.sex == "男" else "2",
            "nation": person.nation,
            "birth_on": f"{person.birth_on:%Y-%m-%d}",
            "address": person.address,
        }
    firm = _FIRMS[name]
    return {
        "name": firm.name,
        "id_number": firm.code,
        "address": firm.address,
        "scope": firm.scope,
        "person": firm.person.name,
        "capital": firm.capital_10k,
    }


def _with_wrong_check(holding: Holding) -> Holding:
    right = holding.certificate_id[-1]
    return replace(holding, check_character="0" if right != "0" else "1")


def _serial(of: CertificateType, order: int) -> str:
    """Return a serial that none of the first certificates has: those begin with a zero."""
    return f"1{of.serial:03}{order:06}"


def _years_on(start: date, years: int) -> date:
    """Return the last day of so many years."""
    day = 28 if (start.month, start.day) == (2, 29) else start.day
    return start.replace(year=start.year + years, day=day) - timedelta(days=1)
