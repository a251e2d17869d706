"""What the small counter makes of a case or an item: a hit, a line, a case with its licence."""

from clerk.domain.case import Case
from clerk.domain.case_list import CaseLine
from clerk.domain.certificate import AuthorisationMode, CertificateStatus, CertificateUse, Holder
from clerk.domain.identity import Session
from clerk.domain.intake import from_certificate, with_evidence
from clerk.domain.item_search import ItemHit
from clerk.domain.standard import ItemStandard
from tests.ui.example_values import (
    LICENCE_TYPE,
    NOW,
    stored_file,
)


def as_hit(item: ItemStandard) -> ItemHit:
    return ItemHit(item_code=item.item_code, name=item.name)


def with_licence(case: Case, code: str, session: Session) -> Case:
    """The case with a trader's licence from the library."""
    use = CertificateUse(
        certificate_id="1",
        type_code=LICENCE_TYPE,
        type_name="营业执照",
        number="92990123MA00TE5T2G",
        holder_name=case.applicant_name,
        holder=Holder(name=case.applicant_name, id_type="001", id_number="92990123MA00TE5T2G"),
        issuer_name="示例县市场监督管理局",
        valid_until_on=None,
        status=CertificateStatus.VALID,
        authorisation_id="A1",
        mode=AuthorisationMode.CODE,
        fetched_at=NOW,
        fields={
            "名称": "示例县清河面馆（个体工商户）",
            "统一社会信用代码": "92990123MA00TE5T2G",
            "经营者": "张示例",
            "法定代表人": "张示例",
            "经营场所": "示例县云溪镇石桥街 8 号",
            "经营范围": "餐饮服务",
        },
    )
    files = (stored_file("营业执照.pdf"),)
    return with_evidence(case, code, from_certificate(use, files, session, NOW))


def line_of(case: Case) -> CaseLine:
    return CaseLine(
        case_id=case.case_id,
        state=case.state,
        label=case.label,
        provisional=False,
        applicant_name=case.applicant_name,
        item_code=case.item_code,
        item_name=case.item_name,
        with_whom="",
        clerk=case.clerk,
        opened_at=case.opened_at,
        received_at=None,
        accepted_at=None,
        next_due_on=None,
        due_on=None,
        statutory_due_on=None,
        dates_estimated=False,
        returned=False,
        deferred=False,
        undelivered=0,
    )
