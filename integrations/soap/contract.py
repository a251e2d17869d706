# mypy: disallow-untyped-calls=False
# zeep says it is typed, but most of its functions are not; this module is its wrapper
"""A shipped WSDL with zeep under it: builds our messages and reads answers that passed the gate.

The one place that knows zeep, and it runs in the scribe's child. It gets its files from
``clerk.assets`` and never sees a network: ``integrations.soap.transport`` sends,
``integrations.soap.gate`` checks, and only then zeep reads.
"""

import logging
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final

import zeep
from lxml import etree
from zeep.helpers import serialize_object

from clerk import assets
from integrations.soap import xml

_LOGGERS: Final = ("zeep", "zeep.transports")
_SOAP: Final = f"{{{xml.SOAP_11}}}"

Fields = Mapping[str, object]


class _ShippedFiles(zeep.Transport):
    """Serves the shipped files to zeep and nothing else."""

    def load(self, url: str) -> bytes:
        """Return a shipped file by the last part of its name."""
        return assets.read_bytes("resources", f"wsdl/{PurePath(url).name}")


class Contract:
    """One shipped contract."""

    def __init__(self, name: str) -> None:
        """Read ``wsdl/<name>.wsdl`` with its schema; takes some 10 ms."""
        silence_zeep()
        self.schema: etree._Element = xml.parse(assets.read_bytes("resources", f"wsdl/{name}.xsd"))
        self.namespace = self.schema.get("targetNamespace", "")
        self._client = zeep.Client(
            str(assets.path("resources", f"wsdl/{name}.wsdl")),
            transport=_ShippedFiles(),
            settings=zeep.Settings(
                strict=True,
                forbid_dtd=True,
                forbid_entities=True,
                forbid_external=True,
                xml_huge_tree=False,
            ),
        )
        self._binding = self._client.service._binding  # noqa: SLF001  zeep has no public door to it
        declared = self.schema.find(f"{{{xml.XML_SCHEMA}}}element[@name='CallContext']")
        self._header = (
            None
            if declared is None  # the older generation knows no header
            else self._client.get_element(f"{{{self.namespace}}}CallContext")
        )

    def action(self, operation: str) -> str:
        """Return the SOAPAction of ``operation``."""
        return f"{self.namespace}#{operation}"

    def message(self, operation: str, context: Fields, fields: Fields) -> etree._Element:
        """Return the envelope that asks for ``operation``."""
        envelope = etree.Element(f"{_SOAP}Envelope", nsmap={"soap-env": xml.SOAP_11})
        if self._header is not None:
            header = etree.SubElement(envelope, f"{_SOAP}Header")
            self._header.render(header, self._header(**context))
        asked = self._binding.get(operation).input.body
        asked.render(etree.SubElement(envelope, f"{_SOAP}Body"), asked(**fields))
        return envelope

    def read(self, operation: str, envelope: etree._Element) -> Mapping[str, Any]:
        """Return the values of an answer that has passed the gate, by their XML names."""
        answered = self._binding.get(operation).output.body
        said = envelope[-1][0]  # the one child of the one Body, which the gate has made sure of
        read = answered.parse(said, self._client.wsdl.types)
        values: Mapping[str, Any] = serialize_object(read, dict)
        return values


def written(envelope: etree._Element) -> bytes:
    """Return an envelope as it goes out; whatever is signed in it stays as it is."""
    return etree.tostring(envelope, xml_declaration=True, encoding="utf-8")


def silence_zeep() -> None:
    """Let zeep log nothing: at debug level it writes whole envelopes, with people in them."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
        logger.setLevel(logging.CRITICAL)
