"""A package of standards goes from one counter to another; what is wrong with it is listed at once."""

import json
import os
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from clerk import wording_difference
from clerk.app.sample_files import read_hall
from clerk.app.starter import shipped_samples
from clerk.domain.errors import BadInput, NotAllowed
from clerk.domain.identity import Role
from clerk.domain.standard_difference import StandardChangeKind
from clerk.domain.standard_package import MANIFEST, PackageFaulty, packaged
from clerk.domain.standard_writing import table_of
from clerk.services.package_taking import compare_package, keep_package
from clerk.services.sample_bench import SampleBench
from clerk.services.standard_drafts import load_draft
from clerk.services.standard_packing import pack_standards
from clerk.services.standard_unpacking import changes, look_through, opened
from clerk.storage import standard_drafts, standards
from clerk.storage.plain_table import dump_table

FOOD = "food_business_permit"
BENCH = SampleBench(read_hall=read_hall, shipped=shipped_samples)
DATA = {"calendar/2026.toml": b"year = 2026", "codes/nations.toml": b"x = 1"}
TEMPLATES = {"templates/notices/receipt.html": "ab" * 32}
SOME = (FOOD, "old_age_allowance", "sole_trader_registration")


@pytest.fixture
def editor(window):
    return window.session(Role.STANDARD_EDITOR)


def published(window, *items):
    with window.desk.store.begin() as tx:
        for item in items:
            standards.publish(tx, item, window.clock())


@pytest.fixture
def filled(window):
    """The window's store with three items in force."""
    published(window, *(window.catalogue[code] for code in SOME))
    return window


def packed(window, session, file, **more):
    return pack_standards(window.desk, session, file, BENCH.kept, more.get("data", DATA), TEMPLATES)


def with_members(file, changed):
    """Write the package anew with members changed (None takes one away), the manifest in order."""
    with ZipFile(file) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(held.pop(MANIFEST))
    kept = [name for name in (*held, *changed) if changed.get(name, b"") is not None]
    members = {name: changed.get(name) or held[name] for name in kept}
    manifest["files"] = [
        {"name": one.name, "size_bytes": one.size_bytes, "digest": one.digest}
        for one in (packaged(name, content) for name, content in members.items())
    ]
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr(MANIFEST, json.dumps(manifest))


def always(_done, _total):
    return True


def worded(change, before, after, later):
    return (*wording_difference.grouped(change, before, after), ("later", (str(later),)))


def compared(window, session, file, go_on=always):
    with opened(file) as package:
        return compare_package(window.desk, session, package, file.name, {}, go_on, worded)


def taken(window, session, file, batch="包", go_on=always):
    """Compare and keep; returns how many drafts and letter templates came in."""
    with closing(compared(window, session, file)) as found:
        return keep_package(window.desk, session, found, batch, go_on)


def drafts_there(window):
    with window.desk.store.read() as tx:
        return standard_drafts.all_taken(tx)


def nested(item_code, depth):
    """A standard whose only rule has a condition so deep."""
    must = '{"all":[' * depth + "]}" * depth
    return f'{{"item_code":"{item_code}","version":1,"rules":[{{"must":{must}}}]}}'.encode()


@contextmanager
def refused(file):
    with pytest.raises(PackageFaulty) as error, opened(file) as package:
        look_through(package, always)
    yield error.value.faults


def test_a_package_has_every_version_in_force_or_to_come_with_samples_and_digests(
    filled, editor, tmp_path
):
    item = filled.catalogue[FOOD]
    published(filled, replace(item, version=2, effective_on=date(2027, 1, 1)))

    told = packed(filled, editor, tmp_path / "a.zip")

    assert (told.items, told.versions) == (3, 4)
    assert told.samples >= 3
    with opened(tmp_path / "a.zip") as package:
        items = [package.item(number) for number in range(package.items)]
        assert [item.item_code for item in items] == sorted(SOME)
        assert [table["version"] for table in items[0].tables()] == [1, 2]
        assert (items[0].samples(1) or {})["item_code"] == FOOD


def test_the_same_store_packs_the_same_bytes(filled, editor, tmp_path):
    packed(filled, editor, tmp_path / "a.zip")
    packed(filled, editor, tmp_path / "b.zip")

    first, second = ((tmp_path / name).read_bytes() for name in ("a.zip", "b.zip"))
    assert sha256(first).digest() == sha256(second).digest()


def test_what_is_in_force_already_is_no_change(filled, editor, tmp_path):
    packed(filled, editor, tmp_path / "a.zip")

    with opened(tmp_path / "a.zip") as package:
        assert set(changes(filled.desk, editor, package)) == {None}
    came = taken(filled, editor, tmp_path / "a.zip")
    assert (came.drafts, came.letters) == (0, 0)


def test_changed_new_and_missing_items_are_told_and_taken_as_drafts(filled, editor, tmp_path):
    packed(filled, editor, tmp_path / "a.zip")
    food = table_of(filled.catalogue[FOOD])
    food |= {"version": 2, "effective_on": date(2026, 6, 1), "visits": 2}
    later = food | {"version": 3, "effective_on": date(2027, 1, 1), "visits": 0}
    new = table_of(filled.catalogue["business_rest_filing"])
    with_members(
        tmp_path / "a.zip",
        {
            f"standards/{FOOD}/2.json": dump_table(food).encode(),
            f"standards/{FOOD}/3.json": dump_table(later).encode(),
            "standards/business_rest_filing/1.json": dump_table(new).encode(),
            "standards/old_age_allowance/2.json": None,
            "samples/old_age_allowance/2.json": None,
        },
    )

    with opened(tmp_path / "a.zip") as package:
        found = {one.change.item_code: one for one in changes(filled.desk, editor, package) if one}
    with closing(compared(filled, editor, tmp_path / "a.zip")) as seen:
        report = seen.report
        assert seen.made == "边编写 2026-03-18 09:00"
    came = taken(filled, editor, tmp_path / "a.zip", "测试库的包")

    kinds = StandardChangeKind
    assert {code: one.change.kind for code, one in found.items()} == {
        FOOD: kinds.CHANGED,
        "business_rest_filing": kinds.ADDED,
        "old_age_allowance": kinds.DROPPED,
    }
    changed = found[FOOD]
    assert changed.later == 1
    assert wording_difference.sentences(changed.change, changed.before, changed.after) == (
        "到现场次数从1改为2",
    )
    assert [(one.item_code, one.base_version, one.sentences) for one in report.drafts] == [
        ("business_rest_filing", 0, (("later", ("0",)),)),
        (FOOD, 1, (("基本信息和时限", ("到现场次数从1改为2",)), ("later", ("1",)))),
    ]
    assert (report.to_keep, report.unlisted, report.items) == (2, 1, 3)
    assert came.drafts == 2
    draft = load_draft(filled.desk, editor, FOOD)
    assert (draft.table["visits"], draft.batch, draft.base_version) == (2, "测试库的包", 1)
    with filled.desk.store.read() as tx:
        assert standards.find(tx, FOOD, 2) is None


def test_an_item_that_somebody_edits_keeps_the_whole_package_out(filled, editor, tmp_path):
    packed(filled, editor, tmp_path / "a.zip")
    with_members(
        tmp_path / "a.zip",
        {
            f"standards/{code}/9.json": dump_table(
                table_of(filled.catalogue[code]) | {"version": 9, "visits": 9}
            ).encode()
            for code in (FOOD, "old_age_allowance")
        },
    )
    assert taken(filled, editor, tmp_path / "a.zip", "甲").drafts == 2
    with pytest.raises(BadInput, match="已有草稿"):
        taken(filled, editor, tmp_path / "a.zip", "乙")


def test_what_was_published_after_the_package_was_seen_keeps_the_whole_of_it_out(
    filled, editor, tmp_path
):
    item = filled.catalogue[FOOD]
    packed(filled, editor, tmp_path / "a.zip")
    changed = table_of(item) | {"version": 2, "visits": 2}
    with_members(tmp_path / "a.zip", {f"standards/{FOOD}/2.json": dump_table(changed).encode()})

    with closing(compared(filled, editor, tmp_path / "a.zip")) as seen:
        published(filled, replace(item, version=2, effective_on=date(2026, 6, 1), visits=0))
        with pytest.raises(BadInput, match="之后又发布了新版，没有改动。请重新核对再来"):
            keep_package(filled.desk, editor, seen, "包", always)

    assert drafts_there(filled) == set()
    assert taken(filled, editor, tmp_path / "a.zip").drafts == 1


def test_a_package_that_is_stopped_leaves_nothing_wherever_it_was(filled, editor, tmp_path):
    packed(filled, editor, tmp_path / "a.zip")
    changed = table_of(filled.catalogue[FOOD]) | {"version": 2, "visits": 2}
    with_members(tmp_path / "a.zip", {f"standards/{FOOD}/2.json": dump_table(changed).encode()})
    steps: list[tuple[int, int]] = []

    def step(done, total):
        steps.append((done, total))
        return True

    with closing(compared(filled, editor, tmp_path / "a.zip", step)) as found:
        assert keep_package(filled.desk, editor, found, "包", lambda *_: False) is None

    for at in steps:
        assert compared(filled, editor, tmp_path / "a.zip", lambda *now, at=at: now != at) is None
    assert len(steps) >= 2
    assert all(done <= total for done, total in steps)
    assert drafts_there(filled) == set()


def test_calendars_codes_and_templates_that_differ_are_named(filled, editor, tmp_path):
    packed(filled, editor, tmp_path / "a.zip")
    here = {name: sha256(content).hexdigest() for name, content in DATA.items()}

    with opened(tmp_path / "a.zip") as package:
        assert package.differing({**here, **TEMPLATES}) == ()
        here["calendar/2026.toml"] = "0"
        assert package.differing(here) == (
            "calendar/2026.toml",
            "templates/notices/receipt.html",
        )


def test_every_fault_of_every_member_is_listed(filled, editor, tmp_path):
    packed(filled, editor, tmp_path / "a.zip")
    faulty = table_of(filled.catalogue[FOOD]) | {"visits": "x", "colour": "red"}
    other = table_of(filled.catalogue["old_age_allowance"])
    with_members(
        tmp_path / "a.zip",
        {
            f"standards/{FOOD}/1.json": dump_table(faulty).encode(),
            "standards/sole_trader_registration/7.json": dump_table(other).encode(),
            "samples/old_age_allowance/1.json": b'{"item_code": "old_age_allowance"}',
            "standards/a/1.json": b"[" * 100_000,
            "standards/b/1.json": nested("b", 250),
        },
    )

    with refused(tmp_path / "a.zip") as faults:
        for wrong in (
            f"standards/{FOOD}/1.json visits",
            f"standards/{FOOD}/1.json colour",
            "standards/sole_trader_registration/7.json：写的是另一个事项",
            "standards/sole_trader_registration/7.json：版本号和文件名不符",
            "samples/old_age_allowance/1.json samples",
            "standards/a/1.json：读不懂",
            "standards/b/1.json：读不懂",
        ):
            assert any(fault.startswith(wrong) for fault in faults), wrong


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../../etc/passwd", "不该有这个文件"),
        ("/standards/a/1.json", "不该有这个文件"),
        ("standards/a/../../x/1.json", "不该有这个文件"),
        ("standards\\a\\1.json", "不该有这个文件"),
        ("standards/a/01.json", "不该有这个文件"),
    ],
)
def test_a_member_outside_its_place_keeps_the_package_out(filled, editor, tmp_path, name, told):
    packed(filled, editor, tmp_path / "a.zip")
    with ZipFile(tmp_path / "a.zip", "a") as archive:
        archive.writestr(name, b"{}")

    with refused(tmp_path / "a.zip") as faults:
        assert any(told in fault for fault in faults)


def test_a_member_made_to_fill_the_disk_is_not_unpacked(filled, editor, tmp_path):
    packed(filled, editor, tmp_path / "a.zip")
    with ZipFile(tmp_path / "a.zip", "a", ZIP_DEFLATED) as archive:
        archive.writestr("codes/bomb.toml", b"0" * (64 << 20))

    with refused(tmp_path / "a.zip") as faults:
        assert faults == ("codes/bomb.toml：解开后大得不正常（67108864字节）",)


def test_changed_bytes_missing_members_and_a_newer_format_are_found(filled, editor, tmp_path):
    packed(filled, editor, tmp_path / "a.zip")
    with ZipFile(tmp_path / "a.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members[MANIFEST])
    members["codes/nations.toml"] = b"x = 2"
    del members["calendar/2026.toml"]
    with ZipFile(tmp_path / "b.zip", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with refused(tmp_path / "b.zip") as faults:
        assert faults == ("calendar/2026.toml：清单里有，包里没有",)

    members["calendar/2026.toml"] = DATA["calendar/2026.toml"]
    with ZipFile(tmp_path / "c.zip", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with refused(tmp_path / "c.zip") as faults:
        assert faults == ("codes/nations.toml：内容和清单不符",)

    members[MANIFEST] = json.dumps(manifest | {"format": 2}).encode()
    with ZipFile(tmp_path / "d.zip", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with refused(tmp_path / "d.zip") as faults:
        assert faults == ("manifest.json：标准包的格式比本程序新，请先升级程序",)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"<html></html>"])
def test_what_is_no_package_is_told_in_one_sentence(tmp_path, content):
    (tmp_path / "a.zip").write_bytes(content)

    with refused(tmp_path / "a.zip") as faults:
        assert faults == ("a.zip：读不出，或者不是标准包",)


def test_a_stick_that_is_pulled_out_is_told_and_not_this_computers_disk(filled, editor, tmp_path):
    file = tmp_path / "a.zip"
    packed(filled, editor, file)
    with_members(file, {"codes/nations.toml": os.urandom(1 << 20)})

    def pulled_out(_done, _total):
        """Let every further look at the file fail: it is a folder now."""
        held = [one for one in Path("/proc/self/fd").iterdir() if one.resolve() == file]
        folder = os.open(tmp_path, os.O_RDONLY)
        for one in held:
            os.dup2(folder, int(one.name))
        os.close(folder)
        return True

    with pytest.raises(PackageFaulty) as error:
        compared(filled, editor, file, pulled_out)

    assert any("读不出" in fault for fault in error.value.faults)


def test_only_who_edits_standards_takes_them(filled, editor, tmp_path):
    packed(filled, editor, tmp_path / "a.zip")

    with pytest.raises(NotAllowed):
        compared(filled, filled.clerk, tmp_path / "a.zip")
    with pytest.raises(NotAllowed):
        packed(filled, filled.session(Role.AUDITOR), tmp_path / "b.zip")
