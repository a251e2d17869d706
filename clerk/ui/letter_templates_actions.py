"""What 承诺书模板 may ask for, as plain callables; the word in capitals is the lane.

Every callable may raise ``ClerkError``.
"""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from clerk.domain.issued import PageImage
from clerk.domain.letter_faults import LetterFault
from clerk.domain.letter_template import CheckedLetter, LetterShelf, LetterTemplate
from clerk.values import dataclass

GoOn = Callable[[int, int], bool]
"""Told how many of how many steps are done; False stops it and leaves nothing."""

Checked = tuple[CheckedLetter, tuple[PageImage, ...]]
"""A file that was read and checked, and its pages filled with an invented case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTemplateActions:
    """What the templates need; who may neither edit nor publish reads.

    A template is named by its code and, where it is the bureau's own, by its id.
    """

    account_id: str
    today: Callable[[], date]
    may_edit: bool
    may_publish: bool
    shelf: Callable[[], LetterShelf]  # STORE
    faults: Callable[[str, UUID | None], Sequence[LetterFault]]  # PAGES
    pages: Callable[[str, UUID | None, int], Sequence[PageImage]]  # width; PAGES
    check: Callable[[str, bool, int, GoOn], Checked | None]
    """Path, whether it promises, width of the pages; None where it was stopped. AHEAD."""
    take: Callable[[CheckedLetter, str, str], LetterTemplate]  # code, title; STORE
    propose: Callable[[UUID, date, str], LetterTemplate]  # first day, reason; STORE
    withdraw: Callable[[UUID], LetterTemplate]  # STORE
    drop: Callable[[UUID], LetterTemplate]  # STORE
    use: Callable[[UUID], LetterTemplate]  # STORE
    send_back: Callable[[UUID, str], LetterTemplate]  # reason; STORE
    retire: Callable[[UUID, str], LetterTemplate]  # reason; STORE
