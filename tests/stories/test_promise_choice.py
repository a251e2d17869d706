"""In the real window: one paper and one promise in one act, the way back, the check by the
library, the rate by item, a report by a person, and nobody sent on without a receiver."""

import pytest

from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.case_list import CaseView
from clerk.domain.check_records import OnlineOutcome
from clerk.domain.identity import Role
from clerk.domain.promise import PromiseChoice, choice_of
from clerk.domain.standard import Way
from clerk.services.case_acts import do_act
from clerk.ui.intake_decide import DeclineDialog
from clerk.ui.intake_letters import PromiseDialog
from clerk.ui.signing import SigningDialog
from clerk.ui.widgets import Dialog
from tests.services import noodle_shop, test_online_check, test_promises
from tests.stories.at_counter import AtCounter
from tests.stories.behind_the_counter import another_person, begin, fill, find_case
from tests.stories.pictures import grab
from tests.ui.pens import by_pen

pytestmark = pytest.mark.own_window


PROOF = "低收入家庭认定证明"
BOOK = "居民户口簿"


def test_one_case_promises_one_proof_and_brings_another_and_may_still_go_back(counter):
    """国办发〔2020〕42号: the applicant chooses for each proof, and may change his mind."""
    counter.go_intake()
    counter.open_item("gljt")
    counter.place_card("李样本")
    counter.go_field("联系电话")
    counter.type("13900990123")
    counter.press("Return")
    counter.go_material(BOOK)
    counter.press("8")
    counter.go_material(PROOF)
    counter.press("4")
    counter.until(lambda: counter.dialog().startswith("告知承诺"))
    (dialog,) = counter.station.window.findChildren(PromiseDialog)
    counter.until(dialog.pages.has_pages)
    shown(counter, "promise-choice")
    counter.press("1", "Ctrl+E")
    read_and_signed(counter)

    counter.until(lambda: "LOW_INCOME" in counter.until_saved().evidence)
    case = counter.until_saved()
    assert case.evidence["LOW_INCOME"].way is Way.COMMITMENT
    letter = case.evidence["LOW_INCOME"].letter
    assert letter is not None
    assert letter.handwriting is not None
    assert letter.shown_sha256
    assert Way.PAPER in {held.way for held in case.evidence.values()}
    counter.until(lambda: counter.dialog() == "")

    counter.go_material(PROOF)
    counter.press("8")
    counter.until(lambda: counter.until_saved().evidence["LOW_INCOME"].way is Way.PAPER)
    case = counter.until_saved()
    assert case.evidence["LOW_INCOME"].older[0].letter is not None
    assert choice_of(case, "LOW_INCOME") is PromiseChoice.TAKEN_BACK


def read_and_signed(counter: AtCounter) -> None:
    """Let the applicant read the letter to its end on the screen and write his name below it."""
    counter.until(lambda: counter.dialog().startswith("请申请人看完再签"))
    (signing,) = counter.station.window.findChildren(SigningDialog)
    sheet = signing.sheet
    counter.until(sheet.on.isEnabled)
    for _ in range(20):
        sheet.on.click()
    counter.until(sheet.finished.isEnabled)
    sheet.finished.click()
    by_pen(sheet.pad)
    shown(counter, "promise-signing")
    sheet.sign.click()


def test_before_acceptance_a_received_promise_goes_back_to_paper_at_the_window(counter, window):
    case = noodle_shop.received(window, test_promises.drafted(window))
    assert case.state is CaseState.RECEIVED

    find_case(counter, case)
    begin(counter, window.clerk, case, CaseAct.WITHDRAW_PROMISE)
    counter.until_seen("撤回承诺，改交材料")
    counter.press("F9")

    counter.until(lambda: counter.kept(case.case_id).evidence["PREMISES"].way is Way.PAPER)
    after = counter.kept(case.case_id)
    assert after.state is CaseState.RECEIVED
    assert choice_of(after, "PREMISES") is PromiseChoice.TAKEN_BACK


def test_a_promise_is_checked_by_the_library_and_the_rate_is_seen(counter, window):
    """The applicant agreed to it in his letter; what the library says a person weighs."""
    case = test_online_check.granted(window)
    another_person(counter, "wu")
    supervisor = window.session(Role.SUPERVISOR)

    show(counter, case)
    begin(counter, supervisor, case, CaseAct.CHECK_ONLINE)
    counter.until_seen("只查申请人本人", "查申请人本人的不动产权证书")
    shown(counter, "online-check")
    counter.press("F9")
    counter.until(lambda: counter.kept(case.case_id).checks.online)
    assert counter.kept(case.case_id).checks.online[-1].outcome is OnlineOutcome.FOUND

    show(counter, case, "在线核查承诺", "有效的是")
    begin(counter, supervisor, case, CaseAct.CHECK_PROMISE)
    counter.until_seen("查到什么、怎么查的", "在线核查，证照库查到了：有效 2 份、已注销 1 份")
    shown(counter, "online-check-answer")
    counter.press("1", "Tab")
    counter.type("和库里登记的坐落一致")
    counter.press("F9")
    counter.until(lambda: counter.kept(case.case_id).checks.after)
    assert counter.kept(case.case_id).checks.after[-1].online is not None

    counter.do("承诺核查情况")
    counter.until_seen("不实率", "个体工商户", "0.0%")
    grab(counter, "promise-rates")


def test_a_supervisor_reports_a_false_promise_and_confirms_it_twice(counter, window):
    case = test_promises.heard(window)
    another_person(counter, "wu")

    find_case(counter, case)
    begin(counter, window.session(Role.SUPERVISOR), case, CaseAct.REPORT_FALSE_PROMISE)
    counter.until_seen("只有人报才报")
    fill(counter, "没有取得产权人同意，书面承诺不实")
    counter.press("F9")
    counter.until_seen("会记到申请人名下", "确认报送虚假承诺")
    assert not reported(counter, case)
    shown(counter, "report-false-promise")
    counter.press("F9")

    counter.until(lambda: reported(counter, case))
    window.deliver()
    told = [one["case_id"] for one in window.peer("credit").state()["reports"]]
    assert told.count(str(case.case_id)) == 1


def shown(counter: AtCounter, name: str) -> None:
    """Save a picture of the dialog in front, once it stands where it is seen."""
    window = counter.station.window
    (dialog,) = (one for one in window.findChildren(Dialog) if one.isVisible())
    counter.until(lambda: window.rect().contains(dialog.mapTo(window, dialog.rect().center())))
    grab(counter, name)


def show(counter: AtCounter, case: Case, *words: str) -> None:
    """Go to 办件 and to a person's case, and wait until it was read."""
    counter.press("Alt+3")
    counter.until(lambda: counter.floor.shell.page() is counter.floor.cases)
    counter.floor.cases.show_view(CaseView.ALL)
    counter.until_seen(case.label, "签告知承诺书", *words)


def reported(counter: AtCounter, case: Case) -> bool:
    kinds = [event.kind for event in counter.kept(case.case_id).events]
    return CaseEventKind.FALSE_PROMISE_REPORTED in kinds


def test_what_is_barred_for_this_person_is_absent_with_its_reason(counter, window):
    """A clerk reports nobody; a later finding needs a hearing of its own first."""
    case = test_promises.heard(window)
    find_case(counter, case)
    counter.press("Shift+F9")
    counter.until_seen("不归你办：", "报送虚假承诺")
    counter.press("Esc")

    supervisor = window.session(Role.SUPERVISOR)
    repair = ActWords(
        material="PREMISES", reason="取得同意", until_on=window.desk.today().replace(day=19)
    )
    do_act(window.desk, window.chief, case.case_id, CaseAct.ORDER_REPAIR, repair)
    counter.days_later(3)
    do_act(window.desk, supervisor, case.case_id, CaseAct.CHECK_PROMISE, test_promises.FOUND_FALSE)
    another_person(counter, "wu")
    find_case(counter, case)
    counter.press("Shift+F9")
    counter.until_seen("还没听申请人陈述申辩：报送虚假承诺")


def test_nobody_is_sent_on_without_an_office_a_name_and_a_number(counter):
    """首办负责: the clerk finds out first who receives the applicant there."""
    counter.go_intake()
    case_id = counter.open_item("gljt").case_id
    counter.place_card("李样本")
    counter.press("Shift+F9")
    counter.until(lambda: counter.dialog() == "其他处理")
    counter.press("3")
    counter.until(lambda: "选一条理由" in counter.text())
    counter.press("2")
    counter.until_seen("该去哪个机关申请", "那边谁接收", "接收人电话")
    fill(counter, "邻县民政局", "钱接收")
    counter.press("Tab")
    counter.type("0990-1234567")
    (dialog,) = counter.station.window.findChildren(DeclineDialog)
    counter.until(dialog.confirm.isEnabled)
    counter.until(dialog.pages.has_pages)
    grab(counter, "decline-receiver")
    counter.press("Return")

    counter.until(lambda: counter.stored(case_id) is not None)
    counter.until(lambda: counter.kept(case_id).state is CaseState.DECLINED)
    told = counter.kept(case_id).events[-1].detail
    assert (told["competent_body"], told["receiver"]) == ("邻县民政局", "钱接收")
    assert told["receiver_phone"] == "0990-1234567"
