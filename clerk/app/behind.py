"""What runs behind a person's window: sending what waits, asking how every peer stands."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PyQt6.QtCore import QObject

from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import Connection, TimePassed
from clerk.ui.shell import Shell
from clerk.ui.status_bar import DotSpec
from clerk.ui.timers import timer

DELIVER_MS = 2000
CONNECTIONS_MS = 30_000
TIME_MS = 600_000
APART_MS = 150


class Rounds(Protocol):
    """What is done behind the window; the lanes are those of ``clerk.ui.actions.Actions``."""

    @property
    def deliver(self) -> Callable[[], int]:
        """Send what waits, take over events; how many moved."""

    @property
    def connections(self) -> Callable[[], Sequence[Connection]]:
        """Ask each peer once."""

    @property
    def pass_time(self) -> Callable[[], TimePassed]:
        """Write down what time alone has brought."""

    @property
    def trust_the_clock(self) -> Callable[[], None]:
        """A person has compared it."""


class Behind(QObject):
    """Works every few seconds as long as a person is signed in; ``moved`` follows what moved.

    The same trouble of a round is said once, not every two seconds. A bug leaves through the
    excepthook and ends its own round only.
    """

    def __init__(
        self, jobs: Jobs, actions: Rounds, shell: Shell, moved: Callable[[], None]
    ) -> None:
        super().__init__(shell)
        self._jobs, self._actions, self._shell, self._moved = jobs, actions, shell, moved
        self._delivering = self._asking = False
        self._said = ""
        self._timers = (
            timer(self, DELIVER_MS, self.deliver),
            timer(self, CONNECTIONS_MS, self.ask_connections),
            timer(self, TIME_MS, self.pass_time),
        )
        self._first = (
            timer(self, APART_MS, self.deliver, once=True),
            timer(self, 2 * APART_MS, self.ask_connections, once=True),
            timer(self, 3 * APART_MS, self.pass_time, once=True),
        )

    def start(self) -> None:
        """Begin, one after the other: together they would take the window's first second."""
        for one in (*self._timers, *self._first):
            one.start()

    def stop(self) -> None:
        """Begin nothing new."""
        for one in (*self._timers, *self._first):
            one.stop()

    def deliver(self) -> None:
        """Send what waits and take over what happened, unless that is under way."""
        if self._delivering:
            return
        self._delivering = True
        self._jobs.run(
            Lane.BACK_OFFICE,
            self._deliver,
            owner=self,
            then=self._on_delivered,
            failed=self._on_not_delivered,
        )

    def _deliver(self) -> int:
        try:
            return self._actions.deliver()
        finally:  # on the lane: a bug never comes back to an answer of ours
            self._delivering = False

    def _on_delivered(self, moved: int) -> None:
        self._said = ""
        if moved:
            self._moved()

    def _on_not_delivered(self, error: ClerkError) -> None:
        said = str(error)
        if said != self._said:
            self._said = said
            self._shell.say(said)
            self._moved()

    def pass_time(self) -> None:
        """Write down what time has brought: silence that accepts, alarms, days that moved."""
        self._jobs.run(
            Lane.STORE,
            self._actions.pass_time,
            owner=self,
            then=self._on_time_passed,
            failed=lambda error: self._shell.say(str(error)),
        )

    def _on_time_passed(self, passed: TimePassed) -> None:
        if passed.moved_terms:
            self._shell.say(f"日历有更新，{passed.moved_terms} 个期限改了日子，经过里写着")
        elif passed.alarms:
            self._shell.say(f"有 {passed.alarms} 个时限提醒，在今日看")
        if passed.moved_terms or passed.alarms:
            self._moved()
        if not passed.finished:
            self.pass_time()

    def trust_the_clock(self) -> None:
        """A person has compared the computer's time; count on from here."""
        self._jobs.run(
            Lane.STORE,
            self._actions.trust_the_clock,
            owner=self,
            then=lambda _: self.pass_time(),
            failed=lambda error: self._shell.say(str(error)),
        )

    def ask_connections(self) -> None:
        """Ask every peer how it stands, for the dots at the foot of the window."""
        if self._asking:
            return
        self._asking = True
        self._jobs.run(
            Lane.CERTIFICATES,
            self._connections,
            owner=self,
            then=self._on_connections,
            failed=lambda error: self._shell.say(str(error)),
        )

    def _connections(self) -> Sequence[Connection]:
        try:
            return self._actions.connections()
        finally:
            self._asking = False

    def _on_connections(self, found: Sequence[Connection]) -> None:
        self._shell.show_dots(
            [DotSpec(name=one.name, state=one.state, detail=one.detail, group=1) for one in found]
        )
