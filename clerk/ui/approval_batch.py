"""批量审批: clean cases of one item at once; what was drawn is opened one by one."""

from collections import Counter
from collections.abc import Callable, Sequence
from uuid import UUID

from PyQt6.QtWidgets import QPlainTextEdit, QWidget

from clerk.domain.batch import Batch, BatchDone
from clerk.domain.review import gives_reasons
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.approval_dialogs import MOST, TickList
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Label, Notice
from clerk.wording_approval import BATCH_BARS


class BatchDialog(Dialog):
    """Which cases go into the batch, why the others do not, and the opinion for all of them.

    ``confirmed`` gets the chosen cases and the opinion.
    """

    def __init__(self, batch: Batch, confirmed: Callable[[Sequence[UUID], str], None]) -> None:
        super().__init__("批量审批", width=640)
        self._batch, self._confirmed = batch, confirmed
        self._lines = batch.lines[:MOST]
        texts = [f"{line.label}　{line.applicant_name}" for line in self._lines]
        self.choice = TickList(texts, many=True, name="批哪几件")
        for place in range(len(self._lines)):
            self.choice.toggle(place)
        self.opinion = QPlainTextEdit()
        self.opinion.setAccessibleName("审查意见")
        self.opinion.setTabChangesFocus(True)
        self.opinion.setPlainText(batch.opinion)
        self.opinion.setFixedHeight(theme.px(64))
        self.notice = Notice("warn")
        self.button = Button(f"同意这 {len(self._lines)} 件", key="F9", kind="compact")
        self._lay_out()
        self.choice.changed.connect(self._count)
        self.button.clicked.connect(self.confirm)

    def _lay_out(self) -> None:
        self.body.addWidget(Label(self._batch.item_name, bold=True))
        said = "自动核对都通过、要你看的都看过的件。每一件仍各出各的决定，都记在日志里"
        self.body.addWidget(Label(said, size=13, tone="t2", wrap=True))
        self.body.addWidget(self.choice)
        self.left_out = Label(_left_out(self._batch), size=12, tone="t3", wrap=True)
        self.body.addWidget(self.left_out)
        self.body.addWidget(Label("审查意见，每件相同", size=13, bold=True))
        self.body.addWidget(self.opinion)
        self.body.addWidget(self.notice)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.setEnabled(bool(self._lines))

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name="同意选中的件",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.confirm,
                enabled=lambda: bool(self._lines),
            ),
            Act(name="选件", key="1–9", trigger=self.choice.setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.choice if self._lines else self.button

    def confirm(self) -> None:
        """Decide the chosen ones, if there is an opinion that gives reasons."""
        chosen = [self._lines[place].case_id for place in self.choice.chosen()]
        opinion = self.opinion.toPlainText().strip()
        if not chosen:
            self.notice.show_trouble("还没选件", "", "按数字选")
            self.choice.setFocus()
        elif not gives_reasons(opinion):
            self.notice.show_trouble("审查意见只有结论没有理由", "", "写明理由")
            self.opinion.setFocus()
        else:
            self.close_dialog()
            self._confirmed(chosen, opinion)

    def _count(self) -> None:
        self.button.setText(f"同意这 {len(self.choice.chosen())} 件")


def _left_out(batch: Batch) -> str:
    counted = Counter(bar for _, bar in batch.left_out)
    beyond = len(batch.lines) - MOST
    words = [f"{BATCH_BARS[bar]} {count} 件" for bar, count in sorted(counted.items())]
    if beyond > 0:
        words.append(f"一次最多批 {MOST} 件，其余 {beyond} 件下次")
    return f"不在这一批里：{'；'.join(words)}" if words else ""


def batch_words(done: BatchDone) -> str:
    """What came of a batch, in one line."""
    said = f"批量同意 {len(done.decided)} 件，用了 {done.seconds} 秒"
    return f"{said}，{len(done.refused)} 件没办成：{done.refused[0]}" if done.refused else said
