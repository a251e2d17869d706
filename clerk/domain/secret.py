"""What must never be written down: the code a holder shows (亮证码、用证码)."""

from typing import Final

from clerk.domain.errors import BadInput

FEWEST: Final = 6
MOST: Final = 200


class Secret:
    """A text that shows itself to nobody, and hands itself out once.

    It is no frozen value on purpose: after ``take`` and after ``wipe`` nothing is left in it.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Hold a text."""
        self._text = text

    def take(self) -> str:
        """Return the text and forget it; empty the second time."""
        text, self._text = self._text, ""
        return text

    def wipe(self) -> None:
        """Forget the text."""
        self._text = ""

    def __bool__(self) -> bool:
        return bool(self._text)

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> tuple[type["Secret"], tuple[str]]:
        """A copy that leaves the process is empty."""
        return Secret, ("",)


def shown_code(text: str) -> Secret:
    """Return the code that was scanned or typed, if it can be one.

    Raises:
        BadInput: it is too short, too long, or has characters that no code has.
    """
    code = text.strip()
    if not FEWEST <= len(code) <= MOST or not code.isascii() or not code.isprintable():
        raise BadInput(f"亮证码要 {FEWEST} 到 {MOST} 位，只有字母、数字和符号。没有发出，再扫一次")
    return Secret(code)
