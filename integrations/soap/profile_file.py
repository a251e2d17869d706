"""Signed profiles: where a library is and how it is spoken to, as one file that nobody edits.

A profile ``<name>.toml`` counts only with the signature in ``<name>.toml.sig`` beside it. Whatever
it refers to, it pins: authorities and contract by SHA-256, secrets by their name in the system's
keyring. So nothing outside signed files changes where bytes go, or whom we believe.
"""

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from clerk import assets
from clerk.domain.errors import BadInput
from clerk.values import dataclass
from integrations.soap.profile import PeerProfile
from integrations.soap.security import (
    AnswerDemands,
    ClientCertificate,
    SecurityMode,
    WireSecurity,
)
from integrations.soap.transport import tls_context

SHAPES: Final = ("soap_typed", "soap_string", "rest_json")
_SIGN_IN: Final = "sign_in"
"""Name and password of the library's own sign-in, which the typed shape does not have."""
_LARGEST_ANSWER: Final = 64 << 20
_LONGEST_SECONDS: Final = 120.0
_TEXTS: Final = ("name", "shape", "endpoint")


@dataclass(frozen=True, slots=True, kw_only=True)
class OurSelves:
    """What a profile does not say, since it is the same at every library."""

    client_system: str
    org_code: str


IsSigned = Callable[[bytes, str], bool]
"""Whether somebody we trust has signed exactly these bytes."""

Secret = Callable[[str], str | None]
"""Gives a secret by its name, None where there is none to be had."""


def read_profile(file: Path, is_signed: IsSigned, secret: Secret, us: OurSelves) -> PeerProfile:
    """Return the profile in a signed file.

    Raises:
        BadInput: unreadable, not signed, or faulty; the one sentence lists every fault.
    """
    try:
        content = file.read_bytes()
        signature = file.with_name(f"{file.name}.sig").read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"证照库配置 {file.name} 读不出或没有签名，没有启用。请换成县里签发的文件"
        ) from error
    if not is_signed(content, signature):
        raise BadInput(f"证照库配置 {file.name} 的签名不对，没有启用。请换成县里签发的文件")
    try:
        read = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"证照库配置 {file.name} 读不懂，没有启用。请联系签发单位") from error
    reading = _Reading(read, file.parent, secret)
    profile = reading.profile(us)
    if reading.faults or profile is None:
        faults = "；".join(reading.faults)
        raise BadInput(f"证照库配置 {file.name} 有误，没有启用：{faults}。请联系签发单位")
    return profile


class _Reading:
    """One file being read; every fault is kept, so that all are told at once."""

    def __init__(self, read: Mapping[str, Any], folder: Path, secret: Secret) -> None:
        self.faults: list[str] = []
        self._read = dict(read)
        self._folder = folder
        self._secret = secret

    def profile(self, us: OurSelves) -> PeerProfile | None:
        """Return the profile, None where ``faults`` tell why there is none."""
        texts = {name: self._text(self._read, name) for name in _TEXTS}
        if texts["shape"] not in SHAPES:
            self.faults.append(f"shape 应为 {'、'.join(SHAPES)} 之一")
        hosts = self._texts(self._read, "hosts")
        limits, tls = self._table("limits"), self._table("tls")
        answers = self._table("answers")
        ca_data = self._authorities(tls, texts["endpoint"])
        client = self._client(tls)
        security = self._security(self._table("security"))
        demands = self._demands(answers)
        if texts["shape"] == "soap_typed":
            self._check_contract(self._table("contract"))
        else:
            self._check_other_shape(texts["shape"], security, demands)
        seconds = {
            name: self._number(limits, name, default, _LONGEST_SECONDS)
            for name, default in _SECONDS.items()
        }
        most = self._number(limits, "max_answer_bytes", 8 << 20, _LARGEST_ANSWER)
        for name, left in (("limits", limits), ("tls", tls), ("answers", answers)):
            self._nothing_left(name, left)
        self._nothing_left("", self._read)
        if self.faults:
            return None
        try:
            profile = PeerProfile(
                name=texts["name"],
                shape=texts["shape"],
                endpoint=texts["endpoint"],
                allowed_hosts=frozenset(hosts),
                client_system=us.client_system,
                org_code=us.org_code,
                ca_data=ca_data,
                client_certificate=client,
                security=security,
                demands=demands,
                max_answer_bytes=int(most),
                connect_seconds=seconds["connect_seconds"],
                attempt_seconds=seconds["attempt_seconds"],
                total_seconds=seconds["total_seconds"],
            )
        except BadInput:
            self.faults.append("endpoint 不在 hosts 之内，或不是带 tls.ca_file 的 https 地址")
            return None
        self._check_certificates(profile)
        return None if self.faults else profile

    def _check_certificates(self, profile: PeerProfile) -> None:
        """Find out now, and not at the first call, that a file holds something else."""
        from cryptography import x509  # a cryptographic library; the signature has loaded it
        from cryptography.hazmat.primitives import serialization

        if profile.secure:
            try:
                tls_context(profile)
            except BadInput:
                self.faults.append("tls 里的根证书、客户端证书或私钥打不开")
        try:
            if profile.demands.signers_pem:
                x509.load_pem_x509_certificates(profile.demands.signers_pem.encode())
            if profile.security.mode is SecurityMode.X509:
                x509.load_pem_x509_certificate(profile.security.certificate_pem.encode())
                serialization.load_pem_private_key(profile.security.key_pem.encode(), None)
        except (ValueError, TypeError):
            self.faults.append("签名用的证书或私钥打不开")

    def _authorities(self, tls: dict[str, Any], endpoint: str) -> str:
        """Return the pinned authorities; plain HTTP to this machine needs none."""
        if urlsplit(endpoint).scheme != "https" and not tls:
            return ""
        return self._pinned(tls, "ca")

    def _client(self, tls: dict[str, Any]) -> ClientCertificate | None:
        if not tls.keys() & {"client_certificate_file", "client_key_file", "client_key_secret"}:
            return None
        return ClientCertificate(
            certificate_file=self._folder / self._text(tls, "client_certificate_file"),
            key_file=self._folder / self._text(tls, "client_key_file"),
            password=self._kept(tls, "client_key_secret"),
        )

    def _security(self, table: dict[str, Any]) -> WireSecurity:
        mode = table.pop("mode", "none")
        found = WireSecurity()
        if mode == SecurityMode.DIGEST:
            found = WireSecurity(
                mode=SecurityMode.DIGEST,
                username=self._text(table, "username"),
                password=self._kept(table, "password_secret"),
            )
        elif mode == SecurityMode.X509:
            found = WireSecurity(
                mode=SecurityMode.X509,
                key_pem=self._kept(table, "key_secret"),
                certificate_pem=self._pinned(table, "certificate"),
            )
        elif mode == _SIGN_IN:
            found = WireSecurity(
                username=self._text(table, "username"),
                password=self._kept(table, "password_secret"),
            )
        elif mode != SecurityMode.NONE:
            self.faults.append(f"security.mode 应为 {'、'.join(SecurityMode)}、{_SIGN_IN} 之一")
        self._nothing_left("security", table)
        return found

    def _demands(self, table: dict[str, Any]) -> AnswerDemands:
        signed = "signers_file" in table or "signers_sha256" in table
        tolerate = table.pop("tolerate_additions", False)
        if not isinstance(tolerate, bool):
            self.faults.append("answers.tolerate_additions 应为 true 或 false")
        required = self._texts(table, "required", must=False)
        for path in required:
            if "/" not in path or not _names_of_the_contract().issuperset(path.split("/")):
                self.faults.append(f"answers.required 的 {path} 不是接口里的字段")
        return AnswerDemands(
            tolerate_additions=tolerate is True,
            required=tuple(required),
            signers_pem=self._pinned(table, "signers") if signed else "",
            clock_tolerance_seconds=int(
                self._number(table, "clock_tolerance_seconds", 300, 3600.0)
            ),
        )

    def _check_contract(self, table: dict[str, Any]) -> None:
        """Refuse a contract that is not the one this program ships."""
        for name in ("wsdl", "xsd"):
            shipped = hashlib.sha256(assets.read_bytes("resources", f"wsdl/certlib.{name}"))
            if self._text(table, f"{name}_sha256").lower() != shipped.hexdigest():
                self.faults.append(f"contract.{name}_sha256 与本程序所带的接口文件不符")
        self._nothing_left("contract", table)

    def _check_other_shape(
        self, shape: str, security: WireSecurity, demands: AnswerDemands
    ) -> None:
        """Refuse what an adapter without typed answers could not keep, and would pass over."""
        if security.mode is not SecurityMode.NONE or not security.username:
            self.faults.append(f"shape 为 {shape} 时 security.mode 应为 {_SIGN_IN}")
        if demands.required or demands.signers_pem:
            self.faults.append(f"shape 为 {shape} 时没有 answers.required 和 answers.signers_file")

    def _pinned(self, table: dict[str, Any], what: str) -> str:
        """Return the text of a file beside the profile whose SHA-256 the profile names."""
        name, digest = self._text(table, f"{what}_file"), self._text(table, f"{what}_sha256")
        if not name or not digest:
            return ""
        try:
            content = (self._folder / name).read_bytes()
            text = content.decode("ascii")
        except (OSError, UnicodeDecodeError):
            self.faults.append(f"{what}_file 指的文件 {name} 读不出")
            return ""
        if hashlib.sha256(content).hexdigest() != digest.lower():
            self.faults.append(f"文件 {name} 与 {what}_sha256 不符")
        return text

    def _kept(self, table: dict[str, Any], name: str) -> str:
        """Return the secret that the profile names; it never stands in the file itself."""
        named = self._text(table, name)
        found = self._secret(named) if named else None
        if named and not found:
            self.faults.append(f"系统密码库里没有 {name} 指的 {named}")
        return found or ""

    def _table(self, name: str) -> dict[str, Any]:
        found = self._read.pop(name, {})
        if not isinstance(found, dict):
            self.faults.append(f"{name} 应为一节")
            return {}
        return dict(found)

    def _text(self, table: dict[str, Any], name: str) -> str:
        found = table.pop(name, None)
        if not isinstance(found, str) or not found.strip():
            self.faults.append(f"{name} 没有写")
            return ""
        return found.strip()

    def _texts(self, table: dict[str, Any], name: str, *, must: bool = True) -> list[str]:
        found = table.pop(name, [])
        good = isinstance(found, list) and all(isinstance(e, str) and e.strip() for e in found)
        if not good or (must and not found):
            self.faults.append(f"{name} 应为一列文字")
            return []
        return [each.strip() for each in found]

    def _number(self, table: dict[str, Any], name: str, default: float, most: float) -> float:
        found = table.pop(name, default)
        if isinstance(found, bool) or not isinstance(found, int | float) or not 0 < found <= most:
            self.faults.append(f"{name} 应大于 0、不超过 {most:g}")
            return default
        return found

    def _nothing_left(self, name: str, table: Mapping[str, Any]) -> None:
        for unknown in sorted(table):
            self.faults.append(f"不认识 {name}.{unknown}" if name else f"不认识 {unknown}")


def _names_of_the_contract() -> frozenset[str]:
    schema = assets.read_text("resources", "wsdl/certlib.xsd")
    return frozenset(re.findall(r'<xs:element name="(\w+)"', schema))


_SECONDS: Final = {"connect_seconds": 3.0, "attempt_seconds": 8.0, "total_seconds": 20.0}
