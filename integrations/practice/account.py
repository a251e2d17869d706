"""What the practice counter signs in with at libraries that want a session; no secret."""

from typing import Final

ACCOUNT: Final = "practice-counter"
PASSWORD: Final = "practice"
