"""What the law of each kind says of the clock, and how a faulty file of it is refused."""

import tomllib

import pytest

from clerk import assets
from clerk.domain.clock import case_law
from clerk.domain.errors import BadInput
from clerk.domain.kind_law import kind_laws_from
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.standard import LawKind
from tests.domain.at_the_clock import workdays
from tests.domain.starter_items import catalogue


def shipped():
    """The parsed files by the value of their kind, free to be spoiled."""
    return {
        kind.value: tomllib.loads(assets.read_text("resources", f"laws/{kind.value}.toml"))
        for kind in LawKind
    }


LAWS = kind_laws_from(shipped().values())


def test_every_kind_of_item_has_its_law():
    assert set(LAWS) == set(LawKind)
    assert all(law.kind is kind and law.name for kind, law in LAWS.items())


def test_only_a_permit_is_accepted_by_silence_and_delivered_within_ten_working_days():
    """行政许可法 art. 32 (4), 44: no other kind borrows them."""
    assert {kind for kind, law in LAWS.items() if law.silence} == {LawKind.PERMIT}
    assert {kind for kind, law in LAWS.items() if law.delivery_limit} == {LawKind.PERMIT}
    assert LAWS[LawKind.PERMIT].delivery_limit == Limit(amount=10, unit=LimitUnit.WORKDAYS)


def test_every_rule_stands_on_a_clause():
    permit = LAWS[LawKind.PERMIT]
    clauses = [clause for clause in (permit.silence, permit.delivery) if clause]

    assert [(clause.law, clause.article) for clause in clauses] == [
        ("行政许可法", "第三十二条第一款第四项"),
        ("行政许可法", "第四十四条"),
    ]


def test_only_a_filing_ends_at_the_window():
    assert {kind for kind, law in LAWS.items() if law.ends_at_window} == {LawKind.FILING}


@pytest.mark.parametrize("standard", catalogue(), ids=lambda item: item.item_code)
def test_an_item_keeps_its_own_terms_and_takes_the_rest_from_its_kind(standard):
    law = case_law(standard, LAWS[standard.law_kind])

    assert (law.promised, law.statutory) == (standard.promised_limit, standard.statutory_limit)
    permit = standard.law_kind is LawKind.PERMIT
    assert law.silence_accepts is permit
    assert law.notice_limit == (workdays(5) if permit else None)
    assert law.delivery == (workdays(10) if permit else None)
    for procedure in standard.special_procedures:
        assert (procedure.name in law.excluding) is not procedure.extends


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"silense": {}}, "silense：不认识的键"),
        ({"kind": "licence"}, "kind"),
        ({"kind": None}, "kind"),
        ({"name": ""}, "name：不能为空"),
        ({"ends_at_window": "no"}, "ends_at_window：应为true 或 false"),
        ({"silence": {"law": "行政许可法", "article": ""}}, "silence.article：不能为空"),
        ({"delivery": "ten days"}, "delivery：应为一张表"),
        ({"delivery": {"limit": {"amount": -1, "unit": "workdays"}}}, "delivery.limit.amount"),
        (
            {
                "delivery": {
                    "limit": {"amount": 10, "unit": "weeks"},
                    "basis": {"law": "行政许可法", "article": "第四十四条"},
                }
            },
            "delivery.limit.unit",
        ),
    ],
)
def test_a_faulty_file_is_refused_by_the_place_of_its_fault(change, said):
    files = shipped()
    files["permit"] |= change

    with pytest.raises(BadInput, match="没有启用") as refused:
        kind_laws_from(files.values())

    assert said in str(refused.value)


def test_a_kind_that_comes_twice_is_refused():
    files = shipped()

    with pytest.raises(BadInput, match="“行政许可”有两个文件"):
        kind_laws_from([*files.values(), files["permit"]])


def test_a_kind_that_is_missing_is_named():
    files = shipped()
    del files["benefit"]

    with pytest.raises(BadInput, match=r"benefit\.toml"):
        kind_laws_from(files.values())
