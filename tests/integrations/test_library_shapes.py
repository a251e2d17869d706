"""The same sentences about three libraries that speak differently: the port is neutral."""

import hashlib
import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

import pytest

from clerk.domain.certificate import (
    LOCAL_DIGEST,
    AuthorisationMode,
    CertificateChunk,
    CertificateStatus,
    CertificateSummary,
    Holder,
    UseOutcome,
    UseReport,
)
from clerk.domain.days import local_date
from clerk.domain.errors import BadInput, RemoteGarbled, RemoteRefused, RemoteUnavailable
from clerk.services.ports import CertificateLibrary
from integrations.certificates.libraries import PRACTICE_PEERS, AnyLibrary
from integrations.certificates.rest_json import RestCertificateLibrary
from integrations.certificates.soap_string import StringCertificateLibrary
from integrations.practice.holdings import BY_ID, REAL_ESTATE, TYPE_CODES
from integrations.practice.people import EXPIRED_USE_CODE, NOODLE_SHOP, PEOPLE, ZHANG_SHILI
from integrations.soap.digest import sm3
from integrations.soap.outcome import Kind
from integrations.soap.profile_file import SHAPES as SIGNED_SHAPES
from tests.integrations.library_calls import PURPOSE, SENT_AT, call, new_id
from tests.integrations.library_shapes import (
    SHAPES,
    Library,
    client_at,
    client_of,
    open_library,
    profile_of,
)
from tests.integrations.practice_peer import RunningPeer, running

PORTS: tuple[type[CertificateLibrary], ...] = (StringCertificateLibrary, RestCertificateLibrary)
"""The clients keep the port; mypy reads this line."""

SHOP = Holder(name=NOODLE_SHOP.name, id_type="001", id_number=NOODLE_SHOP.code)
ZHANG = Holder(name=ZHANG_SHILI.name, id_type="111", id_number=ZHANG_SHILI.id_number)
HOMES = (TYPE_CODES[REAL_ESTATE],)
ODD_CODES = (
    "9901-0101 9901-0107 9901-0111 9901-0115 9901-0120 9901-0126 9901-0128 9901-0129 9901-0130 "
    "9901-1105 9901-1106 9901-1108 9901-1114"
).split()
"""Joint and foreign names, rare characters, no certificates and many, each status there is."""


@pytest.fixture(scope="module")
def peers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, RunningPeer]]:
    """One library of each shape for the whole module; each test has a client of its own."""
    folder = tmp_path_factory.mktemp("libraries")
    with ExitStack() as held:
        yield {
            name: held.enter_context(running(shape.peer(folder))) for name, shape in SHAPES.items()
        }


@pytest.fixture(params=SHAPES)
def library(request: pytest.FixtureRequest, peers: dict[str, RunningPeer]) -> Iterator[Library]:
    peers[request.param].control({"fault": "none"})
    with client_at(SHAPES[request.param], peers[request.param]) as opened:
        yield opened


@pytest.fixture(params=["soap_string", "rest_json"])
def plain(request: pytest.FixtureRequest, peers: dict[str, RunningPeer]) -> Iterator[Library]:
    """A library without receipts, reports and pieces."""
    peers[request.param].control({"fault": "none"})
    with client_at(SHAPES[request.param], peers[request.param]) as opened:
        yield opened


def _by_duty(client: AnyLibrary, holder: Holder) -> str:
    mode = AuthorisationMode.BY_DUTY
    return client.request_authorisation(call(), holder, (), PURPOSE, mode).authorisation_id


def _fetched(client: AnyLibrary, leave: str, certificate_id: str, piece: int) -> CertificateChunk:
    """Return the last piece with the content of all of them."""
    content, version = b"", ""
    while True:
        part = client.fetch_chunk(
            call(), leave, certificate_id, "PDF", PURPOSE, len(content), piece, version
        )
        content, version = content + part.content, part.file_version
        if part.last:
            return replace(part, content=content)


def test_the_library_tells_its_own_time(library: Library):
    assert library.client.ping(call()) == SENT_AT


def test_the_code_the_holder_shows_opens_the_same_certificates_everywhere(library: Library):
    leave, found = library.client.verify_use_code(call(), NOODLE_SHOP.use_code, PURPOSE)

    assert leave.granted(SENT_AT)
    assert (leave.mode, leave.holder) == (AuthorisationMode.CODE, SHOP)
    assert [(each.type_name, each.status) for each in found] == [
        ("营业执照", CertificateStatus.VALID),
        ("食品经营许可证", CertificateStatus.EXPIRED),
    ]
    for summary in found:
        held = BY_ID[summary.certificate_id]
        assert summary.fields == held.fields
        assert summary.formats == held.formats
        assert (summary.number, summary.holder_name) == (held.number, held.holder_name)
        assert (summary.issued_on, summary.valid_until_on) == (held.issued_on, held.valid_until_on)
        assert summary.authorised


def test_a_file_comes_whole_and_its_digest_says_whose_it_is(library: Library):
    leave, found = library.client.verify_use_code(call(), NOODLE_SHOP.use_code, PURPOSE)
    certificate_id = found[0].certificate_id

    file = _fetched(library.client, leave.authorisation_id, certificate_id, 20_000)

    assert file.content == BY_ID[certificate_id].file(1, "PDF")
    assert file.total_bytes == len(file.content)
    expected = {
        "SM3": sm3(file.content),
        LOCAL_DIGEST: hashlib.sha256(file.content).hexdigest(),
    }
    assert file.digest == expected[file.digest_method]
    assert (file.digest_method == LOCAL_DIGEST) == (library.shape.name != "soap_typed")


def test_a_whole_file_is_fetched_once_for_all_its_pieces(plain: Library):
    leave, found = plain.client.verify_use_code(call(), NOODLE_SHOP.use_code, PURPOSE)

    _fetched(plain.client, leave.authorisation_id, found[0].certificate_id, 10_000)

    assert plain.heard(plain.shape.fetches) == 1


def test_duty_lists_the_type_that_was_asked_page_by_page(library: Library):
    leave = _by_duty(library.client, ZHANG)

    first = library.client.query(call(), leave, ZHANG, HOMES, PURPOSE, 1, 2)
    second = library.client.query(call(), leave, ZHANG, HOMES, PURPOSE, 2, 2)

    assert (first.total, len(first.certificates), len(second.certificates)) == (3, 2, 1)
    assert {each.type_code for each in first.certificates} == set(HOMES)


def test_a_revoked_certificate_is_listed_as_such_and_has_no_file(library: Library):
    leave = _by_duty(library.client, ZHANG)
    page = library.client.query(call(), leave, ZHANG, HOMES, PURPOSE, 1, 10)
    revoked = [each for each in page.certificates if each.status is CertificateStatus.REVOKED]

    assert len(revoked) == 1
    with pytest.raises(RemoteRefused) as caught:
        _fetched(library.client, leave, revoked[0].certificate_id, 500)
    assert caught.value.kind == "fault:CERT_REVOKED"


@pytest.mark.parametrize(
    ("code", "kind"),
    [(EXPIRED_USE_CODE, "fault:USECODE_EXPIRED"), ("0000", "fault:USECODE_INVALID")],
)
def test_a_stale_or_wrong_code_opens_nothing(library: Library, code: str, kind: str):
    with pytest.raises(RemoteRefused) as caught:
        library.client.verify_use_code(call(), code, PURPOSE)

    assert caught.value.kind == kind
    assert "重新出示亮证码" in str(caught.value)


def test_a_holder_nobody_knows_is_said_so(library: Library):
    nobody = replace(ZHANG, id_number="990123190001010014")

    with pytest.raises(RemoteRefused) as caught:
        _by_duty(library.client, nobody)

    assert caught.value.kind == "fault:NOT_FOUND"


@pytest.mark.parametrize(
    ("code", "error"), [("ACCESS_DENIED", RemoteRefused), ("BUSY", RemoteUnavailable)]
)
def test_a_library_that_says_no_or_later_is_heard(
    library: Library, code: str, error: type[Exception]
):
    leave = _by_duty(library.client, SHOP)
    library.peer.control({"fault": f"fault:{code}", "operation": library.shape.lists})

    with pytest.raises(error) as caught:
        library.client.query(call(), leave, SHOP, (), PURPOSE, 1, 10)

    assert getattr(caught.value, "kind", "") == f"fault:{code}"


def test_another_questions_answer_is_thrown_away(library: Library):
    leave = _by_duty(library.client, ZHANG)
    library.peer.control({"fault": "wrong_reply", "operation": library.shape.lists})

    with pytest.raises(RemoteGarbled) as caught:
        library.client.query(call(), leave, ZHANG, HOMES, PURPOSE, 1, 10)

    assert caught.value.kind == Kind.WRONG_REPLY


@pytest.mark.parametrize(
    ("fault", "kind"),
    [("html", Kind.NOT_SOAP), ("malformed", Kind.MALFORMED), ("redirect", Kind.REDIRECT)],
)
def test_nonsense_becomes_one_sentence_and_no_data(library: Library, fault: str, kind: Kind):
    leave = _by_duty(library.client, ZHANG)
    library.peer.control({"fault": fault, "operation": library.shape.lists})

    with pytest.raises(RemoteGarbled) as caught:
        library.client.query(call(), leave, ZHANG, HOMES, PURPOSE, 1, 10)

    assert caught.value.kind == kind
    assert "省证照库" in str(caught.value)


def test_a_read_that_breaks_once_is_read_again(library: Library):
    leave = _by_duty(library.client, ZHANG)
    library.peer.control({"fault": "cut", "operation": library.shape.lists})

    page = library.client.query(call(), leave, ZHANG, HOMES, PURPOSE, 1, 10)

    assert page.total == 3


def test_a_code_is_not_used_up_twice_where_the_library_cannot_tell_a_repeat(plain: Library):
    plain.peer.control({"fault": "drop_answer", "operation": plain.shape.opens, "count": 2})

    with pytest.raises(RemoteUnavailable) as caught:
        plain.client.verify_use_code(call(), NOODLE_SHOP.use_code, PURPOSE)

    assert caught.value.sent == "unknown"
    assert "重新出示" in str(caught.value)
    assert plain.heard(plain.shape.opens) == 1


def test_a_code_that_was_taken_is_gone_with_whatever_fails_behind_it(plain: Library):
    plain.peer.control({"fault": "fault:BUSY", "operation": plain.shape.lists})

    with pytest.raises(RemoteUnavailable, match="重新出示") as caught:
        plain.client.verify_use_code(call(), NOODLE_SHOP.use_code, PURPOSE)

    assert caught.value.kind == "fault:BUSY"


def test_a_call_that_was_cancelled_asks_no_further_question(plain: Library):
    leave = _by_duty(plain.client, ZHANG)
    asked = call()
    plain.client.cancel(asked.message_id)

    with pytest.raises(RemoteUnavailable) as caught:
        plain.client.query(asked, leave, ZHANG, HOMES, PURPOSE, 1, 10)

    assert caught.value.kind == Kind.CANCELLED
    assert asked.message_id not in {each["id"] for each in plain.log()}


def test_a_session_that_ran_out_is_renewed_once_and_nobody_notices(plain: Library):
    leave = _by_duty(plain.client, ZHANG)
    plain.peer.control({"end_sessions": True})

    page = plain.client.query(call(), leave, ZHANG, HOMES, PURPOSE, 1, 10)

    assert page.total == 3
    assert plain.heard(plain.shape.signs_in) == 2


def test_a_library_that_ends_each_session_at_once_is_not_asked_for_ever(plain: Library):
    leave = _by_duty(plain.client, ZHANG)
    fault = {"fault": "fault:SESSION_OVER", "operation": plain.shape.lists, "count": 9}
    plain.peer.control(fault)

    with pytest.raises(RemoteRefused) as caught:
        plain.client.query(call(), leave, ZHANG, HOMES, PURPOSE, 1, 10)

    assert caught.value.kind == "fault:SESSION_OVER"
    assert plain.heard(plain.shape.signs_in) == 2


def test_an_account_that_is_not_let_in_is_said_so(plain: Library):
    given = profile_of(plain.shape.name, plain.peer.url)
    wrong = replace(given, security=replace(given.security, password="another"))

    with pytest.raises(RemoteRefused) as caught:
        _by_duty(client_of(wrong), ZHANG)

    assert caught.value.kind == "fault:AUTHN_FAILED"
    assert "another" not in str(caught.value)


def test_what_a_library_lacks_is_refused_before_anything_is_sent(plain: Library):
    use = UseReport(
        authorisation_id="SQ-1",
        certificate_id="ZZ-1",
        business_number="1",
        outcome=UseOutcome.ATTACHED,
        used_at=SENT_AT,
    )
    phone = AuthorisationMode.PHONE

    for ask in (
        lambda: plain.client.request_authorisation(call(), ZHANG, (), PURPOSE, phone),
        lambda: plain.client.authorisation(call(), "SQ-1", ZHANG, phone),
        lambda: plain.client.report_use(call(), use),
        lambda: plain.client.receipt(call(), new_id()),
    ):
        with pytest.raises(RemoteRefused) as caught:
            ask()
        assert (caught.value.kind, caught.value.sent) == (Kind.NOT_OFFERED, "no")

    abilities = plain.client.abilities
    assert phone not in abilities.modes
    assert not abilities.reports_use
    assert not abilities.keeps_receipts
    assert plain.log() == []


def test_a_reason_that_does_not_fit_is_said_before_anything_is_sent(library: Library):
    with pytest.raises(BadInput):
        library.client.verify_use_code(
            call(), NOODLE_SHOP.use_code, replace(PURPOSE, reason="长" * 201)
        )

    assert library.log() == []


def test_eight_counters_at_once_get_their_own_answers(library: Library):
    def ask(person: int) -> tuple[str, str]:
        of = PEOPLE[person]
        holder = Holder(name=of.name, id_type="111", id_number=of.id_number)
        leave = _by_duty(library.client, holder)
        page = library.client.query(call(), leave, holder, (), PURPOSE, 1, 10)
        return of.name, next(
            one.holder_name for one in page.certificates if one.type_name == "居民身份证"
        )

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, islice(cycle(range(len(PEOPLE))), 24)))

    assert [got for _, got in answers] == [asked for asked, _ in answers]


def test_no_person_and_no_secret_is_logged_at_any_level(
    library: Library, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    leave, found = library.client.verify_use_code(call(), ZHANG_SHILI.use_code, PURPOSE)
    library.client.query(call(), leave.authorisation_id, ZHANG, HOMES, PURPOSE, 1, 10)

    told = caplog.text + json.dumps(library.log()) + repr(vars(library.client))
    secrets = (ZHANG.name, ZHANG_SHILI.use_code, "practice'", found[0].number)
    assert not [each for each in secrets if each in told]


def test_auth_codes_do_not_outlive_the_program(tmp_path: Path):
    shape = SHAPES["rest_json"]
    with open_library(shape, shape.peer(tmp_path)) as opened:
        leave = _by_duty(opened.client, ZHANG)

        with pytest.raises(RemoteRefused) as caught:
            opened.again().query(call(), leave, ZHANG, HOMES, PURPOSE, 1, 10)

    assert (caught.value.kind, caught.value.sent) == ("fault:AUTHORIZATION_REQUIRED", "no")


def test_what_a_holder_entrusted_beforehand_is_found_without_him(tmp_path: Path):
    shape, mode = SHAPES["rest_json"], AuthorisationMode.ENTRUSTED
    with open_library(shape, shape.peer(tmp_path)) as opened:
        with pytest.raises(RemoteRefused) as caught:
            opened.client.request_authorisation(call(), ZHANG, (), PURPOSE, mode)
        opened.peer.control({"entrust": ZHANG.id_number})
        leave = opened.client.request_authorisation(call(), ZHANG, (), PURPOSE, mode)

    assert caught.value.kind == "fault:AUTHORIZATION_REQUIRED"
    assert (leave.granted(SENT_AT), leave.mode) == (True, mode)


def test_every_shape_that_may_be_signed_is_spoken_and_practised():
    assert set(SHAPES) == set(SIGNED_SHAPES) == set(PRACTICE_PEERS)
    with pytest.raises(BadInput):
        client_of(profile_of("smoke_signals", "http://127.0.0.1:1/x"))


def test_every_odd_holder_is_told_alike_by_all(plain: Library, peers: dict[str, RunningPeer]):
    """But for one: the typed library calls valid what the others' last day says has run out."""
    with client_at(SHAPES["soap_typed"], peers["soap_typed"]) as typed:
        for code in ODD_CODES:
            leave, expected = typed.client.verify_use_code(call(), code, PURPOSE)
            same, found = plain.client.verify_use_code(call(), code, PURPOSE)
            assert same.holder == leave.holder
            assert [replace(each, status=CertificateStatus.UNKNOWN) for each in found] == [
                replace(each, status=CertificateStatus.UNKNOWN) for each in expected
            ]
            assert [each.status for each in found] == [_by_day(each) for each in expected]


def _by_day(summary: CertificateSummary) -> CertificateStatus:
    until = summary.valid_until_on
    over = until is not None and until < local_date(SENT_AT)
    valid = summary.status is CertificateStatus.VALID
    return CertificateStatus.EXPIRED if over and valid else summary.status
