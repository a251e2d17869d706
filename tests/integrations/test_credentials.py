"""The operating system's keyring: a real one on a bus of its own, and all the ways to have none."""

import os
import socket
import subprocess
import sys

import pytest

from integrations.credentials.keyring_child import ACCEPTED
from integrations.credentials.secret_store import SecretStore, find_secret_store

SERVICE = "clerk-test"

PLAIN_FILES = """
from pathlib import Path
from keyring.backend import KeyringBackend

Path(__file__).with_name("loaded").touch()

class PlaintextKeyring(KeyringBackend):
    priority = 99
    def get_password(self, service, username): return "planted"
    def set_password(self, service, username, password): pass
    def delete_password(self, service, username): pass
"""


@pytest.fixture
def home(tmp_path):
    """The environment of a user with an empty home and no session bus."""
    run = tmp_path / "run"
    run.mkdir(mode=0o700)
    kept = {"PATH", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT"}
    return {key: value for key, value in os.environ.items() if key in kept} | {
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(run),
    }


@pytest.fixture
def session(home):
    """The same with a session bus, on which a keyring service starts when it is asked for."""
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=home,
        text=True,
    ) as bus:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        yield home | {"DBUS_SESSION_BUS_ADDRESS": address}
        bus.terminate()


@pytest.fixture
def unlocked(session):
    """The same with GNOME's keyring, unlocked as by signing in; it ends with its bus."""
    subprocess.run(
        ["gnome-keyring-daemon", "--unlock", "--components=secrets"],
        input=b"sign-in password",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=session,
        check=True,
    )
    return session


def test_a_secret_is_kept_by_the_desktop_and_found_by_the_next_start(unlocked):
    store = find_secret_store(SERVICE, environment=unlocked, seconds=30)
    assert store is not None
    assert store.keyring == "keyring.backends.SecretService.Keyring"

    assert store.read("store key") is None
    assert store.remember("store key", "first")
    assert store.remember("store key", "second, 中文")

    again = find_secret_store(SERVICE, environment=unlocked, seconds=30)
    assert again is not None
    assert again.read("store key") == "second, 中文"
    assert again.forget("store key")
    assert not again.forget("store key")
    assert again.read("store key") is None


def test_a_secret_does_not_lie_readable_in_the_users_files(unlocked, tmp_path):
    store = find_secret_store(SERVICE, environment=unlocked, seconds=30)

    assert store is not None
    assert store.remember("store key", "S3cret-key-material")

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"S3cret-key-material" in path.read_bytes()]


def test_a_keyring_that_nobody_unlocked_is_none(session):
    assert find_secret_store(SERVICE, environment=session) is None


def test_a_desktop_without_a_session_bus_has_no_keyring(home):
    assert find_secret_store(SERVICE, environment=home) is None


def test_a_bus_that_never_answers_is_given_up(home, tmp_path):
    """It takes the connection and says nothing; only the time limit ends that."""
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "bus"))
        dead.listen()
        environment = home | {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path / 'bus'}"}

        assert find_secret_store(SERVICE, environment=environment, seconds=1) is None


def test_a_keyring_that_went_away_is_no_trouble(home):
    """It was found, then its bus ended."""
    store = SecretStore(ACCEPTED[0], service=SERVICE, environment=home, seconds=5)

    assert store.read("store key") is None
    assert not store.remember("store key", "secret")
    assert not store.forget("store key")


@pytest.fixture
def planted(home, tmp_path):
    """The same home with a keyring of plain files: installed, configured, and asked for by name."""
    site = tmp_path / "site"
    package = site / "keyrings" / "alt"
    package.mkdir(parents=True)
    (package / "file.py").write_text(PLAIN_FILES, encoding="utf-8")
    described = site / "keyrings.alt-5.0.dist-info"
    described.mkdir()
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: keyrings.alt\nVersion: 5.0\n")
    (described / "entry_points.txt").write_text("[keyring.backends]\nfile = keyrings.alt.file\n")
    configured = tmp_path / ".config" / "python_keyring"
    configured.mkdir(parents=True)
    (configured / "keyringrc.cfg").write_text(
        f"[backend]\ndefault-keyring=keyrings.alt.file.PlaintextKeyring\nkeyring-path={site}\n"
    )
    return home | {
        "PYTHONPATH": str(site),
        "PYTHON_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring",
    }, package / "loaded"


def test_a_keyring_of_plain_files_is_not_even_loaded(planted):
    environment, loaded = planted

    assert find_secret_store(SERVICE, environment=environment) is None

    assert not loaded.exists()


def test_the_planted_keyring_would_be_taken_by_detection(planted):
    """The trap itself: detection falls into it."""
    environment, loaded = planted

    found = subprocess.run(
        [sys.executable, "-c", "import keyring; print(keyring.get_password('a', 'b'))"],
        capture_output=True,
        env=environment,
        check=True,
        text=True,
    )

    assert found.stdout.strip() == "planted"
    assert loaded.exists()


def test_a_keyring_that_is_not_on_the_list_is_not_asked(planted):
    environment, loaded = planted
    store = SecretStore(
        "keyrings.alt.file.PlaintextKeyring", service=SERVICE, environment=environment, seconds=5
    )

    assert store.read("store key") is None
    assert not loaded.exists()


def test_only_keyrings_of_systems_and_desktops_are_on_the_list():
    kinds = {path.split(".")[2] for path in ACCEPTED}

    assert kinds == {"SecretService", "libsecret", "kwallet", "Windows", "macOS"}
