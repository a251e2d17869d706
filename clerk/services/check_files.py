"""Files that a check leaves behind: pictures of a place, papers that show what was found."""

from clerk.domain.identity import Act, Session
from clerk.domain.material import StoredFile
from clerk.services.desk import Desk
from clerk.services.drafts import keep_openable


def keep_check_file(
    desk: Desk, session: Session, content: bytes, name: str, media_type: str
) -> StoredFile:
    """Keep a picture or paper of a check; it is on disk when this returns.

    Raises:
        BadInput: too large, empty, or not what its type says.
        StoreTrouble: no room; nothing was kept.
    """
    session.require(Act.CHECK_PROMISE)
    return keep_openable(desk, session, content, name, media_type)
