"""About whom shared data is asked, by what right, and which answer counts for the case.

Only about those the case is about: the body from the register of firms and of taxes, the person
who applies or represents from the others. An answer counts for the number it was asked about.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, Protocol

from clerk.domain.case import Case
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.party import MandateAct, Party, PartyKind
from clerk.domain.shared_data import (
    SharedAnswer,
    SharedBasis,
    SharedQuestion,
    SharedSource,
)
from clerk.domain.standard import FormField, Requirement

OF_BODIES: Final = frozenset({SharedSource.ENTERPRISE, SharedSource.TAX})
"""Sources that know bodies; the others know persons."""
LONGEST_REASON: Final = 100
"""Characters."""
_PATH: Final = "shared:"


class _Asks(Protocol):
    """A standard, or what one case is asked of it."""

    @property
    def requirements(self) -> Sequence[Requirement]:
        """The materials."""

    @property
    def fields(self) -> Sequence[FormField]:
        """The lines of the form."""


def sources_of(asks: _Asks) -> tuple[SharedSource, ...]:
    """Return the sources that are asked, for a material or for a line of the form."""
    asked = {one.shared_source for one in asks.requirements}
    paths = (path for line in asks.fields for path in line.prefill)
    named = {path.split(":")[1] for path in paths if path.startswith(_PATH)}
    return tuple(one for one in SharedSource if one in asked or one.value in named)


def shared_name(path: str, source: SharedSource) -> str:
    """Return which value of ``source`` a path of the standard leads to; empty for other paths."""
    begin = f"{_PATH}{source.value}:"
    return path.removeprefix(begin) if path.startswith(begin) else ""


def unlike(asked: Requirement, answer: SharedAnswer) -> tuple[str, str] | None:
    """Return what the source says and what the material wants, where its word does not do.

    None where it does. Both are words: ``未婚`` and ``已婚/复婚``.
    """
    wanted: dict[str, list[str]] = {}
    for said in asked.shared_says:
        name, _, value = said.partition("=")
        wanted.setdefault(name, []).append(value)
    for name, values in wanted.items():
        given = answer.values.get(name, "")
        if given not in values:
            return given, "/".join(values)
    return None


def subject_of(case: Case, source: SharedSource) -> Party | None:
    """Return about whom the source would be asked; None while nobody fit is known."""
    applicant = case.applicant
    if applicant is None:
        return None
    party = applicant.party
    if source in OF_BODIES:
        fit = party if party.kind is not PartyKind.PERSON else None
    else:
        fit = party if party.kind is PartyKind.PERSON else applicant.representative
    return fit if fit is not None and fit.id_number else None


def standing_answer(case: Case, source: SharedSource) -> SharedAnswer | None:
    """Return what the source said about whom the case is about now, None where it was not asked."""
    subject = subject_of(case, source)
    if subject is None:
        return None
    said = (one for one in case.shared if one.source is source)
    return next((one for one in said if one.about == subject.id_number), None)


def _may_consent(case: Case, on: date) -> bool:
    """Whether whoever stands here speaks for the one who is asked about: himself, or by mandate."""
    handler = case.handler
    return handler is None or handler.mandate.carries(MandateAct.AUTHORISE_CERTIFICATES, on)


def question_for(
    asks: _Asks,
    case: Case,
    source: SharedSource,
    basis: SharedBasis,
    reason: str,
    on: date,
) -> SharedQuestion:
    """Return the question as it goes out on ``on``; ``asks`` is what this very case is asked.

    Raises:
        NotAcceptable: the case is not asked this source, nobody fit is known yet, or whoever
            stands here may not consent for him.
        BadInput: it is not said how he consented, or which duty it is.
    """
    if source not in sources_of(asks):
        raise NotAcceptable("这件的情形不核这类共享数据，没有查询")
    subject = subject_of(case, source)
    if subject is None:
        raise NotAcceptable("还不知道核谁的数据，没有查询。先放上身份证，或补上单位代码")
    said = reason.strip()
    if not said:
        raise BadInput("还没写怎么同意的或依什么职责，没有查询。写明再查")
    if len(said) > LONGEST_REASON:
        raise BadInput(f"说明超过 {LONGEST_REASON} 个字，没有查询。写短一些再查")
    if basis is SharedBasis.CONSENT and not _may_consent(case, on):
        raise NotAcceptable("委托书没有授权代办人同意核数据，没有查询。请委托人补签，或收纸质材料")
    return SharedQuestion(
        source=source,
        name=subject.name,
        id_type=subject.id_kind.code,
        id_number=subject.id_number,
        purpose=case.item_name,
        basis=basis,
        reason=said,
    )
