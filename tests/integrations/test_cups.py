"""A real cupsd: what arrives, what a printer says of itself, what becomes of a job in trouble."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from clerk.domain.errors import DeviceTrouble
from clerk.domain.printing import (
    PrinterCondition,
    PrinterTrouble,
    PrintProgress,
    PrintState,
    SentJob,
)
from integrations.devices.cups import CupsPrinters, condition_of
from integrations.devices.ipp import (
    AnswerUnreadable,
    IppServer,
    Operation,
    PrintRefused,
    ask,
    decoded,
    server_of,
)
from tests.cups_hall import CupsHall

T = PrinterTrouble
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    title: str = "受理通知书"
    pdf: bytes = PDF
    copies: int = 2


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    made = CupsHall(tmp_path_factory.mktemp("cups") / "hall")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def printers(hall):
    return hall.printers


def until(hall: CupsHall, sent: SentJob, seen: Callable[[PrintProgress], bool]) -> PrintProgress:
    """Ask until the job is so far."""
    begun, pause = monotonic(), Event()
    while not seen(now := hall.printers.progress(sent)):
        assert monotonic() - begun < 10, (now, (hall.home / "log/error").read_text())
        pause.wait(0.02)
    return now


def until_is(hall: CupsHall, sent: SentJob, state: PrintState) -> PrintProgress:
    return until(hall, sent, lambda now: now.state is state)


def test_a_pdf_comes_out_byte_for_byte_in_as_many_copies(hall, printers):
    sent = printers.send("laser", Sheet())

    until_is(hall, sent, PrintState.DONE)

    (sheet,) = hall.sheets("laser")
    assert sheet.name == f"{sent.job}-2.pdf"
    assert sheet.read_bytes() == PDF


def test_every_queue_is_offered(printers):
    assert printers.names() == ("closed", "hall", "laser", "letter", "paused")


@pytest.mark.parametrize(
    ("queue", "troubles"),
    [
        ("laser", ()),
        ("paused", (T.STOPPED,)),
        ("closed", (T.NOT_TAKING,)),
        ("letter", (T.NO_A4,)),
        ("removed", (T.GONE,)),
    ],
)
def test_a_printer_is_asked_before_anything_is_sent(printers, queue, troubles):
    assert printers.condition(queue) == PrinterCondition(troubles=troubles)


def test_a_jammed_job_waits_and_goes_on_when_the_paper_was_taken_out(hall, printers):
    hall.trouble("laser", "media-jam-error")
    sent = printers.send("laser", Sheet())
    assert until_is(hall, sent, PrintState.STUCK).troubles == (T.JAM,)

    hall.trouble("laser", "")

    until_is(hall, sent, PrintState.DONE)
    assert (hall.home / "trays/laser" / f"{sent.job}-2.pdf").read_bytes() == PDF


def test_a_job_out_of_paper_is_taken_back_and_another_printer_takes_it(hall, printers):
    hall.trouble("laser", "media-empty-error")
    before = len(hall.sheets("laser"))
    sent = printers.send("laser", Sheet())
    assert until_is(hall, sent, PrintState.STUCK).troubles == (T.NO_PAPER,)

    assert printers.drop(sent).state is PrintState.CANCELLED
    hall.trouble("laser", "")
    other = printers.send("hall", Sheet())

    until_is(hall, other, PrintState.DONE)
    assert len(hall.sheets("laser")) == before
    assert hall.sheets("hall")[-1].read_bytes() == PDF


def test_a_job_on_a_stopped_printer_hangs(hall, printers):
    sent = printers.send("paused", Sheet())

    assert until_is(hall, sent, PrintState.STUCK).troubles == (T.STOPPED,)
    assert printers.drop(sent).state is PrintState.CANCELLED


def test_a_job_that_the_printer_gives_up_has_failed(hall, printers):
    hall.trouble("hall", "fail")
    sent = printers.send("hall", Sheet())

    until_is(hall, sent, PrintState.FAILED)
    hall.trouble("hall", "")


def test_what_came_out_meanwhile_cannot_be_taken_back(hall, printers):
    sent = printers.send("laser", Sheet())
    until_is(hall, sent, PrintState.DONE)

    assert printers.drop(sent).state is PrintState.DONE


def test_a_printer_that_was_removed_takes_nothing_and_its_job_is_not_said_to_be_printed(
    hall, printers
):
    with pytest.raises(DeviceTrouble, match="0406"):
        printers.send("removed", Sheet())

    assert printers.progress(SentJob(printer="removed", job="9999")) == PrintProgress(
        state=PrintState.UNKNOWN, troubles=(T.GONE,)
    )


def test_a_print_system_that_is_down_is_one_sentence(tmp_path):
    down = CupsPrinters(IppServer(path=str(tmp_path / "nobody")))
    for call in (down.names, lambda: down.condition("laser"), lambda: down.send("laser", Sheet())):
        with pytest.raises(DeviceTrouble, match="打印系统没有应答"):
            call()


@pytest.mark.parametrize(
    ("reasons", "condition"),
    [
        (("none",), PrinterCondition()),
        (("media-empty",), PrinterCondition(troubles=(T.NO_PAPER,))),
        (("media-empty-warning",), PrinterCondition(low=True)),
        (("toner-low-report", "connecting-to-device"), PrinterCondition(low=True)),
        (("door-open-error", "media-jam-error"), PrinterCondition(troubles=(T.JAM, T.DOOR_OPEN))),
        (("fuser-over-temp-error",), PrinterCondition(troubles=(T.FAULTY,))),
        (("offline-report", "cups-waiting-for-job-completed"), PrinterCondition()),
    ],
)
def test_what_a_printer_says_of_itself_is_read_into_few_troubles(reasons, condition):
    assert condition_of({"printer-state": (3,), "printer-state-reasons": reasons}) == condition


def test_an_a4_tray_is_enough(printers):
    said = {"media-ready": ("na_letter_8.5x11in", "iso_a4_210x297mm")}

    assert condition_of(said).ready
    assert condition_of({"media-ready": ("iso_a3_297x420mm",)}).troubles == (T.NO_A4,)


@pytest.mark.parametrize("cut", [0, 3, 8, 20, 60])
def test_an_answer_that_ends_too_early_is_not_read(cut):
    whole = bytes.fromhex("02000000 00000001 01 47 0012") + b"attributes-charset" + b"\0\5utf-8"
    with pytest.raises(AnswerUnreadable):
        decoded(whole[:cut])


def test_a_question_that_nobody_knows_is_refused(hall):
    with pytest.raises(PrintRefused):
        ask(hall.server, Operation.GET_PRINTER, ("printer-uri", "ipp://localhost/printers/x"))


def test_the_print_system_is_found_as_other_programs_find_it(tmp_path):
    config, socket = tmp_path / "client.conf", tmp_path / "sock"
    assert server_of({}, (socket,), config) is None

    socket.touch()
    assert server_of({}, (socket,), config) == IppServer(path=str(socket))

    config.write_text("# hall\nServerName print.example\n")
    assert server_of({}, (socket,), config) == IppServer(host="print.example")

    found = server_of({"CUPS_SERVER": "other.example:8631"}, (socket,), config)
    assert found == IppServer(host="other.example", port=8631)


def test_the_folder_of_a_hall_needs_nothing_but_the_daemon(hall):
    assert not Path(hall.home / "bin/filter").exists()
