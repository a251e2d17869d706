"""The fonts of the press's child process.

The bold Song face is cut down, once at start, to the characters that stand in templates
and item standards. The whole one has 65,535 glyphs, and an excerpt of it in a PDF still carries a
table of all of them: 75 kB a paper instead of some 10. A character outside the cut comes from the
whole face.
"""

import io
import subprocess
import zipfile
from base64 import b64encode
from contextlib import suppress
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont, TTLibError
from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from clerk import assets

CUT_FAMILY = "Counter Serif"
"""The family under which style sheets ask for the cut face, before the whole one."""

_WHOLE_FAMILY = "Noto Serif CJK SC"
_UNUSED_TABLES = ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
_FIND_SECONDS = 10


def set_up(fetcher: URLFetcher) -> FontConfiguration:
    """Return the fonts every paper is laid out with; without the cut where there is none."""
    fonts = FontConfiguration()
    with suppress(OSError, subprocess.SubprocessError, TTLibError, ValueError):
        encoded = b64encode(_cut(*_find())).decode()
        CSS(
            string=f'@font-face{{font-family:"{CUT_FAMILY}";font-weight:700;'
            f'src:url("data:font/otf;base64,{encoded}")}}',
            font_config=fonts,
            url_fetcher=fetcher,
        )
    return fonts


def _find() -> tuple[Path, int]:
    """Ask fontconfig where the bold face lies, and which face of the collection it is."""
    told = subprocess.run(
        ("fc-match", "-f", "%{family[0]}\n%{file}\n%{index}", f"{_WHOLE_FAMILY}:bold"),  # noqa: S607  where it lies differs
        capture_output=True,
        check=True,
        timeout=_FIND_SECONDS,
    ).stdout.decode()
    family, file, index = told.split("\n")
    if family != _WHOLE_FAMILY:
        raise ValueError(family)
    return Path(file), int(index)


def _cut(file: Path, index: int) -> bytes:
    options = subset.Options()
    options.layout_features = []
    options.notdef_outline = True
    options.drop_tables += _UNUSED_TABLES
    face = TTFont(file, fontNumber=index, lazy=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text=_characters())
    cutter.subset(face)
    out = io.BytesIO()
    face.save(out)
    return out.getvalue()


def _characters() -> str:
    """Return every character of the templates and of the items' standards."""
    texts = [assets.read_text("resources", name) for name in assets.names("resources", "standards")]
    for name in assets.names("templates"):
        content = assets.read_bytes("templates", name)
        if name.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                content = archive.read("word/document.xml")
        texts.append(content.decode())
    return "".join(sorted(set("".join(texts))))
