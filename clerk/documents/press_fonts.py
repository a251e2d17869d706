"""The fonts of the press's child process.

The bold Song face is cut down, once at start, to the characters that stand in templates
and item standards. The whole one has 65,535 glyphs, and an excerpt of it in a PDF still carries a
table of all of them: 75 kB a paper instead of some 10. A character outside the cut comes from the
whole face.

HarfBuzz, which WeasyPrint needs anyway, cuts in some 20 ms; where its library is not found,
fontTools takes a second and a half.
"""

import ctypes
import ctypes.util
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

_HB_POINTERS = (
    "hb_blob_create_from_file",
    "hb_face_create",
    "hb_subset_input_create_or_fail",
    "hb_subset_input_unicode_set",
    "hb_subset_input_set",
    "hb_subset_or_fail",
    "hb_face_reference_blob",
    "hb_blob_get_data",
)
_HB_DROP_TABLES = 3
"""``HB_SUBSET_SETS_DROP_TABLE_TAG``."""
_HB_NOTDEF_OUTLINE = 0x40
"""``HB_SUBSET_FLAGS_NOTDEF_OUTLINE``."""


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
    library = ctypes.util.find_library("harfbuzz-subset")
    if library is None:
        return _cut_slowly(file, index)
    return _cut_by_harfbuzz(ctypes.CDLL(library), file, index)


def _cut_by_harfbuzz(hb: ctypes.CDLL, file: Path, index: int) -> bytes:
    for name in _HB_POINTERS:
        getattr(hb, name).restype = ctypes.c_void_p
    blob = ctypes.c_void_p(hb.hb_blob_create_from_file(str(file).encode()))
    face = ctypes.c_void_p(hb.hb_face_create(blob, index))
    wanted = ctypes.c_void_p(hb.hb_subset_input_create_or_fail())
    characters = ctypes.c_void_p(hb.hb_subset_input_unicode_set(wanted))
    for character in _characters():
        hb.hb_set_add(characters, ord(character))
    dropped = ctypes.c_void_p(hb.hb_subset_input_set(wanted, _HB_DROP_TABLES))
    for name in _UNUSED_TABLES:
        hb.hb_set_add(dropped, int.from_bytes(name.encode(), "big"))
    hb.hb_subset_input_set_flags(wanted, _HB_NOTDEF_OUTLINE)
    made_face = hb.hb_subset_or_fail(face, wanted)
    if made_face is None:
        raise ValueError(file)
    cut = ctypes.c_void_p(made_face)
    made = ctypes.c_void_p(hb.hb_face_reference_blob(cut))
    length = ctypes.c_uint()
    data = hb.hb_blob_get_data(made, ctypes.byref(length))
    content = ctypes.string_at(data, length.value)
    for kept, free in (
        (made, hb.hb_blob_destroy),
        (cut, hb.hb_face_destroy),
        (wanted, hb.hb_subset_input_destroy),
        (face, hb.hb_face_destroy),
        (blob, hb.hb_blob_destroy),
    ):
        free(kept)
    return content


def _cut_slowly(file: Path, index: int) -> bytes:
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
