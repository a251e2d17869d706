"""The document inside an OFD package: its pages in their order, templates and resources.

Whatever may be missing may be missing; resources are read once per document, when first asked
for. A part that is named and not there is told by whoever needs it.
"""

from collections.abc import Iterator
from dataclasses import field
from typing import Final

from clerk.domain.errors import CertificateFileRefused
from clerk.values import dataclass
from integrations.certificate_files.ofd_package import OfdPackage, PageAt
from integrations.certificate_files.ofd_reading import (
    Attributes,
    Box,
    Element,
    attribute,
    attributes,
    box,
    child,
    children,
    local,
    text_of,
)

_A4: Final[Box] = (0.0, 0.0, 210.0, 297.0)
_AREAS: Final = ("PhysicalBox", "ApplicationBox", "ContentBox")
_SMALLEST_MM, _LARGEST_MM = 1.0, 5000.0
_ORDER: Final = {"background": 0, "body": 1, "foreground": 2}
_PARAM_DEPTH: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One entry of a resource file, and the folder its own files are named from."""

    element: Element
    file: str
    base: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """What is said of lines and colours; what is nearer to the object covers what is farther."""

    words: Attributes = field(default_factory=dict)
    fill: Element | None = None
    stroke: Element | None = None

    def under(self, nearer: "Params") -> "Params":
        return Params(
            words={**self.words, **nearer.words},
            fill=self.fill if nearer.fill is None else nearer.fill,
            stroke=self.stroke if nearer.stroke is None else nearer.stroke,
        )


def params_of(element: Element, words: Attributes | None = None) -> Params:
    """Return what an element itself says."""
    return Params(
        words=attributes(element) if words is None else words,
        fill=child(element, "FillColor"),
        stroke=child(element, "StrokeColor"),
    )


class Resources:
    """Everything that is drawn with, by its number in the document."""

    def __init__(self, package: OfdPackage, above: "Resources | None" = None) -> None:
        self._package = package
        self._above = above
        self._known: dict[tuple[str, str], Resource] = {}
        self._params: dict[str, Params] = {}
        self.without_params = False

    def add(self, path: str) -> None:
        """Read a resource file; of one that is missing or broken only what is asked for is told."""
        try:
            root = self._package.xml(path)
        except CertificateFileRefused:
            return
        base = attribute(root, "BaseLoc")
        for collection in root:
            for entry in collection:
                key = (local(entry).lower(), attribute(entry, "ID"))
                self._known[key] = Resource(element=entry, file=path, base=base)

    def find(self, kind: str, number: str) -> Resource | None:
        """Return the ``kind`` (``Font``, ``DrawParam`` …) of that number, None where none is."""
        found = self._known.get((kind.lower(), number))
        if found is None and self._above is not None:
            return self._above.find(kind, number)
        return found

    def params(self, number: str, depth: int = 0) -> Params:
        """Return a DrawParam with all that it inherits."""
        if not number or depth > _PARAM_DEPTH:
            return Params()
        if number not in self._params:
            found = self.find("DrawParam", number)
            if found is None:
                self.without_params = True
                return Params()
            base = self.params(attribute(found.element, "Relative"), depth + 1)
            self._params[number] = base.under(params_of(found.element))
        return self._params[number]

    def path(self, resource: Resource, name: str) -> str:
        """Return where a file lies that an entry names: below ``BaseLoc``, or beside its list."""
        if name.startswith("/") or not resource.base:
            return self._package.resolve(resource.file, name)
        below = f"{resource.base.rstrip('/')}/{name}"
        place = self._package.resolve(resource.file, below)
        if place in self._package.names:
            return place
        beside = self._package.resolve(resource.file, name)
        return beside if beside in self._package.names else place


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A layer of a page or of a template on it, with what its objects may use."""

    element: Element
    resources: Resources


class Document:
    """One ``Document.xml``."""

    def __init__(self, package: OfdPackage, path: str) -> None:
        self.package = package
        self.path = path
        self.root = package.xml(path)
        self.common = child(self.root, "CommonData")
        self._resources: Resources | None = None

    @property
    def resources(self) -> Resources:
        if self._resources is None:
            self._resources = Resources(self.package)
            for kind in ("PublicRes", "DocumentRes"):
                self._add_resources(self._resources, self.common, kind, self.path)
        return self._resources

    def _add_resources(
        self, resources: Resources, within: Element | None, kind: str, beside: str
    ) -> None:
        for place in children(within, kind) if within is not None else ():
            if text_of(place):
                resources.add(self.package.resolve(beside, text_of(place)))

    def own_resources(self, page: Element, path: str) -> Resources:
        """Return the resources of a page or template, on top of the document's."""
        if child(page, "PageRes") is None:
            return self.resources
        resources = Resources(self.package, self.resources)
        self._add_resources(resources, page, "PageRes", path)
        return resources

    @property
    def templates(self) -> dict[str, tuple[str, str]]:
        """Return where each template page lies and in which order it comes, by its number."""
        listed = children(self.common, "TemplatePage") if self.common is not None else ()
        return {
            attribute(one, "ID"): (
                self.package.resolve(self.path, attribute(one, "BaseLoc")),
                attribute(one, "ZOrder"),
            )
            for one in listed
        }


class Page:
    """One page, opened."""

    def __init__(self, package: OfdPackage, listed: PageAt) -> None:
        self.number = listed.page_id
        self.path = listed.content
        self.document = Document(package, listed.document)
        self._root = package.xml(listed.content)
        self.missing_template = False

    @property
    def area(self) -> Box:
        """Return the sheet in millimetres: the page's own, or the document's, or A4."""
        common = self.document.common
        for area in (child(self._root, "Area"), child(common, "PageArea")):
            for name in _AREAS:
                try:
                    found = box(text_of(child(area, name)))
                except ValueError:
                    continue
                if found is not None and all(
                    _SMALLEST_MM <= size <= _LARGEST_MM for size in found[2:]
                ):
                    return found
        return _A4

    def layers(self) -> tuple[Layer, ...]:
        """Return all layers from the lowest to the topmost, those of templates among them."""
        found = list(self._template_layers())
        own = self.document.own_resources(self._root, self.path)
        found += [
            (_rank(attribute(layer, "Type")), Layer(element=layer, resources=own))
            for layer in _layers(self._root)
        ]
        return tuple(layer for _, layer in sorted(found, key=lambda ranked: ranked[0]))

    def _template_layers(self) -> Iterator[tuple[int, Layer]]:
        templates = self.document.templates
        for used in children(self._root, "Template"):
            path, order = templates.get(attribute(used, "TemplateID"), ("", ""))
            rank = _rank(attribute(used, "ZOrder") or order or "Background")
            try:
                template = self.document.package.xml(path)
            except CertificateFileRefused:
                self.missing_template = True
                continue
            resources = self.document.own_resources(template, path)
            for layer in sorted(_layers(template), key=lambda one: _rank(attribute(one, "Type"))):
                yield rank, Layer(element=layer, resources=resources)


def _layers(page: Element) -> list[Element]:
    content = child(page, "Content")
    return [] if content is None else list(children(content, "Layer"))


def _rank(kind: str) -> int:
    return _ORDER.get(kind.lower(), _ORDER["body"])
