"""The materials of a case in the drawer: satisfied by what, proven how, until when."""

from collections.abc import Sequence

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.ui import theme
from clerk.ui.widgets import Label


class MaterialProofs(QWidget):
    """A line for each material that is there; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = Label(size=13, tone="t2", wrap=True, selectable=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(10), 0, theme.px(8))
        column.setSpacing(theme.px(6))
        column.addWidget(Label("材料凭什么", bold=True))
        column.addWidget(self.lines)
        self.hide()

    def show_lines(self, proofs: Sequence[tuple[str, str]]) -> None:
        """Show every material by name with its proof."""
        self.lines.setText("\n".join(f"{name}：{proof}" for name, proof in proofs))
        self.setVisible(bool(proofs))
