"""Garbage is looked for while no work is under way."""

import gc
from typing import Final

from PyQt6.QtCore import QObject, QTimer

from clerk.jobs import Jobs, Lane

MAKERS: Final = (Lane.STORE, Lane.COUNT, Lane.AHEAD)
"""Lanes whose work holds a page of a province's items; none of them waits for anybody else."""
LOOK_MS: Final = 5_000
WORTH_IT: Final = 10
"""So many looks at what is young make one at everything worth while; Python's own measure."""
_PYTHONS: Final = gc.get_threshold()
_NEVER: Final = 1 << 30


class Garbage(QObject):
    """Looks through everything that lives now and then, instead of Python doing so.

    Python looks once enough has been made, on whichever thread made it, and the window stands still
    meanwhile: for 50 ms and more where that thread holds a page of a province's items, and again
    with every few pages. What is young it goes on looking through by itself: that takes no time.
    """

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._jobs = jobs
        gc.set_threshold(*_PYTHONS[:2], _NEVER)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look through everything if that is worth while and nothing is under way."""
        pending = self._jobs.pending()
        if gc.get_count()[-1] >= WORTH_IT and not any(pending.get(lane) for lane in MAKERS):
            gc.collect()

    def end(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.set_threshold(*_PYTHONS)
