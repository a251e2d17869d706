"""What follows of itself from an edit: values, card evidence, verdict, the generated application.

Pure functions between an edit and the repaint; they take well under a millisecond.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Final

from clerk.domain.case import Case
from clerk.domain.case_list import EarlierValue
from clerk.domain.days import local_date
from clerk.domain.duplicates import Alike
from clerk.domain.findings import Check, Finding, Group, Headline, NextAct, Verdict
from clerk.domain.form import asked_of, facts_of
from clerk.domain.intake import EDITABLE, from_card, with_evidence, without_evidence
from clerk.domain.material import Evidence, Origin
from clerk.domain.party import Party, Source
from clerk.domain.reuse import LeftPaper
from clerk.domain.standard import ItemStandard, Requirement
from clerk.domain.step_times import Step, StepWatch
from clerk.ui.actions import Here, IntakeActions
from clerk.values import dataclass, replace

FormKey = tuple[object, ...]
_CARD_ROLES: Final = ("applicant", "representative", "handler")


@dataclass(slots=True, kw_only=True)
class OpenCase:
    """One tab: the case as it stands, its verdict, and what is under way for it.

    The only thing here that changes in place. ``busy`` names by requirement code what is being
    done, ``arriving`` the materials whose files are on their way, ``trouble`` what went wrong, ``unread`` whose certificate's status could not be
    read again. ``made_from`` is what the application was made of. ``step`` is where the guided face
    stands, ``watch`` the stopwatch; it is missing where the case was begun before.
    """

    key: str
    standard: ItemStandard
    case: Case
    verdict: Verdict
    before: Case | None = None
    before_words: str = ""
    dirty: bool = False
    saving: bool = False
    waiters: list[Callable[[], None]] = field(default_factory=list)
    parked_at: datetime | None = None
    spent_seconds: int = 0
    step: Step = Step.NOTICE
    watch: StepWatch | None = None
    offers: Mapping[str, EarlierValue] = field(default_factory=dict)
    alike: Alike = field(default_factory=Alike)
    alike_of: tuple[str, str] = ("", "")
    left: Sequence[LeftPaper] = ()
    left_of: str = ""
    busy: dict[str, str] = field(default_factory=dict)
    arriving: set[str] = field(default_factory=set)
    trouble: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    made_from: FormKey | None = None
    closed_because: str = ""

    @property
    def editable(self) -> bool:
        """Whether anything of it may still be changed here."""
        return self.case.state in EDITABLE and not self.closed_because

    @property
    def applicant_label(self) -> str:
        """The name for the tab: the person at the window rather than his firm."""
        applicant = self.case.applicant
        person = applicant.representative if applicant else None
        return (person.name if person else self.case.applicant_name) or "未读卡"


def settled(
    actions: IntakeActions, standard: ItemStandard, case: Case, made_from: FormKey | None
) -> tuple[Case, Verdict]:
    """Return the case with everything that follows from its last edit, and its verdict."""
    here = actions.here
    if case.state in EDITABLE:
        case = actions.prefill(case)
        case = with_cards(standard, case, here)
        case = without_stale_application(standard, case, made_from)
    verdict = actions.check(case)
    return case, without_haste(standard, verdict)


def party_of(role: str, case: Case) -> Party | None:
    """Return the person whose card is meant by ``read_from_card``."""
    if role == "handler":
        return case.handler.party if case.handler else None
    if case.applicant is None:
        return None
    if role == "representative":
        return case.applicant.representative or case.applicant.party
    return case.applicant.party


def card_role(asked: Requirement) -> str:
    """Whose card satisfies the material; empty where none does."""
    if not asked.read_from_card:
        return ""
    return asked.read_from_card if asked.read_from_card in _CARD_ROLES else "applicant"


def with_cards(standard: ItemStandard, case: Case, here: Here) -> Case:
    """Let every card that was read stand for the proof of identity that asks for it."""
    facts = facts_of(case, local_date(here.now()), here.calendar)
    for asked in asked_of(standard, facts).requirements:
        party = party_of(card_role(asked), case) if asked.read_from_card else None
        if party is None or party.source is not Source.ID_CARD:
            continue
        held = case.evidence.get(asked.code)
        read_at = party.identified_at
        if held is None or (held.origin is Origin.READ_FROM_CARD and held.at != read_at):
            case = with_evidence(case, asked.code, from_card(party, here.session, read_at))
    return case


def form_key(case: Case) -> FormKey:
    """Return what the application is made of: it is made again when this changes."""
    return (
        tuple(sorted((code, held.value) for code, held in case.values.items())),
        tuple(sorted((code, given.option) for code, given in case.answers.items())),
        case.applicant,
        case.handler,
    )


def application_line(standard: ItemStandard, verdict: Verdict) -> Requirement | None:
    """Return the material that the program makes from the form, if this case has one."""
    wanted = (standard.requirement(code) for code in verdict.asked)
    return next((asked for asked in wanted if asked.generated_from_form), None)


def without_stale_application(
    standard: ItemStandard, case: Case, made_from: FormKey | None
) -> Case:
    """Drop an application that no longer says what the form says."""
    if made_from is None or made_from == form_key(case):
        return case
    for asked in standard.requirements:
        held: Evidence | None = case.evidence.get(asked.code)
        if held is not None and held.origin is Origin.MADE_BY_SYSTEM:
            case = without_evidence(case, asked.code)
    return case


def application_is_due(standard: ItemStandard, case: Case, verdict: Verdict) -> bool:
    """Whether the form is complete and the application not made yet."""
    asked = application_line(standard, verdict)
    if asked is None or asked.code in case.evidence or case.state not in EDITABLE:
        return False
    return not any(f.group is not Group.MATERIALS for f in (*verdict.failed, *verdict.open))


def without_haste(standard: ItemStandard, verdict: Verdict) -> Verdict:
    """Ask for the next gap instead of a notice while only our own application is missing.

    The applicant cannot bring what this program makes.
    """
    if verdict.act is not NextAct.NOTIFY_ONCE:
        return verdict
    if all(_is_own_application(standard, found) for found in verdict.failed):
        return replace(verdict, headline=Headline.GAPS, act=NextAct.NEXT_GAP)
    return verdict


def _is_own_application(standard: ItemStandard, found: Finding) -> bool:
    return (
        found.check is Check.MATERIAL_PRESENT
        and standard.requirement(found.subject).generated_from_form
    )
