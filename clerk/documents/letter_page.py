"""What a Word file says of its pages: paper, margins, line grid, and which Word it is laid out for."""

from typing import Final

from lxml import etree

from clerk.documents.letter_package import read_part
from clerk.documents.letter_style import W, points, properties

WORD_2013: Final = 15
BASE_CSS: Final = (
    "*{box-sizing:border-box}html,body{margin:0}p,.p{min-height:1lh}"
    "p,.p,td{orphans:2;widows:2;white-space:pre-wrap}table{border-collapse:collapse;table-layout:fixed}"
    "thead{display:table-header-group}td{padding:0 5.4pt}"
    ".anchor{position:relative}.head{position:running(head)}.foot{position:running(foot)}"
    ".page::after{content:counter(page)}.pages::after{content:counter(pages)}"
)
"""What every letter begins with."""


def page_css(section: etree._Element | None) -> str:
    found = properties(section)
    size, margin = found.get("pgSz", {}), found.get("pgMar", {})
    width, height = points(size.get("w", "11906")), points(size.get("h", "16838"))
    top, bottom = points(margin.get("top", "1440")), points(margin.get("bottom", "1440"))
    left, right = points(margin.get("left", "1800")), points(margin.get("right", "1800"))
    above, below = points(margin.get("header", "720")), points(margin.get("footer", "720"))
    return (
        f"@page{{size:{width:g}pt {height:g}pt;margin:{top:g}pt {right:g}pt {bottom:g}pt {left:g}pt;"
        f"@top-center{{content:element(head);width:100%;vertical-align:top;padding-top:{above:g}pt}}"
        f"@bottom-center{{content:element(foot);width:100%;vertical-align:bottom;"
        f"padding-bottom:{below:g}pt}}}}"
    )


def text_area(section: etree._Element | None) -> tuple[float, float]:
    """Return the left margin of the pages and the width of their text, in points."""
    found = properties(section)
    margin = found.get("pgMar", {})
    left, right = points(margin.get("left", "1800")), points(margin.get("right", "1800"))
    return left, points(found.get("pgSz", {}).get("w", "11906")) - left - right


def compatibility(settings: bytes | None) -> int:
    """Return which Word the file is laid out for; one that does not say is an old one."""
    if settings is not None:
        for setting in read_part(settings).iter(f"{W}compatSetting"):
            if setting.get(f"{W}name") == "compatibilityMode":
                return int(setting.get(f"{W}val", "0"))
    return 0


def grid_pt(section: etree._Element | None) -> float:
    """Return the pitch of the page's line grid (文档网格), 0 where it has none."""
    grid = properties(section).get("docGrid", {})
    return points(grid.get("linePitch", "0")) if grid.get("type", "default") != "default" else 0


def page_counter(instruction: str) -> str:
    """Return what stands for a field that counts pages; empty for any other field."""
    word = instruction.split()[:1]
    return {"PAGE": '<span class="page"></span>', "NUMPAGES": '<span class="pages"></span>'}.get(
        word[0] if word else "", ""
    )
