"""A process that says how long the window stood still over 调证照: ``… still_child FAULT,FAULT``.

It signs in at the practice counter, then opens the dialog once for each fault of the practice
library, shows a code, lets the window settle or stops waiting after some seconds, and closes it.
Prints the longest standstill of each in milliseconds.
"""

import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from benchmarks.memory_child import press, sign_in, turn_until

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QWidget

    from clerk.app.workstation import Workstation

MATERIAL = "LICENCE"
MOST_SECONDS = 4.0
"""So long a clerk waits before he presses Esc."""


def main() -> None:
    """Measure each fault in turn; the first opening is not counted, it imports."""
    station = sign_in()
    longest = {}
    for fault in ("none", *sys.argv[1].split(",")):
        longest[fault] = _stood_still(station, fault)
    for fault in sys.argv[1].split(","):
        print(f"{longest[fault]:.2f}")
    sys.stdout.flush()
    station.end()
    os._exit(0)


def _stood_still(station: "Workstation", fault: str) -> float:
    from PyQt6.QtCore import Qt
    from PyQt6.QtWidgets import QWidget

    from benchmarks.certificate_drafts import company
    from benchmarks.counter import Counter
    from clerk.app.edges import uuid7
    from clerk.ui.certificates import open_certificates
    from clerk.ui.standstill import StandstillMeter
    from clerk.ui.widgets import Dialog, open_dialog
    from integrations.practice.control import steer

    floor, door = station.floor, station.door
    if floor is None or door is None or door.opened is None:
        raise AssertionError("nobody is signed in")
    tools = door.opened.practice
    if tools is None:
        raise AssertionError("this is no practice hall")
    steer(tools.province.control_url("certlib"), {"fault": fault, "count": 1000})
    actions = floor.actions
    visitor = company(Counter(), uuid7(), actions.intake.here.now())
    meter, opened = StandstillMeter(), list[Dialog]()

    def shown(host: QWidget, dialog: Dialog) -> None:
        opened.append(dialog)
        open_dialog(host, dialog)

    meter.start()
    open_certificates(
        floor.shell,
        actions.certificates,
        station.jobs,
        visitor.case,
        MATERIAL,
        lambda _case: None,
        shown,
    )
    turn_until(opened[0].isVisible)
    for digit in visitor.use_code:
        press(_focused(), Qt.Key(ord(digit)), digit)
    press(_focused(), Qt.Key.Key_Return, "")
    _settle(lambda: not any(station.jobs.pending().values()))
    press(_focused(), Qt.Key.Key_Escape, "")
    opened[0].close_dialog()
    _settle(lambda: not any(station.jobs.pending().values()))
    return meter.stop()


def _focused() -> "QWidget":
    from PyQt6.QtWidgets import QApplication

    widget = QApplication.focusWidget()
    if widget is None:
        raise AssertionError("nothing has the focus")
    return widget


def _settle(done: Callable[[], bool]) -> None:
    """Turn until nothing is under way, or as long as a clerk waits."""
    from PyQt6.QtWidgets import QApplication

    begun = time.monotonic()
    while time.monotonic() - begun < MOST_SECONDS:
        QApplication.processEvents()
        time.sleep(0.002)
        if time.monotonic() - begun > 1 and done():
            return


if __name__ == "__main__":
    main()
