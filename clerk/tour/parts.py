"""Turns that several steps share, still nothing but keys and looks."""

from collections.abc import Mapping

from clerk.tour.moves import Moves, Press, Say, See, StepFailed
from clerk.tour.scene import Scene

MOST_STOPS = 30


def see(scene: Scene, *words: str, seconds: float = 20.0, timed: bool = True) -> See:
    """Wait until all of ``words`` stand on the window."""
    what = "、".join(words)
    return See(what, lambda: scene.eyes.sees(*words), seconds=seconds, timed=timed)


def at(scene: Scene, *words: str) -> See:
    """Wait until the focus is on what is called so."""
    return See(
        f"焦点在{'、'.join(words)}",
        lambda: all(word in scene.eyes.focus() for word in words),
    )


def do(scene: Scene, name: str) -> Moves:
    """Find an act by its name (Ctrl K) and do it."""
    yield Press("Ctrl+K")
    yield See("找功能", lambda: scene.eyes.dialog() == "找功能")
    yield Say(name)
    yield see(scene, f"{name}")
    yield Press("Return")
    yield See("找功能关上", lambda: scene.eyes.dialog() != "找功能")


def go_to(scene: Scene, *words: str, key: str = "F4") -> Moves:
    """Press ``key`` until the focus is on what is called so."""
    for _ in range(MOST_STOPS):
        if all(word in scene.eyes.focus() for word in words):
            return
        yield Press(key)
    raise StepFailed(f"{key} 走不到{'、'.join(words)}，停在{scene.eyes.focus()}")


def answer(scene: Scene, answers: Mapping[str, str]) -> Moves:
    """Choose by digit as long as the focus is on a question or list that is known."""
    for _ in range(MOST_STOPS):
        asked = scene.eyes.focus()
        digit = next((digit for label, digit in answers.items() if asked.startswith(label)), "")
        if not digit:
            return
        yield Press(digit)
        yield _left(scene, asked)


def fill(scene: Scene, values: Mapping[str, str]) -> Moves:
    """Type into one gap after the other, in the order in which Enter goes through them."""
    for _ in range(MOST_STOPS):
        asked = scene.eyes.focus()
        label = next((label for label in values if asked.startswith(label)), "")
        if not label:
            return
        yield Say(values[label])
        yield Press("Return")
        yield _left(scene, asked)


def _left(scene: Scene, asked: str) -> See:
    return See(f"{asked}之后的一处", lambda: scene.eyes.focus() != asked)


def expect(holds: object, otherwise: str) -> None:
    """Fail the step unless ``holds``."""
    if not holds:
        raise StepFailed(otherwise)
