"""More at the same window: a company's case through a handler, and a notice of what is missing."""

import re

from clerk.domain.case import CaseState
from clerk.domain.papers import PaperKind
from clerk.tour.moves import Moves, Picture, Press, Say, See, Step
from clerk.tour.parts import answer, at, do, expect, fill, go_to, see
from clerk.tour.scene import Scene
from integrations.practice.people import (
    CHEN_YANSHI,
    DISPATCH_COMPANY,
    LI_YANGBEN,
    WANG_CESHI,
)

MOST_KEYS = 40
COMPANY_DIGITS = {"注册资本用哪种": "1", "经营场所来源": "2", "公司登记在哪里": "1"}
COMPANY_GAPS = {
    "联系电话": WANG_CESHI.phone,
    "经营场所": "示例省示例市示例县城关镇模型街66号5层",
    "场所面积": "120",
    "租期到期日": "2027-12-31",
    "报告编号": "示验字〔2026〕001",
    "管理人员人数": "6",
    "信息管理系统": "示例派遣管理系统",
    "送达方式": "1",
}
OLD_AGE_DIGITS = {"年龄": "1", "户籍": "1", "津贴": "1", "发放": "1"}


def find_company(scene: Scene) -> Moves:
    yield Press("Ctrl+N")
    yield See("搜事项", lambda: "搜事项" in scene.eyes.focus())
    yield Say("lwpq")
    yield see(scene, "劳务派遣经营许可新办，")
    yield Press("Return")
    yield see(scene, "劳务派遣经营许可新办", "情形")
    yield from do(scene, f"练习：放上{WANG_CESHI.name}的身份证")
    yield Press("Ctrl+R")
    yield see(scene, WANG_CESHI.name, WANG_CESHI.address)


def company_known(scene: Scene) -> str:
    scene.cases["company"] = scene.newest_case("labour_dispatch_permit")
    held = scene.case("company").applicant
    expect(held and held.representative, "库里没有法定代表人")
    return "草稿里有法定代表人"


def handler(scene: Scene) -> Moves:
    yield from do(scene, f"练习：放上{CHEN_YANSHI.name}的身份证")
    yield Press("Ctrl+R")
    yield See("问怎么办", lambda: CHEN_YANSHI.name in scene.eyes.dialog())
    yield Picture()
    yield Press("2")
    yield See("代办人和委托", lambda: scene.eyes.dialog() == "代办人和委托")
    yield Say("办事员")
    yield Press("Return")
    yield from go_to(scene, "委托人已在委托书上签名", key="Tab")
    yield Press("Space")
    yield Picture()
    yield from go_to(scene, "登记代办人", key="Tab")
    yield Press("Return")
    yield See("对话框关上", lambda: scene.eyes.dialog() == "")
    yield see(scene, CHEN_YANSHI.name)


def handler_known(scene: Scene) -> str:
    held = scene.case("company").handler
    expect(held and held.mandate.signed, "库里没有签过的委托")
    return f"库里有代办人，委托到 {held.mandate.until_on}" if held else ""


def company_form(scene: Scene) -> Moves:
    yield from go_to(scene, "注册资本用哪种")
    yield from answer(scene, COMPANY_DIGITS)
    yield from go_to(scene, "营业执照")
    yield Press("F8")
    yield at(scene, "亮证码")
    yield Say(DISPATCH_COMPANY.use_code)
    yield Press("Return")
    yield see(scene, "可用 1 份", seconds=15)
    yield Press("Return")
    yield See("对话框关上", lambda: scene.eyes.dialog() == "", seconds=15)
    yield from go_to(scene, "联系电话")
    yield from fill(scene, COMPANY_GAPS)
    yield Picture()


def company_form_kept(scene: Scene) -> str:
    case = scene.case("company")
    expect("managers" in case.values, f"库里只有 {sorted(case.values)}")
    return f"库里有 {len(case.values)} 项"


def company_papers(scene: Scene) -> Moves:
    """Take each paper in as it lies on the counter; where points are named, look at them."""
    for _ in range(MOST_KEYS):
        if not re.search(r"\d 项，.*(缺|要点没看) \d", scene.eyes.text()):
            break
        here = scene.eyes.focus()
        todo = "，缺失，" in here or "，要点没看，" in here
        yield Press("Return" if todo else "F4")
    yield see(scene, "项全部就绪", "收件并转部门", "可以收件")
    yield Picture()


def company_papers_kept(scene: Scene) -> str:
    case = scene.case("company")
    expect("MANDATE" in case.evidence and "APPLICATION" in case.evidence, "库里材料不全")
    return f"库里有 {len(case.evidence)} 份材料，有委托书"


def receive(scene: Scene) -> Moves:
    yield Press("F9")
    yield see(scene, "秒后生效：收件并转部门")
    yield Press("F9")
    yield see(scene, "收件凭证，第 1 页", seconds=20)
    yield Picture()


def received(scene: Scene) -> str:
    case = scene.case("company")
    expect(case.state is CaseState.RECEIVED, f"库里是 {case.state}")
    scene.numbers["company"] = case.label
    made = [one for one in scene.papers(case.case_id) if one.kind is not PaperKind.APPLICATION]
    expect([one.kind for one in made] == [PaperKind.RECEIPT], "只该有收件凭证和申请书")
    scene.keep_file(made[0].title, made[0].pdf)
    text = scene.text_of(made[0].pdf)
    expect(case.label in text and "受理" in text, "收件凭证上的字不对")
    heard = [one["case_id"] for one in scene.peer_state("back_office")["submissions"]]
    expect(str(case.case_id) in heard, "部门系统还没收到")
    return f"{case.label}，收到未受理，部门系统收到"


def notice(scene: Scene) -> Moves:
    yield Press("Ctrl+N")
    yield See("搜事项", lambda: "搜事项" in scene.eyes.focus())
    yield Say("gljt")
    yield see(scene, "高龄津贴申领，")
    yield Press("Return")
    yield from do(scene, f"练习：放上{LI_YANGBEN.name}的身份证")
    yield Press("Ctrl+R")
    yield see(scene, LI_YANGBEN.name, "证照", "高龄津贴申领")
    yield from go_to(scene, "户籍")
    yield from answer(scene, OLD_AGE_DIGITS)
    yield Press("Shift+F9")
    yield See("其他处理", lambda: scene.eyes.dialog() == "其他处理")
    yield Picture()
    yield Press("2")
    yield See("一次性告知", lambda: scene.eyes.dialog() == "一次性告知")
    yield see(scene, "第 1 页，共", seconds=20)
    yield Picture()
    yield Press("Return")
    yield see(scene, "一次性告知书，第 1 页", seconds=20)
    yield Picture()


def notified(scene: Scene) -> str:
    scene.cases["notice"] = scene.newest_case("old_age_allowance")
    case = scene.case("notice")
    expect(case.state is CaseState.CORRECTION_DUE and case.notice, f"库里是 {case.state}")
    made = [one for one in scene.papers(case.case_id) if one.kind is PaperKind.CORRECTION_NOTICE]
    expect(len(made) == 1, "一次性告知书不是一份")
    scene.keep_file(made[0].title, made[0].pdf)
    expect("社会保障卡" in scene.text_of(made[0].pdf), "告知书没有写缺的材料")
    return f"告知书写了 {len(case.notice.points)} 项" if case.notice else ""


OTHERS = (
    Step(name="company", title="第二件：劳务派遣", do=find_company, witness=company_known),
    Step(name="handler", title="代办人和委托", do=handler, witness=handler_known),
    Step(name="company_form", title="调执照、补空缺", do=company_form, witness=company_form_kept),
    Step(name="company_papers", title="收纸质件", do=company_papers, witness=company_papers_kept),
    Step(name="receive", title="收件并转部门", do=receive, witness=received),
    Step(name="notice", title="一次性告知，先看后发", do=notice, witness=notified),
)
