"""About whom shared data is asked, by what right, and which answer counts for the case.

Only about those the case is about: the body from the register of firms and of taxes, the person
who applies or represents from the others. An answer counts for the number it was asked about.
"""

from typing import Final

from clerk.domain.case import Case
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.party import Party, PartyKind
from clerk.domain.shared_data import (
    SharedAnswer,
    SharedBasis,
    SharedQuestion,
    SharedSource,
)
from clerk.domain.standard import ItemStandard

OF_BODIES: Final = frozenset({SharedSource.ENTERPRISE, SharedSource.TAX})
"""Sources that know bodies; the others know persons."""
LONGEST_REASON: Final = 100
"""Characters."""
_PATH: Final = "shared:"


def sources_of(standard: ItemStandard) -> tuple[SharedSource, ...]:
    """Return the sources that this item asks, for a material or for a line of the form."""
    asked = {one.shared_source for one in standard.requirements}
    paths = (path for line in standard.fields for path in line.prefill)
    named = {path.split(":")[1] for path in paths if path.startswith(_PATH)}
    return tuple(one for one in SharedSource if one in asked or one.value in named)


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


def question_for(
    standard: ItemStandard, case: Case, source: SharedSource, basis: SharedBasis, reason: str
) -> SharedQuestion:
    """Return the question as it goes out.

    Raises:
        NotAcceptable: the item does not ask this source, or nobody fit is known yet.
        BadInput: it is not said how he consented, or which duty it is.
    """
    if source not in sources_of(standard):
        raise NotAcceptable("这个事项不核这类共享数据，没有查询")
    subject = subject_of(case, source)
    if subject is None:
        raise NotAcceptable("还不知道核谁的数据，没有查询。先放上身份证，或补上单位代码")
    said = reason.strip()
    if not said:
        raise BadInput("还没写怎么同意的或依什么职责，没有查询。写明再查")
    if len(said) > LONGEST_REASON:
        raise BadInput(f"说明超过 {LONGEST_REASON} 个字，没有查询。写短一些再查")
    return SharedQuestion(
        source=source,
        name=subject.name,
        id_type=subject.id_kind.code,
        id_number=subject.id_number,
        purpose=standard.name,
        basis=basis,
        reason=said,
    )
