"""The intake page with no case on it: place a card, or look for an item."""

from PyQt6.QtWidgets import QStackedLayout, QWidget

from clerk.domain.masking import masked_identity_number
from clerk.domain.party import Party
from clerk.ui.widgets import Empty


class IdleView(QWidget):
    """Says what to do next: at the start, after a card, and after a decision."""

    def __init__(self) -> None:
        super().__init__()
        self.empty = Empty("id-card", "放上身份证，或按 F2", "搜事项用汉字、拼音首字母或编码都行")
        self.person = Empty("user-round", "", "办什么？按 F2 搜事项，Enter 开件")
        self.result = Empty("circle-check", "", "")
        self._stack = QStackedLayout(self)
        for view in (self.empty, self.person, self.result):
            self._stack.addWidget(view)

    def show_waiting(self, person: Party | None) -> None:
        """Show who was read while no case is open; None where nobody was."""
        if person is not None:
            number = masked_identity_number(person.id_number)
            self.person.title.setText(f"已读 {person.name}　{number}")
            self._stack.setCurrentWidget(self.person)
        elif self._stack.currentWidget() is self.person:
            self._stack.setCurrentWidget(self.empty)

    def show_result(self, title: str, hint: str) -> None:
        """Show what became of the last case, until the next one begins."""
        self.result.title.setText(title)
        self.result.hint.setText(hint)
        self.result.hint.show()
        self._stack.setCurrentWidget(self.result)

    def forget(self) -> None:
        """Show the beginning again."""
        self._stack.setCurrentWidget(self.empty)

    def said(self) -> str:
        """The title on show."""
        view = self._stack.currentWidget()
        return view.title.text() if isinstance(view, Empty) else ""
