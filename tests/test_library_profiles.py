"""Signed profiles of certificate libraries: whom the counter speaks to, and how."""

import hashlib
from pathlib import Path

import pytest

from clerk import assets
from clerk.app.connections import refused_files
from clerk.app.library_profiles import LibraryProfiles, read_library_profiles
from clerk.domain.errors import RemoteUnavailable
from integrations.credentials.signatures import new_key, sign
from integrations.soap.profile_file import OurSelves
from integrations.soap.security import SecurityMode
from tests.integrations import loopback_tls
from tests.integrations.library_calls import library, ping, profile
from tests.integrations.lie_makers import listing_with
from tests.integrations.lying_peer import LyingPeer
from tests.integrations.signing_keys import signing_key

US = OurSelves(client_system="window-clerk", org_code="11990123MB00010014")
KEY = signing_key("window")
AUTHORITY = KEY.certificate_pem
SECRETS = {
    "certlib": "不外传的口令",
    "certlib-key": loopback_tls.PASSWORD,
    "signing-key": KEY.key_pem,
    "no-key": "PEM",
}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


CONTRACT = "\n".join(
    f'{kind}_sha256 = "{digest(assets.read_bytes("resources", f"wsdl/certlib.{kind}"))}"'
    for kind in ("wsdl", "xsd")
)
GOOD = f"""\
name = "省证照库"
shape = "soap_typed"
endpoint = "https://zz.example.invalid/certlib"
hosts = ["zz.example.invalid"]

[tls]
ca_file = "province.pem"
ca_sha256 = "{digest(AUTHORITY.encode())}"
client_certificate_file = "window.pem"
client_key_file = "window.key"
client_key_secret = "certlib-key"

[security]
mode = "digest"
username = "window-03"
password_secret = "certlib"

[answers]
tolerate_additions = true
required = ["QueryCertificatesResponse/certificate/validTo"]
clock_tolerance_seconds = 120

[limits]
connect_seconds = 2.5
total_seconds = 15
max_answer_bytes = 4194304

[contract]
{CONTRACT}
"""


DIGEST = """\
mode = "digest"
username = "window-03"
password_secret = "certlib"
"""
SIGNED = f"""\
mode = "x509"
key_secret = "signing-key"
certificate_file = "province.pem"
certificate_sha256 = "{digest(AUTHORITY.encode())}"
"""


@pytest.fixture(scope="module")
def bureau() -> tuple[str, str]:
    return new_key()


def laid_down(folder: Path, text: str, bureau: tuple[str, str]) -> LibraryProfiles:
    private, public = bureau
    place = folder / "libraries"
    place.mkdir()
    (place / "province.pem").write_text(AUTHORITY, "ascii")
    keys = loopback_tls.make(place, "127.0.0.1")
    keys.authority.rename(place / "window.pem")
    keys.key.rename(place / "window.key")
    (place / "province.toml").write_text(text, "utf-8")
    (place / "province.toml.sig").write_text(sign(private, text.encode()), "ascii")
    return read(folder, public)


def read(folder: Path, *keys: str) -> LibraryProfiles:
    return read_library_profiles(folder, keys, US, SECRETS.get)


def test_a_signed_profile_says_all_that_counts(tmp_path: Path, bureau: tuple[str, str]):
    found = laid_down(tmp_path, GOOD, bureau)

    assert found.refused == ()
    (given,) = found.profiles
    assert (given.host, given.secure, given.ca_data) == ("zz.example.invalid", True, AUTHORITY)
    assert (given.connect_seconds, given.attempt_seconds, given.total_seconds) == (2.5, 8.0, 15)
    assert given.max_answer_bytes == 4 << 20
    assert given.security.mode is SecurityMode.DIGEST
    assert given.security.password == SECRETS["certlib"]
    assert given.demands.tolerate_additions
    assert given.demands.required == ("QueryCertificatesResponse/certificate/validTo",)
    assert given.demands.clock_tolerance_seconds == 120
    shown = given.client_certificate
    assert shown is not None
    assert shown.key_file == tmp_path / "libraries" / "window.key"
    assert shown.password == loopback_tls.PASSWORD
    assert not [secret for secret in SECRETS.values() if secret in repr(given)]


def test_a_profile_may_have_messages_signed_and_answers_demanded_signed(
    tmp_path: Path, bureau: tuple[str, str]
):
    signers = f'signers_file = "province.pem"\nsigners_sha256 = "{digest(AUTHORITY.encode())}"'
    text = GOOD.replace(DIGEST, SIGNED).replace("[answers]", f"[answers]\n{signers}")

    (given,) = laid_down(tmp_path, text, bureau).profiles

    assert given.security.mode is SecurityMode.X509
    assert (given.security.key_pem, given.security.certificate_pem) == (KEY.key_pem, AUTHORITY)
    assert given.demands.signers_pem == AUTHORITY


def test_a_second_profile_is_not_used_and_the_window_says_so(
    tmp_path: Path, bureau: tuple[str, str]
):
    laid_down(tmp_path, GOOD, bureau)
    second = tmp_path / "libraries" / "zz_another.toml"
    second.write_text(GOOD, "utf-8")
    second.with_suffix(".toml.sig").write_text(sign(bureau[0], GOOD.encode()), "ascii")

    found = read(tmp_path, bureau[1])

    assert found.chosen(profile("http://127.0.0.1:1/")) == found.profiles[0]
    (told,) = refused_files(found.refused)
    assert "zz_another.toml 没有用" in told.detail


@pytest.mark.parametrize("harm", ["changed", "unsigned", "stranger"])
def test_a_profile_that_is_not_as_the_bureau_signed_it_is_left_alone(
    tmp_path: Path, bureau: tuple[str, str], harm: str
):
    laid_down(tmp_path, GOOD, bureau)
    file = tmp_path / "libraries" / "province.toml"
    match harm:
        case "changed":
            file.write_text(GOOD.replace("zz.example", "zz.elsewhere"), "utf-8")
        case "unsigned":
            file.with_name("province.toml.sig").unlink()
    key = new_key()[1] if harm == "stranger" else bureau[1]

    found = read(tmp_path, key)

    assert found.profiles == ()
    assert "签名" in str(found.refused[0])
    assert "province.toml" in str(found.refused[0])


def test_one_sentence_lists_every_fault(tmp_path: Path, bureau: tuple[str, str]):
    faulty = (
        GOOD.replace('shape = "soap_typed"', 'shape = "corba"\ncolour = "red"')
        .replace('password_secret = "certlib"', 'password_secret = "lost"\npassword = "x"')
        .replace("validTo", "valid_to")
        .replace("total_seconds = 15", "total_seconds = 900")
        .replace('ca_sha256 = "', 'ca_sha256 = "0')
    )

    found = laid_down(tmp_path, faulty, bureau)

    told = str(found.refused[0])
    for fault in ("shape 应为", "不认识 colour", "没有 password_secret 指的 lost",
                  "不认识 security.password", "valid_to 不是接口里的字段", "total_seconds 应大于 0",
                  "与 ca_sha256 不符"):  # fmt: skip
        assert fault in told
    assert "。" in told
    assert told.count("。") == 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('hosts = ["zz.', 'hosts = ["yy.', "endpoint 不在 hosts 之内"),
        ('endpoint = "https', 'endpoint = "http', "endpoint 不在 hosts 之内"),
        ('xsd_sha256 = "', 'xsd_sha256 = "0', "contract.xsd_sha256 与本程序所带的接口文件不符"),
        ('mode = "digest"', 'mode = "basic"', "security.mode 应为"),
        ("name =", "name", "读不懂"),
        ("ca_file =", "#", "ca_file 没有写"),
        ('key_secret = "certlib-key"', 'key_secret = "certlib"', "私钥打不开"),
        (DIGEST, SIGNED.replace("signing-key", "no-key"), "签名用的证书或私钥打不开"),
    ],
)
def test_an_address_or_a_contract_out_of_bounds_is_refused(
    tmp_path: Path, bureau: tuple[str, str], old: str, new: str, told: str
):
    found = laid_down(tmp_path, GOOD.replace(old, new, 1), bureau)

    assert found.profiles == ()
    assert told in str(found.refused[0])


def test_where_a_profile_was_to_be_signed_and_is_not_nobody_is_spoken_to(
    tmp_path: Path, bureau: tuple[str, str]
):
    """The address in the settings is signed by nobody: it does not take the profile's place."""
    refused = laid_down(tmp_path, GOOD + "\nmore = 1\n", bureau)
    with LyingPeer(listing_with("", "")) as peer:
        in_settings = profile(peer.url)

        assert read(tmp_path / "empty").chosen(in_settings) is in_settings
        with pytest.raises(RemoteUnavailable) as caught:
            ping(library(refused.chosen(in_settings)))

        assert peer.visitors == 0
    assert (caught.value.kind, caught.value.sent) == ("unreachable", "no")


OTHER = (
    GOOD.split("[contract]", maxsplit=1)[0]
    .replace("soap_typed", "rest_json")
    .replace('mode = "digest"', 'mode = "sign_in"')
    .replace('required = ["QueryCertificatesResponse/certificate/validTo"]\n', "")
)


def test_the_window_says_what_does_not_count_and_why(tmp_path: Path, bureau: tuple[str, str]):
    found = laid_down(tmp_path, GOOD + "\nmore = 1\n", bureau)

    (said,) = refused_files(found.refused)

    assert said.state == "warning"
    assert said.detail == str(found.refused[0])
    assert "province.toml" in said.detail


@pytest.mark.parametrize("shape", ["soap_string", "rest_json"])
def test_a_library_with_a_sign_in_of_its_own_gets_name_and_password(
    tmp_path: Path, bureau: tuple[str, str], shape: str
):
    (given,) = laid_down(tmp_path, OTHER.replace("rest_json", shape), bureau).profiles

    assert (given.shape, given.security.mode) == (shape, SecurityMode.NONE)
    assert given.security.username == "window-03"
    assert given.security.password == SECRETS["certlib"]


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('"sign_in"', '"digest"', "security.mode 应为 sign_in"),
        ("[answers]", '[answers]\nrequired = ["Receipt/receiptId"]', "answers.required"),
    ],
)
def test_what_another_shape_could_not_keep_is_no_silent_promise(
    tmp_path: Path, bureau: tuple[str, str], before: str, after: str, fault: str
):
    found = laid_down(tmp_path, OTHER.replace(before, after), bureau)

    assert fault in str(found.refused[0])
