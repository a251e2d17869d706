"""Finds the files of ``templates/`` and ``resources/``, shipped or replaced by the bureau.

Nothing else opens such files. A file that the bureau put into its site folder under the same name
(``<site>/templates/notices/receipt.html``) comes before the shipped one. Names are written with
``/`` and lie below their room: ``read_text("resources", "calendar/2026.toml")``.

Read before the first paint, so pathlib is loaded only where a ``Path`` is asked for.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Literal

from clerk.domain.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

Room = Literal["templates", "resources"]

SITE_VARIABLE: Final = "CLERK_SITE"

_PROGRAM: Final = os.path.dirname(__file__)  # noqa: PTH120
_site = os.environ.get(SITE_VARIABLE, "")


def use_site(folder: Path | None) -> None:
    """Look into the bureau's ``folder`` first; ``None`` uses the shipped files alone.

    Before the first call the folder named by ``CLERK_SITE`` counts, if there is one.
    """
    global _site  # noqa: PLW0603  the one switch of this module, set once at start
    _site = str(folder) if folder else ""


def environment() -> dict[str, str]:
    """Return what a child process must find in its environment to see the same files."""
    return {SITE_VARIABLE: _site} if _site else {}


def folder(room: Room) -> Path:
    """Return the shipped folder: inside the installed package, or beside it in a checkout."""
    from pathlib import Path

    return Path(_folder(room))


def path(room: Room, name: str) -> Path:
    """Return where ``name`` lies; of a file that is missing, where it should have been shipped.

    Raises:
        BadInput: ``name`` points outside its room.
    """
    from pathlib import Path

    return Path(where(room, name))


def read_bytes(room: Room, name: str) -> bytes:
    """Return the content of the file ``name``; the errors are those of ``path`` and of reading."""
    with open(where(room, name), "rb") as file:  # noqa: PTH123
        return file.read()


def read_text(room: Room, name: str) -> str:
    """Return the content of the UTF-8 text file ``name``."""
    with open(where(room, name), encoding="utf-8") as file:  # noqa: PTH123
        return file.read()


def names(room: Room, below: str = "") -> tuple[str, ...]:
    """Return the names of all files of a room, or of its folder ``below``, sorted.

    Files that only the bureau has are among them.
    """
    from pathlib import Path

    found: set[str] = set()
    for base in (folder(room), *([Path(_site, room)] if _site else [])):
        top = base.joinpath(*_parts(below)) if below else base
        found.update(
            file.relative_to(base).as_posix()
            for file in top.rglob("*")
            if file.is_file() and not file.name.endswith((".pyc", "~"))
        )
    return tuple(sorted(found))


def _folder(room: Room) -> str:
    installed = f"{_PROGRAM}/{room}"
    return installed if os.path.isdir(installed) else f"{os.path.dirname(_PROGRAM)}/{room}"  # noqa: PTH112, PTH120


def where(room: Room, name: str) -> str:
    """Return the same as ``path``, for those that have not loaded pathlib yet."""
    below = "/".join(_parts(name))
    if _site:
        replaced = f"{_site}/{room}/{below}"
        if os.path.isfile(replaced):  # noqa: PTH113
            return replaced
    return f"{_folder(room)}/{below}"


def _parts(name: str) -> tuple[str, ...]:
    parts = tuple(name.split("/"))
    if any(part in {"", ".", ".."} or "\\" in part or ":" in part for part in parts):
        raise BadInput(f"文件名“{name}”超出程序资料目录，未读取任何内容，请联系系统管理员核对配置")
    return parts
