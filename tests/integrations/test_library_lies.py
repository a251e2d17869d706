"""What the two older kinds of libraries get wrong or lie about, and what becomes of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from clerk import assets
from clerk.domain.certificate import AuthorisationMode, CertificatePage, CertificateStatus, Holder
from clerk.domain.errors import RemoteTrouble
from integrations.practice.certlib_rest import RestCertificateLibrary
from integrations.practice.certlib_string import StringCertificateLibrary
from integrations.practice.people import ZHANG_SHILI
from integrations.soap.inner import InnerGate
from tests.integrations.library_calls import PURPOSE, SENT_AT, call
from tests.integrations.library_shapes import SHAPES, Library, client_of, open_library, profile_of
from tests.integrations.shape_lies import (
    REST_LIES,
    STRING_LIES,
    Twist,
    bare,
    filled,
    in_place,
    swap,
    without,
)

ZHANG = Holder(name=ZHANG_SHILI.name, id_type="111", id_number=ZHANG_SHILI.id_number)


class _LyingStrings(StringCertificateLibrary):
    """Twists the string of the list, and that of the file."""

    twist: Twist = str

    def _said(self, operation: str, result: str) -> bytes:
        honest = operation in {"Test", "Authorization"}
        return super()._said(operation, result if honest else self.twist(result))


class _LyingRest(RestCertificateLibrary):
    """Twists the text of one way."""

    twist: Twist = str
    path = "license/get_license"

    def _said(self, asked: Any, held: Any) -> bytes:
        said = super()._said(asked, held)
        if asked.path != self.path:
            return said
        return self.twist(said.decode()).encode("utf-8", "surrogatepass")


@pytest.fixture(scope="module")
def strings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, _LyingStrings]]:
    service = _LyingStrings(tmp_path_factory.mktemp("strings"), lambda: SENT_AT)
    with open_library(SHAPES["soap_string"], service) as opened:
        yield opened, service


@pytest.fixture(scope="module")
def rest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, _LyingRest, str]]:
    service = _LyingRest(tmp_path_factory.mktemp("rest"), lambda: SENT_AT)
    with open_library(SHAPES["rest_json"], service) as opened:
        mode = AuthorisationMode.BY_DUTY
        leave = opened.client.request_authorisation(call(), ZHANG, (), PURPOSE, mode)
        yield opened, service, leave.authorisation_id


@contextmanager
def _twisted(service: Any, twist: Twist, path: str = "") -> Iterator[None]:
    service.twist = twist
    if path:
        service.path = path
    yield
    service.twist, service.path = str, _LyingRest.path


def _list(library: Library, leave: str = "") -> CertificatePage:
    return library.client.query(call(), leave, ZHANG, (), PURPOSE, 1, 1)


@pytest.mark.parametrize("name", STRING_LIES)
def test_a_lie_in_the_string_becomes_one_sentence_and_no_data(
    strings: tuple[Library, _LyingStrings], name: str
):
    library, service = strings
    twist, kind = STRING_LIES[name]

    with _twisted(service, twist), pytest.raises(RemoteTrouble) as caught:
        _list(library)

    assert (str(caught.value.kind), str(caught.value.sent)) == (kind, "answered")
    assert re.fullmatch(r"省证照库[^。\n]+请[^。\n]+", str(caught.value))


def test_a_code_nobody_knows_stands_in_the_sentence(strings: tuple[Library, _LyingStrings]):
    library, service = strings
    document = "<Reply><Code>888</Code><Message>限额已满 990123198506120030</Message></Reply>"

    with _twisted(service, in_place(document)), pytest.raises(RemoteTrouble) as caught:
        _list(library)

    assert "888 限额已满" in str(caught.value)
    assert "990123198506120030" not in str(caught.value)


def _escaped(document: str) -> str:
    return document.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    "twist",
    [
        bare,
        lambda it: it.replace("GB2312", "UTF-16"),
        lambda it: it.replace("GB2312", "no-such-coding"),
        lambda it: "\ufeff\r\n" + it,
        _escaped,
        lambda it: _escaped(bare(it)),
        swap("<ZZZT>", "<!-- 01 --><ZZZT>"),
        lambda it: it.replace("张示例", "<![CDATA[张示例]]>"),
        filled("ZZYXQJZRQ", "2145888000000"),
        filled("ZZYXQJZRQ", ""),
        without("ZZYXQQSRQ"),
        swap("<FileType>pdf</FileType>", "<FileType>edc</FileType><FileType>PDF</FileType>"),
    ],
)
def test_an_odd_but_honest_string_is_read(strings: tuple[Library, _LyingStrings], twist: Twist):
    library, service = strings

    with _twisted(service, twist):
        found = _list(library).certificates[0]

    assert found.holder_name == "张示例"
    assert found.status is CertificateStatus.VALID
    assert "PDF" in found.formats


def test_an_addition_to_the_string_is_borne_where_the_signed_profile_says_so(
    strings: tuple[Library, _LyingStrings],
):
    library, service = strings
    given = profile_of("soap_string", library.peer.url)
    client = client_of(replace(given, demands=replace(given.demands, tolerate_additions=True)))

    with _twisted(service, swap("<ZZZT>", "<EXTRA><ZZZT>07</ZZZT></EXTRA><ZZZT>")):
        page = client.query(call(), "", ZHANG, (), PURPOSE, 1, 1)

    assert page.certificates[0].status is CertificateStatus.VALID


@pytest.mark.parametrize(
    ("twist", "kind"),
    [
        (in_place("生成文件出错"), "fault"),
        (in_place("304"), "fault:NOT_FOUND"),
        (in_place("<Reply><Code>100</Code></Reply>"), "wrong-element"),
        (in_place("<html><body>请登录</body></html>"), "not-soap"),
        (in_place("QUJD" * 100), "model"),
        (lambda it: "".join(it.split())[:-3], "schema"),
    ],
)
def test_what_comes_in_place_of_a_file_is_no_file(
    strings: tuple[Library, _LyingStrings], twist: Twist, kind: str
):
    library, service = strings
    certificate_id = _list(library).certificates[0].certificate_id
    wanted = ("", certificate_id, "PDF", PURPOSE, 0, 1 << 20, "")

    with _twisted(service, twist), pytest.raises(RemoteTrouble) as caught:
        library.client.fetch_chunk(call(), *wanted)

    assert str(caught.value.kind) == kind


@pytest.mark.parametrize("name", REST_LIES)
def test_a_lie_in_json_becomes_one_sentence_and_no_data(
    rest: tuple[Library, _LyingRest, str], name: str
):
    library, service, leave = rest
    twist, kind = REST_LIES[name]

    with _twisted(service, twist), pytest.raises(RemoteTrouble) as caught:
        _list(library, leave)

    sent = "unknown" if kind == "empty" else "answered"
    assert (str(caught.value.kind), str(caught.value.sent)) == (kind, sent)
    assert re.fullmatch(r"省证照库[^。\n]+请[^。\n]+", str(caught.value))


@pytest.mark.parametrize(
    ("twist", "kind"),
    [
        (lambda it: re.sub('"total_count": [0-9]+', '"total_count": 1', it), "model"),
        (lambda it: re.sub('"data": .*, "total_count"', '"data": [], "total_count"', it), "model"),
        (lambda it: it.replace(ZHANG.id_number, "990123194211050024"), "wrong-reply"),
    ],
)
def test_a_list_that_does_not_add_up_is_not_shown(
    rest: tuple[Library, _LyingRest, str], twist: Twist, kind: str
):
    library, service, leave = rest

    with _twisted(service, twist, "license/auth"), pytest.raises(RemoteTrouble) as caught:
        _list(library, leave)

    assert str(caught.value.kind) == kind


@pytest.mark.parametrize("status", ["DRAFT", "REGISTERED"])
def test_what_is_not_issued_yet_is_never_shown(rest: tuple[Library, _LyingRest, str], status: str):
    library, service, leave = rest

    with _twisted(service, swap("ISSUED", status), "license/auth"):
        first = library.client.query(call(), leave, ZHANG, (), PURPOSE, 1, 50)
    with _twisted(service, lambda it: it.replace("ISSUED", status)):
        second = library.client.query(call(), leave, ZHANG, (), PURPOSE, 1, 50)

    assert len(first.certificates) == second.total - 1
    assert {each.status for each in second.certificates} == {CertificateStatus.REVOKED}


def test_additions_are_borne_where_the_signed_profile_says_so(
    rest: tuple[Library, _LyingRest, str],
):
    library, service, _ = rest
    given = profile_of("rest_json", library.peer.url)
    client = client_of(replace(given, demands=replace(given.demands, tolerate_additions=True)))
    mode = AuthorisationMode.BY_DUTY
    leave = client.request_authorisation(call(), ZHANG, (), PURPOSE, mode).authorisation_id

    with _twisted(service, swap('"name":', '"extra": {"a": 1}, "name":')):
        page = client.query(call(), leave, ZHANG, (), PURPOSE, 1, 1)

    assert page.certificates[0].holder_name == ZHANG.name


@pytest.mark.parametrize(
    ("twist", "kind"),
    [
        (swap('"file_data": "', '"file_data": "###'), "schema"),
        (lambda it: re.sub('"license_code": "[^"]+"', '"license_code": "ZZ-9"', it), "wrong-reply"),
        (lambda it: re.sub('"file_data": "[^"]+"', f'"file_data": "{"QUJD" * 50}"', it), "model"),
    ],
)
def test_an_archive_that_is_none_is_not_taken(
    rest: tuple[Library, _LyingRest, str], twist: Twist, kind: str
):
    library, service, leave = rest
    certificate_id = _list(library, leave).certificates[0].certificate_id
    wanted = (leave, certificate_id, "PDF", PURPOSE, 0, 1 << 20, "")

    with _twisted(service, twist, "license/archive"), pytest.raises(RemoteTrouble) as caught:
        library.client.fetch_chunk(call(), *wanted)

    assert str(caught.value.kind) == kind


_BITS = ("<", ">", "&", "]]>", "<!--", "<?x?>", "</License>", "<Node>", "\x00", "\ufffd", "长", "0")


def _torn(document: str, chance: Random) -> str:
    at = chance.randrange(len(document))
    match chance.randrange(4):
        case 0:
            return document[:at] + document[at + chance.choice((1, 3, 50)) :]
        case 1:
            return document[:at] + chance.choice(_BITS) + document[at:]
        case 2:
            return document[:at] + document[max(at - 60, 0) :]
    return document[:at] + chr(chance.randrange(1, 0x9FFF)) + document[at + 1 :]


def test_a_thousand_torn_strings_are_refused_or_read_and_nothing_else(
    strings: tuple[Library, _LyingStrings],
):
    library, service = strings
    heard: list[str] = []

    def overheard(honest: str) -> str:
        heard.append(honest)
        return honest

    with _twisted(service, overheard):
        _list(library)
    gate = InnerGate("省证照库", assets.read_bytes("resources", "wsdl/certlib_string_inner.xsd"))
    chance = Random(20260318)

    read = refused = 0
    for _ in range(1000):
        try:
            values = gate.read("LicenseList", _torn(heard[0], chance))
        except RemoteTrouble:
            refused += 1
        else:
            read += 1
            assert values["License"][0]["ZZBS"]

    assert refused > 600
    assert read + refused == 1000
