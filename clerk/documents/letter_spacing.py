"""Where Chinese and Latin characters meet, and where a line may break within a word.

Word leaves some room between the two (autoSpaceDE, autoSpaceDN).
"""

import re
from typing import Final

_HAN: Final = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_LATIN: Final = "A-Za-z0-9"
_BORDER: Final = re.compile(f"([{_HAN}](?=[{_LATIN}])|[{_LATIN}](?=[{_HAN}]))")
_ROOM: Final = "0.2em"
_LONG: Final = re.compile(r"[^\s\u2e80-\U000323af]{16,}")
"""A word without a place to break it that may be wider than a cell."""

AUTO_SPACE_CSS: Final = f".a{{letter-spacing:{_ROOM}}}"


def spaced(html: str) -> str:
    """Return escaped text in which the last character before each border carries the room.

    Named characters such as ``&amp;`` end in a semicolon, so no border lies within one.
    """
    return _BORDER.sub(r'<span class="a">\1</span>', html).replace('</span><span class="a">', "")


def break_css(text: str) -> str:
    """Return what lets the long words of a paragraph break; empty where it has none.

    WORKAROUND WeasyPrint: where that is allowed, it also breaks a short word at the edge of a run.
    """
    return ";overflow-wrap:anywhere" if _LONG.search(text) else ""
