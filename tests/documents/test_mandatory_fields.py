"""Every paper against what it must carry, field by field, and against the law of its kind.

The table is the office's own list of papers and mandatory fields. A field is a value of the paper:
it stands on the page, and the paper is not made without it. Or it is fixed text of the page, such
as the place where somebody signs.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from clerk import assets
from clerk.documents.notice_html import html_for
from clerk.domain.days import local_time
from clerk.domain.paper_copies import COPIES_FOR, CopyFor, copies_of
from clerk.domain.papers import PaperKind
from clerk.domain.standard import LawKind
from clerk.tour.paper_pictures import every_sample

LAID_OUT = set(assets.names("templates", "notices"))
SAMPLES: Mapping[str, Any] = {
    name: paper
    for name, paper in every_sample().items()
    if f"notices/{paper.kind.value}.html" in LAID_OUT
}
"""What is a letter from a Word file instead is proven beside its template, by the letters' tests."""

SEAL = {"印章": "seal_name", "日期": "made_on"}
WHO = {"事项名称": "item_name", "申请人": "applicant_name"}
PHONES = {"窗口电话": "phone", "监督电话": "supervise_phone"}
SIGNED = {"申请人签收": "签收：", "签收时间": "时间：", "经办人签字": "经办人签字"}

MANDATORY = {
    "receipt": WHO
    | SEAL
    | {
        "收件号": "number",
        "材料清单": "materials",
        "原件、复印件": "复印件",
        "收件人": "clerk_line",
        "收件时间": "received_at",
        "窗口电话": "phone",
    },
    "correction": WHO
    | SEAL
    | SIGNED
    | {
        "收件日期": "received_on",
        "已具备材料": "下列材料已具备",
        "需补材料和要求": "missing_rows",
        "告知人": "clerk_line",
        "期限": "reply_by_on",
        "逾期后果": "consequence",
    },
    "acceptance": WHO
    | SEAL
    | PHONES
    | {
        "文号": "document_number",
        "办件编号": "case_number",
        "查询密码": "query_code",
        "二维码": "qr_text",
        "项目名称": "project_name",
        "办件类型": "project_type",
        "承诺时限": "5</a>个工作日",
        "特殊环节及时限": "约 10 个工作日",
        "承诺办结日期": "due_on",
        "收费依据及标准": "fees",
        "联系人": "contact",
        "电话": "contact_phone",
        "短信手机": "contact_mobile",
        "地址": "contact_address",
        "已收材料列表": "materials",
        "未收材料列表": "未收材料",
        "真实性声明": "申请人声明",
        "申请人签字": "申请人（代办人）签字",
        "经办人签字": "经办人签字",
        "取件方式": "pickup",
    },
    "decline": WHO
    | SEAL
    | SIGNED
    | {
        "原因": "reason",
        "依据": "basis",
        "有权机关": "competent_body",
        "复议、诉讼途径": "remedies",
    },
    "lapsed": WHO | SEAL | SIGNED | {"原因": "reason", "退还材料清单": "退还，请清点后签收"},
    "supplement": WHO
    | SEAL
    | {"补件材料": "materials", "补件时间": "received_at", "新承诺办结时间": "due_on"},
    "deferral_notice": WHO
    | SEAL
    | SIGNED
    | {
        "材料名称、形式、补正时限": "late_rows",
        "补正方式": "how_to_supply",
        "逾期后果": "failing",
        "一式两份": "一式两份，一份交申请人，一份存档",
    },
    "procedure": WHO
    | SEAL
    | {
        "程序": "procedure",
        "依据": "basis",
        "所需时间": "20</a> 个工作日",
        "起": "started_on",
        "止": "2026年4月20日",
    },
    "extension": WHO
    | SEAL
    | {
        "原期限": "before_on",
        "延长天数": "5</a> 个工作日",
        "延长后的期限": "later_on",
        "理由": "reason",
        "批准人": "approved_by",
    },
    "decision": WHO
    | SEAL
    | {"文号": "document_number", "内容": "content", "依据": "basis", "救济途径": "remedies"},
    "refusal": WHO
    | SEAL
    | {"文号": "document_number", "依据": "basis", "理由": "reason", "救济途径": "remedies"},
    "delivery": {
        "事项": "item_name",
        "受送达人": "applicant_name",
        "送达文书": "results",
        "时间": "handed_at",
        "地点": "place",
        "方式": "way",
        "签名盖章": "签名或盖章",
        "送达人": "clerk_line",
        "送达人签名": "送达人签名",
        "代收人": "代收人",
        "代收原因": "代收原因",
        "代理人信息": "代理人",
        "领证人姓名": "receiver_name",
        "领证人证件类型": "receiver_id_kind",
        "领证人证件号码": "receiver_id_number",
        "领证人手机": "receiver_phone",
        "人证比对结果": "identity_check",
        "领取时间": "领取时间",
    },
    "courier_slip": {
        "寄件人": "sender",
        "寄件人电话": "sender_phone",
        "寄件人地址": "sender_address",
        "寄件人邮编": "sender_postcode",
        "收件人": "receiver",
        "收件人手机": "receiver_mobile",
        "收件人地址": "receiver_address",
        "收件人邮编": "receiver_postcode",
        "物流单号": "document_number",
        "快递公司": "courier",
    },
    "fee": WHO
    | SEAL
    | {"收费项目": "fee_name", "收费标准": "fee_standard", "依据": "basis", "应缴金额": "amount"},
}
ASKED = [
    (name, field, value) for name, asked in MANDATORY.items() for field, value in asked.items()
]


@pytest.mark.parametrize("name", MANDATORY)
def test_every_mandatory_field_stands_on_the_paper(name):
    html = html_for(SAMPLES[name])

    absent = [
        field
        for field, value in MANDATORY[name].items()
        if not all(text in html for text in _texts(SAMPLES[name], value))
    ]

    assert absent == []


@pytest.mark.parametrize("name", MANDATORY)
def test_a_paper_is_not_made_while_one_of_its_values_is_empty(name):
    paper = SAMPLES[name]
    values = {known.name for known in fields(paper)}
    asked = [value for value in MANDATORY[name].values() if value in values or value == "number"]

    passed = [value for value in asked if value not in _emptied(paper, value).missing()]

    assert set(passed) <= {"made_on", "received_on", "received_at", "due_on"}, (
        "days are never empty"
    )


def test_the_table_asks_for_what_the_office_lists():
    """13 papers and the fee notice; what a Word template carries is its own lint's to prove."""
    assert len(MANDATORY) == 14
    assert len(ASKED) > 120


@pytest.mark.parametrize(
    "kind", [kind for kind in LawKind if kind is not LawKind.PERMIT], ids=lambda kind: kind.value
)
def test_no_paper_of_another_kind_speaks_of_permits(kind):
    """Neither 行政许可法 nor the word 许可, whatever the paper: they are the permit's alone."""
    spoke = [
        name
        for name, paper in SAMPLES.items()
        if "许可" in html_for(replace(_neutral(paper), law_kind=kind))
    ]

    assert spoke == []


@pytest.mark.parametrize("name", SAMPLES)
def test_a_paper_says_how_many_there_are_and_who_keeps_them(name):
    """As many as the program prints."""
    paper = SAMPLES[name]
    count = {1: "一式一份", 2: "一式两份"}[copies_of(paper.kind)]

    html = html_for(paper)

    assert count in html or paper.kind is PaperKind.APPLICATION
    assert ("交申请人" in html) == (CopyFor.APPLICANT in COPIES_FOR[paper.kind])


@pytest.mark.parametrize("name", SAMPLES)
def test_no_sentence_ends_twice_and_no_value_is_left_out(name):
    html = html_for(SAMPLES[name])

    assert not [
        wrong for wrong in ("。。", "，。", "。，", "；。", "None", "（）") if wrong in html
    ]


def test_a_notice_without_a_term_says_that_there_is_none():
    """Only permits have a term by law; a benefit's notice says so instead of keeping silent."""
    notice = replace(SAMPLES["correction"], reply_by_on=None, consequence="", materials=())

    html = html_for(notice)

    assert "没有规定截止日期" in html
    assert "已具备的材料" in html


def _texts(paper, value):
    """What has to stand on the page for a field: the paper's own value as printed, or fixed text."""
    if value not in {known.name for known in fields(paper)} | {"number"}:
        return [value]
    return _printed(getattr(paper, value), value)


def _printed(held, name):
    match held:
        case datetime():
            at = local_time(held)
            return [f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"]
        case date():
            return [f"{held.year}年{held.month}月{held.day}日"]
        case tuple():
            return [row.name for row in held]
        case _:
            return ["<svg viewBox" if name == "qr_text" else held.rstrip("。")]


def _emptied(paper, name):
    if name == "number":
        return replace(paper, case_number="", provisional_number="")
    held = getattr(paper, name)
    empty = () if isinstance(held, tuple) else "" if isinstance(held, str) else None
    return replace(paper, **{name: empty})


def _neutral(value: Any) -> Any:
    """Return the same with nothing in it that speaks of permits."""
    if isinstance(value, str):
        return "样例" if "许可" in value else value
    if isinstance(value, tuple):
        return tuple(_neutral(one) for one in value)
    if hasattr(value, "__dataclass_fields__"):
        return replace(
            value, **{one.name: _neutral(getattr(value, one.name)) for one in fields(value)}
        )
    return value


def test_the_documents_show_every_sample_small_enough_to_be_read_there():
    """``python -m clerk --sample-papers --out docs/papers`` makes them anew."""
    docs = Path(__file__).parents[2] / "docs"
    index = (docs / "papers.md").read_text(encoding="utf-8")
    shown = {file.name: file.stat().st_size for file in (docs / "papers").glob("*.png")}

    assert [name for name in (*every_sample(), "advice") if f"`{name}`" not in index] == []
    assert {name for name in shown if f"papers/{name}" not in index} == set()
    assert max(shown.values()) <= 60_000
