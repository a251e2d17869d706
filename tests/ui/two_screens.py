"""A child with two screens: prints where the clerk's window and the applicant's page stand."""

import json
import sys

from PyQt6.QtWidgets import QApplication, QWidget

from clerk.jobs import Jobs
from clerk.ui import theme
from clerk.ui.signing import SecondScreen, second_screen
from clerk.ui.signing_sheet import SigningSheet


def main() -> None:
    app = QApplication([])
    theme.apply(app)
    window = QWidget()
    here = next(screen for screen in app.screens() if screen.name() == "clerk")
    window.setScreen(here)
    window.setGeometry(here.geometry())
    window.show()
    screen = second_screen(window)
    if screen is None:
        raise SystemExit("no second screen")
    second = SecondScreen(SigningSheet(Jobs(), "一次性告知书", "张示例"), screen)
    second.show()
    app.processEvents()
    stood = [shown.name() for shown in (window.screen(), second.screen()) if shown is not None]
    sys.stdout.write(json.dumps({"screens": stood, "at": second.geometry().getRect()}))


if __name__ == "__main__":
    main()
