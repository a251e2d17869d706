"""Page and list of quoted values hand in hand: what is pointed at in the one is found in the other."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal

from clerk.domain.case import Case
from clerk.domain.errors import ClerkError
from clerk.domain.identity import Act as Right
from clerk.domain.issued import IssuedPaper
from clerk.domain.quoted import QuotedValue
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import PaperActions
from clerk.ui.acts import Act
from clerk.ui.documents_canvas import QuotedCanvas
from clerk.ui.documents_quoted import QuotedPart, told_of, why_fixed


class Quoting(QObject):
    """Asks what the paper in front quotes; ``said`` tells why a value cannot be changed."""

    said = pyqtSignal(str)

    def __init__(
        self,
        host: QObject,
        actions: PaperActions,
        jobs: Jobs,
        canvas: QuotedCanvas,
        part: QuotedPart,
        change: Callable[[Case, QuotedValue], None] | None,
    ) -> None:
        """``change`` brings a value to where it is changed; without it nothing is."""
        super().__init__(host)
        self._actions, self._jobs, self._change = actions, jobs, change
        self._canvas, self._part = canvas, part
        self._case: Case | None = None
        self._asked = 0
        self._may_edit = change is not None and actions.here.session.may(Right.EDIT_CASE)
        part.located.connect(canvas.show_mark)
        part.wanted.connect(self._on_wanted)
        canvas.stepped.connect(part.go_to)
        canvas.opened.connect(part.open)

    def acts(self) -> Sequence[Act]:
        """The keys by which the pages lead from value to value, for the key sheet."""
        step = self._canvas.step
        return (
            Act(name="下一处引用", key="Right", trigger=partial(step, 1), local=True),
            Act(name="上一处引用", key="Left", trigger=partial(step, -1), local=True),
        )

    def follow(self, paper: IssuedPaper, case: Case | None) -> None:
        """Show what another paper quotes, once it is known; an older answer is dropped."""
        self._asked += 1
        self._case = case
        self._show(())
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.quoted, paper),
            owner=self,
            then=partial(self._on_quoted, self._asked),
            failed=self._on_failed,
        )

    def _on_quoted(self, asked: int, values: Sequence[QuotedValue]) -> None:
        if asked == self._asked:
            self._show(values)

    def _on_failed(self, error: ClerkError) -> None:
        self.said.emit(str(error))

    def _show(self, values: Sequence[QuotedValue]) -> None:
        self._part.show_values(self._case, values, may_edit=self._may_edit)
        self._part.head.hint.setText("点一下定位" if self._part.words() else "")
        self._canvas.explain(self._part.words())

    def _on_wanted(self, value: QuotedValue) -> None:
        """Go to where it is changed, or say why it is not changed any more."""
        case = self._case
        if case is None:
            return
        if self._change is None or why_fixed(value, case, may_edit=self._may_edit):
            self.said.emit(told_of(value, case, may_edit=self._may_edit))
        else:
            self._change(case, value)
