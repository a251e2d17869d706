"""What a case is found by, as one line of text, and the tokens of its index.

Chinese is indexed by pairs of characters, Latin letters and digits by groups of three: the
built-in trigrams do not find two-character words, the commonest query.
"""

import re
from collections.abc import Callable
from functools import lru_cache

Initials = Callable[[str], str]
"""Gives the pinyin initials of a Chinese text, e.g. ``zsl``."""

_LEFT_OUT = re.compile(r"[\s()（）·•・]+")
_RUN = re.compile(r"[0-9a-z]+|[^0-9a-z]+")
SEPARATOR = "\n"


def no_initials(_text: str) -> str:
    """Stand in where no table of initials is at hand."""
    return ""


@lru_cache(maxsize=1024)  # an item's name comes with every save, an applicant's several times
def normalised(text: str) -> str:
    """Return ``text`` as it is compared: lower case, without blanks, brackets and name dots."""
    return _LEFT_OUT.sub("", text).casefold()


def line(*parts: str) -> str:
    """Join what a case is found by; a query never matches across two parts."""
    return SEPARATOR.join(normalised(part) for part in parts if part)


def words(query: str) -> list[str]:
    """Split what was typed into words, each of which must be found."""
    return [word for word in (normalised(part) for part in query.split()) if word]


def _runs(text: str) -> list[str]:
    return [run for part in text.split(SEPARATOR) for run in _RUN.findall(part)]


def _step(run: str) -> int:
    return 3 if run[0].isascii() and run[0].isalnum() else 2


def index_tokens(text: str) -> str:
    """Return every token of a line, blank-separated, for the index."""
    return " ".join(sorted(set().union(*map(_tokens, _runs(text)))))


@lru_cache(maxsize=1024)
def _tokens(run: str) -> frozenset[str]:
    step = _step(run)
    return frozenset(_spelled(run[at : at + step]) for at in range(len(run)))


def match_expression(word: str) -> str:
    """Return the full-text query that every line with ``word`` in it answers.

    It may answer too much, never too little, so its rows are compared with the word itself.
    """
    terms: set[str] = set()
    for run in _runs(word):
        step = _step(run)
        if len(run) < step:
            terms.add(f"{_spelled(run)}*")
        else:
            terms.update(_spelled(run[at : at + step]) for at in range(len(run) - step + 1))
    return " AND ".join(sorted(terms))


@lru_cache(maxsize=4096)
def _spelled(token: str) -> str:
    """Spell a token in hexadecimal, so that no character of it means anything to the index."""
    return "".join(f"{ord(character):06x}" for character in token)
