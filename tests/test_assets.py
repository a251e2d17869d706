"""Templates and resources: shipped ones, and the bureau's own in their place."""

import pytest

from clerk import assets
from clerk.domain.errors import BadInput


@pytest.fixture
def site(tmp_path):
    """The bureau's site folder, in force for one test."""
    assets.use_site(tmp_path)
    yield tmp_path
    assets.use_site(None)


def _put(site, name, text):
    file = site / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_shipped_file_is_read_from_the_checkout():
    assert "[" in assets.read_text("resources", "calendar/2026.toml")
    assert assets.path("resources", "calendar/2026.toml").is_file()


def test_the_file_of_the_bureau_comes_before_the_shipped_one(site):
    _put(site, "resources/calendar/2026.toml", "own = true")

    assert assets.read_text("resources", "calendar/2026.toml") == "own = true"
    assert "own" not in assets.read_text("resources", "calendar/2025.toml")


def test_a_file_that_only_the_bureau_has_is_listed_with_the_shipped_ones(site):
    _put(site, "resources/calendar/2027.toml", "own = true")

    listed = assets.names("resources", "calendar")

    assert {"calendar/2026.toml", "calendar/2027.toml"} <= set(listed)
    assert set(listed) < set(assets.names("resources"))
    assert list(listed) == sorted(listed)


@pytest.mark.parametrize(
    "name", ["../setup.cfg", "calendar/../../setup.cfg", "/etc/hostname", "a\\b", "C:x", ""]
)
def test_a_name_that_leaves_its_folder_is_refused(name):
    with pytest.raises(BadInput, match="系统管理员"):
        assets.read_bytes("resources", name)
