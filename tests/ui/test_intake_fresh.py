"""受理: a certificate's status is read again ahead of F9, and what happens where it cannot be."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.case import CaseState
from clerk.domain.certificate import CertificateStatus
from clerk.domain.certificate_recheck import noted_unasked
from clerk.domain.errors import RemoteUnavailable
from clerk.ui.intake_rows import material_rows
from tests.ui.example_values import NOW
from tests.ui.intake_world import complete

DOWN = RemoteUnavailable("暂时连接不上省证照库，本次请求没有发出", kind="unreachable", sent="no")


def minutes_ago(page, opened, minutes=6):
    """Let the licence have been read so long ago."""
    held = opened.case.evidence["LICENCE"]
    use = replace(held.certificate, status_read_at=NOW - timedelta(minutes=minutes))
    older = {**opened.case.evidence, "LICENCE": replace(held, certificate=use)}
    opened.case = replace(opened.case, evidence=older)
    return opened


def row(opened):
    return next(one for one in material_rows(opened) if one.code == "LICENCE")


@pytest.fixture
def stale(page, counter, qtbot):
    opened = minutes_ago(page, complete(page, counter, qtbot))
    page.bars.primary.setFocus()
    return opened


def test_f9_reads_an_old_status_again_and_then_accepts(page, counter, hands, qtbot, stale):
    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: counter.waiting != [])
    counter.commit_waiting()

    qtbot.waitUntil(lambda: counter.papers != [])
    assert counter.papers[0].state is CaseState.ACCEPTED
    assert counter.statuses_read == 1
    assert counter.papers[0].evidence["LICENCE"].certificate.status_read_at == NOW


def test_it_is_read_by_itself_before_anybody_presses_f9(page, counter, hands, qtbot, stale):
    page.decision.foresee()
    qtbot.waitUntil(lambda: not stale.busy and counter.statuses_read == 1)

    hands.press(Qt.Key.Key_F9)

    assert counter.waiting != []
    assert counter.statuses_read == 1
    assert "状态 09:00 读" in row(stale).right


def test_a_library_that_is_down_lets_nothing_be_accepted_and_names_the_other_ways(
    page, counter, hands, qtbot, stale
):
    counter.library_trouble = DOWN

    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: counter.said != [])

    assert counter.waiting == []
    assert row(stale).chip.text == "状态没读到"
    for words in ("不能凭它受理", "Shift F9", "纸质件"):
        assert words in row(stale).why
        assert words in counter.said[-1]
    page.decision.foresee()  # nobody asks without end
    page.decision.foresee()
    qtbot.waitUntil(lambda: not stale.busy)
    assert counter.statuses_read <= 2
    page.materials.act("8", "LICENCE")  # the paper lies there now
    assert row(stale).chip.text != "状态没读到"


def test_a_certificate_that_holds_no_longer_is_missing_with_one_sentence(
    page, counter, hands, qtbot, stale
):
    counter.status_now = CertificateStatus.REVOKED

    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: counter.statuses_read == 1 and not stale.busy)

    assert counter.waiting == []
    assert row(stale).chip.text == "缺失"
    assert "已注销" in row(stale).why


def test_a_paper_that_came_while_the_library_was_down_says_so_and_alt_v_notes_the_consent(
    page, counter, hands, qtbot
):
    opened = complete(page, counter, qtbot)
    page.materials.act("8", "LICENCE")
    page.desk.edit(lambda case: noted_unasked(opened.standard, case, lambda _: True))
    page.bars.primary.setFocus()
    assert row(opened).right == "证照库不通，待核"

    assert "Alt V" in {act.key for act in row(opened).acts}

    hands.press(Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)

    assert row(opened).right == "证照库通了再核"
    assert opened.case.evidence["LICENCE"].unasked.consent_at == NOW
