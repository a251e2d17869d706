"""Plays the steps inside the program's own event loop, one move a turn."""

from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer, pyqtSignal

from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs, Lane
from clerk.tour.hands import Hands
from clerk.tour.moves import Move, Moves, Picture, Press, Say, See, Step, StepFailed
from clerk.tour.report import Played
from clerk.tour.scene import Scene
from clerk.ui.acts import DECISION_GAP_MS, DECISION_KEYS
from clerk.ui.overriding import override
from clerk.ui.standstill import StandstillMeter

if TYPE_CHECKING:
    from PyQt6.QtGui import QImage
    from PyQt6.QtWidgets import QWidget

LOOK_MS = 4
DOOMED_SECONDS = 4.0
BLIND_LOOK_MS = 40
"""How often the window is looked at where nothing was painted anew."""
ASK_AGAIN_MS = 100


class _Painted(QObject):
    """Notices that the window is painted anew, so that it is looked at then and not in vain.

    ``soon`` is started before each paint; it is due when the paint is done.
    """

    def __init__(self, window: "QWidget", soon: QTimer) -> None:
        super().__init__(window)
        self.anew, self._soon = True, soon
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() is QEvent.Type.UpdateRequest:
            self.anew = True
            self._soon.start()
        return super().eventFilter(watched, event)


class Player(QObject):
    """Presses the keys of each step, waits for what they lead to, asks the second witness.

    The tour ends with the first step that fails. ``before`` is called before each step, so that
    something can be broken there; ``played`` carries each finished step, ``ended`` follows the
    last. Machine time runs from a key to the look that finds its result; the looking itself, and
    what taking and writing a picture costs, are not counted: a clerk does none of it. A look that
    finds nothing is counted where a lane is at work, since that goes on meanwhile.
    """

    played = pyqtSignal(object)
    ended = pyqtSignal()

    def __init__(
        self,
        scene: Scene,
        steps: Sequence[Step],
        *,
        before: Callable[[Step], None] = lambda _step: None,
        doomed: str = "",
    ) -> None:
        """``doomed`` names a step that cannot hold any more: nobody waits long for it."""
        super().__init__()
        self._doomed = doomed
        self._scene, self._steps, self._before = scene, tuple(steps), before
        self.hands = Hands()
        self.jobs = Jobs(self)
        self.standstill_ms = 0.0
        self._standstill_of_step = 0.0
        self._meter = StandstillMeter(self)
        self._at = -1
        self._moves: Moves = iter(())
        self._waiting: See | None = None
        self._look_soon = QTimer(self)
        self._look_soon.setSingleShot(True)
        self._look_soon.timeout.connect(self._on_look)
        self._painted = _Painted(scene.station.window, self._look_soon)
        self._looked = 0.0
        self._since = self._begun = self._until = 0.0
        self._waits: list[tuple[str, float]] = []
        self._pictures: list[tuple[QImage, str]] = []
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

    def _longest(self, seconds: float) -> float:
        doomed = self._steps[self._at].name == self._doomed
        return min(seconds, DOOMED_SECONDS) if doomed else seconds

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
        self._waits, self._begun = [], perf_counter()
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
            self._keep_picture("failed")
            self._save_pictures()
        self.played.emit(
            Played(
                number=self._at + 1,
                name=step.name,
                title=step.title,
                ok=ok,
                seconds=perf_counter() - self._begun,
                machine_seconds=sum(seconds for _, seconds in self._waits),
                standstill_ms=self._standstill_of_step,
                keys=self.hands.keys - self._keys_before,
                files=tuple(self._scene.files),
                witness=said,
                intake=step.intake,
                waits=tuple(self._waits),
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
            self._away(Lane.PAPER, self._save_pictures, lambda _: self._begin_witness())
        except StepFailed as failed:
            self._end_step(str(failed), ok=False)
        else:
            self._do(move)

    def _do(self, move: Move) -> None:
        match move:
            case Press(key):
                self._press_in_turn(key)
            case Say(text):
                self._strike(text, partial(self.hands.say, text))
            case See():
                self._waiting = move
                if not move.timed:
                    self._since = 0.0
                self._until = perf_counter() + self._longest(move.seconds)
                self._painted.anew = True
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
        self._strike(key, partial(self.hands.press, key))

    def _strike(self, what: str, stroke: Callable[[], None]) -> None:
        self._since = perf_counter()
        try:
            stroke()
        except StepFailed as failed:
            self._end_step(str(failed), ok=False)
            return
        # A timer of 0 ms is served after what was posted before it, painting included.
        QTimer.singleShot(0, partial(self._on_struck, what))

    def _on_struck(self, what: str) -> None:
        self._count(what, perf_counter())
        self._go_on()

    def _count(self, what: str, until: float) -> None:
        """Add what has passed since the key, or since it was last added."""
        if self._since:
            self._waits.append((what, until - self._since))
            self._since = perf_counter()

    def _on_look(self) -> None:
        waiting = self._waiting
        if waiting is None:
            return
        now = perf_counter()
        if (
            not self._painted.anew
            and now - self._looked < BLIND_LOOK_MS / 1000
            and now < self._until
        ):
            return
        self._painted.anew, self._looked = False, now
        alone = not any(self._scene.station.jobs.pending().values())
        with self._meter.left_out():
            found = waiting.until()
        if alone and not found and self._since:
            self._since += perf_counter() - now
        if found:
            self._look.stop()
            self._waiting = None
            self._count(waiting.what, now)
            QTimer.singleShot(0, self._go_on)
        elif now > self._until:
            self._waiting = None
            self._end_step(f"{waiting.seconds:.0f} 秒里没有看到：{waiting.what}", ok=False)
        elif not self._look.isActive():
            self._look.start()

    # Pictures

    def _take_picture(self) -> None:
        if not self._scene.eyes.is_settled():
            QTimer.singleShot(LOOK_MS, self._take_picture)
            return
        count = sum(name.endswith(".png") for name in self._scene.files)
        self._keep_picture(str(count + 1) if count else "")
        self._since = 0.0
        QTimer.singleShot(0, self._go_on)

    def _keep_picture(self, more: str) -> None:
        self._pictures.append((self._grab(), self._picture_name(more)))

    def _grab(self) -> "QImage":
        with self._meter.left_out():
            return self._scene.station.window.grab().toImage()

    def _picture_name(self, more: str) -> str:
        parts = [f"{self._at + 1:02}", self._steps[self._at].name, *([more] if more else [])]
        name = f"{'-'.join(parts)}.png"
        self._scene.files.append(name)
        return name

    def _save_pictures(self) -> None:
        """Write the step's pictures; between steps, where the window has nothing to do."""
        pictures, self._pictures = self._pictures, []
        for picture, name in pictures:
            if not picture.save(str(self._scene.out / name), "PNG", 80):
                raise StepFailed(f"{name} 写不进 {self._scene.out}")

    def _away(self, lane: Lane, work: Callable[[], object], then: Callable[[object], None]) -> None:
        self.jobs.run(lane, work, owner=self, then=then, failed=self._on_failed)

    def _on_failed(self, error: ClerkError) -> None:
        self._end_step(str(error), ok=False)

    # The second witness

    def _begin_witness(self) -> None:
        if not self._over:
            self._ask_witness(perf_counter() + self._longest(self._steps[self._at].patience))

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
