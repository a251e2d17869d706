"""The page of an account that has no cases at a window, such as an auditor's."""

from collections.abc import Callable, Sequence

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.ui.acts import Act
from clerk.ui.overriding import override
from clerk.ui.page import Page, TopBar
from clerk.ui.widgets import Button, Empty

_TITLE = "没有窗口工作"


class NoPlacesPage(Page):
    """Offers what the account may do all the same, and leads back to the sign-in page."""

    def __init__(self, leave: Callable[[], None], acts: Sequence[Act]) -> None:
        super().__init__(_TITLE)
        self.buttons = [_button(act) for act in acts]
        other = Button("换人登录")
        other.clicked.connect(leave)
        self.buttons.append(other)
        said = "可以做的在下面，Ctrl K 也找得到" if acts else "它的管理页面还没有做"
        column = QVBoxLayout(self)
        column.addWidget(Empty("lock", "这个账号不办件", said, *self.buttons))

    @override
    def top_bar(self) -> QWidget:
        return TopBar(_TITLE)

    @override
    def first_focus(self) -> QWidget | None:
        return self.buttons[0]


def _button(act: Act) -> Button:
    made = Button(act.title)
    made.clicked.connect(lambda _checked: act.trigger())
    return made
