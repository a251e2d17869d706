"""The processes beside the window that draw papers, speak SOAP and seal."""

from clerk.documents.press import Press
from clerk.documents.press_memory import Memory
from clerk.values import dataclass
from integrations.seals.practice import PracticeSeals
from integrations.soap.scribe import Scribe


@dataclass(frozen=True, slots=True)
class Children:
    """What serves a counter from processes of its own; none of them knows whose counter it is.

    ``seals``: a practice hall's. A hall's own service (SM2) stands behind the same port; practice
    keys never seal for it, so a real counter has none until its hall's is built.
    """

    press: Press
    scribe: Scribe
    seals: PracticeSeals | None

    @classmethod
    def of(cls, *, practice: bool) -> "Children":
        """Return a counter's own, none of them started; the press draws and draws ahead."""
        memory = Memory()
        return cls(
            press=Press(memory=memory, ahead=Press(memory=memory)),
            scribe=Scribe(),
            seals=PracticeSeals() if practice else None,
        )

    def close(self) -> None:
        """End them all; what one of them is doing is finished first."""
        if self.seals is not None:
            self.seals.close()
        self.scribe.close()
        self.press.close()
