"""How every peer stands, and which files do not count, for the dots at the foot of the window."""

from collections.abc import Callable, Sequence
from datetime import datetime

from clerk.domain.call import Call
from clerk.domain.errors import BadInput, RemoteTrouble
from clerk.domain.identity import Session
from clerk.services.desk import Desk
from clerk.ui.actions import Connection


def connections(desk: Desk, session: Session) -> Sequence[Connection]:
    """Ask each peer once how it stands; of the certificate library the desk takes note."""
    asked: list[tuple[str, Callable[[Call], datetime]]] = [
        ("证照库", lambda call: _ask_library(desk, call)),
        ("部门系统", desk.back_office.ping),
        ("一窗式平台", desk.platform.ping),
    ]
    if desk.courier is not None:
        asked.append(("快递", desk.courier.ping))
    found = []
    for name, ping in asked:
        try:
            ping(desk.call(session, None))
        except RemoteTrouble as trouble:
            found.append(Connection(name=name, state="broken", detail=str(trouble)))
        else:
            found.append(Connection(name=name, state="ready", detail=""))
    return found


def refused_files(refused: Sequence[BadInput]) -> Sequence[Connection]:
    """Return the files laid down for this counter that do not count, each with its reason."""
    return [Connection(name="数据文件", state="warning", detail=str(one)) for one in refused]


def _ask_library(desk: Desk, call: Call) -> datetime:
    try:
        told = desk.certificates.ping(call)
    except RemoteTrouble as trouble:
        desk.library.failed(trouble, desk.now(), None)
        raise
    desk.library.answered(desk.now(), None)
    return told
