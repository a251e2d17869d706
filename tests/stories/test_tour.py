"""The tour itself: it plays through, and notices what is broken."""

import json
import os
import subprocess
import sys

import pytest

from tests.source_code import ROOT

SECONDS = 180


@pytest.fixture
def played(tmp_path):
    """Play the tour in a child process; return its exit code, what it said and its report."""

    def play(*arguments):
        out = tmp_path / "tour"
        done = subprocess.run(
            [sys.executable, "-m", "clerk", "--tour", "--out", str(out), *arguments],
            cwd=ROOT,
            env={**os.environ, "CLERK_HOME": str(tmp_path / "home")},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        return done, out, json.loads((out / "tour.json").read_text(encoding="utf-8"))

    return play


def test_the_tour_plays_the_whole_main_job_by_keys(played, tmp_path):
    """Each step held on the window and before its second witness; nobody's own home was used."""
    done, out, report = played()

    assert done.returncode == 0, done.stdout + done.stderr
    assert report["ok"] is True
    assert [step["name"] for step in report["steps"] if not step["ok"] or not step["witness"]] == []
    assert report["keys"] > 100
    files = {name for step in report["steps"] for name in step["files"]}
    assert {out_file.name for out_file in out.iterdir()} == files | {"tour.json"}
    assert {name.rpartition(".")[2] for name in files} == {"png", "pdf", "docx"}
    assert not (tmp_path / "home").exists()


def test_what_breaks_fails_the_tour_at_its_own_step_and_says_so(played):
    """The soak breaks the others, which show late in the tour."""
    done, _, report = played("--break", "certlib")

    failed = [step["name"] for step in report["steps"] if not step["ok"]]
    assert done.returncode == 1
    assert report["ok"] is False
    assert failed == ["licence"]
    assert "FAILED at step 5 licence" in done.stdout
