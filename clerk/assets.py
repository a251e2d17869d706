"""Finds the files of ``templates/`` and ``resources/``, shipped or replaced by the bureau.

Nothing else opens such files. A file that the bureau put into its site folder under the same name
(``<site>/templates/notices/receipt.html``) comes before the shipped one. Names are written with
``/`` and lie below their room: ``read_text("resources", "calendar/2026.toml")``.
"""

import os
from pathlib import Path
from typing import Final, Literal

from clerk.domain.errors import BadInput

Room = Literal["templates", "resources"]

SITE_VARIABLE: Final = "CLERK_SITE"

_PROGRAM: Final = Path(__file__).parent
_site = Path(os.environ[SITE_VARIABLE]) if os.environ.get(SITE_VARIABLE) else None


def use_site(folder: Path | None) -> None:
    """Look into the bureau's ``folder`` first; ``None`` uses the shipped files alone.

    Before the first call the folder named by ``CLERK_SITE`` counts, if there is one.
    """
    global _site  # noqa: PLW0603  the one switch of this module, set once at start
    _site = folder


def folder(room: Room) -> Path:
    """Return the shipped folder: inside the installed package, or beside it in a checkout."""
    installed = _PROGRAM / room
    return installed if installed.is_dir() else _PROGRAM.parent / room


def path(room: Room, name: str) -> Path:
    """Return where ``name`` lies; of a file that is missing, where it should have been shipped.

    Raises:
        BadInput: ``name`` points outside its room.
    """
    parts = _parts(name)
    if _site is not None:
        replaced = _site.joinpath(room, *parts)
        if replaced.is_file():
            return replaced
    return folder(room).joinpath(*parts)


def read_bytes(room: Room, name: str) -> bytes:
    """Return the content of the file ``name``; the errors are those of ``path`` and of reading."""
    return path(room, name).read_bytes()


def read_text(room: Room, name: str) -> str:
    """Return the content of the UTF-8 text file ``name``."""
    return path(room, name).read_text(encoding="utf-8")


def names(room: Room, below: str = "") -> tuple[str, ...]:
    """Return the names of all files of a room, or of its folder ``below``, sorted.

    Files that only the bureau has are among them.
    """
    found: set[str] = set()
    for base in (folder(room), _site / room if _site is not None else None):
        if base is not None:
            top = base.joinpath(*_parts(below)) if below else base
            found.update(
                file.relative_to(base).as_posix()
                for file in top.rglob("*")
                if file.is_file() and not file.name.endswith((".pyc", "~"))
            )
    return tuple(sorted(found))


def _parts(name: str) -> tuple[str, ...]:
    parts = tuple(name.split("/"))
    if any(part in {"", ".", ".."} or "\\" in part or ":" in part for part in parts):
        raise BadInput(f"文件名“{name}”超出程序资料目录，未读取任何内容，请联系系统管理员核对配置")
    return parts
