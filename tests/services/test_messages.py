"""What applicants are told by message, and what anybody learns who has number and query code."""

import tomllib
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import replace

import pytest

from clerk import assets
from clerk.documents.applicant_texts import text_of
from clerk.domain.applicant_messages import Occasion
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.hand_off import MessageKind
from clerk.domain.reminder import ReminderWay
from clerk.services import case_acts, messages
from integrations.practice.people import NOODLE_SHOP, ZHANG_SHILI
from tests.services.noodle_shop import accepted, put_off, received

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def told(window, case):
    """Let the rounds run and return what the channel has about this case, oldest first."""
    while messages.tell_applicants(window.desk):
        window.deliver()
    window.deliver()
    texts = window.peer("messages").state()["texts"]
    return [one for one in texts if one["case_id"] == str(case.case_id)]


def occasions(window, case):
    return [one["occasion"] for one in told(window, case)]


def track(window, number, code):
    """Ask the platform as anybody may, with what stands on the receipt."""
    platform = window.peer("platform").url.rsplit("/", 1)[0]
    asked = urllib.parse.urlencode({"number": number, "code": code})
    with _OPENER.open(f"{platform}/track?{asked}", timeout=10) as answer:
        return answer.read().decode()


def test_one_message_tells_of_everything_that_happened_at_once(window):
    window.lease()
    case = accepted(window)

    (text,) = told(window, case)

    assert (text["occasion"], text["mobile"]) == ("accepted", ZHANG_SHILI.phone)
    assert case.label in text["text"]


def test_a_message_says_nothing_about_who_or_what(window):
    window.lease()
    case = accepted(window)

    (text,) = told(window, case)

    for secret in (ZHANG_SHILI.name, NOODLE_SHOP.name, case.item_name, "食品"):
        assert secret not in text["text"]


def test_what_was_told_is_not_told_again(window):
    window.lease()
    case = received(window)

    assert occasions(window, case) == ["received"]
    assert occasions(window, case) == ["received"]

    case_acts.do_act(
        window.desk, window.clerk, case.case_id, CaseAct.WITHDRAW, ActWords(reason="不办了")
    )
    assert occasions(window, case) == ["received"]


def test_an_act_waits_for_no_message_and_none_is_lost_while_the_channel_is_down(window):
    window.lease()
    case = accepted(window)
    with window.trouble("messages", "down"):
        messages.tell_applicants(window.desk)
        window.deliver()
        waiting = [one.kind for one in window.waiting(case)]
    window.clock.goes_on(minutes=10)

    assert waiting == [MessageKind.TELL_APPLICANT]
    assert occasions(window, case) == ["accepted"]


def test_telling_somebody_never_stands_in_another_windows_way(window):
    """The mark is no part of the case: its version stays as the clerk has read it."""
    window.lease()
    case = received(window)

    messages.tell_applicants(window.desk)

    assert window.stored(case).version == case.version


def test_a_counter_without_a_channel_queues_no_message_and_still_shows_progress(window):
    window.lease()
    case = accepted(window)

    messages.tell_applicants(replace(window.desk, messages=None))

    kinds = [one.kind for one in window.waiting(case)]
    assert MessageKind.TELL_APPLICANT not in kinds
    assert MessageKind.REPORT_STATUS in kinds


def test_a_late_papers_reminder_goes_out_on_its_day_and_its_receipt_is_the_proof(window):
    window.lease()
    case = accepted(window, put_off(window))
    assert occasions(window, case) == ["accepted"]

    window.clock.goes_on(days=40)
    found = occasions(window, case)
    reminded = window.stored(case).reminders

    assert found == ["accepted", "remind_deferral"]
    assert [(one.way, one.by) for one in reminded] == [(ReminderWay.MESSAGE, "")]
    assert reminded[0].proof.startswith("messages-")


def test_number_and_query_code_show_how_far_it_is_and_nothing_else(window):
    window.lease()
    case = accepted(window)
    told(window, case)

    assert case.number is not None
    shown = track(window, case.number.text, case.number.query_code)

    assert shown == '{"state": "正在办理"}'


def test_a_wrong_query_code_shows_nothing(window):
    window.lease()
    case = accepted(window)
    told(window, case)

    assert case.number is not None
    with pytest.raises(urllib.error.HTTPError, match="404"):
        track(window, case.number.text, "000000x")


@pytest.mark.parametrize("occasion", Occasion)
def test_every_occasion_has_a_text_of_the_bureau(window, occasion):
    day = window.desk.today()

    text = text_of(occasion, "20260318-0001", day, window.desk.counter.phone)

    assert text.startswith("【")
    assert "20260318-0001" in text
    assert "{" not in text


def test_no_text_is_there_for_nothing():
    texts = tomllib.loads(assets.read_text("resources", "messages/texts.toml"))["texts"]

    assert {name.removesuffix("_no_day") for name in texts} == set(Occasion)
