"""Secrets kept by the operating system's keyring, and the normal case that there is none."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

LIMIT_SECONDS: Final = 5.0

_CHILD: Final = Path(__file__).with_name("keyring_child.py")
_STEERS_KEYRING: Final = ("KEYRING_PROPERTY_", "PYTHON_KEYRING_")

_log = logging.getLogger(__name__)


class SecretStore:
    """A keyring that worked when it was looked for.

    It may be locked or gone at the next call. That is no trouble, the way without a keyring is
    always open: ``read`` then returns None, ``remember`` and ``forget`` return False. Each call
    blocks for a fraction of a second, at most ``LIMIT_SECONDS``; any lane, never the window's.
    """

    def __init__(
        self, keyring: str, *, service: str, environment: Mapping[str, str], seconds: float
    ) -> None:
        self.keyring: Final = keyring
        """The keyring's class path, for the self-check and the status line."""
        self._service = service
        self._environment = environment
        self._seconds = seconds

    def read(self, name: str) -> str | None:
        """Return the secret kept under ``name``, None where there is none to be had."""
        return self._ask("read", name).get("secret")

    def remember(self, name: str, secret: str) -> bool:
        """Keep ``secret`` under ``name``, over an earlier one; say whether it is kept."""
        return "done" in self._ask("remember", name, secret)

    def forget(self, name: str) -> bool:
        """Remove the secret kept under ``name``; say whether there was one and it is gone."""
        return "done" in self._ask("forget", name)

    def _ask(self, act: str, name: str, secret: str = "") -> Mapping[str, str | None]:
        request = {
            "act": act,
            "service": self._service,
            "keyring": self.keyring,
            "name": name,
            "secret": secret,
        }
        return _ask_child(request, self._environment, self._seconds)


def find_secret_store(
    service: str,
    *,
    environment: Mapping[str, str] | None = None,
    seconds: float = LIMIT_SECONDS,
) -> SecretStore | None:
    """Return this workstation's keyring, None where there is none that is good and unlocked.

    Only the keyrings of operating systems and desktops count; one that keeps plain files never
    does, whatever is installed or configured. Blocks, at most ``seconds``.

    Args:
        service: under which name this program's secrets stand in the keyring.
        environment: of the processes that speak to the keyring; this process's unless given.
        seconds: limit of each call.
    """
    inherited = os.environ if environment is None else environment
    own = {key: value for key, value in inherited.items() if not key.startswith(_STEERS_KEYRING)}
    keyring = _ask_child({"act": "find", "service": service}, own, seconds).get("keyring")
    if keyring is None:
        _log.info("no keyring to be used")
        return None
    return SecretStore(keyring, service=service, environment=own, seconds=seconds)


def _ask_child(
    request: Mapping[str, str], environment: Mapping[str, str], seconds: float
) -> Mapping[str, str | None]:
    """Return the child's answer, empty where it took too long or broke off."""
    try:
        ended = subprocess.run(
            [sys.executable, "-P", str(_CHILD)],
            input=json.dumps(request).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=seconds,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        answer: Mapping[str, str | None] = json.loads(ended.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        _log.info("keyring, %s: %s", request["act"], type(error).__name__)
        return {}
    return answer
