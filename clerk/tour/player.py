"""Plays the steps inside the program's own event loop, one move a turn."""

from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal

from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs, Lane
from clerk.tour.hands import Hands
from clerk.tour.moves import Move, Moves, Picture, Press, Say, See, Step, StepFailed
from clerk.tour.report import Played
from clerk.tour.scene import Scene
from clerk.ui.acts import DECISION_GAP_MS, DECISION_KEYS
from clerk.ui.standstill import StandstillMeter

if TYPE_CHECKING:
    from PyQt6.QtGui import QImage

LOOK_MS = 4
ASK_AGAIN_MS = 100


class Player(QObject):
    """Presses the keys of each step, waits for what they lead to, asks the second witness.

    The tour ends with the first step that fails. ``before`` is called before each step, so that
    something can be broken there; ``played`` carries each finished step, ``ended`` follows the
    last. A standstill caused by taking a picture is not counted: a clerk takes none.
    """

    played = pyqtSignal(object)
    ended = pyqtSignal()

    def __init__(
        self,
        scene: Scene,
        steps: Sequence[Step],
        *,
        before: Callable[[Step], None] = lambda _step: None,
    ) -> None:
        super().__init__()
        self._scene, self._steps, self._before = scene, tuple(steps), before
        self.hands = Hands()
        self.jobs = Jobs(self)
        self.standstill_ms = 0.0
        self._standstill_of_step = 0.0
        self._meter = StandstillMeter(self)
        self._at = -1
        self._moves: Moves = iter(())
        self._waiting: See | None = None
        self._machine = self._since = self._begun = self._until = 0.0
        self._keys_before = 0
        self._decided = 0.0
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.setTimerType(Qt.TimerType.PreciseTimer)
        self._look.timeout.connect(self._on_look)

    def start(self) -> None:
        """Begin with the first step."""
        self._meter.start()
        self._next_step()

    def fail(self, why: str) -> None:
        """End the step under way: something went wrong outside of it."""
        self._end_step(why, ok=False)

    # Steps

    @property
    def _over(self) -> bool:
        return self._at >= len(self._steps)

    def _next_step(self) -> None:
        self._at += 1
        if self._over:
            self._end()
            return
        step = self._steps[self._at]
        self._before(step)
        self._scene.files = []
        self._machine, self._begun = 0.0, perf_counter()
        self._since, self._keys_before = self._begun, self.hands.keys
        self._standstill_of_step = 0.0
        self._moves = step.do(self._scene)
        self._go_on()

    def _end_step(self, said: str, *, ok: bool) -> None:
        self._look.stop()
        if self._over:
            return
        self._waiting = None
        self._read_meter()
        step = self._steps[self._at]
        if not ok:
            self._save(self._grab(), self._picture_name("failed"))
        self.played.emit(
            Played(
                number=self._at + 1,
                name=step.name,
                title=step.title,
                ok=ok,
                seconds=perf_counter() - self._begun,
                machine_seconds=self._machine,
                standstill_ms=self._standstill_of_step,
                keys=self.hands.keys - self._keys_before,
                files=tuple(self._scene.files),
                witness=said,
                intake=step.intake,
            )
        )
        if ok:
            QTimer.singleShot(0, self._next_step)
        else:
            self._end()

    def _end(self) -> None:
        self._at = len(self._steps)
        self._read_meter()
        self._meter.stop()
        self.ended.emit()

    def _read_meter(self) -> None:
        longest = self._meter.stop()
        self._standstill_of_step = max(self._standstill_of_step, longest)
        self.standstill_ms = max(self.standstill_ms, longest)
        self._meter.start()

    # Moves

    def _go_on(self) -> None:
        if self._over:
            return
        try:
            move = next(self._moves)
        except StopIteration:
            self._ask_witness(perf_counter() + self._steps[self._at].patience)
        except StepFailed as failed:
            self._end_step(str(failed), ok=False)
        else:
            self._do(move)

    def _do(self, move: Move) -> None:
        match move:
            case Press(key):
                self._press_in_turn(key)
            case Say(text):
                self._strike(partial(self.hands.say, text))
            case See():
                self._waiting = move
                if not move.timed:
                    self._since = 0.0
                self._until = perf_counter() + move.seconds
                self._on_look()
            case Picture():
                self._take_picture()

    def _press_in_turn(self, key: str) -> None:
        """Press now; a decision key as far from the last one as a hand would leave it."""
        wait = 0
        if key in DECISION_KEYS:
            passed = round(1000 * (perf_counter() - self._decided))
            wait = max(0, DECISION_GAP_MS + 20 - passed)
        QTimer.singleShot(wait, partial(self._press, key))

    def _press(self, key: str) -> None:
        if key in DECISION_KEYS:
            self._decided = perf_counter()
        self._strike(partial(self.hands.press, key))

    def _strike(self, stroke: Callable[[], None]) -> None:
        self._since = perf_counter()
        try:
            stroke()
        except StepFailed as failed:
            self._end_step(str(failed), ok=False)
            return
        # A timer of 0 ms is served after what was posted before it, painting included.
        QTimer.singleShot(0, self._on_struck)

    def _on_struck(self) -> None:
        self._count()
        self._go_on()

    def _count(self) -> None:
        """Add what has passed since the key, or since it was last added."""
        now = perf_counter()
        if self._since:
            self._machine += now - self._since
            self._since = now

    def _on_look(self) -> None:
        waiting = self._waiting
        if waiting is None:
            return
        if waiting.until():
            self._look.stop()
            self._waiting = None
            self._count()
            QTimer.singleShot(0, self._go_on)
        elif perf_counter() > self._until:
            self._waiting = None
            self._end_step(f"{waiting.seconds:.0f} 秒里没有看到：{waiting.what}", ok=False)
        elif not self._look.isActive():
            self._look.start()

    def _take_picture(self) -> None:
        count = sum(name.endswith(".png") for name in self._scene.files)
        name = self._picture_name(str(count + 1) if count else "")
        self._away(Lane.PAPER, partial(self._save, self._grab(), name), lambda _: None)
        self._since = 0.0
        QTimer.singleShot(0, self._go_on)

    def _grab(self) -> "QImage":
        self._read_meter()
        self._meter.stop()
        picture = self._scene.station.window.grab().toImage()
        self._meter.start()
        return picture

    def _picture_name(self, more: str) -> str:
        parts = [f"{self._at + 1:02}", self._steps[self._at].name, *([more] if more else [])]
        name = f"{'-'.join(parts)}.png"
        self._scene.files.append(name)
        return name

    def _save(self, picture: "QImage", name: str) -> None:
        if not picture.save(str(self._scene.out / name), "PNG", 80):
            raise StepFailed(f"{name} 写不进 {self._scene.out}")

    def _away(self, lane: Lane, work: Callable[[], object], then: Callable[[object], None]) -> None:
        self.jobs.run(lane, work, owner=self, then=then, failed=self._on_failed)

    def _on_failed(self, error: ClerkError) -> None:
        self._end_step(str(error), ok=False)

    # The second witness

    def _ask_witness(self, until: float) -> None:
        if self._over:
            return
        step = self._steps[self._at]

        def failed(error: ClerkError) -> None:
            if perf_counter() < until:
                QTimer.singleShot(ASK_AGAIN_MS, partial(self._ask_witness, until))
            else:
                self._end_step(str(error), ok=False)

        self.jobs.run(
            Lane.STORE,
            partial(step.witness, self._scene),
            owner=self,
            then=lambda said: self._end_step(said, ok=True),
            failed=failed,
        )
