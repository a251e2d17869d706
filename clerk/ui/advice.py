"""咨询: what an item would ask of somebody, answered and printed without opening a case (Ctrl H)."""

import re
from collections.abc import Sequence
from datetime import date

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QScrollArea, QWidget

from clerk.domain.advice import Inquiry, advise
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_writing import table_of
from clerk.ui.acts import Act
from clerk.ui.overriding import override
from clerk.ui.standards_preview import Preview
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice, Spinner
from clerk.values import replace
from clerk.wording import fees, limit

_TITLE = "先告诉要带什么"


class AdviceDialog(Dialog):
    """Who would apply and the questions; below, what to bring and why. Nothing is kept.

    ``print_wanted`` and ``open_wanted`` carry what was answered.
    """

    print_wanted = pyqtSignal(object)
    open_wanted = pyqtSignal(object)

    def __init__(self, standard: ItemStandard, on: date) -> None:
        super().__init__(_TITLE, width=760, height=700)
        self.preview = Preview()
        self.preview.show_standard(standard, table_of(standard), on)
        self._standard, self._on = standard, on
        self.have = Field("已带来的材料，写序号，如 1 3")
        self.notice = Notice("bad")
        self.spinner = Spinner()
        self.open_button = Button("就办这件，开件", key="Ctrl N")
        self.print_button = Button("打印清单", key="F9", kind="compact")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.preview.setProperty("scrolled", True)
        scroll.setWidget(self.preview)
        promised, statutory = limit(standard.promised_limit), limit(standard.statutory_limit)
        said = f"承诺{promised}，法定{statutory}，{fees(standard)}。没有开件，不占办理时限"
        self.body.addWidget(Label(standard.name, size=16, bold=True))
        self.body.addWidget(Label(said, size=13, tone="t2", wrap=True))
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self.have)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.open_button)
        self.foot.addWidget(self.spinner)
        self.foot.addStretch(1)
        self.foot.addWidget(self.print_button)
        self.print_button.clicked.connect(self._on_print)
        self.open_button.clicked.connect(self._on_open)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="打印清单", key="F9", also=("Ctrl+P",), trigger=self._on_print),
            Act(name="就办这件，开件", key="Ctrl+N", trigger=self._on_open),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.preview.first_question() or self.print_button

    def inquiry(self) -> Inquiry | None:
        """Return what was answered and what is there already; None where a number is none of ours."""
        asked = self.preview.inquiry()
        listed = advise(self._standard, asked, self._on).asked.requirements
        codes = {str(place): one.code for place, one in enumerate(listed, start=1)}
        given = re.findall(r"\w+", self.have.value())
        unknown = next((one for one in given if one not in codes), "")
        if unknown:
            self.notice.set_kind("bad")
            self.notice.show_trouble(f"没有第 {unknown} 份材料", "", "写上面列出的序号，用空格隔开")
            self.have.focus_editor()
            return None
        return replace(asked, have=frozenset(codes[one] for one in given))

    def _on_print(self) -> None:
        told = self.inquiry()
        if told is not None:
            self.print_wanted.emit(told)

    def _on_open(self) -> None:
        self.close_dialog()
        self.open_wanted.emit(self.preview.inquiry())
