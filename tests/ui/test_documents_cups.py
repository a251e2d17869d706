"""文书 over a real cupsd: a jam, another printer, and the very bytes of the paper."""

import pytest
from PyQt6.QtCore import Qt

from tests.cups_hall import CupsHall
from tests.ui.paper_office import Office, page

__all__ = ["page"]


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    made = CupsHall(tmp_path_factory.mktemp("cups") / "hall")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def office(hall):
    made = Office()
    made.printers = hall.printers
    return made


def print_on(made, queue, hands):
    made.panel.choose(queue)
    hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)


def test_a_printer_jams_and_another_one_prints_the_same_bytes(office, page, hands, qtbot, hall):
    hall.trouble("laser", "media-jam-error")
    made = page()
    print_on(made, "laser", hands)
    qtbot.waitUntil(lambda: "laser卡纸" in made.hang.text())
    assert office.journal.noted == []

    print_on(made, "hall", hands)

    qtbot.waitUntil(lambda: office.journal.noted == [("受理通知书", "hall", 2)])
    assert hall.sheets("laser") == []
    assert [sheet.read_bytes() for sheet in hall.sheets("hall")] == ["受理通知书".encode()]
    hall.trouble("laser", "")


def test_a_queue_that_is_stopped_is_told_before_anything_is_sent(office, page, hands, qtbot):
    made = page()

    print_on(made, "paused", hands)

    qtbot.waitUntil(lambda: "paused停用了" in made.hang.text())
    assert office.journal.prints == {}
