"""The one viewer for anything that has pages: papers, scans, certificates, previews.

Give it work that answers with ``PageImage``s; it loads, waits, says what went wrong, turns pages
and changes their size. Intake previews, approval and 文书 all show pages with it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QImage, QPainter, QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.issued import PageImage
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.overriding import override
from clerk.ui.timers import timer
from clerk.ui.unpacking import unpacked
from clerk.ui.widgets.button import Button
from clerk.ui.widgets.card import Line
from clerk.ui.widgets.choice import Choice
from clerk.ui.widgets.keycap import KeyHint
from clerk.ui.widgets.label import Label
from clerk.ui.widgets.notice import Notice
from clerk.ui.widgets.page_canvas import Fit, PageCanvas
from clerk.ui.widgets.page_marks import PICTURE_WIDTH, PageMark
from clerk.ui.widgets.spinner import Spinner

__all__ = ["PICTURE_WIDTH", "Fit", "PageMark", "PageView"]

_SHARPEST: Final = 2480
"""A4 at 300 dots per inch, as it is printed."""
_SETTLED_MS: Final = 150
_FITS: Final = (Fit.PAGE, Fit.WIDTH)


class _Bar(QWidget):
    """Turning pages and their size, above the pages."""

    def __init__(self, canvas: PageCanvas) -> None:
        super().__init__()
        self._canvas = canvas
        self.setFixedHeight(theme.px(40))
        self.back = self._tool(
            "chevron-left", "上一页", lambda: canvas.go_to_page(canvas.page() - 1)
        )
        self.number = Label(size=13)
        self.on = self._tool(
            "chevron-right", "下一页", lambda: canvas.go_to_page(canvas.page() + 1)
        )
        self.smaller = self._tool("zoom-out", "缩小", lambda: canvas.zoom_by(-1))
        self.percent = Label(size=13, tone="t2")
        self.larger = self._tool("zoom-in", "放大", lambda: canvas.zoom_by(1))
        self.fits = Choice(["整页", "适合宽度"], label="页面大小", digits=False)
        self.fits.picked.connect(lambda at: canvas.set_fit(_FITS[at]))
        self.hint = Label(size=12, tone="t3", elide=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for label, width in ((self.number, 64), (self.percent, 42)):
            label.setFixedWidth(theme.px(width))
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        row.setSpacing(theme.px(4))
        turning: tuple[QWidget, ...] = (self.back, self.number, self.on)
        sizing: tuple[QWidget, ...] = (self.smaller, self.percent, self.larger, self.fits)
        for widget in turning:
            row.addWidget(widget)
        row.addSpacing(theme.px(12))
        for widget in sizing:
            row.addWidget(widget)
        row.addSpacing(theme.px(12))
        row.addWidget(self.hint, 1)
        canvas.turned.connect(self.follow)
        canvas.scaled.connect(self.follow)
        self.follow()

    def _tool(self, icon: str, name: str, act: Callable[[], object]) -> Button:
        button = Button("", icon=icon, kind="quiet", small=True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda _=False: act())
        return button

    def add_hints(self, *hints: KeyHint) -> None:
        """Say at the right what further keys do."""
        for hint in hints:
            self._row.addSpacing(theme.px(8))
            self._row.addWidget(hint)

    def leave_focus(self) -> None:
        """Take no focus, where keys such as Space must always mean the pages."""
        for widget in (self.back, self.on, self.smaller, self.larger, self.fits):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def follow(self) -> None:
        """Say the page in view and the size."""
        page, count = self._canvas.page(), self._canvas.count()
        self.number.setText(f"{page + 1} / {count} 页" if count else "")
        self.percent.setText(f"{round(self._canvas.zoom() * 100)}%" if count else "")
        self.back.setEnabled(page > 0)
        self.on.setEnabled(page + 1 < count)
        for widget in (self.smaller, self.larger, self.fits):
            widget.setEnabled(count > 0)
        fit = self._canvas.fit()
        self.fits.set_chosen(_FITS.index(fit) if fit in _FITS else None)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("subtle"))


class PageView(QWidget):
    """Pages with turning, sizes (整页、适合宽度、Ctrl +/−/0) and, with ``bar``, the buttons for it.

    ``name`` is what the pages are, for those who listen. ``loaded`` follows when pages asked for
    by ``load`` are shown, ``failed`` when they could not be had; the trouble then stands above the
    pages with 重试, for which a panel binds F5 to ``retry``. ``canvas`` is one's own where the
    pages answer to further keys.
    """

    loaded = pyqtSignal()
    failed = pyqtSignal(object)
    turned = pyqtSignal(int)

    def __init__(
        self,
        jobs: Jobs,
        *,
        name: str = "文书页面",
        bar: bool = True,
        fit: Fit = Fit.PAGE,
        canvas: PageCanvas | None = None,
    ) -> None:
        super().__init__()
        self._jobs, self._name = jobs, name
        self._asked = 0
        self._work: Callable[[], Sequence[PageImage]] | None = None
        self._at_width: Callable[[int], Sequence[PageImage]] | None = None
        self._width = 0
        self._settled = timer(self, _SETTLED_MS, self._sharpen, once=True)
        self._said = ""
        self._marks: tuple[PageMark, ...] = ()
        self._pages: tuple[PageImage, ...] = ()
        self._early: tuple[PageImage, ...] | None = None
        self._of: object = None
        self.canvas = PageCanvas() if canvas is None else canvas
        self.canvas.set_fit(fit)
        self.bar = _Bar(self.canvas) if bar else None
        self.spinner = Spinner()
        self.words = Label(size=14, tone="t2", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.hide()
        self.notice = Notice("bad")
        self._lay_out()
        self.canvas.wanted.connect(self._on_wanted)
        self.canvas.turned.connect(self._on_turned)
        self.canvas.turned.connect(self.turned)
        self.canvas.scaled.connect(self._settled.start)
        self.setFocusProxy(self.canvas)
        self._on_turned()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.bar is not None:
            column.addWidget(self.bar)
            column.addWidget(Line())
        column.addWidget(self.notice)
        column.addWidget(self.canvas, 1)
        over = QVBoxLayout(self.canvas)
        over.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        over.addWidget(self.spinner)
        over.addStretch(1)
        over.addWidget(self.words)
        over.addStretch(1)

    def load(
        self,
        work: Callable[[], Sequence[PageImage]],
        *,
        said: str = "正在取页面",
        marks: Sequence[PageMark] = (),
        before: Callable[[], Sequence[PageImage]] | None = None,
    ) -> None:
        """Ask for pages in the PAGES lane and show them; an answer to an older request is dropped.

        What was shown stays until the answer is there. ``before`` brings pages to look at till
        then, or none: it must be quick.
        """
        self._asked += 1
        asked, self._early = self._asked, None
        self._work, self._said, self._marks = work, said, tuple(marks)
        self._at_width = None
        self.notice.clear()
        self.spinner.start(said)
        if before is not None:
            self._jobs.run(
                Lane.PAGES,
                lambda: _with_first(before()),
                owner=self,
                then=lambda pages: self._on_before(asked, *pages),
                failed=lambda _: None,  # the pages themselves will say it
            )
        self._jobs.run(
            Lane.PAGES,
            lambda: _with_first(work()),
            owner=self,
            then=lambda pages: self._on_pages(asked, *pages),
            failed=lambda error: self._on_failed(asked, error),
        )

    def load_sharp(
        self,
        at_width: Callable[[int], Sequence[PageImage]],
        *,
        said: str = "正在取页面",
        marks: Sequence[PageMark] = (),
        before: Callable[[int], Sequence[PageImage]] | None = None,
    ) -> None:
        """The same for pages that can be drawn in any size: larger ones are drawn anew, as sharp."""
        early = None if before is None else partial(before, PICTURE_WIDTH)
        self.load(lambda: at_width(PICTURE_WIDTH), said=said, marks=marks, before=early)
        self._at_width, self._width = at_width, PICTURE_WIDTH

    def retry(self) -> None:
        """Ask once more for what was asked for last."""
        if self._at_width is not None:
            self.load_sharp(self._at_width, said=self._said, marks=self._marks)
        elif self._work is not None:
            self.load(self._work, said=self._said, marks=self._marks)

    def show_pages(self, pages: Sequence[PageImage], marks: Sequence[PageMark] = ()) -> None:
        """Show pages that are here already; whatever is under way is dropped."""
        self._asked += 1
        self._marks, self._early = tuple(marks), None
        self._on_pages(self._asked, *_with_first(pages))

    def clear(self) -> None:
        """Show nothing, and take no answer that is still under way."""
        self._work = None
        self.show_pages(())

    def show_words(self, words: str) -> None:
        """Say what there is instead of pages; whatever is under way is dropped."""
        self.clear()
        self._say(words)

    def set_name(self, name: str, *, of: object = None) -> None:
        """Say what the pages are (e.g. 受理通知书); those ``of`` something else are gone at once."""
        if of != self._of:
            self._of = of
            self.clear()
        self._name = name
        self._on_turned()

    def has_pages(self) -> bool:
        """Whether anything is shown."""
        return self.canvas.count() > 0

    def acts(self) -> Sequence[Act]:
        """The keys the pages answer to while they have the focus, for the panel's key sheet."""
        canvas = self.canvas
        return (
            Act(name="放大", key="Ctrl++", trigger=lambda: canvas.zoom_by(1), local=True),
            Act(name="缩小", key="Ctrl+-", trigger=lambda: canvas.zoom_by(-1), local=True),
            Act(name="整页", key="Ctrl+0", trigger=lambda: canvas.set_fit(Fit.PAGE), local=True),
            Act(name="下一页", key="PgDown", trigger=lambda: canvas.turn_by(1), local=True),
            Act(name="上一页", key="PgUp", trigger=lambda: canvas.turn_by(-1), local=True),
        )

    def _on_pages(self, asked: int, pages: tuple[PageImage, ...], here: dict[int, QImage]) -> None:
        if asked != self._asked:
            return
        self.spinner.stop()
        self.notice.clear()
        if pages != self._early:  # else they are in view, where somebody may have turned them
            self._put(pages, here)
        self._early = None
        if pages:
            self._settled.start()
            self.loaded.emit()

    def _on_before(self, asked: int, pages: tuple[PageImage, ...], here: dict[int, QImage]) -> None:
        if asked == self._asked and pages:
            self._early = pages
            self._put(pages, here)

    def _put(self, pages: tuple[PageImage, ...], here: dict[int, QImage]) -> None:
        self._pages = pages
        sizes = [QSize(page.width, page.height) for page in pages]
        self.canvas.show_pages(sizes, self._marks, here=here)
        self._say("")

    def _sharpen(self) -> None:
        """Draw the pages as large as they are shown; till then the smaller ones stay."""
        wanted, at_width = min(self.canvas.shown_width(), _SHARPEST), self._at_width
        if at_width is None or not self.has_pages() or wanted <= self._width:
            return
        asked, self._width = self._asked, wanted
        self._jobs.run(
            Lane.PAGES,
            lambda: tuple(at_width(wanted)),
            owner=self,
            then=lambda pages: self._on_sharper(asked, wanted, pages),
            failed=lambda error: self._on_failed(asked, error),
        )

    def _on_sharper(self, asked: int, width: int, pages: tuple[PageImage, ...]) -> None:
        if asked == self._asked and width == self._width:
            self._pages = pages
            self.canvas.sharpen([QSize(page.width, page.height) for page in pages])

    def _on_wanted(self, page: int) -> None:
        """Unpack a page that comes into view."""
        asked, packed = self._asked, self._pages[page]
        self._jobs.run(
            Lane.PAGES,
            lambda: _decoded(packed),
            owner=self,
            then=lambda image: self._on_unpacked(asked, page, image),
            failed=lambda error: self._on_failed(asked, error),
        )

    def _on_unpacked(self, asked: int, page: int, image: QImage) -> None:
        if asked == self._asked:
            self.canvas.put(page, image)

    def _on_failed(self, asked: int, error: ClerkError) -> None:
        if asked != self._asked:
            return
        self.spinner.stop()
        self.canvas.show_pages(())
        self._say("")
        again = Button("重试", key="F5", small=True)
        again.clicked.connect(self._on_again)
        self.notice.show_error(error, [again])
        self.failed.emit(error)

    def _on_again(self) -> None:
        self.canvas.setFocus()  # the button goes; Qt would give its focus to any other widget
        self.retry()

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self._on_turned()

    def _on_turned(self) -> None:
        count = self.canvas.count()
        where = f"第 {self.canvas.page() + 1} 页，共 {count} 页" if count else self.words.text()
        self.canvas.setAccessibleName("，".join(part for part in (self._name, where) if part))
        if self.bar is not None:
            self.bar.follow()


def _with_first(pages: Sequence[PageImage]) -> tuple[tuple[PageImage, ...], dict[int, QImage]]:
    """Return the pages as they are, and the first one unpacked."""
    return tuple(pages), {page: _decoded(pages[page]) for page in range(min(1, len(pages)))}


def _decoded(page: PageImage) -> QImage:
    """Unpack a picture; done beside the window, since a page takes longer than one frame."""
    return unpacked(page.png)
