"""Who may be asked about again, on whose word, and what the answer means; never on hope, never silently."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk.domain import certificate_recheck
from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    AuthorisationState,
    CertificateStatus,
    CertificateSummary,
    Holder,
)
from clerk.domain.certificate_compared import RecheckOutcome, compared
from clerk.domain.certificate_recheck import (
    RecheckBasis,
    Rechecked,
    agreeable,
    agreed_to_later_check,
    basis_of,
    noted_unasked,
    rechecked,
    unverified,
    verify_by_hand,
    with_rechecks,
)
from clerk.domain.certificate_status import FRESH, require_read, status_of, unread, with_statuses
from clerk.domain.changes import Change, ChangeKind
from clerk.domain.course import derived_again
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.findings import NextAct
from clerk.domain.intake import with_handler
from clerk.domain.material import Origin
from clerk.domain.party import MandateAct
from clerk.domain.standard import Way
from clerk.domain.tasks import TaskKind, is_open
from integrations.practice.people import NOODLE_SHOP, ZHANG_SHILI
from tests.domain.at_the_window import (
    CLERK,
    FOOD,
    LICENCE_TYPE,
    NOW,
    TODAY,
    accepted_case,
    check,
    handler,
    held,
    licence_use,
    mandate_of,
    noodle_shop_complete,
    rules,
    with_licence,
    with_paper,
)

LATER = NOW + timedelta(minutes=20)
LEAVE = Authorisation(
    authorisation_id="SQ-2",
    state=AuthorisationState.GRANTED,
    mode=AuthorisationMode.CODE,
    holder=Holder(name=NOODLE_SHOP.name, id_type="001", id_number=NOODLE_SHOP.code),
    valid_until_at=LATER,
)


def on_paper(case: Case | None = None) -> Case:
    """Everything there, the licence on paper since the library was down."""
    paper = with_paper(FOOD, case or noodle_shop_complete(), "LICENCE")
    return noted_unasked(FOOD, paper, lambda _: True)


def taken_in(case: Case) -> Case:
    return with_rechecks(rules(), accepted_case(case), NOW)


def listed(**changed: object) -> CertificateSummary:
    """The licence as the library lists it."""
    use = licence_use()
    one = CertificateSummary(
        certificate_id=use.certificate_id,
        type_code=LICENCE_TYPE,
        type_name=use.type_name,
        number=use.number,
        holder_name=use.holder_name,
        issuer_name=use.issuer_name,
        issuer_code="11990123MB00010014",
        issued_on=date(2024, 1, 1),
        valid_from_on=None,
        valid_until_on=None,
        status=CertificateStatus.VALID,
        authorised=True,
        formats=("PDF",),
        fields=use.fields,
    )
    return replace(one, **changed)  # type: ignore[arg-type]  # named by the test


def basis(case: Case, *, leave: Authorisation | None = None, by_duty: bool = True, at=NOW):
    return basis_of(FOOD, case, "LICENCE", at, leave=leave, by_duty=by_duty)


def said(outcome: RecheckOutcome, by: RecheckBasis = RecheckBasis.CONSENT) -> Rechecked:
    return Rechecked(material="LICENCE", outcome=outcome, basis=by)


# 不凭以后核 ----------------------------------------------------------------------------------------


def test_a_material_that_is_to_be_fetched_later_satisfies_nothing():
    """There is no way and no origin that stands for a hope; an empty row stays empty."""
    case = on_paper()
    empty = replace(case, evidence={k: v for k, v in case.evidence.items() if k != "LICENCE"})
    waiting = held(Way.CERTIFICATE, Origin.LIBRARY)
    hoped = replace(case, evidence={**case.evidence, "LICENCE": waiting})
    later = held(Way.DEFERRAL, Origin.PROMISED_LATER, due_on=TODAY + timedelta(days=3))
    put_off = replace(case, evidence={**case.evidence, "LICENCE": later})

    assert check(case).act is NextAct.ACCEPT_AND_PASS_ON
    for one in (empty, hoped, put_off):
        assert check(one).act is not NextAct.ACCEPT_AND_PASS_ON


@pytest.mark.parametrize(
    "status", [one for one in CertificateStatus if one is not CertificateStatus.VALID]
)
def test_no_status_but_valid_carries_an_acceptance(status):
    case = with_licence(noodle_shop_complete(), licence_use(status=status))

    assert check(case).act is not NextAct.ACCEPT_AND_PASS_ON


def test_the_status_counts_for_five_minutes_and_then_is_read_again():
    case = with_licence(noodle_shop_complete(), licence_use(status_read_at=NOW))

    require_read(FOOD, case, NOW + FRESH)
    assert unread(case, NOW + FRESH) == ()
    with pytest.raises(NotAcceptable, match="营业执照"):
        require_read(FOOD, case, NOW + FRESH + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("now", "tells"),
    [
        ({"status": CertificateStatus.REVOKED}, [("status", "VALID", "REVOKED")]),
        (
            {"valid_until_on": TODAY - timedelta(days=1)},
            [("valid_until_on", "", "2026-03-17")],
        ),
        ({"certificate_id": "另一本"}, [("status", "VALID", "UNKNOWN")]),
    ],
    ids=["revoked meanwhile", "ended meanwhile", "not listed any more"],
)
def test_what_the_library_says_now_replaces_what_it_said_and_is_told(now, tells):
    case = with_licence(noodle_shop_complete())
    use = case.evidence["LICENCE"].certificate
    assert use is not None

    read = status_of("LICENCE", use, [listed(**now)], LATER)
    after = with_statuses(case, [read], CLERK)

    assert [(one.code, one.before, one.after) for one in after.events[-1].changed] == tells
    assert check(after).act is not NextAct.ACCEPT_AND_PASS_ON
    assert with_statuses(on_paper(), [read], CLERK) == on_paper()  # the paper lies there now


# 凭谁的话再问 --------------------------------------------------------------------------------------


def test_without_anybodys_word_nobody_is_asked():
    assert basis(on_paper()) is None
    assert basis(with_licence(noodle_shop_complete())) is None


def test_the_one_who_stands_there_may_agree_to_one_check_and_to_no_second():
    agreed = agreed_to_later_check(FOOD, on_paper(), CLERK, NOW)
    told = agreed.events[-1]
    assert (told.kind, told.subject, told.at) == (CaseEventKind.LATER_CHECK_AGREED, "LICENCE", NOW)
    assert told.detail == {"holder": on_paper().applicant_name}
    case = taken_in(agreed)
    assert basis(case) is RecheckBasis.CONSENT

    once = rechecked(rules(), case, said(RecheckOutcome.DIFFERENT), CLERK, LATER)

    assert basis(once) is None


def test_nobody_agrees_for_a_third_person():
    """A handler stands there, whatever his mandate says: the holder is not here."""
    mandate = mandate_of(*MandateAct)
    absent = on_paper(with_handler(noodle_shop_complete(), handler(mandate)))

    assert agreeable(FOOD, absent) == ()
    with pytest.raises(NotAcceptable, match="持证人在场"):
        agreed_to_later_check(FOOD, absent, CLERK, NOW)
    agreed = agreed_to_later_check(FOOD, on_paper(), CLERK, NOW)
    assert basis(with_handler(agreed, handler(mandate))) is None


def test_a_paper_that_came_while_the_library_answered_is_nothing_to_agree_about():
    plain = with_paper(FOOD, noodle_shop_complete(), "LICENCE")

    assert noted_unasked(FOOD, plain, lambda _: False) == plain
    assert unverified(FOOD, plain, NOW) == ()
    with pytest.raises(NotAcceptable):
        agreed_to_later_check(FOOD, plain, CLERK, NOW)


@pytest.mark.parametrize(
    ("leave", "expected"),
    [
        (LEAVE, RecheckBasis.LEAVE),
        (replace(LEAVE, valid_until_at=NOW), None),
        (replace(LEAVE, state=AuthorisationState.REVOKED), None),
        (replace(LEAVE, holder=replace(LEAVE.holder, id_number=ZHANG_SHILI.id_number)), None),
    ],
    ids=["runs", "ran out", "taken back", "somebody else's"],
)
def test_only_leave_of_the_holder_that_still_runs_covers_the_paper(leave, expected):
    assert basis(on_paper(), leave=leave) is expected


@pytest.mark.parametrize(
    ("use", "by_duty", "expected"),
    [
        ({"leave_until_at": LATER}, False, RecheckBasis.LEAVE),
        ({"leave_until_at": NOW}, True, None),
        ({"mode": AuthorisationMode.BY_DUTY}, True, RecheckBasis.DUTY),
        ({"mode": AuthorisationMode.BY_DUTY}, False, None),
        ({"mode": AuthorisationMode.BY_DUTY, "relation": "受托人"}, True, None),
    ],
    ids=["leave runs", "leave over", "by duty", "no such right", "another's certificate"],
)
def test_a_certificate_is_asked_about_again_by_its_own_right_only(use, by_duty, expected):
    case = with_licence(noodle_shop_complete(), licence_use(**use))

    assert basis(case, by_duty=by_duty) is expected


# 对照 ----------------------------------------------------------------------------------------------


def test_the_same_is_the_same():
    assert compared(FOOD, on_paper(), "LICENCE", [listed()], TODAY)[0] is RecheckOutcome.SAME
    case = with_licence(noodle_shop_complete())
    assert compared(FOOD, case, "LICENCE", [listed()], TODAY)[0] is RecheckOutcome.SAME


FIELDS: Mapping[str, str] = {**licence_use().fields, "经营场所": "示例县清河镇别处路 9 号"}


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ({"status": CertificateStatus.REVOKED}, "status"),
        ({"status": CertificateStatus.SUSPENDED}, "status"),
        ({"valid_until_on": TODAY - timedelta(days=1)}, "status"),
        ({"holder_name": "别人的店"}, "holder_name"),
        ({"fields": FIELDS}, "premises"),
    ],
    ids=["revoked", "suspended", "ended", "another holder", "another place"],
)
def test_a_paper_that_the_library_tells_otherwise_is_different(now, code):
    outcome, _, changed = compared(FOOD, on_paper(), "LICENCE", [listed(**now)], TODAY)

    assert outcome is RecheckOutcome.DIFFERENT
    assert [one.code for one in changed] == [code]


def test_of_several_the_one_that_fits_counts_and_of_none_there_is_none():
    old = listed(certificate_id="旧证", status=CertificateStatus.REVOKED)
    other = listed(type_code="另一类")

    assert compared(FOOD, on_paper(), "LICENCE", [old, listed()], TODAY)[0] is RecheckOutcome.SAME
    assert compared(FOOD, on_paper(), "LICENCE", [other], TODAY)[0] is RecheckOutcome.NOT_FOUND


# 之后 ----------------------------------------------------------------------------------------------


def test_whatever_the_library_says_the_file_stays_as_it_was():
    case = taken_in(on_paper())
    change = (Change(kind=ChangeKind.FIELD, code="status", before="VALID", after="REVOKED"),)

    for outcome in RecheckOutcome:
        found = replace(said(outcome), changed=change)
        after = rechecked(rules(), case, found, CLERK, LATER)
        assert (after.evidence, after.values, after.state) == (
            case.evidence,
            case.values,
            case.state,
        )
        assert is_open(after, TaskKind.LOOK_AT_CERTIFICATE, "LICENCE") is (
            outcome is not RecheckOutcome.SAME
        )
        assert not is_open(after, TaskKind.RECHECK_CERTIFICATE, "LICENCE")
        assert derived_again(rules(), after).tasks == after.tasks


def test_what_was_verified_stays_verified_until_another_paper_comes():
    case = taken_in(on_paper())
    after = rechecked(rules(), case, said(RecheckOutcome.SAME), CLERK, LATER)
    assert unverified(FOOD, after, LATER) == ()
    newer = replace(after.evidence["LICENCE"], at=LATER + timedelta(minutes=1))

    again = replace(after, evidence={**after.evidence, "LICENCE": newer})

    assert unverified(FOOD, again, LATER) == ("LICENCE",)


@pytest.mark.parametrize(
    ("outcome", "grounds", "wrong"),
    [("", "看过", "还没选"), ("fine", "看过", "还没选"), ("same", "  ", "还没写")],
)
def test_by_hand_says_what_was_found_and_how_it_is_known(outcome, grounds, wrong):
    case = certificate_recheck.left_to_a_person(rules(), taken_in(on_paper()), "LICENCE", LATER)

    with pytest.raises(BadInput, match=wrong):
        verify_by_hand(rules(), case, "LICENCE", outcome, grounds, CLERK, LATER)


def test_every_word_on_a_certificate_bears_who_and_when():
    case = taken_in(on_paper())
    event: CaseEvent = rechecked(rules(), case, said(RecheckOutcome.SAME), CLERK, LATER).events[-2]

    assert (event.actor, event.at, event.subject) == (CLERK.account.account_id, LATER, "LICENCE")
