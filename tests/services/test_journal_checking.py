"""Walking the journal: whole chains, open calls, planted changes, a ledger that says otherwise."""

import pytest
from sqlalchemy import delete, text, update

from clerk.domain.errors import RemoteUnavailable
from clerk.domain.identity import Role
from clerk.services.call_settling import settle_calls
from clerk.services.journal_checking import check_journal
from clerk.storage import journal
from clerk.storage.ledger_tables import certificate_calls
from clerk.wording_ledger import journal_lines, journal_summary
from tests.services.certificate_calls import by_code
from tests.services.noodle_shop import named
from tests.services.window import STATION


@pytest.fixture
def called(window):
    """One call that was answered, and one whose answer was lost."""
    case = named(window)
    by_code(window, case)
    with window.trouble("certlib", "drop_answer"), pytest.raises(RemoteUnavailable):
        by_code(window, case)
    return window


def checked(window, *ends):
    kept = {end.station: end for end in ends}
    (found,) = check_journal(window.desk, window.session(Role.AUDITOR), kept)
    return found


def change(window, statement):
    with window.desk.store.begin() as tx:
        tx.execute(statement)


def test_a_whole_chain_says_so_and_that_it_was_walked(called):
    found = checked(called)

    assert found.whole
    assert (found.calls, found.open_intents, found.unlike) == (2, (), ())
    assert called.lines()[-1].act == "journal.verified"
    assert "链完整" in next(journal_lines(found))
    assert journal_summary(1, 1) == "核验了 1 条链，都完整"


def test_an_end_that_was_kept_elsewhere_must_be_met(called):
    end = called.read(lambda tx: journal.anchor(tx, STATION))
    assert checked(called, end).whole

    cut = journal.Anchor(station=STATION, sequence=end.sequence + 99, digest=end.digest)
    assert not checked(called, cut).whole


def test_a_line_that_was_changed_is_the_first_broken_one(called):
    change(called, text("DROP TRIGGER journal_no_update"))
    broken = next(line.sequence for line in called.lines() if line.act.startswith("certificate."))
    change(
        called,
        text(
            "UPDATE journal SET detail = replace(detail, 'LICENCE', 'PERMITS')"
            f" WHERE sequence = {broken}"
        ),
    )

    found = checked(called)

    assert (found.whole, found.broken_at) == (False, broken)
    assert f"从第 {broken} 条起对不上" in next(journal_lines(found))
    assert journal_summary(1, 0) == "核验了 1 条链，1 条有问题"


@pytest.mark.parametrize(
    "statement",
    [
        delete(certificate_calls).where(certificate_calls.c.ending == "answered"),
        update(certificate_calls)
        .where(certificate_calls.c.ending == "answered")
        .values(words='{"reason":"另一个事由"}'),
        update(certificate_calls)
        .where(certificate_calls.c.ending == "answered")
        .values(operation="query"),
    ],
    ids=["gone", "other words", "another operation"],
)
def test_a_ledger_that_tells_otherwise_is_named(called, statement):
    """The journal holds the digest of what the ledger's words were."""
    change(called, statement)

    found = checked(called)

    assert (found.whole, found.broken_at) == (False, None)
    assert len(found.unlike) == 1


def test_a_settled_call_is_open_no_more(called):
    settle_calls(called.desk, called.clerk)

    found = checked(called)

    assert (found.whole, found.open_intents) == (True, ())
