"""Makes two files of ``resources/pinyin`` with pypinyin, which the program itself never loads.

Run it after a new pypinyin: ``python tests/domain/make_pinyin_table.py``. A test compares.
"""

from collections import defaultdict
from pathlib import Path

from pypinyin import Style, pinyin

FOLDER = Path(__file__).parents[2] / "resources" / "pinyin"
HEADING = (
    "# Pinyin initials. Rows: first character's code point, the usual initial of each character.\n"
    "# Then: further initials, and the characters that have just these beside the usual one.\n"
    "# Made by tests/domain/make_pinyin_table.py; what phrases read otherwise is in phrases.txt.\n"
)
SYLLABLES_HEADING = (
    "# Pinyin syllables, without tones: a syllable, a blank, the characters that usually read so.\n"
    "# Then, behind a plus: the common characters that read so as well.\n"
    "# Made by tests/domain/make_pinyin_table.py from the readings of pypinyin (MIT).\n"
)
FIRST, LAST = 0x4E00, 0x9FA5
"""GBK's Chinese characters: all of GB 2312 and twice as many more."""
ROW = 90


def readings_of(character: str) -> list[str]:
    """Return all readings, the usual one first; nothing if there is none."""
    usual = pinyin(character, style=Style.NORMAL, errors="ignore")
    every = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    readings = [*(usual[0] if usual else []), *(every[0] if every else [])]
    return [reading for reading in dict.fromkeys(readings) if reading and reading.isascii()]


def initials_of(character: str) -> str:
    """Return the first letters of all readings, the usual one first; nothing if there is none."""
    return "".join(dict.fromkeys(reading[0] for reading in readings_of(character)))


def table() -> str:
    """Return the whole file."""
    found = {code: initials_of(chr(code)) for code in range(FIRST, LAST + 1)}
    rows = [
        f"{start:04X} " + "".join(found[code][:1] or "-" for code in codes)
        for start in range(FIRST, LAST + 1, ROW)
        if (codes := range(start, min(start + ROW, LAST + 1)))
    ]
    others: dict[str, list[str]] = defaultdict(list)
    for code, initials in found.items():
        if len(initials) > 1 and in_gb2312(chr(code)):
            others[initials[1:]].append(chr(code))
    further = [f"{initials} {''.join(others[initials])}" for initials in sorted(others)]
    return HEADING + "\n".join([*rows, *further, "l 〇"]) + "\n"


def syllables() -> str:
    """Return the whole file of syllables; sounds without a vowel are of nobody's name."""
    usual: dict[str, list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    for character in map(chr, range(FIRST, LAST + 1)):
        sung = [one for one in readings_of(character) if set(one) & set("aeiouv")]
        for place, syllable in enumerate(sung):
            if place == 0:
                usual[syllable].append(character)
            elif in_gb2312(character):
                others[syllable].append(character)
    usual["ling"].append("〇")
    rows = [f"{syllable} {''.join(usual[syllable])}" for syllable in sorted(usual)]
    further = [f"+{syllable} {''.join(others[syllable])}" for syllable in sorted(others)]
    return SYLLABLES_HEADING + "\n".join([*rows, *further]) + "\n"


def in_gb2312(character: str) -> bool:
    """Whether the character is a common one; rare readings of rare characters only cost time."""
    return len(character.encode("gb2312", errors="ignore")) == 2


if __name__ == "__main__":
    (FOLDER / "initials.txt").write_text(table(), encoding="utf-8")
    (FOLDER / "syllables.txt").write_text(syllables(), encoding="utf-8")
