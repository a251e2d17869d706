"""Cuts the fonts of the window: ``python docs/cut_fonts.py``, from the checkout.

The whole Noto Sans CJK has 65,535 glyphs in 19 MB a weight, and what of it is painted lies all
over the file. Cut to what a counter reads every day it is a tenth of that. A character outside the
cut (a rare name) is still drawn: Qt takes it from the next family, which is the whole font.
"""

import subprocess
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

WHOLE = "Noto Sans CJK SC"
FAMILY = "Counter Sans"
WEIGHTS = (("Regular", "regular"), ("Bold", "bold"))

_HERE = Path(__file__).parent.parent
_TARGET = _HERE / "resources" / "fonts"
_TEXTS = (
    ("clerk", "*.py"),
    ("resources", "*.toml"),
    ("resources", "*.txt"),
    ("templates", "*.html"),
)
_NAMES = "玥珺喆堃燊祎昇晟璟瑄琰淼翀甯曌珅琦祺彧旸昶玹芃苡焱犇赟竑翾翙弢骉禤郄仝逄妤婳婧媞嫄嫣"
"""Characters of names that are met often and stand outside GB 2312."""
_MEASURES = "㎡㎏㎜㎝㎞㎎㏄㎥"
_BLOCKS = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x2000, 0x206F),
    (0x2100, 0x214F),
    (0x2190, 0x23FF),
    (0x2460, 0x27BF),
    (0x3000, 0x303F),
    (0xFF00, 0xFFEF),
)
_UNUSED_TABLES = ["BASE", "VORG", "vhea", "vmtx"]
_VARIANTS = 14
"""The format of a table of variants, which nobody asks for here."""
_GB_2312 = range(0xA1, 0xFF)


def main() -> None:
    """Write both weights beside the licence."""
    characters = wanted()
    for style, pattern in WEIGHTS:
        file, index = _find(pattern)
        font = TTFont(file, fontNumber=index, lazy=True)
        _cut(font, characters)
        _rename(font, style)
        target = _TARGET / f"counter-sans-{pattern}.otf"
        font.save(target)
        sys.stdout.write(f"{target} {target.stat().st_size // 1024} KiB\n")


def wanted() -> set[int]:
    """Return GB 2312, marks and Latin, and whatever stands in the program and its material."""
    found = {ord(character) for character in _NAMES + _MEASURES}
    for first, last in _BLOCKS:
        found.update(range(first, last + 1))
    for row in _GB_2312:
        for cell in _GB_2312:
            found.update(map(ord, bytes((row, cell)).decode("gb2312", "ignore")))
    for folder, pattern in _TEXTS:
        for file in (_HERE / folder).rglob(pattern):
            if file.parent.name != "pinyin":
                found.update(map(ord, file.read_text("utf-8")))
    return found


def _find(pattern: str) -> tuple[Path, int]:
    told = subprocess.run(
        ("fc-match", "-f", "%{family[0]}\n%{file}\n%{index}", f"{WHOLE}:{pattern}"),  # noqa: S607  where it lies differs
        capture_output=True,
        check=True,
    ).stdout.decode()
    family, file, index = told.split("\n")
    if family != WHOLE:
        raise ValueError(family)
    return Path(file), int(index)


def _cut(font: TTFont, characters: set[int]) -> None:
    options = subset.Options()
    options.notdef_outline = True
    options.drop_tables += _UNUSED_TABLES
    options.layout_features = ["kern", "mark"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    table = font["cmap"]
    table.tables = [part for part in table.tables if part.format != _VARIANTS]


def _rename(font: TTFont, style: str) -> None:
    names = {
        1: FAMILY,
        2: style,
        3: f"{FAMILY} {style}",
        4: f"{FAMILY} {style}",
        6: f"CounterSans-{style}",
    }
    table = font["name"]
    for record in list(table.names):
        if record.nameID in (16, 17):
            table.removeNames(record.nameID)
        elif record.nameID in names:
            record.string = names[record.nameID]


if __name__ == "__main__":
    main()
