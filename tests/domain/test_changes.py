"""What changed since something was asked for: by field and by page, with the old beside the new."""

from dataclasses import replace

from clerk.domain.changes import Change, ChangeKind, changes, snapshot
from clerk.domain.material import StoredFile
from clerk.domain.standard import Way
from tests.domain.at_the_window import held


def scan(digest: str, pages: int = 1) -> StoredFile:
    return StoredFile(
        sha256=digest, name="scan.pdf", media_type="application/pdf", size_bytes=1, pages=pages
    )


def test_a_field_shows_its_old_and_its_new_text():
    before = snapshot({"area": "85", "name": "张示例面馆"}, {})
    after = snapshot({"area": "92", "name": "张示例面馆", "floor": "1"}, {})

    assert changes(before, after) == (
        Change(kind=ChangeKind.FIELD, code="area", before="85", after="92"),
        Change(kind=ChangeKind.FIELD, code="floor", before="", after="1"),
    )


def test_of_a_material_the_pages_that_differ_are_named():
    first = replace(held(), files=(scan("a"), scan("b"), scan("c")))
    later = replace(held(), files=(scan("a"), scan("d"), scan("c"), scan("e")))

    found = changes(snapshot({}, {"PLAN": first}), snapshot({}, {"PLAN": later}))

    assert [(one.code, one.pages) for one in found] == [("PLAN", (2, 4))]


def test_a_file_of_several_pages_counts_page_by_page():
    one_file = replace(held(), files=(scan("a", pages=2),))
    two_files = replace(held(), files=(scan("a", pages=2), scan("b")))

    found = changes(snapshot({}, {"PLAN": one_file}), snapshot({}, {"PLAN": two_files}))

    assert found[0].pages == (3,)


def test_another_way_of_satisfying_a_material_is_a_change_without_pages():
    paper = held()
    promised = replace(held(), way=Way.DEFERRAL)

    found = changes(snapshot({}, {"RULES": promised}), snapshot({}, {"RULES": paper}))

    assert [(one.before, one.after, one.pages) for one in found] == [("deferral", "paper", ())]


def test_nothing_changed_is_nothing_to_show():
    same = snapshot({"area": "85"}, {"PLAN": held()})

    assert changes(same, same) == ()
