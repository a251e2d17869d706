"""The files of item standards that ship, and those a bureau put beside them, read one by one."""

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Final

from clerk import assets
from clerk.domain.errors import BadInput, ClerkError, SamplesFaulty, StandardFaulty
from clerk.domain.remedies import remedy_law_from
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_lint import LintKnowledge
from clerk.domain.standard_parsing import standard_from

FOLDER: Final = "standards"
_LETTERS: Final = "commitments"
_LETTER_ENDING: Final = ".docx"
_WORDS: Final = "lint/words.toml"


def item_codes() -> tuple[str, ...]:
    """Return the codes of all items that have a file, sorted."""
    return tuple(dict.fromkeys(name.split("/")[1] for name in _files()))


def versions(item_code: str) -> Iterator[ItemStandard]:
    """Yield the versions of an item in the order of their files.

    Raises:
        StandardFaulty: a file has faults; all of them are listed.
        BadInput: a file is no TOML.
    """
    for name in _files():
        if name.split("/")[1] == item_code:
            try:
                yield standard_from(tomllib.loads(assets.read_text("resources", name)))
            except tomllib.TOMLDecodeError as error:
                raise BadInput(f"{name} 不是正确的 TOML（{error}），没有采用。请改正") from error


def in_force(item_code: str, on: date) -> ItemStandard:
    """Return the version in force on ``on``, else the newest.

    Raises:
        StandardFaulty: a file of any version has faults.
        BadInput: there is no such item, or a file is no TOML.
    """
    newest = sorted(versions(item_code), key=lambda one: one.version)
    if not newest:
        raise BadInput(f"没有事项标准 resources/{FOLDER}/{item_code}，没有核对。请核对事项代码")
    there = [one for one in newest if one.in_force(on)]
    return (there or newest)[-1]


def lint_knowledge() -> LintKnowledge:
    """Return what the lint has to know: the commitment letters there are, and its words."""
    names = assets.names("templates", _LETTERS)
    words = tomllib.loads(assets.read_text("resources", _WORDS))
    return LintKnowledge(
        letters=frozenset(
            name.rpartition("/")[2].removesuffix(_LETTER_ENDING)
            for name in names
            if name.endswith(_LETTER_ENDING)
        ),
        vague=tuple(words["vague"]),
        nothing=tuple(words["nothing"]),
        catch_all=tuple(words["catch_all"]),
        remedies=remedy_law_from(tomllib.loads(assets.read_text("resources", "remedies.toml"))),
    )


def faults_of(error: ClerkError) -> tuple[str, ...]:
    """Return every single fault behind an error of reading, none where it lists none."""
    return error.faults if isinstance(error, StandardFaulty | SamplesFaulty) else ()


def _files() -> tuple[str, ...]:
    names = assets.names("resources", FOLDER)
    return tuple(name for name in names if name.endswith(".toml"))
