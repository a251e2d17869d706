"""Lays a sample case on the desk as a clerk would, checks it, and says what differs.

The case is made by the same functions as the counter's (``intake``, ``prefill``, ``check_case``),
so a sample that passes is a case that can be taken in.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from clerk.domain import intake
from clerk.domain.case import Case
from clerk.domain.checking import check_case
from clerk.domain.credit import CreditAnswer, CreditOutcome, CreditRecord
from clerk.domain.days import HALL_ZONE
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.findings import Finding, Headline, NextAct, Outcome, Remedy, Verdict
from clerk.domain.form import asked_of, facts_of
from clerk.domain.identity import Account, Role, Session
from clerk.domain.notice_points import notice_findings
from clerk.domain.party import Handler, MandateAct, Source
from clerk.domain.prefill import prefilled
from clerk.domain.sample_case import Expected, ItemSamples, Sample, SampleMandate, SampleMaterial
from clerk.domain.sample_evidence import SampleDesk, evidence_of
from clerk.domain.sample_faults import sample_faults
from clerk.domain.sample_people import SamplePeople
from clerk.domain.standard import ItemStandard
from clerk.values import dataclass, replace

_CASE_ID: Final = UUID(int=1)
_ROUNDS: Final = 50
_MANDATE_DAYS: Final = timedelta(days=30)
_NINE: Final = time(9)
_RELATIVE = re.compile(r"today(?:([+-])(\d{1,4}))?")


class SampleTrouble(StrEnum):
    """In what a check differs from what its sample expects."""

    FAULTY = "faulty"
    OTHER_OUTCOME = "other_outcome"
    NOT_NAMED = "not_named"
    NAMED_TOO = "named_too"
    NOT_ASKED = "not_asked"
    ASKED_TOO = "asked_too"
    NOT_WARNED = "not_warned"
    WARNED_TOO = "warned_too"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDifference:
    """One thing that differs; ``what`` is a code, a sentence (FAULTY) or empty (OTHER_OUTCOME)."""

    trouble: SampleTrouble
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleResult:
    """What came of one sample; ``verdict`` is None where it could not be laid on the desk."""

    sample: Sample
    on: date
    verdict: Verdict | None
    differences: tuple[SampleDifference, ...]


_HEADLINES: Final = {
    Expected.ACCEPT: Headline.ACCEPTABLE,
    Expected.DEFERRAL: Headline.ACCEPTABLE_WITH_DEFERRAL,
    Expected.RECEIVE: Headline.RECEIVABLE,
    Expected.NOT_REQUIRED: Headline.NOT_REQUIRED,
    Expected.NOT_OURS: Headline.NOT_OURS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleHall:
    """Where samples are run: the people who apply, the calendar, the usual day and window."""

    people: SamplePeople
    calendar: WorkCalendar
    usual_on: date
    usual_counter: str

    def day_for(self, standard: ItemStandard) -> date:
        """Return the usual day, or the version's first one where it is not in force then."""
        if standard.in_force(self.usual_on):
            return self.usual_on
        return standard.effective_on


def run_samples(
    hall: SampleHall, standard: ItemStandard, samples: ItemSamples
) -> tuple[SampleResult, ...]:
    """Run every sample of an item against one of its versions, in their order."""
    return tuple(run_sample(hall, standard, sample) for sample in samples.samples)


def run_sample(hall: SampleHall, standard: ItemStandard, sample: Sample) -> SampleResult:
    """Check one sample and say what differs; one that names what is not there is not run."""
    on = hall.day_for(standard)
    faults = tuple(
        SampleDifference(trouble=SampleTrouble.FAULTY, what=str(fault))
        for fault in sample_faults(standard, sample, hall.people)
    )
    if faults:
        return SampleResult(sample=sample, on=on, verdict=None, differences=faults)
    counter = sample.counter or _delegated(standard, on) or hall.usual_counter
    case = sample_case(hall, standard, sample, counter, on)
    verdict = check_case(standard, case, counter, on, hall.calendar)
    differences = tuple(_differences(sample, verdict))
    return SampleResult(sample=sample, on=on, verdict=verdict, differences=differences)


def sample_case(
    hall: SampleHall, standard: ItemStandard, sample: Sample, counter: str, on: date
) -> Case:
    """Return the draft as it lies on the desk when the sample is laid out."""
    at = datetime.combine(on, _NINE, tzinfo=HALL_ZONE).astimezone(UTC)
    desk = SampleDesk(
        standard=standard,
        people=hall.people,
        calendar=hall.calendar,
        session=_session(counter, at),
        at=at,
        on=on,
    )
    case = _with_people(desk, sample, intake.new_case(_CASE_ID, standard, desk.session, at))
    if sample.bad_credit:
        case = _with_bad_credit(case, at)
    for _ in range(_ROUNDS):  # what is asked depends on what was said before
        laid = _laid_out(desk, sample, case)
        if laid == case:
            break
        case = laid
    return case


def _delegated(standard: ItemStandard, on: date) -> str:
    given = (one for one in standard.delegations if one.from_on <= on <= one.until_on)
    return next((one.counter_code for one in given), "")


def _session(counter: str, at: datetime) -> Session:
    account = Account(
        account_id="sample", display_name="sample", roles=frozenset({Role.WINDOW_CLERK})
    )
    return Session(account=account, counter_code=counter, counter_name=counter, signed_in_at=at)


def _with_people(desk: SampleDesk, sample: Sample, case: Case) -> Case:
    person = desk.people.person(sample.applicant).party(desk.on, desk.at)
    case = intake.with_person(case, person, desk.standard.applicant_kinds)
    body = desk.people.bodies.get(sample.applicant.key)
    if body is not None:
        case = intake.with_body(case, body.party(desk.at))
    if sample.handler is None:
        return case
    until_on = desk.on - timedelta(days=1) if _ended(sample) else desk.on + _MANDATE_DAYS
    mandate = replace(
        intake.unsigned_mandate(desk.on - _MANDATE_DAYS, until_on),
        signed=sample.mandate is not SampleMandate.UNSIGNED,
        acts=frozenset(MandateAct),
    )
    helper = desk.people.person(sample.handler).party(desk.on, desk.at)
    return intake.with_handler(case, Handler(party=helper, relation="", mandate=mandate))


def _ended(sample: Sample) -> bool:
    return sample.mandate is SampleMandate.ENDED


def _with_bad_credit(case: Case, at: datetime) -> Case:
    about = case.applicant.party.id_number if case.applicant else ""
    record = CreditRecord(
        number="sample",
        source="sample",
        fact="",
        recorded_on=at.date(),
        repair="",
        contact="",
    )
    answer = CreditAnswer(outcome=CreditOutcome.BAD, about=about, at=at, records=(record,))
    return replace(case, credit=answer)


def _laid_out(desk: SampleDesk, sample: Sample, case: Case) -> Case:
    """Answer, type and lay down what is asked by now; called until nothing more is."""
    standard = desk.standard
    asked = asked_of(standard, facts_of(case, desk.on, desk.calendar))
    for question in asked.questions:
        option = sample.answers.get(question.code)
        held = case.answers.get(question.code)
        if option is not None and (held is None or held.option != option):
            case = intake.with_answer(case, question.code, option, desk.at)
    for line in asked.fields:
        value = on_day(sample.fields.get(line.code, ""), desk.on)
        written = case.values.get(line.code)
        locked = written is not None and written.source is Source.SHARED_DATA
        if value and not locked and (written is None or written.value != value):
            case = intake.with_value(case, line.code, value, desk.at)
    for wanted in asked.requirements:
        given = sample.materials.get(wanted.code, SampleMaterial())
        if wanted.code not in case.evidence:
            evidence = evidence_of(desk, wanted, given, case)
            if evidence is not None:
                case = intake.with_evidence(case, wanted.code, evidence)
                answers = (evidence.shared,) if evidence.shared is not None else ()
                case = replace(case, shared=(*case.shared, *answers))
    return prefilled(standard, case, desk.at, desk.calendar)


def on_day(value: str, on: date) -> str:
    """Return a value as it is typed: ``today+14`` is a day, everything else itself."""
    found = _RELATIVE.fullmatch(value)
    if found is None:
        return value
    days = int(found[2] or 0)
    return (on + timedelta(days=-days if found[1] == "-" else days)).isoformat()


def _differences(sample: Sample, verdict: Verdict) -> Iterator[SampleDifference]:
    if not _came_out(sample.expect, verdict):
        yield SampleDifference(trouble=SampleTrouble.OTHER_OUTCOME)
    yield from _named(sample.names, _to_name(sample.expect, verdict))
    asked = set(verdict.asked)
    for code in sample.asks:
        if code not in asked:
            yield SampleDifference(trouble=SampleTrouble.NOT_ASKED, what=code)
    for code in sample.asks_not:
        if code in asked:
            yield SampleDifference(trouble=SampleTrouble.ASKED_TOO, what=code)
    if sample.warns is not None:
        soft = {f.subject for f in verdict.findings if not f.hard and f.outcome is Outcome.FAIL}
        for code in sample.warns:
            if code not in soft:
                yield SampleDifference(trouble=SampleTrouble.NOT_WARNED, what=code)
        for code in sorted(soft - set(sample.warns)):
            yield SampleDifference(trouble=SampleTrouble.WARNED_TOO, what=code)


def came_out(verdict: Verdict) -> tuple[Expected, tuple[str, ...]]:
    """Return what a sample must expect so that it agrees with a verdict, and what it must name."""
    by_headline = {headline: expect for expect, headline in _HEADLINES.items()}
    expect = by_headline.get(verdict.headline)
    if expect is None:
        notice = verdict.act is NextAct.NOTIFY_ONCE
        expect = Expected.NOTICE if notice else Expected.GAPS
    named = (f"{one.subject}.{one.point or one.check.value}" for one in _to_name(expect, verdict))
    return expect, tuple(dict.fromkeys(named))


def _came_out(expect: Expected, verdict: Verdict) -> bool:
    """Whether the outcome is as expected; of notice and gaps it is what F9 does that counts."""
    match expect:
        case Expected.NOTICE:
            return verdict.act is NextAct.NOTIFY_ONCE
        case Expected.GAPS:
            return verdict.act is NextAct.NEXT_GAP
        case _:
            return verdict.headline is _HEADLINES[expect]


def _to_name(expect: Expected, verdict: Verdict) -> tuple[Finding, ...]:
    """Return the findings that a sample has to name, by what is expected of it."""
    match expect:
        case Expected.NOTICE:
            return notice_findings(verdict)
        case Expected.NOT_REQUIRED | Expected.NOT_OURS:
            return tuple(f for f in verdict.failed if Remedy.DECLINE in f.remedies)
        case _:
            return (*verdict.failed, *verdict.open)


def _named(names: tuple[str, ...], found: tuple[Finding, ...]) -> Iterator[SampleDifference]:
    for name in names:
        if not any(_is_named(one, name) for one in found):
            yield SampleDifference(trouble=SampleTrouble.NOT_NAMED, what=name)
    for one in found:
        if not any(_is_named(one, name) for name in names):
            detail = one.point or one.check.value
            yield SampleDifference(trouble=SampleTrouble.NAMED_TOO, what=f"{one.subject}.{detail}")


def _is_named(finding: Finding, name: str) -> bool:
    subject, _, detail = name.partition(".")
    return finding.subject == subject and detail in {"", finding.check.value, finding.point}
