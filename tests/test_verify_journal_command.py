"""``clerk --verify-journal``: every chain walked from a terminal, and a planted change named."""

import pytest

from clerk.__main__ import main
from clerk.domain.certificate import Holder
from clerk.domain.certificate_call import CallAbout
from clerk.domain.errors import RemoteTrouble
from clerk.domain.identity import Session
from clerk.services.call_journal import journaled
from integrations.practice.people import ZHANG_SHILI
from tests.real_counter import WORD, joined, lives_in, opened, said, settled


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A real counter with an auditor, and one call that the library never answered."""
    home = tmp_path_factory.mktemp("home")
    settled(home)
    with pytest.MonkeyPatch.context() as environment:
        lives_in(environment, home)
        joined(("shen", "沈审计", "auditor"))
        with opened() as here:
            one_lost_call(here)
        yield home


def one_lost_call(here):
    """Nobody listens at the library's address, and nobody could note the end either."""
    desk = here.desk
    session = Session(
        account=here.people[0], counter_code="07", counter_name="7 号窗", signed_in_at=desk.now()
    )
    call = desk.call(session, None)
    holder = Holder(name=ZHANG_SHILI.name, id_type="111", id_number=ZHANG_SHILI.id_number)

    def ends_here():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        journaled(desk, call, "query", "LICENCE", ends_here, CallAbout(holder=holder))
    with pytest.raises(RemoteTrouble):
        journaled(desk, desk.call(session, None), "ping", "", lambda: desk.certificates.ping(call))


def run(*more):
    return main(["--verify-journal", "--as", "shen", "--passphrase-fd", said(WORD), *more])


def test_every_chain_is_walked_with_its_open_calls(home, capsys):
    """Whole, but for an end kept elsewhere that it does not meet; no person is named."""
    assert run("--end", f"07:1:{'0' * 64}") == 1

    out = capsys.readouterr().out
    assert "从第 " in out
    assert "证照调用 2 次，没有结果的 1 次" in out
    assert "query" in out
    assert "链尾 07:" in out
    assert ZHANG_SHILI.id_number not in out


def test_an_end_that_is_none_is_said_before_anybody_is_asked(capsys):
    assert run("--end", "nonsense") == 1

    assert "不是链尾，没有核验" in capsys.readouterr().err
