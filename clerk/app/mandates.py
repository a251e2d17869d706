"""The mandates of chief representatives (授权书): data that the bureau signs and lays down.

A file in ``<data folder>/mandates/`` takes the place of what the account held before. It counts
only with a signature by a key that ``settings.toml`` names; one that does not is left alone, and
the window says so. The practice hall's own ship with the program.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection

from clerk import assets
from clerk.domain.errors import BadInput
from clerk.domain.mandate import HeldMandate, mandate_from
from clerk.storage import accounts
from clerk.values import dataclass, replace

FOLDER = "mandates"
PRACTICE_FOLDER = "practice/mandates"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMandates:
    """What was laid down, and what was wrong with files that were left alone."""

    held: tuple[HeldMandate, ...]
    refused: tuple[BadInput, ...]


def practice_mandates() -> tuple[HeldMandate, ...]:
    """Return the mandates of the practice hall's invented people."""
    names = assets.names("resources", PRACTICE_FOLDER)
    return tuple(
        mandate_from(tomllib.loads(assets.read_text("resources", name)), name) for name in names
    )


def read_mandates(folder: Path, keys: Iterable[str]) -> ReadMandates:
    """Return every mandate that lies signed in ``folder``."""
    trusted = tuple(keys)
    held: list[HeldMandate] = []
    refused: list[BadInput] = []
    for file in sorted((folder / FOLDER).glob("*.toml")):
        try:
            held.append(signed_mandate(file, trusted))
        except BadInput as error:
            refused.append(error)
    return ReadMandates(held=tuple(held), refused=tuple(refused))


def signed_mandate(file: Path, keys: tuple[str, ...]) -> HeldMandate:
    """Return the mandate in a file that somebody we trust has signed.

    Raises:
        BadInput: unreadable, not signed, signed by a stranger, or not a mandate.
    """
    from integrations.credentials.signatures import is_signed_by  # loads a cryptographic library

    try:
        content = file.read_bytes()
        signature = file.with_name(f"{file.name}.sig").read_text("ascii")
        signed = is_signed_by(keys, content, signature)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"授权书 {file.name} 读不出或没有签名，没有启用。请授权单位重新签发"
        ) from error
    if not signed:
        raise BadInput(f"授权书 {file.name} 的签名不对，没有启用。请授权单位重新签发")
    return _parsed(content, file.name)


def unsigned_mandate(file: Path) -> HeldMandate:
    """Return the mandate in a file of a counter that names no key to trust yet.

    Raises:
        BadInput: unreadable, or not a mandate.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadInput(f"授权书 {file.name} 读不出，没有启用。核对路径再来") from error
    return _parsed(content, file.name)


def lay_down(tx: Connection, given: Iterable[HeldMandate]) -> None:
    """Write the mandates over what their accounts held; accounts that are not here are left."""
    by_account: dict[str, list[HeldMandate]] = {}
    for one in given:
        by_account.setdefault(one.account_id, []).append(one)
    for account_id, held in by_account.items():
        account = accounts.find(tx, account_id)
        mandates = tuple(one.mandate for one in held)
        if account is not None and account.mandates != mandates:
            accounts.change(tx, replace(account, mandates=mandates))


def _parsed(content: bytes, name: str) -> HeldMandate:
    try:
        return mandate_from(tomllib.loads(content.decode()), name)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"授权书 {name} 读不懂，没有启用。请授权单位改正后重新签发") from error
