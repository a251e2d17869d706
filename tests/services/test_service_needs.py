"""How people are served, kept with the case: large papers, the list of visits, papers by post."""

import subprocess
from dataclasses import replace
from datetime import date

import pytest

from clerk.domain.care import Care, ServiceNeed
from clerk.domain.caring import note_care
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.case_list import CaseQuery, CaseView
from clerk.domain.errors import NotAllowed
from clerk.domain.hand_off import MessageKind
from clerk.domain.identity import Role
from clerk.domain.material import StoredFile
from clerk.domain.papers import PaperKind
from clerk.services import case_list, drafts, paper_making, papers, visits
from clerk.services.case_acts import do_act
from clerk.storage import files
from tests.services.noodle_shop import accepted, complete_on_paper, put_off

VISIT = ActWords(
    seen=("elderly", "green"),
    note="示例县清河镇演示路 9 号",
    number="13800000147",
    until_on=date(2026, 3, 20),
)


def act(window, case, which, words):
    return do_act(window.desk, window.clerk, case.case_id, which, words)


def read(pdf, *how):
    done = subprocess.run(["pdftotext", *how, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def text_of(window, paper):
    pdf = papers.paper_document(window.desk, window.clerk, paper)
    return "".join(read(pdf, "-raw").split())


def test_a_case_that_is_marked_shows_it_in_lists_without_the_address(window):
    case = act(window, accepted(window), CaseAct.NOTE_CARE, VISIT)

    (line,) = case_list.cases_page(
        window.desk,
        window.clerk,
        CaseQuery(view=CaseView.ALL, on=window.desk.today()),
        None,
        0,
        10,
    )

    assert line.case_id == case.case_id
    assert line.care == ("green", "elderly", "visit")


def test_nobody_but_this_house_is_told_whom_it_visits(window):
    case = accepted(window)
    before = [one.message.kind for one in window.messages(case)]

    act(window, case, CaseAct.NOTE_CARE, VISIT)
    act(window, case, CaseAct.RECORD_VISIT, ActWords(note="人不在家，约下周"))

    assert [one.message.kind for one in window.messages(case)] == before
    journal = " ".join(line.detail for line in window.lines())
    assert VISIT.note not in journal
    assert VISIT.number not in journal
    act(window, case, CaseAct.WITHDRAW, ActWords(reason="不办了"))
    told = [one.message for one in window.messages(case)]
    assert told[-1].kind is MessageKind.SUBMIT_CASE
    assert VISIT.note not in told[-1].body


def test_the_list_of_visits_names_need_place_and_what_is_missing_and_is_journaled(window):
    case = accepted(window, put_off(window))
    act(window, case, CaseAct.NOTE_CARE, VISIT)

    (line,) = visits.visits_to_make(window.desk, window.clerk)

    assert (line.address, line.phone, line.wanted_on) == (VISIT.note, VISIT.number, VISIT.until_on)
    assert line.marks == ("green", "elderly")
    assert len(line.lacking) == 1
    assert not line.draft
    assert window.lines()[-1].act == "visits.read"


def test_a_draft_that_is_to_be_visited_stands_on_the_list_with_all_that_it_lacks(window):
    draft = window.prefill(complete_on_paper(window))
    draft = replace(draft, evidence={})
    care = Care(needs=(ServiceNeed.DISABLED,), visit=care_visit())
    kept = drafts.save_draft(
        window.desk, window.clerk, note_care(draft, care, window.clerk, window.clock())
    )

    (line,) = visits.visits_to_make(window.desk, window.clerk)

    assert line.case_id == kept.case_id
    assert line.draft
    assert len(line.lacking) > 1


def care_visit():
    from clerk.domain.care import HomeVisit

    return HomeVisit(address=VISIT.note, phone=VISIT.number, wanted_on=date(2026, 3, 20))


@pytest.mark.parametrize("role", [Role.CHIEF_REPRESENTATIVE, Role.SUPERVISOR, Role.AUDITOR])
def test_who_serves_nobody_at_a_window_reads_no_addresses(window, role):
    with pytest.raises(NotAllowed):
        visits.visits_to_make(window.desk, window.session(role))


def test_a_visit_that_was_noted_leaves_the_list(window):
    case = act(window, accepted(window), CaseAct.NOTE_CARE, VISIT)

    act(window, case, CaseAct.RECORD_VISIT, ActWords(note="收齐了"))

    assert visits.visits_to_make(window.desk, window.clerk) == ()
    assert window.stored(case).visits[0].note == "收齐了"


def test_the_list_to_take_along_says_it_all_on_paper(window):
    case = act(window, accepted(window, put_off(window)), CaseAct.NOTE_CARE, VISIT)
    lines = visits.visits_to_make(window.desk, window.clerk)

    pdf = visits.roster_document(window.desk, window.clerk, lines)

    text = "".join(read(pdf, "-raw").split())
    for part in ("上门服务名单", "3月20日（周五）", "绿色通道，老年人", "演示路9号", "13800000147"):
        assert part in text
    assert case.label in text
    assert "还缺：" in text


def test_large_print_is_the_same_paper_larger(window):
    """The same words under the same number; nothing on it is smaller than 12 pt, the text 18."""
    plain = accepted(window)
    made = paper_making.make_due_papers(window.desk, window.clerk, plain.case_id)
    small = next(one for one in made if one.kind is PaperKind.ACCEPTANCE)
    other = complete_on_paper(window)
    large_care = Care(large_print=True)
    marked = accepted(window, note_care(other, large_care, window.clerk, window.clock()))
    made = paper_making.make_due_papers(window.desk, window.clerk, marked.case_id)
    large = next(one for one in made if one.kind is PaperKind.ACCEPTANCE)

    def same(paper, case):
        text = text_of(window, paper).replace(paper.number.replace(" ", ""), "#")
        for own in (case.label, case.number.query_code):
            text = text.replace(own, "#")
        return text

    assert sorted(_words(same(large, marked))) == sorted(_words(same(small, plain)))
    assert large.pdf.pages >= small.pdf.pages


def _words(text):
    """The characters of a paper, page feet apart: a longer one has more of them."""
    import re

    return re.sub(r"第\d+页，共\d+页|示审\w*〔2026〕\d+号|练习用，不具法律效力|#", "", text)


def test_a_parcel_is_receipted_line_by_line(window):
    case = accepted(window, put_off(window))
    late = next(code for code, held in case.evidence.items() if held.due_on)
    with window.desk.store.begin() as tx:
        picture = files.keep(
            tx, b"opened", name="开拆.png", media_type="image/png", pages=1, at=window.clock()
        )
    assert isinstance(picture, StoredFile)
    words = ActWords(
        people=("张示例",),
        number="EX0000000147",
        seen=(late,),
        others=("户口簿复印件",),
        files=(picture,),
        arrived_at=window.clock(),
    )

    after = act(window, case, CaseAct.TAKE_POSTED, words)

    made = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)
    receipt = next(one for one in made if one.kind is PaperKind.POSTED_RECEIPT)
    text = text_of(window, receipt)
    name = window.desk.rules(case).standard.requirement(late).name
    for part in (
        "寄送材料签收单",
        "EX0000000147",
        "拍照1张",
        name,
        "收到",
        "户口簿复印件",
        "清单外",
    ):
        assert part in text
    assert after.events[-1].detail["document"] == receipt.number
    assert receipt.pdf.pages == 1
