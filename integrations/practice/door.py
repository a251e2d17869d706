"""What a practice peer demands at its door: a password digest or a signature, once each.

A library may ask for either (soap.md 6.1); with a signature its answers are signed as well.
"""

import base64
import threading
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

from lxml import etree

from integrations.practice.envelope import Refused
from integrations.soap import xml
from integrations.soap.answer_signature import SignatureChecker
from integrations.soap.outcome import SignatureDoubt
from integrations.soap.security import SecurityMode, WireSecurity
from integrations.soap.ws_security import WSSE, WSU, password_digest, secure

_TOLERANCE: Final = timedelta(minutes=5)
_SECURITY: Final = f"{{{xml.SOAP_11}}}Header/{{{WSSE}}}Security"
_ID: Final = f"{{{WSU}}}Id"


class Door:
    """Lets in who proves himself; ``seen`` are the nonces and signatures that came by."""

    def __init__(
        self,
        mode: SecurityMode,
        *,
        passwords: Mapping[str, str] | None = None,
        clients_pem: str = "",
        own: WireSecurity | None = None,
    ) -> None:
        """``clients_pem`` may sign what comes in, ``own`` signs what goes out."""
        self._mode = mode
        self._passwords = dict(passwords or {})
        self._checker = SignatureChecker(clients_pem, _TOLERANCE) if clients_pem else None
        self._own = own
        self._lock = threading.Lock()
        self.seen: list[str] = []

    def let_in(self, content: bytes, now: datetime) -> bytes:
        """Return the message without what proved it; raises ``Refused`` where nothing does."""
        try:
            envelope = xml.parse(content)
        except xml.XmlRefused as error:
            raise Refused("INVALID_ARGUMENT", "报文不能解析") from error
        security = envelope.find(_SECURITY)
        if security is None:
            raise Refused("AUTHN_FAILED", "报文没有身份凭据")
        if self._mode is SecurityMode.DIGEST:
            self._check_digest(security, now)
        else:
            self._check_signature(envelope, security, now)
        parent = security.getparent()
        if parent is not None:
            parent.remove(security)
        for element in envelope.iter(etree.Element):
            if _ID in element.attrib:
                del element.attrib[_ID]
        return etree.tostring(envelope)

    def sign(self, answer: bytes, now: datetime) -> bytes:
        """Return the answer as this peer gives it."""
        if self._own is None:
            return answer
        envelope = xml.parse(answer)
        secure(envelope, asdict(self._own), now, b"")
        return etree.tostring(envelope, xml_declaration=True, encoding="utf-8")

    def _check_digest(self, security: etree._Element, now: datetime) -> None:
        token = security.find(f"{{{WSSE}}}UsernameToken")
        if token is None:
            raise Refused("AUTHN_FAILED", "报文没有口令摘要")
        nonce, created = xml.child_text(token, "Nonce"), xml.child_text(token, "Created")
        password = self._passwords.get(xml.child_text(token, "Username"), "")
        try:
            digest = password_digest(base64.b64decode(nonce), created, password)
            early = datetime.fromisoformat(created) - now
        except ValueError as error:
            raise Refused("AUTHN_FAILED", "口令摘要写得不对") from error
        if not password or digest != xml.child_text(token, "Password"):
            raise Refused("AUTHN_FAILED", "用户名或口令不对")
        if abs(early) > _TOLERANCE:
            raise Refused("CLOCK_SKEW", "报文时间与本系统相差太大")
        self._once(nonce)

    def _check_signature(
        self, envelope: etree._Element, security: etree._Element, now: datetime
    ) -> None:
        doubt = SignatureDoubt.MISSING
        if self._checker is not None:
            found = self._checker.doubt(envelope, now)
            if found is None:
                self._once("".join(map(str, security.itertext())))
                return
            doubt = found
        code = "CLOCK_SKEW" if doubt is SignatureDoubt.EXPIRED else "AUTHN_FAILED"
        raise Refused(code, f"报文签名不能确认：{doubt}")

    def _once(self, proof: str) -> None:
        with self._lock:
            if proof in self.seen:
                raise Refused("REPLAYED", "同一份凭据用了两次")
            self.seen.append(proof)
