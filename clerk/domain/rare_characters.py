"""Characters of names that no face has (生僻字): they are told by their numbers and written by pen."""

from collections.abc import Iterable


def numbers_of(characters: Iterable[str]) -> list[str]:
    """Return the number of each character; nothing that shows the character can be counted on."""
    return [f"U+{ord(one):04X}" for one in sorted(characters)]
