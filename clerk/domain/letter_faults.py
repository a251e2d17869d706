"""What may be wrong with a bureau's own letter template before anybody fills it (模板校核)."""

from enum import StrEnum

from clerk.values import dataclass


class LetterFaultKind(StrEnum):
    """What was found in a template."""

    NO_DOCX = "no_docx"
    OLD_WORD = "old_word"
    TOO_LARGE = "too_large"
    MACRO = "macro"
    OUTSIDE_LINK = "outside_link"
    EMBEDDED = "embedded"
    UNKNOWN_FIELD = "unknown_field"
    BROKEN_MARK = "broken_mark"
    UNCLOSED_PART = "unclosed_part"
    UNKNOWN_CHOICE = "unknown_choice"
    MISPLACED_LIST = "misplaced_list"
    STRANGE_CONTROL = "strange_control"
    NOT_DRAWN = "not_drawn"
    MISSING_BLOCK = "missing_block"
    NO_GLYPH = "no_glyph"
    OVERFLOW = "overflow"
    SPLIT_MARK = "split_mark"

    @property
    def refuses(self) -> bool:
        """Whether a template with it may not be used; the others are hints to its author."""
        return self not in _HINTS


_HINTS = frozenset({LetterFaultKind.NO_GLYPH, LetterFaultKind.OVERFLOW, LetterFaultKind.SPLIT_MARK})


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFault:
    """One finding; ``what`` is the mark, part, block or characters it is about.

    ``place`` is the paragraph it stands in, by its words, empty for the whole file; ``nearest`` is
    the known field that an unknown one is most like, empty where none is near.
    """

    kind: LetterFaultKind
    what: str = ""
    place: str = ""
    nearest: str = ""
