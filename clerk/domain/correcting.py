"""Correction of a decision (更正): a new version takes the place of the old one, which stays."""

from clerk.domain.case import Case, CaseEventKind, CaseState, CorrectedDecision, Decision
from clerk.domain.course import CaseRules, done, event_by, must_be
from clerk.domain.decision_bars import decision_bar, mandate_for
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.identity import Session
from clerk.domain.review import gives_reasons
from clerk.values import replace

CORRECTABLE = frozenset(
    {CaseState.GRANTED, CaseState.REFUSED, CaseState.RESULT_WAITING, CaseState.HANDED_OUT}
)


def correct_decision(
    rules: CaseRules, case: Case, anew: Decision, reason: str, session: Session
) -> Case:
    """Put a corrected decision in the place of the one that stands (更正).

    A correction puts right what was written, never what was decided: granted stays granted. The
    result goes out again, so the case waits for it as after the first decision.

    Raises:
        NotAllowed: outside the mandate, or one's own intake.
        NotAcceptable: nothing to correct, another outcome, no reason, or nothing changed.
    """
    must_be(case, *CORRECTABLE)
    old = case.decision
    if old is None:
        raise NotAcceptable("这件没有本窗口作出的决定，没有更正。由作出决定的部门更正")
    if decision_bar(rules.standard, case, session, anew.at) is not None:
        raise NotAllowed("这件不能由你更正，决定没有改动。转给有授权的首席代表")
    if anew.granted is not old.granted:
        raise NotAcceptable("更正不能改变准予或不予，决定没有改动。要改结果，按撤销或重新决定办理")
    if not reason.strip():
        raise NotAcceptable("还没写更正的原因，决定没有改动。写明哪里写错了")
    if not gives_reasons(anew.opinion) or anew.opinion.strip() == old.opinion.strip():
        raise NotAcceptable("更正后的内容没写，或和原来一样，决定没有改动。写下更正后的全文")
    mandate = mandate_for(rules.standard, case, session.account, anew.at)
    stands = replace(
        anew,
        opinion=anew.opinion.strip(),
        mandate=mandate.number if mandate else "",
        deputy_for=mandate.deputises_for_name if mandate else "",
        points=old.points,
        own_intake=old.own_intake,
        valid_until_on=anew.valid_until_on or old.valid_until_on,
    )
    kept = CorrectedDecision(decision=old, reason=reason.strip(), corrected_at=anew.at)
    corrected = event_by(
        session,
        CaseEventKind.DECISION_CORRECTED,
        anew.at,
        granted=anew.granted,
        number=anew.number,
        replaces=old.number,
        reason=reason.strip(),
    )
    after = replace(
        case,
        decision=stands,
        corrected_decisions=(*case.corrected_decisions, kept),
        hand_out=None,
        with_whom=rules.standard.body.short_name,
    )
    return done(rules, after, corrected)
