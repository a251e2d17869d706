"""Files, papers, standards, settings and what was typed earlier."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from clerk.domain.errors import StandardFaulty
from clerk.domain.issued import IssuedPaper
from clerk.domain.papers import PaperKind
from clerk.storage import cases, files, papers, settings, standards, typed_values
from clerk.storage.engine import Store
from clerk.storage.trouble import StoreDamaged
from tests.storage.invented import ID_NUMBER, NOW, TODAY, a_draft, a_full_case, a_standard, an_id

SCAN = b"\xff\xd8\xff" + bytes(range(256)) * 500


def test_a_file_comes_back_and_is_kept_once(tx: Connection) -> None:
    first = files.keep(tx, SCAN, name="a.jpg", media_type="image/jpeg", at=NOW)
    again = files.keep(tx, SCAN, name="b.jpg", media_type="image/jpeg", at=NOW)

    assert files.content_of(tx, first.sha256) == SCAN
    assert files.media_type_of(tx, first.sha256) == "image/jpeg"
    assert first.sha256 == again.sha256
    assert tx.execute(text("SELECT count(*) FROM file_bodies")).scalar_one() == 1


def test_a_changed_file_is_noticed(tx: Connection) -> None:
    kept = files.keep(tx, SCAN, name="a.jpg", media_type="image/jpeg", at=NOW)
    tx.execute(text("UPDATE file_bodies SET body = :other"), {"other": b"other"})

    with pytest.raises(StoreDamaged):
        files.content_of(tx, kept.sha256)


def test_the_sweep_takes_only_what_nothing_refers_to(tx: Connection) -> None:
    used = files.keep(tx, SCAN, name="a.jpg", media_type="image/jpeg", at=NOW)
    files.keep(tx, SCAN + b"1", name="b.jpg", media_type="image/jpeg", at=NOW)
    recent = NOW + timedelta(days=2)
    files.keep(tx, SCAN + b"2", name="c.jpg", media_type="image/jpeg", at=recent)
    case = a_full_case()
    lease = replace(case.evidence["LEASE"], files=(used,))
    cases.add(tx, replace(case, evidence={"LEASE": lease}))

    assert files.sweep(tx, NOW + timedelta(days=1)) == 1

    assert files.content_of(tx, used.sha256) == SCAN
    assert tx.execute(text("SELECT count(*) FROM file_bodies")).scalar_one() == 2


def test_an_issued_paper_is_kept_with_its_values_and_copies(tx: Connection) -> None:
    case = cases.add(tx, a_full_case())
    pdf = files.keep(tx, b"%PDF-1", name="受理.pdf", media_type="application/pdf", at=NOW)
    paper = IssuedPaper(
        paper_id=an_id(9),
        case_id=case.case_id,
        kind=PaperKind.ACCEPTANCE,
        title="受理通知书",
        number="示市监〔2026〕1号",
        template="notices/acceptance.html",
        template_sha256="0" * 64,
        made_at=NOW,
        made_by="lisi",
        pdf=pdf,
        docx=None,
        values=(("申请人", "张示例"),),
    )

    papers.put(tx, paper)

    assert papers.of_case(tx, case.case_id) == [paper]
    assert papers.get(tx, an_id(9)) == paper
    assert papers.printed(tx, an_id(9), 2, NOW) == 2
    assert papers.printed(tx, an_id(9), 1, NOW) == 3


def test_a_case_keeps_the_version_it_was_taken_in_under(tx: Connection) -> None:
    old, new = a_standard(1), a_standard(2, date(2026, 4, 1))
    assert standards.publish(tx, old, NOW)
    assert standards.publish(tx, new, NOW)

    assert list(standards.in_force(tx, TODAY)) == [old]
    assert list(standards.in_force(tx, date(2026, 4, 1))) == [new]
    assert standards.find(tx, old.item_code, 1) == old
    assert standards.find(tx, old.item_code, 3) is None
    assert [line.ended_on for line in standards.lines(tx)] == [date(2026, 3, 31), None]


def test_a_published_version_never_changes(tx: Connection) -> None:
    standards.publish(tx, a_standard(), NOW)

    assert not standards.publish(tx, a_standard(), NOW)
    with pytest.raises(StandardFaulty, match="第1版已经发布过"):
        standards.publish(tx, replace(a_standard(), name="改了名"), NOW)


def test_the_database_refuses_to_change_a_published_version(store: Store) -> None:
    with store.begin() as tx:
        standards.publish(tx, a_standard(), NOW)

    with pytest.raises(DBAPIError, match="never change"), store.begin() as tx:
        tx.execute(text("UPDATE standards SET body = '{}'"))


def test_settings_are_per_person(tx: Connection) -> None:
    settings.put(tx, "lisi", "theme", "dark")
    settings.put(tx, "lisi", "theme", "light")
    settings.put(tx, settings.COUNTER, "items", ["990123-SPJY"])

    assert settings.get(tx, "lisi", "theme") == "light"
    assert settings.get(tx, "wang", "theme", "light") == "light"
    assert settings.get(tx, settings.COUNTER, "items") == ["990123-SPJY"]

    settings.put(tx, "lisi", "theme", None)
    assert settings.get(tx, "lisi", "theme") is None


def test_what_a_person_typed_is_offered_in_his_next_case_only(tx: Connection) -> None:
    first = cases.add(tx, a_full_case(1))
    second = cases.add(tx, a_draft(2))
    typed = {"PHONE": "13000000000", "SHOP": "示例小吃店"}
    typed_values.remember(tx, ID_NUMBER, typed, case_id=first.case_id, at=NOW)

    offered = typed_values.recall(tx, ID_NUMBER, ["PHONE"], not_from=second.case_id)

    assert [(one.field, one.value, one.at) for one in offered.values()] == [
        ("PHONE", "13000000000", NOW)
    ]
    assert offered["PHONE"].case_label == first.label
    assert typed_values.recall(tx, ID_NUMBER, typed, not_from=first.case_id) == {}
    assert typed_values.recall(tx, "990123199001010023", typed) == {}
    assert typed_values.forget(tx, ID_NUMBER) == 2


def test_an_identity_number_stands_in_no_column(tx: Connection) -> None:
    case = cases.add(tx, a_full_case())
    typed_values.remember(tx, ID_NUMBER, {"SHOP": "店"}, case_id=case.case_id, at=NOW)

    found = [
        str(value)
        for table in ("cases", "typed_values", "case_materials")
        for row in tx.execute(text(f"SELECT * FROM {table}"))
        for value in row
    ]

    assert not [value for value in found if ID_NUMBER in value]
