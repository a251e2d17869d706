"""The page of an account that has nothing to do at a window."""

from collections.abc import Callable

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.ui.overriding import override
from clerk.ui.page import Page, TopBar
from clerk.ui.widgets import Button, Empty


class NoPlacesPage(Page):
    """Says plainly that this role's screens are not built, and leads back to the sign-in page."""

    def __init__(self, leave: Callable[[], None]) -> None:
        super().__init__("没有窗口工作")
        self.other = Button("换人登录")
        self.other.clicked.connect(leave)
        column = QVBoxLayout(self)
        column.addWidget(
            Empty("lock", "这个账号没有窗口上的工作", "它的管理页面还没有做", self.other)
        )

    @override
    def top_bar(self) -> QWidget:
        return TopBar("没有窗口工作")

    @override
    def first_focus(self) -> QWidget | None:
        return self.other
