"""What does not hold (问题), each in a block of its own with its repair buttons."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtCore import QPointF, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from clerk.domain.findings import Check, Finding, Headline, Outcome, Remedy
from clerk.ui import icons, theme
from clerk.ui.intake_flow import OpenCase
from clerk.ui.overriding import override
from clerk.ui.widgets import Button
from clerk.values import dataclass
from clerk.wording import REMEDIES, basis, decline_name, finding, remedy

_SIDE, _UPRIGHT, _ICON, _BESIDE = 12, 9, 16, 8
_BETWEEN, _OVER_BUTTONS, _BETWEEN_BUTTONS = 3, 7, 6
_WRAPPED = Qt.TextFlag.TextWordWrap
_HIGHEST = 10_000
_GATHERED = frozenset({Check.QUESTION_ANSWERED, Check.FIELD_FILLED})
_MOST_BUTTONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something to put right, with its ways out; ``subject`` is where F4 goes."""

    subject: str
    title: str
    detail: str
    basis: str
    hard: bool
    remedies: tuple[Remedy, ...]
    words: tuple[str, ...]


def problems_of(opened: OpenCase) -> tuple[Problem, ...]:
    """Return what does not hold, most of it one by one, gaps of one kind together."""
    found = [
        f
        for f in opened.verdict.findings
        if f.outcome is not Outcome.PASS and not _solves_itself(opened, f)
    ]
    problems: list[Problem] = []
    seen: set[tuple[str, str]] = set()
    for one in sorted(found, key=lambda f: not f.hard):
        if _is_looking(one) or one.check in _GATHERED:
            key = (one.check.value, one.subject if _is_looking(one) else "")
            if key not in seen:
                seen.add(key)
                alike = [f for f in found if f.check is one.check and _same(f, one)]
                problems.append(_gathered(one, alike))
        else:
            problems.append(_single(opened, one))
    return tuple(problems)


def _solves_itself(opened: OpenCase, found: Finding) -> bool:
    """Whether it goes away with a gap that is named already: rules on empty lines, our own paper."""
    if found.check is Check.RULE:
        return found.outcome is Outcome.CANNOT_TELL
    return (
        found.check is Check.MATERIAL_PRESENT
        and opened.standard.requirement(found.subject).generated_from_form
        and found.subject not in opened.trouble
    )


def _same(left: Finding, right: Finding) -> bool:
    return left.outcome is right.outcome and (
        not _is_looking(right) or left.subject == right.subject
    )


def _is_looking(found: Finding) -> bool:
    return found.check is Check.MATERIAL_POINT and found.outcome is Outcome.CANNOT_TELL


def _gathered(first: Finding, alike: Sequence[Finding]) -> Problem:
    names = "、".join(f.subject_name for f in alike)
    match first.check:
        case Check.QUESTION_ANSWERED:
            title = f"还有 {len(alike)} 问没答" if len(alike) > 1 else finding(first)
            detail = names if len(alike) > 1 else ""
        case Check.FIELD_FILLED:
            title = f"还差 {len(alike)} 处没填" if len(alike) > 1 else finding(first)
            detail = names if len(alike) > 1 else ""
        case _:
            title = f"{first.subject_name}还有 {len(alike)} 个要点没看"
            detail = "要点由人看过才算合格"
    return Problem(
        subject=first.subject,
        title=title,
        detail=detail,
        basis="",
        hard=first.hard,
        remedies=first.remedies[:1],
        words=tuple(REMEDIES[one] for one in first.remedies[:1]),
    )


def _single(opened: OpenCase, found: Finding) -> Problem:
    ways = tuple(one for one in found.remedies if one is not Remedy.NOTIFY)[:_MOST_BUTTONS]
    not_required = opened.verdict.headline is Headline.NOT_REQUIRED
    words = tuple(
        decline_name(opened.standard, not_required=not_required)
        if one is Remedy.DECLINE
        else REMEDIES[one]
        for one in ways
    )
    return Problem(
        subject=found.subject,
        title=finding(found),
        detail=remedy(found),
        basis=basis(found),
        hard=found.hard,
        remedies=ways,
        words=words,
    )


class Block(QWidget):
    """One problem with its repair buttons, painted as a whole: there may be many of them.

    ``repair`` carries the remedy pressed and the problem's subject. It is filled again instead
    of made again.
    """

    repair = pyqtSignal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._problem: Problem | None = None
        self._placed: dict[int, list[QRect]] = {}
        self.buttons: list[Button] = []
        for _ in range(_MOST_BUTTONS):
            self._add_button()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_problem(self, number: int, problem: Problem) -> None:
        """Show ``problem`` as the ``number``-th to put right."""
        if problem != self._problem:
            self._problem = problem
            self._placed.clear()
            self._name_buttons(problem)
            self._place_buttons()
            self.updateGeometry()
            self.update()
        parts = (f"第 {number} 项", problem.title, problem.detail, problem.basis)
        said = "，".join(part for part in parts if part)
        if said != self.accessibleName():
            self.setAccessibleName(said)
        self.show()

    def _add_button(self) -> None:
        button = Button("", small=True, parent=self)
        button.hide()
        button.clicked.connect(partial(self._on_pressed, len(self.buttons)))
        self.buttons.append(button)

    def _name_buttons(self, problem: Problem) -> None:
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(problem.words))
            if place < len(problem.words):
                button.setText(problem.words[place])
                button.setAccessibleName(f"{problem.words[place]}，{problem.title}")

    def _on_pressed(self, place: int, _checked: bool) -> None:
        if self._problem is not None:
            self.repair.emit(self._problem.remedies[place], self._problem.subject)

    def words(self) -> str:
        """What is written on it, a line for each text."""
        return "\n".join(text for text, *_ in self._texts())

    def _texts(self) -> Sequence[tuple[str, int, bool, str]]:
        """What is written, with size, weight and tone, from the top down."""
        held = self._problem
        if held is None:
            return ()
        lines = ((held.title, 13, True, "t1"), (held.detail, 12, False, "t2"))
        return [line for line in (*lines, (held.basis, 12, False, "t3")) if line[0]]

    def _laid_out(self, width: int) -> list[QRect]:
        """Where each text stands in a block of ``width`` pixels; measured once."""
        if width in self._placed:
            return self._placed[width]
        left = theme.px(_SIDE) + theme.px(_ICON) + theme.px(_BESIDE)
        top, room = theme.px(_UPRIGHT), max(1, width - left - theme.px(_SIDE))
        placed: list[QRect] = []
        for text, size, bold, _ in self._texts():
            metrics = QFontMetrics(theme.font(size, bold))
            high = metrics.boundingRect(QRect(0, 0, room, _HIGHEST), _WRAPPED, text).height()
            placed.append(QRect(left, top, room, high))
            top += high + theme.px(_BETWEEN)
        self._placed[width] = placed
        return placed

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        placed = self._laid_out(width)
        high = placed[-1].bottom() + 1 if placed else 0
        if self._problem is not None and self._problem.words:
            high += theme.px(_OVER_BUTTONS) + self.buttons[0].sizeHint().height()
        return high + theme.px(_UPRIGHT)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), self.heightForWidth(self.width()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(40))

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._place_buttons()

    def _place_buttons(self) -> None:
        left = theme.px(_SIDE) + theme.px(_ICON) + theme.px(_BESIDE)
        bottom = self.heightForWidth(self.width()) - theme.px(_UPRIGHT)
        for button in self.buttons:
            size = button.sizeHint()
            button.setGeometry(left, bottom - size.height(), size.width(), size.height())
            left += size.width() + theme.px(_BETWEEN_BUTTONS)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        held = self._problem
        if held is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, hard=held.hard)
        gap = not held.basis
        name = "circle-dashed" if gap else "circle-x" if held.hard else "circle-alert"
        tone = "t2" if gap else "bad" if held.hard else "warn"
        icons.draw(painter, name, QPointF(theme.px(_SIDE), theme.px(_UPRIGHT)), _ICON, tone)
        for place, line in zip(self._laid_out(self.width()), self._texts(), strict=True):
            text, size, bold, tone = line
            painter.setFont(theme.font(size, bold))
            painter.setPen(theme.color(tone))
            painter.drawText(place, _WRAPPED, text)

    def _paint_ground(self, painter: QPainter, *, hard: bool) -> None:
        inset = 0.5 if hard else 0.0
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(theme.color("line"), 1) if hard else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface" if hard else "warnS"))
        painter.drawRoundedRect(frame, theme.px(6), theme.px(6))
