"""The check: a pure function of standard version, case and day.

No check stops another, since the applicant is told once and completely (行政许可法 art. 32 (4));
everything that was looked at leaves a finding, also what passed.
"""

from collections.abc import Iterator
from datetime import date

from clerk.domain.case import Case, CaseState
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.field_checks import check_field
from clerk.domain.findings import (
    FIRST_OF_ALL,
    Check,
    Finding,
    Group,
    Headline,
    NextAct,
    Outcome,
    Remedy,
    Verdict,
)
from clerk.domain.form import Asked, asked_of, facts_of
from clerk.domain.identifiers import IdKind, check_resident_id
from clerk.domain.limits import Clause
from clerk.domain.material import Evidence
from clerk.domain.material_checks import check_material
from clerk.domain.party import Mandate, MandateAct, Party, PartyKind
from clerk.domain.rule_checks import check_rules
from clerk.domain.standard import ItemStandard, Way

_IDENTITY = Clause(law="GB 11643", article="", gist="")


def check_case(
    standard: ItemStandard,
    case: Case,
    counter_code: str,
    on: date,
    calendar: WorkCalendar,
) -> Verdict:
    """Say of one case everything that was looked at, and the one next act.

    Args:
        standard: the version the case was taken in under.
        case: the case as it stands.
        counter_code: the window that asks; delegation is given window by window.
        on: the hall's day of the check.
        calendar: what rules count working days by.
    """
    facts = facts_of(case, on, calendar)
    asked = asked_of(standard, facts)
    findings = (
        *_check_parties(standard, case, on),
        *_check_competence(standard, on),
        *_check_questions(standard, case, asked),
        *(
            finding
            for line in asked.fields
            for finding in check_field(standard, line, case.values.get(line.code), on)
        ),
        *check_rules(standard, case, facts),
        *(
            finding
            for wanted in asked.requirements
            for finding in check_material(standard, wanted, case, facts)
        ),
    )
    delegation = standard.delegation(counter_code, on)
    headline, act = _conclude(standard, case, findings, delegated=delegation is not None)
    return Verdict(
        headline=headline,
        act=act,
        findings=findings,
        delegated=delegation is not None,
        delegated_until=delegation.until_on.isoformat() if delegation else "",
        asked=tuple(wanted.code for wanted in asked.requirements),
        dropped=tuple((gone.requirement, gone.question) for gone in asked.dropped),
        fields=tuple(line.code for line in asked.fields),
        questions=tuple(question.code for question in asked.questions),
    )


def _check_parties(standard: ItemStandard, case: Case, on: date) -> Iterator[Finding]:
    basis = standard.bases[0]
    applicant = case.applicant
    if applicant is None or not applicant.party.name:
        yield _party_finding(
            standard,
            Check.APPLICANT_KNOWN,
            Outcome.CANNOT_TELL,
            basis,
            remedies=(Remedy.READ_CARD, Remedy.TYPE_APPLICANT),
        )
        return
    named = bool(applicant.party.name)
    yield _party_finding(
        standard,
        Check.APPLICANT_KNOWN,
        Outcome.PASS if named else Outcome.CANNOT_TELL,
        basis,
        remedies=() if named else (Remedy.CALL_CERTIFICATE, Remedy.TYPE_APPLICANT),
    )
    fits = applicant.party.kind in standard.applicant_kinds
    yield _party_finding(
        standard,
        Check.APPLICANT_KIND,
        Outcome.PASS if fits else Outcome.FAIL,
        basis,
        given=applicant.party.kind.value,
        wanted="/".join(standard.applicant_kinds),
        remedies=() if fits else (Remedy.TYPE_APPLICANT,),
    )
    handler = case.handler.party if case.handler else None
    people = (applicant.party, applicant.representative, handler)
    for person in people:
        if person is not None and person.id_kind is IdKind.RESIDENT_ID:
            yield _identity(standard, person, on)
    if applicant.party.kind is not PartyKind.PERSON:
        known = applicant.representative is not None
        yield _party_finding(
            standard,
            Check.REPRESENTATIVE_KNOWN,
            Outcome.PASS if known else Outcome.CANNOT_TELL,
            basis,
            remedies=() if known else (Remedy.READ_CARD,),
        )
    if case.handler is not None:
        asked = MandateAct.CORRECT if case.state is CaseState.CORRECTION_DUE else MandateAct.SUBMIT
        mandate = case.handler.mandate
        carries = mandate.carries(asked, on)
        yield _party_finding(
            standard,
            Check.HANDLER_MANDATE,
            Outcome.PASS if carries else Outcome.FAIL,
            basis,
            given=case.handler.party.name,
            wanted="" if carries else _lacks(mandate, on),
            remedies=() if carries else (Remedy.SIGN,),
        )


def _identity(standard: ItemStandard, person: Party, on: date) -> Finding:
    fits = check_resident_id(person.id_number, on).valid
    return _party_finding(
        standard,
        Check.APPLICANT_IDENTITY,
        Outcome.PASS if fits else Outcome.FAIL,
        _IDENTITY,
        given=person.name,
        remedies=() if fits else (Remedy.READ_CARD,),
    )


def _party_finding(
    standard: ItemStandard,
    check: Check,
    outcome: Outcome,
    basis: Clause,
    *,
    given: str = "",
    wanted: str = "",
    remedies: tuple[Remedy, ...] = (),
) -> Finding:
    return Finding(
        outcome=outcome,
        check=check,
        group=Group.APPLICANT,
        subject=check.value,
        subject_name=given,
        basis=basis,
        rule_version=standard.version,
        given=given,
        wanted=wanted,
        remedies=remedies,
    )


def _lacks(mandate: Mandate, on: date) -> str:
    """Return why a mandate does not carry: its ``term`` or the ``act``; empty while unsigned."""
    if not mandate.signed:
        return ""
    return "act" if mandate.in_force(on) else "term"


def _check_competence(standard: ItemStandard, on: date) -> Iterator[Finding]:
    in_force = standard.in_force(on)
    ended = standard.ended_on.isoformat() if standard.ended_on else ""
    yield Finding(
        outcome=Outcome.PASS if in_force else Outcome.FAIL,
        check=Check.ITEM_IN_FORCE,
        group=Group.COMPETENCE,
        subject=standard.item_code,
        subject_name=standard.name,
        basis=standard.bases[0],
        rule_version=standard.version,
        given=f"{standard.state.label} {on.isoformat()}",
        wanted=f"{standard.effective_on.isoformat()}–{ended}",
    )


def _check_questions(standard: ItemStandard, case: Case, asked: Asked) -> Iterator[Finding]:
    for question in asked.questions:
        answered = question.code in case.answers
        yield Finding(
            outcome=Outcome.PASS if answered else Outcome.CANNOT_TELL,
            check=Check.QUESTION_ANSWERED,
            group=Group.FORM,
            subject=question.code,
            subject_name=question.text,
            basis=question.basis,
            rule_version=standard.version,
            remedies=() if answered else (Remedy.ANSWER,),
        )


def _conclude(
    standard: ItemStandard, case: Case, findings: tuple[Finding, ...], *, delegated: bool
) -> tuple[Headline, NextAct]:
    failed = [f for f in findings if f.hard and f.outcome is Outcome.FAIL]
    unknown = [f for f in findings if f.hard and f.outcome is Outcome.CANNOT_TELL]
    if case.applicant is None and not case.answers and not case.evidence:
        return Headline.NOT_STARTED, NextAct.NEXT_GAP
    ending = [f.subject for f in failed if Remedy.DECLINE in f.remedies]
    for rule in standard.rules:
        if rule.code in ending:
            where = Headline.NOT_OURS if rule.competent_body else Headline.NOT_REQUIRED
            return where, NextAct.DECLINE
    if any(f.check in FIRST_OF_ALL for f in unknown):
        return Headline.GAPS, NextAct.NEXT_GAP
    if failed:
        to_tell = any(f.group is not Group.APPLICANT for f in failed)
        once = to_tell and case.notice is None
        return Headline.NOT_YET, NextAct.NOTIFY_ONCE if once else NextAct.NEXT_GAP
    if unknown:
        return Headline.GAPS, NextAct.NEXT_GAP
    if not delegated:
        return Headline.RECEIVABLE, NextAct.RECEIVE_AND_PASS_ON
    deferred = any(_deferred(evidence) for evidence in case.evidence.values())
    headline = Headline.ACCEPTABLE_WITH_DEFERRAL if deferred else Headline.ACCEPTABLE
    return headline, NextAct.ACCEPT_AND_PASS_ON


def _deferred(evidence: Evidence) -> bool:
    return evidence.way is Way.DEFERRAL
