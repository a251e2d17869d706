"""补核重扫: a picture is renewed only while a return names it, and what was accepted stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk.domain.act_rules import acts_on
from clerk.domain.case import CaseEventKind, InternalReturn
from clerk.domain.case_acts import ActBar, CaseAct
from clerk.domain.case_files import files_of
from clerk.domain.changes import Change, ChangeKind
from clerk.domain.decisions import answer_return, return_internally
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.material import Evidence, Origin, StoredFile
from clerk.domain.retaking import retakable, retake
from clerk.domain.standard import Way
from tests.domain.at_the_window import CLERK, NOW, accepted_case, chief, rules

LATER = NOW + timedelta(hours=1)


def page(name, pages=1):
    return StoredFile(
        sha256=name.encode().hex().ljust(64, "0"),
        name=f"{name}.png",
        media_type="image/png",
        size_bytes=1000,
        pages=pages,
    )


BLURRED, CLEAR = page("blurred"), page("clear")


def scanned_case():
    """An accepted case whose layout was scanned."""
    case = accepted_case()
    layout = Evidence(way=Way.SCAN, origin=Origin.SCANNED, at=NOW, by="周模拟", files=(BLURRED,))
    return replace(case, evidence={**case.evidence, "LAYOUT": layout})


def sent_back(*materials):
    back = InternalReturn(
        points=("LAYOUT_UNCLEAR",),
        materials=materials or ("LAYOUT",),
        remark="第 1 页看不清",
        at=NOW,
        by="郑范例",
    )
    return return_internally(rules(), scanned_case(), back, chief())


def test_the_new_picture_lies_over_the_old_one_and_nothing_else_changes():
    before = sent_back()
    case = retake(rules(), before, "LAYOUT", (CLEAR,), CLERK, LATER)

    old, new = before.evidence["LAYOUT"], case.evidence["LAYOUT"]
    assert new.files == (CLEAR,)
    assert (new.way, new.at, new.by, new.points) == (old.way, old.at, old.by, old.points)
    assert new.older == (old,)
    assert (case.state, case.terms, case.values) == (before.state, before.terms, before.values)
    assert {BLURRED, CLEAR} <= set(files_of(case))
    assert case.events[-1].kind is CaseEventKind.RETAKEN


def test_answering_the_return_says_which_page_was_renewed():
    taken = retake(rules(), sent_back(), "LAYOUT", (CLEAR, page("second")), CLERK, LATER)
    answered = answer_return(rules(), taken, CLERK, LATER)

    assert answered.events[-1].changed == (
        Change(kind=ChangeKind.MATERIAL, code="LAYOUT", before="scan", after="scan", pages=(1, 2)),
    )


def test_a_second_new_picture_keeps_both_before():
    once = retake(rules(), sent_back(), "LAYOUT", (CLEAR,), CLERK, LATER)
    twice = retake(rules(), once, "LAYOUT", (page("clearest"),), CLERK, LATER)

    assert [one.files for one in twice.evidence["LAYOUT"].older] == [(CLEAR,), (BLURRED,)]


def test_without_an_open_return_that_names_it_nothing_is_renewed():
    """行政许可法 art. 32: what was accepted is not asked for a second time."""
    for case in (
        scanned_case(),
        sent_back("APPLICATION"),
        answer_return(rules(), sent_back(), CLERK, LATER),
    ):
        assert "LAYOUT" not in retakable(case)
        with pytest.raises(NotAcceptable):
            retake(rules(), case, "LAYOUT", (CLEAR,), CLERK, LATER)


def test_the_same_picture_or_none_is_no_new_one():
    with pytest.raises(NotAcceptable):
        retake(rules(), sent_back(), "LAYOUT", (BLURRED,), CLERK, LATER)
    with pytest.raises(BadInput):
        retake(rules(), sent_back(), "LAYOUT", (), CLERK, LATER)


def test_the_act_is_offered_only_where_something_is_to_be_renewed():
    def bar(case):
        return {one.act: one.bar for one in acts_on(rules(), case, CLERK, NOW)}[CaseAct.RETAKE]

    assert bar(sent_back()) is None
    assert bar(scanned_case()) is ActBar.NOTHING_TO_RETAKE
