"""Printers that only Qt knows: pictures are painted, and only a person sees what came out."""

import pytest

from clerk.domain.errors import DeviceTrouble
from clerk.domain.printing import PrinterTrouble, PrintState, SentJob
from clerk.ui.documents_printer import PrintJob, SystemPrinters
from tests.ui.example_values import page_picture


def test_a_printer_that_is_not_there_is_known_trouble():
    job = PrintJob(title="x", pdf=b"", pages=lambda: [page_picture()], copies=1)

    assert SystemPrinters().condition("不存在的打印机").troubles == (PrinterTrouble.GONE,)
    with pytest.raises(DeviceTrouble, match="没有打出来"):
        SystemPrinters().send("不存在的打印机", job)


def test_nobody_but_a_person_can_say_what_became_of_a_job():
    printers, sent = SystemPrinters(), SentJob(printer="激光打印机", job="")

    assert printers.progress(sent).state is PrintState.UNKNOWN
    assert printers.drop(sent).state is PrintState.UNKNOWN
