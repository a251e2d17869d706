"""The practice hall's seal service: the parent of the child that seals."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from clerk.child.frames import Head, exchange
from clerk.child.process import ChildClosed, ChildDied, ChildProcess, ChildTooSlow
from clerk.domain.errors import SealUnavailable
from clerk.domain.paper_seal import SealOrder

_CHILD: Final = "integrations.seals.seal_child"


class PracticeSeals:
    """Seals papers with practice keys (ECDSA, not SM2); any thread may call and waits its turn."""

    def __init__(self, *, seconds: float = 10.0, command: Sequence[str] = ()) -> None:
        self._child = ChildProcess(_CHILD, seconds=seconds, command=command)

    def start(self) -> None:
        """Start the child; it loads its libraries while nobody waits for them."""
        self._child.start()

    def seal(self, pdf: bytes, order: SealOrder) -> bytes:
        """Return ``pdf`` with the seal behind it.

        Raises:
            SealUnavailable: it does not answer, or does not take this for a paper.
        """
        place = order.place
        head: Head = {
            "body_code": order.body_code,
            "body_name": order.body_name,
            "seal_name": order.seal_name,
            "at": order.at.isoformat(),
            "page": place.page,
            "box": [place.left, place.top, place.width, place.height],
            "drawn": order.drawn,
        }
        try:
            told, content = self._child.ask(partial(exchange, head, pdf))
        except (ChildTooSlow, ChildDied, ChildClosed) as error:
            raise SealUnavailable(
                "电子印章服务没有应答，文书没有加盖电子印章，办件未改动。请打印后手工盖章"
            ) from error
        if not told["ok"]:
            raise SealUnavailable(
                "电子印章服务认不出这份文书，没有加盖，办件未改动。请打印后手工盖章"
            )
        return content

    def close(self) -> None:
        """End the child; a paper that is being sealed is finished first."""
        self._child.close()
