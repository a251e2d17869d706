"""How an act of a body is contested (救济途径), where its item's standard has no text of its own.

Since 2024 the people's government of the same level hears it (复议); the exceptions are data.
"""

import re
from collections.abc import Mapping
from typing import Final

from clerk.domain.errors import BadInput
from clerk.domain.limits import Clause
from clerk.domain.standard_parts import clause
from clerk.domain.toml_reading import Table
from clerk.values import dataclass

_PLACE: Final = "{review}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewException:
    """Bodies whose name holds one of ``marks`` are reviewed by ``to``, on that basis."""

    marks: tuple[str, ...]
    to: str
    basis: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """How an item's own text is read: ``review`` finds whom it names to hear a complaint.

    A name with ``government`` in it is a government, one that begins with ``above`` stands over the
    body's own. ``terms`` are the terms to be said, by the remedy.
    """

    review: str
    government: str
    above: str
    terms: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyLaw:
    """The text that papers carry, whom it names by default, and who is reviewed elsewhere."""

    text: str
    same_level: str
    basis: Clause
    exceptions: tuple[ReviewException, ...]
    own_text: OwnText


def remedy_law_from(data: Mapping[str, object]) -> RemedyLaw:
    """Read the parsed ``resources/remedies.toml``.

    Raises:
        BadInput: a line is missing, or the text has no place for whom it names.
    """
    faults: list[BadInput] = []
    table = Table(data, "", faults)
    law = RemedyLaw(
        text=table.text("text"),
        same_level=table.text("same_level"),
        basis=clause(table),
        exceptions=tuple(_exception(line) for line in table.tables("exceptions")),
        own_text=_own_text(table.table("own_text")),
    )
    table.close()
    if not faults and law.text.count(_PLACE) != 1:
        faults.append(BadInput("text 里要有一处 {review}"))
    if faults:
        raise BadInput(f"救济途径文件读不懂（{faults[0]}），没有启用，请恢复随程序的文件")
    return law


def _exception(line: Table) -> ReviewException:
    known = ReviewException(
        marks=line.texts("marks", required=True), to=line.text("to"), basis=clause(line)
    )
    line.close()
    return known


def _own_text(table: Table) -> OwnText:
    told = OwnText(
        review=table.text("review"),
        government=table.text("government"),
        above=table.text("above"),
        terms=table.plain_texts("terms"),
    )
    table.close()
    return told


def reviewed_by(law: RemedyLaw, body_name: str, government: str) -> str:
    """Return who hears a complaint about an act of that body.

    Args:
        law: who is heard where.
        body_name: the item's own authority (实施主体), in whose name the act went out.
        government: the people's government of its level, empty where the hall did not name it.
    """
    found = (one.to for one in law.exceptions if any(mark in body_name for mark in one.marks))
    return next(found, government or law.same_level)


def remedies_told(law: RemedyLaw, body_name: str, government: str) -> str:
    """Return the sentence for papers of that body."""
    return law.text.replace(_PLACE, reviewed_by(law, body_name, government))


def names_otherwise(law: RemedyLaw, body_name: str, told: str) -> str:
    """Return whom an item's own text names to hear a complaint, where the law names another.

    Empty where the text names nobody, or the right one by whatever name it has.
    """
    own, review = law.own_text, reviewed_by(law, body_name, "")
    for whom in re.findall(own.review, told):
        is_government = own.government in whom
        over_it = whom.startswith(own.above) and not review.startswith(own.above)
        if is_government is not (own.government in review) or (is_government and over_it):
            return str(whom)
    return ""


def terms_missing(law: RemedyLaw, told: str) -> tuple[str, ...]:
    """Return the terms that a text does not say of a remedy it speaks of."""
    named = law.own_text.terms.items()
    return tuple(term for remedy, term in named if remedy in told and term not in told)
