"""Pages of a paper on the screen, loaded in the background."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QPixmap
from PyQt6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.issued import PageImage
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.widgets import Dialog, Notice, Spinner

PAGE_WIDTH = 720


class PagesView(QScrollArea):
    """Pages one below the other; PgUp and PgDn move. ``loaded`` follows when they are there."""

    loaded = pyqtSignal()

    def __init__(self, jobs: Jobs, width: int) -> None:
        super().__init__()
        self._jobs, self._page_width = jobs, width
        self._asked = 0
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("文书页面")
        inside = QWidget()
        inside.setProperty("scrolled", True)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(theme.px(4), theme.px(4), theme.px(4), theme.px(4))
        self._column.setSpacing(theme.px(10))
        self.spinner = Spinner()
        self.notice = Notice("bad")
        self._column.addWidget(self.spinner)
        self._column.addWidget(self.notice)
        self._column.addStretch(1)
        self._pages: list[QLabel] = []
        self.setWidget(inside)

    def load(self, work: Callable[[], Sequence[PageImage]]) -> None:
        """Ask for pages in the PAPER lane; an answer to an older request is dropped."""
        self._asked += 1
        asked = self._asked
        self.notice.clear()
        self.spinner.start("正在排版")
        self._jobs.run(
            Lane.PAPER,
            work,
            owner=self,
            then=lambda pages: self._on_pages(asked, pages),
            failed=lambda error: self._on_failed(asked, error),
        )

    def has_pages(self) -> bool:
        """Whether anything is shown."""
        return bool(self._pages)

    def _on_pages(self, asked: int, pages: Sequence[PageImage]) -> None:
        if asked != self._asked:
            return
        self.spinner.stop()
        for label in self._pages:
            label.deleteLater()
        self._pages = [self._page(page) for page in pages]
        for place, label in enumerate(self._pages):
            self._column.insertWidget(2 + place, label, 0, Qt.AlignmentFlag.AlignHCenter)
        self.loaded.emit()

    def _page(self, page: PageImage) -> QLabel:
        label = QLabel()
        label.setProperty("box", True)
        picture = QPixmap()
        picture.loadFromData(page.png)
        width = theme.px(self._page_width)
        label.setPixmap(
            picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
            if picture.width() > width
            else picture
        )
        return label

    def _on_failed(self, asked: int, error: ClerkError) -> None:
        if asked == self._asked:
            self.spinner.stop()
            self.notice.show_error(error)


class PagesDialog(Dialog):
    """Shows the pages of one file (看原件)."""

    def __init__(self, title: str, jobs: Jobs, work: Callable[[], Sequence[PageImage]]) -> None:
        super().__init__(title, width=PAGE_WIDTH + 80, height=620)
        self.view = PagesView(jobs, PAGE_WIDTH)
        self.body.addWidget(self.view, 1)
        self.view.load(work)

    def first_focus(self) -> QWidget:
        return self.view
