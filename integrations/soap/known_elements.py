"""Which elements a contract knows at which place, read from its schema.

Our contracts are sequences of elements of named or inner types, without choice, any or extension.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from integrations.soap import xml

_XS: Final = f"{{{xml.XML_SCHEMA}}}"
_SIMPLE: Final[Mapping[str, etree._Element]] = {}


class KnownElements:
    """The elements of one schema."""

    def __init__(self, schema: etree._Element) -> None:
        """Keep ``schema``; it is not changed."""
        self._namespace = schema.get("targetNamespace", "")
        self._types = {each.get("name"): each for each in schema.iterfind(f"{_XS}complexType")}
        self._roots = {
            self._tag(each): each for each in schema.iterfind(f"{_XS}element") if each.get("name")
        }
        self._schema = schema

    def of_type(self, name: str) -> tuple[str, ...]:
        """Return the tags of all elements whose type is the XML Schema type ``name``."""
        declared = self._schema.iterfind(f".//{_XS}element[@type='xs:{name}']")
        return tuple(dict.fromkeys(self._tag(each) for each in declared))

    def remove_others(self, element: etree._Element) -> None:
        """Take out of ``element`` every element that its type does not name, at any depth.

        Text behind such an element stays: the schema refuses it as it would without the removal.
        """
        declaration = self._roots.get(str(element.tag))
        if declaration is not None:
            self._remove(element, declaration)

    def lacking(self, element: etree._Element, path: str) -> bool:
        """Whether ``element`` is the first name of ``path`` and one on the way lacks the next."""
        first, *names = path.split("/")
        if xml.local_name(element) != first:
            return False
        parents = [element]
        for name in names:
            tag = f"{{{self._namespace}}}{name}"
            found = [parent.findall(tag) for parent in parents]
            if name == names[-1]:
                return not all(each and all((e.text or "").strip() for e in each) for each in found)
            parents = [child for each in found for child in each]
        return False

    def _remove(self, element: etree._Element, declaration: etree._Element) -> None:
        inside = self._inside(declaration)
        if not inside:
            return
        for child in list(element.iterchildren(etree.Element)):
            known = inside.get(str(child.tag))
            if known is not None:
                self._remove(child, known)
            elif not (child.tail or "").strip():
                element.remove(child)

    def _inside(self, declaration: etree._Element) -> Mapping[str, etree._Element]:
        """Return the declarations inside one, empty where it is of a simple type."""
        named = declaration.get("type", "").partition(":")[2]
        described = declaration.find(f"{_XS}complexType") if not named else self._types.get(named)
        return _SIMPLE if described is None else {self._tag(e): e for e in _sequence(described)}

    def _tag(self, declaration: etree._Element) -> str:
        return f"{{{self._namespace}}}{declaration.get('name')}"


def _sequence(described: etree._Element) -> Iterator[etree._Element]:
    yield from described.iterfind(f"{_XS}sequence/{_XS}element")
