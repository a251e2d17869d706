"""One performance of the tour: a scratch home, the program, the player, the report."""

import shutil
import sys
import traceback
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from types import TracebackType

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication

from clerk import settings
from clerk.app import PRACTICE_HALL, PRACTICE_WORD
from clerk.app.edges import running_clock, uuid7
from clerk.app.workstation import Workstation
from clerk.tour.breaking import SHOWS_AT, Breaker
from clerk.tour.moves import Step
from clerk.tour.player import Player
from clerk.tour.programme import STEPS
from clerk.tour.report import PROMISED_SECONDS, Played, Report
from clerk.tour.scene import Scene
from clerk.ui import theme

START_AT = datetime(2026, 3, 18, 9, 0, tzinfo=timezone(timedelta(hours=8)))
LONGEST_SECONDS = 170
PLANTED_MS = 80


def perform(out: Path, *, broken: str, plant_block: bool) -> int:
    """Play every step and write the report into ``out``; 0 where all of it held."""
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)
    with TemporaryDirectory(prefix="clerk-tour-") as home:
        report = _play(Path(home), out, broken=broken, plant_block=plant_block)
    report.write(out / "tour.json")
    _say(
        f"standstill {report.standstill_ms:.1f} ms, intake {report.machine_seconds:.2f} s "
        f"of the machine, {report.share:.2f} % of {PROMISED_SECONDS} s"
    )
    failed = next((step for step in report.steps if not step.ok), None)
    if failed is not None:
        _say(f"FAILED at step {failed.number} {failed.name}: {failed.witness}")
    elif not report.ok:
        _say(f"FAILED: {report.trouble}")
    _say(f"{out / 'tour.json'}")
    return 0 if report.ok else 1


def _play(home: Path, out: Path, *, broken: str, plant_block: bool) -> Report:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = theme.program("clerk")
    here = settings.practice({"CLERK_HOME": str(home)})
    station = Workstation(
        app,
        hall=PRACTICE_HALL,
        practice_word=PRACTICE_WORD,
        settings=lambda: here,
        now=running_clock(START_AT),
        new_id=uuid7,
        fixed=True,
    )
    scene = Scene(station, here, out, START_AT.date())
    breaker = Breaker(scene, broken)
    steps: list[Played] = []
    trouble: list[str] = []

    def before(step: Step) -> None:
        breaker.before(step)
        if plant_block and step.name == "verdict":
            QTimer.singleShot(0, partial(_block, PLANTED_MS))

    player = Player(scene, STEPS, before=before, doomed=SHOWS_AT.get(broken, ""))

    def on_played(step: Played) -> None:
        steps.append(step)
        _say(step.line)

    def on_bug(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        traceback.print_exception(kind, error, trace)
        trouble.append(f"{kind.__name__}: {error}")
        player.fail(trouble[-1])

    player.played.connect(on_played)
    player.ended.connect(app.quit)
    QTimer.singleShot(LONGEST_SECONDS * 1000, lambda: player.fail("太久了"))
    sys.excepthook = on_bug
    try:
        station.show()
        QTimer.singleShot(0, player.start)
        app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        player.jobs.close()
        station.end()
    return Report(
        steps=steps,
        expected=len(STEPS),
        standstill_ms=player.standstill_ms,
        trouble="; ".join(trouble),
    )


def _block(milliseconds: int) -> None:
    """Hold the window up, as a slot that computes would."""
    end = perf_counter() + milliseconds / 1000
    while perf_counter() < end:
        pass


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
