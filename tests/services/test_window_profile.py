"""What this window does not take is not opened here, by whatever way, and the window says where."""

from dataclasses import replace

import pytest

from clerk import settings
from clerk.domain.errors import BadInput, UnknownItem
from clerk.domain.window_profile import ItemChoice, TakenElsewhere, WindowProfile
from clerk.services import drafts

FOOD = "food_business_permit"
SETTINGS = """
code = "07"
name = "7 号窗"
hall = "示例县政务服务中心"
org_code = "11990123MB0001001W"
phone = "000-1000 007"
address = "示例县演示路 1 号"

[endpoints]
certlib = "https://127.0.0.1:1"
back_office = "https://127.0.0.1:1"
platform = "https://127.0.0.1:1"

[profile]
otherwise = "县政务服务中心 1 号窗"
takes = [{ offline = true }]
leaves = [{ items = ["food_business_permit"], to = "5 号窗" }]
"""


@pytest.mark.parametrize(
    ("profile", "where"),
    [
        (
            WindowProfile(
                leaves=(TakenElsewhere(choice=ItemChoice(items=frozenset({FOOD})), to="5 号窗"),)
            ),
            "到5 号窗办",
        ),
        (WindowProfile(takes=(ItemChoice(offline=True),)), "到县行政审批服务局办"),
    ],
)
def test_the_service_opens_no_case_of_an_item_that_this_window_does_not_take(
    window, profile, where
):
    desk = replace(window.desk, profile=profile)

    with pytest.raises(UnknownItem, match=f"本窗口不办，{where}，没有开件"):
        drafts.open_case(desk, window.clerk, window.catalogue[FOOD])


def test_the_window_reads_its_profile_from_its_settings(tmp_path):
    place = tmp_path / "counter"
    place.mkdir()
    (place / "settings.toml").write_text(SETTINGS, encoding="utf-8")

    read = settings.counter({"CLERK_HOME": str(tmp_path)}).profile

    assert read.otherwise == "县政务服务中心 1 号窗"
    assert read.takes == (ItemChoice(offline=True),)
    assert read.leaves[0].to == "5 号窗"
    assert settings.practice({"CLERK_HOME": str(tmp_path)}).profile.everything


def test_a_profile_that_is_no_table_opens_nothing(tmp_path):
    place = tmp_path / "counter"
    place.mkdir()
    text = SETTINGS.split("[profile]", maxsplit=1)[0].replace("\ncode", '\nprofile = "van"\ncode')
    (place / "settings.toml").write_text(text, encoding="utf-8")

    with pytest.raises(BadInput, match="profile 应是一张表"):
        settings.counter({"CLERK_HOME": str(tmp_path)})


def test_the_practice_library_speaks_what_the_practice_settings_say(tmp_path):
    place = tmp_path / "practice"
    place.mkdir()
    environment = {"CLERK_HOME": str(tmp_path)}
    usual = settings.practice(environment).library_shape
    (place / "settings.toml").write_text('library_shape = "rest_json"', encoding="utf-8")

    assert (usual, settings.practice(environment).library_shape) == ("soap_typed", "rest_json")


@pytest.mark.parametrize("text", ['library_shape = "smoke"', "library_shape = 7", "library_shape"])
def test_a_shape_that_nobody_speaks_opens_no_practice_hall(tmp_path, text):
    place = tmp_path / "practice"
    place.mkdir()
    (place / "settings.toml").write_text(text, encoding="utf-8")

    with pytest.raises(BadInput, match="没有打开练习环境"):
        settings.practice({"CLERK_HOME": str(tmp_path)})
