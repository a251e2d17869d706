"""What 取标准包 may ask for, bound to this desk and person; the terminal asks for the same."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from clerk import assets, wording_difference
from clerk.app.opening import OpenCounter
from clerk.app.package_reading import reading
from clerk.domain.identity import Session
from clerk.domain.sheet_report import Grouped
from clerk.domain.standard_difference import ItemChange
from clerk.domain.standard_draft import Plain
from clerk.services import package_taking
from clerk.services.package_taking import ComparedPackage
from clerk.services.standard_unpacking import GoOn
from clerk.ui.package_actions import Compared, PackageActions, Taken

DATA: Final = ("calendar", "codes", "sheet")
TEMPLATES: Final = "templates/"


def package_actions(opened: OpenCounter, session: Session) -> PackageActions:
    """Return comparing and keeping of packages for this person; the use cases check who may."""

    def compare(path: str, go_on: GoOn) -> ComparedPackage | None:
        return compare_signed(opened, session, Path(path), go_on)

    def keep(found: Compared, batch: str, go_on: GoOn) -> Taken | None:
        if not isinstance(found, ComparedPackage):
            raise TypeError(found)
        return package_taking.keep_package(opened.desk, session, found, batch, go_on)

    return PackageActions(compare=compare, keep=keep)


def compare_signed(
    opened: OpenCounter, session: Session, file: Path, go_on: GoOn
) -> ComparedPackage | None:
    """Compare a package with what is in force here; None where the person stopped it.

    Raises:
        BadInput: nobody whom this counter trusts has signed it, or something is wrong with it.
    """
    here = {name: sha256(content).hexdigest() for name, content in data_files().items()}
    with reading(file, opened.data_keys) as package:
        package.open()
        return package_taking.compare_package(
            opened.desk, session, package, file.name, {**here, **template_digests()}, go_on, _worded
        )


def data_files() -> Mapping[str, bytes]:
    """Return calendars and code lists, by the name they have in a package."""
    names = (name for folder in DATA for name in assets.names("resources", folder))
    return {name: assets.read_bytes("resources", name) for name in names if name.endswith(".toml")}


def template_digests() -> Mapping[str, str]:
    """Return the SHA-256 of every shipped template, by the name it has in a package."""
    return {
        f"{TEMPLATES}{name}": sha256(assets.read_bytes("templates", name)).hexdigest()
        for name in assets.names("templates")
    }


def _worded(change: ItemChange, before: Plain, after: Plain, later: int) -> Grouped:
    said = wording_difference.grouped(change, before, after)
    held, packed = before.get("effective_on"), after.get("effective_on")
    if isinstance(held, date) and isinstance(packed, date) and packed < held:
        older = f"标准包里的{packed}起生效，早于现行的{held}。确认不是旧版再取"
        said = (*said, ("生效日期", (older,)))
    if later:
        said = (*said, ("以后的版本", (f"还有{later}个，等这一版发布后再取一次",)))
    return said
