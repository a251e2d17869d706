"""Filings and the like: what is complete is done when it is accepted; nobody decides anything."""

from dataclasses import replace

import pytest

from clerk.domain.act_rules import acts_on
from clerk.domain.case import CaseEventKind as K
from clerk.domain.case import CaseState
from clerk.domain.case_acts import ActBar, CaseAct
from clerk.domain.concluding import conclude, concludes
from clerk.domain.course import done, event_by
from clerk.domain.deadlines import Term
from clerk.domain.errors import NotAcceptable
from clerk.domain.life import with_paper_number
from clerk.domain.unclaimed import lies_there
from tests.domain.at_the_window import CLERK, NOW, TODAY, accepted_case, rules


def filing():
    plain = rules()
    return replace(plain, law=replace(plain.law, concludes=True))


def numbered(law):
    return with_paper_number(accepted_case(law=law), "decision", "示备〔2026〕1 号")


def test_a_filing_ends_at_the_window_and_its_paper_waits_there():
    case = conclude(filing(), numbered(filing()), CLERK, NOW)

    assert case.state is CaseState.RESULT_WAITING
    assert case.decision is not None
    assert (case.decision.granted, case.decision.number) == (True, "示备〔2026〕1 号")
    assert set(case.terms) == {Term.DELIVERY}


def test_nobody_decides_a_filing():
    case = accepted_case(law=filing())

    with pytest.raises(NotAcceptable):
        done(filing(), case, event_by(CLERK, K.DECIDED, NOW, granted=True))


def test_a_permit_is_not_concluded_without_a_decision():
    with pytest.raises(NotAcceptable, match="要经审批决定"):
        conclude(rules(), numbered(rules()), CLERK, NOW)
    bars = {one.act: one.bar for one in acts_on(rules(), accepted_case(), CLERK, NOW)}

    assert bars[CaseAct.CONCLUDE] is ActBar.NOT_LISTED


def test_a_filing_with_a_late_paper_waits_for_it():
    late = event_by(CLERK, K.DEFERRED, NOW, subject="RULES", until_on=TODAY)
    case = done(filing(), numbered(filing()), late)

    assert not concludes(filing(), case)
    with pytest.raises(NotAcceptable, match="容缺材料"):
        conclude(filing(), case, CLERK, NOW)


def test_a_concluded_result_is_reminded_of_like_any_other():
    case = conclude(filing(), numbered(filing()), CLERK, NOW)

    again = lies_there(filing(), case, NOW)

    assert list(case.tasks) == ["remind_result/1"]
    assert again is case
