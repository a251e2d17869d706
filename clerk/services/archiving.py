"""Archive closed cases (归档): reviewed once more, packed, written down; nothing leaves the store."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from uuid import UUID

from clerk.domain.case import Case
from clerk.domain.errors import BadInput, CaseChanged, ClerkError
from clerk.domain.file_review import archived, must_be_archivable
from clerk.domain.identity import Act, Session
from clerk.services.archive_content import Package, package_of, read_file
from clerk.services.desk import Desk
from clerk.services.file_review import review_in
from clerk.services.records import record
from clerk.storage import cases, file_steps
from clerk.values import dataclass

MOST_AT_ONCE: Final = 1000
PART: Final = ".part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A package as it lies on the disk; ``case`` as it stands afterwards."""

    case: Case
    folder: Path
    digest: str
    files: int
    size_bytes: int


def archive_case(
    desk: Desk, session: Session, case_id: UUID, into: Path, reason: str = ""
) -> Archived:
    """Make the package of a closed case below ``into`` and write it down in course and journal.

    Args:
        desk: what the window has at hand.
        session: who archives.
        case_id: which case; it is read and reviewed as it is now.
        into: a folder that is there; the package is a folder of its own in it.
        reason: why it is archived although a must of the review fails; kept where it is given.

    Raises:
        NotAllowed: the role does not carry it.
        NotAcceptable: the case still runs, or a must fails and no reason is written.
        CaseChanged: somebody saved the case meanwhile; the package was taken away again.
        PaperTrouble: the cover could not be drawn.
        BadInput: the place cannot be written, or holds another package of this name.
    """
    session.require(Act.ARCHIVE)
    with desk.store.read() as tx:
        case = cases.load(tx, case_id)
        found = review_in(desk, tx, case)
        must_be_archivable(case, found, reason)
        read = read_file(desk, tx, case, found, reason)
    package = package_of(desk, session, read, reason)
    folder = into / package.name
    ours = _lay_down(folder, package)
    try:
        with desk.store.begin() as tx:
            if cases.load(tx, case_id).version != case.version:
                raise CaseChanged(f"办件{case.label}归档时在别处保存过，没有归档。请再归档一次")
            after = archived(
                desk.rules(case), case, found, package.digest, reason, session, desk.now()
            )
            saved = cases.save(tx, after)
            record(
                desk,
                tx,
                session,
                "case.archived",
                case_id,
                digest=package.digest,
                files=len(package.contents),
                overruled=[result.rule.check.value for result in found.blocking],
            )
    except ClerkError:
        if ours:
            shutil.rmtree(folder)
        raise
    return Archived(
        case=saved,
        folder=folder,
        digest=package.digest,
        files=len(package.contents),
        size_bytes=package.size_bytes,
    )


def waiting_for_archive(desk: Desk, session: Session) -> list[UUID]:
    """Return closed cases of which no package was made, oldest first, at most a thousand."""
    session.require(Act.ARCHIVE)
    with desk.store.read() as tx:
        return file_steps.to_archive(tx, MOST_AT_ONCE)


def case_of_number(desk: Desk, session: Session, number: str) -> UUID:
    """Return the case that bears a number.

    Raises:
        BadInput: no case bears it.
    """
    session.require(Act.ARCHIVE)
    with desk.store.read() as tx:
        found = cases.id_of_number(tx, number)
    if found is None:
        raise BadInput(f"没有编号是 {number} 的办件，没有归档。核对编号再来")
    return found


def _lay_down(folder: Path, package: Package) -> bool:
    """Write the package whole or not at all; False where the very same one was there already."""
    if folder.exists():
        if _same(folder, package.contents):
            return False
        raise BadInput(f"{folder} 已经有另一份归档包，没有归档。换一个文件夹，或先移走它")
    part = folder.with_name(folder.name + PART)
    try:
        if part.exists():  # power was cut while it was written
            shutil.rmtree(part)
        for name, content in package.contents.items():
            path = part.joinpath(*name.split("/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, content)
        part.rename(folder)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise BadInput(
            f"{folder.parent} 写不进去（{error.strerror}），没有归档。换一个文件夹再来"
        ) from error
    return True


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _same(folder: Path, contents: Mapping[str, bytes]) -> bool:
    here = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    return here.keys() == contents.keys() and all(
        here[name].read_bytes() == content for name, content in contents.items()
    )
