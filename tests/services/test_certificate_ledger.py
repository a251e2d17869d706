"""The ledger: what a call leaves behind, and the print for the holder."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from clerk import wording_ledger
from clerk.domain.certificate import AuthorisationMode
from clerk.domain.certificate_call import CallAbout, CallEnd, LaterRight
from clerk.domain.certificate_holder import KnownBy, asking
from clerk.domain.errors import BadInput, RemoteGarbled
from clerk.services import certificate_ledger
from clerk.services.call_journal import journaled
from clerk.services.certificate_ledger import uses_document, uses_of
from clerk.storage import certificate_calls
from clerk.storage.blind_index import index_of
from clerk.storage.digest import sm3
from integrations.practice.people import NOODLE_SHOP, ZHANG_SHILI
from tests.services.certificate_calls import by_code
from tests.services.noodle_shop import named, with_licence_called
from tests.services.noodle_shop import opened as opened_case

DAY = date(2026, 3, 18)


def details(window, operation):
    act = f"certificate.{operation}"
    return [json.loads(line.detail) for line in window.lines() if line.act == act]


def shop_asks(first=DAY, last=DAY):
    return asking(NOODLE_SHOP.name, NOODLE_SHOP.code, KnownBy.PAPERS, first, last, DAY)


# 每次调用留下什么 ---------------------------------------------------------------------------------


def test_a_call_leaves_the_digests_of_its_bytes_and_the_librarys_receipt(window):
    """A peer that keeps its own log can show the same bytes."""
    by_code(window, named(window))

    intent, result = details(window, "verify_use_code")
    assert intent["message_id"] == result["message_id"]
    assert intent["mode"] == "code"
    assert len(intent["purpose"]) == 64
    assert result["sends"] == 1
    digests = [
        result[f"{which}_{kind}"] for which in ("request", "answer") for kind in ("sha256", "sm3")
    ]
    assert len({*digests}) == 4
    assert all(len(one) == 64 for one in digests)
    assert result["receipt"].startswith("certlib-")


def test_the_digests_are_those_of_the_very_bytes(window):
    request, answer = b"<Envelope/>", b"<Envelope>2</Envelope>"
    call = window.desk.call(window.clerk, None)
    traces = window.desk.call_traces

    def work():
        traces.sent(call.message_id, request)
        traces.answered(call.message_id, answer)

    journaled(window.desk, call, "query", "LICENCE", work)

    (_, result) = details(window, "query")
    assert result["request_sha256"] == hashlib.sha256(request).hexdigest()
    assert result["answer_sm3"] == sm3(answer)


def test_a_holder_stands_in_the_ledger_as_a_keyed_digest_only(window):
    by_code(window, named(window))

    index = window.read(lambda tx: index_of(tx, NOODLE_SHOP.code))
    intent, result = details(window, "verify_use_code")
    assert (intent["holder"], result["holder"]) == ("", index)
    assert NOODLE_SHOP.code not in "".join(line.detail for line in window.lines())


def test_an_answer_to_another_question_is_marked(window):
    with window.trouble("certlib", "wrong_reply"), pytest.raises(RemoteGarbled):
        by_code(window, named(window))

    (_, result) = details(window, "verify_use_code")
    assert result["outcome"] == "wrong-reply/answered"
    assert result["wrong_reply"] is True


def test_the_pieces_of_one_file_share_its_two_lines(window):
    call, further = window.desk.call(window.clerk, None), [uuid4(), uuid4()]
    about = CallAbout(certificate_id="X", further=further)

    journaled(window.desk, call, "fetch", "LICENCE", lambda: None, about)

    (_, result) = details(window, "fetch")
    assert result["pieces"] == 3
    assert [said.split()[0] for said in result["further"]] == [str(one) for one in further]
    found = window.read(lambda tx: certificate_calls.find_piece(tx, further[1]))
    assert found.message_id == call.message_id


def test_what_is_refused_here_ends_the_call_too(window):
    def refuse():
        raise BadInput("用证事由太长")

    call = window.desk.call(window.clerk, None)
    with pytest.raises(BadInput):
        journaled(window.desk, call, "query", "LICENCE", refuse)

    found = window.read(lambda tx: certificate_calls.find(tx, call.message_id))
    assert (found.end, found.outcome) == (CallEnd.REFUSED_HERE, "BadInput/here")


# 本人查自己的记录 ---------------------------------------------------------------------------------


def test_a_holder_gets_every_use_on_paper(window, read_text):
    case = with_licence_called(window, opened_case(window))
    window.deliver()

    found = uses_of(window.desk, window.clerk, shop_asks(), 1)
    operations = sorted(call.operation for call in found.calls)
    text = read_text(uses_document(window.desk, window.clerk, shop_asks()))

    assert operations == ["fetch", "report_use", "verify_use_code"]
    assert found.total == 3
    assert all(call.words["reason"] for call in found.calls)
    for said in (
        "电子证照和共享数据使用记录",
        NOODLE_SHOP.name,
        window.clerk.account.display_name,
        "本人亮码",
        "用作办件材料",
        "营业执照",
        "食品经营许可",
        "核验营业执照",
        "收件前",
        found.calls[0].receipt_id,
        "记录条数3条",
    ):
        assert "".join(said.split()) in text
    for hidden in (
        NOODLE_SHOP.code,
        ZHANG_SHILI.id_number,
        str(case.case_id)[:13],
        found.calls[0].certificate_id,
    ):
        assert hidden not in text


@pytest.mark.parametrize(
    ("right", "asked", "by"),
    [
        (LaterRight.SPOKEN_WORD, "凭本人同意申请用证", "凭本人当面同意核一次"),
        (LaterRight.WRITTEN_WORD, "凭本人同意申请用证", "凭本人书面同意核查"),
        (LaterRight.DUTY, "依职责申请用证", "依职责再核"),
    ],
)
def test_a_holder_reads_by_what_right_the_library_was_asked_without_him(window, right, asked, by):
    call = window.desk.call(window.clerk, None)
    about = CallAbout(mode=AuthorisationMode.BY_DUTY, right=right)
    operation = f"request_authorisation:{right.value}"
    journaled(window.desk, call, operation, "LICENCE", lambda: None, about)

    found = window.read(lambda tx: certificate_calls.find(tx, call.message_id))

    assert (wording_ledger.operation(found), wording_ledger.mode(found)) == (asked, by)


def test_looking_is_a_line_of_the_journal(window):
    uses_of(window.desk, window.clerk, shop_asks(), 1)

    line = window.lines()[-1]
    assert line.act == "certificate_uses.shown"
    assert json.loads(line.detail)["known_by"] == "papers"
    assert NOODLE_SHOP.code not in line.detail


def test_who_was_never_asked_about_gets_a_print_that_says_so(window, read_text):
    by_code(window, named(window))
    other = asking(ZHANG_SHILI.name, ZHANG_SHILI.id_number, KnownBy.CARD, DAY, DAY, DAY)

    assert uses_of(window.desk, window.clerk, other, 1).total == 0
    text = read_text(uses_document(window.desk, window.clerk, other))
    assert "没有调用过这个证件号的电子证照" in text


def test_many_uses_come_in_pages_the_newest_first(window):
    case = named(window)
    by_code(window, case)
    first = uses_of(window.desk, window.clerk, shop_asks(), 1).calls[0]
    with window.desk.store.begin() as tx:
        for _ in range(certificate_ledger.AT_ONCE):
            window.clock.goes_on(seconds=1)
            certificate_calls.put(tx, replace(first, message_id=uuid4(), at=window.clock()))

    one, two = (uses_of(window.desk, window.clerk, shop_asks(), page) for page in (1, 2))

    assert (one.total, len(one.calls), len(two.calls)) == (51, 50, 1)
    assert one.calls[0].at > one.calls[-1].at > two.calls[0].at
    assert two.calls[0].message_id == first.message_id


@pytest.mark.parametrize(
    ("name", "number", "first", "last"),
    [
        ("", NOODLE_SHOP.code, DAY, DAY),
        ("张示例", "99012319900101001X9", DAY, DAY),
        ("张示例", ZHANG_SHILI.id_number[:-1] + "1", DAY, DAY),
        ("张示例", ZHANG_SHILI.id_number, DAY, date(2026, 3, 17)),
        ("张示例", ZHANG_SHILI.id_number, DAY, date(2026, 3, 19)),
        ("张示例", ZHANG_SHILI.id_number, date(2006, 3, 18), DAY),
    ],
    ids=["no name", "too long", "check digit", "backwards", "the future", "twenty years"],
)
def test_who_asks_wrongly_is_told_so(name, number, first, last):
    with pytest.raises(BadInput):
        asking(name, number, KnownBy.PAPERS, first, last, DAY)
