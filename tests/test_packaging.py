"""What ships is what lies in the checkout, and it works where it is installed."""

import configparser
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.source_code import ROOT, SHIPPED

ASSETS = ("templates", "resources")
LEFT_BY_TOOLS = ("__pycache__", ".*_cache")


def _names(root: Path, tops: Iterable[str]) -> list[str]:
    """Return the files below some folders of ``root``, with ``/``."""
    return [
        path.relative_to(root).as_posix()
        for top in tops
        for path in (root / top).rglob("*")
        if path.is_file()
    ]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A clean copy of what a clone holds."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in (*SHIPPED, *ASSETS):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns(*LEFT_BY_TOOLS))
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def wheel(checkout, tmp_path_factory):
    """The wheel of the checkout, built without the network."""
    source = tmp_path_factory.mktemp("source") / "source"
    shutil.copytree(checkout, source)  # a build leaves its own files behind
    built = tmp_path_factory.mktemp("dist")

    _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", built, source])

    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment outside the repository with our wheel in it; returns its folder.

    What the program depends on is lent from the environment of the tests by one path entry, so
    the network is not needed. Path entries of a lent folder do not count, so the editable copy of
    the checkout is not among it.
    """
    environment = tmp_path_factory.mktemp("elsewhere") / "environment"
    _run([sys.executable, "-m", "venv", "--without-pip", environment])
    paths = sysconfig.get_paths(vars={"base": str(environment), "platbase": str(environment)})
    lent = Path(paths["purelib"], "lent.pth")
    lent.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    python = environment / "bin" / "python"
    _run(
        [
            *(sys.executable, "-m", "pip", "--python", python),
            *("install", "--quiet", "--no-deps", "--no-index", wheel),
        ]
    )
    return environment


def _run(command, *, cwd=None):
    """Run ``command`` as a stranger would and return what it printed."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command[:4]}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_every_package_is_listed_by_name():
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = setup["options"]["packages"].split()

    on_disk = {f"clerk.{name}" for name in ASSETS} | {
        ".".join(path.parent.relative_to(ROOT).parts)
        for top in SHIPPED
        for path in (ROOT / top).rglob("*.py")
    }

    assert listed == sorted(on_disk)


def test_the_wheel_holds_the_files_of_the_checkout_and_no_others(checkout, wheel):
    expected = {*_names(checkout, SHIPPED), *(f"clerk/{name}" for name in _names(checkout, ASSETS))}

    with zipfile.ZipFile(wheel) as packed:
        inside = {name for name in packed.namelist() if ".dist-info/" not in name}

    assert inside == expected


def test_the_installed_program_proves_itself(installed, tmp_path):
    """The self-check of a copy that has never seen the repository."""
    told = _run([installed / "bin" / "clerk", "--self-check"], cwd=tmp_path)

    assert "个文件与发布时一致" in told
    assert "fail" not in told


def test_the_installed_program_runs_from_its_own_files(installed, tmp_path):
    ask = """
import clerk, integrations
from clerk import assets
print(clerk.__file__, integrations.__file__, assets.folder("resources"))
"""

    told = _run([installed / "bin" / "python", "-c", ask], cwd=tmp_path)

    assert all(Path(path).is_relative_to(installed) for path in told.split())
