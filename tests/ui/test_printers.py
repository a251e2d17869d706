"""The machine's printers: CUPS where it is there, pictures elsewhere, trouble that is known."""

import os
import stat

import pytest

from clerk.domain.errors import DeviceTrouble
from clerk.ui.documents_printer import PrintJob, SystemPrinters
from tests.ui.example_values import page_picture


def test_where_cups_is_there_the_pdf_goes_to_it_as_it_is(tmp_path, monkeypatch):
    """A program named lp stands in for CUPS: it keeps what it was given."""
    spool = tmp_path / "spool"
    command = tmp_path / "lp"
    command.write_text(f'#!/bin/sh\necho "$@" > {spool}.args\ncat > {spool}\n', encoding="utf-8")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    job = PrintJob(title="受理通知书", pdf=b"%PDF-1.7", pages=list, copies=2)

    SystemPrinters().send("laser", job)

    assert spool.read_bytes() == b"%PDF-1.7"
    assert (tmp_path / "spool.args").read_text("utf-8") == "-d laser -n 2 -t 受理通知书\n"


def test_a_spooler_that_refuses_is_known_trouble(tmp_path, monkeypatch):
    command = tmp_path / "lp"
    command.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    job = PrintJob(title="受理通知书", pdf=b"%PDF-1.7", pages=list, copies=1)

    with pytest.raises(DeviceTrouble, match="没有打出来"):
        SystemPrinters().send("laser", job)


def test_without_cups_a_printer_that_is_not_there_is_known_trouble(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    job = PrintJob(title="x", pdf=b"", pages=lambda: [page_picture()], copies=1)

    with pytest.raises(DeviceTrouble, match="没有打出来"):
        SystemPrinters().send("不存在的打印机", job)
