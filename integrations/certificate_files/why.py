"""Why a seal is found changed, covering in part, or undecided: short codes, no sentences."""

from enum import StrEnum


class Why(StrEnum):
    """The one thing that decided on a finding."""

    NOTHING = ""
    UNREAD = "unread"
    """The seal itself is missing, damaged, or laid out in a way that is not known."""
    METHOD = "method"
    """It was made by an algorithm that is not known here."""
    STAMP = "time-stamp"
    """It carries a time stamp, which is not checked."""
    PARTS = "parts"
    """A part that it covers is not as it was, or gone."""
    SIGNATURE_FILE = "signature-file"
    """The list of what it covers is not as it was."""
    VALUE = "value"
    """The signature does not go with what was signed."""
    OWNER = "owner"
    """Whoever signed is none of those whom the seal names."""
    SIGNER = "signer"
    """No seal vouches for whoever signed, and nobody trusted issued his certificate."""
    MAKER = "maker"
    """The seal is not as its maker made it."""
    LIST = "list"
    """Seals were added or removed, and no intact seal covers that."""
    OUTSIDE = "outside"
    """Something in the file lies outside of what was sealed."""
    LATER = "later"
    """The file was added to after it was sealed, and shows something else since."""
