"""A certificate is made in the real window, by keys: previewed, printed, voided, printed again."""

import pytest

from clerk.domain.blanks import BlankState
from clerk.domain.certificate_making import made_certificate
from clerk.domain.identity import Role
from clerk.services import blanks
from clerk.storage import blanks as ledger
from tests.stories.at_counter import FIRST_MS
from tests.stories.pictures import grab
from tests.stories.test_results import result_waits, show_case, use_cases

pytestmark = pytest.mark.own_window(signed_in=False)
KIND = "食品经营许可证"


def test_a_misprint_is_voided_and_the_result_leaves_with_the_next_blank(counter):
    case = result_waits(counter)
    window = use_cases(counter)
    who = window.session(Role.RESULT_CLERK)
    blanks.receive_blanks(window.desk, who, KIND, "SY000101", "SY000110")
    show_case(counter, "chu")
    counter.press("Ctrl+J")
    counter.until(lambda: counter.dialog() == "证照制作")
    counter.until_seen("库存 10 张，下一张 SY000101")
    counter.until(lambda: not counter.sees("正在"), ms=FIRST_MS)
    grab(counter, "certificate-preview")

    counter.press("F9")
    counter.until_seen("空白证 SY000101，证照号 SLSP2026000001", ms=FIRST_MS)
    counter.until_seen("印坏作废", ms=FIRST_MS)
    counter.until(lambda: not counter.sees("正在"), ms=FIRST_MS)
    grab(counter, "certificate-made")
    counter.press("F8")
    counter.type("打印偏了")
    counter.press("F8")
    counter.until_seen("空白证 SY000101 已作废", "下一张 SY000102", ms=FIRST_MS)
    counter.press("F9")
    counter.until_seen("空白证 SY000102，证照号 SLSP2026000001", ms=FIRST_MS)
    counter.until(lambda: not counter.sees("正在"), ms=FIRST_MS)
    counter.press("Escape")

    made = made_certificate(counter.kept(case.case_id))
    assert made is not None
    assert made.blank == "SY000102"
    spoilt = window.read(lambda tx: ledger.find(tx, KIND, "SY000101"))
    assert (spoilt.state, spoilt.reason) == (BlankState.SPOILT, "打印偏了")
    counter.press("F9")
    counter.until(lambda: counter.dialog() == "登记送达")
    counter.until_seen("连同食品经营许可证 SLSP2026000001，空白证 SY000102")
    grab(counter, "certificate-hand-over")
