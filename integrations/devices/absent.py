"""Devices that a counter does not have."""

from integrations.devices.trouble import NoScanner


class AbsentScanner:
    """A counter without a document camera; the clerk chooses a file instead."""

    def scan(self) -> tuple[bytes, str]:
        """Say that there is none."""
        raise NoScanner
