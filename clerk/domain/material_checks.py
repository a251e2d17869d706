"""Checks of one material against the line that asks for it: pass, fail or cannot tell."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from clerk.domain.case import Case
from clerk.domain.certificate import CertificateStatus
from clerk.domain.credit_gate import bad_record, bars_now
from clerk.domain.findings import Check, Finding, Group, Outcome, Remedy
from clerk.domain.limits import Clause
from clerk.domain.material import Evidence, Origin
from clerk.domain.party import MandateAct, Party
from clerk.domain.standard import ItemStandard, Requirement, Way

_REMEDY_OF_WAY = {
    Way.SCAN: Remedy.SCAN,
    Way.FILE: Remedy.CHOOSE_FILE,
    Way.PAPER: Remedy.TAKE_PAPER,
    Way.CERTIFICATE: Remedy.CALL_CERTIFICATE,
    Way.COMMITMENT: Remedy.PROMISE,
    Way.DEFERRAL: Remedy.DEFER,
}
_SEEN_BY_A_PERSON = frozenset({Way.PAPER, Way.FILE, Way.SCAN})


def remedies_for(asked: Requirement) -> tuple[Remedy, ...]:
    """Return what can repair the lack of a material, in the standard's order of ways."""
    ways = (_REMEDY_OF_WAY.get(way) for way in asked.ways)
    return (*(remedy for remedy in ways if remedy is not None), Remedy.NOTIFY)


def holder_of(asked: Requirement, case: Case) -> Party | None:
    """Return the person or body whose certificate stands in for the material."""
    who = asked.certificate.holder if asked.certificate else "applicant"
    if who == "handler":
        return case.handler.party if case.handler else None
    if case.applicant is None:
        return None
    if who == "representative":
        return case.applicant.representative or case.applicant.party
    return case.applicant.party


@dataclass(frozen=True, slots=True)
class _Look:
    """Makes findings about one material."""

    standard: ItemStandard
    asked: Requirement

    def say(
        self,
        outcome: Outcome,
        check: Check,
        *,
        basis: Clause | None = None,
        point: str = "",
        given: str = "",
        wanted: str = "",
        text: str = "",
        remedies: tuple[Remedy, ...] = (),
    ) -> Finding:
        return Finding(
            outcome=outcome,
            check=check,
            group=Group.MATERIALS,
            subject=self.asked.code,
            subject_name=self.asked.name,
            basis=basis or self.asked.basis,
            rule_version=self.standard.version,
            point=point,
            given=given,
            wanted=wanted,
            text=text,
            remedy_text=self.asked.where_to_get,
            remedies=() if outcome is Outcome.PASS else remedies or remedies_for(self.asked),
        )

    def holds(self, holds: bool, check: Check, *, given: str = "", wanted: str = "") -> Finding:
        outcome = Outcome.PASS if holds else Outcome.FAIL
        return self.say(outcome, check, given=given, wanted=wanted)


def check_material(
    standard: ItemStandard, asked: Requirement, case: Case, on: date
) -> Iterator[Finding]:
    """Say of one material everything that was looked at."""
    look = _Look(standard, asked)
    held = case.evidence.get(asked.code)
    if held is None:
        yield look.say(Outcome.FAIL, Check.MATERIAL_PRESENT, text=asked.acceptance_standard)
        return
    yield look.say(Outcome.PASS, Check.MATERIAL_PRESENT)
    if held.way not in asked.ways:
        yield look.say(Outcome.FAIL, Check.MATERIAL_WAY, given=held.way.value)
    if held.fault:
        yield look.say(Outcome.FAIL, Check.MATERIAL_FIT, text=held.fault)
    match held.way:
        case Way.CERTIFICATE:
            yield from _check_certificate(look, held, case, on)
        case Way.COMMITMENT:
            yield look.holds(
                asked.promise is not None and held.letter is not None, Check.PROMISE_ALLOWED
            )
            yield from _check_credit(look, held, case)
        case Way.DEFERRAL:
            may_correct = case.handler is None or case.handler.mandate.carries(
                MandateAct.CORRECT, on
            )
            listed = asked.deferral_workdays is not None and not asked.main
            allowed = listed and may_correct
            open_still = held.due_on is not None and held.due_on >= on
            yield look.holds(allowed and open_still, Check.DEFERRAL_ALLOWED)
            yield from _check_credit(look, held, case)
        case Way.EXEMPT:
            yield look.holds(bool(asked.exemption), Check.MATERIAL_WAY)
        case Way.PAPER | Way.FILE | Way.SCAN | Way.SHARED_DATA:
            yield from _check_paper(look, held, on)
    if held.way in _SEEN_BY_A_PERSON and held.origin is not Origin.MADE_BY_SYSTEM:
        yield from _check_points(look, held)


def _check_credit(look: _Look, held: Evidence, case: Case) -> Iterator[Finding]:
    """A word already given does not hold for one whose bad record came to light before F9."""
    record = bad_record(case) if bars_now(case, held.way) else None
    if record is not None:
        found = look.say(
            Outcome.FAIL,
            Check.CREDIT_CLEAR,
            given=record.source,
            remedies=(Remedy.TAKE_PAPER, Remedy.NOTIFY),
        )
        yield replace(found, remedy_text=f"{record.repair}，{record.contact}")


def _check_paper(look: _Look, held: Evidence, on: date) -> Iterator[Finding]:
    asked = look.asked
    if held.way is Way.PAPER and held.origin is Origin.HANDED_IN:
        yield look.holds(
            held.originals >= asked.originals,
            Check.MATERIAL_ORIGINALS,
            given=str(held.originals),
            wanted=str(asked.originals),
        )
        yield look.holds(
            held.copies >= asked.copies,
            Check.MATERIAL_COPIES,
            given=str(held.copies),
            wanted=str(asked.copies),
        )
    if held.valid_until_on is not None:
        needed = on + timedelta(days=asked.min_validity_days or 0)
        yield look.holds(
            held.valid_until_on >= needed,
            Check.MATERIAL_VALIDITY,
            given=held.valid_until_on.isoformat(),
            wanted=needed.isoformat(),
        )
    if asked.max_age_days is not None:
        yield _check_age(look, held, asked.max_age_days, on)
    if asked.signature_by:
        yield _seen(look, held.signed, Check.MATERIAL_SIGNED, (Remedy.SIGN, Remedy.LOOK))
    if asked.needs_seal:
        yield _seen(look, held.sealed, Check.MATERIAL_SEALED, (Remedy.LOOK,))


def _check_age(look: _Look, held: Evidence, max_age_days: int, on: date) -> Finding:
    if held.issued_on is None:
        return look.say(Outcome.CANNOT_TELL, Check.MATERIAL_AGE, remedies=(Remedy.LOOK,))
    return look.holds(
        held.issued_on + timedelta(days=max_age_days) >= on,
        Check.MATERIAL_AGE,
        given=held.issued_on.isoformat(),
        wanted=str(max_age_days),
    )


def _seen(look: _Look, seen: bool | None, check: Check, remedies: tuple[Remedy, ...]) -> Finding:
    if seen is None:
        return look.say(Outcome.CANNOT_TELL, check, remedies=remedies)
    return look.say(Outcome.PASS if seen else Outcome.FAIL, check, remedies=remedies)


def _check_certificate(look: _Look, held: Evidence, case: Case, on: date) -> Iterator[Finding]:
    used = held.certificate
    holder = holder_of(look.asked, case)
    if used is None or holder is None or look.asked.certificate is None:
        yield look.say(Outcome.FAIL, Check.CERTIFICATE_STATUS)
        return
    in_time = used.valid_until_on is None or used.valid_until_on >= on
    yield look.holds(
        used.status is CertificateStatus.VALID and in_time,
        Check.CERTIFICATE_STATUS,
        given=used.status.value,
        wanted=CertificateStatus.VALID.value,
    )
    yield look.holds(
        used.type_code == look.asked.certificate.type_code and used.holder_name == holder.name,
        Check.MATERIAL_FIT,
        given=used.holder_name,
        wanted=holder.name,
    )


def _check_points(look: _Look, held: Evidence) -> Iterator[Finding]:
    for point in look.asked.review_points:
        answer = held.points.get(point.code)
        outcome = Outcome.CANNOT_TELL if answer is None else Outcome.PASS
        if answer is False:
            outcome = Outcome.FAIL
        yield look.say(
            outcome,
            Check.MATERIAL_POINT,
            basis=point.basis,
            point=point.code,
            text=point.text,
            remedies=(Remedy.LOOK,) if answer is None else (),
        )
