"""Draws small OFD files and looks at the picture, point by point."""

import io

from PIL import Image, ImageChops

from integrations.certificate_files.ofd_draw import draw
from integrations.certificate_files.ofd_package import OfdPackage
from tests.integrations.ofd_files import OfdFile, block_font

DOTS_PER_MM = 4
DPI = 25.4 * DOTS_PER_MM
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)
FONT = '<ofd:Fonts><ofd:Font ID="5" FontName="Block"><ofd:FontFile>a.ttf</ofd:FontFile></ofd:Font></ofd:Fonts>'
BLOCKS = {"Doc_0/Res/a.ttf": block_font()}


class Seen:
    """A page as it was drawn; places are in millimetres."""

    def __init__(self, file: OfdFile | bytes, page: int = 1) -> None:
        content = file if isinstance(file, bytes) else file.content()
        png, self.undrawn = draw(OfdPackage(content), page, DPI)
        self.image = Image.open(io.BytesIO(png)).convert("RGB")

    def at(self, x, y):
        return self.image.getpixel((int(x * DOTS_PER_MM), int(y * DOTS_PER_MM)))

    def ink(self) -> tuple[float, ...]:
        """Return the box around everything that is not white."""
        box = ImageChops.invert(self.image).getbbox() or (0, 0, 0, 0)
        return tuple(side / DOTS_PER_MM for side in box)


def near(colour, wanted, by=12):
    return all(abs(a - b) <= by for a, b in zip(colour, wanted, strict=True))


def shown(content: str, **more) -> Seen:
    return Seen(OfdFile(pages=[content], **more))
