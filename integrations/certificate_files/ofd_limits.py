"""How much one page may ask for; a foreign file may be anything."""

from typing import Final

from clerk.values import dataclass
from integrations.certificate_files.guard import FileFlawed, Flaw

MAX_DEPTH: Final = 12
"""How deep blocks, composite objects, patterns and seals may lie inside each other."""

MAX_PICTURE_PIXELS: Final = 40_000_000
MAX_PAGE_PIXELS: Final = 40_000_000


@dataclass(slots=True)
class Allowance:
    """What is left to be spent on one page, with all that is drawn on it.

    Raises ``FileFlawed`` as soon as more is asked for.
    """

    objects: int = 60_000
    glyphs: int = 150_000
    path_steps: int = 1_500_000
    pixels: int = 120_000_000

    def spend_object(self) -> None:
        self.objects -= 1
        self._check(self.objects)

    def spend_glyphs(self, count: int) -> None:
        self.glyphs -= count
        self._check(self.glyphs)

    def spend_path(self, steps: int) -> None:
        self.path_steps -= steps
        self._check(self.path_steps)

    def spend_pixels(self, pixels: int) -> None:
        self.pixels -= pixels
        self._check(self.pixels)

    @staticmethod
    def _check(left: int) -> None:
        if left < 0:
            raise FileFlawed(Flaw.PAGE_TOO_FULL)
