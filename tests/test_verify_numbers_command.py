"""``clerk --verify-numbers``: every series proved whole from a terminal, and a lost number named."""

from sqlalchemy import delete

from clerk.__main__ import main
from clerk.domain.papers import PaperKind
from clerk.storage import paper_numbers
from clerk.storage.number_tables import paper_numbers as ledger
from clerk.storage.numbers import next_paper_number
from tests.real_counter import WORD, joined, lives_in, opened, said, settled
from tests.storage.number_windows import given


def run(capsys):
    code = main(["--verify-numbers", "--as", "shen", "--passphrase-fd", said(WORD)])
    return code, capsys.readouterr().out.splitlines()


def test_whole_series_are_counted_and_a_lost_number_is_named(tmp_path, monkeypatch, capsys):
    settled(tmp_path)
    lives_in(monkeypatch, tmp_path)
    joined(("shen", "沈审计", "auditor"))
    with opened() as here, here.desk.store.begin() as tx:
        for count in (1, 2, 3):
            assert next_paper_number(tx, "990123", "acceptance", 2026) == count
            paper_numbers.keep(tx, given(PaperKind.ACCEPTANCE, count))
    capsys.readouterr()

    whole = run(capsys)
    with opened() as here, here.desk.store.begin() as tx:
        tx.execute(delete(ledger).where(ledger.c.count == 2))
    broken = run(capsys)

    assert whole == (0, ["文号系列 1 个，给出 3 个，作废 0 个，没有空号和重号"])
    assert broken == (
        1,
        [
            "990123 受理通知书 2026 年缺第 2 号",
            "文号系列 1 个，给出 2 个，作废 0 个，有对不上的",
        ],
    )
