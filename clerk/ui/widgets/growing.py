"""A holder that tells when its content has come to want another size."""

from PyQt6.QtCore import QEvent, pyqtSignal
from PyQt6.QtWidgets import QWidget

from clerk.ui.overriding import override


class Growing(QWidget):
    """``laid_out`` follows every new layout, still before the next paint."""

    laid_out = pyqtSignal()

    @override
    def event(self, event: QEvent | None) -> bool:
        done = super().event(event)
        if event is not None and event.type() == QEvent.Type.LayoutRequest:
            self.laid_out.emit()
        return done
