"""Trouble a clerk can act on.

Each message is one Chinese sentence that may be shown as it stands: what happened, what is
safe, what to do next. Whatever is not a ``ClerkError`` is our own bug and is caught nowhere.
"""


class ClerkError(Exception):
    """Known trouble; ``str(error)`` is the sentence for the screen."""


class RemoteTrouble(ClerkError):
    """Another system did not do what was asked.

    ``sent`` says whether it acted: ``"no"``, ``"unknown"`` or ``"answered"``; ``kind`` is a short
    code of a closed list, for the log and for tests, never for the screen.
    """

    def __init__(self, message: str, *, kind: str, sent: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.sent = sent


class RemoteUnavailable(RemoteTrouble):
    """Out of reach or too slow: the same call may go through later."""


class RemoteRefused(RemoteTrouble):
    """Reached, understood, and the answer is no."""


class RemoteGarbled(RemoteTrouble):
    """The answer breaks the contract: nothing of it is used."""


class CaseChanged(ClerkError):
    """Somebody else saved the case since it was read."""


class NotAcceptable(ClerkError):
    """The case is not in a condition for this act."""


class NotAllowed(ClerkError):
    """This person, window or mandate does not carry the act."""


class PinNeeded(NotAllowed):
    """A decision needs the PIN (审批密码), which was not typed, or not lately enough."""


class SignInRefused(ClerkError):
    """Account or password do not match, or the account is locked."""


class BadInput(ClerkError):
    """What was typed, scanned or read cannot be right."""


class UnknownItem(ClerkError):
    """No item of that code is in the catalogue, or none is in force."""


class StandardFaulty(ClerkError):
    """An item standard does not parse; ``faults`` lists every fault found."""

    def __init__(self, message: str, faults: tuple[str, ...]) -> None:
        super().__init__(message)
        self.faults = faults


class SamplesFaulty(ClerkError):
    """The sample cases of an item do not parse; ``faults`` lists every fault found."""

    def __init__(self, message: str, faults: tuple[str, ...]) -> None:
        super().__init__(message)
        self.faults = faults


class StoreTrouble(ClerkError):
    """The store cannot be used: full, locked, damaged, newer than us, or of another key."""


class PaperTrouble(ClerkError):
    """A paper could not be made; the case itself is unchanged."""


class SealUnavailable(ClerkError):
    """The service that seals papers does not answer; the paper bears no seal of its."""


class CertificateFileRefused(ClerkError):
    """A certificate file is none, is damaged, or asks for more than a file may; not used."""


class DeviceTrouble(ClerkError):
    """A device did not finish; what was read so far is not used."""


class NoCard(DeviceTrouble):
    """No card lies on the reader."""


class DeviceAbsent(DeviceTrouble):
    """The device is not there."""
