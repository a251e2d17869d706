"""The body of each message: what other systems receive, and what they never do."""

import json
from dataclasses import replace

import pytest

from clerk.domain import intake
from clerk.domain.case import Decision, HandOut
from clerk.domain.check_records import (
    AfterCheck,
    CaseChecks,
    CheckFinding,
    Revocation,
)
from clerk.domain.hand_off import MessageKind, Peer, peer_of
from clerk.domain.hand_off_body import (
    WAY_CODES,
    case_body,
    claim_body,
    decision_body,
    hand_out_body,
)
from clerk.domain.party import MandateAct
from clerk.domain.promise_terms import CheckMethod
from clerk.domain.standard import Way
from integrations.practice.people import CHEN_YANSHI, NOODLE_SHOP, ZHANG_SHILI
from tests.domain.at_the_window import (
    CALENDAR,
    CASE_ID,
    CLERK,
    FOOD,
    NOW,
    NUMBER,
    TEMPORARY,
    TODAY,
    accepted_case,
    check,
    handler,
    licence_use,
    mandate_of,
    noodle_shop_complete,
    with_licence,
)


def body_of(case=None):
    case = case or accepted_case()
    return case_body(FOOD, case, check(case))


def material(body, code):
    return next(one for one in body["materials"] if one["code"] == code)


def test_the_department_receives_who_what_and_when():
    body = body_of()

    assert body["case_id"] == str(CASE_ID)
    assert body["number"] == NUMBER.text
    assert body["item"] == {
        "task_code": FOOD.task_code,
        "handle_item_code": FOOD.handle_item_code,
        "name": FOOD.name,
        "version": FOOD.version,
    }
    assert (body["state"], body["due_on"]) == ("20", "2026-03-25")
    assert body["applicant"]["id_number"] == NOODLE_SHOP.code
    assert body["representative"]["name"] == ZHANG_SHILI.name
    assert body["handler"] is None


def test_instants_leave_with_their_offset():
    assert body_of()["accepted_at"] == "2026-03-18T01:00:00+00:00"


def test_every_body_is_plain_json():
    case = accepted_case()
    bodies = [body_of(case), claim_body(case, NUMBER)]

    assert [json.loads(json.dumps(body)) for body in bodies] == bodies


def test_the_keys_of_a_case_stand_in_order_at_every_level():
    """It goes out as it stands, and equal cases have equal bytes."""
    looked_at = AfterCheck(
        material="RULES",
        finding=CheckFinding.FALSE,
        method=CheckMethod.ON_SITE,
        grounds="",
        files=(),
        at=NOW,
        by="qian",
        by_name="钱督查",
    )
    taken_back = Revocation(
        reason="承诺不实",
        basis="承诺书",
        number="示撤〔2026〕1号",
        decision_number="示准〔2026〕1号",
        at=NOW,
        by="sun",
        by_name="孙首席",
    )
    case = accepted_case(with_licence(noodle_shop_complete()))
    body = body_of(replace(case, checks=CaseChecks(after=(looked_at,), revocation=taken_back)))

    holders = [list(one) for one in mappings_in(body)]

    assert [sorted(keys) for keys in holders] == holders
    assert {"after_checks", "revocation", "findings", "form", "materials"} <= set(holders[0])


def mappings_in(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [value] if isinstance(value, dict) else []
    return [*found, *(one for part in inner for one in mappings_in(part))]


def test_each_material_says_how_it_was_satisfied_by_word_and_by_code():
    case = with_licence(noodle_shop_complete())
    later = intake.deferred(FOOD, FOOD.requirement("RULES"), CALENDAR, CLERK, NOW, TODAY)
    body = body_of(intake.with_evidence(case, "RULES", later))

    licence, rules = material(body, "LICENCE"), material(body, "RULES")
    assert (licence["way"], licence["way_code"], licence["certificate"]) == (
        "certificate",
        "5",
        NOODLE_SHOP.code,
    )
    assert licence["files"][0]["sha256"] == "ab" * 32
    assert (rules["way"], rules["way_code"], rules["due_on"]) == ("deferral", "4", "2026-03-23")


def test_every_way_of_satisfying_a_material_has_a_code():
    assert set(WAY_CODES) == set(Way)


def test_what_the_case_is_not_asked_for_stays_at_the_window():
    """A paper of an answer that was changed is not told."""
    case = noodle_shop_complete()
    stray = replace(case, evidence={**case.evidence, "ONLINE": case.evidence["RULES"]})

    assert "ONLINE" not in {one["code"] for one in body_of(stray)["materials"]}


def test_the_licence_called_for_this_case_is_named_by_its_number_only():
    """Its other face values serve this case and are in the form where it asks for them."""
    body = body_of(with_licence(noodle_shop_complete(), licence_use(fields={"秘密": "不外传"})))

    assert "不外传" not in json.dumps(body, ensure_ascii=False)


def test_every_check_goes_along_with_the_version_it_was_made_under():
    body = body_of()

    assert {one["version"] for one in body["findings"]} == {FOOD.version}
    assert {"check", "subject", "point", "outcome"} <= set(body["findings"][0])


def test_a_handler_is_named():
    case = intake.with_handler(noodle_shop_complete(), handler(mandate_of(MandateAct.SUBMIT)))

    assert body_of(case)["handler"]["name"] == CHEN_YANSHI.name


def test_the_platform_learns_which_case_bears_which_number_and_no_name():
    case = accepted_case()

    body = claim_body(case, NUMBER)

    assert (body["number"], body["provisional"], body["counter"]) == (NUMBER.text, False, "03")
    told = json.dumps(body, ensure_ascii=False)
    assert ZHANG_SHILI.name not in told
    assert NOODLE_SHOP.name not in told
    assert ZHANG_SHILI.id_number not in told


def test_a_mapped_number_names_the_temporary_one_it_replaces():
    case = replace(accepted_case(), provisional_number=TEMPORARY.text)

    assert claim_body(case, NUMBER)["provisional_number"] == TEMPORARY.text
    assert claim_body(case, TEMPORARY)["provisional"] is True


def test_a_decision_is_told_with_its_number_and_opinion():
    decided = replace(
        accepted_case(),
        decision=Decision(
            granted=True, opinion="准予", at=NOW, by="zheng", by_name="郑范例", number="1 号"
        ),
    )

    body = decision_body(decided)

    assert (body["granted"], body["decision_number"], body["decided_by"]) == (True, "1 号", "zheng")
    assert body["number"] == NUMBER.text


def test_a_hand_out_is_told_without_who_took_it():
    handed = replace(
        accepted_case(),
        hand_out=HandOut(
            at=NOW,
            by="chu",
            receiver=ZHANG_SHILI.name,
            receiver_id_number=ZHANG_SHILI.id_number,
            way="window",
        ),
    )

    told = json.dumps(hand_out_body(handed), ensure_ascii=False)

    assert "window" in told
    assert ZHANG_SHILI.name not in told
    assert ZHANG_SHILI.id_number not in told


def test_nothing_is_told_of_what_did_not_happen():
    case = accepted_case()

    with pytest.raises(ValueError, match="not decided"):
        decision_body(case)
    with pytest.raises(ValueError, match="not handed out"):
        hand_out_body(case)


def test_every_kind_of_message_has_one_that_is_told():
    assert {kind: peer_of(kind) for kind in MessageKind} == {
        MessageKind.SUBMIT_CASE: Peer.BACK_OFFICE,
        MessageKind.SUBMIT_DECISION: Peer.BACK_OFFICE,
        MessageKind.REPORT_USE: Peer.CERTIFICATE_LIBRARY,
        MessageKind.CLAIM_NUMBER: Peer.PLATFORM,
        MessageKind.REPORT_STATUS: Peer.PLATFORM,
        MessageKind.REPORT_RESULT: Peer.PLATFORM,
        MessageKind.BOOK_PARCEL: Peer.COURIER,
        MessageKind.REPORT_FALSE_PROMISE: Peer.CREDIT_SOURCE,
        MessageKind.TELL_APPLICANT: Peer.MESSAGES,
        MessageKind.REPORT_HAND_OUT: Peer.PLATFORM,
        MessageKind.REPORT_WRONG_CERTIFICATE: Peer.PLATFORM,
        MessageKind.SUBMIT_ISSUED: Peer.PLATFORM,
        MessageKind.WITHDRAW_ISSUED: Peer.PLATFORM,
    }
