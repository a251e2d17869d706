"""Checks of one material against the line that asks for it: pass, fail or cannot tell."""

from collections.abc import Iterator
from datetime import date

from clerk.domain.case import Case, CaseState
from clerk.domain.certificate import CertificateStatus
from clerk.domain.credit_gate import bad_record, bars_now
from clerk.domain.days import local_date
from clerk.domain.facts import Facts
from clerk.domain.findings import Check, Finding, Group, Outcome, Remedy
from clerk.domain.limits import Clause
from clerk.domain.material import Evidence, Origin
from clerk.domain.moved_day import DayUnit, day_in, moved
from clerk.domain.paper_terms import bounds, format_of, wanted_at
from clerk.domain.party import MandateAct, Party
from clerk.domain.path_values import NO_END
from clerk.domain.shared_asking import subject_of, unlike
from clerk.domain.standard import ItemStandard, Requirement, Way
from clerk.values import dataclass, replace

_REMEDY_OF_WAY = {
    Way.SCAN: Remedy.SCAN,
    Way.FILE: Remedy.CHOOSE_FILE,
    Way.PAPER: Remedy.TAKE_PAPER,
    Way.CERTIFICATE: Remedy.CALL_CERTIFICATE,
    Way.SHARED_DATA: Remedy.ASK_SHARED_DATA,
    Way.EXEMPT: Remedy.EXEMPT,
    Way.COMMITMENT: Remedy.PROMISE,
    Way.DEFERRAL: Remedy.DEFER,
}
_SEEN_BY_A_PERSON = frozenset({Way.PAPER, Way.FILE, Way.SCAN})
_BEFORE_TAKEN_IN = frozenset({CaseState.DRAFT, CaseState.CORRECTION_DUE})


def remedies_for(asked: Requirement) -> tuple[Remedy, ...]:
    """Return what can repair the lack of a material, in the standard's order of ways."""
    ways = (_REMEDY_OF_WAY.get(way) for way in asked.ways)
    return (*(remedy for remedy in ways if remedy is not None), Remedy.NOTIFY)


def holder_of(asked: Requirement, case: Case) -> Party | None:
    """Return the person or body whose certificate stands in for the material."""
    return party_of(asked.certificate.holder if asked.certificate else "applicant", case)


def party_of(who: str, case: Case) -> Party | None:
    """Return the ``applicant``, ``representative`` or ``handler`` of a case."""
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

    def alternatives(self) -> str:
        """Return by name what would do instead of the material."""
        names = map(self.standard.requirement, self.asked.not_needed_with)
        return "/".join(one.name for one in names)

    def holds(self, holds: bool, check: Check, *, given: str = "", wanted: str = "") -> Finding:
        outcome = Outcome.PASS if holds else Outcome.FAIL
        return self.say(outcome, check, given=given, wanted=wanted)


def check_material(
    standard: ItemStandard, asked: Requirement, case: Case, facts: Facts
) -> Iterator[Finding]:
    """Say of one material everything that was looked at."""
    look, on = _Look(standard, asked), facts.on
    held = case.evidence.get(asked.code)
    if held is None:
        yield look.say(
            Outcome.FAIL,
            Check.MATERIAL_PRESENT,
            wanted=look.alternatives(),
            text=asked.acceptance_standard,
        )
        return
    yield look.say(Outcome.PASS, Check.MATERIAL_PRESENT)
    if held.way not in asked.ways:
        allowed = "/".join(asked.ways)
        yield look.say(Outcome.FAIL, Check.MATERIAL_WAY, given=held.way.value, wanted=allowed)
    if held.fault:
        yield look.say(Outcome.FAIL, Check.MATERIAL_FIT, text=held.fault)
    match held.way:
        case Way.CERTIFICATE:
            yield from _check_certificate(look, held, case, facts)
        case Way.COMMITMENT:
            yield look.holds(
                asked.promise is not None and held.letter is not None,
                Check.PROMISE_ALLOWED,
                given=held.letter.template if held.letter else "",
                wanted=asked.promise.template if asked.promise else "",
            )
            yield from _check_credit(look, held, case)
        case Way.DEFERRAL:
            may_correct = case.handler is None or case.handler.mandate.carries(
                MandateAct.CORRECT, on
            )
            listed = asked.deferral_workdays is not None and not asked.main
            open_still = held.due_on is not None and held.due_on >= on
            yield look.holds(
                listed and may_correct and open_still,
                Check.DEFERRAL_ALLOWED,
                given=held.due_on.isoformat() if held.due_on else "",
                wanted=f"≥{on.isoformat()}",
            )
            yield from _check_credit(look, held, case)
        case Way.EXEMPT:
            yield look.holds(bool(asked.exemption), Check.MATERIAL_WAY)
        case Way.SHARED_DATA if held.origin is not Origin.LIBRARY:
            yield _check_answer(look, held, case, facts)
            if asked.ages:
                yield _check_age(look, held, facts)
        case Way.PAPER | Way.FILE | Way.SCAN | Way.SHARED_DATA:  # once it was the library's
            yield from _check_paper(look, held, case, facts)
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


def _check_paper(look: _Look, held: Evidence, case: Case, facts: Facts) -> Iterator[Finding]:
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
    if held.files and held.origin is not Origin.MADE_BY_SYSTEM:
        yield from _check_files(look, held)
    if held.valid_until_on is not None:
        yield _validity(look, held.valid_until_on, facts)
    if asked.ages:
        yield _check_age(look, held, facts)
    if asked.signature_by:
        signer = party_of(asked.signature_by, case)
        name = signer.name if signer else ""
        yield _seen(look, held.signed, Check.MATERIAL_SIGNED, (Remedy.SIGN, Remedy.LOOK), name)
    if asked.needs_seal:
        yield _seen(look, held.sealed, Check.MATERIAL_SEALED, (Remedy.LOOK,))


def _check_files(look: _Look, held: Evidence) -> Iterator[Finding]:
    """Check what only a file tells by itself; of a paper a person says it at a review point."""
    asked = look.asked
    fewest, most = asked.pages_at_least, asked.pages_at_most
    if fewest is not None or most is not None:
        enough = held.pages >= (fewest or 0) and (most is None or held.pages <= most)
        yield look.holds(
            enough, Check.MATERIAL_PAGES, given=str(held.pages), wanted=bounds(fewest, most)
        )
    if asked.file_formats:
        given = tuple(dict.fromkeys(format_of(file.media_type) for file in held.files))
        yield look.holds(
            set(given) <= set(asked.file_formats),
            Check.MATERIAL_FILE_FORMAT,
            given="/".join(given),
            wanted="/".join(asked.file_formats),
        )


def _check_answer(look: _Look, held: Evidence, case: Case, facts: Facts) -> Finding:
    """Check that shared data speaks of whom the case is about now, and was asked today.

    Until it is taken in, an answer of an earlier day is asked for anew: sources change.
    """
    asked, answer = look.asked, held.shared
    subject = subject_of(case, asked.shared_source) if asked.shared_source else None
    stands = (
        answer is not None
        and answer.proves
        and answer.source is asked.shared_source
        and subject is not None
        and answer.about == subject.id_number
    )
    if answer is None or not stands:
        return look.say(Outcome.FAIL, Check.DATA_STANDS)
    wrong = unlike(asked, answer)
    if wrong is not None:
        return look.say(Outcome.FAIL, Check.DATA_STANDS, given=wrong[0], wanted=wrong[1])
    asked_on = local_date(answer.at)
    if asked_on < facts.on and case.state in _BEFORE_TAKEN_IN:
        return look.say(
            Outcome.CANNOT_TELL,
            Check.DATA_STANDS,
            given=asked_on.isoformat(),
            wanted=facts.on.isoformat(),
        )
    return look.say(Outcome.PASS, Check.DATA_STANDS)


def _validity(look: _Look, until_on: date, facts: Facts) -> Finding:
    """Check that a paper is valid long enough: from today on, or on the day the standard names."""
    asked = look.asked
    named = day_in(facts.text_at(asked.valid_on)) if asked.valid_on else None
    begin = max(named or facts.on, facts.on)  # until it is known, today
    needed = moved(begin, asked.min_validity_days or 0, DayUnit.DAYS, facts.calendar)
    return look.holds(
        until_on >= needed,
        Check.MATERIAL_VALIDITY,
        given=until_on.isoformat(),
        wanted=needed.isoformat(),
    )


def _check_age(look: _Look, held: Evidence, facts: Facts) -> Finding:
    asked = look.asked
    earliest, wanted = date.min, ""
    if asked.max_age_months is not None:
        earliest = moved(facts.on, -asked.max_age_months, DayUnit.MONTHS, facts.calendar)
        wanted = f"≥{earliest.isoformat()}"
    if asked.max_age_days is not None:
        by_days = moved(facts.on, -asked.max_age_days, DayUnit.DAYS, facts.calendar)
        if by_days >= earliest:
            earliest, wanted = by_days, str(asked.max_age_days)
    if held.issued_on is None:
        return look.say(
            Outcome.CANNOT_TELL, Check.MATERIAL_AGE, wanted=wanted, remedies=(Remedy.LOOK,)
        )
    return look.holds(
        held.issued_on >= earliest,
        Check.MATERIAL_AGE,
        given=held.issued_on.isoformat(),
        wanted=wanted,
    )


def _seen(
    look: _Look, seen: bool | None, check: Check, remedies: tuple[Remedy, ...], who: str = ""
) -> Finding:
    if seen is None:
        return look.say(Outcome.CANNOT_TELL, check, wanted=who, remedies=remedies)
    outcome = Outcome.PASS if seen else Outcome.FAIL
    return look.say(outcome, check, wanted=who, remedies=remedies)


def _check_certificate(look: _Look, held: Evidence, case: Case, facts: Facts) -> Iterator[Finding]:
    asked, used = look.asked, held.certificate
    holder = holder_of(asked, case)
    if used is None or holder is None or asked.certificate is None:
        yield look.say(Outcome.FAIL, Check.CERTIFICATE_STATUS)
        return
    in_time = used.valid_until_on is None or used.valid_until_on >= facts.on
    yield look.holds(
        used.status is CertificateStatus.VALID and in_time,
        Check.CERTIFICATE_STATUS,
        given=used.status.value,
        wanted=CertificateStatus.VALID.value,
    )
    yield look.holds(
        used.type_code == asked.certificate.type_code and used.holder_name == holder.name,
        Check.MATERIAL_FIT,
        given=used.holder_name,
        wanted=holder.name,
    )
    if asked.valid_on or asked.min_validity_days:
        yield _validity(look, used.valid_until_on or NO_END, facts)
    if asked.issuers:
        yield look.holds(
            used.issuer_name in asked.issuers,
            Check.MATERIAL_ISSUER,
            given=used.issuer_name,
            wanted="/".join(asked.issuers),
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
            wanted=wanted_at(look.asked, point.code),
            text=point.text,
            remedies=(Remedy.LOOK,) if answer is None else (),
        )
