"""Working-day calendars: those that ship, and newer ones that the bureau has signed and laid down.

A calendar file in ``<data folder>/calendar/`` takes the place of the shipped one of its year. It
counts only with a signature by a key that ``settings.toml`` names; one that does not is left
alone, and the window says so.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from clerk import assets
from clerk.domain.deadlines import WorkCalendar, calendar_from
from clerk.domain.errors import BadInput
from clerk.values import dataclass

FOLDER = "calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCalendar:
    """The calendar in force, and what was wrong with files that were left alone."""

    calendar: WorkCalendar
    refused: tuple[BadInput, ...]


def read_calendar(folder: Path | None = None, keys: Iterable[str] = ()) -> ReadCalendar:
    """Return the calendar of every year that ships or was laid down signed in ``folder``."""
    names = assets.names("resources", FOLDER)
    shipped = [tomllib.loads(assets.read_text("resources", name)) for name in names]
    notices: dict[object, Mapping[str, object]] = {read["year"]: read for read in shipped}
    trusted = tuple(keys)
    refused: list[BadInput] = []
    laid_down = sorted((folder / FOLDER).glob("*.toml")) if folder else []
    for file in laid_down:
        try:
            notice = _signed_notice(file, trusted)
            others = (one for year, one in notices.items() if year != notice.get("year"))
            calendar_from([*others, notice])
        except BadInput as error:
            refused.append(error)
        else:
            notices[notice["year"]] = notice
    return ReadCalendar(calendar=calendar_from(notices.values()), refused=tuple(refused))


def _signed_notice(file: Path, keys: tuple[str, ...]) -> Mapping[str, object]:
    """Return the notice in a file that somebody we trust has signed.

    Raises:
        BadInput: unreadable, not signed, or signed by a stranger.
    """
    from integrations.credentials.signatures import is_signed_by  # loads a cryptographic library

    try:
        content = file.read_bytes()
        signature = file.with_name(f"{file.name}.sig").read_text("ascii")
        if not is_signed_by(keys, content, signature):
            raise BadInput(f"节假日文件 {file.name} 的签名不对，没有启用。请换成县里签发的文件")
        return tomllib.loads(content.decode())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(
            f"节假日文件 {file.name} 读不出或没有签名，没有启用。请换成县里签发的文件"
        ) from error
