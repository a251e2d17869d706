"""Files that a check leaves behind: pictures of a place, papers that show what was found."""

from clerk.domain.identity import Act, Session
from clerk.domain.material import StoredFile
from clerk.services.desk import Desk
from clerk.services.drafts import require_openable
from clerk.services.records import record
from clerk.storage import files


def keep_check_file(
    desk: Desk, session: Session, content: bytes, name: str, media_type: str
) -> StoredFile:
    """Keep a picture or paper of a check; it is on disk when this returns.

    Raises:
        BadInput: too large, empty, or not what its type says.
        StoreTrouble: no room; nothing was kept.
    """
    session.require(Act.CHECK_PROMISE)
    require_openable(content, media_type)
    desk.store.require_room_for_file()
    with desk.store.begin() as tx:
        kept = files.keep(tx, content, name=name, media_type=media_type, at=desk.now())
        record(desk, tx, session, "file.kept", sha256=kept.sha256)
    return kept
