"""One leave, one question, all materials; files ahead of the clerk, and none without leave."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk.domain import intake
from clerk.domain.certificate_file import SealState
from clerk.domain.certificate_matching import HolderRelation
from clerk.domain.errors import CertificateFileRefused, NotAllowed, RemoteRefused, RemoteUnavailable
from clerk.services import certificate_fetching, certificate_leave, certificates, drafts
from clerk.services.certificate_matching import match
from integrations.practice.people import LI_YANGBEN, ZHANG_SHILI
from tests.domain.at_the_window import handler, mandate_of
from tests.services.certificate_calls import BY_DUTY, ask, by_code, calls, find, use
from tests.services.noodle_shop import named, opened, read_card


def allowance(window):
    """An old-age allowance of Li Yangben, who stands there with his card."""
    standard = window.catalogue["old_age_allowance"]
    case = drafts.open_case(window.desk, window.clerk, standard)
    return intake.with_person(case, read_card(window, LI_YANGBEN), standard.applicant_kinds)


def look(window, case, leave, one, requirement="LICENCE"):
    return certificates.look_at_certificate(
        window.desk, window.clerk, case, requirement, leave, one
    )


def outcomes(window, case):
    window.deliver()
    uses = window.peer("certlib").state()["uses"]
    return [one["outcome"] for one in uses if one["business_number"] == str(case.case_id)]


@pytest.fixture
def library(window):
    """Steers the practice library, and leaves it as it was."""
    peer = window.peer("certlib")
    yield peer.control
    peer.control({"holding": "*", "as": "normal"})


# 一次授权，全部材料 -------------------------------------------------------------------------------


def test_one_code_is_matched_against_all_materials_without_a_second_question(window):
    case = allowance(window)
    leave, _ = by_code(window, case, "HOUSEHOLD", LI_YANGBEN.use_code)

    matches = match(window.desk, window.clerk, case, leave)

    materials = {row.material for row in matches.rows}
    assert {"HOUSEHOLD"} <= materials
    assert len(materials) > 1
    assert calls(window) == ["VerifyUseCode"]


def test_one_request_by_duty_asks_for_all_types_and_one_query_lists_them(window):
    case = allowance(window)

    leave = ask(window, case, BY_DUTY, "HOUSEHOLD", reason="依职权核验")
    matches = match(window.desk, window.clerk, case, leave)

    assert len({row.material for row in matches.rows}) > 1
    assert calls(window) == ["RequestAuthorization", "QueryCertificates"]


def test_the_leave_serves_the_next_material_too(window):
    """Nobody shows his code twice for one case."""
    case = allowance(window)
    leave, _ = by_code(window, case, "HOUSEHOLD", LI_YANGBEN.use_code)

    assert certificate_leave.leaves_at_hand(window.desk, window.clerk, case) == (leave,)
    window.clock.at = leave.valid_until_at
    assert certificate_leave.leaves_at_hand(window.desk, window.clerk, case) == ()


def test_a_list_is_not_shown_for_longer_than_five_minutes(window):
    case = named(window)
    leave, _ = by_code(window, case)
    window.clock.goes_on(minutes=5)

    find(window, case, leave)

    assert calls(window) == ["VerifyUseCode", "QueryCertificates"]


def test_one_case_finds_nothing_of_another(window):
    case, other = named(window), named(window)
    leave, (licence,) = by_code(window, case)
    look(window, case, leave, licence)

    assert certificate_leave.leaves_at_hand(window.desk, window.clerk, other) == ()
    memory = window.desk.certificate_memory
    assert memory.file_of(other.case_id, licence.certificate_id, window.clock()) is None


# 依职责核验 ---------------------------------------------------------------------------------------


def test_calls_by_duty_are_counted_and_end_at_the_days_cap(window):
    case = named(window)
    desk = replace(window.desk, office=replace(window.desk.office, calls_by_duty_a_day=2))
    for left in (1, 0):
        ask(window, case, BY_DUTY, reason="依职权核验")
        assert certificate_leave.duty_calls_left(desk, window.clerk) == left
    heard = len(calls(window))

    with pytest.raises(NotAllowed, match="今天依职责核验已满 2 次"):
        certificate_leave.request_authorisation(
            desk, window.clerk, case, "LICENCE", BY_DUTY, "依职权核验"
        )

    assert len(calls(window)) == heard
    window.clock.goes_on(days=1)
    assert certificate_leave.duty_calls_left(desk, window.clerk) == 2


# 预取 ---------------------------------------------------------------------------------------------


def test_a_file_fetched_ahead_is_used_without_another_call(window):
    case = named(window)
    leave, (licence,) = by_code(window, case)

    shown = look(window, case, leave, licence)
    assert shown.look.seal is SealState.INTACT
    picture = certificates.picture_of_certificate(
        window.desk, window.clerk, case, "LICENCE", leave, licence, 1, 60.0
    )
    heard = calls(window)
    used, _ = use(window, case, leave, licence)

    assert picture.startswith(b"\x89PNG")
    assert calls(window) == heard == ["VerifyUseCode", "FetchCertificateFile"]
    assert (used.seal, used.status_read_at) == (SealState.INTACT, window.clock())
    memory = window.desk.certificate_memory
    assert memory.file_of(case.case_id, licence.certificate_id, window.clock()) is None
    assert outcomes(window, case) == ["ATTACHED"]


def test_nothing_is_fetched_ahead_before_the_principal_signed(window):
    """A daughter's unsigned mandate lets nothing of her mother's be called, ahead or not."""
    case = named(window)
    leave, (licence,) = by_code(window, case)
    unsigned = intake.with_handler(case, handler(mandate_of(signed=False)))
    heard = calls(window)

    for call in (
        lambda: match(window.desk, window.clerk, unsigned, leave),
        lambda: look(window, unsigned, leave, licence),
        lambda: use(window, unsigned, leave, licence),
    ):
        with pytest.raises(NotAllowed):
            call()

    assert calls(window) == heard


def test_what_nobody_used_is_forgotten_after_five_minutes_and_told_as_abandoned(window):
    case = named(window)
    leave, (licence,) = by_code(window, case)
    look(window, case, leave, licence)
    assert certificate_fetching.drop_old_files(window.desk) == 0

    window.clock.goes_on(minutes=5)

    assert certificate_fetching.drop_old_files(window.desk) == 1
    assert outcomes(window, case) == ["ABANDONED"]


def test_a_draft_that_is_destroyed_takes_its_certificates_with_it(window):
    case = named(window)
    leave, (licence,) = by_code(window, case)
    used, kept = use(window, case, leave, licence)
    held = intake.from_certificate(used, kept, window.clerk, window.clock())
    case = drafts.save_draft(window.desk, window.clerk, intake.with_evidence(case, "LICENCE", held))

    drafts.destroy_draft(window.desk, window.clerk, case)

    assert outcomes(window, case) == ["ATTACHED", "DELETED"]


# 文件和签章 ---------------------------------------------------------------------------------------


def test_a_file_changed_after_it_was_sealed_is_not_used_and_the_library_is_told(window, library):
    case = named(window)
    leave, (licence,) = by_code(window, case)
    library({"holding": "*", "as": "changed_byte"})

    assert look(window, case, leave, licence).look.seal is SealState.CHANGED
    with pytest.raises(NotAllowed, match="盖章以后被改动过"):
        use(window, case, leave, licence, looked=True)

    assert outcomes(window, case) == ["REJECTED"]


def test_a_seal_that_covers_a_part_needs_a_person_who_looked(window, library):
    case = named(window)
    leave, (licence,) = by_code(window, case)
    library({"holding": "*", "as": "half_covered"})

    with pytest.raises(NotAllowed, match="打勾"):
        use(window, case, leave, licence)
    used, _ = use(window, case, leave, licence, looked=True)

    assert used.seal is SealState.PARTLY


def test_a_file_that_cannot_be_opened_is_not_used_and_the_library_is_told(window, library):
    case = named(window)
    leave, (licence,) = by_code(window, case)
    library({"holding": "*", "as": "truncated"})

    with pytest.raises(CertificateFileRefused):
        use(window, case, leave, licence)

    assert outcomes(window, case) == ["REJECTED"]


class InPieces:
    """The library, asked for small pieces; some of them go wrong on the way."""

    def __init__(self, window, piece_bytes, goes_wrong):
        self._library, self._piece_bytes = window.desk.certificates, piece_bytes
        self._goes_wrong, self.offsets, self.cancelled = list(goes_wrong), [], []

    def fetch_chunk(self, call, leave_id, certificate_id, kind, purpose, offset, _most, version):
        self.offsets.append((offset, bool(version)))
        trouble = self._goes_wrong.pop(0) if self._goes_wrong else None
        if trouble is not None:
            raise trouble
        return self._library.fetch_chunk(
            call, leave_id, certificate_id, kind, purpose, offset, self._piece_bytes, version
        )


BROKE_OFF = RemoteUnavailable("连接中断", kind="broken", sent="unknown")
CHANGED = RemoteRefused("文件更新了", kind="fault:FILE_CHANGED", sent="answered")
CANCELLED = RemoteUnavailable("取消了", kind="cancelled", sent="unknown")


def in_pieces(window, *goes_wrong):
    leave, (licence,) = by_code(window, case := named(window))
    size = len(
        certificate_fetching.file_at_hand(
            window.desk, window.clerk, case, "LICENCE", leave, licence
        ).content
    )
    window.desk.certificate_memory.drop_case(case.case_id)
    pieces = InPieces(window, size // 3 + 1, goes_wrong)
    return replace(window.desk, certificates=pieces), pieces, case, leave, licence, size // 3 + 1


def test_a_fetch_that_broke_off_goes_on_where_it_was(window):
    desk, pieces, case, leave, licence, step = in_pieces(window, None, BROKE_OFF)

    certificate_fetching.file_at_hand(desk, window.clerk, case, "LICENCE", leave, licence)

    assert pieces.offsets == [(0, False), (step, True), (step, True), (2 * step, True)]


def test_a_file_that_changed_meanwhile_is_begun_anew_once_and_that_is_told(window):
    desk, pieces, case, leave, licence, step = in_pieces(window, None, CHANGED)

    held = certificate_fetching.file_at_hand(desk, window.clerk, case, "LICENCE", leave, licence)

    assert held.restarted
    assert [offset for offset, _ in pieces.offsets] == [0, step, 0, step, 2 * step]


@pytest.mark.parametrize(
    "goes_wrong",
    [(None, CANCELLED), (BROKE_OFF,), (None, CHANGED, None, CHANGED)],
    ids=["cancelled", "nothing came", "changed twice"],
)
def test_what_cannot_be_fetched_whole_is_not_held(window, goes_wrong):
    desk, _, case, leave, licence, _ = in_pieces(window, *goes_wrong)

    with pytest.raises((RemoteUnavailable, RemoteRefused)):
        certificate_fetching.file_at_hand(desk, window.clerk, case, "LICENCE", leave, licence)

    memory = desk.certificate_memory
    assert memory.file_of(case.case_id, licence.certificate_id, window.clock()) is None


def test_one_act_takes_at_most_twenty_seconds_with_all_its_pieces(window):
    desk, pieces, case, leave, licence, _ = in_pieces(window)
    slow = replace(desk, now=_each_later(window.clock, seconds=11))

    with pytest.raises(RemoteUnavailable, match="20 秒"):
        certificate_fetching.file_at_hand(slow, window.clerk, case, "LICENCE", leave, licence)

    assert len(pieces.offsets) < 3


def _each_later(clock, seconds):
    """A clock that goes on with every look."""

    def now():
        clock.goes_on(seconds=seconds)
        return clock.at - timedelta(seconds=seconds)

    return now


# 持证人不是申请人 ---------------------------------------------------------------------------------


def test_another_holders_certificate_is_used_only_with_his_relation(window):
    """The licence names somebody else than the person at the window."""
    case = opened(window)
    leave, (licence,) = by_code(window, case)
    stranger = replace(licence, fields={**licence.fields, "经营者": "别人"})
    assert licence.fields["经营者"] == ZHANG_SHILI.name

    with pytest.raises(NotAllowed, match="先确认和申请人的关系"):
        use(window, case, leave, stranger)
    used, _ = use(window, case, leave, stranger, relation=HolderRelation.BODY)

    assert used.relation == "body"
