"""Files dropped or pasted onto the list of materials: each goes to the row it was given to."""

from pathlib import Path

from PyQt6.QtCore import QEvent, QMimeData, QObject, pyqtSignal
from PyQt6.QtGui import QDragMoveEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence

from clerk.ui.overriding import override
from clerk.ui.tables import Table


class FileCatch(QObject):
    """Watches a table; ``caught`` carries the row and what was given.

    That is paths of files, in their order, or one picture (``QImage``) such as a cut-out of the
    screen. What is neither is not taken.
    """

    caught = pyqtSignal(int, object)

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table
        table.setAcceptDrops(True)
        table.installEventFilter(self)
        view = table.viewport()
        if view is not None:
            view.setAcceptDrops(True)
            view.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        match event:
            case QKeyEvent() if event.matches(QKeySequence.StandardKey.Paste):
                if event.type() == QEvent.Type.KeyPress:
                    self.paste()
                event.accept()
                return True
            case QDropEvent() if event.type() == QEvent.Type.Drop:
                return self._drop(event)
            case QDragMoveEvent() if _given(event.mimeData()):
                event.acceptProposedAction()
                return True
            case _:
                return super().eventFilter(watched, event)

    def paste(self) -> None:
        """Give what was copied to the current row."""
        clipboard = QGuiApplication.clipboard()
        given = _given(clipboard.mimeData()) if clipboard is not None else ()
        self.caught.emit(self._table.current_row(), given)

    def _drop(self, event: QDropEvent) -> bool:
        given = _given(event.mimeData())
        row = self._table.rowAt(round(event.position().y()))
        if given and row >= 0:
            event.acceptProposedAction()
            self.caught.emit(row, given)
        return True


def _given(data: QMimeData | None) -> tuple[Path | QImage, ...]:
    if data is None:
        return ()
    paths = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if paths:
        return paths
    picture = data.imageData() if data.hasImage() else None
    return (picture,) if isinstance(picture, QImage) and not picture.isNull() else ()
