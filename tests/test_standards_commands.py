"""The commands around item standards: check again, samples, lint, pack and take."""

import io
import shutil
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from clerk import assets
from clerk.__main__ import main
from clerk.app.sign_data import signed_beside
from clerk.domain.draft_editing import without_line
from clerk.domain.kept_check import kept_check
from clerk.domain.standard_writing import table_of
from clerk.services.records import keep_case
from clerk.storage import case_checks, standard_drafts, standards
from clerk.storage.plain_table import dump_table
from tests.domain.at_the_window import (
    FOOD,
    NOW,
    TODAY,
    WINDOW,
    accepted_case,
    check,
    noodle_shop_complete,
)
from tests.real_counter import WORD, joined, lives_in, opened, said, settled
from tests.services.test_standard_package import with_members

PEOPLE = (
    ("wu", "吴督导", "supervisor"),
    ("shen", "沈审计", "auditor"),
    ("bian", "边编写", "standard_editor"),
    ("li", "李示例", "window_clerk"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A real counter with its people and one accepted case; copied for each test."""
    home = tmp_path_factory.mktemp("home")
    settled(home)
    with pytest.MonkeyPatch.context() as environment:
        lives_in(environment, home)
        joined(*PEOPLE)
        draft = replace(noodle_shop_complete(), evidence={})
        with opened() as here, here.desk.store.begin() as tx:
            saved = keep_case(tx, replace(accepted_case(), evidence={}))
            case_checks.put(tx, kept_check(draft, saved, check(draft), WINDOW, TODAY, NOW))
    return home


@pytest.fixture(autouse=True)
def _counter_of_its_own(made, tmp_path, monkeypatch):
    shutil.copytree(made, tmp_path / "home")
    lives_in(monkeypatch, tmp_path / "home")


def run(command, *more, account="shen"):
    return main([command, *more, "--as", account, "--passphrase-fd", said(WORD)])


def trusts(key, folder, capsys):
    """Write the bureau's key into the counter's settings, as the program says it."""
    settings = folder / "home" / "counter" / "settings.toml"
    assert main(["--sign-data", str(key)]) == 0
    trusted = capsys.readouterr().out.split("写上：")[1].strip()
    settings.write_text(f"{trusted}\n{settings.read_text('utf-8')}", encoding="utf-8")


def test_every_stored_case_says_the_same_again(capsys):
    code = run("--recheck")

    assert code == 0
    assert "重新核对了 1 次，0 次结论不同，每秒" in capsys.readouterr().out


def test_a_draft_says_how_many_stored_verdicts_it_would_change(capsys, tmp_path):
    name = next(n for n in assets.names("resources", "standards/food_business_permit"))
    text = assets.read_text("resources", name).replace(
        'text = "拟开业日期应不早于今天"', 'text = "拟开业日期应不早于今天"\nhard = false'
    )
    (tmp_path / "draft.toml").write_text(text, encoding="utf-8")

    code = run("--recheck", "--under", str(tmp_path / "draft.toml"))

    told = capsys.readouterr().out
    assert code == 0
    assert "按食品经营许可新办第1版重新核对了 1 次，1 次结论会不同" in told
    assert "现在 pass rule OPENING soft" in told


def test_a_draft_that_does_not_parse_says_all_its_faults(capsys, tmp_path):
    (tmp_path / "draft.toml").write_text('item_code = "x"\nvisits = "no"', encoding="utf-8")

    assert run("--recheck", "--under", str(tmp_path / "draft.toml")) == 1

    told = capsys.readouterr().err
    assert "visits：应为" in told
    assert "name：缺少" in told


def test_samples_and_lint_of_an_item_say_in_one_line_that_all_is_well(capsys):
    assert main(["--check-samples", FOOD.item_code, "--on", "2026-03-18"]) == 0
    assert "看了1个事项，0个有问题" in capsys.readouterr().out
    assert main(["--lint-standards", FOOD.item_code, "--on", "2026-03-18"]) == 0
    assert "错误0处，警告0处" in capsys.readouterr().out


def test_what_is_wrong_with_an_item_is_told_with_its_place_and_a_way_out(capsys, tmp_path):
    site = tmp_path / "site" / "resources"
    (site / "samples").mkdir(parents=True)
    (site / "samples" / "food_business_permit.toml").write_text(
        'item_code = "food_business_permit"\n[[samples]]\nname = "甲"\nexpect = "accept"\n'
        'applicant = "noodle_shop"\n',
        encoding="utf-8",
    )
    assets.use_site(tmp_path / "site")
    try:
        assert main(["--check-samples", FOOD.item_code, "--on", "2026-03-18"]) == 1
        assert main(["--lint-standards", FOOD.item_code, "--on", "2026-03-18"]) == 0
    finally:
        assets.use_site(None)
    told = capsys.readouterr()
    assert "food_business_permit 甲\n  应为可以受理，实际是" in told.err
    assert "samples 警告 样例只有1个" in told.out


def test_what_is_packed_and_signed_here_is_taken_in_as_drafts_elsewhere(capsys, tmp_path):
    package, key = tmp_path / "standards.zip", tmp_path / "bureau.key"
    assert run("--pack-standards", str(package), "--key", str(key), account="bian") == 0
    assert "个版本" in capsys.readouterr().out
    trusts(key, tmp_path, capsys)

    code = run("--take-standards", str(package), account="bian")

    assert code == 0
    assert "取进了0份草稿" in capsys.readouterr().out
    with opened() as here, here.desk.store.begin() as tx:
        assert standard_drafts.find(tx, FOOD.item_code) is None
        newer = replace(FOOD, version=2, effective_on=date(2026, 3, 1), visits=0)
        standards.publish(tx, newer, NOW)
    assert run("--take-standards", str(package), "--look", account="bian") == 0
    assert "2025-01-01起生效，早于现行的2026-03-01" in capsys.readouterr().out
    package.write_bytes(package.read_bytes() + b" ")
    assert run("--take-standards", str(package), account="bian") == 1
    assert "签名不对，没有取任何内容" in capsys.readouterr().err


def test_all_that_is_wrong_with_a_signed_package_is_told_and_no_draft_comes_of_it(capsys, tmp_path):
    package, key = tmp_path / "standards.zip", tmp_path / "bureau.key"
    assert run("--pack-standards", str(package), "--key", str(key), account="bian") == 0
    trusts(key, tmp_path, capsys)
    opening = [line.code for line in FOOD.fields].index("opening_on")
    faulty = without_line(table_of(FOOD), ("fields",), opening)
    with_members(package, {f"standards/{FOOD.item_code}/1.json": dump_table(faulty).encode()})
    signed_beside(key, package)

    assert run("--take-standards", str(package), account="bian") == 1

    told = capsys.readouterr().err
    assert "标准包有1处问题，没有取任何内容" in told
    assert f"{FOOD.item_code} 第1版 › 规则 OPENING › 比较哪几处：没有表单项 opening_on" in told
    with opened() as here, here.desk.store.begin() as tx:
        assert standard_drafts.all_taken(tx) == set()


def test_what_is_wrong_with_a_letter_template_of_a_package_is_told_as_well(capsys, tmp_path):
    package, key = tmp_path / "standards.zip", tmp_path / "bureau.key"
    assert run("--pack-standards", str(package), "--key", str(key), account="bian") == 0
    trusts(key, tmp_path, capsys)
    letter = io.BytesIO()
    Document().save(letter)
    with_members(package, {"letters/promise/promise_permit.docx": letter.getvalue()})
    signed_beside(key, package)

    assert run("--take-standards", str(package), account="bian") == 1

    told = capsys.readouterr().err
    assert "承诺书模板promise_permit有不能用的地方，没有取任何内容" in told
    assert "没有写“" in told


def test_a_package_without_a_signature_is_not_looked_into(capsys, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK")

    assert run("--take-standards", str(tmp_path / "a.zip"), account="bian") == 1

    assert "没有签名，没有取任何内容" in capsys.readouterr().err


def test_only_who_verifies_the_journal_checks_again(capsys):
    assert run("--recheck", account="li") == 1
    assert "没有这项权限" in capsys.readouterr().err
