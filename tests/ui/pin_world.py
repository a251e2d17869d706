"""A PIN in memory, for the tests of the window."""

from clerk.domain.errors import SignInRefused
from clerk.domain.pin import PinState
from clerk.ui.actions import PinActions


class Pin:
    """A PIN in memory, proved beforehand unless a test says otherwise."""

    def __init__(self) -> None:
        self.left, self.state, self.word = 300, PinState.USABLE, "135790"
        self.ended = 0

    def actions(self) -> PinActions:
        """What the window is given."""
        return PinActions(
            hint="246810",
            left_seconds=lambda: self.left,
            state=lambda: self.state,
            open=self._open,
            set=self._set,
            end=self._end,
        )

    def _open(self, word: str) -> None:
        if word != self.word:
            raise SignInRefused("审批密码不对，没有作出决定，还可以试 4 次")
        self.left = 300

    def _set(self, password: str, word: str) -> None:
        if password != "practice":
            raise SignInRefused("账号或密码不对，还可以试 4 次")
        self.word, self.state = word, PinState.USABLE

    def _end(self) -> None:
        self.left = 0
        self.ended += 1
