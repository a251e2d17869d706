"""What is written beside a case: a chain that holds, and no person in it."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from clerk.app.practice_accounts import practice_accounts
from clerk.domain import intake
from clerk.domain.case import Case
from clerk.domain.case_list import CaseQuery, CaseView
from clerk.domain.errors import NotAcceptable, RemoteTrouble, SignInRefused
from clerk.domain.identity import Role
from clerk.domain.papers import PaperKind
from clerk.domain.referral import NOBODY, Referral
from clerk.services import (
    acceptance,
    approval,
    case_list,
    certificates,
    delivery,
    drafts,
    hand_off,
    paper_making,
)
from clerk.services.sign_in import note_lock, sign_in
from clerk.storage import accounts, journal
from clerk.storage.journal_verifier import first_broken
from integrations.practice.people import FIRMS, NOODLE_SHOP, PEOPLE, ZHANG_SHILI
from tests.services.certificate_calls import by_code
from tests.services.noodle_shop import (
    HIS_OWN_CARD,
    accepted,
    complete_in_full,
    decided,
    incomplete,
    named,
    with_licence_called,
)
from tests.services.noodle_shop import opened as opened_case
from tests.services.printed_papers import in_hand
from tests.services.window import STATION, Window, opened

CANARIES = sorted(
    {
        *(person.name for person in PEOPLE),
        *(person.id_number for person in PEOPLE),
        *(person.phone for person in PEOPLE),
        *(person.address for person in PEOPLE),
        *(person.use_code for person in PEOPLE if person.use_code),
        *(firm.name for firm in FIRMS),
        *(firm.code for firm in FIRMS),
        *(firm.use_code for firm in FIRMS if firm.use_code),
    }
)


class Heard(logging.Handler):
    """Everything that is logged, at any level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"{record.name} {record.getMessage()} {record.exc_text or ''}")


@contextmanager
def listening() -> Iterator[list[str]]:
    """Hear what our own rooms log, down to the last detail."""
    heard = Heard()
    rooms = [logging.getLogger(name) for name in ("clerk", "integrations")]
    levels = [room.level for room in rooms]
    for room in rooms:
        room.addHandler(heard)
        room.setLevel(logging.DEBUG)
    yield heard.texts
    for room, level in zip(rooms, levels, strict=True):
        room.removeHandler(heard)
        room.setLevel(level)


def named_in(texts):
    return [(canary, text) for text in texts for canary in CANARIES if canary in text]


def a_busy_morning(window):
    """The main job, refusals of every kind, and peers in trouble."""
    desk, clerk = window.desk, window.clerk
    with window.trouble("certlib", "fault:NOT_FOUND"), pytest.raises(RemoteTrouble):
        with_licence_called(window, opened_case(window))
    draft = drafts.save_draft(desk, clerk, complete_in_full(window))
    drafts.load_case(desk, clerk, draft.case_id)
    taken = accepted(window, draft)
    troubles = []
    with window.trouble("back_office", "fault:INVALID_ARGUMENT"):
        window.deliver()
    troubles += [entry.last_trouble for entry in window.messages(taken)]
    for fault in ("html", "malformed", "down"):
        hand_off.try_stuck_again(desk, clerk)
        window.clock.goes_on(minutes=5)
        with window.trouble("back_office", fault):
            window.deliver()
        troubles += [entry.last_trouble for entry in window.messages(taken)]
    window.clock.goes_on(minutes=5)
    window.deliver()
    paper_making.make_due_papers(desk, clerk, taken.case_id)
    query = CaseQuery(view=CaseView.ALL, on=desk.today(), text=ZHANG_SHILI.id_number)
    case_list.cases_page(desk, clerk, query, None, 0, 10)
    approval.send_back(
        desk, window.chief, taken.case_id, ["LAYOUT_UNCLEAR"], ["LAYOUT"], f"问{ZHANG_SHILI.name}"
    )
    approval.answer_return_of(desk, clerk, taken.case_id)
    decided(window, window.stored(taken))
    window.deliver()
    in_hand(window, window.stored(taken), PaperKind.DECISION)
    delivery.hand_out_result(
        desk,
        window.session(Role.RESULT_CLERK),
        taken.case_id,
        HIS_OWN_CARD,
    )
    acceptance.tell_once(desk, clerk, incomplete(window), {"RULES": f"请{ZHANG_SHILI.name}补交"})
    with pytest.raises(NotAcceptable):
        acceptance.decline_case(desk, clerk, named(window), ZHANG_SHILI.name, NOBODY)
    elsewhere = Referral(office=NOODLE_SHOP.name, receiver=ZHANG_SHILI.name, phone="0990-1234567")
    acceptance.decline_case(desk, clerk, named(window), "NOT_COMPETENT", elsewhere)
    case = opened_case(window)
    leave, found = by_code(window, case)
    certificates.drop_certificate(desk, clerk, case, leave, found[0])
    content, media_type = desk.scanner.scan()
    drafts.keep_file(desk, clerk, content, f"{ZHANG_SHILI.name}身份证.png", media_type)
    drafts.destroy_draft(desk, clerk, drafts.save_draft(desk, clerk, case))
    note_lock(desk, clerk)
    window.deliver()
    return taken, [trouble for trouble in troubles if trouble]


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """What a busy morning left behind."""

    window: Window
    case: Case
    troubles: list[str]
    logs: list[str]


@pytest.fixture(scope="module")
def morning(
    tmp_path_factory: pytest.TempPathFactory, empty, peers, press, catalogue, calendar
) -> Iterator[Morning]:
    folder = tmp_path_factory.mktemp("store")
    with opened(folder, empty, peers, press, catalogue, calendar) as window, listening() as logs:
        window.lease()
        case, troubles = a_busy_morning(window)
        yield Morning(window=window, case=case, troubles=troubles, logs=logs)


def test_no_line_of_the_journal_names_a_person_or_a_number(morning):
    """The canaries are every invented name, number, telephone, address and code of the hall."""
    lines = morning.window.lines()

    assert named_in([f"{line.act} {line.detail}" for line in lines]) == []
    assert len(lines) > 40


def test_no_log_and_no_trouble_of_the_outbox_names_one_either(morning):
    assert named_in(morning.logs) == []
    assert named_in(morning.troubles) == []
    assert len(set(morning.troubles)) == 4  # refused, no SOAP, malformed, out of reach


def test_the_canaries_are_where_they_belong(morning):
    """The tests above would be worth nothing if they had not been through the window."""
    written = repr(morning.window.stored(morning.case)) + "".join(
        entry.message.body for entry in morning.window.messages(morning.case)
    )

    assert {ZHANG_SHILI.name, ZHANG_SHILI.id_number, NOODLE_SHOP.name} <= {
        canary for canary in CANARIES if canary in written
    }


def test_the_chain_holds_after_everything(morning):
    exported = morning.window.read(lambda tx: list(journal.export(tx, STATION)))

    assert morning.window.read(lambda tx: journal.verify(tx, STATION)) is None
    assert first_broken(exported) is None


def test_a_line_that_was_changed_elsewhere_shows(window):
    accepted(window)
    exported = window.read(lambda tx: list(journal.export(tx, STATION)))

    changed = json.loads(exported[-1])
    changed["detail"]["number"] = "20260318-9999"

    assert first_broken([*exported[:-1], json.dumps(changed)]) == len(exported)


def test_a_search_leaves_its_line_without_what_was_searched_for(window):
    query = CaseQuery(view=CaseView.ALL, on=window.desk.today(), text=ZHANG_SHILI.name)

    case_list.cases_page(window.desk, window.clerk, query, None, 0, 10)

    (line,) = (line for line in window.lines() if line.act == "cases.searched")
    assert ZHANG_SHILI.name not in line.detail


def test_a_search_that_is_typed_on_is_one_line_and_another_one_its_own(window):
    """The line stands before the first key finds anybody; 张 typed on is no second search."""
    typed = case_list.TypedSearch()

    def look_for(text, *, view=CaseView.ALL):
        query = CaseQuery(view=view, on=window.desk.today(), text=text)
        case_list.cases_page(window.desk, window.clerk, query, None, 0, 10, typed=typed)
        return sum(line.act == "cases.searched" for line in window.lines())

    assert [look_for(text) for text in ("张", "张示", "张示例", "张示例")] == [1, 1, 1, 1]
    assert look_for("张示") == 2  # a character taken back may lead to somebody else
    assert look_for("李") == 3
    assert look_for("李", view=CaseView.DRAFTS) == 4
    window.clock.goes_on(seconds=case_list.ONE_SEARCH.seconds)
    assert look_for("李样", view=CaseView.DRAFTS) == 5
    look_for("", view=CaseView.DRAFTS)
    assert look_for("李样本", view=CaseView.DRAFTS) == 6  # begun anew, for the next client


def test_reading_a_case_is_a_line_of_the_journal(window):
    case = accepted(window)

    drafts.load_case(window.desk, window.chief, case.case_id)

    assert (window.lines()[-1].act, window.lines()[-1].account_id) == ("case.read", "zheng")


# 登录 ---------------------------------------------------------------------------------------------


@pytest.fixture
def known(window):
    """The window with one account that can sign in."""
    (zhou,) = (one for one in practice_accounts() if one.account_id == "zhou")
    with window.desk.store.begin() as tx:
        accounts.add(tx, zhou, accounts.hashed("practice"))
    return window


def come_in(window, account_id, password):
    return sign_in(window.desk, account_id, password, lambda: 100)


def test_signing_in_opens_a_session_at_this_counter(known):
    session = come_in(known, "zhou", "practice")

    assert (session.account.account_id, session.counter_code) == ("zhou", "03")
    assert known.lines()[-1].act == "account.signed_in"


def test_what_was_typed_for_an_account_that_is_none_is_not_written_down(known):
    """It may be an identity number, or the password in the wrong line."""
    with pytest.raises(SignInRefused):
        come_in(known, ZHANG_SHILI.id_number, "practice")

    assert known.lines()[-1].act == "account.refused"
    assert named_in([known.lines()[-1].detail]) == []


def test_a_wrong_password_names_the_account_and_never_the_password(known):
    with pytest.raises(SignInRefused, match="4 次"):
        come_in(known, "zhou", "wrong-word")

    assert "zhou" in known.lines()[-1].detail
    assert "wrong-word" not in known.lines()[-1].detail


def test_five_wrong_passwords_lock_the_account_for_everybody(known):
    for _ in range(5):
        with pytest.raises(SignInRefused):
            come_in(known, "zhou", "wrong-word")

    with pytest.raises(SignInRefused, match="15 分钟"):
        come_in(known, "zhou", "practice")


def test_an_edit_on_the_screen_is_nothing_until_it_is_saved(window):
    case = intake.with_value(opened_case(window), "phone", ZHANG_SHILI.phone, window.clock())

    assert window.messages(case) == []
    assert [line.act for line in window.lines()] == ["numbers.leased"]
