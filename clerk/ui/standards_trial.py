"""试办: the sample cases of the item, edited beside the draft, run with it; what differs is named."""

from collections.abc import Callable, Mapping, Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.draft_editing import Path, value_at
from clerk.domain.sample_people import SamplePeople
from clerk.domain.standard_draft import ChangedVerdict, Rehearsal
from clerk.ui import theme
from clerk.ui.standards_codes import SAMPLES
from clerk.ui.standards_elements import TRIAL
from clerk.ui.standards_form import Faults
from clerk.ui.standards_part import PartTab
from clerk.ui.standards_reasons import Reason, ReasonList
from clerk.ui.standards_samples import Shape, samples_tab, shape_of
from clerk.ui.standards_sources import called
from clerk.ui.widgets import Button, Label, Line
from clerk.wording_samples import difference_words

_SHOWN = 4
"""So many changed verdicts are listed; the others are only counted."""


class TrialTab(QWidget):
    """``run_wanted`` asks for the samples to be run, ``case_wanted`` for one after a stored case.

    ``accept_wanted`` asks that the sample in front expects what the check says now.
    """

    run_wanted = pyqtSignal()
    case_wanted = pyqtSignal()
    accept_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._shape: Shape | None = None
        self._people: SamplePeople | None = None
        self._whole: Mapping[str, object] = {}
        self.head = Label(size=14, bold=True, wrap=True)
        self.says = Label(
            "样例是虚构的办件。发布前都跑一遍，结论变了要有人说明是预期的",
            size=12,
            tone="t3",
            wrap=True,
        )
        self.run_button = Button("跑一遍样例", key="F7")
        self.case_button = Button("照办件加", key="Ctrl G", kind="quiet", small=True)
        self.accept_button = Button("照现在的结论改", key="Ctrl R", kind="quiet", small=True)
        self.list = ReasonList("结论变了的样例", chooses=True)
        self.part = PartTab(TRIAL)
        self.run_button.clicked.connect(lambda _: self.run_wanted.emit())
        self.case_button.clicked.connect(lambda _: self.case_wanted.emit())
        self.accept_button.clicked.connect(lambda _: self.accept_wanted.emit())
        self.list.chosen.connect(self._go_to_changed)
        self._changed: tuple[ChangedVerdict, ...] = ()
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(8))
        words = QVBoxLayout()
        words.addWidget(self.head)
        words.addWidget(self.says)
        top.addLayout(words, 1)
        for button in (self.case_button, self.accept_button, self.run_button):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(top)
        outer.addWidget(self.list)
        outer.addWidget(Line())
        outer.addWidget(self.part, 1)

    # ---- the samples themselves ------------------------------------------------------------

    def is_ready(self) -> bool:
        """Whether the people who can apply are known."""
        return self._people is not None

    def meet(self, people: SamplePeople) -> None:
        """These are the invented people who can apply."""
        self._people = people

    def show_samples(
        self,
        whole: Mapping[str, object],
        faults: Faults,
        *,
        can_edit: bool,
        at: Path | None = None,
    ) -> None:
        """Show the samples of a draft; its form follows the draft's own questions and materials."""
        self._whole = whole
        if self._people is None:
            return
        shape = shape_of(whole)
        if shape != self._shape:
            self._shape = shape
            self.part.show_tab(samples_tab(whole, self._people))
        self.part.show_table(whole, faults, can_edit=can_edit, at=at)
        for button in (self.case_button, self.accept_button):
            button.setVisible(can_edit)

    def sample(self) -> int | None:
        """The place of the sample in front, None where there is none."""
        row = self.part.outline.current()
        if row is None or len(row.path) < 2 or not isinstance(row.path[1], int):
            return None
        return row.path[1]

    def _go_to_changed(self, place: int) -> None:
        name = self._changed[place].sample
        for row in self.part.outline.rows.rows:
            if len(row.path) == 2 and value_at(self._whole, (*row.path, "name")) == name:
                self.part.go_to((SAMPLES, *row.path[1:]))
                return

    # ---- what came out ---------------------------------------------------------------------

    def has_result(self) -> bool:
        """Whether the samples were run with this draft, or are being run."""
        return self._has_result

    def clear(self) -> None:
        """Nothing was run yet with this draft."""
        self._has_result = False
        self.head.setText("还没有跑过")
        self._show_changed(())
        self.run_button.setEnabled(True)

    def show_running(self) -> None:
        """Say that it takes a moment."""
        self._has_result = True
        self.head.setText("正在跑样例")
        self.run_button.setEnabled(False)

    def show_bar(self, why: str) -> None:
        """Say why they cannot be run."""
        self._has_result = False
        self.head.setText(why)
        self._show_changed(())
        self.run_button.setEnabled(False)

    def show_result(self, result: Rehearsal) -> None:
        """Show what came out."""
        self.run_button.setEnabled(True)
        if not result.samples:
            self.head.setText("这个事项还没有样例")
        elif not result.changed:
            self.head.setText(f"{result.samples} 个样例都和应有的结论一样")
        else:
            self.head.setText(f"{result.samples} 个样例，{len(result.changed)} 个结论变了")
        self._show_changed(result.changed)

    def _show_changed(self, changed: Sequence[ChangedVerdict]) -> None:
        self._changed = tuple(changed[:_SHOWN])
        whole = self._whole
        self.list.show_lines(
            [changed_reason(one, lambda name: called(name, whole)) for one in self._changed]
        )
        self.list.setVisible(bool(self._changed))


def changed_reason(
    changed: ChangedVerdict, called: Callable[[str], str] = lambda code: code
) -> Reason:
    """A sample that comes out otherwise, how, and what its editor says of that.

    ``called`` says what a code of the standard is called.
    """
    says = "；".join(difference_words(one, called) for one in changed.differences)
    said = f"{says}。编写人：{changed.why}" if changed.why else says
    return Reason(text=changed.sample, why=said, icon="circle-alert", icon_tone="warn")
