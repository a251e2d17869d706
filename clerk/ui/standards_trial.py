"""试办: the sample cases of the item, run with the draft; what comes out otherwise is named."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.standard_draft import ChangedVerdict, Rehearsal
from clerk.ui import theme
from clerk.ui.standards_reasons import Reason, ReasonList
from clerk.ui.standards_scrolled import scrolled
from clerk.ui.widgets import Button, Label
from clerk.wording_samples import difference_words


class TrialTab(QWidget):
    """``run_wanted`` asks for the samples to be run."""

    run_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.head = Label(size=14, bold=True, wrap=True)
        self.says = Label(
            "样例是保存下来的办件：申请人、回答、填写、材料和应有的结论。发布前都要跑一遍，"
            "结论变了要有人说明是预期的",
            size=12,
            tone="t3",
            wrap=True,
        )
        self.run_button = Button("跑一遍样例", key="F7")
        self.list = ReasonList("样例")
        self.run_button.clicked.connect(lambda _: self.run_wanted.emit())
        area = scrolled(self.list)
        top = QHBoxLayout()
        top.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(8))
        words = QVBoxLayout()
        words.addWidget(self.head)
        words.addWidget(self.says)
        top.addLayout(words, 1)
        top.addWidget(self.run_button, 0, Qt.AlignmentFlag.AlignTop)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(top)
        outer.addWidget(area, 1)
        self.clear()

    def has_result(self) -> bool:
        """Whether the samples were run with this draft, or are being run."""
        return self._has_result

    def clear(self) -> None:
        """Nothing was run yet with this draft."""
        self._has_result = False
        self.head.setText("还没有跑过")
        self.list.show_lines(())
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
        self.list.show_lines(())
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
        self.list.show_lines([changed_reason(one) for one in result.changed])


def changed_reason(changed: ChangedVerdict) -> Reason:
    """A sample that comes out otherwise, and how."""
    says = "；".join(difference_words(one) for one in changed.differences)
    return Reason(text=changed.sample, why=says, icon="circle-alert", icon_tone="warn")
