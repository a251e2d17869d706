"""The practice printer: PDFs in a folder, and a jam that a trainee has to deal with."""

from dataclasses import dataclass

import pytest

from clerk.domain.errors import DeviceTrouble
from integrations.devices.simulated.printer import SimulatedPrinter


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    title: str = "受理通知书"
    pdf: bytes = b"%PDF-1.7 1"
    copies: int = 2


@pytest.fixture
def printer(tmp_path):
    return SimulatedPrinter(tmp_path / "printed", name="练习打印机", sent="打印件在文件夹里")


def files(printer):
    return sorted(file.name for file in printer.folder.glob("*"))


def test_jobs_lie_in_the_folder_in_the_order_in_which_they_came(printer):
    printer.send("练习打印机", Sheet())
    printer.send("练习打印机", Sheet(title="一/二", copies=1))

    assert files(printer) == ["0001-受理通知书-2.pdf", "0002-一-二-1.pdf"]
    assert (printer.folder / "0001-受理通知书-2.pdf").read_bytes() == Sheet().pdf


def test_a_jammed_printer_takes_nothing_until_it_is_cleared(printer):
    printer.jam()
    with pytest.raises(DeviceTrouble, match="卡纸"):
        printer.send("练习打印机", Sheet())
    assert not printer.folder.exists()

    printer.clear()
    printer.send("练习打印机", Sheet())

    assert len(files(printer)) == 1


def test_a_folder_that_cannot_be_written_is_said(printer):
    printer.folder.write_text("in the way")

    with pytest.raises(DeviceTrouble, match="写不进去"):
        printer.send("练习打印机", Sheet())
