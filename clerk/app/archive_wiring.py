"""What 归档 may ask for, as plain callables."""

from functools import partial
from pathlib import Path
from uuid import UUID

from clerk.app.use_cases import archiving
from clerk.domain.identity import Session
from clerk.services import file_review, sign_in
from clerk.services.desk import Desk
from clerk.ui.actions import ArchiveActions, Here

FOLDER_KEY = "archive_folder"


def archive_actions(desk: Desk, session: Session, here: Here) -> ArchiveActions:
    """Return the review and the archive for this person; the use cases check who may."""

    def archive(case_id: UUID, folder: str, reason: str) -> str:
        packed = archiving.archive_case(desk, session, case_id, Path(folder), reason)
        sign_in.save_setting(desk, session, FOLDER_KEY, folder)
        return str(packed.folder)

    return ArchiveActions(
        here=here,
        review=partial(file_review.review_file, desk, session),
        waiting=partial(archiving.waiting_for_archive, desk, session),
        last_folder=partial(sign_in.load_setting, desk, session, FOLDER_KEY),
        archive=archive,
    )
