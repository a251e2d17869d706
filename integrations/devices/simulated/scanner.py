"""A scanner that plays: whatever page was laid under it comes back as a whole file."""

from clerk import assets
from integrations.devices.trouble import NothingOnScanner

_PAGES = "practice/pages"


class SimulatedScanner:
    """Gives the practice pages one after another, or the one that was laid under it."""

    def __init__(self) -> None:
        self._laid: str | None = None
        self._turn = 0

    @staticmethod
    def pages() -> tuple[str, ...]:
        """Return the names of the practice pages, without ending."""
        names = assets.names("resources", _PAGES)
        return tuple(
            name.removeprefix(f"{_PAGES}/").removesuffix(".png")
            for name in names
            if name.endswith(".png")
        )

    def lay(self, page: str) -> None:
        """Lay one of ``pages`` under the camera; it stays there until another is laid."""
        self._laid = page

    def scan(self) -> tuple[bytes, str]:
        """Return the page as a PNG file.

        Raises:
            NothingOnScanner: the bureau's site folder took all practice pages away.
        """
        pages = self.pages()
        if not pages:
            raise NothingOnScanner
        page = self._laid or pages[self._turn % len(pages)]
        self._turn += 1
        return assets.read_bytes("resources", f"{_PAGES}/{page}.png"), "image/png"
