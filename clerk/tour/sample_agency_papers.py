"""The papers of an agency (帮办代办), filled in completely."""

from datetime import date

from clerk.domain.agency_papers import AgencyEnd, AgencyMandate, HandedRow
from clerk.domain.papers import HandlerLine
from clerk.domain.party import MandateAct
from clerk.tour.sample_papers import COMMON
from clerk.values import field_names

_MANDATE = AgencyMandate(
    **{**COMMON, "handler": HandlerLine(name="李样本", relation="村级代办员")},
    applicant_id_kind="营业执照",
    applicant_id_number="92990123MA00TE5T2X",
    applicant_phone="13800000147",
    representative_name="张示例",
    agent_name="李样本",
    agent_id_kind="居民身份证",
    agent_id_number="990123198506120030",
    relation="村级代办员",
    services=(MandateAct.SUBMIT, MandateAct.CORRECT, MandateAct.COLLECT),
    mandate_from=date(2026, 3, 18),
    mandate_until=date(2026, 9, 17),
    handed_rows=(
        HandedRow(name="营业执照", form="复印件", count=1),
        HandedRow(name="经营场所使用证明", form="原件", count=1),
    ),
)

PAPERS = {
    "mandate": _MANDATE,
    "end": AgencyEnd(
        **{name: getattr(_MANDATE, name) for name in field_names(_MANDATE)},
        ended_because="委托事项已经办结，结果已经送达",
    ),
}
