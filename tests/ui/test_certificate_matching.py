"""All materials in one list: one key for one, one key for all, and what a person has to say."""

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.certificate import (
    AuthorisationMode,
    AuthorisationState,
    CertificateStatus,
    Holder,
)
from clerk.domain.certificate_file import SealState
from clerk.domain.certificate_matching import HolderRelation
from clerk.domain.errors import RemoteUnavailable
from clerk.domain.material_checks import party_of
from clerk.ui.approval_compare import comparisons
from clerk.ui.certificates_list import FOR_OTHERS, FOR_THIS, NOT_USABLE
from clerk.ui.certificates_parts import Waiting
from clerk.ui.widgets import Button
from tests.ui.certificate_counter import Counter, show_code
from tests.ui.certificate_library import FACE, LICENCE, institution, licence, shop_case
from tests.ui.example_values import standard

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def counter(jobs, on_screen):
    return Counter(jobs, on_screen, (1440, 868))


def use_all(counter, hands, qtbot):
    hands.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(counter.settled)


def test_one_code_lists_all_materials_and_one_key_uses_them_all(counter, hands, qtbot):
    counter.library.found = (licence("EX-1"), institution("EX-2"))
    dialog = counter.open(shop_case(counter.small))

    show_code(counter, hands, qtbot)
    assert [row.material for row in dialog.model.rows] == [LICENCE, "BODY_CERTIFICATE"]
    assert "可用 2 份" in dialog.heading_of_list.text()
    use_all(counter, hands, qtbot)

    (case,) = counter.done
    assert {code: held.certificate.number for code, held in case.evidence.items()} == {
        LICENCE: "EX-1",
        "BODY_CERTIFICATE": "EX-2",
    }
    assert case.values["premises"].value == FACE["经营场所"]
    assert counter.behind.row.hasFocus()


def test_what_differs_from_what_was_typed_is_left_for_a_person(counter, hands, qtbot):
    counter.library.found = (licence("EX-1"), institution("EX-2"))
    dialog = counter.open(shop_case(counter.small, premises="示例县云溪镇石桥街 9 号"))
    show_code(counter, hands, qtbot)

    use_all(counter, hands, qtbot)

    assert set(counter.done[-1].evidence) == {"BODY_CERTIFICATE"}
    assert "已用 1 份。还有 1 项要逐份看" in dialog.trouble.text()
    assert "已用" in counter.texts()
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(counter.done) == 2)
    assert set(counter.done[-1].evidence) == {LICENCE, "BODY_CERTIFICATE"}


def test_what_the_case_does_not_ask_for_is_counted_only(counter, hands, qtbot):
    other = licence("EX-9", type_code="another", type_name="结婚证")
    counter.library.found = (licence("EX-1"), other)
    dialog = counter.open(shop_case(counter.small))

    show_code(counter, hands, qtbot)

    assert "另有 1 份本件不要，不列名" in dialog.heading_of_list.text()
    assert "结婚证" not in counter.texts()


def test_what_fits_this_material_what_fits_others_and_what_cannot_be_used_stand_apart(
    counter, hands, qtbot
):
    gone = licence("EX-3", status=CertificateStatus.REVOKED)
    old = licence("EX-4", status=CertificateStatus.REVOKED)
    counter.library.found = (institution("EX-2"), gone, old, licence("EX-1"))
    dialog = counter.open(shop_case(counter.small))

    show_code(counter, hands, qtbot)

    model = dialog.model
    headings = [model.heading_of(place) for place in range(model.rowCount())]
    assert headings == [FOR_THIS, FOR_OTHERS, NOT_USABLE, ""]
    heights = [dialog.table.rowHeight(place) for place in range(model.rowCount())]
    assert heights[0] == heights[1] == heights[2] > heights[3]


def test_f3_finds_a_listed_certificate_by_number_name_or_initials(counter, hands, qtbot):
    counter.library.found = (licence("EX-1"), institution("EX-2"))
    dialog = counter.open(shop_case(counter.small))
    show_code(counter, hands, qtbot)

    hands.press(Qt.Key.Key_F3)
    hands.type("ex-2")
    hands.press(Qt.Key.Key_Return)
    assert dialog.current().certificate.number == "EX-2"
    assert dialog.table.hasFocus()

    hands.press(Qt.Key.Key_F3)
    hands.type("yyzz")
    assert [hit.title for hit in dialog.search.hits()] == ["营业执照（副本）"]
    hands.press(Qt.Key.Key_Return)
    assert dialog.current().certificate.number == "EX-1"


def test_a_leave_that_still_runs_opens_the_list_at_once(counter, qtbot):
    granted = counter.library.leave(AuthorisationMode.CODE, AuthorisationState.GRANTED)
    counter.library.held = (granted,)

    dialog = counter.open(shop_case(counter.small))
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)

    assert counter.library.calls == ["match"]


def test_what_the_leave_still_serves_is_one_line_when_the_dialog_closes(counter, hands, qtbot):
    said: list[str] = []
    counter.library.found = (licence("EX-1"), institution("EX-2"))
    dialog = counter.open(shop_case(counter.small))
    dialog.say = said.append
    show_code(counter, hands, qtbot)

    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(counter.done))

    assert said == ["这次授权还能用在 1 项材料，到材料上按 F8，不用再亮码"]


def test_the_file_is_fetched_ahead_and_its_page_shown(counter, hands, qtbot):
    counter.library.pages, counter.library.undigested = 2, True
    dialog = counter.open(shop_case(counter.small))
    qtbot.waitUntil(counter.settled)
    assert counter.library.looked == []

    show_code(counter, hands, qtbot)
    qtbot.waitUntil(lambda: dialog.face.picture.has_picture() is True)

    assert counter.library.looked == ["EX-1"]
    assert "签章完好" in dialog.summary.text()
    for left_open in ("国密验签", "时间戳、吊销没有核", "签发机构没有核", "库没有给文件摘要"):
        assert left_open in dialog.summary.text()
    hands.press(Qt.Key.Key_PageDown, CTRL)
    qtbot.waitUntil(lambda: "第 2 页，共 2 页" in dialog.face.number.text())
    assert counter.library.drawn == [1, 2]


def test_what_still_waits_to_be_fetched_ahead_is_not_once_the_dialog_has_closed(
    counter, hands, qtbot, jobs
):
    counter.library.found = tuple(licence(f"EX-{number}") for number in range(1, 7))
    counter.library.wait_look.clear()
    counter.open(shop_case(counter.small))
    hands.type("9901-1001")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(counter.library.looked) == 4)  # as many as the lane takes at once

    hands.press(Qt.Key.Key_Escape)
    counter.library.wait_look.set()

    qtbot.waitUntil(lambda: not any(jobs.pending().values()))
    assert len(counter.library.looked) == 4


def test_a_file_changed_after_it_was_sealed_cannot_be_used(counter, hands, qtbot):
    counter.library.seals = {"EX-1": SealState.CHANGED}
    dialog = counter.open(shop_case(counter.small))
    show_code(counter, hands, qtbot)
    qtbot.waitUntil(lambda: "盖章后被改动" in counter.texts())

    hands.press(Qt.Key.Key_Return)

    assert "use" not in counter.library.calls
    assert not dialog.use_button.isEnabled()
    assert "盖章以后被改动过，不能用" in dialog.trouble.text()


def test_a_changed_file_can_be_reported_from_where_it_was_seen(counter, hands, qtbot):
    reported = []
    counter.library.seals = {"EX-1": SealState.CHANGED}
    dialog = counter.open(shop_case(counter.small))
    dialog.report = lambda _case, code, one: reported.append((code, one.number))
    show_code(counter, hands, qtbot)
    qtbot.waitUntil(lambda: "盖章后被改动" in counter.texts())
    hands.press(Qt.Key.Key_Return)

    (button,) = [one for one in dialog.trouble.findChildren(Button) if one.words() == "证照纠错"]
    hands.click(button)

    assert reported == [(LICENCE, "EX-1")]


@pytest.mark.parametrize("seal", [SealState.UNTRUSTED, SealState.PARTLY, SealState.UNDECIDED])
def test_a_seal_nobody_can_answer_for_needs_a_tick(counter, hands, qtbot, seal):
    counter.library.seals = {"EX-1": seal}
    dialog = counter.open(shop_case(counter.small))
    show_code(counter, hands, qtbot)
    qtbot.waitUntil(dialog.face.tick.isVisible)

    hands.press(Qt.Key.Key_Return)
    assert "use" not in counter.library.calls
    assert dialog.face.tick.hasFocus()
    hands.press(Qt.Key.Key_Space)
    hands.click(dialog.use_button)
    qtbot.waitUntil(lambda: bool(counter.done))

    assert counter.library.ticked == [True]


def test_another_holder_is_asked_about_once_and_the_likely_answer_stands_ready(
    counter, hands, qtbot
):
    """Only the owner's identity card lies there, and the licence names somebody else."""
    counter.library.found = (licence("EX-1", fields={**FACE, "经营者": "别人"}),)
    dialog = counter.open(shop_case(counter.small, unnamed=True))
    show_code(counter, hands, qtbot)

    hands.press(Qt.Key.Key_Return)
    assert dialog.asks_for_relation()
    assert "use" not in counter.library.calls
    hands.press(Qt.Key.Key_Escape)
    assert dialog.is_listed()
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_2)
    qtbot.waitUntil(lambda: bool(counter.done))

    (case,) = counter.done
    assert case.evidence[LICENCE].certificate.relation == HolderRelation.BODY.value
    shown = comparisons(standard("food_business_permit"), case, LICENCE)
    assert "申请人名下或代表的单位" in next(one.material for one in shown if one.name == "持证人")


def test_two_who_gave_leave_stand_in_two_tabs(counter, hands, qtbot):
    """The shop and its head, each with what he holds for the case."""
    item = "sole_trader_change"
    counter.small.standards[item] = standard(item)
    case = shop_case(counter.small, item=item)
    link = standard(item).requirement("NEW_TITLE").certificate
    assert link is not None
    head = party_of("representative", case)
    assert head is not None
    title = licence("EX-7", type_code=link.type_code, holder_name=head.name, fields={})
    counter.library.found = (licence("EX-1"), title)
    dialog = counter.open(case)
    show_code(counter, hands, qtbot)
    assert not dialog.owner_tabs.isVisible()

    counter.library.holder = Holder(name=head.name, id_type="111", id_number=head.id_number)
    hands.press(Qt.Key.Key_F8)
    show_code(counter, hands, qtbot, code="9901-0001")

    assert dialog.owner_tabs.isVisible()
    assert [row.certificate.number for row in dialog.model.rows] == ["EX-7"]
    dialog.owner_tabs.tabs.setFocus()
    hands.press(Qt.Key.Key_1)
    assert [row.certificate.number for row in dialog.model.rows] == ["EX-1"]


def test_how_often_one_may_still_call_by_duty_is_told(counter, hands, qtbot):
    counter.library.duty_left = 0
    dialog = counter.open(shop_case(counter.small))

    hands.click(dialog.strip.duty)
    qtbot.waitUntil(lambda: "用完了" in dialog.reasons.hint.text())
    hands.press(Qt.Key.Key_1)

    assert counter.library.calls == []


def test_stopping_closes_the_socket(counter, hands, qtbot):
    counter.library.wait.clear()
    counter.open(shop_case(counter.small))
    hands.type("9901-1001")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "by_code" in counter.library.calls)

    hands.press(Qt.Key.Key_Escape)

    assert counter.library.cancelled == [True]
    counter.library.wait.set()
    qtbot.waitUntil(counter.settled)


def test_a_file_that_could_not_be_fetched_says_so_and_leaves_the_row(counter, hands, qtbot):
    counter.library.look_trouble = RemoteUnavailable(
        "省证照库没有答复", kind="deadline", sent="unknown"
    )
    dialog = counter.open(shop_case(counter.small))
    show_code(counter, hands, qtbot)

    qtbot.waitUntil(lambda: "没有答复" in dialog.face.picture.accessibleName())
    assert dialog.use_button.isEnabled()


def test_a_file_that_the_library_renewed_meanwhile_is_told(counter, hands, qtbot):
    counter.library.restarted = True
    dialog = counter.open(shop_case(counter.small))

    show_code(counter, hands, qtbot)

    qtbot.waitUntil(lambda: "刚换了这份文件，已经重新取过" in dialog.trouble.text())


def test_one_act_is_not_waited_for_longer_than_twenty_seconds(on_screen, qtbot):
    waiting = on_screen(Waiting(second_ms=1))

    with qtbot.waitSignal(waiting.too_long):
        waiting.start("正在查省证照库")
