"""The papers of a case that are letters: 容缺受理承诺书, 帮办代办委托书 and its end."""

from dataclasses import replace

import pytest

from clerk.documents.letter_papers import print_letter, strokes_of
from clerk.documents.press_values import packed, unpacked
from clerk.domain.errors import PaperTrouble
from clerk.domain.paper_signature import SIGN_PLACE
from clerk.domain.papers import HandlerLine
from clerk.domain.standard import LawKind
from clerk.tour.sample_agency_papers import PAPERS as AGENCY
from clerk.tour.sample_deferral_papers import PAPERS as DEFERRAL
from tests.domain.written import written

PAPERS = {"promise": DEFERRAL["promise"], **AGENCY}

SAYS = {
    "promise": "容缺受理承诺书 办件编号：20260318-0037 示例县清河面馆（个体工商户） 92990123MA00TE5T2X "
    "13800000147 ☑本人办理 ☐代理人办理 示例县行政审批服务局： 食品经营许可新办 自愿选择容缺受理 "
    "1食品安全管理制度目录纸质/电子化，原件1份2026年3月23日前 2经营场所使用证明 2026年3月25日前 "
    "补交方式：到示例县政务服务中心任一综合窗口 不从事须经许可的活动 逾期没有补交的 失信记录 "
    "违反承诺的法律责任 真实的意思表示 签字或者盖章 一式两份 000-1000003 000-1000012",
    "mandate": "帮办代办委托书 办件编号：20260318-0037 示例县清河面馆（个体工商户） 李样本 村级代办员 "
    "990123198506120030 委托事项 食品经营许可新办 服务内容 ☑递交申请 ☑补正材料 ☐签承诺书 ☐授权调证照 "
    "☐撤回申请 ☑领取结果 代办服务免费 自2026年3月18日起，至2026年9月17日止 交接材料 1营业执照复印件1 "
    "2经营场所使用证明原件1 委托人的责任 代办员的责任 随时书面终止 委托人签字 代办员签字 一式三份",
    "end": "终止帮办代办委托书 李样本 食品经营许可新办 2026年9月17日止 自2026年3月18日起终止上述委托 "
    "终止原因：委托事项已经办结，结果已经送达。 退还下列材料 2经营场所使用证明原件1 免费 委托人签字 代办员签字",
}


@pytest.mark.parametrize("name", PAPERS)
def test_another_program_reads_every_block_in_its_order(name, press, read_text):
    drawn = print_letter(press, PAPERS[name])

    text = read_text(drawn.printed.pdf)
    at = 0
    for part in SAYS[name].split():
        found = text.find(part, at)
        assert found >= 0, f"{part} is not after {text[:at][-40:]}"
        at = found
    assert "【" not in text
    assert drawn.printed.warnings == ()
    assert drawn.printed.pages <= 2


@pytest.mark.parametrize("name", PAPERS)
def test_a_letter_comes_through_to_the_press_as_it_is(name):
    assert unpacked(packed(PAPERS[name])) == PAPERS[name]


def test_only_a_letter_that_one_person_signs_has_a_place_for_the_pen(press):
    """Of two signatures the screen would take one and nobody could tell whose."""
    marked = {
        name: [mark.field for mark in print_letter(press, paper).printed.marks]
        for name, paper in PAPERS.items()
    }

    assert SIGN_PLACE in marked["promise"]
    assert SIGN_PLACE not in marked["mandate"] + marked["end"]


def test_who_acts_for_the_applicant_stands_in_the_promise_with_his_own_place(press):
    own, by_agent = (
        print_letter(press, replace(DEFERRAL["promise"], handler=handler)).filled
        for handler in (None, HandlerLine(name="李样本", relation="员工"))
    )

    assert "李样本（员工）" in by_agent.text
    assert "☐本人办理　　☑代理人办理" in by_agent.text
    assert "代理人\n" not in own.text


def test_what_is_no_permit_is_not_told_what_only_a_permit_forbids(press):
    filing = replace(DEFERRAL["promise"], law_kind=LawKind.FILING)

    assert "须经许可" not in print_letter(press, filing).filled.text


def test_where_nothing_was_handed_over_it_says_so(press):
    text = print_letter(press, replace(AGENCY["mandate"], handed_rows=())).filled.text

    assert "签署本委托书时没有交付材料。" in text
    assert "份数" not in text


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("promise", {"applicant_id_number": ""}, "申请人证件号码"),
        ("promise", {"late_rows": ()}, "须补交的材料"),
        ("mandate", {"services": ()}, "服务内容"),
        ("end", {"ended_because": ""}, "终止原因"),
    ],
)
def test_a_letter_without_a_mandatory_value_is_not_made(name, change, said, press):
    with pytest.raises(PaperTrouble, match=said):
        print_letter(press, replace(PAPERS[name], **change))


def test_only_the_principal_signs_a_mandate_even_where_the_agent_bears_his_name():
    strokes = written(signer="李样本")
    mandate = replace(
        AGENCY["mandate"], hand=strokes, handler=HandlerLine(name="李样本", relation="村级代办员")
    )
    promise = replace(DEFERRAL["promise"], hand=strokes, handler=mandate.handler)

    assert list(strokes_of(mandate)) == ["签名"]
    assert list(strokes_of(promise)) == ["代理人签名"]
