"""A bureau's own letter templates (承诺书模板): imported, proposed, taken into use, retired.

The file never changes after its import: another file is another version. Who imported or proposed
a version does not take it into use. From its day on it stands before the shipped one of its code.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from clerk.domain.errors import BadInput, ClerkError, NotAllowed
from clerk.domain.identity import Account
from clerk.domain.letter_faults import LetterFault
from clerk.values import dataclass, replace

_CODE: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
MOST_TITLE: Final = 60


class TemplateFaulty(ClerkError):
    """A template has faults that refuse it; all of them are listed."""

    def __init__(self, message: str, faults: tuple[LetterFault, ...]) -> None:
        super().__init__(message)
        self.faults = faults


class TemplateState(StrEnum):
    """Where an imported template stands."""

    IMPORTED = "imported"
    PROPOSED = "proposed"
    SENT_BACK = "sent_back"
    IN_USE = "in_use"
    RETIRED = "retired"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTemplate:
    """One imported version of a template; ``code`` is what a standard's promise names.

    ``promises`` says that it has the blocks of a promise letter. ``used_from`` is the first day it
    is used, as proposed or taken into use, ``used_until`` the last one. ``settled_*`` say who ended
    the proposal or the use last, and why.
    """

    template_id: UUID
    code: str
    version: int
    title: str
    file_name: str
    sha256: str
    size_bytes: int
    promises: bool
    imported_at: datetime
    imported_by: str
    imported_by_name: str
    state: TemplateState = TemplateState.IMPORTED
    used_from: date | None = None
    used_until: date | None = None
    reason: str = ""
    proposed_at: datetime | None = None
    proposed_by: str = ""
    proposed_by_name: str = ""
    settled_at: datetime | None = None
    settled_by: str = ""
    settled_by_name: str = ""
    settled_reason: str = ""

    def used_on(self, on: date) -> bool:
        """Whether letters are made from it on that day."""
        return (
            self.state is TemplateState.IN_USE
            and self.used_from is not None
            and self.used_from <= on
            and (self.used_until is None or on <= self.used_until)
        )

    def is_coming(self, on: date) -> bool:
        """Whether it is taken into use and its day has not come."""
        begins = self.used_from
        return self.state is TemplateState.IN_USE and begins is not None and begins > on

    def had_a_hand(self, account_id: str) -> bool:
        """Whether this person imported or proposed it."""
        return account_id in {self.imported_by, self.proposed_by}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedLetter:
    """A template that came with the program; ``sound`` where its file is still that one.

    ``promises`` says that a template of its code needs the blocks of a promise letter.
    """

    code: str
    title: str
    version: str
    sha256: str
    sound: bool
    promises: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterShelf:
    """All templates there are: those that ship, and the bureau's own, the newest of a code first."""

    shipped: tuple[ShippedLetter, ...]
    own: tuple[LetterTemplate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedLetter:
    """A Word file as it was read and checked; ``path`` is where it was chosen.

    ``fields`` are the marks it asks for.
    """

    path: str
    file_name: str
    title: str
    sha256: str
    content: bytes
    promises: bool
    faults: tuple[LetterFault, ...]
    fields: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether something in it keeps it from being imported."""
        return any(fault.kind.refuses for fault in self.faults)


def require_code(code: str) -> None:
    """Raise ``BadInput`` unless a standard can name a template by it."""
    if not _CODE.fullmatch(code):
        raise BadInput(
            "模板代号用小写字母开头，只含小写字母、数字和下划线，最多40个，没有导入。请改正代号"
        )


def in_use_on(own: Iterable[LetterTemplate], on: date) -> LetterTemplate | None:
    """Return which of a code's templates letters are made from on a day, None for none of them."""
    used = [one for one in own if one.used_on(on)]
    return max(used, key=lambda one: (one.used_from, one.version), default=None)


def proposed(
    one: LetterTemplate, who: Account, used_from: date, reason: str, at: datetime, today: date
) -> LetterTemplate:
    """Lay an imported template before a publisher.

    Raises:
        BadInput: it is not open, the day has passed, or no reason is given.
    """
    if one.state not in {TemplateState.IMPORTED, TemplateState.SENT_BACK}:
        raise BadInput("这份模板已经提出过或不再可用，没有改动。请刷新列表")
    if used_from < today:
        raise BadInput("启用日期不能早于今天，没有提出。请改日期")
    if not reason.strip():
        raise BadInput("还没写理由，没有提出。写明再来")
    return replace(
        one,
        state=TemplateState.PROPOSED,
        used_from=used_from,
        used_until=None,
        reason=reason.strip(),
        proposed_at=at,
        proposed_by=who.account_id,
        proposed_by_name=who.display_name,
    )


def withdrawn(one: LetterTemplate, who: Account, at: datetime) -> LetterTemplate:
    """Take a proposal back; only who made it does.

    Raises:
        BadInput: it does not lie with a publisher.
        NotAllowed: another person proposed it.
    """
    _require_proposed(one)
    if one.proposed_by != who.account_id:
        raise NotAllowed(f"这份模板是{one.proposed_by_name}提出的，没有撤回。请其本人撤回")
    return _settled(replace(one, used_from=None), TemplateState.IMPORTED, who, at, "")


def sent_back(one: LetterTemplate, who: Account, at: datetime, reason: str) -> LetterTemplate:
    """Give a proposal back with the reason.

    Raises:
        BadInput: it does not lie with a publisher, or no reason is given.
    """
    _require_proposed(one)
    _require_reason(reason)
    return _settled(replace(one, used_from=None), TemplateState.SENT_BACK, who, at, reason)


def dropped(one: LetterTemplate, who: Account, at: datetime) -> LetterTemplate:
    """Put away what was never used.

    Raises:
        BadInput: it was proposed or used.
    """
    if one.state not in {TemplateState.IMPORTED, TemplateState.SENT_BACK}:
        raise BadInput("提出或用过的模板不能删除，没有改动。用过的请停用")
    return _settled(one, TemplateState.DROPPED, who, at, "")


def retired(
    one: LetterTemplate, who: Account, at: datetime, reason: str, today: date
) -> LetterTemplate:
    """End the use at once; papers made from it stay as they are.

    Raises:
        BadInput: it is not in use, or no reason is given.
    """
    if one.state is not TemplateState.IN_USE:
        raise BadInput("这份模板没有在用，没有改动。请刷新列表")
    _require_reason(reason)
    began = one.used_from is not None and one.used_from <= today
    last = min(one.used_until or today, today) if began else None
    return _settled(replace(one, used_until=last), TemplateState.RETIRED, who, at, reason)


def taken_into_use(
    one: LetterTemplate, others: Iterable[LetterTemplate], who: Account, at: datetime, today: date
) -> tuple[LetterTemplate, ...]:
    """Return the template in use, and those of its code whose use ends with that.

    Raises:
        BadInput: it was not proposed, its day has passed, or a later version waits for its day.
        NotAllowed: the person imported or proposed it.
    """
    _require_proposed(one)
    if one.had_a_hand(who.account_id):
        raise NotAllowed("自己导入或提出的模板不能自己启用，没有启用。请另一位发布人来启用")
    begins = one.used_from
    if begins is None or begins < today:
        raise BadInput("启用日期已经过去，没有启用。请退回，由提出人改日期再提出")
    changed = [_settled(one, TemplateState.IN_USE, who, at, "")]
    for other in others:
        if other.state is not TemplateState.IN_USE or other.used_from is None:
            continue
        if other.used_from > begins:
            raise BadInput(
                f"同一代号的第{other.version}版定于{other.used_from.isoformat()}启用，没有启用。"
                "先停用那一版，或退回改日期"
            )
        if other.used_from == begins:
            last = begins if begins <= today else None
            changed.append(replace(other, state=TemplateState.RETIRED, used_until=last))
        elif other.used_until is None or other.used_until >= begins:
            changed.append(replace(other, used_until=begins - timedelta(days=1)))
    return tuple(changed)


def _settled(
    one: LetterTemplate, state: TemplateState, who: Account, at: datetime, reason: str
) -> LetterTemplate:
    return replace(
        one,
        state=state,
        settled_at=at,
        settled_by=who.account_id,
        settled_by_name=who.display_name,
        settled_reason=reason.strip(),
    )


def _require_proposed(one: LetterTemplate) -> None:
    if one.state is not TemplateState.PROPOSED:
        raise BadInput("这份模板没有待启用，没有改动。请刷新列表")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise BadInput("还没写理由，没有改动。写明再来")
