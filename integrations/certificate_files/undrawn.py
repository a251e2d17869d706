"""What a file asks for and its picture does not show, in words for the clerk."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from typing_extensions import override

_SHOWN_CHARACTERS: Final = 12


class Lack(StrEnum):
    """Something that is not in the picture, or not as the file wants it."""

    OBJECT = "写错的图元"
    UNKNOWN_OBJECT = "无法识别的图元"
    RESOURCE = "文件中缺少的资源"
    PARAMS = "文件中缺少的绘制参数（按常规显示）"
    TEMPLATE = "文件中缺少的模板页"
    FONT = "读不出的内嵌字体（已换字体）"
    PICTURE = "读不出的图片"
    PICTURE_SIZE = "过大的图片"
    COLOUR = "无法识别的颜色"
    PROFILE = "颜色配置文件（颜色按常规显示）"
    PATTERN = "底纹"
    CLIP = "无法识别的裁剪"
    ANNOTATION = "没有外观的批注"
    ANNOTATIONS = "读不出的批注"
    SEAL = "读不出的印章图样"
    DEPTH = "嵌套过深的内容"


class Undrawn:
    """Collects what is lacking while a page is drawn; each thing is told once."""

    def __init__(self) -> None:
        self._lacks: dict[Lack, None] = {}
        self._characters: dict[str, None] = {}

    def add(self, lack: Lack) -> None:
        self._lacks[lack] = None

    def add_character(self, character: str) -> None:
        """Note a character that no font at hand can show."""
        self._characters[character if character.isprintable() else "\ufffd"] = None

    def words(self) -> tuple[str, ...]:
        return tuple(self._words())

    def _words(self) -> Iterator[str]:
        if self._characters:
            shown = "".join(list(self._characters)[:_SHOWN_CHARACTERS])
            more = "等" if len(self._characters) > _SHOWN_CHARACTERS else ""
            yield f"没有字形的文字“{shown}”{more}"
        yield from (str(lack) for lack in self._lacks)

    @override
    def __repr__(self) -> str:
        return f"Undrawn{self.words()}"
