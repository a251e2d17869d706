"""Where in a standard something stands, as people call it: 材料 2 营业执照 › 什么情形才要."""

import re
from collections.abc import Mapping
from typing import Final

from clerk.domain.draft_editing import Path, lines_at, value_at
from clerk.ui.standards_codes import SAMPLES
from clerk.ui.standards_elements import EDITED, TRIAL
from clerk.ui.standards_shape import Element, Lines

_CODE: Final = re.compile(r"(?<![\w:.])[a-z]\w*(?![\w:.])", re.ASCII | re.IGNORECASE)
_NAMED: Final = (("fields", "label"), ("requirements", "name"), ("questions", "text"))
_BY_CODE: Final = ("没有", "代码")
"""How a fault begins that speaks of a code as a code: one that is not there, or is there twice."""


def place_words(path: Path, table: Mapping[str, object]) -> str:
    """The place in words, as far as the tabs name it."""
    if not path:
        return "整个标准"
    if path[0] == SAMPLES:
        name = value_at(table, (*path[:2], "name"))
        return f"{TRIAL.name} › {name}" if name else TRIAL.name
    for tab in EDITED:
        for section in tab.sections:
            if section.lines is not None and section.lines.key == path[0]:
                return " › ".join(_of_lines(section.lines, (), path, table)) or tab.name
            label = _label(section.elements, path)
            if label:
                return f"{tab.name} › {label}"
    return str(path[0])


def named_in(says: str, table: Mapping[str, object]) -> str:
    """What a fault says, with lines, materials and questions called by their names."""
    if says.startswith(_BY_CODE):
        return says
    names = {
        str(line.get("code")): f"“{line[label]}”"
        for key, label in _NAMED
        for line in lines_at(table, (key,))
        if isinstance(line, Mapping) and line.get(label)
    }
    said = _CODE.sub(lambda found: names.get(found[0], found[0]), says)
    return re.sub(r"(?<=[\u4e00-\u9fff]) (?=“)|(?<=”) (?=[\u4e00-\u9fff])", "", said)


def _of_lines(lines: Lines, base: Path, path: Path, table: Mapping[str, object]) -> list[str]:
    at = (*base, lines.key)
    if len(path) <= len(at):
        return [lines.name]
    number = path[len(at)]
    if not isinstance(number, int):
        return [lines.name]
    here = (*at, number)
    said = [f"{lines.name} {number + 1} {lines.title_of(value_at(table, here))}"]
    rest = path[len(here) :]
    if lines.below is not None and rest and rest[0] == lines.below.key:
        return said + _of_lines(lines.below, here, path, table)
    label = _label(lines.elements, rest)
    return [*said, label] if label else said


def _label(elements: tuple[Element, ...], rest: Path) -> str:
    fitting = (one for one in elements if rest and rest[: len(one.path)] == one.path)
    near = (one for one in elements if rest and one.path[: len(rest)] == rest)
    found = next(fitting, None) or next(near, None)
    return found.label if found else ""
