"""The letter templates that came with the program, each compared with its digest before its use.

``SHA256SUMS`` lies beside them in the form of ``sha256sum``. A bureau that puts a file of its own
into its site folder puts its own list there too; what is in no list is not used.
"""

import hashlib
import io
import re
import tomllib
import zipfile
from collections.abc import Mapping
from html import unescape
from typing import Final

from clerk import assets
from clerk.documents.letter_fields import FOLDER
from clerk.domain.errors import PaperTrouble
from clerk.domain.letter_template import ShippedLetter

_ENDING: Final = ".docx"
_SUMS: Final = f"{FOLDER}SHA256SUMS"
_LINE: Final = re.compile(r"(?P<digest>[0-9a-f]{64}) [ *](?P<name>\S+)")
_CORE: Final = "docProps/core.xml"
_TITLE: Final = re.compile("<dc:title>([^<]*)</dc:title>")
_VERSION: Final = re.compile("<cp:version>([^<]*)</cp:version>")


def shipped_codes() -> frozenset[str]:
    """Return the codes of all that ship."""
    names = assets.names("templates", FOLDER.rstrip("/"))
    return frozenset(
        name.removeprefix(FOLDER).removesuffix(_ENDING) for name in names if name.endswith(_ENDING)
    )


def promise_codes() -> frozenset[str]:
    """Return the codes whose letters must have the blocks of a promise letter (告知承诺书)."""
    blocks = tomllib.loads(assets.read_text("templates", f"{FOLDER}blocks.toml"))
    return shipped_codes() - frozenset(blocks["not_in"])


def read_shipped(code: str) -> bytes:
    """Return the file of a template, which is the one that was installed.

    Raises:
        PaperTrouble: there is none, or it is not the installed one any more.
    """
    try:
        content = assets.read_bytes("templates", f"{FOLDER}{code}{_ENDING}")
    except OSError as error:
        raise PaperTrouble(
            f"没有代号为“{code}”的承诺书模板，没有生成，办件未改动。"
            "请在“事项标准”里导入并启用，或请系统管理员放回"
        ) from error
    if not _is_installed(code, content, _digests()):
        raise PaperTrouble(
            f"承诺书模板“{code}”的文件在安装后被改动过，没有生成，办件未改动。"
            "请系统管理员恢复原文件；要用自己的文本，请在“事项标准”里导入并启用"
        )
    return content


def shipped_letters() -> tuple[ShippedLetter, ...]:
    """Return every template that ships, and whether its file is still the installed one."""
    digests = _digests()
    return tuple(_shipped(code, digests) for code in sorted(shipped_codes()))


def _shipped(code: str, digests: Mapping[str, str]) -> ShippedLetter:
    try:
        content = assets.read_bytes("templates", f"{FOLDER}{code}{_ENDING}")
    except OSError:
        content = b""
    sound = _is_installed(code, content, digests)
    # what was changed is not opened: nobody knows what it is
    title, version = _named(content) if sound else ("", "")
    return ShippedLetter(
        code=code,
        title=title or code,
        version=version,
        sha256=hashlib.sha256(content).hexdigest(),
        sound=sound,
        promises=code in promise_codes(),
    )


def _is_installed(code: str, content: bytes, digests: Mapping[str, str]) -> bool:
    return hashlib.sha256(content).hexdigest() == digests.get(f"{code}{_ENDING}")


def _digests() -> Mapping[str, str]:
    try:
        lines = assets.read_text("templates", _SUMS).splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found = (_LINE.fullmatch(line) for line in lines)
    return {line["name"]: line["digest"] for line in found if line}


def _named(content: bytes) -> tuple[str, str]:
    """Return title and version of a file that is the installed one, empty where it says none.

    No reader of XML is loaded into the window for it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            core = archive.read(_CORE).decode()
    except (KeyError, zipfile.BadZipFile, UnicodeDecodeError):
        return "", ""
    title, version = _TITLE.search(core), _VERSION.search(core)
    return unescape(title[1]) if title else "", unescape(version[1]) if version else ""
