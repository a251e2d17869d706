"""Where an act is contested: the same level's government since 2024, and who is the exception."""

import re
import tomllib
from dataclasses import replace

import pytest

from clerk import assets, wording_lint
from clerk.app.standard_files import lint_knowledge
from clerk.domain.errors import BadInput
from clerk.domain.remedies import (
    names_otherwise,
    remedies_told,
    remedy_law_from,
    reviewed_by,
    terms_missing,
)
from clerk.domain.standard_lint import lint
from tests.domain.at_the_window import FOOD
from tests.domain.starter_items import catalogue

DATA = tomllib.loads(assets.read_text("resources", "remedies.toml"))
LAW = remedy_law_from(DATA)


@pytest.mark.parametrize(
    ("body", "review"),
    [
        ("示例县市场监督管理局", "示例县人民政府"),
        ("示例县行政审批服务局", "示例县人民政府"),
        ("示例海关", "其上一级主管部门"),
        ("国家税务总局示例县税务局", "其上一级主管部门"),
        ("国家外汇管理局示例市分局", "其上一级主管部门"),
        ("国家金融监督管理总局示例监管分局", "其上一级主管部门"),
        ("示例县国家安全局", "其上一级主管部门"),
        ("示例县清河镇人民政府", "上一级人民政府"),
        ("示例县司法局", "本级人民政府或者上一级司法行政部门"),
        ("示例县烟草专卖局", "有管辖权的行政复议机关"),
    ],
)
def test_the_government_of_the_same_level_reviews_unless_the_law_says_otherwise(body, review):
    assert reviewed_by(LAW, body, "示例县人民政府") == review


def test_a_hall_that_did_not_name_its_government_still_names_the_right_one():
    told = remedies_told(LAW, "示例县民政局", "")

    assert "六十日内向本级人民政府申请行政复议" in told
    assert "六个月内" in told


def test_every_exception_stands_on_a_clause():
    assert all(one.basis.article and one.marks and one.to for one in LAW.exceptions)


@pytest.mark.parametrize("standard", catalogue(), ids=lambda item: item.item_code)
def test_no_shipped_item_names_another_review_body_than_the_law(standard):
    """An item's own text counts; it may say less than the law, never something else."""
    review = reviewed_by(LAW, standard.body.name, "示例县人民政府")
    above = {"上一级人民政府": "示例县人民政府"}.get(review, review)

    named = re.findall("日内向([^，。]+)申请行政复议", standard.remedies)

    assert named in ([], [above])


@pytest.mark.parametrize(
    ("body", "told", "whom"),
    [
        ("示例县民政局", "六十日内向示例市民政局申请行政复议", "示例市民政局"),
        ("示例县民政局", "六十日内向上一级人民政府申请行政复议", "上一级人民政府"),
        ("示例县税务局", "六十日内向示例县人民政府申请行政复议", "示例县人民政府"),
        ("示例县税务局", "六十日内向示例市税务局申请行政复议", ""),
        ("示例县司法局", "六十日内向示例县人民政府或者示例市司法局申请行政复议", ""),
        ("示例县清河镇人民政府", "六十日内向示例县人民政府申请行政复议", ""),
        ("示例县民政局", "可以依法申请行政复议", ""),
    ],
)
def test_an_items_own_text_may_not_name_another_than_the_law(body, told, whom):
    assert names_otherwise(LAW, body, told) == whom


def test_an_items_own_text_says_the_terms_of_the_remedies_it_speaks_of():
    assert terms_missing(LAW, "六十日内申请行政复议，也可以提起行政诉讼") == ("六个月",)
    assert terms_missing(LAW, "") == ()
    standard = replace(FOOD, remedies="可以向示例市市场监督管理局申请行政复议")

    found = [one for one in lint(standard, None, lint_knowledge()) if one.place == "remedies"]

    assert [one.kind.value for one in found] == ["review_body_differs", "remedy_term_missing"]
    assert "示例市市场监督管理局" in wording_lint.sentence(found[0])


@pytest.mark.parametrize(
    ("key", "value"),
    [("text", "不服的，可以起诉。"), ("text", 3), ("exceptions", [{"to": "某处"}])],
)
def test_a_faulty_file_is_refused_whole(key, value):
    with pytest.raises(BadInput, match="没有启用"):
        remedy_law_from({**DATA, key: value})
