"""Lines of the list of materials that contradict themselves or ask for anything at all (兜底)."""

import re
from collections.abc import Iterator
from typing import Final

from clerk.domain.errors import BadInput
from clerk.domain.limits import LimitUnit
from clerk.domain.paper_terms import unseen
from clerk.domain.path_faults import day_faults, material_faults
from clerk.domain.promise_terms import CheckMethod
from clerk.domain.standard import FieldKind, ItemStandard, Requirement, Way

HOLDERS: Final = frozenset({"applicant", "representative", "handler"})
CATCH_ALL = "其他|相关材料|有关材料|等材料|等文件|等证件|等$"
"""Names that leave open what is asked for (import rule I4)."""


def requirement_faults(standard: ItemStandard) -> Iterator[BadInput]:
    """Yield what is wrong with the materials, their conditions left out."""
    for asked in standard.requirements:
        place = f"requirements {asked.code}"
        if re.search(CATCH_ALL, asked.name):
            yield BadInput(f"{place}：名称含兜底词（{CATCH_ALL}），要写明是哪一份材料（I4）")
        yield from _ways(asked, place)
        yield from _deferral(asked, standard, place)
        yield from _certificate(asked, standard, place)
        yield from _shared(asked, place)
        if asked.read_from_card and asked.read_from_card not in HOLDERS:
            yield BadInput(f"{place}.read_from_card：应为 {'、'.join(sorted(HOLDERS))} 之一")
        if asked.signature_by and asked.signature_by not in HOLDERS:
            yield BadInput(f"{place}.signature_by：应为 {'、'.join(sorted(HOLDERS))} 之一")
        if asked.generated_from_form and asked.promise is not None:
            yield BadInput(f"{place}.promise：申请人自己写的材料不能用承诺代替")
        yield from _promise(asked, place)
        yield from _paper(asked, standard, place)


def _ways(asked: Requirement, place: str) -> Iterator[BadInput]:
    if len(set(asked.ways)) != len(asked.ways):
        yield BadInput(f"{place}.ways：有重复")
    described = {
        Way.CERTIFICATE: asked.certificate is not None,
        Way.COMMITMENT: asked.promise is not None,
        Way.DEFERRAL: asked.deferral_workdays is not None,
        Way.EXEMPT: bool(asked.exemption),
        Way.SHARED_DATA: asked.shared_source is not None,
    }
    for way, there in described.items():
        if way in asked.ways and not there:
            yield BadInput(f"{place}.ways：列了 {way.value}，没有写它的内容")
        if there and way not in asked.ways:
            yield BadInput(f"{place}.ways：写了 {way.value} 的内容，没有列入收取方式")


def _deferral(asked: Requirement, standard: ItemStandard, place: str) -> Iterator[BadInput]:
    workdays = asked.deferral_workdays
    if workdays is None:
        return
    if asked.main:
        yield BadInput(f"{place}：主要材料不能容缺")
    promised = standard.promised_limit
    if promised.unit is LimitUnit.WORKDAYS and workdays > promised.amount:
        yield BadInput(f"{place}：容缺时限超过承诺办结时限")
    if workdays < 1:
        yield BadInput(f"{place}：容缺时限至少1个工作日")


def _promise(asked: Requirement, place: str) -> Iterator[BadInput]:
    if asked.promise is None:
        return
    if asked.never_promised is not None:
        yield BadInput(f"{place}.promise：属于不适用告知承诺的证明（国办发〔2020〕42号），不能承诺")
    terms = asked.promise.terms
    if terms.check is not CheckMethod.NONE and terms.check_within_workdays < 1:
        yield BadInput(f"{place}.promise.check_within_workdays：核查期限至少1个工作日")


def _certificate(asked: Requirement, standard: ItemStandard, place: str) -> Iterator[BadInput]:
    link = asked.certificate
    if link is None:
        return
    if link.holder not in HOLDERS:
        yield BadInput(f"{place}.certificate.holder：应为 {'、'.join(sorted(HOLDERS))} 之一")
    fields = {line.code: line for line in standard.fields}
    for code, name in link.fills.items():
        if code not in fields:
            yield BadInput(f"{place}.certificate.fills：没有表单项 {code}")
            continue
        path = f"certificate:{link.type_code}:{name}"
        if path not in fields[code].prefill:
            yield BadInput(f"{place}.certificate.fills：表单项 {code} 的 prefill 里没有 {path}")
        if fields[code].kind is FieldKind.CHOICE:
            yield BadInput(f"{place}.certificate.fills：选择项 {code} 不能由证照填写")


def _shared(asked: Requirement, place: str) -> Iterator[BadInput]:
    """Find what is expected of a source that is not asked, or expected of nothing by name."""
    if asked.shared_says and asked.shared_source is None:
        yield BadInput(f"{place}.shared_says：没有写共享数据的来源 shared_source")
    for said in asked.shared_says:
        name, _, value = said.partition("=")
        if not name.strip() or not value.strip():
            yield BadInput(f"{place}.shared_says：应为“名称=值”，如 婚姻状况=已婚")


def _paper(asked: Requirement, standard: ItemStandard, place: str) -> Iterator[BadInput]:
    """Find what the standard says of the paper itself and nobody could check."""
    fewest, most = asked.pages_at_least, asked.pages_at_most
    if fewest is not None and most is not None and fewest > most:
        yield BadInput(f"{place}：pages_at_least 大于 pages_at_most")
    if asked.file_formats and not {Way.FILE, Way.SCAN} & set(asked.ways):
        yield BadInput(f"{place}.file_formats：不收文件和扫描件，没有文件格式可核")
    for point in unseen(asked):
        yield BadInput(
            f"{place}：要由人看的（{point.value}）没有同名的审查要点 review_points，没人会核"
        )
    if asked.valid_on:
        yield from day_faults(asked.valid_on, standard, f"{place}.valid_on")
    for code in asked.not_needed_with:
        yield from material_faults(code, standard, f"{place}.not_needed_with")
        if code == asked.code:
            yield BadInput(f"{place}.not_needed_with：写了自己")
