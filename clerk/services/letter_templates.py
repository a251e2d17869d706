"""Which file a letter is made from (承诺书模板), and what there is to choose from.

From its day on a bureau's own version of a code stands before the shipped file of that code. The
bytes of every template that a letter was signed from stay in the store.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from clerk.documents import page_pictures
from clerk.documents.letter_sample import sample_values
from clerk.documents.press import PrintedLetter
from clerk.documents.shipped_letters import (
    promise_codes,
    read_shipped,
    shipped_letters,
)
from clerk.domain.errors import PaperTrouble
from clerk.domain.identity import Act, Session
from clerk.domain.issued import PageImage
from clerk.domain.letter_faults import LetterFault
from clerk.domain.letter_template import LetterShelf, TemplateState, in_use_on
from clerk.services.desk import Desk
from clerk.storage import letter_templates
from clerk.values import dataclass, replace

_PDF = "application/pdf"
_OWN_VERSION = "L{}"
"""How a letter names the version of a bureau's own template; the shipped ones name a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenTemplate:
    """The template a letter is made from; ``version`` is empty for what ships: the file says it."""

    code: str
    version: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRef:
    """One template of the shelf; without ``template_id`` the shipped one of its code."""

    code: str
    template_id: UUID | None = None


def for_letter(desk: Desk, code: str, *, promises: bool = False) -> ChosenTemplate:
    """Return the template that letters of a code are made from today.

    ``promises`` asks for one that has the blocks of a promise letter.

    Raises:
        PaperTrouble: there is none, the shipped file is not the installed one any more, or it
            lacks those blocks.
        StoreDamaged: the bytes of an own one are not those that were imported.
    """
    with desk.store.read() as tx:
        own = in_use_on(letter_templates.in_use(tx, code), desk.today())
        if own is not None and promises and not own.promises:
            raise PaperTrouble(
                f"模板“{code}”不是按告知承诺书校核的，没有生成，办件未改动。"
                "请在“事项标准”里换一份告知承诺书"
            )
        if own is not None:
            return ChosenTemplate(
                code=code,
                version=_OWN_VERSION.format(own.version),
                content=letter_templates.content_of(tx, own.sha256),
                sha256=own.sha256,
            )
    content = read_shipped(code)
    digest = hashlib.sha256(content).hexdigest()
    return ChosenTemplate(code=code, version="", content=content, sha256=digest)


def named(chosen: ChosenTemplate, drawn: PrintedLetter) -> PrintedLetter:
    """Return the letter with the version of an own template instead of what its file says."""
    if not chosen.version:
        return drawn
    return replace(drawn, filled=replace(drawn.filled, template_version=chosen.version))


def keep_used(tx: Connection, chosen: ChosenTemplate, at: datetime) -> None:
    """Keep the bytes of a template that a letter was signed from, once."""
    letter_templates.keep_file(tx, chosen.sha256, chosen.content, chosen.code, at)


def known_codes(desk: Desk, session: Session) -> frozenset[str]:
    """Return the codes that a promise may name: shipped, or in use now or from a day on."""
    session.require(Act.READ_STANDARDS)
    with desk.store.read() as tx:
        own = letter_templates.listed(tx)
    waiting = (one for one in own if one.state is TemplateState.IN_USE and one.promises)
    return promise_codes() | {one.code for one in waiting}


def letter_shelf(desk: Desk, session: Session) -> LetterShelf:
    """Return all templates there are."""
    session.require(Act.READ_STANDARDS)
    with desk.store.read() as tx:
        own = letter_templates.listed(tx)
    return LetterShelf(shipped=shipped_letters(), own=tuple(own))


def letter_faults(desk: Desk, session: Session, ref: TemplateRef) -> Sequence[LetterFault]:
    """Return what the check says of a template now.

    Raises:
        PaperTrouble: the shipped file is not the installed one any more, or could not be read.
    """
    session.require(Act.READ_STANDARDS)
    content, promises = _content(desk, ref)
    return desk.press.ahead.check_letter(content, promises=promises).faults


def letter_pages(
    desk: Desk, session: Session, ref: TemplateRef, width: int
) -> tuple[PageImage, ...]:
    """Return the pages of a template filled with an invented case, about ``width`` pixels wide.

    Raises:
        PaperTrouble: it could not be drawn.
    """
    session.require(Act.READ_STANDARDS)
    content, _ = _content(desk, ref)
    return sample_pages(desk, ref.code, content, width)


def sample_pages(desk: Desk, code: str, content: bytes, width: int) -> tuple[PageImage, ...]:
    """Return the pages of a docx filled with an invented case.

    Raises:
        PaperTrouble: it could not be drawn.
    """
    press = desk.press.ahead
    drawn = press.print_letter(code, sample_values(), content=content)
    return page_pictures.pictures_of(press, drawn.printed.pdf, _PDF, width)


def _content(desk: Desk, ref: TemplateRef) -> tuple[bytes, bool]:
    if ref.template_id is None:
        return read_shipped(ref.code), ref.code in promise_codes()
    with desk.store.read() as tx:
        one = letter_templates.find(tx, ref.template_id)
        return letter_templates.content_of(tx, one.sha256), one.promises
