"""The dates of a case's file beside each other: acts in order, terms kept, papers of their day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.clock import CaseFacts, after, moves, terms_of
from clerk.domain.course import CaseRules
from clerk.domain.days import local_date
from clerk.domain.deadlines import DueDate, Term
from clerk.domain.file_review import (
    CaseFile,
    Compared,
    Looked,
    ReviewCheck,
    doubt,
    judged,
    newest,
)
from clerk.domain.issued import IssuedPaper
from clerk.domain.papers import PaperKind
from clerk.domain.papers_due import papers_of_acts

K, C = CaseEventKind, ReviewCheck

PAPER_OF: Mapping[CaseEventKind, frozenset[PaperKind]] = MappingProxyType(
    {
        K.RECEIVED: frozenset({PaperKind.RECEIPT}),
        K.ACCEPTED: frozenset({PaperKind.ACCEPTANCE}),
        K.NOTIFIED_ONCE: frozenset({PaperKind.CORRECTION_NOTICE}),
        K.DECLINED: frozenset({PaperKind.DECLINE, PaperKind.NOT_REQUIRED}),
        K.DECIDED: frozenset({PaperKind.DECISION}),
        K.HANDED_OUT: frozenset({PaperKind.DELIVERY}),
    }
)
"""Which paper an event puts into the applicant's hand."""

_LEGAL: Mapping[CaseEventKind, tuple[Term, ...]] = MappingProxyType(
    {
        K.NOTIFIED_ONCE: (Term.NOTICE,),
        K.ACCEPTED: (Term.NOTICE,),
        K.DEEMED_ACCEPTED: (Term.NOTICE,),
        K.DECLINED: (Term.NOTICE,),
        K.DECIDED: (Term.STATUTORY,),
        K.RESULT_READY: (Term.DELIVERY,),
    }
)
_PROMISED: Mapping[CaseEventKind, tuple[Term, ...]] = MappingProxyType(
    {K.DECIDED: (Term.PROMISED,), K.HANDED_OUT: (Term.DELIVERY,), K.SUPPLIED: (Term.DEFERRAL,)}
)


def check_dates(rules: CaseRules, file: CaseFile) -> Iterator[Looked]:
    """Look at every date of the file."""
    case = file.case
    steps = [
        (kind, day)
        for kind in (K.RECEIVED, K.NOTIFIED_ONCE, K.CORRECTED, K.ACCEPTED, K.DECIDED, K.HANDED_OUT)
        if (day := _first_day(case, kind)) is not None
    ]
    told = [Compared(what=kind.value, value=day.isoformat()) for kind, day in steps]
    back = any(later < day for (_, day), (_, later) in pairwise(steps))
    if steps:
        yield judged(C.DATES_IN_ORDER, told if back else (), told)
    yield from _terms(rules, file, C.LEGAL_TERMS_KEPT, _LEGAL)
    yield from _terms(rules, file, C.PROMISED_TERM_KEPT, _PROMISED)
    yield from _paper_dates(file)


def _first_day(case: Case, kind: CaseEventKind) -> date | None:
    return next((event.day for event in case.events if event.kind is kind), None)


def _met_terms(
    rules: CaseRules, case: Case, ending: Mapping[CaseEventKind, tuple[Term, ...]]
) -> Iterator[tuple[CaseEvent, Term, DueDate]]:
    """Yield every event that ends a term, with the last day as it stood just before."""
    facts = CaseFacts()
    for event in case.events:
        if event.kind in ending and moves(rules.law, facts, event):
            running = terms_of(rules.law, facts, rules.calendar)
            for term in ending[event.kind]:
                if term in running:
                    yield event, term, running[term]
        facts = after(rules.law, facts, event)


def _terms(
    rules: CaseRules,
    file: CaseFile,
    check: ReviewCheck,
    ending: Mapping[CaseEventKind, tuple[Term, ...]],
) -> Iterator[Looked]:
    met = list(_met_terms(rules, file.case, ending))
    if not met:
        return
    late = [(event, term, due) for event, term, due in met if event.day > due.on]
    if late and all(due.estimated for _, _, due in late):
        yield doubt(check, *_told(late))
    else:
        yield judged(check, _told(late), _told(met))


def _told(met: Iterable[tuple[CaseEvent, Term, DueDate]]) -> tuple[Compared, ...]:
    return tuple(
        one
        for event, term, due in met
        for one in (
            Compared(what=event.kind.value, value=event.day.isoformat()),
            Compared(what=f"term_{term.value}", value=due.on.isoformat()),
        )
    )


def _paper_dates(file: CaseFile) -> Iterator[Looked]:
    """A paper bears the day of its act; the acceptance that of the final number where it came."""
    pairs = []
    for event in file.case.events:
        for kind in PAPER_OF.get(event.kind, ()):
            made = newest(file, kind)
            if made is not None:
                mapped = _first_day(file.case, K.NUMBER_MAPPED)
                days = {local_date(event.at), *({mapped} if mapped else ())}
                pairs.append((event, made, local_date(made.made_at) in days))
    for owed in papers_of_acts(file.case):
        borne = (paper for paper in file.papers if paper.kind is owed.kind)
        made = next((paper for paper in borne if paper.number == owed.number), None)
        if made is not None and owed.event is not None:
            agree = local_date(owed.event.at) == local_date(made.made_at)
            pairs.append((owed.event, made, agree))
    if pairs:
        yield judged(
            C.PAPER_DATES_AGREE,
            [one for event, made, agree in pairs if not agree for one in _both(event, made)],
            [one for event, made, _ in pairs for one in _both(event, made)],
        )


def _both(event: CaseEvent, made: IssuedPaper) -> tuple[Compared, Compared]:
    return (
        Compared(what=event.kind.value, value=local_date(event.at).isoformat()),
        Compared(what=made.title, value=local_date(made.made_at).isoformat()),
    )
