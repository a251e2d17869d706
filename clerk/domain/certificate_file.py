"""What a look into the file of a certificate tells: its pages and its seals.

A look of our own decides whether what was sealed is still as it was sealed, and nothing more:
whether the certificate is valid only its library can say (soap.md 5).
"""

from datetime import datetime
from enum import StrEnum

from clerk.values import dataclass


class SealState(StrEnum):
    """What is known of a seal (电子印章) on the file itself."""

    UNCHECKED = "unchecked"
    """Nobody has looked."""
    NONE = "none"
    """There is no seal on it."""
    INTACT = "intact"
    """All that was sealed is as it was sealed."""
    RESEALED = "resealed"
    """Intact, and only the list of seals grew since: a later, intact seal covers that."""
    UNTRUSTED = "untrusted"
    """Intact, and no authority that this counter trusts vouches for whoever sealed."""
    PARTLY = "partly"
    """Intact, and something that is shown lies outside of what was sealed."""
    CHANGED = "changed"
    """Something that was sealed is no longer as it was."""
    UNDECIDED = "undecided"
    """Sealed in a way that this program cannot check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealFinding:
    """One seal as it was found.

    ``name`` is what the seal is called, ``signer`` who signed by his certificate; ``method`` is
    the algorithm in words (SM2, RSA …). ``covered`` of ``parts`` things were sealed and are as
    they were; ``why`` is a short code, for ``CHANGED``, ``PARTLY`` and ``UNDECIDED``.
    ``trusted`` tells whether its certificate leads to an authority that this counter trusts; None
    where that could not be followed. ``issuers`` are the authorities above the signer's
    certificate, the nearest first, as far as they could be followed.
    """

    state: SealState
    name: str = ""
    signer: str = ""
    method: str = ""
    signed_at: datetime | None = None
    covered: int = 0
    parts: int = 0
    why: str = ""
    trusted: bool | None = None
    issuers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLook:
    """A file that could be opened: ``pages`` of them, and every seal on it.

    ``undrawn`` names what the file asks for and the picture does not show, in Chinese words.
    """

    pages: int
    seals: tuple[SealFinding, ...] = ()
    undrawn: tuple[str, ...] = ()

    @property
    def seal(self) -> SealState:
        """The seal state of the whole: the worst of them, since one changed part is enough."""
        return max(map(_worth, self.seals), key=_GRAVITY.__getitem__, default=SealState.NONE)

    @property
    def followed(self) -> bool:
        """Whether every seal could be followed up to an authority, trusted or not."""
        return all(one.trusted is not None for one in self.seals)


def _worth(seal: SealFinding) -> SealState:
    """Return what a seal is worth: an intact one of anybody's own making proves nothing."""
    if seal.trusted is False and seal.state in {SealState.INTACT, SealState.RESEALED}:
        return SealState.UNTRUSTED
    return seal.state


_GRAVITY = {
    SealState.UNCHECKED: 0,
    SealState.INTACT: 1,
    SealState.RESEALED: 2,
    SealState.NONE: 3,
    SealState.UNTRUSTED: 4,
    SealState.PARTLY: 5,
    SealState.UNDECIDED: 6,
    SealState.CHANGED: 7,
}
