"""The practice printers: PDFs in a folder, and a jam that a trainee has to deal with."""

from dataclasses import dataclass

import pytest

from clerk.domain.errors import DeviceTrouble
from clerk.domain.printing import PrinterTrouble, PrintState
from integrations.devices.simulated.printer import SimulatedPrinters


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    title: str = "受理通知书"
    pdf: bytes = b"%PDF-1.7 1"
    copies: int = 2


WINDOW, HALL = "练习打印机", "大厅练习打印机"


@pytest.fixture
def printers(tmp_path):
    return SimulatedPrinters(tmp_path / "printed", names=(WINDOW, HALL), done="打印件在文件夹里")


def files(printers):
    return sorted(file.name for file in printers.folder.glob("*"))


def test_jobs_lie_in_the_folder_in_the_order_in_which_they_came(printers):
    sent = printers.send(WINDOW, Sheet())
    printers.send(HALL, Sheet(title="一/二", copies=1))

    assert files(printers) == ["0001-受理通知书-2.pdf", "0002-一-二-1.pdf"]
    assert (printers.folder / "0001-受理通知书-2.pdf").read_bytes() == Sheet().pdf
    assert printers.progress(sent).state is PrintState.DONE


def test_a_jammed_printer_says_so_and_what_it_was_sent_comes_when_it_was_cleared(printers):
    printers.jam()
    assert printers.condition(WINDOW).troubles == (PrinterTrouble.JAM,)
    assert printers.condition(HALL).ready

    sent = printers.send(WINDOW, Sheet())
    assert printers.progress(sent).state is PrintState.STUCK
    assert not printers.folder.exists()

    printers.clear()
    assert printers.progress(sent).state is PrintState.DONE
    assert len(files(printers)) == 1


def test_paper_may_run_out_while_a_job_is_printed_and_the_job_be_taken_back(printers):
    printers.jam(PrinterTrouble.NO_PAPER, at_once=False)
    assert printers.condition(WINDOW).ready

    sent = printers.send(WINDOW, Sheet())
    assert printers.progress(sent).troubles == (PrinterTrouble.NO_PAPER,)

    assert printers.drop(sent).state is PrintState.CANCELLED
    printers.clear()
    assert not printers.folder.exists()


def test_a_folder_that_cannot_be_written_is_said(printers):
    printers.folder.write_text("in the way")

    with pytest.raises(DeviceTrouble, match="写不进去"):
        printers.send(WINDOW, Sheet())
