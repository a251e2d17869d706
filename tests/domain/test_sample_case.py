"""Sample cases: what their file may say, and what is told when a check comes out otherwise."""

import tomllib
from dataclasses import replace
from typing import Any

import pytest

from clerk import wording_samples
from clerk.app.sample_files import read_hall
from clerk.domain.checking import check_case
from clerk.domain.errors import SamplesFaulty
from clerk.domain.identifiers import check_resident_id, check_unified_code
from clerk.domain.residents import age_on
from clerk.domain.sample_case import Expected, SampleWho, samples_from
from clerk.domain.sample_people import AREA
from clerk.domain.sample_run import run_sample, run_samples, sample_case
from clerk.domain.standard import FileFormat
from tests.domain.at_the_window import CALENDAR, FOOD, NOW
from tests.domain.starter_items import TODAY

HEAD = """
item_code = "food_business_permit"
[base]
applicant = "noodle_shop"
[base.answers]
business = "catering"
dishes = "hot"
online = "no"
[base.fields]
operator_name = "示例县清河面馆"
phone = "13800000147"
premises = "示例县清河镇演示路8号"
warehouse = "无"
area = "46"
staff = "3"
opening_on = "today+14"
safety_officer = "张示例"
delivery = "短信 + 窗口领取"
"""


@pytest.fixture(scope="module")
def hall():
    return read_hall(TODAY)


def one(text):
    """The only sample of a file that begins as all do here."""
    return samples_from(tomllib.loads(f"{HEAD}[[samples]]\n{text}")).samples[0]


def told(hall, text, standard=FOOD):
    return wording_samples.differences(run_sample(hall, standard, one(text)))


def test_what_a_sample_does_not_mention_is_there_in_order(hall):
    result = run_sample(hall, FOOD, one('name = "齐全"\nexpect = "accept"'))

    assert result.differences == ()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            'expect = "notice"\nnames = ["LAYOUT"]',
            ("应为一次性告知，实际是可以受理", "应当指出 LAYOUT，实际没有指出"),
        ),
        (
            'expect = "accept"\nmaterials = { LAYOUT = "missing" }',
            (
                "应为可以受理，实际是暂不能受理（告知书写1处）",
                "多指出了 LAYOUT.material_present",
            ),
        ),
        (
            'expect = "notice"\nnames = ["LAYOUT.FLOW"]\nmaterials = { LAYOUT = "missing" }',
            ("应当指出 LAYOUT.FLOW，实际没有指出", "多指出了 LAYOUT.material_present"),
        ),
        (
            'expect = "accept"\nasks = ["ONLINE"]\nasks_not = ["LICENCE"]\nwarns = []',
            ("应当要 ONLINE，实际不要", "不应当要 LICENCE，实际要了", "多提示了 NETWORK_NOTE"),
        ),
        (
            'expect = "accept"\nwarns = ["NETWORK_NOTE", "PLACE"]',
            ("应当提示 PLACE，实际没有提示",),
        ),
    ],
)
def test_everything_that_came_out_otherwise_is_told(hall, text, sentences):
    assert told(hall, f'name = "样例"\n{text}') == sentences


def test_a_sample_that_names_what_is_not_there_is_not_run_and_says_everything(hall):
    found = told(
        hall,
        """
        name = "样例"
        expect = "notice"
        names = ["NOWHERE", "LAYOUT.NOTHING"]
        applicant = { like = "noodle_shop", age = 3 }
        handler = "school"
        answers = { business = "flying", colour = "red" }
        fields = { delivery = "鸽子", height = "3" }
        materials = { LEASE = "paper", LICENCE = "deferral", LAYOUT = { points = { X = true } } }
        asks = ["ROOF"]
        warns = ["OPENING"]
        """,
    )

    assert found == (
        "applicant：样例人物里没有 noodle_shop（或单位不能改年龄、性别）",
        "handler：代办人应是个人",
        "answers.business：没有选项 flying",
        "answers：没有问题 colour",
        "fields.delivery：没有选项“鸽子”（填选项的文字：短信 + 窗口领取、寄递、电子送达）",
        "fields：没有表单项 height",
        "materials：没有材料 LEASE",
        "materials.LICENCE：收取方式里没有 deferral",
        "materials.LAYOUT：没有审查要点 X",
        "asks：没有材料 ROOF",
        "warns：没有提示性规则 OPENING",
        "names：没有材料、表单项、问题或规则 NOWHERE",
        "names：LAYOUT.NOTHING 的细目不是检查项，也不是审查要点",
    )


def test_all_faults_of_form_are_listed_at_once():
    text = """
    item_code = "x"
    [[samples]]
    name = "甲"
    expect = "acept"
    [[samples]]
    name = "甲"
    expect = "notice"
    applicant = "zhang"
    colour = "red"
    materials = { A = "lost", B = { way = "paper", copis = 0, valid_days = "3" } }
    [[samples]]
    name = "乙"
    expect = "accept"
    applicant = "zhang"
    names = ["A b"]
    """

    with pytest.raises(SamplesFaulty) as refused:
        samples_from(tomllib.loads(text))

    assert len(refused.value.faults) == 10
    for wrong in ("acept", "applicant", "colour", "lost", "copis", "valid_days", "A b", "都叫“甲”"):
        assert any(wrong in fault for fault in refused.value.faults), wrong


def test_a_sample_s_own_words_win_over_the_base_key_by_key(hall):
    sample = one('name = "甲"\nexpect = "accept"\nfields = { area = "9", opening_on = "today" }')

    case = sample_case(hall, FOOD, sample, "03", TODAY)

    assert case.values["area"].value == "9"
    assert case.values["staff"].value == "3"
    assert case.values["opening_on"].value == TODAY.isoformat()


def test_days_of_a_sample_move_with_the_day_it_is_run_on(hall):
    """A version that is still to come is checked on its first day."""
    later = replace(FOOD, effective_on=TODAY.replace(year=TODAY.year + 1))

    result = run_sample(hall, later, one('name = "甲"\nexpect = "receive"'))

    assert result.on == later.effective_on
    assert [d.what for d in result.differences] == []


def test_people_of_samples_are_invented_with_valid_numbers_and_stay_as_old(hall):
    for key, person in hall.people.persons.items():
        for on in (TODAY, TODAY.replace(year=2032, month=2, day=29)):
            party = hall.people.person(SampleWho(key=key)).party(on, NOW)
            assert party.id_number.startswith(AREA)
            assert check_resident_id(party.id_number, on).valid, key
            assert party.birth_on is not None
            assert age_on(party.birth_on, on) == person.age
    for key, body in hall.people.bodies.items():
        assert check_unified_code(body.party(NOW).id_number).valid, key


def test_somebody_may_be_of_another_age_or_sex(hall):
    text = 'name = "甲"\nexpect = "accept"\napplicant = { like = "li", age = 70, sex = "male" }'

    party = hall.people.person(one(text).applicant).party(TODAY, NOW)

    assert (party.sex, age_on(party.birth_on, TODAY)) == ("1", 70)
    assert check_resident_id(party.id_number, TODAY).valid


def test_a_changed_rule_shows_in_the_samples_it_touches(hall):
    """What the publisher sees before a version takes effect."""
    samples = samples_from(
        tomllib.loads(
            f'{HEAD}[[samples]]\nname = "甲"\nexpect = "accept"\n'
            '[[samples]]\nname = "乙"\nexpect = "notice"\nnames = ["LAYOUT"]\n'
            'materials = { LAYOUT = "missing" }'
        )
    )
    kept = tuple(asked for asked in FOOD.requirements if asked.code != "LAYOUT")
    changed = replace(FOOD, requirements=kept)

    results = run_samples(hall, changed, samples)

    assert [bool(result.differences) for result in results] == [False, True]


def test_the_case_of_a_sample_is_what_the_window_would_check(hall):
    sample = one('name = "甲"\nexpect = "deferral"\nmaterials = { RULES = "deferral" }')

    case = sample_case(hall, FOOD, sample, "03", TODAY)

    assert case.evidence["RULES"].due_on is not None
    assert check_case(FOOD, case, "03", TODAY, CALENDAR) == run_sample(hall, FOOD, sample).verdict
    assert sample.expect is Expected.DEFERRAL


def test_a_file_and_a_certificate_fit_what_is_asked_unless_the_sample_says_otherwise(hall):
    """Pages, format and issuer are those that the line asks for."""
    lines: dict[str, dict[str, Any]] = {
        "LAYOUT": {"pages_at_least": 3, "file_formats": (FileFormat.PNG,)},
        "LICENCE": {"issuers": ("示例县市场监督管理局",)},
    }
    asked = tuple(replace(one, **lines.get(one.code, {})) for one in FOOD.requirements)
    strict = replace(FOOD, requirements=asked)
    given = 'LAYOUT = { way = "scan"%s }, LICENCE = { way = "certificate"%s }'
    text = 'name = "甲"\nexpect = "%s"\nmaterials = { %s }\n'

    good = told(hall, text % ("accept", given % ("", "")), strict)
    wrong = given % (", pages = 2", ', issuer = "外县示例局"')
    names = 'names = ["LAYOUT.material_pages", "LICENCE.material_issuer"]'
    bad = told(hall, text % ("notice", wrong) + names, strict)

    assert (good, bad) == ((), ())
