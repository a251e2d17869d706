"""The check that counted is kept, and made again it says the same, whatever the case went through."""

from dataclasses import replace

import pytest

from benchmarks.sampled_cases import acted_upon, sampled_cases, three_versions, with_versions
from clerk import wording_recheck
from clerk.app.edges import uuid7
from clerk.domain.errors import NotAllowed
from clerk.domain.findings import Headline, NextAct
from clerk.domain.identity import Role
from clerk.services.rechecking import recheck_some, recheck_under
from clerk.storage import case_checks, standards
from tests.services.noodle_shop import FOOD, accepted, complete_on_paper, decided, incomplete

AFTER_ALL = 1000


@pytest.fixture
def auditor(window):
    return window.session(Role.AUDITOR)


def done(window, case):
    """What F9 leaves of the draft."""
    saved = acted_upon(window.desk, window.clerk, case)
    assert saved is not None
    return saved


def kept(window, case):
    with window.desk.store.read() as tx:
        return case_checks.of_case(tx, case.case_id)


def test_acceptance_keeps_what_was_checked_and_what_came_out(window):
    case = complete_on_paper(window)
    verdict = window.check(case)

    saved = accepted(window, case)

    (check,) = kept(window, saved)
    assert (check.headline, check.act) == (Headline.ACCEPTABLE, NextAct.ACCEPT_AND_PASS_ON)
    assert check.case_version == saved.version
    assert len(check.findings) == len(verdict.findings)
    assert check.case.evidence.keys() == case.evidence.keys()
    assert check.case.events == ()


def test_a_notice_and_the_acceptance_after_it_are_both_kept(window):
    case = incomplete(window, "RULES")
    told = done(window, case)
    whole = complete_on_paper(window)
    brought = replace(told, evidence={**told.evidence, "RULES": whole.evidence["RULES"]})

    done(window, brought)

    assert [check.act for check in kept(window, told)] == [
        NextAct.NOTIFY_ONCE,
        NextAct.ACCEPT_AND_PASS_ON,
    ]


def test_a_refused_act_keeps_nothing(window, auditor):
    case = incomplete(window, "RULES")

    with pytest.raises(Exception, match="受理"):
        accepted(window, case)

    assert recheck_some(window.desk, auditor).checks == 0


def test_nothing_differs_after_the_case_was_decided(window, auditor):
    case = accepted(window)
    window.deliver()
    decided(window, case)

    found = recheck_some(window.desk, auditor)

    assert (found.checks, found.differing, found.go_on_after) == (1, (), None)


def test_samples_of_three_versions_come_out_the_same_again(window, auditor):
    """Each under the version of its own day, a year later too."""
    today, some = window.desk.today(), (FOOD, "old_age_allowance")
    found = {code: three_versions(window.catalogue[code], today) for code in some}
    desk = with_versions(
        window.desk,
        {(one.item_code, one.version): one for versions in found.values() for one in versions},
    )
    done = []
    for day in range(3):
        versions = [found[code][day] for code in some]
        with desk.store.begin() as tx:
            for version in versions:
                standards.publish(tx, version, window.clock())
        drafts = sampled_cases(desk, window.clerk, versions, uuid7)
        done += [saved for case in drafts if (saved := acted_upon(desk, window.clerk, case))]
        window.clock.goes_on(days=1)
    window.clock.goes_on(days=400)

    again = recheck_some(desk, auditor)

    assert again.checks == len(done) > 25
    assert len({(case.item_code, case.standard_version) for case in done}) == 6
    assert [one.difference for one in again.differing] == []


def test_a_planted_rule_change_tells_how_many_it_touches_and_how(window, auditor):
    accepted(window)
    accepted(window)
    told = done(window, incomplete(window, "LAYOUT"))
    item = window.catalogue[FOOD]
    layout = replace(item.requirement("LAYOUT"), copies=2)
    others = tuple(one for one in item.requirements if one.code != "LAYOUT")
    planted = replace(item, version=2, requirements=(*others, layout))

    under = recheck_under(window.desk, auditor, planted)
    own = recheck_some(window.desk, auditor)

    assert (own.checks, len(own.differing)) == (3, 0)
    assert (under.checks, len(under.differing)) == (3, 2)
    assert told.label not in {one.label for one in under.differing}
    touched = under.differing[0]
    assert touched.difference.now is Headline.NOT_YET
    lines = list(wording_recheck.lines(touched.label, touched.check, touched.difference))
    assert lines[0].endswith("当时可以受理（受理），现在暂不能受理（一次性告知）")
    assert "  现在 fail material_copies LAYOUT [0] [2]" in lines


def test_a_changed_program_would_be_told_by_the_kept_lines(window, auditor):
    """What a check says of the stored papers is compared line by line, not by its outcome alone."""
    accepted(window)
    item = window.catalogue[FOOD]
    quiet = replace(item, rules=tuple(rule for rule in item.rules if rule.code != "OPENING"))
    desk = with_versions(window.desk, {(FOOD, 1): quiet})

    (found,) = recheck_some(desk, auditor).differing

    assert found.difference.before is found.difference.now
    assert found.difference.gone == ("pass rule OPENING",)
    assert found.difference.new == ()


def test_slices_go_on_where_the_one_before_ended(window, auditor):
    for _ in range(3):
        accepted(window)

    with window.desk.store.read() as tx:
        (first,) = case_checks.after(tx, (uuid7().__class__(int=0), 0), 1)
        rest = case_checks.after(tx, (first.check.case_id, first.check.case_version), AFTER_ALL)

    assert len(rest) == 2
    assert first.check.case_id not in {one.check.case_id for one in rest}


def test_who_may_check_again(window):
    with pytest.raises(NotAllowed):
        recheck_some(window.desk, window.clerk)
    with pytest.raises(NotAllowed):
        recheck_under(window.desk, window.clerk, window.catalogue[FOOD])
