"""The pages of a material's files over the intake page (看原件)."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PyQt6.QtWidgets import QWidget

from clerk.domain.issued import PageImage
from clerk.jobs import Jobs
from clerk.ui.overriding import override
from clerk.ui.widgets import Dialog

if TYPE_CHECKING:
    from clerk.ui.widgets.page_view import PageView

PAGE_WIDTH = 720


def preview(jobs: Jobs) -> "PageView":
    """Return a viewer without buttons, as wide as its place; it is loaded with the first page."""
    from clerk.ui.widgets.page_view import Fit, PageView

    return PageView(jobs, bar=False, fit=Fit.WIDTH)


class PagesDialog(Dialog):
    """Shows pages one below the other."""

    def __init__(self, title: str, jobs: Jobs, work: Callable[[], Sequence[PageImage]]) -> None:
        super().__init__(title, width=PAGE_WIDTH + 80, height=620)
        self.view = preview(jobs)
        self.body.addWidget(self.view, 1)
        self.view.load(work)

    @override
    def first_focus(self) -> QWidget:
        return self.view
