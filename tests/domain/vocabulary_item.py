"""The food permit with one line more of every kind that the vocabulary of rules has."""

from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

from clerk.domain.standard import ItemStandard
from clerk.domain.standard_parsing import standard_from
from tests.domain.at_the_window import LICENCE_TYPE
from tests.domain.starter_items import raw

BASIS = {"law": "食品安全法", "article": "第三十三条", "gist": "示例"}


def line(code: str, kind: str, **more: Any) -> dict[str, Any]:
    """A line of the form that need not be filled."""
    return {"code": code, "label": code, "kind": kind, "required": False, "basis": BASIS, **more}


def rule(code: str, kind: str = "holds", **more: Any) -> dict[str, Any]:
    words = {"text": f"{code} 应当符合", "remedy": f"改正 {code}", "group": "form", "basis": BASIS}
    return {"code": code, "kind": kind, **words, **more}


def point(code: str) -> dict[str, Any]:
    return {"code": code, "text": f"看过 {code}", "basis": BASIS}


FIELDS = (
    line("built_on", "date"),
    line("lease_until_on", "date"),
    line("shop_area", "number", unit="平方米"),
    line("store_area", "number", unit="平方米"),
    line("whole_area", "number", unit="平方米", computed={"sum": ["shop_area", "store_area"]}),
    line("rest_area", "number", unit="平方米", computed={"difference": ["area", "whole_area"]}),
    line("pairs", "integer", unit="对", computed={"product": ["staff", "staff"]}),
    line("head_age", "integer", unit="岁", computed={"age": "representative.birth_on"}),
    line("reply_on", "date", computed={"date": {"from": "field:opening_on", "workdays": 5}}),
)
RULES = (
    rule("AT_WINDOW", must={"counter": ["03", "07"]}),
    rule("IN_COUNTY", must={"place": "field:premises", "within": ["示例县"]}),
    rule(
        "LEASE_RUNS",
        must={"date": "field:lease_until_on", "at_least": {"from": "today", "months": 6}},
    ),
    rule("NEW_HOUSE", must={"date": "field:built_on", "at_least": date(2008, 1, 1)}, hard=False),
    rule("WHOLE", must={"not": {"field": "whole_area", "more": 100}}),
    rule("SCOPE", must={"certificate": f"{LICENCE_TYPE}:经营范围", "contains": ["餐饮"]}),
    rule(
        "PLAN_AREA",
        "numbers_close",
        subjects=["field:area", f"certificate:{LICENCE_TYPE}:面积"],
        tolerance_percent=3,
        units=["平方米", "㎡"],
    ),
    rule(
        "ONE_WORD",
        "not_together",
        subjects=["material:PREMISES:commitment", "material:RULES:deferral"],
    ),
)
LICENCE = {"issuers": ["示例县市场监督管理局"], "valid_on": "field:opening_on"}
LAYOUT = {"pages_at_least": 2, "pages_at_most": 4, "file_formats": ["png", "pdf"]}
PREMISES = {"max_age_months": 3, "signers": ["出租人"], "not_needed_with": ["RULES"]}
SEEN = {
    "LICENCE": (LICENCE, ("ISSUER", "VALIDITY")),
    "LAYOUT": (LAYOUT, ("PAGES",)),
    "PREMISES": (PREMISES, ("SIGNERS",)),
}


def table() -> dict[str, Any]:
    """The plain mapping, free to be spoiled."""
    data = deepcopy(raw("food_business_permit"))
    data["fields"] += deepcopy(FIELDS)
    data["rules"] += deepcopy(RULES)
    for asked in data["requirements"]:
        more, points = SEEN.get(asked["code"], ({}, ()))
        asked.update(deepcopy(more))
        if points:
            seen = [point(code) for code in points]
            asked["review_points"] = [*asked.get("review_points", []), *seen]
    return data


@cache
def every_kind() -> ItemStandard:
    return standard_from(table())
