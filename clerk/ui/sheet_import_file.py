"""选文件: which file the list is in, and which of its worksheets."""

from collections.abc import Sequence

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.ui import theme
from clerk.ui.taking import FileRow
from clerk.ui.widgets import Choice, Label


class FilePage(QWidget):
    """Which file and which of its worksheets."""

    def __init__(self) -> None:
        super().__init__()
        about = (
            "选部门给的实施清单（xlsx）。栏目名和顺序不限，材料写成多行或写在一格里都行。"
            "先核对、看差别，最后才存为草稿；随时按 Esc 离开，什么都不留"
        )
        self.row = FileRow("文件")
        self.sheet_label = Label("这个文件有几张工作表，读哪一张", size=13, tone="t2")
        self.sheets = Choice((), label="工作表")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(Label(about, size=13, tone="t2", wrap=True))
        column.addWidget(self.row)
        column.addWidget(self.sheet_label)
        self._asked = QHBoxLayout()
        self._asked.addWidget(self.sheets)
        self._asked.addStretch(1)
        column.addLayout(self._asked)
        column.addStretch(1)
        self.offer(())

    def offer(self, names: Sequence[str]) -> None:
        """Offer these worksheets; one alone is not asked about."""
        self._asked.removeWidget(self.sheets)
        self.sheets.hide()
        self.sheets.deleteLater()
        self.sheets = Choice(names, label="工作表", parent=self)
        self._asked.insertWidget(0, self.sheets)
        self.sheets.set_chosen(0 if names else None)
        self.sheet_label.setVisible(len(names) > 1)
        self.sheets.setVisible(len(names) > 1)
