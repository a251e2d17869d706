"""One act on the operating system's keyring, in a process of its own.

A keyring may wait for ever: on a bus that does not answer, on a prompt that nobody sees. So its
caller runs this file with a time limit. One JSON object comes in by standard input, one leaves by
standard output; a child that ends without an answer did nothing.

The class of the keyring is named, never detected: detection falls back to plain files without a
word when a package that offers them happens to be installed.
"""

import json
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Final

from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

ACCEPTED: Final = (
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.kwallet.DBusKeyringKWallet4",
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.macOS.Keyring",
)
"""Keyrings of operating systems and desktops, the only ones that are ever asked."""

_NEVER_STORED: Final = "probe"


def main() -> None:
    """Answer the request on standard input; a keyring's trouble is an empty answer."""
    try:
        answer = _answer_to(json.load(sys.stdin))
    except KeyringError:
        answer = {}
    json.dump(answer, sys.stdout)


def _answer_to(request: Mapping[str, str]) -> Mapping[str, str | None]:
    service = request["service"]
    if request["act"] == "find":
        return {"keyring": _find(service)}
    path, name = request["keyring"], request["name"]
    keyring = _class_at(path)()
    match request["act"]:
        case "read":
            return {"secret": keyring.get_password(service, name)}
        case "remember":
            keyring.set_password(service, name, request["secret"])
        case "forget":
            keyring.delete_password(service, name)
    return {"done": name}


def _find(service: str) -> str | None:
    """Return the best keyring that works and is unlocked: it can be read from."""
    classes = {path: _class_at(path) for path in ACCEPTED}
    viable = [path for path, keyring in classes.items() if keyring.viable]
    for path in sorted(viable, key=lambda path: -classes[path].priority):
        try:
            classes[path]().get_password(service, _NEVER_STORED)
        except KeyringError:
            continue
        return path
    return None


def _class_at(path: str) -> type[KeyringBackend]:
    if path not in ACCEPTED:
        raise ValueError(path)
    module, _, name = path.rpartition(".")
    keyring: type[KeyringBackend] = getattr(import_module(module), name)
    return keyring


if __name__ == "__main__":
    main()
