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
        headers = None if self._header is None else [self._header(**context)]
        envelope: etree._Element = self._client.create_message(
            self._client.service, operation, _soapheaders=headers, **fields
        )
        return envelope

    def read(self, operation: str, envelope: etree._Element) -> Mapping[str, Any]:
        """Return the values of an answer that has passed the gate, by their XML names."""
        described = self._binding.get(operation)
        value = serialize_object(described.process_reply(envelope), dict)
        names = [name for name, _ in described.output.body.type.elements]
        # WORKAROUND zeep: an answer of one element comes without its wrapper
        return {names[0]: value} if len(names) == 1 else value


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
