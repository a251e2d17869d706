"""Numbers of papers (文号): each that was given, why one is void, and whether a series is whole.

A number is taken with the act that needs it, never given again, and stays in the ledger (文号台账)
for good. A paper that went out cannot lose its number; one that did not, or was spoilt and lies
here, can: its case then bears the next number, and the paper under it names the void one.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.course import event_by
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.papers import PaperKind
from clerk.values import dataclass, field_names, is_value, replace

Value = TypeVar("Value")

DECIDED: Final = frozenset({PaperKind.DECISION, PaperKind.REVOCATION})
"""Papers whose number others were told with what was decided: only another decision changes it."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Series:
    """One yearly series: whose papers (实施主体), which kind, which year."""

    body_code: str
    kind: PaperKind
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenNumber:
    """A number of a series, the act that took it, and why it is void; ``voided_at`` None: it is not.

    ``number`` is the text as printed. It is empty, and case and time are None, where it was given
    before there was a ledger and nothing more is known. ``letter_sha256`` is the PDF of a signed
    letter, ``replaced_by`` the number that the case bears instead of a void one.
    """

    series: Series
    count: int
    number: str
    case_id: UUID | None
    given_at: datetime | None
    given_by: str
    counter_code: str
    letter_sha256: str | None = None
    voided_at: datetime | None = None
    voided_by: str = ""
    void_reason: str = ""
    replaced_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WentOut:
    """How a paper left the printer or the house: copies printed, and whether as a file too.

    ``hangs``: a printer took a job of which nobody knows yet whether it came out.
    """

    copies: int = 0
    as_file: bool = False
    hangs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLine:
    """A line of the ledger; ``made`` is whether a paper bears it, ``out`` how it went out.

    ``body_name`` and ``given_by_name`` are empty where nobody knows them any more.
    """

    given: GivenNumber
    body_name: str
    case_label: str
    given_by_name: str
    made: bool
    out: WentOut


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesStanding:
    """How a series stands: all counts from 1 to ``last`` are there, or it says which are not.

    ``unexplained`` are counts that are void without a reason.
    """

    series: Series
    last: int
    given: int
    void: int
    missing: tuple[int, ...] = ()
    unexplained: tuple[int, ...] = ()

    @property
    def gapless(self) -> bool:
        """Whether every number is there, and every void one says why."""
        return not self.missing and not self.unexplained and self.given == self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberProof:
    """What was found in all series together.

    ``doubled`` are texts that two numbers bear, ``unlisted`` stand on a paper and in no series.
    """

    standings: tuple[SeriesStanding, ...]
    doubled: tuple[str, ...]
    unlisted: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is missing, doubled or unlisted."""
        return not (self.doubled or self.unlisted) and all(one.gapless for one in self.standings)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAsking:
    """What is looked for in the ledger; empty means all. ``text`` is in the number or the case's."""

    year: int
    body_code: str = ""
    kind: PaperKind | None = None
    only_void: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPage:
    """A page of the ledger, newest first, with what there is to choose from.

    ``bodies`` are codes with their names, ``kinds`` with the titles of their papers, ``standings``
    the series that were asked for.
    """

    lines: tuple[NumberLine, ...]
    total: int
    bodies: Mapping[str, str]
    kinds: Mapping[PaperKind, str]
    years: tuple[int, ...]
    standings: tuple[SeriesStanding, ...]


def missing_counts(last: int, given: Iterable[int]) -> tuple[int, ...]:
    """Return which of 1 to ``last`` are not there."""
    return tuple(sorted(set(range(1, last + 1)) - set(given)))


def require_voidable(
    given: GivenNumber, case: Case | None, out: WentOut, reason: str, *, recovered: bool
) -> str:
    """Return the reason why a number becomes void.

    Args:
        given: the number.
        case: the case that took it, None where there is none any more.
        out: how its paper went out.
        reason: why, in a person's words.
        recovered: whether he says that every printed copy lies here.

    Raises:
        BadInput: no reason.
        NotAcceptable: it is void already, decided, signed, or its paper is out of the house.
    """
    if not reason.strip():
        raise BadInput("还没写作废的原因，没有作废。写明再办")
    if given.voided_at is not None:
        raise NotAcceptable("这个文号已经作废，没有再改。原因照原来登记的")
    if given.series.kind in DECIDED:
        raise NotAcceptable("决定的文号已经随决定送出，不能作废。内容有误的办更正决定")
    if given.letter_sha256 is not None and case is not None and _signed(case, given.letter_sha256):
        raise NotAcceptable("这份承诺书已经签了，办件里用着，没有作废。先在办件里换掉这份承诺书")
    if case is not None and _signed_for(case, given):
        raise NotAcceptable("申请人已经签收这份文书，没有作废。内容有误的，按规定更正或再次告知")
    if out.as_file:
        raise NotAcceptable("这份文书已经发过电子件，收不回来，没有作废。按规定更正或再次告知")
    if out.hangs:
        raise NotAcceptable("这份文书的打印任务还没结束，没有作废。先在文书里确认打没打出来")
    if out.copies and not recovered:
        raise NotAcceptable(f"这份文书打印过 {out.copies} 份，没有作废。收齐了，勾上已收回再办")
    return reason.strip()


def _signed_for(case: Case, given: GivenNumber) -> bool:
    mine = (given.series.kind, given.number)
    return any((signed.kind, signed.number) == mine for signed in case.signatures)


def _signed(case: Case, letter_sha256: str) -> bool:
    letters = (held.letter for held in case.evidence.values())
    return any(letter is not None and letter.pdf.sha256 == letter_sha256 for letter in letters)


def renumbered(
    case: Case, given: GivenNumber, number: str, reason: str, session: Session, at: datetime
) -> Case:
    """Return the case with another number wherever it bears the void one.

    What happened stays as it was told; the event that this adds says which number stands for which.
    An empty ``number`` means that the paper is not owed any more: only the event is added.
    """
    said = event_by(
        session,
        CaseEventKind.NUMBER_VOIDED,
        at,
        subject=given.series.kind.value,
        void=given.number,
        number=number,
        reason=reason,
    )
    if not number:
        return case.with_event(said)
    events, bare = case.events, replace(case, events=())
    instead = _instead(bare, given.number, number)
    return replace(instead, events=events).with_event(said)


def _instead(value: Value, old: str, new: str) -> Value:
    """Return the value with ``new`` for every text in it that is ``old``."""
    changed: object = value
    if isinstance(value, str):
        changed = new if value == old else value
    elif is_value(value) and not isinstance(value, type):
        parts = {name: getattr(value, name) for name in field_names(value)}
        put = {name: _instead(part, old, new) for name, part in parts.items()}
        if any(put[name] is not part for name, part in parts.items()):
            changed = replace(cast("Any", value), **put)
    elif isinstance(value, Mapping):
        items = {key: _instead(part, old, new) for key, part in value.items()}
        changed = items if any(items[key] is not part for key, part in value.items()) else value
    elif isinstance(value, tuple):
        row = tuple(_instead(part, old, new) for part in value)
        same = all(part is before for part, before in zip(row, value, strict=True))
        changed = value if same else row
    return changed  # type: ignore[return-value]  # of the same type as what came in


def numbers_now(events: Iterable[CaseEvent]) -> Mapping[str, str]:
    """Return which number stands for each void one now, over several of them where it must."""
    instead: dict[str, str] = {}
    for event in events:
        if event.kind is CaseEventKind.NUMBER_VOIDED:
            void, number = event.detail["void"], event.detail["number"]
            instead |= {old: number for old, new in instead.items() if new == void}
            instead[void] = number
    return instead


def replaced_by(case: Case, number: str) -> str:
    """Return the void number that this one stands for, empty where it stands for none."""
    voided = (event for event in case.events if event.kind is CaseEventKind.NUMBER_VOIDED)
    return next((one.detail["void"] for one in voided if one.detail["number"] == number), "")
