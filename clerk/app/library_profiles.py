"""The certificate libraries of a counter: signed profiles in ``<data folder>/libraries``.

A profile counts only with a signature by a key that ``settings.toml`` names. One that does not is
left alone, and the window says so.
"""

from collections.abc import Iterable
from pathlib import Path

from clerk.domain.errors import BadInput
from clerk.settings import KEYRING_SERVICE, Settings
from clerk.values import dataclass, replace
from integrations.credentials.secret_store import find_secret_store
from integrations.soap.profile import PeerProfile
from integrations.soap.profile_file import OurSelves, Secret, read_profile

FOLDER = "libraries"


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryProfiles:
    """The first profile by name that counts, if any, and why each of the others does not."""

    profiles: tuple[PeerProfile, ...]
    refused: tuple[BadInput, ...]

    def chosen(self, otherwise: PeerProfile) -> PeerProfile:
        """Return the first profile, or ``otherwise`` where none was ever laid down.

        Where files lie there and none counts, nobody is spoken to: the address in the settings is
        signed by nobody, and a bureau that signs profiles means them to be the only ones.
        """
        if self.profiles:
            return self.profiles[0]
        return replace(otherwise, barred=True) if self.refused else otherwise


def library_profiles(settings: Settings, client_system: str) -> LibraryProfiles:
    """Return what was laid down for a counter; the practice hall has its own library."""
    if settings.counter.practice:
        return LibraryProfiles(profiles=(), refused=())
    us = OurSelves(client_system=client_system, org_code=settings.counter.org_code)
    return read_library_profiles(settings.folder, settings.data_keys, us, _secret)


def read_library_profiles(
    folder: Path, keys: Iterable[str], us: OurSelves, secret: Secret
) -> LibraryProfiles:
    """Read every profile in ``folder``; ``secret`` is asked only for what a profile names."""
    trusted = tuple(keys)

    def is_signed(content: bytes, signature: str) -> bool:
        from integrations.credentials.signatures import is_signed_by  # a cryptographic library

        return is_signed_by(trusted, content, signature)

    profiles: list[PeerProfile] = []
    refused: list[BadInput] = []
    used = ""
    for file in sorted((folder / FOLDER).glob("*.toml")):
        try:
            profile = read_profile(file, is_signed, secret, us)
        except BadInput as error:
            refused.append(error)
            continue
        if profiles:
            refused.append(_one_too_many(file.name, used))
        else:
            profiles.append(profile)
            used = file.name
    return LibraryProfiles(profiles=tuple(profiles), refused=tuple(refused))


def _one_too_many(file: str, used: str) -> BadInput:
    return BadInput(
        f"一个窗口只接一个证照库，用的是 {used}，{file} 没有用。要换，请系统管理员先拿走 {used}"
    )


def _secret(name: str) -> str | None:
    """Return a secret that a profile names, None where no keyring keeps it."""
    kept = find_secret_store(KEYRING_SERVICE)
    return kept.read(name) if kept is not None else None
