"""What a short message says to an applicant: texts that the bureau owns, with number and day only.

A telephone is seen by more people than its owner, so no text names a person, an item or a paper.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache

from clerk import assets
from clerk.domain.applicant_messages import Occasion
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Texts:
    signature: str
    query: str
    texts: Mapping[str, str]


def text_of(occasion: Occasion, number: str, day: date | None, phone: str) -> str:
    """Return the whole text; ``phone`` is the window's."""
    read = _texts()
    undated = f"{occasion.value}_no_day"
    name = undated if day is None and undated in read.texts else occasion.value
    said = read.texts[name].format(
        number=number,
        day=f"{day.month}月{day.day}日" if day else "",
        phone=phone,
        query=read.query,
    )
    return f"{read.signature}{said}"


@cache
def _texts() -> _Texts:
    read = tomllib.loads(assets.read_text("resources", "messages/texts.toml"))
    return _Texts(signature=read["signature"], query=read["query"], texts=read["texts"])
