"""What a paper must carry before it may be printed."""

from dataclasses import replace

import pytest

from clerk.documents.notice_html import html_for
from clerk.domain.errors import PaperTrouble
from clerk.domain.papers import PaperKind
from clerk.tour import sample_papers as samples
from clerk.tour.sample_act_papers import every_act_paper
from clerk.tour.sample_agency_papers import PAPERS as AGENCY_PAPERS
from clerk.tour.sample_deferral_papers import PAPERS as DEFERRAL_PAPERS


@pytest.mark.parametrize("name", samples.every_paper())
def test_every_sample_is_complete(name):
    assert samples.every_paper()[name].missing() == ()


@pytest.mark.parametrize(
    ("paper", "left_out", "named"),
    [
        (samples.acceptance(), "document_number", "文号"),
        (samples.acceptance(), "query_code", "查询密码"),
        (samples.acceptance(), "supervise_phone", "监督电话"),
        (samples.acceptance(), "fees", "收费依据及标准"),
        (samples.acceptance(), "pickup", "取件方式"),
        (samples.receipt(), "seal_name", "印章名称"),
        (samples.van_receipt(), "why_not_accepted", "尚未受理的原因"),
        (samples.correction(), "how_to_submit", "补正方式"),
        (samples.correction(), "consequence", "逾期后果"),
        (samples.decline(), "remedies", "救济途径"),
        (samples.decline(), "competent_body", "有权机关"),
        (samples.decline(), "referred_to", "接收人"),
        (samples.decline(), "referred_phone", "接收人电话"),
        (samples.decision(granted=False, reason="理由"), "remedies", "救济途径"),
        (samples.decision(granted=False), "content", "理由"),
        (samples.delivery(), "identity_check", "人证核对结果"),
        (samples.delivery(deputy="王模拟", deputy_reason="同住"), "deputy_reason", "代收原因"),
    ],
)
def test_a_paper_that_lacks_a_mandatory_value_is_refused_by_its_name(paper, left_out, named):
    with pytest.raises(PaperTrouble, match=named):
        html_for(replace(paper, **{left_out: ""}))


def test_everything_missing_is_named_at_once():
    paper = samples.acceptance(document_number="", fees="", phone="")

    with pytest.raises(PaperTrouble) as refused:
        html_for(paper)

    assert "文书还缺窗口电话、文号、收费依据及标准" in str(refused.value)


def test_a_preview_is_made_before_its_numbers_are_given():
    """What is only given when the paper takes effect is not asked for before."""
    html = html_for(samples.acceptance(effective=False, document_number="", case_number=""))

    assert "预览，未生效" in html


def test_a_case_with_a_temporary_number_is_not_accepted_on_paper():
    """Under a 临时收件号 a case is received; the notice of acceptance needs the final number."""
    with pytest.raises(PaperTrouble, match="办件编号"):
        html_for(samples.acceptance(case_number="", provisional_number="临 V2-260318-0004"))


MADE_BY_THEIR_ACTS = {
    PaperKind.FEE_NOTICE,  # test_result_papers
    PaperKind.TRANSFER_SLIP,
    PaperKind.ROSTER,  # the services' test_starter_levels
    PaperKind.STATEMENT_NOTICE,  # the services' test_approval
    PaperKind.DECISION_CORRECTION,
}


def test_every_kind_but_the_letter_has_a_sample_or_is_made_by_its_act():
    every = (samples.every_paper(), every_act_paper(), DEFERRAL_PAPERS, AGENCY_PAPERS)
    kinds = {paper.kind for some in every for paper in some.values()}

    assert kinds | MADE_BY_THEIR_ACTS == set(PaperKind) - {PaperKind.COMMITMENT}
