"""The check of a case: what each paper and certificate is worth on the day."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.domain import intake
from clerk.domain.certificate import CertificateStatus, Holder
from clerk.domain.findings import Check, Headline, NextAct, Outcome
from clerk.domain.material import Origin
from clerk.domain.prefill import prefilled
from clerk.domain.standard import Way
from integrations.practice.people import NOODLE_SHOP, ZHOU_MONI
from tests.domain.at_the_window import (
    CALENDAR,
    CLERK,
    FOOD,
    NOW,
    TODAY,
    TRADER,
    answered,
    check,
    draft,
    licence_use,
    noodle_shop_begun,
    noodle_shop_complete,
    person,
    scan,
    with_licence,
)
from tests.domain.found_in import found, outcome


def test_a_name_that_differs_from_the_licence_is_shown_with_both_values():
    use = licence_use(fields={**licence_use().fields, "经营者": ZHOU_MONI.name})
    case = with_licence(noodle_shop_complete(), use)

    (finding,) = found(check(case), Check.RULE, "HEAD_OF_TRADER")

    assert finding.outcome is Outcome.FAIL
    assert (finding.given, finding.wanted) == (person().name, ZHOU_MONI.name)


def test_a_licence_on_paper_is_compared_by_a_person_and_not_by_the_rule():
    """A comparison with a certificate nobody called would block every case on paper."""
    verdict = check(noodle_shop_complete())

    assert outcome(verdict, Check.RULE, "HEAD_OF_TRADER") is Outcome.PASS
    assert outcome(verdict, Check.MATERIAL_POINT, "LICENCE") is Outcome.PASS


def test_a_typed_value_over_the_licences_value_stays_a_visible_conflict():
    case = prefilled(FOOD, with_licence(noodle_shop_begun()), NOW, CALENDAR)

    verdict = check(intake.with_value(case, "operator_name", "示例县清河饭店", NOW))

    (conflict,) = found(verdict, Check.FIELD_CONFLICT, "operator_name")
    assert (conflict.given, conflict.wanted) == ("示例县清河饭店", NOODLE_SHOP.name)
    assert outcome(verdict, Check.RULE, "NAME") is Outcome.FAIL


@pytest.mark.parametrize(
    "changed",
    [
        {"status": CertificateStatus.REVOKED},
        {"status": CertificateStatus.EXPIRED},
        {"status": CertificateStatus.SUSPENDED},
        {"status": CertificateStatus.UNKNOWN},
        {"valid_until_on": date(2026, 3, 17)},
    ],
    ids=["revoked", "expired", "suspended", "unknown", "ended yesterday"],
)
def test_a_certificate_that_does_not_stand_today_blocks(changed):
    case = with_licence(noodle_shop_complete(), licence_use(**changed))

    assert outcome(check(case), Check.CERTIFICATE_STATUS, "LICENCE") is Outcome.FAIL


@pytest.mark.parametrize("ends_on", [None, TODAY], ids=["without end", "ends today"])
def test_a_certificate_counts_on_its_last_day(ends_on):
    case = with_licence(noodle_shop_complete(), licence_use(valid_until_on=ends_on))

    assert outcome(check(case), Check.CERTIFICATE_STATUS, "LICENCE") is Outcome.PASS


def test_somebody_elses_certificate_does_not_fit():
    other = Holder(name="示例县别家饭店", id_type="001", id_number="91990123MA00TE6U3X")
    case = with_licence(noodle_shop_complete(), licence_use(holder_name=other.name, holder=other))

    assert outcome(check(case), Check.MATERIAL_FIT, "LICENCE") is Outcome.FAIL


def test_a_deferred_paper_is_enough_until_its_day_is_over():
    asked = FOOD.requirement("RULES")
    case = intake.without_evidence(noodle_shop_complete(), "RULES")
    later = intake.deferred(FOOD, asked, CALENDAR, CLERK, NOW, TODAY)
    case = intake.with_evidence(case, "RULES", later)

    today, last, after = (check(case, on=date(2026, 3, day)) for day in (18, 23, 24))

    assert later.due_on == date(2026, 3, 23)
    assert today.headline is last.headline is Headline.ACCEPTABLE_WITH_DEFERRAL
    assert outcome(after, Check.DEFERRAL_ALLOWED, "RULES") is Outcome.FAIL


def test_a_main_paper_cannot_follow_later_whatever_lies_in_its_place():
    case = noodle_shop_complete()
    evidence = replace(
        case.evidence["LAYOUT"],
        way=Way.DEFERRAL,
        origin=Origin.PROMISED_LATER,
        due_on=date(2026, 3, 20),
    )

    verdict = check(intake.with_evidence(case, "LAYOUT", evidence))

    assert outcome(verdict, Check.MATERIAL_WAY, "LAYOUT") is Outcome.FAIL
    assert outcome(verdict, Check.DEFERRAL_ALLOWED, "LAYOUT") is Outcome.FAIL


def test_what_nobody_looked_at_blocks_as_unknown():
    case = intake.without_evidence(noodle_shop_complete(), "LAYOUT")
    asked = FOOD.requirement("LAYOUT")
    scanned = intake.from_file(asked, scan(), Origin.SCANNED, CLERK, NOW)

    verdict = check(intake.with_evidence(case, "LAYOUT", scanned))

    open_points = {f.point for f in verdict.open}
    assert open_points == {"ZONES", "AREA", "FLOW"}
    assert (verdict.headline, verdict.act) == (Headline.GAPS, NextAct.NEXT_GAP)


def test_a_point_that_does_not_hold_is_told_the_applicant():
    case = intake.with_point(noodle_shop_complete(), "LAYOUT", "ZONES", False)

    verdict = check(case)

    (finding,) = verdict.failed
    assert (finding.check, finding.point) == (Check.MATERIAL_POINT, "ZONES")
    assert verdict.act is NextAct.NOTIFY_ONCE


def test_too_few_copies_are_counted_with_both_numbers():
    case = noodle_shop_complete()
    fewer = replace(case.evidence["LICENCE"], copies=0)

    (finding,) = found(
        check(intake.with_evidence(case, "LICENCE", fewer)), Check.MATERIAL_COPIES, "LICENCE"
    )

    assert (finding.outcome, finding.given, finding.wanted) == (Outcome.FAIL, "0", "1")


def test_an_identity_card_counts_on_its_last_day():
    case = noodle_shop_complete()

    def until(day):
        card = replace(person(), id_valid_until_on=day)
        held = intake.from_card(card, CLERK, NOW)
        return check(intake.with_evidence(case, "HEAD_ID", held))

    assert outcome(until(TODAY), Check.MATERIAL_VALIDITY, "HEAD_ID") is Outcome.PASS
    assert outcome(until(date(2026, 3, 17)), Check.MATERIAL_VALIDITY, "HEAD_ID") is Outcome.FAIL


def test_a_proof_older_than_it_may_be_is_refused_and_one_without_a_date_is_unknown():
    asked = replace(TRADER.requirement("NEIGHBOURS"), max_age_days=90)
    dated = replace(TRADER, requirements=(asked,))
    case = intake.with_person(draft(TRADER), person(), TRADER.applicant_kinds)
    case = answered(case, residential="yes", located="here")
    scanned = intake.from_file(asked, scan(), Origin.SCANNED, CLERK, NOW)

    def issued(day):
        held = replace(scanned, issued_on=day)
        verdict = check(intake.with_evidence(case, "NEIGHBOURS", held), dated)
        return outcome(verdict, Check.MATERIAL_AGE, "NEIGHBOURS")

    assert issued(date(2025, 12, 18)) is Outcome.PASS  # 90 days ago
    assert issued(date(2025, 12, 17)) is Outcome.FAIL
    assert issued(None) is Outcome.CANNOT_TELL
