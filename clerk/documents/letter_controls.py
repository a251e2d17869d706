"""Word's content controls (内容控件) as marks: their tag or title names the field, as 【…】 does.

A control that is a field of ours becomes its mark before the letter is filled, and with that plain
text: in a letter that is signed no control is left that could still be changed.

A repeating section (重复节) that is called like a list is repeated for each of its rows: its first
item stays until then as what is repeated, the controls in it name columns.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from clerk.documents.letter_fields import by_mark, known_pictures, list_named
from clerk.documents.letter_marks import MARK, TICKED, USUAL_TICK, W, read_mark

_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PROMPT_STYLE: Final = "PlaceholderText"
_TAKEN_APART: Final = frozenset({"docPartObj", "docPartList", "group", "picture", "bibliography"})


def controls_to_marks(root: etree._Element) -> None:
    """Turn every control that names a field into the mark of that field."""
    sections = [one for one in root.iter(f"{W}sdt") if _list_of(one)]
    for control in list(root.iter(f"{W}sdt")):
        named = _field_of(control)
        if named:
            _write_mark(control, named)
            unwrap(control)
    for section in sections:
        first, *others = section.iterfind(f"{W}sdtContent/{W}sdt")
        for other in others:
            unwrap(other, keep=False)
        unwrap(section)
        if not any(read_mark(mark).column for mark in MARK.findall(_words(first))):
            unwrap(first)


def strange_controls(root: etree._Element) -> Iterator[str]:
    """Yield what the controls are called that are there to be filled and are no field of ours."""
    for control in root.iter(f"{W}sdt"):
        told = control.find(f"{W}sdtPr")
        if told is None or any(told.find(f"{W}{one}") is not None for one in _TAKEN_APART):
            continue
        asks = told.find(f"{W}showingPlcHdr") is not None or _is_check(control)
        asks = asks or told.find("{*}repeatingSection") is not None
        if asks and not _field_of(control) and not _list_of(control):
            yield next(iter(_names(control)), "")


def _words(control: etree._Element) -> str:
    return "".join(text.text or "" for text in control.iter(f"{W}t"))


def _field_of(control: etree._Element) -> str:
    """Return the mark, without brackets, that a control stands for; empty where for none."""
    for name in _names(control):
        for path in (*(f"{listed}.{name}" for listed in _lists_around(control)), name):
            mark = read_mark(f"☐{path}" if _is_check(control) else path)
            if mark.path in by_mark() or path in known_pictures():
                return path
    return ""


def _list_of(control: etree._Element) -> str:
    """Return the list that a repeating section stands for; empty where it is none, or unknown."""
    if control.find(f"{W}sdtPr/{{*}}repeatingSection") is None:
        return ""
    holds = control.find(f"{W}sdtContent/{W}sdt") is not None
    return next((name for name in _names(control) if holds and list_named(name)), "")


def _lists_around(control: etree._Element) -> list[str]:
    return [name for one in control.iterancestors(f"{W}sdt") if (name := _list_of(one))]


def _names(control: etree._Element) -> Iterator[str]:
    for kind in ("tag", "alias"):
        told = control.find(f"{W}sdtPr/{W}{kind}")
        name = "" if told is None else str(told.get(f"{W}val", "")).strip().strip("【】☐")
        if name:
            yield name


def _is_check(control: etree._Element) -> bool:
    return control.find(f"{W}sdtPr/{_W14}checkbox") is not None


def _write_mark(control: etree._Element, named: str) -> None:
    """Leave one text in the control, the mark, in the look of the first that stood there."""
    texts = list(control.iterfind(f"{W}sdtContent//{W}t"))
    runs = list(control.iterfind(f"{W}sdtContent//{W}r"))
    run = next(texts[0].iterancestors(f"{W}r")) if texts else (runs[0] if runs else None)
    if run is None:
        run = _new_run(control)
    for other in runs:
        if other is not run:
            around = other.getparent()
            if around is not None:
                around.remove(other)
    for child in list(run):
        if child.tag != f"{W}rPr":
            run.remove(child)
    text = etree.SubElement(run, f"{W}t")
    text.set(_XML_SPACE, "preserve")
    text.text = f"【{_check_sign(control)}{named}】"
    style = run.find(f"{W}rPr/{W}rStyle")
    if style is not None and str(style.get(f"{W}val", "")) == _PROMPT_STYLE:
        _look_of_control(control, run)


def _new_run(control: etree._Element) -> etree._Element:
    """Put a run into a control that holds none."""
    content = control.find(f"{W}sdtContent")
    if content is None:
        content = etree.SubElement(control, f"{W}sdtContent")
    around = control.getparent()
    inline = around is not None and around.tag in {f"{W}p", f"{W}hyperlink", f"{W}r"}
    paragraph = content if inline else content.find(f".//{W}p")
    if paragraph is None:
        paragraph = etree.SubElement(content, f"{W}p")
    return etree.SubElement(paragraph, f"{W}r")


def _look_of_control(control: etree._Element, run: etree._Element) -> None:
    """Give what is filled in the control's own look instead of the grey of its prompt."""
    grey, own = run.find(f"{W}rPr"), control.find(f"{W}sdtPr/{W}rPr")
    if grey is not None:
        run.remove(grey)
    if own is not None:
        run.insert(0, own)


def _check_sign(control: etree._Element) -> str:
    """Return the box of a check control with its tick, empty for any other control."""
    told = control.find(f"{W}sdtPr/{_W14}checkbox/{_W14}checkedState")
    if not _is_check(control):
        return ""
    code = "" if told is None else str(told.get(f"{_W14}val", ""))
    try:
        tick = chr(int(code, 16))
    except ValueError:
        tick = USUAL_TICK
    return f"☐{tick if tick in TICKED else USUAL_TICK}"


def unwrap(control: etree._Element, *, keep: bool = True) -> None:
    """Put what a control holds in its place, or nothing."""
    content, around = control.find(f"{W}sdtContent"), control.getparent()
    if content is None or around is None:
        return
    for child in list(content) if keep else ():
        control.addprevious(child)
    around.remove(control)
